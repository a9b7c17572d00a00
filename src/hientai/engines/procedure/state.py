"""Where a case stands: everything that decides what may happen next, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hientai.engines.procedure.definition import Definition, Step
from hientai.engines.procedure.events import PaperGiven, Waived


@dataclass(frozen=True)
class Sitting:
    """The meeting of a step: present and quorate are None until it took place."""

    meeting_on: date
    summoned: int
    present: int | None = None
    quorate: bool | None = None


@dataclass(frozen=True)
class Result:
    """A closed count: status and passed names of the ballot's outcome."""

    status: str
    passed: tuple[str, ...]
    verified: bool


@dataclass(frozen=True)
class Visit:
    """A step that the case has left. names: who was in the case when it began; corrected: what its count should have
    been, where somebody corrected it after the case went on."""

    names: tuple[str, ...]
    sitting: Sitting | None = None
    result: Result | None = None
    corrected: Result | None = None

    @property
    def is_contradicted(self) -> bool:
        return self.corrected is not None and (
            self.result is None
            or (self.corrected.status, self.corrected.passed) != (self.result.status, self.result.passed)
        )


@dataclass(frozen=True)
class State:
    """status: open | suspended | ended. names: who is still in the case; left: the steps that still count."""

    definition: Definition
    opened_on: date
    entered_on: date
    step_code: str
    names: tuple[str, ...]
    last_on: date
    status: str = "open"
    ending: str = ""
    sitting: Sitting | None = None
    result: Result | None = None
    left: Mapping[str, Visit] = field(default_factory=dict)
    papers: Mapping[str, PaperGiven] = field(default_factory=dict)
    waivers: tuple[Waived, ...] = ()

    @property
    def step(self) -> Step:
        """The step the case stands at; the last one where it has ended."""
        return self.definition.step(self.step_code)

    @property
    def contradicted(self) -> str:
        """The first step whose corrected count decides otherwise than the case went on with; "" when there is none."""
        return next(
            (
                s.code
                for s in self.definition.steps
                if s.code in self.left and self.left[s.code].is_contradicted
            ),
            "",
        )

    @property
    def previous_first(self) -> str | None:
        """Who was chosen at the last ballot before this step, for rules that ask more where the result differs."""
        for code in reversed(list(self.left)):
            result = self.left[code].result
            if code != self.step_code and result is not None:
                return result.passed[0] if result.status == "chosen" and result.passed else None
        return None

    def is_waived(self, what: str) -> bool:
        """Whether a paper or deadline was let go."""
        return any(waiver.what == what for waiver in self.waivers)
