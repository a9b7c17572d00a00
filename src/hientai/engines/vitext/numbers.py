"""Numbers as printed in Vietnamese documents: point for thousands, comma for decimals, read exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from hientai.engines.errors import BadInput
from hientai.engines.vitext.letters import tidy
from hientai.engines.wording import say

_MINUS = str.maketrans({"−": "-", "–": "-"})
_GROUPED_POINT = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_GROUPED_SPACE = re.compile(r"[1-9]\d{0,2}( \d{3})+([,.]\d+)?")
_GROUPED_COMMA = re.compile(r"[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?|[1-9]\d{0,2}(,\d{3})+\.\d+")
_PLAIN = re.compile(r"\d+([,.]\d+)?")


@dataclass(frozen=True)
class ParsedNumber:
    """value: as printed (14,08% is 1408/100); decimals: digits after the comma; percent: a % follows."""

    value: Fraction
    decimals: int
    percent: bool = False

    @property
    def share(self) -> Fraction:
        """The value as a fraction of one: 14,08% is 0.1408."""
        return self.value / 100 if self.percent else self.value


def parse_number(text: str, where: str = "") -> ParsedNumber:
    """Reads "2.177", "14,08%", "1.234,5", "1 234", "-3,5"; raises BadInput for what is no number.

    A single point before exactly three digits parts thousands, as Vietnamese documents write them; otherwise
    it is taken for a decimal point (a salary coefficient typed as 2.34, a share as 0.125).
    """
    shown = tidy(text)
    body = shown.translate(_MINUS)
    negative = body.startswith("-")
    body = body.removeprefix("-").strip()
    percent = body.endswith("%")
    body = body.removesuffix("%").strip()
    digits = _plain_digits(body)
    if digits is None:
        raise BadInput("not_a_number", say("“{text}” không phải là một số.", text=shown), where)
    decimals = len(digits.partition(".")[2])
    return ParsedNumber(Fraction(digits) * (-1 if negative else 1), decimals, percent)


def _plain_digits(body: str) -> str | None:
    """`body` with a point for decimals and nothing between thousands."""
    if _GROUPED_POINT.fullmatch(body):
        return body.replace(".", "").replace(",", ".")
    if _GROUPED_SPACE.fullmatch(body):
        return body.replace(" ", "").replace(",", ".")
    if _GROUPED_COMMA.fullmatch(body):
        return body.replace(",", "")
    return body.replace(",", ".") if _PLAIN.fullmatch(body) else None
