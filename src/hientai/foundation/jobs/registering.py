"""Which function does which kind of long work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_kinds: dict[str, Callable[..., Any]] = {}


def register(kind: str, do: Callable[..., Any]) -> None:
    """Announces the function of a kind; called in an app's `ready()`. Raises ValueError for a kind taken twice."""
    if kind in _kinds and _kinds[kind] is not do:
        raise ValueError(f"{kind} is registered twice")
    _kinds[kind] = do


def function_of(kind: str) -> Callable[..., Any]:
    """What does the work; KeyError for an unknown kind."""
    return _kinds[kind]
