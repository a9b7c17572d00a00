"""The smallest sets of changes that would meet a rule."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

from hypothesis import given, settings
from tests.generative import rules
from tests.unit.criteria.small import CATALOGUE, either, everything, standard, when

from hientai.engines.criteria.change import smallest_changes
from hientai.engines.criteria.judge import judge
from hientai.engines.criteria.possible import candidate_values
from hientai.engines.criteria.tree import Criterion, Standard, Verdict, walk
from hientai.engines.facts.evidence import Evidence
from hientai.engines.wording import Sentence

DAY = date(2024, 3, 15)


def changes(rule, answers, evidence=None):
    found = smallest_changes(standard(rule), answers, CATALOGUE, DAY, evidence)
    return [{change.fact.code: change.needed for change in one.changes} for one in found]


def test_who_meets_the_standard_needs_nothing():
    assert changes(when("degree", ">=", 2), {"degree": 2}) == []


def test_every_failed_condition_must_change_and_the_nearest_value_is_named():
    rule = everything(when("degree", ">=", 2), when("form", "==", "none"), when("blocked", "is false"))
    assert changes(rule, {"degree": 0, "form": "warning", "blocked": False}) == [
        {"degree": 2, "form": "none"}
    ]


def test_alternatives_are_listed_smallest_first():
    rule = either(
        everything(when("degree", ">=", 2), when("form", "==", "none")), when("blocked", "is false")
    )
    found = changes(rule, {"degree": 1, "form": "warning", "blocked": True})
    assert found == [{"blocked": False}, {"degree": 2, "form": "none"}]


def test_nobody_grows_younger():
    assert changes(when("age", "<", 40), {"age": 40}) == []
    assert changes(when("left", ">=", 60), {"left": 59}) == []


def test_what_time_brings_is_offered_with_its_day():
    rule = when("served", ">=", 24)
    evidence = {"served": Evidence("position:1", None, date(2022, 6, 15))}
    (only,) = smallest_changes(standard(rule), {"served": 21}, CATALOGUE, DAY, evidence)
    assert (only.changes[0].needed, only.changes[0].by_time) == (24, date(2024, 6, 15))


def test_an_unknown_fact_may_turn_out_right_even_where_nobody_can_change_it():
    assert changes(when("left", ">=", 60), {}) == [{"left": 60}]


def test_one_fact_with_two_conditions_changes_once_to_a_value_that_fits_both():
    rule = everything(when("degree", ">=", 1, key="low"), when("degree", "<=", 1, key="high"))
    assert changes(rule, {"degree": 2}) == [{"degree": 1}]


@settings(max_examples=60, deadline=None)
@given(rules.nodes(), rules.people())
def test_the_sets_are_enough_minimal_and_none_is_missing(rule, person):
    """Against trying every combination of values of every set of up to two facts."""
    tested = Standard("s", Sentence("s"), "test", rule)
    if judge(rule, person) in (None, Verdict.MET):
        return
    found = smallest_changes(tested, person, STILL, DAY, at_most=2)
    sets = {frozenset(change.fact.code for change in one.changes) for one in found}
    for one in found:
        assert judge(rule, person | {c.fact.code: c.needed for c in one.changes}) is Verdict.MET
    assert sets == _minimal_by_trying(rule, person)


def _minimal_by_trying(rule, person):
    criteria = [node for node in walk(rule) if isinstance(node, Criterion)]
    facts = sorted({criterion.fact for criterion in criteria})
    values = {code: candidate_values(STILL[code], [c for c in criteria if c.fact == code]) for code in facts}
    minimal: set[frozenset[str]] = set()
    for size in (1, 2):
        for codes in combinations(facts, size):
            if any(known <= set(codes) for known in minimal):
                continue
            tried = (
                dict(zip(codes, chosen, strict=True)) for chosen in product(*(values[code] for code in codes))
            )
            if any(judge(rule, person | trial) is Verdict.MET for trial in tried):
                minimal.add(frozenset(codes))
    return minimal


STILL = rules.CATALOGUE
