"""A search for a rotation plan that Ctrl-C ends with the best plan so far."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hientai.engines.rotation import Problem, Progress, Result, Stop

PATIENCE = 2.0  # seconds that an interrupted search has to end by itself
AT_WORK = "rotation search"  # the name of its thread


def is_at_work() -> bool:
    """Whether a search was left behind whose solver has not come back yet."""
    return any(thread.name == AT_WORK for thread in threading.enumerate())


class Search:
    """A search that Ctrl-C (SIGINT, SIGTERM) ends with the best plan so far.

    A solver at work cannot be stopped from Python at once, so the search runs in a thread of its own; when
    it does not end within a moment, the answer is made from the last plan it told.
    """

    def __init__(self, problem: Problem, options: argparse.Namespace, start: Any) -> None:
        self._problem, self._options, self._start = problem, options, start
        self._wanted, self._last = threading.Event(), None
        self._found: list[Result] = []
        self._failed: list[BaseException] = []

    def answer(self) -> tuple[Result, bool]:
        """The result, and whether somebody interrupted the search."""
        thread = threading.Thread(target=self._run, daemon=True, name=AT_WORK)
        with self._interruptible():
            thread.start()
            while thread.is_alive() and not self._wanted.is_set():
                thread.join(0.1)
            thread.join(None if not self._wanted.is_set() else PATIENCE)
        if self._failed:
            raise self._failed[0]
        if self._found:
            return self._found[0], self._wanted.is_set()
        return self._so_far(), True

    def _run(self) -> None:
        from hientai.engines.rotation import solve

        try:
            self._found.append(
                solve(self._problem, self._stop(), self._options.seed, self._tell, self._start)
            )
        except BaseException as error:  # handed to the caller's thread
            self._failed.append(error)

    def _so_far(self) -> Result:
        from hientai.engines.rotation import Result

        last: Progress | None = self._last
        if last is None or last.result is None:
            return Result("unknown", (), 0, 0 if last is None else last.bound, None)
        return last.result()

    def _stop(self) -> Stop:
        from hientai.engines.rotation import Stop

        options, wanted = self._options, self._wanted.is_set
        if options.work is not None and options.time is None:
            return Stop(work=options.work, cancelled=wanted)
        seconds = options.time or 60.0
        return Stop(seconds=seconds, work=options.work, clock=time.monotonic, cancelled=wanted)

    def _tell(self, progress: Progress) -> None:
        self._last = progress
        if self._options.progress:
            sys.stderr.write(f"{progress.step}: {progress.objective} / {progress.bound}\n")

    @contextlib.contextmanager
    def _interruptible(self) -> Iterator[None]:
        """SIGINT and SIGTERM ask the search to end; only the main thread may say so."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        signals = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, lambda *_: self._wanted.set()) for number in signals]
        try:
            yield
        finally:
            for number, handler in zip(signals, before, strict=True):
                signal.signal(number, handler)
