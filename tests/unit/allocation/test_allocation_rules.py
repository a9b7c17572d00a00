"""Each rule of an allocation on both sides of its boundary, its sentence, and malformed problems."""

import copy
import json

import pytest

from hientai.engines.allocation import solve
from hientai.engines.allocation.reading import read_problem
from hientai.engines.errors import BadInput
from hientai.site.command_line import main

CLASSES = [
    {"id": "A", "places": 9, "starts": "2026-03-02", "ends": "2026-03-07", "course": "llct"},
    {"id": "B", "places": 9, "starts": "2026-03-07", "ends": "2026-03-14", "course": "qlnn"},
]


def ask(person: str, to_class: str = "A", unit: str = "U", **fields) -> dict:
    return {"person": person, "unit": unit, "class": to_class} | fields


def problem(*nominations: dict, **fields) -> dict:
    return {"classes": copy.deepcopy(CLASSES), "nominations": list(nominations)} | fields


def solved(document: dict):
    return solve(read_problem(document))


def test_places_go_to_the_higher_priority_and_the_other_reads_why():
    document = problem(ask("an", priority=2), ask("binh", priority=3), ask("chi", priority=1))
    document["classes"][0]["places"] = 2
    result = solved(document)
    assert result.accepted == (0, 1)
    (entry,) = result.left_out
    assert (entry.person, entry.codes) == ("chi", ("places",))
    assert "đã đủ 2 chỗ" in str(entry.reasons[0]) and "thấp nhất trong lớp là 2" in str(entry.reasons[0])


def test_a_class_that_starts_on_the_day_another_ends_does_not_clash():
    document = problem(ask("an", "A"), ask("an", "B"), classes_per_person=2)
    assert solved(document).accepted == (0, 1)


def test_a_class_that_starts_one_day_earlier_clashes():
    document = problem(ask("an", "A", priority=2), ask("an", "B"), classes_per_person=2)
    document["classes"][1]["starts"] = "2026-03-06"
    result = solved(document)
    assert result.accepted == (0,)
    assert result.left_out[0].codes == ("clash",)
    assert "06/03/2026" in str(result.left_out[0].reasons[0])


def test_nobody_attends_two_classes_of_one_course():
    document = problem(ask("an", "A", priority=2), ask("an", "B"), classes_per_person=2)
    document["classes"][1]["course"] = "llct"
    result = solved(document)
    assert (result.accepted, result.left_out[0].codes) == ((0,), ("course",))


@pytest.mark.parametrize(("staff", "accepted"), [(9, 1), (10, 2), (14, 2), (15, 3)])
def test_a_share_of_a_unit_away_is_never_rounded_up(staff, accepted):
    document = problem(
        *(ask(f"p{i}") for i in range(4)), units=[{"id": "U", "staff": staff}], away_at_most="20%"
    )
    result = solved(document)
    assert len(result.accepted) == accepted
    assert (result.units[0].most_away, result.units[0].away_at_most) == (accepted, accepted)
    assert {entry.codes for entry in result.left_out} == {("away",)}


def test_a_unit_may_send_as_many_again_when_the_first_are_back():
    document = problem(ask("an", "A"), ask("binh", "B"), units=[{"id": "U", "staff": 5}], away_at_most="20%")
    assert solved(document).accepted == (0, 1)


def test_a_unit_may_state_its_own_number_away():
    document = problem(
        ask("an"), ask("binh"), units=[{"id": "U", "staff": 3, "away_at_most": 2}], away_at_most="20%"
    )
    assert len(solved(document).accepted) == 2


@pytest.mark.parametrize(("needed", "accepted"), [(2, 2), (3, 0)])
def test_a_class_opens_only_with_enough_people(needed, accepted):
    document = problem(ask("an"), ask("binh"))
    document["classes"][0]["opens_with"] = needed
    result = solved(document)
    assert len(result.accepted) == accepted
    assert result.classes[0].open == (accepted > 0)
    assert all(entry.codes == ("not_open",) for entry in result.left_out)


def test_a_minimum_goes_before_priority_and_what_cannot_be_met_is_reported():
    document = problem(
        ask("an", priority=1, unit="V"),
        ask("binh", priority=9),
        quotas=[{"name": "V first", "unit": "V", "min": 2}],
    )
    document["classes"][0]["places"] = 1
    result = solved(document)
    assert result.accepted == (0,)
    assert (result.quotas[0].count, result.quotas[0].missed, result.missed_bound) == (1, 1, 1)


@pytest.mark.parametrize(("weight", "of_u", "of_v"), [(0, 4, 0), (2, 4, 0), (3, 3, 1), (7, 3, 1), (9, 2, 2)])
def test_a_weight_on_equal_shares_moves_places_to_the_unit_with_less(weight, of_u, of_v):
    # A first move from U to V costs priority 2 and gains 6/8 of the weight, a second one gains 2/8 of it.
    asked = [ask(f"u{i}", unit="U", priority=3) for i in range(4)] + [
        ask(f"v{i}", unit="V") for i in range(4)
    ]
    document = problem(*asked, fairness=weight)
    document["classes"][0]["places"] = 4
    result = solved(document)
    assert {one.id: one.accepted for one in result.units} == {"U": of_u, "V": of_v}


def test_a_failed_check_is_told_in_its_own_words():
    result = solved(problem(ask("an", eligible=False, reasons=["Quá 45 tuổi."])))
    assert [str(reason) for reason in result.left_out[0].reasons] == ["Quá 45 tuổi."]
    assert (result.accepted, result.units[0].asked, result.units[0].share) == ((), 0, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"classes": []}, "unknown_class"),
        ({"classes": [CLASSES[0], CLASSES[0]]}, "duplicate_class"),
        ({"classes": [CLASSES[0] | {"ends": "2026-03-02"}]}, "empty_days"),
        ({"classes": [CLASSES[0] | {"starts": "02/03/2026"}]}, "not_a_day"),
        ({"classes": [CLASSES[0] | {"places": -1}]}, "not_a_whole_number"),
        ({"nominations": [ask("an"), ask("an")]}, "duplicate_nomination"),
        ({"nominations": [ask("an"), ask("an", "B", unit="V")]}, "two_units"),
        ({"nominations": [ask("an", priority=0)]}, "bad_priority"),
        ({"nominations": [ask("an", eligible=False)]}, "ineligible_without_reason"),
        ({"nominations": [ask("an", eligible="no")]}, "not_true_or_false"),
        ({"nominations": [ask("an", score=1)]}, "unknown_key"),
        ({"units": [{"id": "V", "staff": 3}]}, "unknown_unit"),
        ({"away_at_most": 1.5}, "bad_amount"),
        ({"away_at_most": "20%"}, "unknown_unit"),
        ({"quotas": [{"name": "q", "unit": "U"}]}, "quota_without_bound"),
        ({"quotas": [{"name": "q", "unit": "X", "max": 1}]}, "unknown_unit"),
        ({"quotas": [{"name": "q", "class": "X", "max": 1}]}, "unknown_class"),
        ({"classes_per_person": 0}, "not_a_whole_number"),
        ({"fairness": -1}, "negative_price"),
    ],
)
def test_a_malformed_problem_is_refused(change, code):
    with pytest.raises(BadInput) as refused:
        read_problem(problem(ask("an")) | change)
    assert refused.value.code == code


def test_nobody_nominated_is_an_answer():
    result = solved(problem())
    assert (result.status, result.accepted, result.objective) == ("optimal", (), 0)


def test_the_command_answers_with_accepted_and_left_out(capsys, tmp_path):
    path = tmp_path / "problem.json"
    document = problem(ask("an"), ask("binh"))
    document["classes"][0]["places"] = 1
    path.write_text(json.dumps(document), encoding="utf-8")
    assert main(["allocate", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["objective"], answer["bound"]) == ("optimal", 1, 1)
    assert answer["accepted"] == [{"person": "an", "unit": "U", "class": "A"}]
    assert answer["left_out"][0]["codes"] == ["places"]
    assert main(["allocate", str(path)]) == 0
    assert "không phải quyết định" in capsys.readouterr().out
