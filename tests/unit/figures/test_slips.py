"""The likely cause of a wrong figure."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.figures.arithmetic import Printed
from hientai.engines.figures.findings import Base, Slip
from hientai.engines.figures.numbers import read_number
from hientai.engines.figures.slips import likely_share_slip, likely_sum_slip, one_digit_changed, swapped


def slip_of(text: str, num: int, den: int, *near: Base) -> Slip | None:
    value, ulp = read_number(text, share=True)
    likely = likely_share_slip(Printed(value, ulp), Fraction(num), Fraction(den), near)
    return likely.slip if likely else None


@pytest.mark.parametrize(
    ("text", "num", "den", "slip"),
    [
        ("67,32", 6723, 10000, Slip.TRANSPOSED),
        ("33,66", 33652, 100000, Slip.ROUNDED_UP),
        ("58,01", 47, 81, Slip.LAST_DIGIT),
        ("73", 10, 13, Slip.ONE_DIGIT),
        ("12,35", 10, 71, Slip.SURPLUS_BASE),
        ("41,98", 47, 81, Slip.COMPLEMENT),
        ("5,802", 47, 81, Slip.DECIMAL_SHIFT),
        ("61,53", 9, 13, Slip.COUNT_OR_BASE),
        ("91,1", 3, 700, None),
    ],
)
def test_slip_of_a_share(text: str, num: int, den: int, slip: Slip | None):
    assert slip_of(text, num, den) is slip


def test_share_of_a_neighbouring_base_is_named():
    assert slip_of("66,20", 47, 81, Base(Fraction(71), "bầu tại đại hội")) is Slip.NEIGHBOURING_BASE


def test_share_of_a_base_of_another_day_is_named():
    assert slip_of("60,78", 31, 45, Base(Fraction(51), "nhiệm kỳ trước có 51")) is Slip.OTHER_DAY


def test_share_of_another_count_is_named():
    assert slip_of("41,98", 40, 81, Base(Fraction(34), "lần đầu")) is Slip.OTHER_COUNT


@pytest.mark.parametrize(
    ("parts", "total", "slip"),
    [
        ((125, 151), 328, Slip.REST_MISSING),
        ((2177, 1167, 15), 3368, Slip.TRANSPOSED),
        ((45, 38, 52), 153, Slip.TRANSPOSED),
        ((7, 8), 16, Slip.OFF_BY_ONE),
        ((120, 135, 128, 144), 524, Slip.ONE_DIGIT),
        ((30, 20, 10), 50, Slip.COUNTED_TWICE),
        ((30, 50), 20, Slip.ONE_DIGIT),
    ],
)
def test_slip_of_a_sum(parts: tuple[int, ...], total: int, slip: Slip):
    likely = likely_sum_slip([Fraction(part) for part in parts], Fraction(total))
    assert likely is not None and likely.slip is slip


def test_part_that_stands_elsewhere_is_named():
    likely = likely_sum_slip(
        [Fraction(125), Fraction(151)], Fraction(328), [Base(Fraction(52), "đơn vị sự nghiệp")]
    )
    assert likely is not None and likely.slip is Slip.PART_NAMED_ELSEWHERE


@given(st.integers(0, 10**6))
def test_changed_digits_differ_and_swaps_keep_the_digits(value: int):
    assert all(other != value for other in one_digit_changed(Fraction(value)))
    digits = sorted(str(value))
    assert all(sorted(str(other).zfill(len(digits))) == digits for other in swapped(Fraction(value)))
