"""Rotation: our planner beside the same model handed plainly to HiGHS and CP-SAT, with the same seconds."""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper
from scipy import sparse

from hientai.engines.rotation import Problem, Stop, solve, verify
from hientai.engines.rotation.problem import Pairs, People, Seats, Units
from hientai.engines.rotation.programme import BUDGET_HULL, build
from hientai.engines.rotation.rules_file import rules_from_tree


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which instances (people:rounds), how often, and how many seconds each solver gets."""
    parser.add_argument(
        "--instances", nargs="*", default=["200:1", "200:4", "2000:1", "2000:4"], metavar="PEOPLE:ROUNDS"
    )
    parser.add_argument("--repetitions", type=int, default=1)
    parser.add_argument("--solver-seconds", type=float, default=60.0)
    parser.add_argument("--no-peers", action="store_true")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """One row per instance, seed and solver: seconds, objective, bound, gap (against our bound for peers)."""
    rows: list[dict[str, Any]] = []
    for text in options.instances:
        people, rounds = (int(part) for part in text.split(":"))
        for seed in range(1, options.repetitions + 1):
            problem = instance(people, rounds, seed)
            mine = _ours(problem, options.solver_seconds)
            rows.append({"name": f"rotation {text} seed {seed}, ours", **mine})
            for peer in () if options.no_peers else ("highs", "sat"):
                found = plain(problem, peer, options.solver_seconds)
                value = found["objective"]
                found["gap"] = None if value is None else (mine["bound"] - value) / mine["bound"]
                rows.append({"name": f"rotation {text} seed {seed}, plain model in {peer}", **found})
    ours = sum(row["seconds"] for row in rows if row["name"].endswith("ours"))
    best = sum(row["seconds"] for row in rows if row["name"].endswith("highs"))
    return {"rows": rows, "ratio_to_peer": round(ours / best, 3) if best else None}


def _ours(problem: Problem, seconds: float) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), _cpu()
    result = solve(problem, Stop(seconds=seconds, clock=time.monotonic), seed=1)
    taken = time.perf_counter() - wall
    assert verify(problem, result.moves).is_feasible
    return {
        "seconds": round(taken, 2), "cpu_seconds": round(_cpu() - cpu, 2), "status": result.status,
        "objective": result.objective, "bound": result.bound, "gap": result.gap,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def plain(problem: Problem, engine: str, seconds: float) -> dict[str, Any]:
    """The whole model as it stands in the reference page, one 0-1 variable a move.

    Rows come from our own builder, implied ones left out, which is kind to the peers. HiGHS stops at its
    customary relative gap of 1e-4; CP-SAT gets two workers.
    """
    programme = build(problem, np.arange(len(problem.pairs)), skip=frozenset([BUDGET_HULL]))
    count = programme.columns
    model = model_builder_helper.ModelBuilderHelper()
    model.fill_model_from_sparse_data(
        np.zeros(count), np.ones(count), programme.gain.astype(float), np.full(len(programme.limit), -np.inf),
        programme.limit.astype(float), sparse.csr_matrix(programme.matrix.astype(float)),
    )  # fmt: skip
    for column in range(count):
        model.set_var_integrality(column, True)
    model.set_maximize(True)
    solver = model_builder_helper.ModelSolverHelper(engine)
    solver.set_time_limit_in_seconds(seconds)
    if engine == "sat":
        solver.set_solver_specific_parameters("num_workers: 2")
    wall, cpu = time.perf_counter(), _cpu()
    with _quiet():
        solver.solve(model)
    found = solver.has_solution()
    return {
        "seconds": round(time.perf_counter() - wall, 2), "cpu_seconds": round(_cpu() - cpu, 2),
        "status": str(solver.status()), "objective": round(solver.objective_value()) if found else None,
        "bound": solver.best_objective_bound(),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def _cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """HiGHS prints a banner on standard output, where only our JSON may stand."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def instance(people: int, rounds: int, seed: int) -> Problem:
    """A synthetic service: units of three levels in 34 provinces, a quarter of the people overdue to move."""
    g = np.random.default_rng([seed, people, rounds])
    unit_count, seat_count = max(10, people // 8), int(people * 1.05)
    rank = np.arange(unit_count)
    level = np.where(rank < max(1, unit_count // 60), 1, np.where(rank < max(3, unit_count // 5), 2, 3))
    province = g.integers(0, 34, unit_count)
    seat_unit = np.concatenate([rank, g.integers(0, unit_count, seat_count - unit_count)])
    held = g.permutation(seat_count)[:people]
    holder = np.full(seat_count, -1)
    holder[held] = np.arange(people)
    home = np.where(g.random(people) < 0.62, seat_unit[held], g.integers(0, unit_count, people))
    kin = g.integers(0, people, (max(1, people // 33), 2))
    kin = np.unique(np.sort(kin[kin[:, 0] != kin[:, 1]], axis=1), axis=0)
    units = Units(tuple(f"u{k}" for k in rank), level, province)
    seats = Seats(
        tuple(f"s{k}" for k in range(seat_count)), seat_unit, np.arange(seat_count) < unit_count, holder
    )
    folk = People(tuple(f"p{k}" for k in range(people)), held, seat_unit[held], province[home], kin)
    pairs = _pairs(g, units, seats, folk, home, rounds)
    heads = int((seats.head[held] & (province[home] != province[seat_unit[held]])).sum())
    moves = int(0.32 * people / rounds)
    rules = {
        "rounds": rounds, "moves_per_round": moves, "unit_vacancy_growth": 1, "relatives_apart": True,
        "cost_per_round": {"limit": moves * 22, "same_province": 10, "other_province": 35},
        "unit_leaving_share": 0.4 if rounds == 1 else 0.25,
        "direction_minimum": {"up": people * 3 // 100, "down": people // 20, "side": people // 25},
        "non_local_heads_minimum": int(min(heads + 0.06 * unit_count + 1, unit_count * 0.9)),
    }  # fmt: skip
    names = tuple(str(k) for k in range(34))
    return Problem(units, seats, folk, pairs, rules_from_tree(rules, folk, seats, pairs), names)


def _pairs(
    g: np.random.Generator, units: Units, seats: Seats, folk: People, home: np.ndarray[Any, Any], rounds: int
) -> Pairs:
    people, seat_count = len(folk.ids), len(seats.ids)
    overdue, field, seat_field = (
        g.random(people) < 0.25,
        g.integers(0, 5, people),
        g.integers(0, 5, seat_count),
    )
    first = g.integers(1, rounds + 1, people)
    wide = np.clip(20 * np.exp(g.exponential(0.8, people)), 20, min(200, seat_count // 3)).astype(int)
    columns: list[list[np.ndarray[Any, Any]]] = [[], [], [], []]
    for person in range(people):
        chosen = g.choice(seat_count, wide[person], replace=False)
        chosen = chosen[(chosen != folk.seat[person]) & (seats.unit[chosen] != home[person])]
        distance = np.abs(units.level[seats.unit[chosen]] - units.level[folk.unit[person]])
        fit = (
            50 + 20 * (seat_field[chosen] == field[person]) + g.integers(-20, 21, len(chosen)) - 10 * distance
        )
        for when in range(first[person], min(first[person] + 2, rounds + 1)):
            score = np.clip(fit, 1, 100) + 150 * int(overdue[person]) - 5 * (when - 1)
            for column, values in zip(columns, (person, chosen, when, score), strict=True):
                column.append(np.broadcast_to(values, chosen.shape))
    person, seat, when, score = (np.concatenate(column).astype(np.int64) for column in columns)
    away = folk.home_province[person] != units.province[seats.unit[seat]]
    return Pairs(person, seat, when, score, away)
