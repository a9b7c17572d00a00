"""Persons against turns, ratios with their base, and rounding that says itself."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.amounts import printed_percent, rounded_half_up
from hientai.engines.cube import Persons, Ratio, Turns, check_adds_up, coefficient, share
from hientai.engines.errors import BadInput
from hientai.engines.wording import say


def test_turns_add_and_persons_do_not():
    assert Turns(2) + Turns(3) == Turns(5)
    with pytest.raises(TypeError):
        Persons(2) + Persons(3)
    with pytest.raises(TypeError):
        Turns(2) + Persons(3)
    assert Persons(5) != Turns(5)
    assert (str(Persons(5)), str(Turns(5))) == ("5 người", "5 lượt")


def test_a_share_of_turns_in_persons_is_refused():
    with pytest.raises(BadInput) as refused:
        share(Turns(5), Persons(10), say("tổng số"))
    assert refused.value.code == "persons_and_turns"


def test_a_part_larger_than_its_whole_is_refused_and_an_equal_one_is_not():
    with pytest.raises(BadInput):
        share(Persons(11), Persons(10), say("tổng số"))
    assert share(Persons(10), Persons(10), say("tổng số")).value == 1


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        (Ratio(10, 71, say("số ghế")), "14,08 %"),  # 81 nominees for 71 seats
        (Ratio(47, 81, say("số được giới thiệu")), "58,02 %"),
        (Ratio(34, 81, say("số được giới thiệu")), "41,98 %"),
        (Ratio(1, 800, say("tổng số")), "0,13 %"),  # exactly 0,125: half goes up
        (Ratio(44, 55, say("chỉ tiêu")), "80,00 %"),
    ],
)
def test_percentages_are_rounded_half_up(ratio, printed):
    assert str(ratio.percent()) == printed


def test_a_printed_ratio_says_whether_it_was_rounded_and_keeps_the_exact_one():
    rounded, exact = Ratio(1, 3, say("x")).percent(), Ratio(1, 4, say("x")).percent()
    assert str(rounded.rounding) == "làm tròn nửa lên đến 2 chữ số thập phân"
    assert str(exact.rounding) == "đúng, không làm tròn"
    assert rounded.exact == Fraction(1, 3)


def test_a_coefficient_may_exceed_one():
    assert str(coefficient(Turns(419), 299, say("ủy viên đương nhiệm")).number(1)) == "1,4"


def test_a_ratio_of_nothing_has_no_value():
    ratio = Ratio(0, 0, say("tổng số"))
    assert (ratio.value, ratio.percent(), ratio.number()) == (None, None, None)


def test_printed_parts_that_miss_some_are_told_with_the_rest():
    with pytest.raises(BadInput) as refused:
        check_adds_up(Persons(328), {"Đảng": Persons(125), "Nhà nước": Persons(151)})
    assert "thiếu 52" in str(refused.value.message)
    with pytest.raises(BadInput) as refused:
        check_adds_up(Persons(275), {"Đảng": Persons(125), "Nhà nước": Persons(151)})
    assert "thừa 1" in str(refused.value.message)
    check_adds_up(Persons(276), {"Đảng": Persons(125), "Nhà nước": Persons(151)})


def test_parts_in_turns_of_a_total_in_persons_are_refused():
    with pytest.raises(BadInput) as refused:
        check_adds_up(Persons(3), {"a": Turns(3)})
    assert refused.value.code == "persons_and_turns"


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_is_never_further_than_half_a_step_and_halves_go_away_from_zero(value, places):
    rounded = Fraction(rounded_half_up(value, places))
    step = Fraction(1, 10**places)
    assert abs(rounded - value) <= step / 2
    if abs(rounded - value) == step / 2:
        assert abs(rounded) > abs(value)
    assert rounded_half_up(-value, places) == -rounded_half_up(value, places)


def test_percent_without_places_has_no_comma():
    assert printed_percent(Fraction(2, 3), 0) == "67 %"
