"""Judges wholes and their parts in text: which do not close, which leave a rest, which mix persons with
turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from hientai.engines.figures.findings import Base, Closing, Likely, Place, Slip, SumFinding
from hientai.engines.figures.groups import Group, Mention, Tie, rest_of
from hientai.engines.figures.numbers import Bound, Kind
from hientai.engines.figures.partitions import are_disjoint, complete_among, may_overlap
from hientai.engines.figures.spoken import spoken
from hientai.engines.figures.units import Match, match
from hientai.engines.figures.verdicts import sum_finding
from hientai.engines.wording import say

_NEARLY_ALL = Fraction(4, 5)
_MOST_OF_IT = Fraction(1, 2)
_ROLE = re.compile(r"\d\s?(?:[^\W\d_]{1,8}\s){0,3}là\s", re.IGNORECASE)

Parts = tuple[Mention, ...]


def judged_sums(groups: Sequence[Group]) -> list[tuple[SumFinding, Group]]:
    """The findings of the groups with the group each comes from; groups that state nothing checkable give
    none."""
    seen: set[tuple[int, ...]] = set()
    closed = {_sort(g) for g in groups if len(g.parts) > 1 and _sum(g.parts) == _value(g.whole)}
    found: list[tuple[SumFinding, Group]] = []
    for group in groups:
        key = (id(group.whole.number), *(id(part.number) for part in group.parts))
        if key in seen:
            continue
        seen.add(key)
        if finding := _judged(group, _sort(group) in closed):
            found.append((finding, group))
    return found


def _sort(group: Group) -> tuple[object, ...]:
    """Groups of one sort in one sentence are worded alike: when one closes, the others are meant to."""
    whole = group.whole
    unit = whole.number.unit.word if whole.number.unit else ""
    return id(whole.reading), whole.reading.sentence_of(whole.number.start), group.tie, unit


def _value(mention: Mention) -> Fraction:
    return mention.number.value


def _sum(parts: Parts) -> Fraction:
    return sum((part.number.value for part in parts), Fraction(0))


def _judged(group: Group, parallel: bool) -> SumFinding | None:
    total = _value(group.whole)
    for parts in (group.parts, *group.choices):
        if len(parts) > 1 and abs(_sum(parts) - total) <= _slack(group.whole, parts):
            return _finding(group, parts, Closing.WHOLE)
    labels = [part.label for part in group.parts]
    approximate = any(part.number.bound is not Bound.EXACT for part in group.parts)
    if approximate or total == 0:
        return None
    chosen = complete_among(labels)
    if chosen and not group.open_ended:
        others = [label for index, label in enumerate(labels) if index not in chosen]
        parts = (
            tuple(group.parts[index] for index in chosen)
            if may_overlap(others) or not others
            else group.parts
        )
        if _sum(parts) == total or (group.firm and _all_may_add(group, parts)):
            return _finding(group, parts, Closing.WHOLE)
    if group.tie in (Tie.REST, Tie.TOTAL, Tie.IMPLIED) or rest_of(group):
        return _rest(group)
    if group.tie is Tie.OF_WHICH or len(group.parts) == 1:
        return _of_which(group)
    return _made_of(group, labels, parallel)


def _slack(whole: Mention, parts: Parts) -> Fraction:
    """How far rounding may move a sum of measured amounts ("12,4 tỷ đồng"); counts must close exactly."""
    ulps = [mention.number.ulp for mention in (whole, *parts)]
    measured = whole.number.kind is Kind.MEASURE
    return max(ulps) * len(ulps) / 2 if measured and len(parts) > 1 else Fraction(0)


def _all_may_add(group: Group, parts: Parts) -> bool:
    return all(match(part.number.unit, group.whole.number.unit) in (Match.SAME, Match.OPEN) for part in parts)


def _all_alike(group: Group, parts: Parts) -> bool:
    """Whether every part is counted in the unit of the whole or without one, so that a sum above it cannot
    be."""
    verdicts = [match(part.number.unit, group.whole.number.unit) for part in parts]
    named = [v for part, v in zip(parts, verdicts, strict=True) if part.number.unit is not None]
    return all(verdict is Match.SAME for verdict in named)


def _rest(group: Group) -> SumFinding | None:
    labels = [part.label for part in group.parts]
    sure = (
        group.firm and len(group.parts) > 1 and _all_may_add(group, group.parts) and not may_overlap(labels)
    )
    if sure and not group.open_ended and not group.choices:
        return _finding(group, group.parts, Closing.WHOLE)
    return _parts(group)


def _of_which(group: Group) -> SumFinding | None:
    if fine := _parts(group):
        return fine
    total, parts = _value(group.whole), min((group.parts, *group.choices), key=len)
    if not group.firm or not _all_alike(group, parts):
        return None
    first_unit = parts[0].number.unit
    above = [part for part in parts if part.number.value > total]
    if (
        above
        and (first_unit is not None or len(parts) == 1)
        and match(first_unit, group.whole.number.unit) is Match.SAME
    ):
        return _above(group, parts, above[0])
    if are_disjoint([part.label for part in parts]):
        return _finding(group, parts, Closing.PARTS)
    return None


def _parts(group: Group) -> SumFinding | None:
    """The list as some of the whole, when it is not more than the whole."""
    for parts in (group.parts, *group.choices):
        if _sum(parts) <= _value(group.whole):
            return _finding(group, parts, Closing.PARTS)
    return None


def _above(group: Group, parts: Parts, part: Mention) -> SumFinding:
    likely = Likely(
        Slip.PART_ABOVE_WHOLE,
        say(
            "phần {part} lớn hơn tổng {total}",
            part=spoken(part.number.value),
            total=spoken(_value(group.whole)),
        ),
    )
    return _finding(group, parts, Closing.PARTS, likely)


def _made_of(group: Group, labels: Sequence[str], parallel: bool) -> SumFinding | None:
    total, summed = _value(group.whole), _sum(group.parts)
    overlap = may_overlap(labels)
    sure = (
        group.firm
        and not group.open_ended
        and not overlap
        and not group.choices
        and _all_may_add(group, group.parts)
    )
    alike = _all_alike(group, group.parts) or are_disjoint(labels)
    if summed > total:
        return _finding(group, group.parts, Closing.WHOLE) if sure and alike else None
    roles = any(_ROLE.search(label) for label in labels)
    enough = _NEARLY_ALL if group.tie in (Tie.BRACKET, Tie.COLON) else _MOST_OF_IT
    if sure and not roles and (parallel or (alike and summed >= total * enough)):
        return _finding(group, group.parts, Closing.WHOLE)
    return _parts(group)


def _finding(group: Group, parts: Parts, closing: Closing, likely: Likely | None = None) -> SumFinding:
    whole = group.whole
    used = {id(part.number) for part in parts} | {id(whole.number)}
    near = tuple(
        Base(number.value, _around(whole.reading.text, number.start, number.end), whole.reading.name)
        for number in whole.reading.numbers
        if number.kind is Kind.COUNT
        and id(number) not in used
        and match(number.unit, whole.number.unit) is not Match.CLASH
    )
    return sum_finding(
        label=whole.label[:100],
        parts=tuple(part.number.value for part in parts),
        total=_value(whole),
        where=Place(whole.reading.name, whole.reading.index, whole.number.start, whole.number.end),
        closing=closing,
        within_rounding=abs(_sum(parts) - _value(whole)) <= _slack(whole, parts),
        near=near,
        part_labels=tuple(part.label[:60] for part in parts),
        units=tuple(part.number.unit if part.number.kind is not Kind.RATIO else None for part in parts),
        total_unit=whole.number.unit,
        likely=likely,
    )


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 20) : end + 20].strip()
