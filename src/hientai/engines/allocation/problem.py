"""Nominations to training classes: what is asked, and what a proposed allocation looks like.

Places, quotas, dates and absences are rules of the asking office; age, service and ratings are judged before
(screening) and arrive here as `eligible` with reasons. A proposal for people to decide on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hientai.engines.amounts import Amount
from hientai.engines.wording import Sentence


@dataclass(frozen=True)
class TrainingClass:
    """One class: its days [starts, ends) half-open, its places, how many it needs to open, and its course.

    course: nobody attends two classes of one course; "" when it does not matter.
    """

    id: str
    places: int
    starts: date
    ends: date
    opens_with: int = 0
    course: str = ""


@dataclass(frozen=True)
class Unit:
    """staff: people in the unit; away: the most who may be in class on one day (count, or share of staff)."""

    id: str
    staff: int
    away: Amount | None = None

    @property
    def away_at_most(self) -> int | None:
        """The whole number of people who may be away at once: a share is never rounded up."""
        if self.away is None:
            return None
        part = getattr(self.away, "part", None)
        return int(self.staff * part) if part is not None else int(getattr(self.away, "people", 0))


@dataclass(frozen=True)
class Nomination:
    """One person of one unit proposed for one class.

    priority: above 0, larger goes first; eligible with reasons: the outcome of the checks made before.
    """

    person: str
    unit: str
    to_class: str
    priority: Fraction = Fraction(1)
    eligible: bool = True
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quota:
    """At least and / or at most so many accepted nominations of these units in these classes (() is all)."""

    name: str
    units: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Problem:
    """classes_per_person: how many classes one person may attend; fairness: the weight of equal unit shares.

    The aim: miss as few people of the quotas' minima as possible; then the greatest
    sum(priority of the accepted) + fairness x sum over units of (accepted - accepted^2 / (2 x asked)),
    asked being the unit's eligible nominations. A unit's first person adds almost the whole weight, its last
    almost nothing; for a given total the sum is greatest when all units get equal shares of what they asked.
    """

    classes: tuple[TrainingClass, ...]
    nominations: tuple[Nomination, ...]
    units: tuple[Unit, ...] = ()
    quotas: tuple[Quota, ...] = ()
    classes_per_person: int = 1
    fairness: Fraction = Fraction(0)


@dataclass(frozen=True)
class LeftOut:
    """A nomination that was not accepted: every rule that alone keeps it out of this allocation."""

    person: str
    to_class: str
    codes: tuple[str, ...]
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True)
class ClassReading:
    """How full a class is; open False: fewer than it needs, so nobody was put there."""

    id: str
    accepted: int
    places: int
    open: bool


@dataclass(frozen=True)
class UnitReading:
    """What a unit asked for and got; most_away: people in class on its busiest day, and the limit."""

    id: str
    asked: int
    accepted: int
    most_away: int
    away_at_most: int | None

    @property
    def share(self) -> Fraction | None:
        """accepted / asked, exactly; None when nothing eligible was asked for."""
        return Fraction(self.accepted, self.asked) if self.asked else None


@dataclass(frozen=True)
class QuotaReading:
    """How a quota stands; missed: people short of its minimum."""

    name: str
    count: int
    missed: int


@dataclass(frozen=True)
class Result:
    """status: optimal | feasible | unknown; accepted: positions in `nominations`.

    objective, bound: as in Problem's aim, bound being proven; missed: people short of minima in all, and
    missed_bound: it cannot be less. left_out: everybody else, with reasons.
    """

    status: str
    accepted: tuple[int, ...]
    objective: Fraction
    bound: Fraction
    missed: int
    missed_bound: int
    classes: tuple[ClassReading, ...]
    units: tuple[UnitReading, ...]
    quotas: tuple[QuotaReading, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def gap(self) -> Fraction:
        """How much better any allocation could be, as a part of the objective; 0 when proven best."""
        return (self.bound - self.objective) / max(abs(self.objective), Fraction(1))
