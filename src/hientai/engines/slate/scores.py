"""Scores as whole numbers of one unit, so that a proof needs no tolerance where the scores allow it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from hientai.engines.integer_program import Floats, Ints

# Beyond this sum of units HiGHS's double arithmetic could no longer tell neighbouring totals apart safely.
_LARGEST_TOTAL = 10**9


@dataclass(frozen=True)
class Scores:
    """units: each score as a whole number of `unit`; ranks: 0 for the lowest score, equal for equal scores;
    on_grid: totals are so small that one unit is a clear difference for the solver too."""

    units: tuple[int, ...]
    unit: Fraction
    ranks: Ints
    on_grid: bool
    scale: float

    def objective(self, people: Ints) -> Floats:
        """What each of these people adds, in the solver's scale (units where on the grid)."""
        return np.array([self.units[i] for i in people], dtype=object).astype(np.float64) / self.scale

    def total(self, people: Ints) -> Fraction:
        """The exact sum of scores."""
        units: int = sum(self.units[i] for i in people.tolist())
        return self.unit * units

    def bound(self, solver_value: float, found: Fraction) -> Fraction:
        """The solver's upper bound as a total: rounded down to whole units where totals are on the grid."""
        if self.on_grid:
            return max(found, math.floor(solver_value + 0.5) * self.unit)
        value = Fraction(solver_value) * Fraction(self.scale) * self.unit
        close = abs(value - found) <= max(abs(found), abs(Fraction(self.scale) * self.unit)) * Fraction(
            1, 10**8
        )
        return found if close else max(found, value)

    @property
    def gap(self) -> float:
        """How far a proof may stay open, in the solver's scale: less than one unit on the grid."""
        return 0.5 if self.on_grid else 1e-9

    @property
    def step(self) -> float:
        """How much better a better total is at least, in the solver's scale."""
        return 1.0 if self.on_grid else 1e-7


def scores_of(scores: Sequence[Fraction], choose: int) -> Scores:
    """The scores of a problem's people on their common grid."""
    denominator = math.lcm(*(score.denominator for score in scores)) if scores else 1
    whole = [int(score * denominator) for score in scores]
    divisor = math.gcd(*whole) or 1
    units = tuple(value // divisor for value in whole)
    largest = max((abs(value) for value in units), default=0)
    on_grid = largest * max(choose, 1) <= _LARGEST_TOTAL
    place = {value: rank for rank, value in enumerate(sorted(set(units)))}
    ranks = np.array([place[value] for value in units], dtype=np.int64)
    return Scores(units, Fraction(divisor, denominator), ranks, on_grid, 1.0 if on_grid else largest / 1000)
