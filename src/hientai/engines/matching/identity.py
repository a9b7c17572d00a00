"""Identity numbers: twelve digits, or nine of the old card; leading zeros eaten by Excel are put back."""

from __future__ import annotations

import re
from dataclasses import dataclass

PERSONAL, OLD_CARD = 12, 9
_SEPARATORS = re.compile(r"[\s.\-']")
_EATEN_BY_FLOAT = re.compile(r"\.0+$")


@dataclass(frozen=True)
class Identity:
    """number: all its digits; restored: how many leading zeros were put back."""

    number: str
    restored: int = 0

    @property
    def is_personal(self) -> bool:
        """Whether it is the twelve-digit number of a person, not that of an old card."""
        return len(self.number) == PERSONAL


def read_identity(typed: str) -> Identity | None:
    """The number meant by `typed`, None where it can be neither kind.

    Twelve-digit numbers begin with a province code 001 to 096, so a number typed into Excel loses one or two
    zeros; old ones lose one or two likewise (seven or eight digits remain). One digit repeated is a
    placeholder.
    """
    digits = typed if typed.isalnum() else _SEPARATORS.sub("", _EATEN_BY_FLOAT.sub("", typed.strip()))
    if not (digits.isascii() and digits.isdecimal()) or len(set(digits)) == 1:
        return None
    for length in (OLD_CARD, PERSONAL):
        if length - 2 <= len(digits) <= length:
            return Identity(digits.zfill(length), length - len(digits))
    return None
