"""Rounding, truncation, forcing and bases, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hientai.engines.figures.arithmetic import (
    Printed,
    ShareOf,
    closes_within_rounding,
    fitting_bases,
    forced_shares,
    judged_share,
    rounded,
    truncated,
)
from hientai.engines.figures.findings import Verdict
from hientai.engines.figures.numbers import Bound, read_number


def printed(text: str, bound: Bound = Bound.EXACT) -> Printed:
    value, ulp = read_number(text, share=True)
    return Printed(value, ulp, 100, bound)


@pytest.mark.parametrize(
    ("text", "num", "den", "verdict"),
    [
        ("80", 44, 55, Verdict.EXACT),
        ("58,02", 47, 81, Verdict.ROUNDED),
        ("41,98", 34, 81, Verdict.ROUNDED),
        ("14,08", 10, 71, Verdict.ROUNDED),
        ("41,97", 34, 81, Verdict.TRUNCATED),
        ("41,96", 34, 81, Verdict.WRONG),
        ("41,99", 34, 81, Verdict.WRONG),
        ("30,76", 4, 13, Verdict.TRUNCATED),
        ("77", 10, 13, Verdict.ROUNDED),
        ("76", 10, 13, Verdict.TRUNCATED),
        ("73", 10, 13, Verdict.WRONG),
        ("33,66", 33652, 100000, Verdict.WRONG),
        ("67,32", 6723, 10000, Verdict.WRONG),
        ("12,5", 1, 8, Verdict.EXACT),
        ("13", 1, 8, Verdict.ROUNDED),
        ("12", 1, 8, Verdict.TRUNCATED),
        ("17,30", 86, 496, Verdict.ROUNDED),
        ("17,20", 86, 496, Verdict.WRONG),
        ("18,0", 86, 496, Verdict.WRONG),
        ("105,2", 526, 500, Verdict.EXACT),
    ],
)
def test_verdict_of_a_share(text: str, num: int, den: int, verdict: Verdict):
    assert judged_share(printed(text), Fraction(num), Fraction(den)) is verdict


@pytest.mark.parametrize(
    ("text", "bound", "num", "den", "verdict"),
    [
        ("42", Bound.ABOVE, 429, 1000, Verdict.ROUNDED),
        ("42", Bound.ABOVE, 410, 1000, Verdict.WRONG),
        ("80", Bound.BELOW, 795, 1000, Verdict.ROUNDED),
        ("80", Bound.BELOW, 850, 1000, Verdict.WRONG),
        ("22", Bound.ABOUT, 52, 235, Verdict.ROUNDED),
        ("22", Bound.ABOUT, 120, 235, Verdict.WRONG),
    ],
)
def test_hedged_share_must_lie_on_the_side_it_says(
    text: str, bound: Bound, num: int, den: int, verdict: Verdict
):
    assert judged_share(printed(text, bound), Fraction(num), Fraction(den)) is verdict


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_rounding_and_cutting_are_accepted_and_two_units_off_is_not(num: int, den: int, digits: int):
    exact, ulp = Fraction(num, den) * 100, Fraction(1, 10**digits)
    assume((exact / ulp).denominator != 1)
    right, cut = rounded(exact, ulp), truncated(exact, ulp)
    assert judged_share(Printed(right, ulp), Fraction(num), Fraction(den)) is Verdict.ROUNDED
    expected = Verdict.ROUNDED if cut == right else Verdict.TRUNCATED
    assert judged_share(Printed(cut, ulp), Fraction(num), Fraction(den)) is expected
    off = right + 2 * ulp
    if rounded(exact, ulp * 10) != off:
        assert judged_share(Printed(off, ulp), Fraction(num), Fraction(den)) is Verdict.WRONG


@given(st.integers(-(10**6), 10**6), st.integers(1, 1000), st.integers(0, 3))
def test_rounding_moves_at_most_half_a_unit_and_cutting_less_than_one(num: int, den: int, digits: int):
    value, ulp = Fraction(num, den), Fraction(1, 10**digits)
    assert abs(rounded(value, ulp) - value) <= ulp / 2
    assert 0 <= abs(value) - abs(truncated(value, ulp)) < ulp


def test_quota_of_44_at_80_percent_is_55():
    assert fitting_bases(printed("80"), Fraction(44)) == (55, 55)


def test_no_whole_base_fits_when_the_share_is_wrong():
    assert fitting_bases(printed("61,53"), Fraction(9)) is None


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_true_base_is_among_the_fitting_ones(num: int, den: int):
    assume(num <= den)
    value = rounded(Fraction(num * 100, den), Fraction(1, 100))
    found = fitting_bases(Printed(value, Fraction(1, 100)), Fraction(num))
    assert found is not None and found[0] <= den <= found[1]


def shares(*entries: tuple[str, int, int]) -> list[ShareOf]:
    return [ShareOf(printed(text), Fraction(num), Fraction(den)) for text, num, den in entries]


def test_share_raised_so_that_the_set_prints_as_100_is_forced():
    assert forced_shares(shares(("33,33", 1, 3), ("33,33", 1, 3), ("33,34", 1, 3))) == {2}


def test_share_lowered_so_that_the_set_prints_as_100_is_forced_not_merely_cut():
    assert forced_shares(shares(("16,67", 1, 6), ("16,67", 1, 6), ("66,66", 4, 6))) == {2}


def test_set_that_prints_as_100_by_rounding_alone_has_nothing_forced():
    assert forced_shares(shares(("14,29", 1, 7), ("28,57", 2, 7), ("57,14", 4, 7))) == frozenset()


def test_set_that_does_not_print_as_100_is_not_forced():
    assert forced_shares(shares(("33,33", 1, 3), ("33,33", 1, 3), ("33,35", 1, 3))) == frozenset()


def test_set_that_is_not_the_whole_is_not_forced():
    assert forced_shares(shares(("33,34", 1, 3), ("33,33", 1, 3))) == frozenset()


def test_set_is_found_among_other_shares_of_the_same_base():
    mixed = shares(
        ("25", 1, 4), ("33,33", 100, 300), ("50,00", 150, 300), ("33,33", 100, 300), ("33,34", 100, 300)
    )
    assert forced_shares(mixed) == {4}


def test_many_shares_of_one_base_end_soon():
    many = shares(*((f"{n % 7 + 1},{n % 10}{n % 9}", n % 13 + 1, 997) for n in range(300)))
    assert isinstance(forced_shares(many), frozenset)


def test_rounded_percentages_may_miss_100_by_half_a_unit_each():
    third = Fraction(3333, 100)
    ulps = [Fraction(1, 100)] * 3
    assert closes_within_rounding([third] * 3, Fraction(100), ulps, Fraction(1))
    assert not closes_within_rounding([third - Fraction(1, 100)] * 3, Fraction(100), ulps, Fraction(1))
