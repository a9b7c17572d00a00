"""Everybody by many standards: counts, lists, groups, who is almost there, and the impact of a new text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.unit.criteria.small import CATALOGUE, either, everything, standard, unsourced, when

from hientai.engines.criteria.tree import Verdict
from hientai.engines.errors import BadInput
from hientai.engines.facts.snapshot import snapshot_of_rows
from hientai.engines.screening.impact import impact
from hientai.engines.screening.screen import Counts, screen

DAY = date(2024, 3, 15)
PEOPLE = {
    1: {"left": 120, "blocked": False},
    2: {"left": 60, "blocked": False},
    3: {"left": 59, "blocked": False},
    4: {"left": 120, "blocked": True},
    5: {"left": 10, "blocked": True},
    6: {"blocked": False},
    7: {"left": 59},
}
RULE = everything(when("left", ">=", 60), when("blocked", "is false"), unsourced())
ONE_TERM = standard(RULE)
TWO_TERMS = replace(
    ONE_TERM,
    document="2-QĐ/TEST",
    rule=everything(when("left", ">=", 120, verified=False), when("blocked", "is false")),
)
UNITS = pl.Series([10, 10, 20, 20, 10, 20, None])


@pytest.fixture
def snapshot():
    return snapshot_of_rows(CATALOGUE, DAY, PEOPLE)


@pytest.fixture
def screening(snapshot):
    return screen([ONE_TERM, TWO_TERMS], snapshot)


def test_the_three_counts_add_up_to_everybody(screening):
    assert screening.counts(ONE_TERM) == Counts(met=2, not_met=4, unknown=1)
    assert screening.counts(ONE_TERM).base == len(PEOPLE)


def test_each_verdict_has_its_list(screening):
    lists = {verdict: screening.people(ONE_TERM, verdict).to_list() for verdict in Verdict}
    assert lists == {Verdict.MET: [1, 2], Verdict.NOT_MET: [3, 4, 5, 7], Verdict.UNKNOWN: [6]}


def test_criteria_are_counted_by_themselves(screening):
    counted = {one.criterion.key: one.counts for one in screening.by_criterion(ONE_TERM)}
    assert counted == {"left": Counts(3, 3, 1), "blocked": Counts(4, 2, 1)}


def test_counts_by_unit_have_everybody_and_the_unplaced_last(screening):
    rows = screening.by_group(ONE_TERM, UNITS).rows()
    assert rows == [(10, 2, 1, 0), (20, 0, 2, 1), (None, 0, 1, 0)]
    by_criterion = screening.by_criterion_and_group(ONE_TERM, UNITS)
    assert by_criterion.filter(pl.col("criterion") == "left").select("met").sum().item() == 3


def test_the_reasons_of_one_person_are_looked_up(screening):
    behind = [found.key for found in screening.criteria_behind(ONE_TERM, 5, Verdict.NOT_MET)]
    assert behind == ["left", "blocked"]
    assert [found.key for found in screening.criteria_behind(ONE_TERM, 6, Verdict.UNKNOWN)] == ["left"]
    assert screening.criteria_behind(ONE_TERM, 1, Verdict.NOT_MET) == ()
    assert screening.verdict_of(ONE_TERM, 7) is Verdict.NOT_MET


def test_almost_is_one_criterion_away_and_not_two(screening):
    assert screening.almost(ONE_TERM).rows() == [(3, "left"), (6, "left"), (4, "blocked")]


def test_only_verified_values_make_a_violation(screening):
    assert screening.people(TWO_TERMS, Verdict.NOT_MET).to_list() == [2, 3, 4, 5, 7]
    assert screening.violations(TWO_TERMS).to_list() == [4, 5]
    assert screening.violations(ONE_TERM).to_list() == [3, 4, 5, 7]


def test_criteria_that_standards_share_are_computed_once(screening):
    assert len(screening.names) == 3


def test_a_standard_without_any_basis_is_unknown_for_everybody(snapshot):
    bare = standard(everything(unsourced()))
    assert screen([bare], snapshot).counts(bare) == Counts(0, 0, len(PEOPLE))


def test_nobody_at_all_is_screened_too():
    found = screen([ONE_TERM], snapshot_of_rows(CATALOGUE, DAY, {}))
    assert found.counts(ONE_TERM) == Counts(0, 0, 0)
    assert found.almost(ONE_TERM).height == 0


def test_strangers_and_strange_standards_are_refused(screening, snapshot):
    with pytest.raises(BadInput, match="99"):
        screening.verdict_of(ONE_TERM, 99)
    with pytest.raises(BadInput) as error:
        screening.counts(replace(ONE_TERM, code="other"))
    assert error.value.code == "standard_not_screened"
    with pytest.raises(BadInput) as error:
        screen([standard(when("height", ">=", 2))], snapshot)
    assert error.value.code == "unknown_fact"


def test_impact_says_who_gains_who_loses_and_by_which_criterion(snapshot):
    found = impact(ONE_TERM, TWO_TERMS, snapshot, UNITS)
    assert found.gains.persons.to_list() == []
    assert found.loses.persons.to_list() == [2]
    assert [(criterion.key, count) for criterion, count in found.loses.by_criterion] == [
        ("left", 1),
        ("blocked", 0),
    ]
    back = impact(TWO_TERMS, ONE_TERM, snapshot)
    assert back.gains.persons.to_list() == [2]
    assert [(criterion.key, count) for criterion, count in back.gains.by_criterion] == [
        ("left", 1),
        ("blocked", 0),
    ]
    assert found.groups.rows() == [(10, 0, 1, 0, 3), (20, 0, 0, 0, 3), (None, 0, 0, 0, 1)]


def test_who_becomes_unknown_is_explained_by_what_is_missing(snapshot):
    asked_more = replace(ONE_TERM, document="3-QĐ/TEST", rule=everything(RULE, when("degree", ">=", 1)))
    found = impact(ONE_TERM, asked_more, snapshot)
    assert found.becomes_unknown.persons.to_list() == [1, 2]
    assert {c.key: n for c, n in found.becomes_unknown.by_criterion} == {
        "left": 0,
        "blocked": 0,
        "degree": 2,
    }
    assert found.table[Verdict.NOT_MET, Verdict.NOT_MET] == 4
    assert sum(found.table.values()) == found.base


def test_alternatives_are_counted_only_where_all_of_them_fail(snapshot):
    rule = either(when("left", ">=", 120), when("blocked", "is true"))
    way = replace(ONE_TERM, document="4-QĐ/TEST", rule=rule)
    everybody = replace(ONE_TERM, document="5-QĐ/TEST", rule=either(when("left", ">=", 0)))
    found = impact(everybody, way, snapshot)
    assert found.loses.persons.to_list() == [2, 3]
    assert {c.key: n for c, n in found.loses.by_criterion} == {"left": 2, "blocked": 2}
