"""The rulebook that comes with the program, with what this office has confirmed or set for itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from hientai.engines.criteria.tree import Standard
from hientai.rulebook import Rulebook, load_rulebook
from hientai.rulebook import __file__ as rulebook_file
from hientai.rulebook.overlay import OfficeValues, overlaid

_read_values: list[Callable[[], OfficeValues]] = []


def register_office_values(read: Callable[[], OfficeValues]) -> None:
    """Says who knows the values of this office; asked anew at every question, so that all processes agree."""
    _read_values[:] = [read]


def rulebook(units: tuple[int, ...] = ()) -> Rulebook:
    """All documents, parameters and standards, with the values of this office.

    units: the units with values of their own above a place, the highest first (`foundation.places`).
    """
    return _with(_values().at(units))


def units_with_values(as_of: date) -> tuple[int, ...]:
    """The units that have set values of their own for their subtrees, in force on a day."""
    return _values().units_on(as_of)


@cache
def plain_rulebook() -> Rulebook:
    """All documents, parameters and standards as they come with the program."""
    return load_rulebook()


def rules_version() -> str:
    """A hash of every rule file that comes with the program, and of the values of this office where there are any:
    what a kept report was judged by."""
    values = _values()
    if values == OfficeValues():
        return _files_version()
    return hashlib.sha256(f"{_files_version()} {values!r}".encode()).hexdigest()[:16]


def in_force(as_of: date, units: tuple[int, ...] = ()) -> list[Standard]:
    """Every standard that some document sets on `as_of`, with the values of that day, in the order of the rulebook.

    units: as of `rulebook`.
    """
    return _in_force(_values().at(units), as_of)


def _values() -> OfficeValues:
    return _read_values[0]() if _read_values else OfficeValues()


@cache
def _files_version() -> str:
    folder = Path(rulebook_file).parent
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        seen.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:16]


@lru_cache(maxsize=32)
def _with(values: OfficeValues) -> Rulebook:
    return plain_rulebook() if values == OfficeValues() else overlaid(plain_rulebook(), values)


@lru_cache(maxsize=128)
def _in_force(values: OfficeValues, as_of: date) -> list[Standard]:
    return list(_with(values).standards_in_force(as_of))
