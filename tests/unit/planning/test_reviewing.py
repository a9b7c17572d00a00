"""What a review finds: the records first, then the rule; automatic only by the regime and without doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.planning.test_readiness import criterion

from hientai.apps.planning.judging import NO_RULE, Judged
from hientai.apps.planning.reviewing import Found, SlotState, changes, review_slot
from hientai.apps.planning.types import Finding
from hientai.engines.criteria.tree import Operator, Verdict

PLANNED = date(2024, 1, 1)
STANDING = SlotState(PLANNED, title_stands=True, unit_stands=True, serves=True)
MET = Judged(Verdict.MET, "50-QĐ/TW")
QD50 = ("over_age", "disciplined", "political")


def not_met(fact: str, *, decisive: bool = True) -> Judged:
    return Judged(Verdict.NOT_MET, "50-QĐ/TW", decisive, (criterion(fact, Operator.IS_FALSE, True),))


@pytest.mark.parametrize(
    ("fact", "finding", "automatic"),
    [
        ("discipline_in_force", Finding.DISCIPLINED, True),
        ("months_to_retirement", Finding.OVER_AGE, True),
        ("political_conclusion", Finding.POLITICAL, True),
        ("rating_last", Finding.NOT_COMPLETED, False),
        ("political_theory_rank", Finding.STANDARD_LOST, False),
    ],
)
def test_the_failed_criterion_says_what_was_found(fact: str, finding: Finding, automatic: bool) -> None:
    assert review_slot(STANDING, not_met(fact), QD50, members_again=False) == Found(finding, True, automatic)


def test_under_a_regime_without_automatic_cases_everything_is_proposed() -> None:
    found = review_slot(STANDING, not_met("discipline_in_force"), (), members_again=False)
    assert found == Found(Finding.DISCIPLINED, decisive=True, automatic=False)


def test_a_doubtful_value_removes_nobody_by_itself() -> None:
    found = review_slot(STANDING, not_met("months_to_retirement", decisive=False), QD50, members_again=False)
    assert found == Found(Finding.OVER_AGE, decisive=False, automatic=False)


def test_records_count_before_the_rule() -> None:
    for state, finding in (
        (replace(STANDING, title_stands=False), Finding.TITLE_ABOLISHED),
        (replace(STANDING, unit_stands=False), Finding.TITLE_ABOLISHED),
        (replace(STANDING, serves=False), Finding.LEFT),
        (replace(STANDING, held_since=PLANNED), Finding.APPOINTED),
    ):
        assert review_slot(state, not_met("rating_last"), QD50, members_again=False).finding == finding


def test_holders_from_before_the_plan_were_not_appointed_by_it_and_members_may_be_planned_again() -> None:
    before = replace(STANDING, held_since=date(2023, 12, 31))
    assert review_slot(before, MET, QD50, members_again=False).finding == Finding.STAYS
    since = replace(STANDING, held_since=date(2024, 6, 1))
    assert review_slot(since, MET, QD50, members_again=True).finding == Finding.STAYS


def test_without_a_rule_nothing_is_known() -> None:
    assert review_slot(STANDING, NO_RULE, QD50, members_again=False).finding == Finding.UNKNOWN


def test_reviews_are_compared_slot_by_slot() -> None:
    before = {"a": "stays", "b": "stays", "c": "over_age"}
    after = {"a": "stays", "b": "disciplined", "d": "stays"}
    assert changes(before, after) == {
        "b": ("stays", "disciplined"),
        "c": ("over_age", ""),
        "d": ("", "stays"),
    }
