"""What changed between two days: everybody in exactly one kind, and every balance closes, whatever the records say."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hientai.apps.reports.changes import CAME, LEFT, WITHIN, Kind, Known, compare, groups, of_kinds

SCHEMA = {
    "person_id": pl.Int64, "unit_id": pl.Int64, "title_id": pl.Int64, "rank": pl.Int32, "level": pl.String,
}  # fmt: skip
Stand = tuple[int, int | None, int | None, str | None]  # unit, title, rank, level


def frame(people: dict[int, Stand]) -> pl.DataFrame:
    return pl.DataFrame([(p, *stand) for p, stand in people.items()], schema=SCHEMA, orient="row")


def kind_of(before: Stand | None, after: Stand | None, **known: Any) -> str:
    one, other = ({1: stand} if stand else {} for stand in (before, after))
    return str(compare(frame(one), frame(other), Known(**known)).get_column("kind").item())


HERE, THERE, HIGHER = (1, 5, 10, "commune"), (2, 5, 10, "commune"), (1, 6, 20, "commune")
ME = frozenset({1})


@pytest.mark.parametrize(
    ("before", "after", "known", "kind"),
    [
        (None, HERE, {}, Kind.RECRUITED),
        (None, HERE, {"earlier": ME}, Kind.RETURNED),
        (None, HERE, {"elsewhere_before": ME, "known_before": ME, "earlier": ME}, Kind.RECEIVED),
        (None, HERE, {"known_before": ME, "earlier": ME}, Kind.ADDED),
        (HERE, None, {"known_before": ME}, Kind.ENDED),
        (HERE, None, {"known_before": ME, "retired": ME}, Kind.RETIRED),
        (HERE, None, {"known_before": ME, "elsewhere_after": ME}, Kind.SENT),
        (HERE, None, {}, Kind.WITHDRAWN),
        (HERE, HERE, {}, Kind.UNCHANGED),
        (HERE, THERE, {}, Kind.MOVED),
        (HERE, THERE, {"ended_units": ME}, Kind.REORGANISED),
        (HERE, HIGHER, {}, Kind.PROMOTED),
        (HIGHER, HERE, {}, Kind.LOWERED),
        (HERE, (2, 7, 20, "commune"), {"ended_units": ME}, Kind.PROMOTED),
        (HERE, (1, 9, 10, "commune"), {}, Kind.RETITLED),
        (HERE, (1, None, None, "commune"), {}, Kind.LOWERED),
        ((1, None, None, "commune"), HERE, {}, Kind.PROMOTED),
        ((1, None, None, None), (1, None, None, None), {}, Kind.UNCHANGED),
    ],
)
def test_somebody_is_counted_as(before: Stand | None, after: Stand | None, known: Any, kind: str) -> None:
    assert kind_of(before, after, **known) == kind


stands = st.tuples(
    st.integers(1, 4), st.one_of(st.none(), st.integers(1, 3)), st.one_of(st.none(), st.integers(1, 3)),
    st.sampled_from(["province", "district", "commune", None]),
)  # fmt: skip
sets = st.frozensets(st.integers(1, 8), max_size=8)
people = st.dictionaries(st.integers(1, 8), stands, max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(before=people, after=people, known=st.tuples(sets, sets, sets, sets, sets, sets))
def test_before_and_came_less_left_is_after_in_total_and_in_every_group(
    before: dict[int, Stand], after: dict[int, Stand], known: tuple[frozenset[int], ...]
) -> None:
    changes = compare(frame(before), frame(after), Known(*known))
    assert sorted(changes.get_column("person_id")) == sorted(before.keys() | after.keys())
    came, left = of_kinds(changes, CAME), of_kinds(changes, LEFT)
    assert len(before) + len(came) - len(left) == len(after)
    assert set(came) == after.keys() - before.keys() and set(left) == before.keys() - after.keys()
    counted = [person for kind in (*CAME, *LEFT, *WITHIN) for person in of_kinds(changes, [kind])]
    assert sorted(counted) == sorted(before.keys() | after.keys())
    parts = groups(changes, "level")
    assert all(part.holds for part in parts)
    assert sum(len(part.before) for part in parts) == len(before)
    assert sum(len(part.after) for part in parts) == len(after)
    assert sum(len(p.from_others) for p in parts) == sum(len(p.to_others) for p in parts)
    assert sum(len(part.came) for part in parts) == len(came)


def test_a_group_without_a_name_comes_last_and_holds() -> None:
    changes = compare(frame({1: HERE, 2: (3, None, None, None)}), frame({1: (3, 5, 10, None)}), Known())
    assert [(g.code, len(g.before), len(g.from_others), len(g.after)) for g in groups(changes, "level")] == [
        ("commune", 1, 0, 0), (None, 1, 1, 1),
    ]  # fmt: skip
