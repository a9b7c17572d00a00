"""`bench planners`: every planner of this folder in turn, rows together."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from typing import Any


def _planners() -> dict[str, Any]:
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which planners; their own options keep their own defaults."""
    parser.add_argument(
        "--only", nargs="*", default=None, metavar="NAME", help="rotation, slate, allocation, assignment"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The rows of every planner asked for, and what each says of its peers and floor."""
    rows: list[dict[str, Any]] = []
    answers: dict[str, Any] = {}
    for name, planner in _planners().items():
        if options.only and name not in options.only:
            continue
        parser = argparse.ArgumentParser()
        planner.add_arguments(parser)
        answer = planner.run(parser.parse_args([]))
        rows += answer.pop("rows")
        answers[name] = answer
    return {"rows": rows, **answers}
