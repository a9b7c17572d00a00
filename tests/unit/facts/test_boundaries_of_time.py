"""Both sides of the days on which a fact changes."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.facts.rows import tables

from hientai.engines.facts.compute import compute, compute_person
from hientai.engines.facts.standard import standard_catalogue

CATALOGUE = standard_catalogue()


class Answers:
    """The facts of person 1, each computed when it is asked for."""

    def __init__(self, as_of: date, **rows) -> None:
        self.as_of, self.tables = as_of, tables(**rows)

    def __getitem__(self, code: str):
        return compute(CATALOGUE.only([code]), self.tables, self.as_of, threads=1).of_person(1)[code]


def test_months_to_retirement_count_calendar_months_and_not_days():
    born_in_september = [{"person_id": 1, "retires_on": date(2025, 9, 30)}]
    assert Answers(date(2020, 9, 30), persons=born_in_september)["months_to_retirement"] == 60
    assert Answers(date(2020, 9, 1), persons=born_in_september)["months_to_retirement"] == 60
    assert Answers(date(2020, 10, 1), persons=born_in_september)["months_to_retirement"] == 59
    assert Answers(date(2025, 10, 1), persons=born_in_september)["months_to_retirement"] == -1


def test_a_term_is_full_on_the_day_five_years_later_and_not_the_day_before():
    seat = [
        {
            "position_id": 1,
            "person_id": 1,
            "seat_id": 1,
            "kind": "appointed",
            "valid_from": date(2015, 7, 15),
            "title_code": "head",
        }
    ]
    eve, day = Answers(date(2020, 7, 14), positions=seat), Answers(date(2020, 7, 15), positions=seat)
    assert (eve["months_in_position"], eve["consecutive_terms"]) == (59, 0)
    assert (day["months_in_position"], day["consecutive_terms"]) == (60, 1)


def test_reappointment_without_a_gap_counts_on_and_a_gap_of_one_day_starts_anew():
    first = {
        "position_id": 1,
        "person_id": 1,
        "seat_id": 1,
        "kind": "appointed",
        "title_code": "head",
        "valid_from": date(2010, 1, 1),
        "valid_to": date(2015, 1, 1),
    }
    again = first | {"position_id": 2, "valid_from": date(2015, 1, 1), "valid_to": None}
    later = again | {"valid_from": date(2015, 1, 2)}
    joined = Answers(date(2016, 1, 1), positions=[first, again])
    parted = Answers(date(2016, 1, 2), positions=[first, later])
    assert (joined["months_in_position"], joined["posts_held"]) == (72, 1)
    assert (parted["months_in_position"], parted["posts_held"]) == (12, 2)
    assert parted["months_in_title"] == 72


def test_concurrent_leadership_counts_once():
    rows = [
        {
            "position_id": n,
            "person_id": 1,
            "seat_id": n,
            "kind": "elected",
            "is_leadership": True,
            "unit_level": level,
            "valid_from": date(2020, 1, 1),
            "valid_to": date(2022, 1, 1),
        }
        for n, level in ((1, "commune"), (2, "district"))
    ]
    found = Answers(date(2023, 1, 1), positions=rows)
    assert found["months_leadership"] == 24
    assert (found["months_leadership_commune"], found["months_leadership_district"]) == (24, 24)


def test_acting_is_no_seat_held_but_leads():
    rows = [
        {
            "position_id": 1,
            "person_id": 1,
            "seat_id": 1,
            "kind": "acting",
            "is_leadership": True,
            "valid_from": date(2020, 1, 1),
        }
    ]
    found = Answers(date(2021, 1, 1), positions=rows)
    assert (found["acting_now"], found["leads_now"]) == (True, True)
    assert (found["months_in_position"], found["concurrent_posts"]) == (None, 0)


def test_discipline_blocks_until_the_day_it_expires_and_not_on_it():
    rows = [
        {
            "discipline_id": 1,
            "person_id": 1,
            "form": "warning",
            "decided_on": date(2023, 5, 1),
            "expires_on": date(2024, 5, 1),
        }
    ]
    assert Answers(date(2024, 4, 30), disciplines=rows)["discipline_in_force"] is True
    assert Answers(date(2024, 5, 1), disciplines=rows)["discipline_in_force"] is False
    assert Answers(date(2023, 4, 30), disciplines=rows)["disciplines"] == 0


def test_no_discipline_row_means_none_and_no_rating_row_means_unknown():
    found = Answers(date(2024, 1, 1), persons=[{"person_id": 1}])
    assert found["discipline_in_force"] is False
    assert found["discipline_heaviest"] == "none"
    assert found["rating_last"] is None
    assert found["months_leadership"] is None


def test_a_degree_of_unknown_level_leaves_the_highest_level_unknown():
    known = {"qualification_id": 1, "person_id": 1, "kind": "professional", "level_rank": 4}
    unclear = {"qualification_id": 2, "person_id": 1, "kind": "professional", "level_rank": None}
    later = {
        "qualification_id": 3,
        "person_id": 1,
        "kind": "professional",
        "level_rank": 5,
        "valid_from": date(2024, 1, 2),
    }
    day = date(2024, 1, 1)
    assert Answers(day, qualifications=[known, later])["professional_rank"] == 4
    assert Answers(date(2024, 1, 2), qualifications=[known, later])["professional_rank"] == 5
    assert Answers(day, qualifications=[known, unclear])["professional_rank"] is None


def test_local_and_nonlocal_by_level_follow_the_territory_of_the_main_unit():
    unit = {
        "unit_id": 7,
        "level": "district",
        "block": "party",
        "district_id": 70,
        "province_id": 700,
        "valid_from": date(2000, 1, 1),
    }
    post = {
        "position_id": 1,
        "person_id": 1,
        "seat_id": 1,
        "unit_id": 7,
        "kind": "elected",
        "valid_from": date(2020, 1, 1),
    }
    person = {"person_id": 1, "origin_commune": 9, "origin_district": 71, "origin_province": 700}
    found = Answers(date(2021, 1, 1), persons=[person], units=[unit], positions=[post])
    assert (found["nonlocal_district"], found["nonlocal_province"]) == (True, False)
    assert found["nonlocal_commune"] is None
    assert found["block"] == "party"


def test_slots_of_the_plan_count_turns_by_level():
    slot = {
        "person_id": 1,
        "term": "2020-2025",
        "unit_level": "commune",
        "title_rank": 3,
        "valid_from": date(2021, 3, 1),
        "valid_to": date(2025, 7, 1),
    }
    rows = [slot | {"slot_id": 1}, slot | {"slot_id": 2}, slot | {"slot_id": 3, "unit_level": "district"}]
    found = Answers(date(2025, 6, 30), plan_slots=rows)
    assert (found["planned_slots"], found["planned_slots_at_one_level"], found["in_plan"]) == (3, 2, True)
    assert Answers(date(2025, 7, 1), plan_slots=rows)["planned_slots"] == 0


def test_papers_that_grew_too_old_are_missing_from_that_day():
    paper = {
        "dossier_id": 1,
        "person_id": 1,
        "item": "photo",
        "required": True,
        "valid_from": date(2024, 1, 1),
        "valid_to": date(2024, 7, 1),
    }
    lasting = {
        "dossier_id": 2,
        "person_id": 1,
        "item": "diploma",
        "required": True,
        "valid_from": date(2020, 1, 1),
    }
    rows = [paper, lasting]
    assert Answers(date(2024, 6, 30), dossiers=rows)["dossier_missing"] == 0
    assert Answers(date(2024, 7, 1), dossiers=rows)["dossier_missing"] == 1
    assert Answers(date(2023, 12, 31), dossiers=rows)["dossier_complete"] is False


@pytest.mark.parametrize(("day", "overdue"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True)])
def test_a_declaration_is_overdue_the_day_after_its_due_day(day, overdue):
    rows = [{"declaration_id": 1, "person_id": 1, "year": 2024, "due_on": date(2024, 12, 31)}]
    assert Answers(day, declarations=rows)["declaration_overdue"] is overdue


def test_the_evidence_names_the_record_and_its_day():
    rows = [
        {"rating_id": 5, "person_id": 1, "year": 2021, "rating": 2},
        {"rating_id": 6, "person_id": 1, "year": 2022, "rating": 3, "decided_on": date(2023, 1, 10)},
    ]
    catalogue = CATALOGUE.only(["rating_last", "discipline_in_force"])
    known = compute_person(catalogue, tables(ratings=rows), date(2023, 6, 1), 1)
    assert known.values["rating_last"] == 3
    assert known.evidence["rating_last"].record == "rating:6"
    assert known.evidence["rating_last"].day == date(2023, 1, 10)
    assert known.evidence["discipline_in_force"].record is None


def test_a_rotation_counts_alone_and_not_with_an_earlier_one():
    earlier = {
        "position_id": 1, "person_id": 1, "seat_id": 1, "kind": "rotated",
        "valid_from": date(2010, 1, 1), "valid_to": date(2014, 1, 1),
    }  # fmt: skip
    now = earlier | {"position_id": 2, "seat_id": 2, "valid_from": date(2022, 5, 4), "valid_to": None}
    assert Answers(date(2025, 5, 3), positions=[earlier, now])["months_last_rotation"] == 35
    assert Answers(date(2025, 5, 4), positions=[earlier, now])["months_last_rotation"] == 36
    back = {
        "position_id": 3,
        "person_id": 1,
        "seat_id": 3,
        "kind": "appointed",
        "valid_from": date(2014, 1, 1),
    }
    assert Answers(date(2025, 5, 4), positions=[earlier, back])["months_last_rotation"] == 48
    assert Answers(date(2025, 5, 4), positions=[back])["months_last_rotation"] == 0
    assert Answers(date(2025, 5, 4), persons=[{"person_id": 1}])["months_last_rotation"] is None


def test_the_age_of_sixty_or_fifty_five_is_counted_from_the_month_of_birth_and_january_where_only_the_year_is_known():
    people = [{"person_id": 1, "sex": "M", "born_year": 1965, "born_month": 9, "born_day": 30}]
    assert Answers(date(2020, 9, 1), persons=people)["months_to_age_60_55"] == 60
    assert Answers(date(2020, 10, 1), persons=people)["months_to_age_60_55"] == 59
    year_only = [{"person_id": 1, "sex": "F", "born_year": 1970, "born_month": None, "born_day": None}]
    assert Answers(date(2020, 1, 31), persons=year_only)["months_to_age_60_55"] == 60
    unknown_sex = [{"person_id": 1, "sex": None, "born_year": 1970}]
    assert Answers(date(2020, 1, 31), persons=unknown_sex)["months_to_age_60_55"] is None
