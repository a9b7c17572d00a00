"""An allocation problem as an integer program: columns, rows, and what each column gains."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from hientai.engines.allocation.limits import Limit, limits_of, quota_members
from hientai.engines.allocation.problem import Problem
from hientai.engines.integer_program import Floats, Ints, Program

_LARGEST_TOTAL = 10**9  # beyond it doubles cannot tell neighbouring totals apart safely


@dataclass
class _Rows:
    """Rows of a program being written: (columns, values, low, high)."""

    row_of: list[Ints]
    column_of: list[Ints]
    values: list[Floats]
    low: list[float]
    high: list[float]

    def add(self, columns: Sequence[int], values: Sequence[float] | float, low: float, high: float) -> None:
        self.column_of.append(np.asarray(columns, dtype=np.int64))
        self.row_of.append(np.full(len(columns), len(self.low), dtype=np.int64))
        self.values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), len(columns)))
        self.low.append(low)
        self.high.append(high)


@dataclass(frozen=True)
class Model:
    """columns: nomination positions of the first columns; misses: columns counting people short of minima."""

    program: Program
    columns: tuple[int, ...]
    limits: tuple[Limit, ...]
    misses: tuple[int, ...]
    unit: Fraction | None


def model_of(problem: Problem) -> Model:
    """The program of a problem, written once and solved for one aim after the other."""
    columns = tuple(i for i, one in enumerate(problem.nominations) if one.eligible)
    at = {position: column for column, position in enumerate(columns)}
    limits = tuple(limits_of(problem))
    rows = _Rows([], [], [], [], [])
    unit, gains = _gains(problem, columns)
    upper, integer = [1.0] * len(columns), [True] * len(columns)
    for limit in limits:
        rows.add([at[i] for i in limit.members], 1.0, -math.inf, limit.most)
    for opening in (one for one in problem.classes if one.opens_with > 0):
        members = [at[i] for i in columns if problem.nominations[i].to_class == opening.id]
        is_open = len(gains)
        gains, upper, integer = [*gains, 0.0], [*upper, 1.0], [*integer, True]
        rows.add([*members, is_open], [1.0] * len(members) + [-float(opening.opens_with)], 0.0, math.inf)
        rows.add([*members, is_open], [1.0] * len(members) + [-float(opening.places)], -math.inf, 0.0)
    misses = []
    for quota in (quota for quota in problem.quotas if quota.least > 0):
        misses.append(len(gains))
        gains, upper, integer = [*gains, 0.0], [*upper, float(quota.least)], [*integer, True]
        rows.add(
            [*(at[i] for i in quota_members(problem, quota.name)), misses[-1]], 1.0, quota.least, math.inf
        )
    if problem.fairness > 0:
        weight = float(problem.fairness)
        for members in _members_of_units(problem, columns, at):
            first = len(gains)
            gains += [weight * (1 - (2 * k + 1) / (2 * len(members))) for k in range(len(members))]
            upper += [1.0] * len(members)
            integer += [False] * len(members)
            steps = range(first, len(gains))
            rows.add([*members, *steps], [1.0] * len(members) + [-1.0] * len(steps), 0.0, 0.0)
    return Model(_program(rows, gains, upper, integer), columns, limits, tuple(misses), unit)


def _program(rows: _Rows, gains: list[float], upper: list[float], integer: list[bool]) -> Program:
    return Program(
        objective=np.array(gains, dtype=np.float64),
        lower=np.zeros(len(gains)),
        upper=np.array(upper, dtype=np.float64),
        integer=np.array(integer, dtype=bool),
        row_lower=np.array(rows.low, dtype=np.float64),
        row_upper=np.array(rows.high, dtype=np.float64),
        row_of=np.concatenate([np.zeros(0, dtype=np.int64), *rows.row_of]),
        column_of=np.concatenate([np.zeros(0, dtype=np.int64), *rows.column_of]),
        values=np.concatenate([np.zeros(0), *rows.values]),
    )


def _gains(problem: Problem, columns: Sequence[int]) -> tuple[Fraction | None, list[float]]:
    """The solver's gain per column: whole units of the priorities' grid, or plain numbers (unit None)."""
    priorities = [problem.nominations[i].priority for i in columns]
    denominator = math.lcm(*(priority.denominator for priority in priorities))
    whole = [int(priority * denominator) for priority in priorities]
    divisor = math.gcd(*whole) or 1
    if problem.fairness == 0 and sum(whole) // divisor <= _LARGEST_TOTAL:
        return Fraction(divisor, denominator), [float(value // divisor) for value in whole]
    return None, [float(priority) for priority in priorities]


def _members_of_units(problem: Problem, columns: Sequence[int], at: dict[int, int]) -> list[list[int]]:
    members: dict[str, list[int]] = defaultdict(list)
    for i in columns:
        members[problem.nominations[i].unit].append(at[i])
    return [own for _, own in sorted(members.items())]
