"""The whole-number hull of a budget in moves and money: what the two limits of a round say together.

A round makes a moves of one price and b of another. "At most m moves" and "at most so much money" leave a
polygon of (a, b), whose corners are hardly ever whole: within 16 moves and 352, at 10 and 35 each, the linear
relaxation makes 8.4 and 7.6 of them. The hull of the whole points has one more side, a + 2 b <= 23, and with
it goes most of the distance between the relaxation and the best plan (docs/reference/rotation.md).

Source: W. Harvey, Computing two-dimensional integer hulls, SIAM J. Computing 28 (1999); here a walk over all
a is short enough, and the corners are found by A. M. Andrew's monotone chain (1979).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """first * a + second * b <= limit, in lowest terms.

    moves, money: the multiples of the two limits of which this side is the rounded sum; they tell how a
    price on the side is shared out between the two rules.
    """

    first: int
    second: int
    limit: int
    moves: float
    money: float


def hull_sides(moves: int, prices: tuple[int, int], money: int) -> tuple[Side, ...]:
    """The sides of the hull of {a, b >= 0 whole: a + b <= moves, prices . (a, b) <= money} that are not
    already one of the two limits or a >= 0, b >= 0."""
    if min(moves, money, *prices) < 0 or prices[0] == prices[1]:
        return ()
    corners = _upper_corners(_highest_points(moves, prices, money))
    found = []
    for (a, b), (next_a, next_b) in itertools.pairwise(corners):
        divisor = math.gcd(b - next_b, next_a - a)
        first, second = (b - next_b) // divisor, (next_a - a) // divisor
        found.append((first, second, first * a + second * b))
    if len(corners) == 1:
        found.append((0, 1, corners[0][1]))
    if corners[-1][1] > 0 or corners[0][1] == 0:
        found.append((1, 0, corners[-1][0]))
    divisor = math.gcd(*prices)
    known = {(1, 1, moves), (prices[0] // divisor, prices[1] // divisor, money // divisor)}
    return tuple(Side(*side, *_multiples(side, prices)) for side in found if side not in known)


def _highest_points(moves: int, prices: tuple[int, int], money: int) -> list[tuple[int, int]]:
    most = moves if prices[0] == 0 else min(moves, money // prices[0])
    return [
        (a, moves - a if prices[1] == 0 else min(moves - a, (money - prices[0] * a) // prices[1]))
        for a in range(most + 1)
    ]


def _upper_corners(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    corners: list[tuple[int, int]] = []
    for point in points:
        while len(corners) > 1 and _does_not_turn_down(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    return corners


def _does_not_turn_down(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    rise = (middle[0] - first[0]) * (last[1] - first[1]) - (middle[1] - first[1]) * (last[0] - first[0])
    return rise >= 0


def _multiples(side: tuple[int, int, int], prices: tuple[int, int]) -> tuple[float, float]:
    """Multiples (u, v) >= 0 of "moves" and "money" with u + v * price >= the side's coefficients."""
    money = (side[1] - side[0]) / (prices[1] - prices[0])
    moves = side[0] - money * prices[0]
    if money < 0:
        return float(max(side[:2])), 0.0
    if moves < 0:
        return 0.0, max(part / price for part, price in zip(side[:2], prices, strict=True) if price)
    return moves, money
