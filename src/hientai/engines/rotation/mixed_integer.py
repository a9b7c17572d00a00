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
    definitions: sparse.csr_array


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
    hint: Indices | None = None,
    presolve: bool = True,
) -> Branching:
    """The best plan using `columns`, with the columns `fixed` taken already.

    seconds, nodes: limits of this call, besides those of the budget. With a repeatable budget only nodes
    count. gap: share of the value that may be missed. hint: columns of a plan to begin from. presolve: whether
    the solver may rewrite the programme first.
    """
    base = np.empty(0, dtype=np.int64) if fixed is None else fixed
    gained = int(programme.gain[base].sum())
    model = _model(programme, columns, base)
    nothing = np.zeros(0, dtype=np.int64)
    if model is None:
        return Branching(None, nothing, 0, -np.inf, True, 0)
    solver_model = mathopt.Model.from_model_proto(model.proto)
    result = mathopt.solve(
        solver_model,
        _TYPES[engine],
        params=_parameters(engine, budget, seconds, nodes, gap, seed, presolve),
        model_params=_hinted(solver_model, model, hint),
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


def _hinted(
    solver_model: mathopt.Model, model: _Model, hint: Indices | None
) -> mathopt.ModelSolveParameters | None:
    """The plan to begin from, if all of it is in the model; the sums are filled in."""
    if hint is None or not np.isin(hint, model.columns).all():
        return None
    x = np.isin(model.columns, hint).astype(np.float64)
    values = np.concatenate([x, model.definitions @ x])
    variables = {variable: values[variable.id] for variable in solver_model.variables()}
    return mathopt.ModelSolveParameters(solution_hints=[mathopt.SolutionHint(variable_values=variables)])


def _parameters(
    engine: str,
    budget: Budget,
    seconds: float | None,
    nodes: int | None,
    gap: float,
    seed: int,
    presolve: bool,
) -> mathopt.SolveParameters:
    # Scores are whole numbers: a gap below 1 is none. One thread, so that a run can be repeated.
    parameters = mathopt.SolveParameters(
        relative_gap_tolerance=gap, absolute_gap_tolerance=0.999, random_seed=seed % 2**31
    )
    if engine == SCIP:
        parameters.threads = 1
    if not presolve:
        parameters.presolve = mathopt.Emphasis.OFF
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
    aggregated, most = _with_sums(programme, columns, matrix)
    sums = len(most)
    lower = np.concatenate([np.full(len(limit), -np.inf), np.zeros(sums)])
    higher = np.concatenate([limit.astype(np.float64), np.zeros(sums)])
    gain = np.concatenate([programme.gain[columns].astype(np.float64), np.zeros(sums)])
    bounds = np.concatenate([upper.astype(np.float64), most])
    definitions = sparse.csr_array(aggregated[len(limit) :, : len(columns)])
    proto = _proto(aggregated, gain, bounds, lower, higher)
    return _Model(proto, columns, matrix, limit, definitions)


def _with_sums(programme: Programme, columns: Indices, matrix: Any) -> tuple[Any, Values]:
    """Adds the variables "owner leaves in round" and "moves of this round and price", writes rows with them
    where a whole group stands, and appends the rows that define them. Returns their upper bounds too."""
    rounds = int(programme.round.max(initial=0)) + 1
    leaving = np.where(
        programme.pair[columns] >= 0, programme.owner[columns] * rounds + programme.round[columns], -1
    )
    tally = programme.tally[columns] if len(programme.tally) else np.full(len(columns), -1)
    entries, defined, most, width = matrix.tocoo(), [], [], len(columns)
    for label, is_single in ((tally, False), (leaving, True)):
        names, place = np.unique(label[label >= 0], return_inverse=True)
        members = np.flatnonzero(label >= 0)
        group = np.full(width, -1, dtype=np.int64)
        group[members] = place
        size = np.bincount(place, minlength=len(names))
        entries = _written_with_groups(entries, group, size, width)
        defined.append(_definitions(members, place, width, len(names)))
        most.append(np.ones(len(names)) if is_single else size.astype(np.float64))
        width += len(names)
    blocks = [
        sparse.coo_array((part.data, part.coords), shape=(part.shape[0], width))
        for part in (entries, *defined)
    ]
    return sparse.csr_array(sparse.vstack(blocks)), np.concatenate(most)


def _definitions(members: Indices, place: Indices, width: int, count: int) -> Any:
    """Rows saying that sum g, in column width + g, is the sum of its members."""
    values = np.concatenate([np.ones(len(members)), -np.ones(count)])
    rows = np.concatenate([place, np.arange(count)])
    cols = np.concatenate([members, width + np.arange(count)])
    return sparse.coo_array((values, (rows, cols)), shape=(count, width + count))


def _written_with_groups(entry: Any, group: Indices, size: Indices, width: int) -> Any:
    """The entries of a matrix, a whole group of one coefficient in a row written as its column (from `width`).

    group: of each column, -1 for none; size: members of each group.
    """
    shape = (entry.shape[0], width + len(size))
    inside = np.flatnonzero(group[entry.col] >= 0)
    row, of, value = entry.row[inside], group[entry.col[inside]], entry.data[inside]
    if not len(inside):
        return sparse.coo_array((entry.data, (entry.row, entry.col)), shape=shape)
    order = np.lexsort((of, row))
    row, of, value = row[order], of[order], value[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(row) != 0) | (np.diff(of) != 0)])
    number = np.diff(np.append(starts, len(row)))
    low, high = np.minimum.reduceat(value, starts), np.maximum.reduceat(value, starts)
    whole = (low == high) & (number > 1) & (number == size[of[starts]])
    kept = np.ones(len(entry.data), dtype=np.bool_)
    kept[inside[order[np.repeat(whole, number)]]] = False
    head = starts[whole]
    return sparse.coo_array(
        (
            np.concatenate([entry.data[kept], low[whole]]).astype(np.float64),
            (
                np.concatenate([entry.row[kept], row[head]]),
                np.concatenate([entry.col[kept], width + of[head]]),
            ),
        ),
        shape=shape,
    )


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
