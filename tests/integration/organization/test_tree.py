"""The closure of the tree: against plain walking, over time, and refusing circles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.apps.organization.tree import ParentEdge, closure
from hientai.foundation.errors import Refused

START = date(2020, 1, 1)


@st.composite
def forests(draw: st.DrawFn) -> list[ParentEdge]:
    """Units that stand below earlier numbered ones, in one or two versions."""
    edges = []
    for unit in range(1, draw(st.integers(2, 8))):
        cut = START + timedelta(days=draw(st.integers(1, 60)))
        parents = st.sampled_from([None, *range(1, unit)]) if unit > 1 else st.just(None)
        edges.append(ParentEdge(unit, draw(parents), START, cut))
        if draw(st.booleans()):
            edges.append(ParentEdge(unit, draw(parents), cut, None))
    return edges


def _parent(edges: list[ParentEdge], unit: int, day: date) -> ParentEdge | None:
    return next(
        (
            e
            for e in edges
            if e.unit == unit and e.valid_from <= day and (e.valid_to is None or day < e.valid_to)
        ),
        None,
    )


def _ancestors(edges: list[ParentEdge], unit: int, day: date) -> list[int]:
    found, edge = [], _parent(edges, unit, day)
    while edge is not None:
        found.append(edge.unit)
        edge = _parent(edges, edge.parent, day) if edge.parent is not None else None
    return found


@given(forests(), st.integers(0, 70))
def test_the_closure_answers_what_walking_up_answers_on_any_day(edges: list[ParentEdge], later: int) -> None:
    day = START + timedelta(days=later)
    rows = [r for r in closure(edges) if r.valid_from <= day and (r.valid_to is None or day < r.valid_to)]
    for unit in {edge.unit for edge in edges}:
        walked = _ancestors(edges, unit, day)
        stored = sorted((r.depth, r.ancestor) for r in rows if r.descendant == unit)
        assert [ancestor for _, ancestor in stored] == walked


def test_a_unit_above_itself_is_refused() -> None:
    with pytest.raises(Refused, match="trực thuộc chính nó"):
        closure([ParentEdge(1, 2, START, None), ParentEdge(2, 1, START, None)])
