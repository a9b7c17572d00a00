"""Which function does which kind of long work, and what is tidied up once a day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from hientai.foundation.actor import Actor

_log = logging.getLogger("hientai.jobs")
Chore = Callable[[Actor], None]

_chores: dict[str, Chore] = {}
_kinds: dict[str, Callable[..., Any]] = {}


def register(kind: str, do: Callable[..., Any]) -> None:
    """Announces the function of a kind; called in an app's `ready()`. Raises ValueError for a kind taken twice."""
    if kind in _kinds and _kinds[kind] is not do:
        raise ValueError(f"{kind} is registered twice")
    _kinds[kind] = do


def function_of(kind: str) -> Callable[..., Any]:
    """What does the work; KeyError for an unknown kind."""
    return _kinds[kind]


def register_chore(name: str, do: Chore) -> None:
    """Announces what is tidied up when the worker starts and once a day. Raises ValueError for a name taken twice."""
    if name in _chores and _chores[name] is not do:
        raise ValueError(f"{name} is registered twice")
    _chores[name] = do


def do_chores(actor: Actor) -> None:
    """Does every chore; one that fails is logged and keeps the others from nothing."""
    for name, do in sorted(_chores.items()):
        try:
            do(actor)
        except Exception:
            _log.exception("chore %s failed", name)
