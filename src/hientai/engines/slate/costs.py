"""What each rule costs: the best objective without it, minus the best with it.

One linear relaxation serves all rules. For a rule left out, its dual price is set to zero; the prices that
remain still give a valid upper bound (Lagrangian duality). Where that bound leaves no room for one unit more,
the rule costs nothing and nothing is solved. Otherwise every column whose reduced cost exceeds the room is
fixed, and HiGHS searches the small rest for something better than the slate already known.
Source: Nemhauser and Wolsey, Integer and Combinatorial Optimization (1988), II.5 (reduced-cost fixing).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hientai.engines.integer_program import Floats, Program, Stop, solve_program, solve_relaxation
from hientai.engines.slate.groups import Columns, Matrix, columns_of, matrix_of, program_of
from hientai.engines.slate.problem import Problem
from hientai.engines.slate.rows import Row, pair_name
from hientai.engines.slate.scores import Scores

_SAFETY = 1e-5  # the linear relaxation is solved in doubles; bounds are only used with this margin


@dataclass(frozen=True)
class _Known:
    """The relaxed problem and the best slate's value, in the solver's scale."""

    program: Program
    matrix: Matrix
    columns: Columns
    prices: Floats
    value: float


def costs_of_rules(
    rows: Sequence[Row],
    fixed: NDArray[np.bool_],
    barred: NDArray[np.bool_],
    scores: Scores,
    objective: Fraction,
    stop: Stop,
    seed: int,
) -> dict[str, Fraction]:
    """For each rule: how much the proven best objective rises when only this rule is dropped.

    A rule whose search was stopped before proof is missing from the answer.
    """
    people = len(fixed)
    columns = columns_of(rows, np.arange(people), fixed, barred, scores.ranks, best_only=False)
    matrix = matrix_of(rows, columns, people)
    program = program_of(matrix, columns, scores.objective(columns.first))
    given = float(scores.objective(columns.fixed).sum())
    relaxed = solve_relaxation(program)
    scale = scores.unit * Fraction(scores.scale)
    known = _Known(program, matrix, columns, relaxed.prices, float(objective / scale) - given)
    names = dict.fromkeys(row.name for row in rows if row.side in ("least", "most"))
    costs: dict[str, Fraction] = {}
    for name in names:
        dropped = np.array([row.name == name and row.side in ("least", "most") for row in rows])
        better = _better_without(known, dropped, scores, stop, seed)
        if better is not None:
            total = scores.total(columns.people(better)) if len(better) else objective
            costs[name] = max(total - objective, Fraction(0))
    return costs


def _better_without(
    known: _Known, dropped: NDArray[np.bool_], scores: Scores, stop: Stop, seed: int
) -> NDArray[np.int64] | None:
    """Counts per column of a better slate without the dropped rows; empty: there is none; None: stopped."""
    program = known.program
    low = np.where(dropped, -np.inf, program.row_lower)
    high = np.where(dropped, np.inf, program.row_upper)
    prices = _usable(np.where(dropped, 0.0, known.prices), low, high)
    reduced = program.objective - np.bincount(
        program.column_of, prices[program.row_of] * program.values, minlength=len(program.objective)
    )
    limits = np.where(prices > 0, high, low)
    bound = float(prices[prices != 0] @ limits[prices != 0] + np.maximum(reduced, 0) @ program.upper)
    room = bound - known.value - scores.step + _SAFETY * max(1.0, abs(bound))
    if room < 0:
        return np.zeros(0, dtype=np.int64)
    settled = np.abs(reduced) > room
    ends = np.where(reduced > 0, program.upper, 0.0)
    without = replace(
        program,
        lower=np.where(settled, ends, program.lower),
        upper=np.where(settled, ends, program.upper),
        row_lower=low,
        row_upper=high,
    )
    outcome = solve_program(_at_least(without, known.value + scores.step * 0.5), stop, seed, scores.gap)
    if outcome.status == "infeasible":
        return np.zeros(0, dtype=np.int64)
    if outcome.status != "optimal" or outcome.x is None:
        return None
    return np.rint(outcome.x).astype(np.int64)


def _usable(prices: Floats, low: Floats, high: Floats) -> Floats:
    """Prices without those (rounding noise) that point to an open side of their row."""
    open_side = ((prices > 0) & np.isinf(high)) | ((prices < 0) & np.isinf(low))
    return np.where(open_side, 0.0, prices)


def _at_least(program: Program, value: float) -> Program:
    """The program with a row: the objective is at least `value`."""
    priced = np.flatnonzero(program.objective)
    return replace(
        program,
        row_lower=np.append(program.row_lower, value),
        row_upper=np.append(program.row_upper, np.inf),
        row_of=np.append(program.row_of, np.full(len(priced), len(program.row_lower))),
        column_of=np.append(program.column_of, priced),
        values=np.append(program.values, program.objective[priced]),
    )


def costs_of_people(
    problem: Problem, objective: Fraction, best_of: Callable[[Problem], Fraction | None]
) -> dict[str, Fraction]:
    """What each entry of must, must_not, together, apart costs, solved anew without that entry."""
    costs: dict[str, Fraction] = {}
    for kind in ("must", "must_not", "together", "apart"):
        entries = getattr(problem, kind)
        for entry in entries:
            kept: Any = {kind: tuple(other for other in entries if other != entry)}
            rest = replace(problem, **kept)
            total = best_of(rest)
            if total is not None:
                costs[pair_name(kind, (entry,) if isinstance(entry, str) else entry)] = total - objective
    return costs
