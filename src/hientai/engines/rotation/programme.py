"""The rotation problem as a whole-number programme: maximise gain @ x, matrix @ x <= limit, 0 <= x <= upper.

One column is one allowed move; a person stays when none of their columns is chosen, so the row "at most
one move" is the stay arc of an assignment, and "nobody enters a seat before its holder leaves" closes
chains and cycles. Every coefficient is a whole number, which is what makes the published bound exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from hientai.engines.rotation.integer_hull import Side, hull_sides
from hientai.engines.rotation.problem import Flags, Indices, Problem

Parts = list[tuple[Indices, Indices, int | Indices]]
PERSON, VACANT_SEAT, HELD_SEAT = "person", "vacant_seat", "held_seat"
ALWAYS = (PERSON, VACANT_SEAT, HELD_SEAT)
BUDGET_HULL = "budget_hull"  # implied by moves_per_round and cost_per_round, see integer_hull.py
SIDES_PER_ROUND = 64


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of one rule: sum of coefficients over (row, column) <= limit; key says which row is whose."""

    rule: str
    row: Indices
    column: Indices
    coefficient: Indices
    limit: Indices
    key: tuple[tuple[int, ...], ...] | Indices


@dataclass(frozen=True, eq=False)
class Programme:
    """Columns first (pair of each column, or -1 for a shortfall), then rows grouped by rule.

    owner groups the columns of which at most one is taken (a person; each shortfall is a group of its own).
    tally: round and price class of each column, counted together in branching, -1 for none.
    rule[i], key[i] say which rule row i belongs to, divisor[i] by what it was divided; shortfalls names
    the rule of each shortfall column.
    """

    pair: Indices
    owner: Indices
    round: Indices
    gain: Indices
    upper: Indices
    matrix: sparse.csc_array
    limit: Indices
    rule: tuple[str, ...]
    rule_of_row: Indices
    key_of_row: Indices
    divisor: Indices
    shortfalls: tuple[str, ...] = ()
    tally: Indices = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def columns(self) -> int:
        return len(self.pair)

    def rows_of(self, rule: str) -> Indices:
        """Row numbers of a rule."""
        if rule not in self.rule:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self.rule_of_row == self.rule.index(rule)).astype(np.int64)


def allowed_pairs(problem: Problem, forbid: bool = True) -> Flags:
    """Pairs that no rule about single moves excludes: rounds; forbidden and tenure if `forbid`."""
    pairs, rules = problem.pairs, problem.rules
    allowed = np.asarray(pairs.round <= rules.rounds, dtype=np.bool_)
    if not forbid:
        return allowed
    for pattern in rules.forbidden:
        hit = np.ones(len(pairs), dtype=np.bool_)
        if pattern.person >= 0:
            hit &= pairs.person == pattern.person
        if pattern.seat >= 0:
            hit &= pairs.seat == pattern.seat
        if pattern.round:
            hit &= pairs.round == pattern.round
        allowed &= ~hit
    return allowed & tenure_served(problem)


def tenure_served(problem: Problem) -> Flags:
    """Pairs whose person has served the minimum in the seat when the round comes."""
    rule, months = problem.rules.tenure, problem.people.tenure_months
    if rule is None or months is None:
        return np.ones(len(problem.pairs), dtype=np.bool_)
    served = months[problem.pairs.person] + (problem.pairs.round - 1) * rule.months_per_round
    seated = problem.people.seat[problem.pairs.person] >= 0
    return np.asarray(~seated | (served >= rule.minimum_months), dtype=np.bool_)


def reachable_pairs(problem: Problem, allowed: Flags) -> Flags:
    """Drops pairs into a seat whose holder cannot have left by then, until nothing changes."""
    pairs = problem.pairs
    holder = problem.seats.holder[pairs.seat]
    alive = allowed.copy()
    never = problem.rules.rounds + 1
    while True:
        first = np.full(len(problem.people.ids) + 1, never, dtype=np.int64)
        np.minimum.at(first, pairs.person[alive], pairs.round[alive])
        kept = alive & ((holder < 0) | (first[holder] <= pairs.round))
        if kept.sum() == alive.sum():
            return kept
        alive = kept


@dataclass(eq=False)
class _Columns:
    """The columns under construction, seen through the arrays that every rule needs."""

    problem: Problem
    pair: Indices
    rounds: int = 1
    blocks: list[Rows] = field(default_factory=list)

    def __post_init__(self) -> None:
        problem, pairs = self.problem, self.problem.pairs
        self.rounds = problem.rules.rounds
        self.person = pairs.person[self.pair]
        self.seat = pairs.seat[self.pair]
        self.round = pairs.round[self.pair]
        self.unit_from = problem.unit_from[self.pair]
        self.unit_to = problem.unit_to[self.pair]
        self.everything = np.arange(len(self.pair), dtype=np.int64)

    def add(
        self,
        rule: str,
        parts: Parts,
        limit: Indices | int,
        keys: Indices | None = None,
    ) -> None:
        """Rows given by (group key, column, coefficient) parts: one row per distinct key.

        limit is one number or one per key (indexed by key). A row without a positive coefficient cannot be
        broken while its limit is not negative, so it is left out.
        """
        group = np.concatenate([part[0] for part in parts]) if parts else np.empty(0, dtype=np.int64)
        column = np.concatenate([part[1] for part in parts]) if parts else np.empty(0, dtype=np.int64)
        coefficient = np.concatenate(
            [np.broadcast_to(np.asarray(part[2], dtype=np.int64), part[1].shape) for part in parts]
        ) if parts else np.empty(0, dtype=np.int64)  # fmt: skip
        if keys is None:
            keys = np.unique(group)
        row = np.searchsorted(keys, group)
        bound = np.asarray(limit, dtype=np.int64)
        bound = bound[keys] if bound.ndim else np.full(len(keys), bound, dtype=np.int64)
        most = np.zeros(len(keys), dtype=np.int64)
        np.add.at(most, row, np.maximum(coefficient, 0))
        useful = most > bound
        place = np.cumsum(useful) - 1
        kept = useful[row]
        self.blocks.append(
            Rows(rule, place[row[kept]], column[kept], coefficient[kept], bound[useful], keys[useful])
        )


def build(problem: Problem, pair: Indices | None = None, skip: frozenset[str] = frozenset()) -> Programme:
    """The programme over the given pairs (all that can be used, when None), without the rules in `skip`."""
    if pair is None:
        pair = np.flatnonzero(reachable_pairs(problem, allowed_pairs(problem)))
    columns = _Columns(problem, pair)
    for add in _FAMILIES:
        add(columns)
    blocks = [block for block in columns.blocks if block.rule not in skip and len(block.limit)]
    return _assemble(problem, columns, blocks)


def _people_and_seats(c: _Columns) -> None:
    """At most one move a person, one arrival a seat, and no arrival before the holder has left."""
    seats, people = c.problem.seats, c.problem.people
    c.add(PERSON, [(c.person, c.everything, 1)], 1)
    vacant = seats.holder[c.seat] < 0
    c.add(VACANT_SEAT, [(c.seat[vacant], c.everything[vacant], 1)], 1)
    leaves_in = np.zeros((len(people.ids) + 1, c.rounds + 2), dtype=np.bool_)
    leaves_in[c.person, c.round] = True
    own = people.seat[c.person]
    parts: Parts = []
    for r in range(1, c.rounds + 1):
        # The row of round r says more than that of a later round only if the holder may leave in between.
        needed = np.ones(len(seats.ids), dtype=np.bool_) if r == c.rounds else leaves_in[seats.holder, r + 1]
        needed &= seats.holder >= 0
        enters = (c.round <= r) & needed[c.seat]
        leaves = (c.round <= r) & (own >= 0) & needed[np.maximum(own, 0)]
        parts.append((c.seat[enters] * (c.rounds + 1) + r, c.everything[enters], 1))
        parts.append((own[leaves] * (c.rounds + 1) + r, c.everything[leaves], -1))
    c.add(HELD_SEAT, parts, 0)


def _per_round(c: _Columns) -> None:
    rules = c.problem.rules
    if rules.moves_per_round is not None:
        c.add("moves_per_round", [(c.round, c.everything, 1)], rules.moves_per_round)
    if rules.cost_per_round is not None:
        c.add(
            "cost_per_round",
            [(c.round, c.everything, c.problem.pair_costs()[c.pair])],
            rules.cost_per_round.limit,
        )
    cost = c.problem.pair_costs()[c.pair]
    for number, side in enumerate(budget_sides(c.problem)):
        assert rules.cost_per_round is not None
        amount = np.where(cost == rules.cost_per_round.same_province, side.first, side.second)
        c.add(BUDGET_HULL, [(c.round * SIDES_PER_ROUND + number, c.everything, amount)], side.limit)


def budget_sides(problem: Problem) -> tuple[Side, ...]:
    """What the limits on moves and on money of a round say together, beyond what each says alone."""
    cost, moves = problem.rules.cost_per_round, problem.rules.moves_per_round
    if cost is None:
        return ()
    most = len(problem.people.ids) if moves is None else moves
    return hull_sides(most, (cost.same_province, cost.other_province), cost.limit)[:SIDES_PER_ROUND]


def _per_unit(c: _Columns) -> None:
    rules, width = c.problem.rules, c.rounds + 1
    seated = c.unit_from >= 0
    if rules.unit_leaving_share is not None:
        limits = np.repeat(c.problem.leaving_limits(), width)
        c.add(
            "unit_leaving_share",
            [(c.unit_from[seated] * width + c.round[seated], c.everything[seated], 1)],
            limits,
        )
    if rules.unit_vacancy_growth is not None:
        parts: Parts = []
        inside = c.unit_from == c.unit_to
        for r in range(1, c.rounds + 1):
            leaves = seated & ~inside & (c.round <= r)
            enters = ~inside & (c.round <= r)
            parts.append((c.unit_from[leaves] * width + r, c.everything[leaves], 1))
            parts.append((c.unit_to[enters] * width + r, c.everything[enters], -1))
        c.add("unit_vacancy_growth", parts, rules.unit_vacancy_growth)
    _balance(c)


def _balance(c: _Columns) -> None:
    """Arrivals less departures of units and provinces over all rounds."""
    rules, province = c.problem.rules, c.problem.units.province
    seated = c.unit_from >= 0
    for name, rule, place in (
        ("unit_balance", rules.unit_balance, np.arange(len(province), dtype=np.int64)),
        ("province_balance", rules.province_balance, province),
    ):
        if rule is None:
            continue
        start, end = place[np.maximum(c.unit_from, 0)], place[c.unit_to]
        crosses = ~seated | (start != end)
        enters, leaves = c.everything[crosses], c.everything[crosses & seated]
        count = np.arange(int(place.max()) + 1)
        for suffix, sign, limit in (
            ("net_maximum", 1, rule.net_maximum),
            ("net_minimum", -1, rule.net_minimum),
        ):
            if limit is not None:
                parts: Parts = [
                    (end[enters], enters, sign), (start[leaves], leaves, -sign)]  # fmt: skip
                c.add(f"{name}.{suffix}", parts, sign * limit, keys=count)


def _minima(c: _Columns) -> None:
    """Rules that want at least so many: written as at most minus so many."""
    problem, rules = c.problem, c.problem.rules
    one = np.zeros(1, dtype=np.int64)
    for direction, minimum in rules.direction_minimum:
        chosen = np.flatnonzero(problem.pair_direction(direction)[c.pair])
        c.add(f"direction_minimum.{direction}", [(np.zeros_like(chosen), chosen, -1)], -minimum, keys=one)
    if rules.non_local_heads_minimum is not None:
        change = problem.non_local_gain()[c.pair]
        chosen = np.flatnonzero(change)
        missing = rules.non_local_heads_minimum - int(problem.holds_non_local_head().sum())
        parts: Parts = [(np.zeros_like(chosen), chosen, -change[chosen])]
        c.add("non_local_heads_minimum", parts, -missing, keys=one)
    for group in rules.must_move:
        chosen = np.flatnonzero(np.isin(c.person, group.people))
        c.add(f"must_move.{group.name}", [(np.zeros_like(chosen), chosen, -1)], -group.at_least, keys=one)
    for number, pin in enumerate(rules.pinned):
        chosen = np.flatnonzero((c.person == pin.person) & (c.seat == pin.seat) & (c.round == pin.round))
        c.add(
            "pinned",
            [(np.full_like(chosen, number), chosen, -1)],
            -1,
            keys=np.full(1, number, dtype=np.int64),
        )


def _apart(c: _Columns) -> None:
    """Relatives, and people named in not_together, end in different units."""
    rules, people = c.problem.rules, c.problem.people
    couples = [(int(a), int(b), False) for a, b in people.relatives] if rules.relatives_apart else []
    for members in rules.not_together:
        couples += [(a, b, True) for i, a in enumerate(members) for b in members[i + 1 :]]
    if not couples:
        return
    involved = np.flatnonzero(np.isin(c.person, np.unique([couple[:2] for couple in couples])))
    order = involved[np.argsort(c.person[involved], kind="stable")]
    start = np.searchsorted(c.person[order], np.arange(len(people.ids) + 1))
    for number, (a, b, always) in enumerate(couples):
        _keep_apart(c, number, a, b, always, order[start[a] : start[a + 1]], order[start[b] : start[b + 1]])


def _keep_apart(c: _Columns, number: int, a: int, b: int, always: bool, of_a: Indices, of_b: Indices) -> None:
    """One row per unit where both could end; a person who leaves a unit counts there as 1 less."""
    here = (int(c.problem.people.unit[a]), int(c.problem.people.unit[b]))
    name = "not_together" if always else "relatives_apart"
    for unit in np.unique(np.concatenate([c.unit_to[of_a], c.unit_to[of_b], np.array(here)])):
        if unit < 0 or (not always and here == (unit, unit)):
            continue
        parts: Parts = []
        limit = 1
        for own, moves in zip(here, (of_a, of_b), strict=True):
            if own == unit:
                away = moves[c.unit_to[moves] != unit]
                parts.append((np.zeros_like(away), away, -1))
                limit -= 1
            else:
                into = moves[c.unit_to[moves] == unit]
                parts.append((np.zeros_like(into), into, 1))
        key = np.full(1, number, dtype=np.int64)
        c.add(name, [(part[0] + number, part[1], part[2]) for part in parts], limit, keys=key)


_FAMILIES: tuple[Callable[[_Columns], None], ...] = (
    _people_and_seats,
    _per_round,
    _per_unit,
    _minima,
    _apart,
)


def _assemble(problem: Problem, c: _Columns, blocks: list[Rows]) -> Programme:
    """Stacks the rows and adds a shortfall column for every minimum that has a price."""
    names = tuple(dict.fromkeys(block.rule for block in blocks))
    starts = np.cumsum([0] + [len(block.limit) for block in blocks])
    rows = [block.row + start for block, start in zip(blocks, starts, strict=False)]
    columns = [block.column for block in blocks]
    values = [block.coefficient for block in blocks]
    pair, owner, rounds = c.pair, c.person, c.round
    gain, upper = problem.aim_gain(problem.rules.aims[0])[c.pair], np.ones(len(c.pair), dtype=np.int64)
    shortfalls: list[str] = []
    for name, price in problem.rules.soft:
        place = [k for k, block in enumerate(blocks) if block.rule == name]
        if place:
            rows.append(starts[place[0] : place[0] + 1])
            columns.append(np.array([len(pair)]))
            values.append(np.array([-1]))
            most = -int(blocks[place[0]].limit[0]) + int(np.maximum(blocks[place[0]].coefficient, 0).sum())
            pair, owner = np.append(pair, -1), np.append(owner, len(problem.people.ids) + len(shortfalls))
            gain, upper, rounds = np.append(gain, -price), np.append(upper, most), np.append(rounds, 0)
            shortfalls.append(name)
    row = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
    column = np.concatenate(columns) if rows else np.empty(0, dtype=np.int64)
    value = np.concatenate(values) if rows else np.empty(0, dtype=np.int64)
    limit = np.concatenate([b.limit for b in blocks]) if blocks else np.empty(0, dtype=np.int64)
    divisor = _divisors(row, value, len(limit))
    value, limit = value // divisor[row], limit // divisor
    matrix = sparse.csc_array(sparse.coo_array((value, (row, column)), shape=(int(starts[-1]), len(pair))))
    return Programme(
        pair, owner, rounds, gain, upper, matrix, limit, names,
        np.repeat([names.index(b.rule) for b in blocks], [len(b.limit) for b in blocks]).astype(np.int64),
        np.concatenate([np.asarray(b.key) for b in blocks]) if blocks else np.empty(0, dtype=np.int64),
        divisor, tuple(shortfalls), _tally(problem, pair),
    )  # fmt: skip


def _tally(problem: Problem, pair: Indices) -> Indices:
    """Round and price class of every column; -1 for shortfalls and where no budget makes counting useful."""
    cost = problem.rules.cost_per_round
    if cost is None:
        return np.full(len(pair), -1, dtype=np.int64)
    chosen = np.maximum(pair, 0)
    dear = problem.pair_costs()[chosen] != cost.same_province
    return np.where(pair >= 0, 2 * problem.pairs.round[chosen] + dear, -1).astype(np.int64)


def _divisors(row: Indices, value: Indices, rows: int) -> Indices:
    """The common divisor of the coefficients of every row, by which the row and, rounded down, its limit
    are divided.

    Costs of 10 and 35 within 352 are costs of 2 and 7 within 70: no plan is lost, and the bound of the
    linear relaxation drops.
    """
    order = np.argsort(row, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(row[order]) > 0][: len(row)])
    divisor = np.ones(rows, dtype=np.int64)
    if len(starts):
        divisor[row[order][starts]] = np.maximum(1, np.gcd.reduceat(np.abs(value[order]), starts))
    return divisor
