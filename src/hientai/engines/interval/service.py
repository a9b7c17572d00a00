"""Length of service over many periods, and terms of office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hientai.engines.errors import BadInput
from hientai.engines.interval.months import add_months, add_years, whole_months_between
from hientai.engines.interval.spans import Interval, merge
from hientai.engines.wording import say

_DAYS_OF_A_MONTH = 30


@dataclass(frozen=True)
class Service:
    """Completed months, and the days (0 to 29) left over."""

    months: int
    days: int

    @property
    def years(self) -> int:
        """Completed years."""
        return self.months // 12


def service(periods: Iterable[Interval], as_of: date) -> Service:
    """Service before `as_of` over all `periods`, days in several of them counted once.

    Each unbroken stretch is counted in calendar months and remaining days; the remaining days of several
    stretches add up, thirty to a month. A stretch alone is a month only when the calendar says so: the thirtieth
    day left over before a 31st counts as the twenty-ninth.
    """
    months = days = 0
    for stretch in merge(periods):
        done = stretch.until(as_of)
        if done is None or done.end is None:
            continue
        whole = whole_months_between(done.start, done.end)
        months += whole
        days += min((done.end - add_months(done.start, whole)).days, _DAYS_OF_A_MONTH - 1)
    return Service(months + days // _DAYS_OF_A_MONTH, days % _DAYS_OF_A_MONTH)


def term(start: date, years: int) -> Interval:
    """A term of office of `years` from `start`: its last day is the eve of the same day `years` later."""
    _check_years(years)
    return Interval(start, add_years(start, years))


def terms(start: date, years: int, count: int) -> tuple[Interval, ...]:
    """`count` terms one after the other, each reckoned from `start` so that 29 February is not lost."""
    _check_years(years)
    bounds = [add_years(start, years * number) for number in range(count + 1)]
    return tuple(Interval(begin, end) for begin, end in pairwise(bounds))


def _check_years(years: int) -> None:
    if years < 1:
        raise BadInput("bad_term", say("Nhiệm kỳ {years} năm không hợp lệ.", years=years))
