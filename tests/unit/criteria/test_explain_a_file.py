"""`hientai explain --file`: a person in no database, from records or facts in a JSON file."""

from __future__ import annotations

import json

import pytest

from hientai.site.command_line import main

PERSON = {
    "born": "1966-06-01",
    "sex": "male",
    "records": {
        "positions": [
            {"title_rank": 20, "is_leadership": True, "kind": "appointed", "valid_from": "2021-06-16"}
        ],
        "plan_slots": [{"unit_level": "commune", "valid_from": "2022-01-01"}],
        "declarations": [{"year": 2022, "due_on": "2022-12-31", "filed_on": "2022-12-20"}],
    },
    "facts": {"dossier_complete": True},
}


def asked(capsys, tmp_path, person, *more, standard="appoint.first_time", day="2023-06-15"):
    file = tmp_path / "person.json"
    file.write_text(person if isinstance(person, str) else json.dumps(person), encoding="utf-8")
    status = main(["explain", "--file", str(file), "--standard", standard, "--as-of", day, "--json", *more])
    return status, json.loads(capsys.readouterr().out)


def test_two_years_in_post_are_reached_the_day_after_and_a_term_is_left(capsys, tmp_path):
    status, found = asked(capsys, tmp_path, PERSON)
    assert (status, found["verdict"], found["decisive"], found["complete"]) == (0, "not_met", True, False)
    verdicts = {part["key"]: part["verdict"] for part in found["tree"]["parts"]}
    assert verdicts == {
        "in_plan": "met", "planned_title": None, "months_in_post": "not_met", "dossier": "met",
        "declaration": "met", "remaining": "met",
    }  # fmt: skip
    assert found["earliest"] == "2023-06-16"


def test_a_day_later_it_is_met(capsys, tmp_path):
    assert asked(capsys, tmp_path, PERSON, day="2023-06-16")[1]["verdict"] == "met"


def test_what_is_left_out_is_unknown(capsys, tmp_path):
    planned = {"records": {"plan_slots": [{"valid_from": "2022-01-01"}]}}
    assert asked(capsys, tmp_path, planned)[1]["verdict"] == "unknown"


def test_an_answer_takes_the_place_of_what_the_records_say(capsys, tmp_path):
    person = {**PERSON, "facts": {"dossier_complete": True, "months_in_rank_or_higher": 24}}
    assert asked(capsys, tmp_path, person)[1]["verdict"] == "met"


@pytest.mark.parametrize(
    ("person", "code", "where"),
    [
        ("{", "not_json", "person.json:1:2"),
        ("[]", "not_an_object", "person.json"),
        ({"birth": "1966"}, "unknown_key", "birth"),
        ({"born": "31/02/1966"}, "not_a_day", "born"),
        ({"born": "1966-02-30"}, "not_a_day", "born"),
        ({"recruited": "1990"}, "no_day", "recruited"),
        ({"sex": "x"}, "unknown_sex", "sex"),
        ({"records": {"jobs": []}}, "unknown_key", "records.jobs"),
        ({"records": {"ratings": {}}}, "not_a_list", "records.ratings"),
        ({"records": {"ratings": [{"yaer": 2020}]}}, "unknown_key", "records.ratings[1].yaer"),
        ({"records": {"ratings": [{"year": "2020"}]}}, "wrong_kind", "records.ratings[1].year"),
        ({"facts": {"age": 40}}, "unknown_fact", "age"),
        ({"facts": {"age_years": "40"}}, "wrong_type", "age_years"),
    ],
)
def test_a_file_that_says_something_else_is_refused_with_its_place(capsys, tmp_path, person, code, where):
    status, found = asked(capsys, tmp_path, person)
    assert (status, found["error"]["code"]) == (2, code)
    assert found["error"]["where"].endswith(where)


def test_a_wrong_standard_is_answered_with_those_most_like_it(capsys, tmp_path):
    status, found = asked(capsys, tmp_path, PERSON, standard="apoint.first_tme")
    assert (status, found["error"]["code"]) == (2, "unknown_standard")
    assert "appoint.first_time" in found["error"]["message"]


def test_an_impossible_day_is_refused(capsys, tmp_path):
    status, found = asked(capsys, tmp_path, PERSON, day="2023-02-31")
    assert (status, found["error"]["where"]) == (2, "--as-of")


def test_a_person_is_named_once(capsys, tmp_path):
    status, found = asked(capsys, tmp_path, PERSON, "CB000001")
    assert (status, found["error"]["code"]) == (2, "bad_arguments")


def test_in_words_it_says_when_and_what_is_left_to_people(capsys, tmp_path):
    file = tmp_path / "person.json"
    file.write_text(json.dumps(PERSON), encoding="utf-8")
    main(["explain", "--file", str(file), "--standard", "appoint.first_time", "--as-of", "2023-06-15"])
    said = capsys.readouterr().out
    assert "đạt từ ngày 16/06/2023" in said
    assert "[cần người xem xét] Được quy hoạch" in said
