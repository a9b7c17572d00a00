"""Half-open spans of days `[start, end)` and their algebra; `end` None means still going on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Interval:
    """The days from `start` on, up to but without `end`; `end` None: open. An interval is never empty.

    Raises BadInput `empty_interval` where `end` is not after `start`.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise BadInput(
                "empty_interval",
                say("Ngày kết thúc {end} không sau ngày bắt đầu {start}.", start=self.start, end=self.end),
            )

    @property
    def days(self) -> int | None:
        """The number of days, None when open."""
        return None if self.end is None else (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Whether `day` is one of the days."""
        return self.start <= day and (self.end is None or day < self.end)

    def covers(self, other: Interval) -> bool:
        """Whether every day of `other` is in this interval."""
        return self.start <= other.start and _not_after(other.end, self.end)

    def overlaps(self, other: Interval) -> bool:
        """Whether some day is in both."""
        return _before(self.start, other.end) and _before(other.start, self.end)

    def touches(self, other: Interval) -> bool:
        """Whether both together are one interval: they overlap or one begins where the other ends."""
        return self.overlaps(other) or self.end == other.start or other.end == self.start

    def intersect(self, other: Interval) -> Interval | None:
        """The days in both, None when there are none."""
        if not self.overlaps(other):
            return None
        return Interval(max(self.start, other.start), _earlier(self.end, other.end))

    def subtract(self, other: Interval) -> tuple[Interval, ...]:
        """The days here and not in `other`: none, one or two intervals."""
        common = self.intersect(other)
        if common is None:
            return (self,)
        left = (Interval(self.start, common.start),) if self.start < common.start else ()
        right = (Interval(common.end, self.end),) if common.end is not None and common.end != self.end else ()
        return left + right

    def until(self, as_of: date) -> Interval | None:
        """The days before `as_of`, None when it all begins later."""
        return self.intersect(Interval(date.min, as_of)) if as_of > date.min else None


def last_day(end: date | None) -> date | None:
    """The last day of an interval that ends before `end`: the day that screens and decisions show."""
    return None if end is None else end - _ONE_DAY


def day_after(last: date | None) -> date | None:
    """The `end` of an interval whose last day is `last`: the opposite of `last_day`."""
    return None if last is None else last + _ONE_DAY


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same days as disjoint intervals in order, adjoining ones joined."""
    merged: list[Interval] = []
    for item in sorted(intervals, key=lambda interval: interval.start):
        if merged and merged[-1].touches(item):
            merged[-1] = Interval(merged[-1].start, _later(merged[-1].end, item.end))
        else:
            merged.append(item)
    return tuple(merged)


def subtract_all(intervals: Iterable[Interval], others: Iterable[Interval]) -> tuple[Interval, ...]:
    """The days of `intervals` that are in none of `others`, merged."""
    left = list(merge(intervals))
    for other in merge(others):
        left = [piece for item in left for piece in item.subtract(other)]
    return tuple(left)


def intersect_all(intervals: Iterable[Interval], others: Iterable[Interval]) -> tuple[Interval, ...]:
    """The days in some of `intervals` and in some of `others`, merged."""
    second = merge(others)
    common = (item.intersect(other) for item in merge(intervals) for other in second)
    return tuple(piece for piece in common if piece is not None)


def gaps(intervals: Iterable[Interval], within: Interval) -> tuple[Interval, ...]:
    """The days of `within` that no interval has, in order."""
    return subtract_all((within,), intervals)


def overlaps_within(intervals: Iterable[Interval]) -> Iterator[tuple[Interval, Interval]]:
    """Pairs of intervals that share a day, earlier start first."""
    current: list[Interval] = []
    for item in sorted(intervals, key=lambda interval: interval.start):
        current = [open_one for open_one in current if open_one.overlaps(item)]
        yield from ((open_one, item) for open_one in current)
        current.append(item)


def total_days(intervals: Iterable[Interval], as_of: date) -> int:
    """The number of distinct days before `as_of`, none counted twice."""
    cut = (item.until(as_of) for item in merge(intervals))
    return sum(item.days or 0 for item in cut if item is not None)


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


def _not_after(first: date | None, second: date | None) -> bool:
    return second is None or (first is not None and first <= second)


def _earlier(first: date | None, second: date | None) -> date | None:
    if first is None or second is None:
        return second if first is None else first
    return min(first, second)


def _later(first: date | None, second: date | None) -> date | None:
    return None if first is None or second is None else max(first, second)
