"""Days: round trips, serial numbers, two-digit years, never month first."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.vitext import NotADay, ParsedDay, parse_day
from hientai.engines.vitext.words import day_in_words

DAYS = st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31))
FORMS = (
    "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}", "{d} / {m} / {y}",
    "{d:02}{m:02}{y}", "{y}-{m:02}-{d:02}", "{y}{m:02}{d:02}", "ngày {d} tháng {m} năm {y}",
    "{d} tháng {m}, {y}", "Ngày {d:02} tháng {m:02} năm {y}",
)  # fmt: skip


@given(DAYS, st.sampled_from(FORMS))
def test_every_form_of_every_day_reads_as_that_day(day: dt.date, form: str) -> None:
    assert parse_day(form.format(d=day.day, m=day.month, y=day.year)).as_date() == day


@given(DAYS)
def test_a_date_a_datetime_and_a_serial_number_read_as_the_day(day: dt.date) -> None:
    whole = ParsedDay(day.year, day.month, day.day)
    assert parse_day(day) == whole
    assert parse_day(dt.datetime(day.year, day.month, day.day, 13, 5)) == whole
    serial = (day - dt.date(1899, 12, 30)).days
    assert parse_day(serial, serial=True) == parse_day(serial + 0.75, serial=True) == whole


def test_serial_numbers_around_the_leap_day_that_never_was() -> None:
    assert parse_day(1, serial=True).isoformat() == "1900-01-01"
    assert parse_day(59, serial=True).isoformat() == "1900-02-28"
    assert parse_day(61, serial=True).isoformat() == "1900-03-01"
    for number in (60, 0, -1, 10**7):
        with pytest.raises(NotADay):
            parse_day(number, serial=True)


def test_a_plain_number_is_a_year_and_nothing_else() -> None:
    assert parse_day(1994) == parse_day(1994.0) == ParsedDay(1994)
    assert parse_day(5031980) == ParsedDay(1980, 3, 5)
    for number in (29285, 1899, 2101, 12.5, float("nan"), float("inf"), -5):
        with pytest.raises(NotADay):
            parse_day(number)


@given(st.integers(0, 99), st.integers(0, 99))
def test_two_digit_years_turn_at_the_pivot(year: int, pivot: int) -> None:
    read = parse_day(f"5/3/{year:02}", pivot=pivot).year
    assert read % 100 == year
    assert (read >= 2000) == (year <= pivot)


@given(st.integers(13, 31), st.integers(1, 12), st.integers(1950, 2020))
def test_month_first_is_refused_not_turned_round(day: int, month: int, year: int) -> None:
    with pytest.raises(NotADay):
        parse_day(f"{month}/{day}/{year}")


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        parsed = parse_day(text)
    except NotADay as refusal:
        assert str(refusal)
    else:
        assert parse_day(parsed.isoformat()) == parsed


def test_a_known_day_is_whole_and_a_year_is_not() -> None:
    assert parse_day("5/3/1980").is_whole
    assert not parse_day("1980").is_whole
    assert parse_day("1980").as_date() is None
    assert parse_day("3/1980").as_date() is None


def test_a_day_in_words() -> None:
    assert (
        day_in_words(dt.date(2026, 3, 15)) == "ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi sáu"
    )
    assert day_in_words(dt.date(1980, 4, 1)) == "ngày một tháng tư năm một nghìn chín trăm tám mươi"
    assert day_in_words(dt.date(2000, 12, 10), early="mùng") == "ngày mùng mười tháng mười hai năm hai nghìn"
    assert day_in_words(dt.date(2000, 12, 11), early="mùng").startswith("ngày mười một tháng")
