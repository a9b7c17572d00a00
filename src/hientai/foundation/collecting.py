"""Keeps the cycle collector out of work that builds very many small values without cycles."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = 0
_was_on = False


@contextmanager
def no_collecting() -> Iterator[None]:
    """While inside, reference counts alone free memory; garbage in cycles waits for the end.

    Looking through a million live records for cycles that are not there takes a third of the time of an import. May be
    nested and used by several threads at once; the collector goes on when the last has left.
    """
    global _inside, _was_on
    with _lock:
        if not _inside:
            _was_on = gc.isenabled()
            gc.disable()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside and _was_on:
                gc.enable()
