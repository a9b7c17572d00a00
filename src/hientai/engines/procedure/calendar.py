"""Working days: Monday to Friday but for public holidays, and days worked in exchange; holidays are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from hientai.engines.procedure.definition import Deadline

SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """The last day in time. certain: every holiday on the way was read on a public page."""

    on: date
    certain: bool


@dataclass(frozen=True)
class Calendar:
    """days_off: holiday -> whether it was confirmed; worked: Saturdays and Sundays worked in exchange; years: those
    whose holidays are all in the data."""

    days_off: Mapping[date, bool] = field(default_factory=dict)
    worked: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people are at work on that day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.days_off)

    def due(self, start: date, deadline: Deadline) -> Due:
        """The last day of a deadline that begins the day after `start`."""
        if not deadline.working:
            return Due(start + timedelta(days=deadline.days), certain=True)
        day, left = start, deadline.days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working(day)
        return Due(day, self._is_certain(start, day))

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; negative the other way round."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def _is_certain(self, first: date, last: date) -> bool:
        said = {**self.days_off, **self.worked}
        doubted = any(not sure and first < day <= last for day, sure in said.items())
        return not doubted and {first.year, last.year} <= self.years
