"""The closure of a tree whose edges hold for a time: pure, so that it can be tested against plain walking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
