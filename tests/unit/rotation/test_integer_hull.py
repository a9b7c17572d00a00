"""The hull of moves and money against every whole point, one by one."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.unit.rotation.test_solve import random_problem

from hientai.engines.rotation.explain import rule_prices
from hientai.engines.rotation.integer_hull import Side, hull_sides
from hientai.engines.rotation.programme import BUDGET_HULL, build
from hientai.engines.rotation.relaxation import relax
from hientai.engines.rotation.stop import Budget, Stop

BUDGETS = (st.integers(0, 30), st.tuples(st.integers(0, 40), st.integers(0, 40)), st.integers(0, 400))


def whole_points(moves: int, prices: tuple[int, int], money: int) -> list[tuple[int, int]]:
    return [
        (a, b)
        for a in range(moves + 1)
        for b in range(moves + 1 - a)
        if prices[0] * a + prices[1] * b <= money
    ]


def test_sixteen_moves_within_352_have_one_more_side() -> None:
    (side,) = hull_sides(16, (10, 35), 352)
    assert (side.first, side.second, side.limit) == (1, 2, 23)
    assert (side.moves, side.money) == pytest.approx((0.6, 0.04))


def test_a_budget_that_fits_its_moves_exactly_needs_no_side() -> None:
    assert hull_sides(12, (10, 30), 180) == ()
    assert hull_sides(10, (10, 10), 55) == ()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(*BUDGETS)
def test_no_whole_point_is_cut_off_and_each_side_touches_one(
    moves: int, prices: tuple[int, int], money: int
) -> None:
    points = whole_points(moves, prices, money)
    for side in hull_sides(moves, prices, money):
        assert max(side.first * a + side.second * b for a, b in points) == side.limit


@settings(max_examples=150, deadline=None, derandomize=True)
@given(*BUDGETS, st.tuples(st.integers(0, 50), st.integers(0, 50)))
def test_with_the_sides_the_linear_optimum_is_the_whole_one(
    moves: int, prices: tuple[int, int], money: int, gain: tuple[int, int]
) -> None:
    if prices[0] == prices[1]:
        return  # one price: dividing the row by it is the whole hull
    divisor = math.gcd(*prices)  # as the programme divides its rows
    rows = [(1, 1, moves), (prices[0] // divisor, prices[1] // divisor, money // divisor)]
    rows += [(side.first, side.second, side.limit) for side in hull_sides(moves, prices, money)]
    table = np.array(rows, dtype=float)
    found = linprog(-np.array(gain, dtype=float), A_ub=table[:, :2], b_ub=table[:, 2])
    best = max(gain[0] * a + gain[1] * b for a, b in whole_points(moves, prices, money))
    assert -found.fun == pytest.approx(best, abs=1e-6)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(*BUDGETS)
def test_a_side_is_a_rounded_sum_of_the_two_limits(moves: int, prices: tuple[int, int], money: int) -> None:
    for side in hull_sides(moves, prices, money):
        assert _covers(side, prices)


def _covers(side: Side, prices: tuple[int, int]) -> bool:
    """The sum of the two limits has at least the side's coefficients, so its limit rounds down to it."""
    reached = [side.moves + side.money * price for price in prices]
    return min(side.moves, side.money) >= 0 and all(
        total >= wanted - 1e-9 for total, wanted in zip(reached, (side.first, side.second), strict=True)
    )


def test_the_hull_lowers_the_bound_and_its_price_is_shared_by_moves_and_money() -> None:
    middling = random_problem(60, 1, 3)
    rules = dataclasses.replace(
        middling.rules,
        moves_per_round=16,
        cost_per_round=dataclasses.replace(middling.rules.cost_per_round, limit=352),
        unit_leaving_share=None,
    )
    middling = dataclasses.replace(middling, rules=rules)
    plain = relax(build(middling, skip=frozenset([BUDGET_HULL])), Budget(Stop()))
    programme = build(middling)
    tight = relax(programme, Budget(Stop()))
    assert plain is not None
    assert tight is not None
    assert tight.bound < plain.bound
    assert tight.prices[programme.rows_of(BUDGET_HULL)].max() > 0
    prices = {price.rule: price.price for price in rule_prices(middling, programme, tight)}
    assert prices["moves_per_round"] > 0
    assert prices["cost_per_round"] > 0
    assert BUDGET_HULL not in prices
