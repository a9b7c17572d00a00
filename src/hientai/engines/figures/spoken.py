"""Numbers as Vietnamese print: 25.944 and 14,08."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def spoken(value: Fraction, digits: int | None = None) -> str:
    """ "25.944", "14,08", "-3". Up to four decimals (rounded half up, no trailing zeros) unless `digits` is
    given."""
    places = 4 if digits is None else digits
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    integer, decimals = divmod(whole, 10**places)
    text = f"{integer:,}".replace(",", ".")
    tail = f"{decimals:0{places}d}" if places else ""
    tail = tail if digits is not None else tail.rstrip("0")
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{text},{tail}" if tail else f"{sign}{text}"


def spoken_sum(parts: Iterable[Fraction]) -> str:
    """ "125 + 151", "120 - 15"."""
    text = ""
    for part in parts:
        if not text:
            text = spoken(part)
        else:
            text += f" {'-' if part < 0 else '+'} {spoken(abs(part))}"
    return text
