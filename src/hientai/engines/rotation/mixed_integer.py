"""Solves small whole-number programmes exactly with SCIP or HiGHS, both inside OR-Tools' MathOpt.

The columns of one person and round are tied to one extra 0-1 variable "leaves in this round", and rows
that hold a whole such group are written with it. Branching on who leaves when, before where to, is what
lets 200 people over four rounds be proved: without it the same solvers do not finish.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from scipy import sparse

from hientai.engines.rotation.problem import Indices
from hientai.engines.rotation.programme import Programme
from hientai.engines.rotation.stop import Budget

SCIP, HIGHS = "scip", "highs"
_TYPES = {SCIP: mathopt.SolverType.GSCIP, HIGHS: mathopt.SolverType.HIGHS}
Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Branching:
    """taken: columns at 1 of the best plan found, None when none; bound: no plan of this programme is
    better (in the gain of the programme, shortfalls included); is_proven: value == bound."""

    taken: Indices | None
    shortfall: Indices
    value: int
    bound: float
    is_infeasible: bool
    nodes: int

    @property
    def is_proven(self) -> bool:
        return self.taken is not None and self.bound < self.value + 1 - 1e-6


@dataclass(frozen=True, eq=False)
class _Model:
    proto: model_pb2.ModelProto
    columns: Indices
    matrix: sparse.csr_array
    limit: Indices


def branch(
    programme: Programme,
    columns: Indices,
    budget: Budget,
    *,
    fixed: Indices | None = None,
    engine: str = SCIP,
    seconds: float | None = None,
    nodes: int | None = None,
    gap: float = 0.0,
    seed: int = 0,
) -> Branching:
    """The best plan using `columns`, with the columns `fixed` taken already.

    seconds, nodes: limits of this call, besides those
    of the budget. With a repeatable budget only nodes count. gap: share of the value that may be missed.
    """
    base = np.empty(0, dtype=np.int64) if fixed is None else fixed
    gained = int(programme.gain[base].sum())
    model = _model(programme, columns, base)
    nothing = np.zeros(0, dtype=np.int64)
    if model is None:
        return Branching(None, nothing, 0, -np.inf, True, 0)
    result = mathopt.solve(
        mathopt.Model.from_model_proto(model.proto),
        _TYPES[engine],
        params=_parameters(engine, budget, seconds, nodes, gap, seed),
    )
    reason = result.termination.reason
    infeasible = reason in (
        mathopt.TerminationReason.INFEASIBLE,
        mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED,
    )
    spent = max(1, int(result.solve_stats.node_count))
    bound = -np.inf if infeasible else float(result.termination.objective_bounds.dual_bound) + gained
    if not result.has_primal_feasible_solution():
        return Branching(None, nothing, 0, bound, infeasible, spent)
    values = result.variable_values()
    x = np.array([values[variable] for variable in values], dtype=np.float64)
    order = np.array([variable.id for variable in values])
    whole = np.zeros(len(columns), dtype=np.int64)
    own = order < len(columns)
    whole[order[own]] = np.rint(x[own]).astype(np.int64)
    if (model.matrix @ whole > model.limit).any():  # a tolerance of the solver was used up: not a plan
        return Branching(None, nothing, 0, bound, False, spent)
    chosen = columns[whole > 0]
    pairs = chosen[programme.pair[chosen] >= 0]
    value = gained + int((programme.gain[columns] * whole).sum())
    return Branching(np.sort(np.concatenate([base, pairs])), nothing, value, bound, False, spent)


def _parameters(
    engine: str,
    budget: Budget,
    seconds: float | None,
    nodes: int | None,
    gap: float,
    seed: int,
) -> mathopt.SolveParameters:
    # Scores are whole numbers: a gap below 1 is none. One thread, so that a run can be repeated.
    parameters = mathopt.SolveParameters(
        relative_gap_tolerance=gap, absolute_gap_tolerance=0.999, random_seed=seed % 2**31
    )
    if engine == SCIP:
        parameters.threads = 1
    limits = [value for value in (seconds, budget.seconds_left()) if value is not None]
    if limits and not budget.is_repeatable:
        parameters.time_limit = datetime.timedelta(seconds=max(0.01, min(limits)))
    counts = [value for value in (nodes, budget.work_left()) if value is not None]
    if counts:
        parameters.node_limit = max(1, min(counts))
    return parameters


def _model(programme: Programme, columns: Indices, fixed: Indices) -> _Model | None:
    """The programme over `columns`; None when the fixed columns alone break a row nothing can mend."""
    matrix = sparse.csr_array(programme.matrix[:, columns])
    taken = np.asarray(programme.matrix[:, fixed].sum(axis=1)).ravel() if len(fixed) else 0
    limit = np.asarray(programme.limit - taken, dtype=np.int64)
    upper = programme.upper[columns]
    least, most = np.asarray(matrix.minimum(0) @ upper), np.asarray(matrix.maximum(0) @ upper)
    if (least > limit).any():
        return None
    kept = most > limit
    matrix, limit = sparse.csr_array(matrix[kept]), limit[kept]
    aggregated, groups = _with_leaving(programme, columns, matrix)
    lower = np.concatenate([np.full(len(limit), -np.inf), np.zeros(groups)])
    higher = np.concatenate([limit.astype(np.float64), np.zeros(groups)])
    gain = np.concatenate([programme.gain[columns].astype(np.float64), np.zeros(groups)])
    bounds = np.concatenate([upper.astype(np.float64), np.ones(groups)])
    return _Model(_proto(aggregated, gain, bounds, lower, higher), columns, matrix, limit)


def _with_leaving(programme: Programme, columns: Indices, matrix: Any) -> tuple[Any, int]:
    """Adds the variables "owner leaves in round" and writes rows with them; appends their linking rows."""
    moves = np.flatnonzero(programme.pair[columns] >= 0)
    chosen = columns[moves]
    keys, group_of_move = np.unique(
        programme.owner[chosen] * (int(programme.round.max(initial=0)) + 1) + programme.round[chosen],
        return_inverse=True,
    )
    count = len(keys)
    group = np.arange(count, count + len(columns), dtype=np.int64)  # a shortfall is in no group
    group[moves] = group_of_move
    rows, cols, values = _written_with_groups(
        matrix.tocoo(), group, np.bincount(group_of_move, minlength=count)
    )
    width = len(columns) + count
    main = sparse.coo_array((values, (rows, cols)), shape=(matrix.shape[0], width))
    link = sparse.coo_array(
        (
            np.concatenate([np.ones(len(moves)), -np.ones(count)]),
            (
                np.concatenate([group_of_move, np.arange(count)]),
                np.concatenate([moves, len(columns) + np.arange(count)]),
            ),
        ),
        shape=(count, width),
    )
    return sparse.csr_array(sparse.vstack([main, link])), count


def _written_with_groups(entry: Any, group: Indices, size: Indices) -> tuple[Indices, Indices, Values]:
    """The entries of a matrix, a whole group of one coefficient in a row written as its column."""
    width = len(group)
    span = len(size) + width
    key = entry.row.astype(np.int64) * span + group[entry.col]
    order = np.argsort(key, kind="stable")
    value = entry.data[order]
    starts = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0][: len(key)])
    if not len(starts):
        return entry.row, entry.col, entry.data
    number = np.diff(np.append(starts, len(key)))
    low, high = np.minimum.reduceat(value, starts), np.maximum.reduceat(value, starts)
    head = order[starts]
    of = group[entry.col[head]]
    whole = (low == high) & (number > 1) & (number == np.append(size, np.zeros(width, dtype=np.int64))[of])
    rest = order[~np.repeat(whole, number)]
    rows = np.concatenate([entry.row[rest], entry.row[head[whole]]])
    cols = np.concatenate([entry.col[rest], width + of[whole]])
    return rows, cols, np.concatenate([entry.data[rest], low[whole]]).astype(np.float64)


def _proto(matrix: Any, gain: Values, upper: Values, low: Values, high: Values) -> model_pb2.ModelProto:
    """A MathOpt model, filled whole columns at a time."""
    proto = model_pb2.ModelProto()
    count, rows = len(gain), matrix.shape[0]
    proto.variables.ids.extend(range(count))
    proto.variables.lower_bounds.extend([0.0] * count)
    proto.variables.upper_bounds.extend(upper.tolist())
    proto.variables.integers.extend([True] * count)
    proto.objective.maximize = True
    there = np.flatnonzero(gain)
    proto.objective.linear_coefficients.ids.extend(there.tolist())
    proto.objective.linear_coefficients.values.extend(gain[there].tolist())
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(low.tolist())
    proto.linear_constraints.upper_bounds.extend(high.tolist())
    entries = sparse.csr_array(matrix)
    entries.sum_duplicates()
    entries.eliminate_zeros()
    place = np.repeat(np.arange(rows), np.diff(entries.indptr))
    proto.linear_constraint_matrix.row_ids.extend(place.tolist())
    proto.linear_constraint_matrix.column_ids.extend(entries.indices.tolist())
    proto.linear_constraint_matrix.coefficients.extend(entries.data.astype(np.float64).tolist())
    return proto
