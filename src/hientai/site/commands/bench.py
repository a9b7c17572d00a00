"""`hientai bench NAME`: measures ours beside peers and the floor, in one run."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "đo tốc độ, cạnh các phần mềm khác / measure beside peers"
STATELESS = True  # a benchmark that needs records makes its own
ROOT = Path(__file__).resolve().parents[4]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The name; then whatever that benchmark takes."""
    asked = [argument for argument in sys.argv[2:] if not argument.startswith("-")]
    parser.add_argument("name", help=", ".join(names()))
    if asked and asked[0] in names():
        module = _module(asked[0])
        if hasattr(module, "add_arguments"):
            module.add_arguments(parser)


def answer(options: argparse.Namespace) -> Answer:
    from hientai.site.command_line import Answer

    if options.name not in names():
        raise BadInput(
            "unknown_benchmark",
            say("Không có phép đo “{name}”. Có: {known}.", name=options.name, known=", ".join(names())),
            options.name,
        )
    document = _module(options.name).run(options)
    return Answer(document, "\n".join(_lines(document)))


def names() -> list[str]:
    """The benchmarks of the checkout."""
    return sorted(found.name for found in pkgutil.iter_modules([str(ROOT / "benchmarks")]))


def _module(name: str) -> Any:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"benchmarks.{name}")


def _lines(document: dict[str, Any]) -> list[str]:
    lines = []
    for row in document.get("rows", []):
        figures = [
            f"{row[key]:>12.4f} {key}"
            for key in ("seconds", "cpu_seconds", "memory_mb")
            if row.get(key) is not None
        ]
        lines.append(f"{row['name']:<44}" + "".join(figures))
    lines += [f"{key}: {document[key]}" for key in document if key != "rows"]
    return lines
