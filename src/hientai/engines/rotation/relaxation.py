"""The linear relaxation: its value, prices of the rules, reduced costs, and a bound that is exact.

Small problems go to GLOP's dual simplex whole. Column generation was measured and dropped: after presolve
the whole programme takes 2 to 8 seconds at 2,000 people, and the prices of a part are so far from unique
that columns keep being wanted long after the value stands.
Large ones go to PDLP, whose prices are only nearly right. The bound does not care: for any prices y >= 0

    sum_i y_i limit_i + sum over people of max(0, max over the person's columns of gain_k - y @ column_k)

is an upper bound of every plan (Lagrangian relaxation of all rows but "at most one move a person"). It is
computed in whole numbers, with y rounded to multiples of 2**-16, so no rounding error can make it wrong.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder_helper as _linear
from scipy import sparse

from hientai.engines.rotation.problem import Indices
from hientai.engines.rotation.programme import PERSON, Programme
from hientai.engines.rotation.stop import LP_WORK, Budget

linear: Any = _linear  # its stub mistakes array types
Values = NDArray[np.float64]
_SCALE = 16
LARGE = 400_000  # columns from which PDLP is the faster one


@dataclass(frozen=True, eq=False)
class Relaxation:
    """bound: no plan is worth more (whole number, exact); prices: per row, >= 0, 0 on "one move a person";
    reduced: per column, what taking it costs against the bound at least (<= 0); share: fractional plan."""

    bound: int
    prices: Values
    reduced: Values
    share: Values


def relax(programme: Programme, budget: Budget) -> Relaxation | None:
    """The linear relaxation, or None when even it has no solution: then no plan exists."""
    if programme.columns == 0:
        empty = np.zeros(0)
        return (
            Relaxation(0, np.zeros(len(programme.limit)), empty, empty)
            if (programme.limit >= 0).all()
            else None
        )
    solved = (
        _first_order(programme, budget) if programme.columns >= LARGE else _whole_simplex(programme, budget)
    )
    if solved is None:
        return None
    return priced(programme, *solved)


def priced(programme: Programme, prices: Values, share: Values) -> Relaxation:
    """Bound and reduced costs of any prices (negative ones count as 0)."""
    whole = np.rint(np.maximum(prices, 0) * 2**_SCALE).astype(np.int64)
    whole[programme.rows_of(PERSON)] = 0
    left = (programme.gain << _SCALE) - programme.matrix.T @ whole
    left = left * programme.upper
    best = np.zeros(int(programme.owner.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(best, programme.owner, left)
    bound = (
        int(sum(whole.tolist()[k] * int(programme.limit[k]) for k in np.flatnonzero(whole)))
        if len(whole) < 64
        else int(whole @ programme.limit)
    ) + int(best.sum())
    scale = float(2**_SCALE)
    return Relaxation(bound >> _SCALE, whole / scale, (left - best[programme.owner]) / scale, share)


def _whole_simplex(programme: Programme, budget: Budget) -> tuple[Values, Values] | None:
    """All columns at once; a dearer shortage until none is left, or none can be avoided."""
    penalty = 10.0 * float(np.abs(programme.gain).max(initial=1))
    every = np.arange(programme.columns)
    while penalty < 1e11:
        budget.spend(LP_WORK)
        prices, share, short = _simplex(programme, every, penalty)
        if short.sum() < 1e-7:
            return prices, share
        penalty *= 100.0
    return None


def beyond_mending(programme: Programme, chosen: Indices, fixed: Indices) -> Indices:
    """Rows that no shares of the columns `chosen` can keep once the columns `fixed` are taken."""
    limit = programme.limit - np.asarray(programme.matrix[:, fixed].sum(axis=1)).ravel()
    left = dataclasses.replace(programme, limit=limit, gain=np.zeros_like(programme.gain))
    *_others, short = _simplex(left, chosen, 1.0)
    return np.flatnonzero(limit < 0)[short > 1e-6]


def _filled(programme: Programme, chosen: Indices, penalty: float) -> Any:
    """The model over `chosen`, with a dear shortage column for every row that zero moves would break."""
    matrix = sparse.csr_matrix(programme.matrix[:, chosen].astype(np.float64))
    wants = np.flatnonzero(programme.limit < 0)
    short = sparse.csr_matrix(
        (np.full(len(wants), -1.0), (wants, np.arange(len(wants)))), shape=(matrix.shape[0], len(wants))
    )
    count = len(chosen) + len(wants)
    model = linear.ModelBuilderHelper()
    model.fill_model_from_sparse_data(
        np.zeros(count),
        np.concatenate([programme.upper[chosen].astype(np.float64), np.full(len(wants), np.inf)]),
        np.concatenate([programme.gain[chosen].astype(np.float64), np.full(len(wants), -penalty)]),
        np.full(matrix.shape[0], -np.inf),
        programme.limit.astype(np.float64),
        sparse.csr_matrix(sparse.hstack([matrix, short])),
    )
    model.set_maximize(True)
    return model


def _simplex(programme: Programme, chosen: Indices, penalty: float) -> tuple[Values, Values, Values]:
    """Prices and shares of the relaxation over `chosen`, and the shortage of each row with a negative limit."""
    solver = linear.ModelSolverHelper("glop")
    solver.set_solver_specific_parameters("use_dual_simplex: true")
    solver.solve(_filled(programme, chosen, penalty))
    values = np.array(solver.variable_values(), dtype=np.float64)
    prices = np.maximum(np.array(solver.dual_values(), dtype=np.float64), 0.0)
    return prices, values[: len(chosen)], values[len(chosen) :]


def _first_order(programme: Programme, budget: Budget) -> tuple[Values, Values] | None:
    """PDLP to one part in ten thousand; the rows about relatives, hardly ever tight, are left to the plan."""
    budget.spend(20 * LP_WORK)
    tight = np.ones(len(programme.limit), dtype=np.bool_)
    tight[programme.rows_of("relatives_apart")] = False
    rows = np.flatnonzero(tight)
    model = linear.ModelBuilderHelper()
    model.fill_model_from_sparse_data(
        np.zeros(programme.columns), programme.upper.astype(np.float64), programme.gain.astype(np.float64),
        np.full(len(rows), -np.inf), programme.limit[rows].astype(np.float64),
        sparse.csr_matrix(sparse.csr_array(programme.matrix)[rows].astype(np.float64)),
    )  # fmt: skip
    model.set_maximize(True)
    solver = linear.ModelSolverHelper("pdlp")
    goal = "eps_optimal_relative: 1e-4 eps_optimal_absolute: 1e-4"
    solver.set_solver_specific_parameters(
        f"num_threads: 2 termination_criteria {{ simple_optimality_criteria {{ {goal} }} }}"
    )
    left = budget.seconds_left()
    if left is not None:
        solver.set_time_limit_in_seconds(max(1.0, 0.5 * left))
    solver.solve(model)
    if solver.status() == linear.INFEASIBLE:
        return None
    prices = np.zeros(len(programme.limit))
    duals = np.array(solver.dual_values(), dtype=np.float64)
    shares = np.array(solver.variable_values(), dtype=np.float64)
    if len(duals) == len(rows):
        prices[rows] = np.maximum(duals, 0.0)
    return prices, shares if len(shares) == programme.columns else np.zeros(programme.columns)
