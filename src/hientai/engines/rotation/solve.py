"""Solves a rotation problem: the public face of the engine."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from functools import partial

import numpy as np

from hientai.engines.rotation import conflict, explain
from hientai.engines.rotation.assignment import assign, is_pure
from hientai.engines.rotation.problem import Aim, Indices, Problem
from hientai.engines.rotation.programme import Programme, allowed_pairs, build, reachable_pairs
from hientai.engines.rotation.relaxation import Relaxation, priced, relax
from hientai.engines.rotation.result import (
    FEASIBLE,
    INFEASIBLE,
    OPTIMAL,
    UNKNOWN,
    Listener,
    Progress,
    Result,
    Stage,
)
from hientai.engines.rotation.search import Search, moves_of
from hientai.engines.rotation.stop import Budget, Stop
from hientai.engines.rotation.verify import Move, verify


def solve(
    problem: Problem,
    stop: Stop | None = None,
    seed: int = 0,
    progress: Listener | None = None,
    start: tuple[Move, ...] | None = None,
) -> Result:
    """The best plan of moves, with proof or gap, and the reasons for whoever stays.

    stop: limits of the whole search (none: until proven). seed: same problem, seed and work limit give the
    same plan. progress: called with every better plan or bound. start: a plan to improve; it is used when
    it keeps all rules. An impossible problem is an answer too: status "infeasible", with the smallest set
    of conflicting rules and the cheapest way to loosen them.
    """
    budget = Budget(stop or Stop())
    programme = build(problem)
    if is_pure(programme):
        return _assigned(problem, programme)
    stages: list[Stage] = []
    search: Search | None = None
    for aim in problem.rules.aims:
        programme = dataclasses.replace(programme, gain=_gain(problem, programme, aim, first=not stages))
        relaxation = relax(programme, budget)
        if relaxation is None:
            break
        listener = None if progress is None else _with_results(progress, problem, tuple(stages), budget)
        before, search = search, Search(problem, programme, relaxation, budget, seed, listener)
        first = None if before is None else before.taken
        if first is None and start is not None:
            first = _columns_of(problem, programme, start)
        if first is not None:
            search.start_from(first)
        search.run()
        if search.taken is None:
            break
        stages.append(Stage(aim.name, aim.weights, search.value, search.bound))
        if aim is not problem.rules.aims[-1]:
            programme = _holding(programme, search.value - aim.tolerance)
    if search is None or search.taken is None:
        return _without_plan(problem, budget, search)
    return _finished(problem, search, tuple(stages), budget)


def _with_results(
    progress: Listener, problem: Problem, stages: tuple[Stage, ...], budget: Budget
) -> Callable[[Progress, Search], None]:
    """Tells the caller of progress, with a way to the whole answer of that moment."""

    def tell(news: Progress, search: Search) -> None:
        aim = problem.rules.aims[len(stages)]
        now = None
        if news.objective is not None:
            stage = Stage(aim.name, aim.weights, news.objective, news.bound)
            now = partial(_finished, problem, copy.copy(search), (*stages, stage), budget)
        progress(dataclasses.replace(news, result=now))

    return tell


def _gain(problem: Problem, programme: Programme, aim: Aim, first: bool) -> Indices:
    """Gain of the columns under an aim; the price of shortfalls belongs to the first aim."""
    gain = np.where(programme.pair >= 0, problem.aim_gain(aim)[np.maximum(programme.pair, 0)], 0)
    return np.where(programme.pair < 0, programme.gain if first else 0, gain).astype(np.int64)


def _holding(programme: Programme, value: int) -> Programme:
    """The programme with a further row: the present gain stays at least `value`."""
    from scipy import sparse

    row = sparse.csc_array(-programme.gain[None, :])
    return dataclasses.replace(
        programme,
        matrix=sparse.csc_array(sparse.vstack([programme.matrix, row])),
        limit=np.append(programme.limit, -value),
        rule=(*programme.rule, f"aim.{len(programme.rule)}"),
        rule_of_row=np.append(programme.rule_of_row, len(programme.rule)),
        key_of_row=np.append(programme.key_of_row, 0),
        divisor=np.append(programme.divisor, 1),
    )


def _columns_of(problem: Problem, programme: Programme, moves: tuple[Move, ...]) -> Indices | None:
    """The columns of a plan that keeps all rules; None otherwise."""
    if not verify(problem, moves).is_feasible:
        return None
    wanted = set(moves)
    people = np.array(sorted(move[0] for move in wanted), dtype=np.int64)
    near = np.flatnonzero(np.isin(programme.owner, people) & (programme.pair >= 0))
    pairs, chosen = problem.pairs, programme.pair[near]
    keys = zip(
        pairs.person[chosen].tolist(), pairs.seat[chosen].tolist(), pairs.round[chosen].tolist(), strict=True
    )
    taken = near[np.array([key in wanted for key in keys], dtype=np.bool_)]
    return taken if len(taken) == len(wanted) else None


def _assigned(problem: Problem, programme: Programme) -> Result:
    if not programme.columns:
        chosen, bound = np.empty(0, dtype=np.int64), 0
    else:
        chosen, bound = assign(problem, programme)
    moves = moves_of(problem, programme, chosen)
    report = verify(problem, moves)
    aim = problem.rules.aims[0]
    stage = Stage(aim.name, aim.weights, report.objective, bound)
    relaxation = priced(programme, np.zeros(len(programme.limit)), np.zeros(programme.columns))
    status = OPTIMAL if bound == report.objective and len(problem.rules.aims) == 1 else FEASIBLE
    return Result(status, moves, report.objective, bound, report, (stage,),
                  unmoved=explain.unmoved(problem, programme, relaxation, moves))  # fmt: skip


def _finished(problem: Problem, search: Search, stages: tuple[Stage, ...], budget: Budget) -> Result:
    assert search.taken is not None
    moves = moves_of(problem, search.programme, search.taken)
    report = verify(problem, moves)
    proven = len(stages) == len(problem.rules.aims) and all(stage.value >= stage.bound for stage in stages)
    relaxation: Relaxation = search.relaxation
    return Result(
        OPTIMAL if proven and report.is_feasible else FEASIBLE,
        moves,
        report.objective,
        max(stages[0].bound, report.objective),
        report,
        stages,
        explain.rule_prices(problem, search.programme, relaxation),
        explain.unmoved(problem, search.programme, relaxation, moves),
        explain.empty_seats(problem, search.programme, relaxation, moves),
        budget.used,
    )


def _without_plan(problem: Problem, budget: Budget, search: Search | None) -> Result:
    """No plan: proven impossible (then why), or the search was stopped too early."""
    if search is not None and not search.is_infeasible:
        return Result(UNKNOWN, (), 0, search.bound, None, work=budget.used)
    found = conflict.explain_conflict(problem)
    return Result(
        INFEASIBLE, (), 0, 0, None, work=budget.used, conflict=found.sentences, relaxations=found.relaxations
    )


def usable_pairs(problem: Problem) -> int:
    """How many of the allowed moves can take part in a plan at all."""
    return int(reachable_pairs(problem, allowed_pairs(problem)).sum())
