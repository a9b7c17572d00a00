"""When a search ends: after so many seconds of a given clock, so much work, or when somebody cancels.

Seconds depend on the machine; work does not: the same problem, seed and work give the same plan anywhere.
One unit of work is about one node of a branch-and-bound tree; a linear programme costs LP_WORK of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LP_WORK = 20


def _never() -> bool:
    return False


def _no_clock() -> float:
    return 0.0


@dataclass(frozen=True)
class Stop:
    """seconds: of `clock`, which must then be given (engines have no clock of their own); work: see above;
    cancelled: asked often. With neither limit the search runs until the plan is proven best."""

    seconds: float | None = None
    work: int | None = None
    cancelled: Callable[[], bool] = _never
    clock: Callable[[], float] = _no_clock

    def __post_init__(self) -> None:
        if self.seconds is not None and self.clock is _no_clock:
            raise ValueError("a limit in seconds needs a clock")


class Budget:
    """What is left of a Stop while a search runs."""

    def __init__(self, stop: Stop) -> None:
        self._stop, self._started, self.used = stop, stop.clock(), 0

    @property
    def is_repeatable(self) -> bool:
        """Whether nothing depends on the clock, so that the result must be the same every time."""
        return self._stop.seconds is None

    def spend(self, work: int) -> None:
        self.used += work

    def elapsed(self) -> float:
        return self._stop.clock() - self._started

    def seconds_left(self) -> float | None:
        return None if self._stop.seconds is None else max(0.0, self._stop.seconds - self.elapsed())

    def work_left(self) -> int | None:
        return None if self._stop.work is None else max(0, self._stop.work - self.used)

    def is_cancelled(self) -> bool:
        return self._stop.cancelled()

    def is_over(self) -> bool:
        if self._stop.cancelled():
            return True
        left, work = self.seconds_left(), self.work_left()
        return (left is not None and left <= 0) or (work is not None and work <= 0)
