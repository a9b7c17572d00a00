"""Numbers and days in Vietnamese words, for minutes and decisions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_MOST = 10**18


def number_in_words(number: int, *, zero_tens: str = "linh") -> str:
    """A whole number in words: 21 "hai mươi mốt", 105 "một trăm linh năm", 1_000_000_000 "một tỷ".

    zero_tens: "linh" (north) or "lẻ" (south). Raises BadInput from 10^18 on.
    """
    if abs(number) >= _MOST:
        raise BadInput("number_too_large", say("Số {number} quá lớn để ghi bằng chữ.", number=number))
    if number < 0:
        return f"âm {number_in_words(-number, zero_tens=zero_tens)}"
    if number == 0:
        return _DIGITS[0]
    return " ".join(_whole(number, zero_tens, leading=True))


def decimal_in_words(number: Decimal, *, zero_tens: str = "linh") -> str:
    """A decimal as printed: Decimal("14.08") "mười bốn phẩy không tám"; decimals are read digit by digit."""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    words = number_in_words(int(whole), zero_tens=zero_tens)
    if decimals:
        words += " phẩy " + " ".join(_DIGITS[int(digit)] for digit in decimals)
    return f"âm {words}" if number < 0 else words


def day_in_words(day: dt.date, *, early: str = "") -> str:
    """The day in words, "ngày mười lăm tháng ba năm ..."; early: a word before days 1 to 10 ("mùng")."""
    number = number_in_words(day.day)
    if early and day.day <= 10:
        number = f"{early} {number}"
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"ngày {number} tháng {month} năm {number_in_words(day.year)}"


def _whole(number: int, zero_tens: str, *, leading: bool) -> list[str]:
    """Words of `number`; what follows a larger part names its empty hundreds."""
    billions, rest = divmod(number, 10**9)
    words: list[str] = []
    if billions:
        words = [*_whole(billions, zero_tens, leading=leading), "tỷ"]
        leading = False
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words += _group(group, zero_tens, leading=leading)
            if _SCALES[power]:
                words.append(_SCALES[power])
            leading = False
    return words


def _group(group: int, zero_tens: str, *, leading: bool) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append(zero_tens)
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append("tư")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return words
