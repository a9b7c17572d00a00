"""The algebra of half-open days, judged by plain sets of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.errors import BadInput
from hientai.engines.interval import (
    Interval,
    day_after,
    gaps,
    intersect_all,
    last_day,
    merge,
    overlaps_within,
    subtract_all,
    total_days,
)

FIRST, HORIZON = date(2020, 1, 1), 60
DAYS = [FIRST + timedelta(days=number) for number in range(HORIZON + 5)]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start = draw(st.integers(0, HORIZON - 2))
    length = draw(st.none() | st.integers(1, HORIZON - 1 - start))
    return Interval(DAYS[start], None if length is None else DAYS[start + length])


LISTS = st.lists(intervals(), max_size=6)


def days_of(*items: Interval) -> set[date]:
    """The days of a window that reaches beyond every closed end: what is open holds its last days."""
    return {day for day in DAYS for item in items if item.contains(day)}


@given(intervals(), intervals())
def test_two_intervals_relate_as_their_sets_of_days(one: Interval, other: Interval) -> None:
    mine, theirs = days_of(one), days_of(other)
    common = one.intersect(other)
    assert one.overlaps(other) == bool(mine & theirs) == (common is not None)
    assert (days_of(common) if common else set()) == mine & theirs
    assert one.covers(other) == (theirs <= mine)
    assert days_of(*one.subtract(other)) == mine - theirs
    assert one.touches(other) == (len(merge([one, other])) == 1)


@given(LISTS)
def test_merging_keeps_the_days_and_leaves_gaps_between(items: list[Interval]) -> None:
    merged = merge(items)
    assert days_of(*merged) == days_of(*items)
    for one, following in pairwise(merged):
        assert one.end is not None
        assert one.end < following.start
    assert merge(merged) == merged


@given(LISTS, LISTS)
def test_lists_subtract_and_intersect_as_sets(items: list[Interval], others: list[Interval]) -> None:
    assert days_of(*subtract_all(items, others)) == days_of(*items) - days_of(*others)
    assert days_of(*intersect_all(items, others)) == days_of(*items) & days_of(*others)


@given(LISTS, intervals())
def test_gaps_and_intervals_together_fill_the_whole(items: list[Interval], within: Interval) -> None:
    assert days_of(*gaps(items, within)) == days_of(within) - days_of(*items)


@given(LISTS, st.sampled_from(DAYS))
def test_total_days_counts_no_day_twice(items: list[Interval], as_of: date) -> None:
    assert total_days(items, as_of) == len({day for day in days_of(*items) if day < as_of})


@given(LISTS)
def test_overlaps_are_exactly_the_pairs_that_share_a_day(items: list[Interval]) -> None:
    found = list(overlaps_within(items))
    expected = sum(1 for i, one in enumerate(items) for other in items[i + 1 :] if one.overlaps(other))
    assert len(found) == expected
    assert all(one.overlaps(other) and one.start <= other.start for one, other in found)


def test_the_last_day_is_in_and_the_end_is_out() -> None:
    year = Interval(date(2020, 1, 1), date(2021, 1, 1))
    assert year.contains(date(2020, 12, 31))
    assert not year.contains(date(2021, 1, 1))
    assert last_day(year.end) == date(2020, 12, 31)
    assert year.days == 366


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_last_day_and_day_after_undo_each_other(day: date) -> None:
    assert last_day(day_after(day)) == day == day_after(last_day(day))


def test_an_open_interval_has_no_last_day_and_no_length() -> None:
    assert last_day(None) is None
    assert day_after(None) is None
    assert Interval(FIRST).days is None
    assert Interval(FIRST).contains(date(9999, 12, 31))


def test_an_interval_of_one_day_is_the_shortest() -> None:
    assert Interval(FIRST, FIRST + timedelta(days=1)).days == 1
    for end in (FIRST, FIRST - timedelta(days=1)):
        with pytest.raises(BadInput) as refusal:
            Interval(FIRST, end)
        assert refusal.value.code == "empty_interval"


def test_what_begins_on_the_day_of_reckoning_is_not_yet_past() -> None:
    assert Interval(FIRST).until(FIRST) is None
    assert Interval(FIRST).until(FIRST + timedelta(days=1)) == Interval(FIRST, FIRST + timedelta(days=1))
    assert Interval(FIRST).until(date.min) is None
