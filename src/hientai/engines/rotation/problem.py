"""The rotation problem: people, seats, units, allowed moves and rules, as columns of numbers.

Ids live once, in `ids`; everywhere else a person, seat or unit is its index, and -1 means "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Bounds are summed exactly in 64 bits: 20,000 people x 10^9 x 2^16 still fit.
LARGEST = 10**9

UP, DOWN, SIDE = "up", "down", "side"
DIRECTIONS = (UP, DOWN, SIDE)


@dataclass(frozen=True, eq=False)
class Units:
    """ids; level 1 province, 2 district or department, 3 commune; province: code of the province; names for people."""

    ids: tuple[str, ...]
    level: Indices
    province: Indices
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Seats:
    """ids; unit; head of the unit or not; holder at the start or -1; the title of each seat, for people."""

    ids: tuple[str, ...]
    unit: Indices
    head: Flags
    holder: Indices
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class People:
    """ids; seat and unit at the start or -1; home province code; relatives (m, 2); tenure in months; names."""

    ids: tuple[str, ...]
    seat: Indices
    unit: Indices
    home_province: Indices
    relatives: Indices
    tenure_months: Indices | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Pairs:
    """The allowed moves: person, seat, round from 1, score, non_local there, further measures by name."""

    person: Indices
    seat: Indices
    round: Indices
    score: Indices
    non_local: Flags
    measures: dict[str, Indices] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class CostPerRound:
    """Money units: what one round may cost, and a move inside a province and to another one."""

    limit: int
    same_province: int
    other_province: int


@dataclass(frozen=True)
class MovePattern:
    """Moves of a person (-1: anybody) to a seat (-1: any) in a round (0: any)."""

    person: int = -1
    seat: int = -1
    round: int = 0


@dataclass(frozen=True)
class MustMove:
    """At least `at_least` of these people move."""

    name: str
    people: tuple[int, ...]
    at_least: int


@dataclass(frozen=True)
class Tenure:
    """Nobody moves in round r with less than `minimum_months` in the seat by then."""

    minimum_months: int
    months_per_round: int = 0


@dataclass(frozen=True)
class Balance:
    """Arrivals less departures over all rounds, of each unit or province, lie within these (None: free)."""

    net_minimum: int | None = None
    net_maximum: int | None = None


@dataclass(frozen=True)
class Aim:
    """One stage of a lexicographic order: the sum of whole-number weights times measures, made as large as
    it goes; a later stage may give up at most `tolerance` of it."""

    name: str
    weights: tuple[tuple[str, int], ...]
    tolerance: int = 0


SCORE_AIM = Aim("score", (("score", 1),))


@dataclass(frozen=True)
class Rules:
    """The rules of rules.yaml; None or empty: the rule is not there. See docs/reference/rotation.md."""

    rounds: int = 1
    moves_per_round: int | None = None
    cost_per_round: CostPerRound | None = None
    unit_leaving_share: float | None = None
    unit_vacancy_growth: int | None = None
    direction_minimum: tuple[tuple[str, int], ...] = ()
    non_local_heads_minimum: int | None = None
    relatives_apart: bool = False
    pinned: tuple[MovePattern, ...] = ()
    forbidden: tuple[MovePattern, ...] = ()
    must_move: tuple[MustMove, ...] = ()
    not_together: tuple[tuple[int, ...], ...] = ()
    tenure: Tenure | None = None
    unit_balance: Balance | None = None
    province_balance: Balance | None = None
    soft: tuple[tuple[str, int], ...] = ()
    aims: tuple[Aim, ...] = (SCORE_AIM,)


@dataclass(frozen=True, eq=False)
class Problem:
    """A whole rotation problem. `provinces` names the province codes."""

    units: Units
    seats: Seats
    people: People
    pairs: Pairs
    rules: Rules
    provinces: tuple[str, ...] = ()

    @property
    def unit_from(self) -> Indices:
        """Unit that each pair leaves, -1 for people without a seat."""
        return self.people.unit[self.pairs.person]

    @property
    def unit_to(self) -> Indices:
        """Unit that each pair enters."""
        return self.seats.unit[self.pairs.seat]

    def holders_at_start(self) -> Indices:
        """Number of people seated in each unit at the start."""
        seated = self.people.unit[self.people.unit >= 0]
        return np.bincount(seated, minlength=len(self.units.ids)).astype(np.int64)

    def leaving_limits(self) -> Indices:
        """How many may leave each unit in one round; only when the rule is there."""
        share = self.rules.unit_leaving_share or 0.0
        limits = np.floor(share * self.holders_at_start() + 1e-9).astype(np.int64)
        return np.asarray(np.maximum(1, limits), dtype=np.int64)

    def pair_costs(self) -> Indices:
        """Money each pair costs; only when the rule is there."""
        cost = self.rules.cost_per_round or CostPerRound(0, 0, 0)
        start, end = self.unit_from, self.unit_to
        province = self.units.province
        same = (start >= 0) & (province[np.maximum(start, 0)] == province[end])
        return np.where(same, cost.same_province, cost.other_province).astype(np.int64)

    def pair_direction(self, direction: str) -> Flags:
        """Whether each pair goes up (to a lower level number), down or sideways; nobody seatless does."""
        start, end = self.unit_from, self.unit_to
        step = self.units.level[end] - self.units.level[np.maximum(start, 0)]
        wanted = {UP: step < 0, DOWN: step > 0, SIDE: step == 0}[direction]
        return np.asarray((start >= 0) & wanted, dtype=np.bool_)

    def holds_non_local_head(self) -> Flags:
        """Per person: sits at the start in a head seat outside the home province."""
        seat = np.maximum(self.people.seat, 0)
        outside = self.people.home_province != self.units.province[self.seats.unit[seat]]
        return np.asarray((self.people.seat >= 0) & self.seats.head[seat] & outside, dtype=np.bool_)

    def non_local_gain(self) -> Indices:
        """What each pair adds to the number of non-local heads: -1, 0 or 1."""
        enters = self.seats.head[self.pairs.seat] & self.pairs.non_local
        leaves = self.holds_non_local_head()[self.pairs.person]
        return enters.astype(np.int64) - leaves.astype(np.int64)

    def measure(self, name: str) -> Indices:
        """Value of a measure per pair: score, moves, cost, non_local_heads, up, down, side or a column."""
        if name == "score":
            return self.pairs.score
        if name == "moves":
            return np.ones(len(self.pairs), dtype=np.int64)
        if name == "cost":
            return self.pair_costs()
        if name == "non_local_heads":
            return self.non_local_gain()
        if name in DIRECTIONS:
            return self.pair_direction(name).astype(np.int64)
        return self.pairs.measures[name]

    def aim_gain(self, aim: Aim) -> Indices:
        """What each pair adds to an aim."""
        total = np.zeros(len(self.pairs), dtype=np.int64)
        for name, weight in aim.weights:
            total += weight * self.measure(name)
        return total


BUILT_IN_MEASURES = ("score", "moves", "cost", "non_local_heads", *DIRECTIONS)
