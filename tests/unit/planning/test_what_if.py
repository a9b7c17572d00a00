"""A thought is not an act: figures before and after, and nothing moved that the change does not touch."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from hientai.apps.planning.coverage import Measures, PlanFrames, coverage_rows
from hientai.apps.planning.what_if import Addition, differences, what_if, with_changes

DAY = date(2025, 9, 5)
MEASURES = Measures({"district": 40}, (40, 50), 1)
SLOTS = [(1, 10, 100, 1), (2, 11, 100, 1), (3, 10, 101, 1), (4, 12, 200, 2)]


def frames() -> PlanFrames:
    return PlanFrames(
        slots=pl.DataFrame(
            [(s, p, seat, title, "now", "district") for s, p, seat, title in SLOTS],
            schema=["slot_id", "person_id", "seat_id", "title_id", "readiness", "level"],
            orient="row",
        ),
        holders=pl.DataFrame({"person_id": [20, 21], "seat_id": [100, 200], "title_id": [1, 2]}),
        seats=pl.DataFrame({"seat_id": [100, 101, 200], "title_id": [1, 1, 2]}),
        people=pl.DataFrame(
            {
                "person_id": [10, 11, 12, 13],
                "sex": ["F", "M", "M", "F"],
                "born_year": [1990, 1980, 1970, 1988],
                "born_month": [1, 1, 1, 1],
                "born_day": [1, 1, 1, 1],
                "ethnicity": ["kinh", "thai", "kinh", "thai"],
            }
        ),
        titles=pl.DataFrame(
            {
                "title_id": [1, 2],
                "title_code": ["district.head", "district.chair"],
                "name": ["Trưởng phòng", "Chủ tịch"],
                "level": ["district", "district"],
                "is_key": [True, True],
                "is_leadership": [True, True],
                "order": [2, 1],
            }
        ),
    )


def found(
    drops: tuple[int, ...] = (), adds: tuple[Addition, ...] = ()
) -> dict[tuple[str, str], tuple[object, object]]:
    moved = what_if(frames(), drops, adds, DAY, MEASURES)
    return {
        (d.title_code, f"{d.figure}{'' if d.place is None else d.place}"): (d.before, d.after) for d in moved
    }


def test_a_dropped_turn_moves_its_title_only() -> None:
    moved = found(drops=(2,))
    assert {title for title, _ in moved} == {"district.head"}
    assert moved["district.head", "turns"] == (3, 2) and moved["district.head", "people"] == (2, 1)
    assert moved["district.head", "coefficient"] == (Fraction(3), Fraction(2))
    assert moved["district.head", "women_share"] == (Fraction(1, 2), Fraction(1))
    assert moved["district.head", "gaps"] == (1, 2) and moved["district.head", "band1"] == (1, 0)


def test_an_added_person_counts_in_every_figure_and_over_the_limit_of_a_level() -> None:
    moved = found(adds=(Addition(13, 200, "one_term"),))
    assert moved["district.chair", "turns"] == (1, 2) and moved["district.chair", "women"] == (0, 1)
    assert moved["district.chair", "young"] == (0, 1) and ("district.chair", "ready") not in moved
    assert found(adds=(Addition(12, 100),))["district.chair", "over"] == (0, 1)


def test_adding_somebody_who_stands_there_or_where_nobody_looks_changes_nothing() -> None:
    assert found(adds=(Addition(10, 100),)) == {}
    assert found(adds=(Addition(10, 999), Addition(99, 100))) == {}


def test_a_title_that_nobody_is_planned_for_any_more_still_shows() -> None:
    assert found(drops=(4,))["district.chair", "turns"] == (1, 0)


@given(st.sets(st.sampled_from([s for s, *_ in SLOTS])))
def test_dropping_and_adding_the_same_is_no_change(drops: set[int]) -> None:
    back = tuple(Addition(p, seat, "now") for s, p, seat, _ in SLOTS if s in drops)
    assert found(drops=tuple(drops), adds=back) == {}


@given(st.sets(st.sampled_from([s for s, *_ in SLOTS])))
def test_the_thought_equals_the_deed(drops: set[int]) -> None:
    """The figures after are those of a plan that really is so."""
    thought = coverage_rows(with_changes(frames(), drops, ()), DAY, MEASURES)
    rest = frames().slots.filter(~pl.col("slot_id").is_in(list(drops)))
    real = frames()
    done = coverage_rows(PlanFrames(rest, real.holders, real.seats, real.people, real.titles), DAY, MEASURES)
    assert differences(thought, done) == []
