"""Linear and mixed-integer programs given as arrays, solved by HiGHS and GLOP through OR-Tools.

The floor under the planners: it knows no people and no rules. OR-Tools' protocol buffers are filled directly
from arrays, because building the same model from Python expressions takes longer than solving it. HiGHS is
used through OR-Tools only (its own wheel and OR-Tools crash in one process). One thread, fixed seed, limits
in nodes: the same program always gives the same answer.

Sources: HiGHS, Huangfu and Hall, Math. Prog. Comp. 10 (2018); OR-Tools MathOpt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Stop:
    """When to give up proving: nodes of the search tree, and seconds (not repeatable; None = no limit)."""

    nodes: int | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Program:
    """max (or min) objective . x  with  row_lower <= A x <= row_upper,  lower <= x <= upper.

    objective, lower, upper, integer: one entry per column; A: `values` at (`row_of`, `column_of`), one entry
    per pair; row_lower, row_upper: one entry per row (infinite where open).
    """

    objective: Floats
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    row_lower: Floats
    row_upper: Floats
    row_of: Ints
    column_of: Ints
    values: Floats
    maximise: bool = True


@dataclass(frozen=True)
class Outcome:
    """status: optimal | feasible | infeasible | unknown; x: the best point found or None; bound: proven."""

    status: str
    x: Floats | None
    objective: float
    bound: float


@dataclass(frozen=True)
class Relaxed:
    """The linear relaxation: its value, x, a dual price per row, a reduced cost per column."""

    feasible: bool
    value: float
    x: Floats
    prices: Floats
    reduced_costs: Floats


def solve_program(
    program: Program, stop: Stop, seed: int, absolute_gap: float = 0.0, start: Floats | None = None
) -> Outcome:
    """The best point of a mixed-integer program, proven to `absolute_gap`, or what is known when stopped.

    start: a point to begin from (it need not be feasible). Columns must be bounded.
    """
    from ortools.math_opt import parameters_pb2

    settings = parameters_pb2.SolveParametersProto()
    settings.random_seed = seed % (2**31)
    settings.relative_gap_tolerance = 0.0
    settings.absolute_gap_tolerance = absolute_gap
    settings.highs.string_options["parallel"] = "off"
    # With strong relaxations the jump heuristic costs a fifth of the time and finds nothing new.
    settings.highs.bool_options["mip_heuristic_run_feasibility_jump"] = False
    if stop.nodes is not None:
        settings.node_limit = stop.nodes
    if stop.seconds is not None:
        settings.time_limit.FromTimedelta(_duration(stop.seconds))
    answer = _run(program, parameters_pb2.SOLVER_TYPE_HIGHS, settings, start)
    reason = answer.termination.reason
    bounds = answer.termination.objective_bounds
    if reason in (_reasons().TERMINATION_REASON_INFEASIBLE, _infeasible_or_unbounded()):
        return Outcome("infeasible", None, math.nan, math.nan)
    if not answer.solutions:
        return Outcome("unknown", None, math.nan, float(bounds.dual_bound))
    best = answer.solutions[0].primal_solution
    status = "optimal" if reason == _reasons().TERMINATION_REASON_OPTIMAL else "feasible"
    x = _filled(best.variable_values, len(program.objective))
    return Outcome(status, x, float(best.objective_value), float(bounds.dual_bound))


def solve_relaxation(program: Program) -> Relaxed:
    """The linear relaxation with dual prices and reduced costs (simplex, so that few prices are not zero)."""
    from ortools.math_opt import parameters_pb2

    settings = parameters_pb2.SolveParametersProto()
    answer = _run(program, parameters_pb2.SOLVER_TYPE_GLOP, settings, None, integral=False)
    columns, rows = len(program.objective), len(program.row_lower)
    if answer.termination.reason != _reasons().TERMINATION_REASON_OPTIMAL:
        nothing = np.zeros(0)
        return Relaxed(False, math.nan, nothing, nothing, nothing)
    solution = answer.solutions[0]
    return Relaxed(
        True,
        float(solution.primal_solution.objective_value),
        _filled(solution.primal_solution.variable_values, columns),
        _filled(solution.dual_solution.dual_values, rows),
        _filled(solution.dual_solution.reduced_costs, columns),
    )


def _run(program: Program, kind: Any, settings: Any, start: Floats | None, integral: bool = True) -> Any:
    from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2
    from ortools.math_opt.core.python import solver

    chosen = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None:
        hint = chosen.solution_hints.add()
        hint.variable_values.ids.extend(range(len(start)))
        hint.variable_values.values.extend(start.tolist())
    return solver.solve(
        _model(program, integral),
        kind,
        parameters_pb2.SolverInitializerProto(),
        settings,
        chosen,
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )


def _model(program: Program, integral: bool) -> Any:
    from ortools.math_opt import model_pb2

    model = model_pb2.ModelProto()
    columns, rows = len(program.objective), len(program.row_lower)
    model.variables.ids.extend(range(columns))
    model.variables.lower_bounds.extend(program.lower.tolist())
    model.variables.upper_bounds.extend(program.upper.tolist())
    model.variables.integers.extend((program.integer & integral).tolist())
    model.objective.maximize = program.maximise
    priced = np.flatnonzero(program.objective)
    model.objective.linear_coefficients.ids.extend(priced.tolist())
    model.objective.linear_coefficients.values.extend(program.objective[priced].tolist())
    model.linear_constraints.ids.extend(range(rows))
    model.linear_constraints.lower_bounds.extend(program.row_lower.tolist())
    model.linear_constraints.upper_bounds.extend(program.row_upper.tolist())
    order = np.lexsort((program.column_of, program.row_of))
    order = order[program.values[order] != 0]
    matrix = model.linear_constraint_matrix
    matrix.row_ids.extend(program.row_of[order].tolist())
    matrix.column_ids.extend(program.column_of[order].tolist())
    matrix.coefficients.extend(program.values[order].tolist())
    return model


def _filled(sparse: Any, size: int) -> Floats:
    filled = np.zeros(size)
    filled[np.array(sparse.ids, dtype=np.int64)] = sparse.values
    return filled


def _reasons() -> Any:
    from ortools.math_opt import result_pb2

    return result_pb2


def _infeasible_or_unbounded() -> Any:
    return _reasons().TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED


def _duration(seconds: float) -> Any:
    from datetime import timedelta

    return timedelta(seconds=seconds)
