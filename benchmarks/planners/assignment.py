"""Pure assignment: our planner, proof and reasons included, beside OR-Tools' own linear assignment."""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
from ortools.graph.python import linear_sum_assignment

from hientai.engines.rotation import Problem, solve
from hientai.engines.rotation.assignment import assign
from hientai.engines.rotation.problem import Pairs, People, Rules, Seats, Units
from hientai.engines.rotation.programme import build


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files in the form of the OR-Library (n, then n x n costs), or random ones of these sizes."""
    parser.add_argument("--files", nargs="*", type=Path, default=[])
    parser.add_argument("--sizes", nargs="*", type=int, default=[100, 200, 400, 800])
    parser.add_argument("--repetitions", type=int, default=5)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians of interleaved repetitions: assignment with its proof, the whole answer, OR-Tools alone."""
    tables = {path.stem: _read(path) for path in options.files}
    if not tables:
        g = np.random.default_rng(1)
        tables = {f"random {n}": g.integers(1, 101, (n, n)) for n in options.sizes}
    rows: list[dict[str, Any]] = []
    ratios = []
    for name, cost in tables.items():
        problem = _problem(cost)
        programme = build(problem)
        taken: dict[str, list[float]] = {
            "proven assignment": [],
            "whole answer with reasons": [],
            "OR-Tools": [],
        }
        values = set()
        for _ in range(options.repetitions):
            started = time.process_time()
            chosen, bound = assign(problem, programme)
            taken["proven assignment"].append(time.process_time() - started)
            started = time.process_time()
            result = solve(problem)
            taken["whole answer with reasons"].append(time.process_time() - started)
            started = time.process_time()
            best = _by_or_tools(cost)
            taken["OR-Tools"].append(time.process_time() - started)
            n = len(cost)
            values |= {bound, result.objective, int(programme.gain[chosen].sum()), 1000 * n - best}
        assert len(values) == 1, values
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        for label, seconds in taken.items():
            middle = float(np.median(seconds))
            rows.append({"name": f"{name}, {label}", "seconds": round(middle, 4), "cpu_seconds": round(middle, 4),
                         "memory_mb": memory})  # fmt: skip
        ratios.append(float(np.median(taken["proven assignment"]) / np.median(taken["OR-Tools"])))
    return {"rows": rows, "ratio_to_peer": round(max(ratios), 2)}


def _read(path: Path) -> Any:
    numbers = np.array(path.read_text(encoding="utf-8").split(), dtype=np.int64)
    return numbers[1 : 1 + numbers[0] ** 2].reshape(numbers[0], numbers[0])


def _problem(cost: Any) -> Problem:
    n = len(cost)
    zero = np.zeros(n, dtype=np.int64)
    none = np.full(n, -1, dtype=np.int64)
    names = tuple(str(k) for k in range(n))
    units = Units(("u",), np.array([3]), np.array([0]))
    people = People(names, none, none, zero, np.empty((0, 2), dtype=np.int64))
    person, seat = (part.ravel() for part in np.indices((n, n)))
    everywhere = np.ones(n * n, dtype=np.int64)
    pairs = Pairs(person, seat, everywhere, 1000 - cost.ravel(), everywhere == 0)
    return Problem(units, Seats(names, zero, zero == 1, none), people, pairs, Rules(), ("0",))


def _by_or_tools(cost: Any) -> int:
    n = len(cost)
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    tail, head = (part.ravel() for part in np.indices((n, n)))
    solver.add_arcs_with_cost(tail, head, cost.ravel())
    assert solver.solve() == solver.OPTIMAL
    return int(solver.optimal_cost())
