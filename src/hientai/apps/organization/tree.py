"""The closure of a tree whose edges hold for a time: pure, so that it can be tested against plain walking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hientai.engines.wording import say
from hientai.foundation.errors import Refused


@dataclass(frozen=True)
class ParentEdge:
    """`unit` stood below `parent` (None: a root) during [valid_from, valid_to)."""

    unit: int
    parent: int | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class SubtreeRow:
    """`descendant` was `depth` levels below `ancestor` during [valid_from, valid_to)."""

    ancestor: int
    descendant: int
    depth: int
    valid_from: date
    valid_to: date | None


def closure(edges: Iterable[ParentEdge]) -> list[SubtreeRow]:
    """Every ancestor of every unit, with the time it held. Raises Refused when units are above themselves."""
    by_unit: dict[int, list[ParentEdge]] = defaultdict(list)
    for edge in edges:
        by_unit[edge.unit].append(edge)
    known: dict[int, list[SubtreeRow]] = {}
    for unit in by_unit:
        _above(unit, by_unit, known, ())
    return [row for rows in known.values() for row in rows]


def _above(
    unit: int, by_unit: dict[int, list[ParentEdge]], known: dict[int, list[SubtreeRow]], path: tuple[int, ...]
) -> list[SubtreeRow]:
    if unit in known:
        return known[unit]
    if unit in path:
        raise Refused("unit_above_itself", say("Đơn vị không thể trực thuộc chính nó."), str(unit))
    rows = []
    for edge in by_unit[unit]:
        rows.append(SubtreeRow(unit, unit, 0, edge.valid_from, edge.valid_to))
        if edge.parent is not None:
            rows += _shared_time(edge, _above(edge.parent, by_unit, known, (*path, unit)))
    known[unit] = rows
    return rows


def _shared_time(edge: ParentEdge, above: list[SubtreeRow]) -> Iterator[SubtreeRow]:
    for row in above:
        start = max(row.valid_from, edge.valid_from)
        ends = [end for end in (row.valid_to, edge.valid_to) if end is not None]
        end = min(ends) if ends else None
        if end is None or start < end:
            yield SubtreeRow(row.ancestor, edge.unit, row.depth + 1, start, end)


@dataclass(frozen=True)
class KeepingRow:
    """From `since` on whoever may read at `keeper` reads what `unit`, ended by then, left."""

    keeper: int
    unit: int
    since: date


def keeping(edges: Iterable[ParentEdge], heirs: Mapping[int, int]) -> list[KeepingRow]:
    """Who keeps the records of units that ended.

    heirs: ended unit -> the successor that keeps its records. Records go to that successor; where no decision names
    one, to the unit it last stood below; and on from there when that one ended too. The unit itself, and ended units it
    stood below on its last day, keep reading them: a grant there loses nothing when the unit ends.
    """
    last: dict[int, ParentEdge] = {}
    for edge in edges:
        known = last.get(edge.unit)
        if known is None or edge.valid_from > known.valid_from:
            last[edge.unit] = edge
    rows: dict[tuple[int, int], date] = {}
    for unit, edge in last.items():
        if edge.valid_to is not None:
            _keep(unit, edge.valid_to, last, heirs, rows)
    return [KeepingRow(keeper, unit, since) for (keeper, unit), since in rows.items()]


def _keep(
    unit: int,
    ended: date,
    last: Mapping[int, ParentEdge],
    heirs: Mapping[int, int],
    rows: dict[tuple[int, int], date],
) -> None:
    rows[unit, unit] = ended
    above = last[unit].parent
    while above is not None and (end := last[above].valid_to) is not None and (above, unit) not in rows:
        rows[above, unit] = max(ended, end)
        above = last[above].parent
    at: int | None = unit
    since = ended
    walked = {unit}
    while at is not None and (end := last[at].valid_to) is not None:
        since = max(since, end)
        at = heirs.get(at, last[at].parent)
        if at is None or at in walked:
            return
        walked.add(at)
        rows[at, unit] = min(since, rows.get((at, unit), since))
