"""Slate of 100 of 2,000 under 231 rules, beside the plain model in HiGHS and CP-SAT, in one run."""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

from hientai.engines.amounts import Count
from hientai.engines.slate import Problem, check, solve
from hientai.engines.slate.reading import read_problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How often, how large, and how long the peers may try."""
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--choose", type=int, default=100)
    parser.add_argument("--peer-seconds", type=float, default=30.0)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians of interleaved repetitions over as many instances as repetitions."""
    problems = [read_problem(document(s, options.people, options.choose)) for s in range(options.repetitions)]
    planted = [
        read_problem(document(s, options.people, options.choose, planted=True))
        for s in range(options.repetitions)
    ]
    solve(problems[0])  # imports
    seconds: dict[str, list[tuple[float, float]]] = {}
    for problem, impossible in zip(problems, planted, strict=True):
        _timed(seconds, "slate, proven", lambda p=problem: _proven(p))
        _timed(
            seconds,
            "the same rules as a plain model, HiGHS",
            lambda p=problem: by_highs(p, options.peer_seconds),
        )
        _timed(seconds, "impossible: conflict and cheapest relaxation", lambda p=impossible: _explained(p))
    row = [
        {
            "name": name,
            "seconds": round(statistics.median(wall for wall, _ in taken), 4),
            "worst_seconds": round(max(wall for wall, _ in taken), 4),
            "cpu_seconds": round(statistics.median(cpu for _, cpu in taken), 4),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        for name, taken in seconds.items()
    ]
    started = time.perf_counter()
    status = by_cp_sat(problems[0], options.peer_seconds)
    row.append(
        {"name": f"the same as a plain model, CP-SAT ({status})", "seconds": time.perf_counter() - started}
    )
    return {"rows": row, "ratio_to_peer": round(row[0]["seconds"] / row[1]["seconds"], 3)}


def _timed(seconds: dict[str, list[tuple[float, float]]], name: str, act: Callable[[], None]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    seconds.setdefault(name, []).append((time.perf_counter() - wall, time.process_time() - cpu))


def _proven(problem: Problem) -> None:
    result = solve(problem)
    assert result.status == "optimal" and result.best is not None
    assert not check.broken(problem, result.best.chosen)


def _explained(problem: Problem) -> None:
    conflict = solve(problem).conflict
    assert conflict is not None and conflict.irreducible and conflict.relaxation_proven


def document(seed: int, people: int, choose: int, planted: bool = False) -> dict[str, Any]:
    """A problem of 231 rules (three more when a conflict is planted)."""
    draw = random.Random(seed)
    rules: list[dict[str, Any]] = [
        {"name": f"unit {u} at most", "where": {"unit": f"U{u:03d}"}, "max": 2} for u in range(150)
    ]
    rules += [{"name": f"unit {u} present", "where": {"unit": f"U{u:03d}"}, "min": 1} for u in range(40)]
    rules += [
        {"name": f"block {b}", "where": {"block": f"B{b:02d}"}, "of": "chosen", "min": "2%", "max": "5%"}
        for b in range(20)
    ]
    rules += [{"name": f"area {a}", "where": {"area": f"A{a:02d}"}, "min": 4, "max": 12} for a in range(12)]
    rules += [
        {"name": "women", "where": {"sex": "F"}, "of": "chosen", "min": "1/3"},
        {"name": "young", "where": {"age": {"lt": 40}}, "of": "chosen", "min": 0.2},
        {"name": "young women", "where": {"age": {"lt": 40}}, "of": {"sex": "F"}, "min": 0.25},
        {"name": "older", "where": {"age": {"ge": 50}}, "of": "chosen", "max": 0.45},
        {"name": "doctors among men", "where": {"degree": "D"}, "of": {"sex": "M"}, "min": "30%"},
        {"name": "doctors among first-time", "where": {"degree": "D"}, "of": {"first": True}, "max": "45%"},
        {"name": "first-time", "where": {"first": True}, "of": "chosen", "min": "70%"},
        {"name": "bachelors among older", "where": {"degree": "B"}, "of": {"age": {"ge": 50}}, "max": 0.4},
        {"name": "bachelors among young", "where": {"degree": "B"}, "of": {"age": {"lt": 40}}, "max": 0.4},
    ]
    if planted:
        rules += [
            {"name": "older women", "where": {"sex": "F", "age": {"ge": 50}}, "min": 30},
            {"name": "men", "where": {"sex": "M"}, "of": "chosen", "min": "60%"},
            {"name": "women under 50", "where": {"age": {"lt": 50}}, "of": {"sex": "F"}, "min": "40%"},
        ]
    return {"people": [_person(i, draw) for i in range(people)], "choose": choose, "rules": rules}


def _person(i: int, draw: random.Random) -> dict[str, Any]:
    return {
        "id": f"P{i:05d}",
        "score": draw.randrange(1001),
        "traits": {
            "unit": f"U{draw.randrange(150):03d}",
            "sex": "F" if draw.random() < 0.35 else "M",
            "age": draw.randrange(25, 60),
            "block": f"B{draw.randrange(30):02d}",
            "area": f"A{draw.randrange(12):02d}",
            "degree": draw.choice("BMD"),
            "first": draw.random() < 0.8,
        },
    }


def _plain_rows(problem: Problem, taken: dict[str, Any]) -> list[Any]:
    """The rules as linear inequalities over one 0/1 variable per person, as one would write them by hand."""

    def inside(person: Any, group: Any) -> bool:
        return all(condition.holds_for(person.traits.get(condition.trait, ())) for condition in group)

    rows = [sum(taken.values()) == problem.choose]
    for rule in problem.rules:
        base = [p for p in problem.people if rule.of is None or inside(p, rule.of)]
        count = sum(taken[p.id] for p in base if inside(p, rule.where))
        for amount, sign in ((rule.least, 1), (rule.most, -1)):
            if amount is None:
                continue
            if isinstance(amount, Count):
                rows.append(sign * count >= sign * amount.people)
                continue
            size = problem.choose if rule.of is None else sum(taken[p.id] for p in base)
            rows.append(sign * amount.part.denominator * count >= sign * amount.part.numerator * size)
    return rows


def by_highs(problem: Problem, seconds: float) -> None:
    """The plain model through OR-Tools' modelling interface and HiGHS, proven."""
    from datetime import timedelta

    from ortools.math_opt.python import mathopt

    model = mathopt.Model()
    taken = {p.id: model.add_binary_variable() for p in problem.people}
    for row in _plain_rows(problem, taken):
        model.add_linear_constraint(row)
    model.maximize(mathopt.LinearSum([float(p.score) * taken[p.id] for p in problem.people]))
    limits = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), relative_gap_tolerance=0)
    mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits)


def by_cp_sat(problem: Problem, seconds: float) -> str:
    """The plain model in CP-SAT with two workers; returns its status at the limit."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = {p.id: model.new_bool_var("") for p in problem.people}
    for row in _plain_rows(problem, taken):
        model.add(row)
    model.maximize(sum(int(p.score) * taken[p.id] for p in problem.people))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    return str(solver.status_name(solver.solve(model)))
