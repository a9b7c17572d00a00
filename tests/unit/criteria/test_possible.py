"""Contradictions: rules that nobody can meet, whatever the records say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generative import rules
from tests.unit.criteria.small import CATALOGUE, either, everything, no, when

from hientai.engines.criteria.judge import judge
from hientai.engines.criteria.possible import can_be_met, contradictions
from hientai.engines.criteria.tree import Verdict


def clashing(rule):
    return [sorted(c.key for c in found.criteria) for found in contradictions(rule, CATALOGUE)]


def test_bounds_that_cross_are_found_and_bounds_that_touch_are_not():
    assert clashing(everything(when("age", ">=", 40, key="low"), when("age", "<", 40, key="high"))) == [
        ["high", "low"]
    ]
    assert clashing(everything(when("age", ">=", 40, key="low"), when("age", "<", 41, key="high"))) == []


def test_one_open_alternative_is_enough():
    impossible = everything(when("blocked", "is true"), when("blocked", "is false"))
    assert clashing(either(impossible, when("age", ">=", 40))) == []
    assert clashing(everything(impossible, when("age", ">=", 40))) == [["blocked", "blocked"]]


def test_a_condition_and_its_opposite_clash():
    assert clashing(everything(when("form", "==", "none"), no(when("form", "in", ("none", "warning"))))) == [
        ["form", "form"]
    ]


def test_a_value_out_of_the_range_of_its_fact_can_never_be_met():
    assert can_be_met(when("age", ">=", 130), CATALOGUE["age"])
    assert not can_be_met(when("age", ">=", 131), CATALOGUE["age"])
    assert not can_be_met(when("age", "between", (50, 50)), CATALOGUE["age"])
    assert not can_be_met(when("form", "not in", ("none", "warning")), CATALOGUE["form"])


@settings(max_examples=80, deadline=None)
@given(rules.nodes(), st.lists(rules.people(), max_size=10))
def test_nobody_meets_a_rule_that_is_called_impossible(rule, people):
    if contradictions(rule, rules.CATALOGUE):
        assert all(judge(rule, person) is not Verdict.MET for person in people)


@settings(max_examples=80, deadline=None)
@given(rules.nodes())
def test_a_rule_that_is_not_called_impossible_has_somebody_who_would_meet_it(rule):
    from tests.unit.criteria.small import standard

    from hientai.engines.criteria.change import smallest_changes

    if judge(rule, {}) is None or contradictions(rule, rules.CATALOGUE):
        return
    assert judge(rule, {}) is Verdict.MET or smallest_changes(
        standard(rule), {}, rules.CATALOGUE, __import__("datetime").date(2024, 1, 1), at_most=8
    )
