"""The days on which time alone makes a standard met or not met, while no record changes.

A fact moves by its clock (`facts.fact.Clock`); everything else stays as it is. Days are disjoint intervals in
order, from the day asked about onward; an open one means for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

from hientai.engines.criteria.judge import compare
from hientai.engines.criteria.tree import (
    All,
    Answers,
    Criterion,
    Node,
    Not,
    Operator,
    Verdict,
    parts_of,
)
from hientai.engines.errors import BadInput
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Clock, Fact, FactType, Value
from hientai.engines.interval.months import add_months
from hientai.engines.interval.spans import Interval, intersect_all, merge, subtract_all

Days = tuple[Interval, ...]
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
        return self.met[0].start if self.met else None

    def until(self, as_of: date) -> date | None:
        """The first day on which what is met now will no longer be; None if never, or not met now."""
        return self.met[0].end if self.met and self.met[0].start == as_of else None


def outlook(
    node: Node, answers: Answers, anchors: Mapping[str, date], catalogue: Catalogue, as_of: date
) -> Outlook | None:
    """What time alone does to a node; None for one that takes no part in the verdict.

    anchors: fact code -> the day by which its time counts (`Evidence.anchor`), where recorded.
    """
    if isinstance(node, Criterion):
        found, anchor = answers.get(node.fact), anchors.get(node.fact)
        return criterion_outlook(node, found, anchor, catalogue[node.fact], as_of)
    parts = [outlook(part, answers, anchors, catalogue, as_of) for part in parts_of(node)]
    return combined(node, parts)


def combined(node: Node, parts: Iterable[Outlook | None]) -> Outlook | None:
    """The outlook of a group from those of its parts."""
    counted = [part for part in parts if part is not None]
    if not counted:
        return None
    exact = all(part.exact for part in counted)
    met, not_met = [part.met for part in counted], [part.not_met for part in counted]
    if isinstance(node, Not):
        return Outlook(not_met[0], met[0], exact)
    if isinstance(node, All):
        return Outlook(_in_all(met), _in_any(not_met), exact)
    return Outlook(_in_any(met), _in_all(not_met), exact)


def _in_all(sets: list[Days]) -> Days:
    return reduce(intersect_all, sets)


def _in_any(sets: list[Days]) -> Days:
    return merge(days for several in sets for days in several)


def criterion_outlook(
    criterion: Criterion, found: Value | None, anchor: date | None, fact: Fact, as_of: date
) -> Outlook:
    """What time alone does to one comparison."""
    if found is None:
        return Outlook((), ())
    now: Days = (Interval(as_of),)
    if fact.clock is Clock.ENDS and found is True:
        return _when_it_ends(criterion, anchor, as_of)
    stands = fact.clock in (Clock.STILL, Clock.ENDS) or (fact.clock is Clock.RUNS and anchor is None)
    if stands or not isinstance(found, int):
        met = compare(found, criterion.operator, criterion.required) is Verdict.MET
        return Outlook(now, ()) if met else Outlook((), now)
    moving = _moving(fact, found, anchor, as_of)
    days = [moving.days(low, high) for low, high in value_ranges(criterion)]
    met_days = merge(one for one in days if one is not None)
    return Outlook(met_days, subtract_all(now, met_days), moving.is_exact)


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


def _gaps(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    gaps, low = [], -INFINITE
    for first, last in ranges:
        gaps.append((low, first))
        low = last
    return (*gaps, (low, INFINITE))


@dataclass(frozen=True)
class _Moving:
    """A whole number that moves by one in steps of time; `starts(n)` is the first day on which it is n."""

    value: int
    as_of: date
    starts: Callable[[int], date | None]
    is_exact: bool
    grows: bool

    def days(self, low: float, high: float) -> Interval | None:
        """The days with low <= value < high, from the day asked about on."""
        if low >= high:
            return None
        # Passed through in the direction of time: it enters at one end of the range and leaves at the other.
        enters, leaves, passed = (
            (low, high, high <= self.value) if self.grows else (high - 1, low - 1, low > self.value)
        )
        if passed:
            return None
        inside = low <= self.value < high
        first = self.as_of if inside else self.starts(int(enters))
        last = None if abs(leaves) == INFINITE else self.starts(int(leaves))
        return Interval(first, last) if first is not None and (last is None or first < last) else None


def _moving(fact: Fact, value: int, anchor: date | None, as_of: date) -> _Moving:
    if fact.clock is Clock.SHRINKS:
        month = as_of.replace(day=1)
        return _Moving(value, as_of, lambda reached: _later(month, value - reached), True, grows=False)
    step = 12 if fact.type is FactType.YEARS else 1
    if anchor is not None and _counts_from(anchor, value, step, as_of):
        return _Moving(value, as_of, lambda reached: _later(anchor, reached * step), True, grows=True)
    return _Moving(value, as_of, lambda reached: _later(as_of, (reached - value) * step), False, grows=True)


def _counts_from(anchor: date, value: int, step: int, as_of: date) -> bool:
    """Whether a number counted from that day alone is `value` on the day asked about."""
    reached, following = _later(anchor, value * step), _later(anchor, (value + 1) * step)
    return reached is not None and reached <= as_of and (following is None or as_of < following)


def _when_it_ends(criterion: Criterion, anchor: date | None, as_of: date) -> Outlook:
    ends = anchor if anchor is not None and anchor > as_of else None
    lasting: Days = (Interval(as_of, ends),)
    after: Days = () if ends is None else (Interval(ends),)
    wants_true = compare(True, criterion.operator, criterion.required) is Verdict.MET
    return Outlook(lasting, after) if wants_true else Outlook(after, lasting)


def _later(day: date, months: int) -> date | None:
    """`day` moved by whole months; None beyond the calendar."""
    try:
        return add_months(day, months)
    except BadInput:
        return None
