"""The rulebook that comes with the program, read once a process."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from hientai.engines.criteria.tree import Standard
from hientai.rulebook import Rulebook, load_rulebook
from hientai.rulebook import __file__ as rulebook_file


@cache
def rulebook() -> Rulebook:
    """All documents, parameters and standards."""
    return load_rulebook()


@cache
def rules_version() -> str:
    """A hash of every rule file that comes with the program: what a kept report was judged by."""
    folder = Path(rulebook_file).parent
    seen = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        seen.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:16]


@lru_cache(maxsize=64)
def in_force(as_of: date) -> list[Standard]:
    """Every standard that some document sets on `as_of`, with the values of that day, in the order of the rulebook."""
    book = rulebook()
    return [
        book.standard(version.code, as_of)
        for code in book.standard_codes
        for version in book.versions(code)
        if _holds(version, as_of)
    ]


def _holds(standard: Standard, day: date) -> bool:
    starts = standard.valid_from is None or standard.valid_from <= day
    return starts and (standard.valid_to is None or day < standard.valid_to)
