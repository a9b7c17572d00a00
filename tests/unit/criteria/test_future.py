"""What time alone does: the first day on which a rule is met, and the day on which that ends."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generative import rules
from tests.unit.criteria.small import CATALOGUE, either, everything, no, unsourced, when

from hientai.engines.criteria.future import outlook
from hientai.engines.criteria.judge import judge
from hientai.engines.criteria.tree import Verdict
from hientai.engines.interval.months import whole_months_between

DAY = date(2024, 3, 15)


def seen(rule, answers, **anchors):
    return outlook(rule, answers, anchors, CATALOGUE, DAY)


def test_a_growing_number_reaches_its_mark_on_the_counted_day():
    found = seen(when("served", ">=", 24), {"served": 22}, served=date(2022, 4, 30))
    assert (found.earliest, found.exact) == (date(2024, 4, 30), True)


def test_without_a_counting_day_the_latest_possible_day_is_given_and_marked():
    found = seen(when("served", ">=", 24), {"served": 22})
    assert (found.earliest, found.exact) == (date(2024, 5, 15), False)


def test_an_age_limit_holds_until_the_birthday_and_never_again():
    young = when("age", "<", 40)
    found = seen(young, {"age": 39}, age=date(1984, 6, 1))
    assert (found.earliest, found.until(DAY)) == (DAY, date(2024, 6, 1))
    assert seen(young, {"age": 40}, age=date(1984, 2, 1)).earliest is None


def test_months_left_shrink_with_the_calendar_month_and_never_come_back():
    enough = when("left", ">=", 60)
    assert seen(enough, {"left": 60}).until(DAY) == date(2024, 4, 1)
    assert seen(enough, {"left": 59}).earliest is None
    assert seen(when("left", "<", 60), {"left": 60}).earliest == date(2024, 4, 1)


def test_a_discipline_ends_on_its_day():
    free = when("blocked", "is false")
    assert seen(free, {"blocked": True}, blocked=date(2024, 9, 1)).earliest == date(2024, 9, 1)
    assert seen(free, {"blocked": True}).earliest is None
    assert seen(free, {"blocked": False}).earliest == DAY


def test_both_conditions_must_hold_on_the_same_day():
    both = everything(when("served", ">=", 24), when("left", ">=", 60))
    days = {"served": date(2022, 6, 15)}
    assert seen(both, {"served": 21, "left": 70}, **days).earliest == date(2024, 6, 15)
    assert seen(both, {"served": 21, "left": 62}, **days).earliest is None


def test_one_of_two_ways_is_enough_and_an_open_part_changes_nothing():
    way = either(when("served", ">=", 24), when("blocked", "is false"), unsourced())
    found = seen(way, {"served": 21, "blocked": True}, served=date(2022, 6, 15), blocked=date(2025, 1, 1))
    assert found.earliest == date(2024, 6, 15)
    assert seen(unsourced(), {}) is None


def test_not_turns_the_days_round():
    found = seen(no(when("age", "<", 40)), {"age": 39}, age=date(1984, 6, 1))
    assert found.earliest == date(2024, 6, 1)


def test_what_is_unknown_is_never_foreseen():
    assert seen(when("served", ">=", 24), {}).earliest is None


@settings(max_examples=80, deadline=None)
@given(rules.nodes(), rules.people(), st.integers(0, 400), st.integers(0, 30))
def test_the_verdict_of_every_later_day_is_the_one_foreseen(rule, person, later, offset):
    """Against the plain judge with the facts of that later day."""
    anchors = {"grows": _back(DAY, person["grows"], offset), "ends": DAY + timedelta(days=offset * 7 + 1)}
    person = person | {
        "grows": None if person["grows"] is None else whole_months_between(anchors["grows"], DAY)
    }
    found = outlook(rule, person, anchors, rules.CATALOGUE, DAY)
    day = DAY + timedelta(days=later)
    then = dict(person)
    if person["grows"] is not None:
        then["grows"] = whole_months_between(anchors["grows"], day)
    if person["shrinks"] is not None:
        then["shrinks"] = person["shrinks"] - (day.year * 12 + day.month - DAY.year * 12 - DAY.month)
    if person["ends"]:
        then["ends"] = day < anchors["ends"]
    verdict = judge(rule, then)
    if found is None:
        assert verdict is None
        return
    assert _within(day, found.met) is (verdict is Verdict.MET)
    assert _within(day, found.not_met) is (verdict is Verdict.NOT_MET)


def _back(day: date, months, offset: int) -> date:
    from hientai.engines.interval.months import add_months

    return add_months(day, -(months or 0)) - timedelta(days=offset % 28)


def _within(day: date, days) -> bool:
    return any(one.contains(day) for one in days)
