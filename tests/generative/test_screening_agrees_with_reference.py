"""The evaluator for everybody against the plain reference, on random rules, people and missing data."""

from __future__ import annotations

from datetime import date

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generative import rules

from hientai.engines.criteria.explain import explain
from hientai.engines.criteria.judge import (
    blamed,
    compare,
    conjunction,
    disjunction,
    judge,
    judge_outcomes,
    negation,
    verdict_of,
)
from hientai.engines.criteria.tree import Criterion, Standard, Verdict, polarities
from hientai.engines.facts.snapshot import snapshot_of_rows
from hientai.engines.screening.impact import impact
from hientai.engines.screening.screen import as_verdict, screen
from hientai.engines.screening.sql import verdict_sql

DAY = date(2024, 5, 31)
populations = st.lists(rules.people(), min_size=0, max_size=12)
DUCKDB = duckdb.connect(":memory:")
QUICK = settings(max_examples=60, deadline=None)


def snapshot_of(people):
    return snapshot_of_rows(rules.CATALOGUE, DAY, {10 * n: person for n, person in enumerate(people)})


def outcomes(person):
    def outcome_of(criterion: Criterion) -> Verdict:
        return compare(person[criterion.fact], criterion.operator, criterion.required)

    return outcome_of


@QUICK
@given(rules.standards(), populations)
def test_everybody_gets_the_verdict_that_the_reference_gives(standards, people):
    screening = screen(standards, snapshot_of(people))
    for standard in standards:
        found = [as_verdict(bit) for bit in screening.verdicts[standard.key]]
        assert found == [verdict_of(standard, person) for person in people]
        confirmed = [as_verdict(bit) for bit in screening.confirmed[standard.key]]
        assert confirmed == [verdict_of(standard, person, confirmed=True) for person in people]


@QUICK
@given(rules.standards(1), populations)
def test_criteria_looked_up_from_bits_are_those_the_reference_blames(standards, people):
    (standard,) = standards
    screening = screen(standards, snapshot_of(people))
    for place, person in enumerate(people):
        for verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
            wanted = tuple(blamed(standard.rule, outcomes(person), verdict))
            assert screening.criteria_behind(standard, 10 * place, verdict) == wanted


@QUICK
@given(rules.standards(1), populations)
def test_almost_lists_everybody_whom_one_criterion_keeps_away(standards, people):
    (standard,) = standards
    found = set(screen(standards, snapshot_of(people)).almost(standard).iter_rows())
    wanted = set()
    for place, person in enumerate(people):
        if verdict_of(standard, person) is Verdict.MET:
            continue
        for criterion, helps in polarities(standard.rule):
            if met_if(standard, person, criterion, helps):
                wanted.add((10 * place, criterion.key))
    assert found == wanted


def met_if(standard: Standard, person, changed: Criterion, helps: bool) -> bool:
    plain = outcomes(person)

    def outcome_of(criterion: Criterion) -> Verdict:
        if criterion.comparison == changed.comparison:
            return Verdict.MET if helps else Verdict.NOT_MET
        return plain(criterion)

    return judge_outcomes(standard.rule, outcome_of) is Verdict.MET


@QUICK
@given(rules.nodes(), rules.nodes(), populations)
def test_impact_is_the_difference_of_two_references(before, after, people):
    old, new = (Standard(code, code, "test", rule) for code, rule in (("old", before), ("new", after)))
    found = impact(old, new, snapshot_of(people))
    pairs = [(verdict_of(old, person), verdict_of(new, person)) for person in people]
    assert sum(found.table.values()) == found.base == len(people)
    assert all(found.table[pair] == pairs.count(pair) for pair in found.table)
    ids = [10 * place for place in range(len(people))]
    gained = [i for i, (a, b) in zip(ids, pairs, strict=True) if b is Verdict.MET is not a]
    lost = [i for i, (a, b) in zip(ids, pairs, strict=True) if (a, b) == (Verdict.MET, Verdict.NOT_MET)]
    assert found.gains.persons.to_list() == gained
    assert found.loses.persons.to_list() == lost
    for criterion, count in found.loses.by_criterion:
        losers = [people[i // 10] for i in lost]
        reasons = [blamed(new.rule, outcomes(person), Verdict.NOT_MET) for person in losers]
        assert count == sum(any(reason is criterion for reason in found_one) for found_one in reasons)


@QUICK
@given(rules.nodes(), rules.people(), st.data())
def test_learning_an_unknown_never_flips_met_and_not_met(rule, person, data):
    before = judge(rule, person)
    unknown = [code for code, value in person.items() if value is None]
    learnt = {code: data.draw(rules.answers_of(rules.CATALOGUE[code])) for code in unknown}
    after = judge(rule, person | learnt)
    assert before in (None, Verdict.UNKNOWN) or after is before


@QUICK
@given(rules.standards(1), rules.people())
def test_the_explanation_reproduces_the_verdict(standards, person):
    (standard,) = standards
    explained = explain(standard, person, rules.CATALOGUE, DAY)
    assert explained.verdict is verdict_of(standard, person)
    assert explained.decisive is (explained.verdict is verdict_of(standard, person, confirmed=True))
    assert joined(explained.tree) in (explained.verdict, None)


def joined(explanation):
    """The verdict of a tree computed again from its leaves alone."""
    if not explanation.parts:
        return explanation.verdict
    parts = [joined(part) for part in explanation.parts]
    if explanation.kind == "not":
        return negation(parts[0])
    return (conjunction if explanation.kind == "all" else disjunction)(parts)


@settings(max_examples=30, deadline=None)
@given(rules.standards(2), populations)
def test_sql_of_a_standard_gives_the_same_three_answers(standards, people):
    frame = snapshot_of(people).frame.to_arrow()
    for standard in standards:
        expression = verdict_sql(standard.rule) or "CAST(NULL AS BOOLEAN)"
        DUCKDB.register("everybody", frame)
        found = DUCKDB.execute(f"SELECT {expression} FROM everybody ORDER BY person_id").fetchall()
        assert [as_verdict(row[0]) for row in found] == [verdict_of(standard, person) for person in people]
