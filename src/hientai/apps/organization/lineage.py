"""Follows units through reforms, exactly or not at all. Pure: edges and lives in, units out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hientai.apps.organization.types import Edge

Life = tuple[date, date | None]  # first day, first day no longer


@dataclass(frozen=True)
class Torn:
    """Why a series breaks: `unit` was shared on `day` with units outside the group."""

    unit: int
    day: date
    outside: tuple[int, ...]


def reachable(edges: Iterable[Edge], unit: int) -> list[Edge]:
    """The edges of everything `unit` came from and became, by day."""
    onward, back = defaultdict(list), defaultdict(list)
    for edge in edges:
        onward[edge.before].append(edge)
        back[edge.after].append(edge)
    found: dict[tuple[int, int, date], Edge] = {}
    for step, end in ((onward, "after"), (back, "before")):
        waiting, seen = [unit], {unit}
        while waiting:
            for edge in step[waiting.pop()]:
                found[edge.before, edge.after, edge.day] = edge
                if (following := getattr(edge, end)) not in seen:
                    seen.add(following)
                    waiting.append(following)
    return sorted(found.values(), key=lambda e: (e.day, e.before, e.after))


def same_units(
    edges: Sequence[Edge], lives: Mapping[int, Life], units: Collection[int], on: date, other: date
) -> set[int] | Torn:
    """The units that on day `other` were exactly what `units` are on day `on`; Torn where something was shared.

    A unit that gave a part to somebody outside the group, or took one, cannot be followed: which people went with the
    part is not known.
    """
    backward = other < on
    group = set(units)
    between = [e for e in edges if (other < e.day <= on if backward else on < e.day <= other)]
    by_day: dict[date, list[Edge]] = defaultdict(list)
    for edge in between:
        by_day[edge.day].append(edge)
    for day in sorted(by_day, reverse=backward):
        there = [(e.after, e.before) if backward else (e.before, e.after) for e in by_day[day]]
        torn = _step(group, there, day, lives, backward=backward)
        if torn is not None:
            return torn
    return group


def _step(
    group: set[int], there: list[tuple[int, int]], day: date, lives: Mapping[int, Life], *, backward: bool
) -> Torn | None:
    """Moves the group over one day: adds who lies on the other side, looks for leaks, drops who is gone."""
    known = set(group)
    group |= {far for near, far in there if near in known}
    for far in sorted({far for _, far in there if far in group}):
        outside = {near for near, end in there if end == far} - group
        if far not in known and _alive(lives[far], day, before=not backward):
            outside.add(far)  # it stands on both sides of the day, and only a part of it belongs here
        if outside:
            return Torn(far, day, tuple(sorted(outside)))
    group -= {unit for unit in group if not _alive(lives[unit], day, before=backward)}
    return None


def _alive(life: Life, day: date, *, before: bool) -> bool:
    """Whether a unit stood just before `day`, or from it on."""
    start, end = life
    return start < day <= (end or date.max) if before else start <= day < (end or date.max)


def closed_group(edges: Sequence[Edge], units: Collection[int], on: date, other: date) -> set[int]:
    """The smallest group around `units` that can be followed from `on` to `other`: all that shared with each other."""
    first, last = min(on, other), max(on, other)
    between = [e for e in edges if first < e.day <= last]
    together = defaultdict(set)
    for edge in between:
        together[edge.before].add(edge.after)
        together[edge.after].add(edge.before)
    group, waiting = set(units), list(units)
    while waiting:
        for other_unit in together[waiting.pop()] - group:
            group.add(other_unit)
            waiting.append(other_unit)
    return group
