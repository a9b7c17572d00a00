"""How ready somebody is: each remedy on both sides of its boundary, and what nobody could judge."""

from __future__ import annotations

from datetime import date

import pytest

from hientai.apps.planning.readiness import Level, Prospect, Remedy, prospects
from hientai.engines.criteria.tree import All, Citation, Criterion, Operator, Parameter, Standard
from hientai.engines.facts.snapshot import snapshot_of_rows
from hientai.engines.facts.standard import standard_catalogue
from hientai.engines.wording import say

DAY = date(2025, 9, 5)
CITED = Citation("1-QĐ/TW")


def criterion(fact: str, operator: Operator, required: object, *, verified: bool = True) -> Criterion:
    value = Parameter("", required, "", CITED, verified)  # type: ignore[arg-type]
    return Criterion(fact, say("Điều kiện thử"), CITED, fact, operator, value)


def prospect(facts: dict[str, object], *criteria: Criterion) -> Prospect:
    rule = All("all", say("Tất cả"), CITED, criteria)
    standard = Standard("plan.thử", say("Thử"), "1-QĐ/TW", rule)
    people = snapshot_of_rows(standard_catalogue(), DAY, {1: facts})  # type: ignore[dict-item]
    return prospects([(1, "title")], {"title": [standard]}, people)[1, "title"]


TIME = criterion("months_in_rank_or_higher", Operator.AT_LEAST, 124)
THEORY = criterion("political_theory_rank", Operator.AT_LEAST, 3)


@pytest.mark.parametrize(
    ("held", "level"),
    [(124, Level.NOW), (123, Level.ONE_TERM), (64, Level.ONE_TERM), (63, Level.TWO_TERMS), (4, Level.TWO_TERMS),
     (3, Level.NOT)],
)  # fmt: skip
def test_what_time_brings_is_counted_in_terms(held: int, level: Level) -> None:
    found = prospect({"months_in_rank_or_higher": held}, TIME)
    assert found.level == level
    assert [gap.months for gap in found.gaps] == ([] if level is Level.NOW else [124 - held])


def test_a_missing_course_is_named_and_takes_no_more_than_a_term() -> None:
    found = prospect({"political_theory_rank": 2}, THEORY)
    assert (found.level, found.gaps[0].remedy) == (Level.ONE_TERM, Remedy.TRAINING)
    assert [str(course) for course in found.courses] == ["Đào tạo, bồi dưỡng lý luận chính trị"]


def test_age_is_brought_back_by_nothing() -> None:
    rule = criterion("months_to_retirement", Operator.AT_LEAST, 60)
    assert prospect({"months_to_retirement": 59}, rule).level == Level.NOT
    assert prospect({"months_to_retirement": 60}, rule).level == Level.NOW


def test_papers_can_be_brought() -> None:
    found = prospect({"dossier_complete": False}, criterion("dossier_complete", Operator.IS_TRUE, True))
    assert (found.level, found.gaps[0].remedy) == (Level.ONE_TERM, Remedy.PAPERS)


def test_what_is_not_recorded_is_named_and_decides_nothing() -> None:
    found = prospect({"months_in_rank_or_higher": 200}, TIME, THEORY)
    assert (found.level, [c.fact for c in found.unknown]) == (Level.NOW, ["political_theory_rank"])
    found = prospect({"months_in_rank_or_higher": 100}, TIME, THEORY)
    assert (found.level, [c.fact for c in found.unknown]) == (Level.ONE_TERM, ["political_theory_rank"])


def test_being_planned_is_not_asked_of_those_who_are_to_be_planned() -> None:
    assert prospect({"in_plan": False}, criterion("in_plan", Operator.IS_TRUE, True)).gaps == ()


def test_a_gap_that_rests_on_an_unconfirmed_value_is_shown_and_decides_nothing() -> None:
    rule = criterion("months_to_retirement", Operator.AT_LEAST, 120, verified=False)
    found = prospect({"months_to_retirement": 100}, rule)
    assert found.doubtful and found.level is Level.NOW and len(found.gaps) == 1
    assert not prospect({"months_to_retirement": 130}, rule).doubtful


def test_somebody_without_facts_is_left_out() -> None:
    standard = Standard("plan.thử", say("Thử"), "1-QĐ/TW", TIME)
    people = snapshot_of_rows(standard_catalogue(), DAY, {1: {}})
    assert list(prospects([(1, "title"), (2, "title")], {"title": [standard]}, people)) == [(1, "title")]
