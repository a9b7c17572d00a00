"""A lawful procedure as data: its steps, who meets, which ballot rule, papers, deadlines, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from hientai.engines.ballots import Citation

AGAIN = "again"
"""Target of an outcome: the same step once more, with a new meeting."""

STEP_PAPERS = ("minutes", "counting", "aggregate")
"""Kinds of papers that a step itself gives: minutes, minutes of the count, aggregated table of the count."""


@dataclass(frozen=True)
class PaperNeed:
    """A paper without which a step cannot end.

    months: how long such a paper serves from the day of its signing, None where it does not expire;
    validity_verified: whether that length was read in the text.
    """

    code: str
    title: str
    months: int | None = None
    citation: Citation | None = None
    verified: bool = True


@dataclass(frozen=True)
class Deadline:
    """So many days, or working days, from the day the step (or the whole procedure) began."""

    days: int
    working: bool
    citation: Citation
    verified: bool


@dataclass(frozen=True)
class Target:
    """Where an outcome leads: a step, an ending, or AGAIN; all_names: nobody is dropped on the way."""

    to: str
    all_names: bool = False


@dataclass(frozen=True)
class Step:
    """One step. convener, summoned: who calls whom, in words; capacity: who may record it ("board", "unit").

    quorum: least share of those summoned, None where the step is no meeting or nothing was read; ballot: code of a
    ballot rule, "" where nobody votes; opinion: the votes are recorded and decide nothing; announced: whether the count
    is read out (None: not stated); needs: papers that must be there; gives: kinds of STEP_PAPERS it leaves behind;
    head_decides: the outcome is one name out of those left, named by the head.
    """

    code: str
    title: str
    convener: str
    next: Mapping[str, Target]
    citation: Citation
    verified: bool
    summoned: str = ""
    capacity: str = "board"
    quorum: Fraction | None = None
    quorum_verified: bool = True
    ballot: str = ""
    announced: bool | None = None
    needs: tuple[PaperNeed, ...] = ()
    gives: tuple[str, ...] = ()
    deadline: Deadline | None = None
    head_decides: bool = False
    note: str = ""

    @property
    def is_meeting(self) -> bool:
        """Whether people come together: then they are summoned, counted, and minutes are taken."""
        return bool(self.summoned)

    def own_paper(self, kind: str) -> str:
        """The code of a paper that this step gives: `b3.minutes`."""
        return f"{self.code}.{kind}"


@dataclass(frozen=True)
class Ending:
    """How a case can end; approved: what was asked for was granted, higher capabilities act on it."""

    code: str
    title: str
    approved: bool


@dataclass(frozen=True)
class Definition:
    """A procedure under one regime. code: `planning.on_spot.qd-50`; kind: what it is for (`planning.on_spot`),
    the same in every regime; version: counts the corrections of this text; valid_from, valid_to: half-open days on
    which a case may begin under it.
    """

    code: str
    kind: str
    version: int
    title: str
    document: str
    valid_from: date
    valid_to: date | None
    steps: tuple[Step, ...]
    endings: tuple[Ending, ...]
    force_verified: bool = True
    deadline: Deadline | None = None
    note: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The code of the step every case begins with."""
        return self.steps[0].code

    def step(self, code: str) -> Step:
        """The step with that code."""
        return next(step for step in self.steps if step.code == code)

    def ending(self, code: str) -> Ending | None:
        """The ending with that code; None when it is a step."""
        return next((ending for ending in self.endings if ending.code == code), None)

    def place(self, code: str) -> int:
        """The number of a step, from 1."""
        return 1 + [step.code for step in self.steps].index(code)

    def holds_on(self, day: date) -> bool:
        """Whether a case may begin on `day` under this regime."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def doubts(self) -> Iterator[str]:
        """What was not confirmed against the text: codes of steps, `step:what`, and "force"."""
        if not self.force_verified:
            yield "force"
        if self.deadline is not None and not self.deadline.verified:
            yield "deadline"
        for step in self.steps:
            if not step.verified:
                yield step.code
            if step.quorum is not None and not step.quorum_verified:
                yield f"{step.code}:quorum"
            if step.deadline is not None and not step.deadline.verified:
                yield f"{step.code}:deadline"
            yield from (f"{step.code}:{paper.code}" for paper in step.needs if not paper.verified)
