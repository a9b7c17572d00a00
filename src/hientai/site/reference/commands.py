"""commands.md: every word of the command line with its arguments, from the parsers themselves."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from typing import Any

from hientai.site.reference.markdown import code, table

HEAD = """# The command line

`python3 go.py WORD ...`, or `hientai WORD ...` inside the environment. Words of `go.py` itself are `test`, `check`,
`bundle` and `upgrade` (see `python3 go.py --help`); all others are below.

Every command takes `--json`: one JSON document on standard output and nothing else there. Days are ISO
(`2026-03-05`; `05/03/2026` is read too), shares are fractions. Exit status: 0 answered; 1 internal fault; 2 bad input
(with `--json`: `{"error": {"code", "message", "where"}}`); 3 no feasible answer; 4 a check found faults. The data lie
in `HIENTAI_HOME` (default `var/`). A person is named by code or identity number."""


def commands() -> str:
    """A section for each module of hientai.site.commands."""
    package = importlib.import_module("hientai.site.commands")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return "\n\n".join([HEAD, *(_section(name) for name in names)])


def _section(name: str) -> str:
    module: Any = importlib.import_module(f"hientai.site.commands.{name}")
    word = name.replace("_", "-")
    parser = argparse.ArgumentParser(prog=f"hientai {word}", add_help=False)
    module.add_arguments(parser)
    started = "" if module.STATELESS else " Starts PostgreSQL when it is not running."
    rows = [_row(action) for action in parser._actions]
    arguments = f"\n\n{table(['argument', 'default', 'meaning'], rows)}" if rows else ""
    return f"## {word}\n\n{module.SUMMARY}.{started}{arguments}"


def _row(action: argparse.Action) -> list[str]:
    named = action.option_strings or [_placeholder(action)]
    takes = f" {_placeholder(action)}" if action.option_strings and action.nargs != 0 else ""
    spelled = code(", ".join(named) + takes) + (" (required)" if action.required else "")
    default = "" if action.default in (None, False, "", [], argparse.SUPPRESS) else code(action.default)
    return [spelled, default, (action.help or "").replace("%%", "%")]


def _placeholder(action: argparse.Action) -> str:
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return str(action.metavar or action.dest.upper())
