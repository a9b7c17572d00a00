"""The days on which time alone makes a standard met or not met, while no record changes.

A fact moves by its clock (`facts.fact.Clock`); everything else stays as it is. Day sets are ascending,
disjoint, half-open intervals from the day asked about onward; an end of None means for ever.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hientai.engines.criteria.judge import compare
from hientai.engines.criteria.tree import (
    All,
    Answers,
    AnyOf,
    Criterion,
    Node,
    Not,
    Operator,
    Verdict,
    parts_of,
)
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Clock, Fact, FactType, Value

Days = tuple[tuple[date, date | None], ...]
Range = tuple[float, float]
INFINITE = float("inf")


@dataclass(frozen=True)
class Outlook:
    """met, not_met: the days from now on with that verdict if no record changes; the others are unknown.

    exact: False where a day is only the latest possible one, because the counting day is not recorded.
    """

    met: Days
    not_met: Days
    exact: bool = True

    @property
    def earliest(self) -> date | None:
        """The first day on which it is met, None if time alone never brings it."""
        return self.met[0][0] if self.met else None

    def until(self, as_of: date) -> date | None:
        """The first day on which what is met now will no longer be; None if never, or not met now."""
        return self.met[0][1] if self.met and self.met[0][0] == as_of else None


def outlook(
    node: Node, answers: Answers, anchors: Mapping[str, date], catalogue: Catalogue, as_of: date
) -> Outlook | None:
    """What time alone does to a node; None for one that takes no part in the verdict.

    anchors: fact code -> the day by which its time counts (`Evidence.anchor`), where recorded.
    """
    if isinstance(node, Criterion):
        return criterion_outlook(
            node, answers.get(node.fact), anchors.get(node.fact), catalogue[node.fact], as_of
        )
    parts = [outlook(part, answers, anchors, catalogue, as_of) for part in parts_of(node)]
    return combined(node, parts, as_of)


def combined(node: Node, parts: Iterable[Outlook | None], as_of: date) -> Outlook | None:
    """The outlook of a group from those of its parts."""
    counted = [part for part in parts if part is not None]
    if not counted:
        return None
    exact = all(part.exact for part in counted)
    if isinstance(node, Not):
        return Outlook(counted[0].not_met, counted[0].met, exact)
    everything: Days = ((as_of, None),)
    met_together, not_met_together = everything, everything
    met_any: Days = ()
    not_met_any: Days = ()
    for part in counted:
        met_together, met_any = common(met_together, part.met), united(met_any, part.met)
        not_met_together, not_met_any = (
            common(not_met_together, part.not_met),
            united(not_met_any, part.not_met),
        )
    if isinstance(node, All):
        return Outlook(met_together, not_met_any, exact)
    assert isinstance(node, AnyOf)
    return Outlook(met_any, not_met_together, exact)


def criterion_outlook(
    criterion: Criterion, found: Value | None, anchor: date | None, fact: Fact, as_of: date
) -> Outlook:
    """What time alone does to one comparison."""
    if found is None:
        return Outlook((), ())
    now: Days = ((as_of, None),)
    if fact.clock is Clock.ENDS and found is True:
        return _when_it_ends(criterion, anchor, as_of)
    if fact.clock in (Clock.STILL, Clock.ENDS) or not isinstance(found, int):
        met = compare(found, criterion.operator, criterion.required) is Verdict.MET
        return Outlook(now, ()) if met else Outlook((), now)
    if fact.clock is Clock.GROWS:
        counted = _Growing(found, 12 if fact.type is FactType.YEARS else 1, anchor, as_of)
        met_days = tuple(days for low, high in value_ranges(criterion) if (days := counted.days(low, high)))
        return Outlook(united((), met_days), _rest(met_days, as_of), counted.is_exact)
    met_days = tuple(
        days for low, high in value_ranges(criterion) if (days := _shrinking(found, low, high, as_of))
    )
    return Outlook(united((), met_days), _rest(met_days, as_of))


def value_ranges(criterion: Criterion) -> tuple[Range, ...]:
    """The whole numbers that meet a comparison, as half-open ranges; IN and NOT_IN give one a number."""
    operator, required = criterion.operator, criterion.required
    if isinstance(required, tuple):
        points = sorted(float(value) for value in required if not isinstance(value, str))
        if operator is Operator.BETWEEN:
            return ((points[0], points[1]),)
        single = tuple((point, point + 1) for point in points)
        return single if operator is Operator.IN else _gaps(single)
    point = float(required)
    return {
        Operator.AT_LEAST: ((point, INFINITE),),
        Operator.ABOVE: ((point + 1, INFINITE),),
        Operator.AT_MOST: ((-INFINITE, point + 1),),
        Operator.BELOW: ((-INFINITE, point),),
        Operator.EQUALS: ((point, point + 1),),
        Operator.DIFFERS: ((-INFINITE, point), (point + 1, INFINITE)),
    }[operator]


@dataclass(frozen=True)
class _Growing:
    """A number that grows by one every `months` months."""

    value: int
    months: int
    anchor: date | None
    as_of: date

    @property
    def is_exact(self) -> bool:
        return self.anchor is not None and self._reached(
            self.anchor, self.value
        ) <= self.as_of < self._reached(self.anchor, self.value + 1)

    def days(self, low: float, high: float) -> tuple[date, date | None] | None:
        """The days with low <= value < high."""
        if high <= self.value or low >= high:
            return None
        first = self.as_of if low <= self.value else self.day_of(int(low))
        last = None if high == INFINITE else self.day_of(int(high))
        return (first, last) if first is not None and (last is None or first < last) else None

    def day_of(self, value: int) -> date | None:
        if self.anchor is not None and self.is_exact:
            return self._reached(self.anchor, value)
        return _later(self.as_of, (value - self.value) * self.months)

    def _reached(self, anchor: date, value: int) -> date:
        return _later(anchor, value * self.months) or date.max


def _shrinking(value: int, low: float, high: float, as_of: date) -> tuple[date, date | None] | None:
    """The days with low <= value < high of a number that falls by one on the first day of every month."""
    if low > value or low >= high:
        return None
    month = as_of.replace(day=1)
    first = as_of if high > value else _later(month, value - int(high) + 1)
    last = None if low == -INFINITE else _later(month, value - int(low) + 1)
    return (first, last) if first is not None and (last is None or first < last) else None


def _when_it_ends(criterion: Criterion, anchor: date | None, as_of: date) -> Outlook:
    lasting: Days = ((as_of, anchor),)
    after: Days = ((anchor, None),) if anchor is not None else ()
    wants_true = compare(True, criterion.operator, criterion.required) is Verdict.MET
    return Outlook(lasting, after) if wants_true else Outlook(after, lasting)


def common(left: Days, right: Days) -> Days:
    """The days in both."""
    found = []
    for start, end in left:
        for other_start, other_end in right:
            first = max(start, other_start)
            last = _sooner(end, other_end)
            if last is None or first < last:
                found.append((first, last))
    return tuple(sorted(found, key=lambda days: days[0]))


def united(left: Days, right: Days) -> Days:
    """The days in either, touching intervals joined."""
    joined: list[tuple[date, date | None]] = []
    for start, end in sorted([*left, *right], key=lambda days: days[0]):
        if joined and (joined[-1][1] is None or start <= joined[-1][1]):
            last_start, last_end = joined[-1]
            joined[-1] = (last_start, None if last_end is None or end is None else max(last_end, end))
        else:
            joined.append((start, end))
    return tuple(joined)


def _rest(days: Days, as_of: date) -> Days:
    """The days from `as_of` on that are not in `days`."""
    rest: list[tuple[date, date | None]] = []
    start: date | None = as_of
    for first, last in united((), days):
        if start is not None and start < first:
            rest.append((start, first))
        start = last
    if start is not None:
        rest.append((start, None))
    return tuple(rest)


def _gaps(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    gaps, low = [], -INFINITE
    for first, last in ranges:
        gaps.append((low, first))
        low = last
    return (*gaps, (low, INFINITE))


def _sooner(left: date | None, right: date | None) -> date | None:
    if left is None or right is None:
        return right if left is None else left
    return min(left, right)


def _later(day: date, months: int) -> date | None:
    """`day` moved by whole months, to the last day of a shorter month; None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
