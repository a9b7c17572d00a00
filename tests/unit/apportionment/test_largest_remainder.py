"""Largest remainder with fixed parts and limits."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hientai.engines.apportionment import Claim, apportion
from hientai.engines.errors import BadInput, NotFeasible

sizes = st.lists(
    st.one_of(st.integers(0, 5000), st.fractions(0, 50, max_denominator=20)), min_size=1, max_size=9
)


@st.composite
def limited_claims(draw) -> list[Claim]:
    claims = []
    for i, size in enumerate(draw(sizes)):
        fixed, least = draw(st.integers(0, 2)), draw(st.integers(0, 4))
        most = draw(st.one_of(st.none(), st.integers(max(fixed, least), max(fixed, least) + 4)))
        claims.append(Claim(f"u{i}", size, fixed, least, most))
    return claims


def seats_of(*numbers: int, seats: int, **options) -> list[int]:
    claims = [Claim(f"u{i}", number) for i, number in enumerate(numbers)]
    return [part.seats for part in apportion(seats, claims, **options).parts]


def test_the_textbook_example_of_a_hundred_thousand_votes_for_ten_seats():
    assert seats_of(47_000, 16_000, 15_900, 12_000, 6_000, 3_100, seats=10) == [5, 2, 1, 1, 1, 0]


def test_the_alabama_paradox_shows_as_it_must():
    # Balinski and Young: with one seat more, the third state loses one.
    assert seats_of(6, 6, 2, seats=10) == [4, 4, 2]
    assert seats_of(6, 6, 2, seats=11) == [5, 5, 1]


@given(sizes, st.integers(0, 400))
def test_seats_add_up_and_every_unit_gets_its_quota_rounded_down_or_up(numbers, seats):
    assume(sum(numbers) > 0)
    result = apportion(seats, [Claim(f"u{i}", number) for i, number in enumerate(numbers)])
    assert sum(part.seats for part in result.parts) == seats
    for part, number in zip(result.parts, numbers, strict=True):
        quota = Fraction(seats) * number / sum(numbers)
        assert part.quota == quota == part.whole + part.remainder
        assert part.seats in (part.whole, part.whole + 1) and 0 <= part.remainder < 1
        assert part.seats == part.fixed + part.whole + part.extra


@given(sizes, st.integers(0, 400))
def test_no_unit_with_a_smaller_remainder_gets_a_seat_before_one_with_a_larger(numbers, seats):
    assume(sum(numbers) > 0)
    parts = apportion(seats, [Claim(f"u{i}", number) for i, number in enumerate(numbers)]).parts
    given_up = [part.remainder for part in parts if part.extra]
    refused = [part.remainder for part in parts if not part.extra]
    assert not given_up or not refused or min(given_up) >= max(refused)


@given(limited_claims(), st.integers(0, 60))
def test_limits_and_fixed_parts_hold_and_seats_still_add_up(claims, seats):
    try:
        result = apportion(seats, claims)
    except NotFeasible:
        lowest = sum(max(claim.least, claim.fixed) for claim in claims)
        grown = sum(seats if c.most is None else c.most for c in claims if c.size > 0)
        highest = grown + sum(max(c.least, c.fixed) for c in claims if c.size == 0)
        assert not lowest <= seats <= highest
        return
    assert sum(part.seats for part in result.parts) == seats
    for part, claim in zip(result.parts, claims, strict=True):
        assert part.seats >= max(claim.least, claim.fixed)
        assert claim.most is None or part.seats <= claim.most


@given(st.permutations(range(6)), st.integers(0, 50))
def test_without_ties_the_order_of_units_does_not_matter(order, seats):
    numbers = [101, 57, 33, 211, 7, 19]
    claims = [Claim(f"u{i}", numbers[i]) for i in order]
    result = apportion(seats, claims)
    assume(not result.ties)
    straight = apportion(seats, [Claim(f"u{i}", number) for i, number in enumerate(numbers)])
    assert {part.unit: part.seats for part in result.parts} == {
        part.unit: part.seats for part in straight.parts
    }


@pytest.mark.parametrize(
    ("rule", "seats"), [("larger", [3, 1, 1]), ("smaller", [2, 1, 2]), ("order", [3, 1, 1])]
)
def test_equal_remainders_are_decided_by_the_stated_rule_and_reported(rule, seats):
    # Quotas 2.5, 1, 1.5 of five seats: one seat left, two remainders of a half.
    claims = [Claim("big", 5), Claim("even", 2), Claim("small", 3)]
    result = apportion(5, claims, tie=rule)
    assert [part.seats for part in result.parts] == seats
    (tie,) = result.ties
    assert (tie.units, tie.seats, tie.rule) == (("big", "small"), 1, rule)
    assert tie.winners == (("small",) if rule == "smaller" else ("big",))
    assert "big, small" in str(tie.sentence())


def test_units_of_one_size_are_decided_by_the_order_of_the_list():
    result = apportion(1, [Claim("a", 1), Claim("b", 1)])
    assert [part.seats for part in result.parts] == [1, 0]
    assert result.ties[0].winners == ("a",)


def test_equal_remainders_that_all_get_a_seat_are_no_tie():
    assert apportion(2, [Claim("a", 1), Claim("b", 1)]).ties == ()


def test_ex_officio_delegates_come_first_and_the_rest_is_proportional():
    result = apportion(10, [Claim("a", 30, fixed=1), Claim("b", 10, fixed=2), Claim("c", 0, fixed=1)])
    assert [part.seats for part in result.parts] == [6, 3, 1]
    assert result.parts[0].quota == Fraction(9, 2) and result.divisor == Fraction(40, 6)
    assert "1 cố định + 4" in str(result.parts[0].sentence())


def test_a_minimum_is_taken_from_the_others_in_proportion():
    result = apportion(10, [Claim("a", 60), Claim("b", 39), Claim("c", 1, least=1)])
    assert [(part.seats, part.limit) for part in result.parts] == [(5, ""), (4, ""), (1, "least")]
    assert "tối thiểu" in str(result.parts[2].sentence())


def test_a_minimum_that_the_quota_reaches_anyway_changes_nothing():
    assert [part.limit for part in apportion(10, [Claim("a", 5, least=5), Claim("b", 5)]).parts] == ["", ""]


def test_a_maximum_leaves_its_seats_to_the_others():
    result = apportion(10, [Claim("a", 80, most=4), Claim("b", 10), Claim("c", 10)])
    assert [(part.seats, part.limit) for part in result.parts] == [(4, "most"), (3, ""), (3, "")]
    assert result.of("a") == 4


@pytest.mark.parametrize(
    ("seats", "claims", "error", "code"),
    [
        (-1, [Claim("a", 1)], BadInput, "negative_seats"),
        (1, [Claim("a", 1), Claim("a", 2)], BadInput, "duplicate_unit"),
        (1, [Claim("a", -1)], BadInput, "negative_claim"),
        (1, [Claim("a", 1, least=2, most=1)], BadInput, "limits_crossed"),
        (1, [Claim("a", 1, fixed=2, most=1)], BadInput, "limits_crossed"),
        (3, [Claim("a", 1, least=2), Claim("b", 1, fixed=2)], NotFeasible, "minima_exceed_seats"),
        (3, [Claim("a", 1, most=1), Claim("b", 1, most=1)], NotFeasible, "maxima_below_seats"),
        (1, [Claim("a", 0)], NotFeasible, "maxima_below_seats"),
        (1, [], NotFeasible, "maxima_below_seats"),
    ],
)
def test_impossible_and_malformed_claims_are_refused(seats, claims, error, code):
    with pytest.raises(error) as refused:
        apportion(seats, claims)
    assert refused.value.code == code


def test_an_unknown_tie_rule_is_refused():
    with pytest.raises(BadInput):
        apportion(1, [Claim("a", 1)], tie="lot")
