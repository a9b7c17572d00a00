"""`hientai WORD ...`: finds the module of a word, runs it, prints one answer.

Every word is a module `hientai.site.commands.<word>` (dashes become underscores) that offers
    SUMMARY: str                                   one line for `hientai --help`
    STATELESS: bool                                True: neither PostgreSQL nor Django is started
    MAKES_TABLES: bool                             optional; True: a new embedded database gets its tables first
    add_arguments(parser: argparse.ArgumentParser) -> None
    answer(options: argparse.Namespace) -> Answer
    is_stateless(options) -> bool                  not required: whether these options make it stateless
Modules import what they need inside `answer` where that is slow, so that `--help` and other words stay fast.
"""

from __future__ import annotations

import argparse
import atexit
import importlib
import json
import os
import pkgutil
import sys
from dataclasses import dataclass
from typing import Any, NoReturn

from hientai.engines.errors import BadInput, HienTaiError, NotFeasible

ANSWERED, INTERNAL_FAULT, BAD_INPUT, NOT_FEASIBLE, FAULTS_FOUND = range(5)


@dataclass(frozen=True)
class Answer:
    """document: what `--json` prints; text: what a person reads; status: exit status 0, 3 or 4."""

    document: Any
    text: str = ""
    status: int = ANSWERED


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 answered, 1 fault, 2 bad input, 3 infeasible, 4 faults found."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.stdout.write(_overview())
        return ANSWERED
    word, as_json = arguments[0], "--json" in arguments
    try:
        module = _module_of(word)
        parser = _Parser(prog=f"hientai {word}", description=module.SUMMARY)
        module.add_arguments(parser)
        parser.add_argument(
            "--json", action="store_true", help="in một tài liệu JSON / print one JSON document"
        )
        options = parser.parse_args(arguments[1:])
        if not (module.STATELESS or (hasattr(module, "is_stateless") and module.is_stateless(options))):
            _start_records(make_tables=getattr(module, "MAKES_TABLES", False))
        result = module.answer(options)
    except HienTaiError as error:
        return _refuse(error, as_json)
    sys.stdout.write(_as_json(result.document) if as_json else result.text.rstrip("\n") + "\n")
    return int(result.status)


class _Parser(argparse.ArgumentParser):
    """argparse that raises our error instead of leaving the process, so that `--json` answers with JSON."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise BadInput("bad_arguments", f"{message}. {self.format_usage().strip()}")


def _module_of(word: str) -> Any:
    name = word.replace("-", "_")
    if name not in _words():
        raise BadInput("unknown_command", f"Không có lệnh “{word}”. Xem: hientai --help", word)
    return importlib.import_module(f"hientai.site.commands.{name}")


def _words() -> list[str]:
    package = importlib.import_module("hientai.site.commands")
    return sorted(found.name for found in pkgutil.iter_modules(package.__path__))


def _overview() -> str:
    lines = ["hientai WORD ...", ""]
    for name in _words():
        summary = importlib.import_module(f"hientai.site.commands.{name}").SUMMARY
        lines.append(f"  {name.replace('_', '-'):<16}{summary}")
    return "\n".join(lines) + "\n"


def _start_records(*, make_tables: bool) -> None:
    from hientai.site.records import start

    start(make_tables=make_tables)


def _refuse(error: HienTaiError, as_json: bool) -> int:
    if as_json:
        document = {"error": {"code": error.code, "message": str(error.message), "where": error.where}}
        sys.stdout.write(_as_json(document))
    else:
        sys.stderr.write(f"{error.message}" + (f" [{error.where}]" if error.where else "") + "\n")
    return NOT_FEASIBLE if isinstance(error, NotFeasible) else BAD_INPUT


def _as_json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"


def run() -> NoReturn:
    """The program. Where an interrupted search is still inside its solver it ends at once: the interpreter would end
    the solver's thread by force, and the solver's library answers that by aborting the process."""
    from hientai.site import interruptible

    status = main()
    if interruptible.is_at_work():
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    run()
