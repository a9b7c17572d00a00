"""Months, ages, service and terms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.errors import BadInput
from hientai.engines.interval import (
    Interval,
    PartialDate,
    Service,
    add_months,
    add_years,
    age_in_months,
    age_in_years,
    last_day_of_month,
    service,
    term,
    terms,
    whole_months_between,
)

DAYS = st.dates(date(1930, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(-600, 600))
def test_moving_by_months_moves_the_month_and_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@given(DAYS, DAYS)
def test_whole_months_are_the_most_that_fit(start: date, end: date) -> None:
    months = whole_months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2020, 1, 31), date(2020, 2, 28), 0),
        (date(2020, 1, 31), date(2020, 2, 29), 1),
        (date(2021, 1, 31), date(2021, 2, 28), 1),
        (date(2020, 3, 15), date(2020, 4, 14), 0),
        (date(2020, 3, 15), date(2020, 4, 15), 1),
        (date(2020, 3, 15), date(2020, 3, 15), 0),
        (date(2020, 3, 15), date(2020, 3, 14), -1),
        (date(2020, 2, 29), date(2021, 2, 28), 12),
    ],
)
def test_a_month_is_whole_on_the_same_day_number_or_the_last_day(start: date, end: date, months: int) -> None:
    assert whole_months_between(start, end) == months


def test_the_last_day_of_a_month_runs_on_into_later_years() -> None:
    assert last_day_of_month(2024, 2) == date(2024, 2, 29)
    assert last_day_of_month(2023, 12) == date(2023, 12, 31)
    assert last_day_of_month(2023, 14) == date(2024, 2, 29)


def test_days_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(BadInput):
        add_months(date(9999, 12, 1), 1)
    with pytest.raises(BadInput):
        add_years(date(1, 1, 1), -1)


def test_age_turns_on_the_birthday() -> None:
    born = date(1980, 3, 5)
    assert age_in_years(born, date(2020, 3, 4)) == 39
    assert age_in_years(born, date(2020, 3, 5)) == 40
    assert age_in_months(born, date(2020, 4, 4)) == 480
    assert age_in_months(born, date(2020, 4, 5)) == 481
    assert age_in_years(date(1984, 2, 29), date(2019, 2, 27)) == 34
    assert age_in_years(date(1984, 2, 29), date(2019, 2, 28)) == 35


def test_the_age_of_somebody_whose_year_alone_is_known_counts_from_1_january() -> None:
    assert age_in_years(PartialDate(1980), date(2020, 1, 1)) == 40
    assert age_in_years(PartialDate(1980), date(2019, 12, 31)) == 39
    assert age_in_years(PartialDate(1980, 3), date(2020, 2, 29)) == 39
    assert age_in_years(PartialDate(1980, 3), date(2020, 3, 1)) == 40


def test_nobody_has_an_age_before_birth() -> None:
    assert age_in_years(date(2020, 1, 1), date(2020, 1, 1)) == 0
    with pytest.raises(BadInput) as refusal:
        age_in_years(date(2020, 1, 2), date(2020, 1, 1))
    assert refusal.value.code == "born_later"


def test_a_partial_date_says_what_is_assumed() -> None:
    assert PartialDate(1980).assumed_day == date(1980, 1, 1)
    assert PartialDate(1980).is_assumed
    assert PartialDate(1980, 3).is_assumed
    assert not PartialDate.of(date(1980, 3, 5)).is_assumed
    for text in ("1980", "1980-03", "1980-03-05"):
        assert PartialDate.from_iso(text).isoformat() == text


@pytest.mark.parametrize(
    "parts", [(1980, 13), (1980, 2, 30), (1983, 2, 29), (1980, None, 5), (0,), (1980, 0)]
)
def test_a_partial_date_outside_the_calendar_is_refused(parts: tuple[int, ...]) -> None:
    with pytest.raises(BadInput) as refusal:
        PartialDate(*parts)
    assert refusal.value.code == "not_a_day"


@pytest.mark.parametrize("text", ["", "80", "1980-3-5", "1980-02-30", "5/3/1980"])
def test_text_that_is_no_iso_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        PartialDate.from_iso(text)


def test_partial_dates_may_be_the_same_day_unless_a_known_part_differs() -> None:
    whole = PartialDate(1980, 3, 5)
    assert whole.may_equal(PartialDate(1980))
    assert PartialDate(1980, 3).may_equal(whole)
    assert not whole.may_equal(PartialDate(1981))
    assert not whole.may_equal(PartialDate(1980, 4))
    assert not whole.may_equal(PartialDate(1980, 3, 6))


PERIODS = st.lists(
    st.tuples(DAYS, st.integers(1, 3000)).map(lambda p: Interval(p[0], p[0] + timedelta(days=p[1]))),
    max_size=5,
)


@given(PERIODS, DAYS)
def test_service_counts_no_period_twice(periods: list[Interval], as_of: date) -> None:
    once = service(periods, as_of)
    assert once == service(periods + periods, as_of)
    assert 0 <= once.days < 30


@given(DAYS, st.integers(1, 600), st.integers(1, 599))
def test_service_of_one_stretch_is_its_calendar_months_however_it_is_cut(
    start: date, months: int, cut: int
) -> None:
    end = add_months(start, months)
    middle = start + timedelta(days=min(cut, (end - start).days - 1) or 1)
    whole = service([Interval(start, end)], date(2200, 1, 1))
    assert whole == Service(months, 0)
    if middle < end:
        assert service([Interval(start, middle), Interval(middle, end)], date(2200, 1, 1)) == whole


def test_days_left_over_from_several_stretches_make_months() -> None:
    stretches = [Interval(date(2020, 1, 1), date(2020, 3, 21)), Interval(date(2021, 1, 1), date(2021, 1, 11))]
    assert service(stretches, date(2022, 1, 1)) == Service(3, 0)
    assert service(stretches, date(2021, 1, 10)) == Service(2, 29)


def test_service_still_going_on_counts_up_to_the_day() -> None:
    assert service([Interval(date(2015, 9, 1))], date(2026, 8, 30)) == Service(131, 29)
    assert service([Interval(date(2015, 9, 1))], date(2026, 8, 31)) == Service(131, 29), "the eve is no month"
    assert service([Interval(date(2015, 9, 1))], date(2026, 9, 1)) == Service(132, 0)
    assert service([Interval(date(2015, 9, 1))], date(2026, 9, 1)).years == 11
    assert service([Interval(date(2015, 9, 1))], date(2015, 9, 1)) == Service(0, 0)
    assert service([], date(2026, 1, 1)) == Service(0, 0)


def test_a_term_ends_on_the_eve_of_its_anniversary() -> None:
    assert term(date(2020, 9, 15), 5) == Interval(date(2020, 9, 15), date(2025, 9, 15))
    assert terms(date(2020, 2, 29), 2, 2) == (
        Interval(date(2020, 2, 29), date(2022, 2, 28)),
        Interval(date(2022, 2, 28), date(2024, 2, 29)),
    )
    for years in (0, -5):
        with pytest.raises(BadInput):
            term(date(2020, 1, 1), years)
        with pytest.raises(BadInput):
            terms(date(2020, 1, 1), years, 2)
