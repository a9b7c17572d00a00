"""5,000 nominations to 120 classes: proven allocation, with and without a price on unequal shares."""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from datetime import date, timedelta
from typing import Any

from hientai.engines.allocation import check, solve
from hientai.engines.allocation.reading import read_problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How often and how large."""
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--nominations", type=int, default=5000)
    parser.add_argument("--classes", type=int, default=120)
    parser.add_argument("--peer-seconds", type=float, default=30.0)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians over as many instances as repetitions; every answer goes before the independent judge."""
    rows = []
    for name, fairness in (("priorities only", 0), ("with a weight on equal shares", 5)):
        walls, cpus, gaps = [], [], []
        for seed in range(options.repetitions):
            problem = read_problem(document(seed, options.nominations, options.classes, fairness))
            wall, cpu = time.perf_counter(), time.process_time()
            result = solve(problem)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
            gaps.append(float(result.gap))
            assert not check.broken(problem, result.accepted)
        rows.append(
            {
                "name": f"allocation of {options.nominations} to {options.classes}, {name}",
                "seconds": round(statistics.median(walls), 3),
                "worst_seconds": round(max(walls), 3),
                "cpu_seconds": round(statistics.median(cpus), 3),
                "worst_gap": max(gaps),
                "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    return {"rows": rows}


def document(seed: int, nominations: int, classes: int, fairness: int = 0) -> dict[str, Any]:
    """A year of classes, units of 8 to 200 people, one to three nominations a person."""
    draw = random.Random(seed)
    units = [f"U{u:03d}" for u in range(max(2, nominations // 33))]
    of_class = [_class(k, draw) for k in range(classes)]
    people: list[dict[str, Any]] = []
    while len(people) < nominations:
        unit, person = draw.choice(units), f"P{len(people):05d}"
        for one in draw.sample(of_class, draw.choice((1, 1, 2, 3))):
            eligible = draw.random() < 0.95
            people.append(
                {"person": person, "unit": unit, "class": one["id"], "priority": draw.randrange(1, 101)}
                | (
                    {}
                    if eligible
                    else {"eligible": False, "reasons": ["Quá 45 tuổi khi được cử đi lần đầu."]}
                )
            )
    return {
        "classes": of_class,
        "nominations": people[:nominations],
        "units": [{"id": unit, "staff": draw.randrange(8, 200)} for unit in units],
        "away_at_most": "15%",
        "quotas": [
            {
                "name": f"{one['id']} of block",
                "class": one["id"],
                "unit": draw.sample(units, len(units) // 3),
                "min": 4,
            }
            for one in of_class[::4]
        ]
        + [{"name": f"{unit} in all", "unit": unit, "max": 25} for unit in units],
        "classes_per_person": 2,
        "fairness": fairness,
    }


def _class(number: int, draw: random.Random) -> dict[str, Any]:
    starts = date(2026, 1, 5) + timedelta(days=7 * draw.randrange(48))
    return {
        "id": f"L{number:03d}",
        "places": draw.randrange(15, 31),
        "starts": starts.isoformat(),
        "ends": (starts + timedelta(days=draw.choice((5, 12, 28)))).isoformat(),
        "opens_with": 10,
        "course": f"C{number % 25}",
    }
