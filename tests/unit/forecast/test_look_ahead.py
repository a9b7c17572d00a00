"""Looking ahead: both sides of every day, one successor for one vacancy, and the least shortage there can be."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.errors import BadInput
from hientai.engines.forecast import SCHEMAS, Forecast, look_ahead

BEGINS = date(2026, 3, 5)
FAR = date(2060, 1, 1)
Holder = tuple[int, int, date | None, int | None, date | None]
Planned = tuple[int, int, str, date | None]


def forecast(holders: list[Holder], planned: list[Planned] = [], years: int = 5) -> Forecast:  # noqa: B006
    return look_ahead(
        pl.DataFrame(holders, schema=SCHEMAS["holders"], orient="row"),
        pl.DataFrame(planned, schema=SCHEMAS["planned"], orient="row"),
        BEGINS,
        years,
    )


def retiring(day: date, person: int = 1, seat: int = 100) -> Holder:
    return (person, seat, None, None, day)


@pytest.mark.parametrize(
    ("last_day", "year"),
    [(date(2026, 3, 3), None), (date(2026, 3, 4), 1), (date(2027, 3, 3), 1), (date(2027, 3, 4), 2),
     (date(2031, 3, 3), 5), (date(2031, 3, 4), None)],
)  # fmt: skip
def test_a_seat_is_empty_from_the_day_after_the_last_day_in_service(last_day: date, year: int | None) -> None:
    found = forecast([retiring(last_day)]).vacancies
    assert found.get_column("year").to_list() == ([] if year is None else [year])


@pytest.mark.parametrize(
    ("since", "over"),
    [(date(2021, 3, 5), date(2031, 3, 5)), (date(2021, 3, 6), date(2026, 3, 6)), (date(2016, 6, 1), date(2026, 6, 1)),
     (date(2020, 2, 29), date(2030, 2, 28)), (date(2025, 12, 1), date(2030, 12, 1))],
)  # fmt: skip
def test_a_term_ends_every_five_years_after_it_began(since: date, over: date) -> None:
    found = forecast([(1, 100, since, 5, FAR)], years=6).vacancies
    assert found.select("on", "reason").rows() == [(over, "term_ends")]


def test_who_retires_before_the_term_is_over_does_not_end_it() -> None:
    found = forecast([(1, 100, date(2024, 1, 1), 5, date(2028, 6, 30))]).vacancies
    assert found.get_column("reason").to_list() == ["retires"]


def test_a_successor_must_be_ready_and_in_service_on_the_day() -> None:
    day = date(2028, 6, 30)
    for readiness, leaves, short in (
        ("now", FAR, False), ("now", date(2028, 7, 1), False), ("now", date(2028, 6, 30), True),
        ("one_term", FAR, True), ("two_terms", FAR, True), ("not", FAR, True), ("", FAR, True), ("now", None, False),
    ):  # fmt: skip
        found = forecast([retiring(day)], [(2, 100, readiness, leaves)]).vacancies
        assert found.get_column("short").to_list() == [short], (readiness, leaves)


def test_who_is_ready_after_one_term_counts_from_the_sixtieth_month_on() -> None:
    late = [(2, 100, "one_term", FAR)]
    assert forecast([retiring(date(2031, 3, 3))], late, 6).vacancies["short"].to_list() == [True]
    assert forecast([retiring(date(2031, 3, 4))], late, 6).vacancies["short"].to_list() == [False]


def test_one_successor_fills_one_vacancy_and_the_later_one_is_named() -> None:
    holders = [retiring(date(2027, 6, 30), 1, 100), retiring(date(2029, 6, 30), 2, 200)]
    found = forecast(holders, [(3, 100, "now", FAR), (3, 200, "now", FAR)])
    assert found.vacancies.select("seat_id", "short").rows() == [(100, False), (200, True)]
    assert found.years.get_column("shortages").to_list() == [0, 0, 0, 1, 0]


def test_somebody_moves_aside_where_another_can_take_the_place() -> None:
    holders = [retiring(date(2027, 6, 30), 1, 100), retiring(date(2029, 6, 30), 2, 200)]
    planned = [(3, 100, "now", FAR), (3, 200, "now", FAR), (4, 100, "now", FAR)]
    assert not forecast(holders, planned).vacancies["short"].any()


def test_ends_of_terms_count_in_the_strict_view_only_and_each_seat_once() -> None:
    found = forecast([(1, 100, date(2022, 1, 1), 5, date(2029, 6, 30))])
    rows = found.vacancies.select("reason", "short", "short_strict").rows()
    assert rows == [("term_ends", False, True), ("retires", True, False)]
    assert found.years.select("term_ends", "retirements").sum().rows() == [(1, 1)]


def test_a_holder_without_a_known_day_leaves_no_seat_and_is_counted() -> None:
    found = forecast([(1, 100, None, None, None)])
    assert found.vacancies.is_empty() and found.unknown == 1


@pytest.mark.parametrize("years", [0, -1, 31])
def test_a_span_that_is_none_is_refused(years: int) -> None:
    with pytest.raises(BadInput) as refused:
        forecast([], years=years)
    assert refused.value.code == "bad_span"


def test_missing_columns_are_named() -> None:
    with pytest.raises(BadInput, match="retires_on"):
        look_ahead(pl.DataFrame({"person_id": [1]}), pl.DataFrame(schema=SCHEMAS["planned"]), BEGINS, 5)


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(10, 14), st.integers(0, 4)), max_size=10),
)
def test_no_assignment_leaves_fewer_seats_empty(seats: list[int], edges: list[tuple[int, int]]) -> None:
    """Against every way to hand the successors out."""
    holders = [retiring(date(2027 + n % 4, 1, 31), n, 100 + seat) for n, seat in enumerate(seats)]
    planned = sorted({(person, 100 + seat, "now", FAR) for person, seat in edges})
    found = int(forecast(holders, planned).vacancies["short"].sum())
    people = sorted({person for person, *_ in planned})
    may = {(person, seat) for person, seat, *_ in planned}
    padded = people + [-n for n in range(1, len(holders) + 1)]
    least = min(
        sum((person, holder[1]) not in may for person, holder in zip(order, holders, strict=False))
        for order in permutations(padded, len(holders))
    )
    assert found == least


@given(st.lists(st.tuples(st.integers(0, 6), st.dates(date(2026, 1, 1), date(2032, 1, 1))), max_size=8))
def test_years_add_up_to_the_vacancies(rows: list[tuple[int, date]]) -> None:
    found = forecast([retiring(day, n, 100 + seat) for n, (seat, day) in enumerate(rows)])
    assert found.years["retirements"].sum() == found.vacancies.height
    assert found.years["shortages"].sum() == found.vacancies["short"].sum()
