"""What a rotation search answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hientai.engines.rotation.verify import Move, Report
from hientai.engines.wording import Sentence

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"


@dataclass(frozen=True)
class RulePrice:
    """What one more unit of a limit would bring by the final linear relaxation; where: round, unit..."""

    rule: str
    where: str
    price: float


@dataclass(frozen=True)
class Unmoved:
    """Why a person stays: their best move would bring `score`, and costs `loss` more than it brings at the
    prices of the binding rules. reason: a sentence; rules: the binding rules with what each takes."""

    person: str
    seat: str
    round: int
    score: int
    loss: float
    reason: Sentence
    rules: tuple[RulePrice, ...] = ()


@dataclass(frozen=True)
class EmptySeat:
    """Why a seat without a holder stays empty; price: what a further person for it would bring."""

    seat: str
    price: float
    reason: Sentence


@dataclass(frozen=True)
class Stage:
    """One aim of the lexicographic order: what the plan reaches and what no plan can pass."""

    name: str
    weights: tuple[tuple[str, int], ...]
    value: int
    bound: int


@dataclass(frozen=True, eq=False)
class Result:
    """The best plan found and what is known about it.

    status: optimal (proven), feasible, infeasible (proven: there is no plan), unknown (stopped before a
    first plan). moves: (person, seat, round) indices. objective: of the first aim less what missing soft
    minima cost; bound: no plan is better; gap: (bound - objective) / |bound|, 0 when both are 0.
    report: the verdict of the verifier. prices: of the rules that bind. work: units of work used.
    conflict and relaxations: see conflict.py, filled when infeasible.
    """

    status: str
    moves: tuple[Move, ...]
    objective: int
    bound: int
    report: Report | None
    stages: tuple[Stage, ...] = ()
    prices: tuple[RulePrice, ...] = ()
    unmoved: tuple[Unmoved, ...] = ()
    empty_seats: tuple[EmptySeat, ...] = ()
    work: int = 0
    conflict: tuple[Sentence, ...] = field(default=())
    relaxations: tuple[tuple[str, str, int, Sentence], ...] = field(default=())

    @property
    def gap(self) -> float:
        if self.bound == self.objective:
            return 0.0
        return (self.bound - self.objective) / max(1, abs(self.bound))


@dataclass(frozen=True)
class Progress:
    """Sent to the caller whenever the plan or the bound got better. objective None: no plan yet.

    result: makes the whole answer of this moment, reasons included, without the search going on; None
    before the first plan.
    """

    step: str
    objective: int | None
    bound: int
    moves: tuple[Move, ...] | None
    work: int
    result: Callable[[], Result] | None = None


Listener = Callable[[Progress], None]
