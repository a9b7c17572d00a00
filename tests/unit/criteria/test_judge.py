"""One person against one rule, in three values."""

from __future__ import annotations

import pytest
from tests.unit.criteria.small import HERE, either, everything, no, standard, unsourced, when

from hientai.engines.criteria.judge import blamed, compare, judge, verdict_of
from hientai.engines.criteria.tree import Operator, Parameter, Verdict, with_parameters

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("operator", "required", "met", "not_met"),
    [
        (">=", 60, (60, 61), (59,)),
        ("<=", 60, (60, 59), (61,)),
        (">", 60, (61,), (60,)),
        ("<", 60, (59,), (60,)),
        ("==", 60, (60,), (59, 61)),
        ("!=", 60, (59, 61), (60,)),
        ("between", (40, 50), (40, 49), (39, 50)),
        ("in", ("a", "b"), ("a",), ("c",)),
        ("not in", ("a", "b"), ("c",), ("a",)),
        ("is true", True, (True,), (False,)),
        ("is false", True, (False,), (True,)),
    ],
)
def test_every_operator_on_both_sides_of_its_boundary(operator, required, met, not_met):
    assert {compare(value, Operator(operator), required) for value in met} == {MET}
    assert {compare(value, Operator(operator), required) for value in not_met} == {NOT_MET}
    assert compare(None, Operator(operator), required) is UNKNOWN


A, B = when("blocked", "is true"), when("left", ">=", 60)
ANSWERS = {MET: {"blocked": True}, NOT_MET: {"blocked": False}, UNKNOWN: {}}
LEFT = {MET: {"left": 60}, NOT_MET: {"left": 59}, UNKNOWN: {}}


@pytest.mark.parametrize(
    ("first", "second", "both", "one"),
    [
        (MET, MET, MET, MET),
        (MET, NOT_MET, NOT_MET, MET),
        (MET, UNKNOWN, UNKNOWN, MET),
        (NOT_MET, NOT_MET, NOT_MET, NOT_MET),
        (NOT_MET, UNKNOWN, NOT_MET, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_all_and_any_follow_the_three_valued_tables(first, second, both, one):
    for person in (ANSWERS[first] | LEFT[second], ANSWERS[second] | LEFT[first]):
        assert judge(everything(A, B), person) is both
        assert judge(either(A, B), person) is one


def test_not_exchanges_met_and_not_met_and_keeps_unknown():
    assert [judge(no(A), ANSWERS[verdict]) for verdict in (MET, NOT_MET, UNKNOWN)] == [NOT_MET, MET, UNKNOWN]


def test_a_part_without_basis_takes_no_part_in_the_verdict():
    assert judge(everything(A, unsourced()), {"blocked": True}) is MET
    assert judge(either(A, everything(unsourced())), {"blocked": False}) is NOT_MET
    assert judge(no(unsourced()), {}) is None


def test_a_standard_of_nothing_but_structure_is_unknown_for_everybody():
    assert verdict_of(standard(everything(unsourced())), {"left": 600}) is UNKNOWN


def test_an_unverified_value_gives_a_verdict_but_no_confirmed_one():
    doubtful = standard(everything(when("left", ">=", 120, verified=False), A))
    person = {"left": 60, "blocked": True}
    assert verdict_of(doubtful, person) is NOT_MET
    assert verdict_of(doubtful, person, confirmed=True) is UNKNOWN
    assert verdict_of(doubtful, person | {"blocked": False}, confirmed=True) is NOT_MET


def outcomes(person):
    return lambda criterion: compare(person.get(criterion.fact), criterion.operator, criterion.required)


def test_a_failed_alternative_is_not_blamed_when_another_one_does():
    rule = everything(either(A, B), when("form", "==", "none"))
    person = {"blocked": False, "left": 60, "form": "warning"}
    assert [found.key for found in blamed(rule, outcomes(person), NOT_MET)] == ["form"]
    both_fail = person | {"left": 59}
    assert [found.key for found in blamed(rule, outcomes(both_fail), NOT_MET)] == ["blocked", "left", "form"]


def test_below_a_not_what_is_met_is_blamed():
    rule = everything(no(A), B)
    assert [found.key for found in blamed(rule, outcomes({"blocked": True, "left": 60}), NOT_MET)] == [
        "blocked"
    ]
    assert list(blamed(rule, outcomes({"blocked": False, "left": 60}), NOT_MET)) == []


def test_values_of_another_day_replace_those_of_the_same_key_only():
    from dataclasses import replace

    named = replace(B, parameter=replace(B.parameter, key="min_left"))
    rule = with_parameters(everything(named, no(A)), {"min_left": Parameter("min_left", 120, "", HERE, True)})
    assert judge(rule, {"left": 119, "blocked": False}) is NOT_MET
    assert judge(rule, {"left": 120, "blocked": False}) is MET
