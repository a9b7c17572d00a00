"""The retirement age against the published bands, both sides of every boundary."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.errors import BadInput
from hientai.engines.interval import (
    AgeStep,
    PartialDate,
    RetirementSchedule,
    add_months,
    retirement,
    whole_months_between,
)
from hientai.rulebook.retirement_schedule import load_retirement_schedule

SCHEDULE = load_retirement_schedule()
Month = tuple[int, int]


def month_of(text: str) -> Month | None:
    return (int(text[:4]), int(text[5:])) if text else None


def bands() -> list[dict[str, str]]:
    lines = (Path(__file__).parent / "retirement_bands.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def edges() -> list[tuple[str, Month, Month, Month, Month]]:
    """Both ends of every band: sex, month of birth, age, month of retiring, first month of pension."""
    found = []
    for band in bands():
        age = (int(band["years"]), int(band["months"]))
        for end in ("first", "last"):
            born, leaves, pension = (
                month_of(band[f"{what}_{end}"]) for what in ("born", "retires", "pension")
            )
            if born and leaves and pension:
                found.append((band["sex"], born, age, leaves, pension))
    return found


def born_in(sex: str, born: Month, day: int = 1):
    return retirement(PartialDate(*born, day), sex, SCHEDULE)


def test_the_table_has_every_band_without_gap() -> None:
    rows = bands()
    assert [row["sex"] for row in rows].count("male") == 8
    assert [row["sex"] for row in rows].count("female") == 15
    for sex in ("male", "female"):
        mine = [row for row in rows if row["sex"] == sex]
        for row, following in pairwise(mine):
            last = month_of(row["born_last"])
            assert last is not None
            assert month_of(following["born_first"]) == (last[0] + last[1] // 12, last[1] % 12 + 1)


@pytest.mark.parametrize(("sex", "born", "age", "leaves", "pension"), edges())
def test_the_first_and_last_month_of_a_band(
    sex: str, born: Month, age: Month, leaves: Month, pension: Month
) -> None:
    for day in (1, 15, 28):
        found = born_in(sex, born, day)
        assert (found.years, found.months) == age
        assert (found.retires_on.year, found.retires_on.month) == leaves
        assert (found.pension_from.year, found.pension_from.month, found.pension_from.day) == (*pension, 1)
        assert found.verified
        assert "135/2020" in found.citation


@pytest.mark.parametrize(
    ("sex", "last_born", "age"), [("male", (1960, 12), (60, 0)), ("female", (1965, 12), (55, 0))]
)
def test_who_reached_the_old_age_by_december_2020_falls_under_the_unverified_rule(
    sex: str, last_born: Month, age: Month
) -> None:
    found = born_in(sex, last_born)
    assert found.retires_on == date(2020, 12, 31)
    assert (found.years, found.months) == age
    assert not found.verified
    assert born_in(sex, (last_born[0] + 1, 1)).verified


def test_a_man_born_on_31_august_retires_at_the_end_of_november() -> None:
    assert retirement(date(1964, 8, 31), "male", SCHEDULE).retires_on == date(2025, 11, 30)


def test_a_pension_that_starts_in_a_new_year() -> None:
    found = retirement(date(1964, 9, 30), "male", SCHEDULE)
    assert (found.retires_on, found.pension_from) == (date(2025, 12, 31), date(2026, 1, 1))


def test_service_ends_with_february_of_a_leap_year() -> None:
    assert retirement(date(1966, 2, 28), "male", SCHEDULE).retires_on == date(2027, 11, 30)
    assert retirement(date(1966, 4, 30), "male", SCHEDULE).retires_on == date(2028, 4, 30)
    assert retirement(date(1972, 2, 29), "female", SCHEDULE).retires_on == date(2030, 6, 30)
    assert retirement(date(1970, 2, 3), "male", SCHEDULE).retires_on == date(2032, 2, 29)


def test_only_the_year_of_birth_counts_as_1_january_and_says_so() -> None:
    by_year = retirement(PartialDate(1966), "male", SCHEDULE)
    by_day = retirement(date(1966, 1, 1), "male", SCHEDULE)
    assert by_year.assumed
    assert not by_day.assumed
    assert (by_year.retires_on, by_year.years, by_year.months) == (by_day.retires_on, 61, 9)


def test_the_month_of_birth_is_enough() -> None:
    by_month = retirement(PartialDate(1966, 3), "male", SCHEDULE)
    assert not by_month.assumed
    assert by_month == retirement(date(1966, 3, 31), "male", SCHEDULE)


BIRTHS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SEXES = st.sampled_from(["male", "female"])


@given(BIRTHS, SEXES)
def test_the_age_is_reached_in_the_month_of_leaving_and_is_the_age_of_that_year(born: date, sex: str) -> None:
    found = retirement(born, sex, SCHEDULE)
    months = found.years * 12 + found.months
    reached = add_months(born, months)
    assert (reached.year, reached.month) == (found.retires_on.year, found.retires_on.month)
    assert (found.retires_on + timedelta(days=1)).day == 1
    assert found.pension_from == found.retires_on + timedelta(days=1)
    asked = [step for step in SCHEDULE.steps_of(sex) if (step.from_year or 0) <= found.retires_on.year][-1]
    assert asked.months == months
    assert asked.citation == found.citation


@given(BIRTHS, st.integers(0, 400), SEXES)
def test_who_is_born_later_never_retires_earlier(born: date, days: int, sex: str) -> None:
    first = retirement(born, sex, SCHEDULE)
    second = retirement(born + timedelta(days=days), sex, SCHEDULE)
    assert first.retires_on <= second.retires_on
    assert (first.years, first.months) <= (second.years, second.months)


def test_thirty_months_were_left_to_those_at_the_cut_off_of_directive_35() -> None:
    """Directive 35/2019 pre-dates the decree: its cut-offs leave 30 months to 60 and 55 at September 2020."""
    for born, years in ((date(1963, 3, 1), 60), (date(1968, 3, 1), 55)):
        assert whole_months_between(date(2020, 9, 1), add_months(born, years * 12)) == 30


def test_what_cannot_be_answered_is_refused() -> None:
    late = RetirementSchedule((AgeStep(2021, 720, "x", True),), ())
    cases = [
        (PartialDate(1899), "male", SCHEDULE, "birth_year_out_of_range"),
        (PartialDate(2101), "male", SCHEDULE, "birth_year_out_of_range"),
        (PartialDate(1970), "unknown", SCHEDULE, "unknown_sex"),
        (PartialDate(1950), "male", late, "no_retirement_age"),
        (PartialDate(1950), "female", late, "no_retirement_age"),
    ]
    for born, sex, schedule, code in cases:
        with pytest.raises(BadInput) as refusal:
            retirement(born, sex, schedule)
        assert refusal.value.code == code


def test_the_years_at_both_ends_of_sanity_are_answered() -> None:
    assert retirement(PartialDate(1900), "male", SCHEDULE).retires_on == date(1960, 1, 31)
    assert retirement(PartialDate(2100), "female", SCHEDULE).retires_on == date(2160, 1, 31)


def test_a_schedule_that_contradicts_itself_is_refused() -> None:
    for steps in (
        (AgeStep(2021, 720, "x", True), AgeStep(2021, 723, "x", True)),
        (AgeStep(2021, 720, "x", True), AgeStep(None, 723, "x", True)),
        (AgeStep(None, 720, "x", True), AgeStep(2021, 719, "x", True)),
    ):
        with pytest.raises(BadInput) as refusal:
            RetirementSchedule(male=steps, female=())
        assert refusal.value.code == "bad_schedule"
