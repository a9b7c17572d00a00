"""Counts and shares as an office writes them, read exactly: 3, 0.15, "1/3", "15 %".

How a bound is read (nothing is ever rounded):
    an integer                       that many people: 1 is one person, 0 is nobody
    a fraction strictly between 0 and 1, or a text "1/3", "15%", "14,5 %", "100%"    a share of the base `of`
    0.0, and any whole number above 1 written with a decimal point (3.0)             that many people
    1.0                              refused when the rule names a base: one person, or everybody?
A share needs a base. "At least the share s of b people" means count >= s x b in exact fractions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say


@dataclass(frozen=True)
class Count:
    """So many people."""

    people: int


@dataclass(frozen=True)
class Share:
    """So large a part of the base of its rule; 0 <= part <= 1."""

    part: Fraction


Amount = Count | Share

_DIGITS = 40  # far beyond any figure of an office; keeps a stray 1e400 from filling the memory
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_RATIO = re.compile(r"(\d+)\s*/\s*(\d+)")


def exact(number: Any, where: str) -> Fraction:
    """A finite number as the fraction it prints as (0.15 is 3/20). Raises BadInput for anything else."""
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal | Fraction):
        raise BadInput("not_a_number", say("{value} không phải là số.", value=repr(number)), where)
    if not isinstance(number, int | Fraction) and not Decimal(str(number)).is_finite():
        raise BadInput("not_finite", say("{value} không phải là số hữu hạn.", value=str(number)), where)
    if isinstance(number, Decimal) and number and abs(number.adjusted()) > _DIGITS:
        raise BadInput(
            "number_out_of_range", say("Số {value} quá lớn hoặc quá nhỏ.", value=str(number)), where
        )
    read = Fraction(number) if isinstance(number, int | Fraction) else Fraction(str(number))
    if max(abs(read.numerator), read.denominator) > 10**_DIGITS:
        raise BadInput("number_out_of_range", say("Số này quá lớn hoặc quá nhiều chữ số."), where)
    return read


def read_amount(value: Any, has_base: bool, where: str) -> Amount:
    """The bound of a rule, as the module's head says. Raises BadInput with what to write instead."""
    amount = _from_text(value, where) if isinstance(value, str) else _from_number(value, has_base, where)
    if isinstance(amount, Share) and not has_base:
        raise BadInput(
            "share_without_base",
            say(
                "Tỷ lệ {value} chưa nói tính trên tổng nào: thêm “of”: “chosen” "
                "hoặc “of” với điều kiện của nhóm làm gốc.",
                value=str(value),
            ),
            where,
        )
    return amount


def _from_text(text: str, where: str) -> Share:
    stripped = text.strip()
    percent, ratio = _PERCENT.fullmatch(stripped), _RATIO.fullmatch(stripped)
    if percent:
        part = Fraction(percent.group(1).replace(",", ".")) / 100
    elif ratio and int(ratio.group(2)) > 0:
        part = Fraction(int(ratio.group(1)), int(ratio.group(2)))
    else:
        raise BadInput(
            "bad_amount",
            say(
                "Không đọc được “{text}”: viết số người (3), phân số (“1/3”) hoặc phần trăm (“15%”).",
                text=text,
            ),
            where,
        )
    if part > 1:
        raise BadInput("share_above_one", say("Tỷ lệ {text} lớn hơn 100 %.", text=text), where)
    return Share(part)


def _from_number(value: Any, has_base: bool, where: str) -> Amount:
    number = exact(value, where)
    if number < 0:
        raise BadInput("negative_amount", say("Mức {value} âm.", value=str(value)), where)
    if 0 < number < 1:
        return Share(number)
    if number == 1 and not isinstance(value, int) and has_base:
        raise BadInput(
            "one_person_or_everybody",
            say("{value} không rõ nghĩa: viết 1 nếu là một người, “100%” nếu là tất cả.", value=str(value)),
            where,
        )
    if number.denominator != 1:
        raise BadInput(
            "bad_amount",
            say("{value} không phải số người (số nguyên), cũng không phải tỷ lệ (dưới 1).", value=str(value)),
            where,
        )
    return Count(int(number))


def rounded_half_up(value: Fraction, places: int) -> Decimal:
    """`value` to so many decimal places, halves away from zero (0.125 is 0.13, -0.125 is -0.13), exactly."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def printed_percent(share: Fraction, places: int = 2) -> str:
    """A share as Vietnamese documents print it, rounded half up: 10/71 is "14,08 %"."""
    return f"{rounded_half_up(share * 100, places):f} %".replace(".", ",")
