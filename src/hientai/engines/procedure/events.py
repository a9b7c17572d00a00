"""What can happen to a case, and what follows from it: both are data, nothing here does anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hientai.engines.procedure.definition import Deadline


@dataclass(frozen=True)
class Summoned:
    """People were called to a meeting of the present step on a day; number: how many."""

    on: date
    meeting_on: date
    number: int


@dataclass(frozen=True)
class Met:
    """The meeting took place with so many of those summoned; kept also where it missed its quorum."""

    on: date
    present: int


@dataclass(frozen=True)
class BallotClosed:
    """The count of the present step is final.

    status: of `engines.ballots.Outcome`; passed: names that were chosen or carried, most votes first; verified: every
    part of the rule that decided was read in its text.
    """

    on: date
    status: str
    passed: tuple[str, ...]
    verified: bool


@dataclass(frozen=True)
class BallotCorrected:
    """A closed count was wrong: what it should have been, and why. Both stay on record."""

    on: date
    step: str
    status: str
    passed: tuple[str, ...]
    verified: bool
    because: str


@dataclass(frozen=True)
class PaperGiven:
    """A paper is in the case: signed on a day, serving until a day (None: does not expire), its number."""

    on: date
    code: str
    signed_on: date
    valid_until: date | None = None
    number: str = ""


@dataclass(frozen=True)
class Waived:
    """Somebody with authority lets a paper or a deadline go: what, by whom, on which ground."""

    on: date
    what: str
    by: str
    ground: str


@dataclass(frozen=True)
class Finished:
    """The present step is done. outcome: needed where no ballot decides; names: who goes on, where the step leaves it
    open; ground: what the office rests on, needed where a rule that decided is not confirmed or names are dropped."""

    on: date
    outcome: str = ""
    names: tuple[str, ...] | None = None
    ground: str = ""


@dataclass(frozen=True)
class Suspended:
    on: date
    reason: str


@dataclass(frozen=True)
class Resumed:
    on: date
    reason: str = ""


@dataclass(frozen=True)
class Returned:
    """Sent back to an earlier step (or to the beginning of the present one)."""

    on: date
    to: str
    reason: str


@dataclass(frozen=True)
class Stopped:
    on: date
    reason: str


Event = (
    Summoned
    | Met
    | BallotClosed
    | BallotCorrected
    | PaperGiven
    | Waived
    | Finished
    | Suspended
    | Resumed
    | Returned
    | Stopped
)


@dataclass(frozen=True)
class StepEntered:
    """A step begins; from this day its deadline, if it has one, runs."""

    step: str
    on: date
    deadline: Deadline | None


@dataclass(frozen=True)
class MeetingFailed:
    """Too few came: the minutes are kept, nobody votes, a new meeting is called."""

    step: str
    present: int
    needed: int


@dataclass(frozen=True)
class ResultContradicted:
    """A corrected count decides otherwise than the one the case went on with: it must go back to that step."""

    step: str


@dataclass(frozen=True)
class Ended:
    """The case is over. approved: what was asked for was granted, to `names`."""

    ending: str
    approved: bool
    names: tuple[str, ...]
    on: date


Effect = StepEntered | MeetingFailed | ResultContradicted | Ended

Names = tuple[str, ...]
Papers = Mapping[str, PaperGiven]
