"""The rulebook that comes with the program, read once a process."""

from __future__ import annotations

from functools import cache

from hientai.rulebook import Rulebook, load_rulebook


@cache
def rulebook() -> Rulebook:
    """All documents, parameters and standards."""
    return load_rulebook()
