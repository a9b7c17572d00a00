"""A birth date of which perhaps only the year or the month is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class PartialDate:
    """A day, month or year. Raises BadInput `not_a_day` for what the calendar does not have."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise BadInput("not_a_day", say("Có ngày {day} mà không có tháng.", day=self.day))
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            parts = "/".join(str(part) for part in (self.day, self.month, self.year) if part is not None)
            raise BadInput("not_a_day", say("Không có ngày {day}.", day=parts)) from None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A day known completely."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Reads `1980`, `1980-03` or `1980-03-05`."""
        found = _ISO.fullmatch(text)
        if not found:
            raise BadInput(
                "not_a_day", say("“{text}” không theo dạng YYYY-MM-DD, YYYY-MM hay YYYY.", text=text)
            )
        year, month, day = (int(part) if part else None for part in found.groups())
        return cls(year or 0, month, day)

    @property
    def is_assumed(self) -> bool:
        """Whether `assumed_day` rests on the rule for incomplete dates and not on the record."""
        return self.day is None

    @property
    def assumed_day(self) -> date:
        """The day to reckon with: 1 January where only the year is known, the first where only the month is.

        Decree 135/2020/NĐ-CP says the former for retirement; the latter is the same rule one step on.
        """
        return date(self.year, self.month or 1, self.day or 1)

    def may_equal(self, other: PartialDate) -> bool:
        """Whether both may be the same day: no part known of both differs."""
        mine, theirs = (self.year, self.month, self.day), (other.year, other.month, other.day)
        return all(a is None or b is None or a == b for a, b in zip(mine, theirs, strict=True))

    def isoformat(self) -> str:
        """`1980`, `1980-03` or `1980-03-05`."""
        parts = [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join([f"{self.year:04d}", *parts])
