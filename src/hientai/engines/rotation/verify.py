"""Checks a plan against every rule of its problem, person by person, sharing no code with the planner.

Slow and plain on purpose: the planner works with matrices, this walks through the plan as an officer would.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hientai.engines.rotation.problem import Balance, Problem
from hientai.engines.wording import Sentence, say

Move = tuple[int, int, int]


@dataclass(frozen=True)
class Fault:
    """A broken rule, and by how much in words."""

    rule: str
    sentence: Sentence


@dataclass(frozen=True)
class RuleFigure:
    """What a plan makes of one rule in one place: value against limit; slack >= 0 when kept.

    sense: "max" or "min"; where: round, unit, province or group it is about, or empty. soft: it has a
    price, so being short is allowed and listed.
    """

    rule: str
    where: str
    sense: str
    value: int
    limit: int
    soft: bool = False

    @property
    def slack(self) -> int:
        return self.limit - self.value if self.sense == "max" else self.value - self.limit


@dataclass(frozen=True)
class Report:
    """objective: value of the first aim less the price of what is missing; aims: value of each aim."""

    objective: int
    aims: tuple[int, ...]
    moves: int
    faults: tuple[Fault, ...]
    figures: tuple[RuleFigure, ...]

    @property
    def is_feasible(self) -> bool:
        return not self.faults

    @property
    def missing(self) -> tuple[RuleFigure, ...]:
        """Soft minima that the plan does not reach."""
        return tuple(figure for figure in self.figures if figure.soft and figure.slack < 0)


def verify(problem: Problem, moves: Iterable[Move]) -> Report:
    """The verdict on a plan.

    moves: (person, seat, round) as indices of the problem and rounds from 1. Nothing is raised for a bad
    plan: every broken rule becomes a fault.
    """
    return _Check(problem, list(moves)).report()


class _Check:
    def __init__(self, problem: Problem, moves: list[Move]) -> None:
        self.problem, self.rules = problem, problem.rules
        self.faults: list[Fault] = []
        self.figures: list[RuleFigure] = []
        self.soft = dict(self.rules.soft)
        self.pair_of = _find_pairs(problem, moves)
        self.moves = [move for move in moves if move in self.pair_of]
        for move in moves:
            if move not in self.pair_of:
                self._fault("pairs", say("Không phải nước đi được phép: {move}", move=self._named(move)))
        self.left = {person: when for person, _, when in self.moves}
        self.entered = {seat: person for person, seat, _ in self.moves}
        self.unit_now = problem.people.unit.tolist()
        self.unit_then = list(self.unit_now)
        for person, seat, _ in self.moves:
            self.unit_then[person] = int(problem.seats.unit[seat])

    def report(self) -> Report:
        self._people_and_seats()
        self._single_moves()
        self._rounds()
        self._units()
        self._balances()
        self._minima()
        self._apart()
        aims = tuple(
            int(sum(weight * self._total(name) for name, weight in aim.weights)) for aim in self.rules.aims
        )
        price = sum(-f.slack * self.soft[f.rule] for f in self.figures if f.soft and f.slack < 0)
        return Report(aims[0] - price, aims, len(self.moves), tuple(self.faults), tuple(self.figures))

    def _total(self, measure: str) -> int:
        values = self.problem.measure(measure)
        return int(sum(int(values[self.pair_of[move]]) for move in self.moves))

    def _named(self, move: Move) -> str:
        people, seats = self.problem.people.ids, self.problem.seats.ids
        person = people[move[0]] if 0 <= move[0] < len(people) else "?"
        seat = seats[move[1]] if 0 <= move[1] < len(seats) else "?"
        return f"{person} → {seat} ({move[2]})"

    def _fault(self, rule: str, sentence: Sentence) -> None:
        self.faults.append(Fault(rule, sentence))

    def _figure(self, rule: str, where: str, sense: str, value: int, limit: int) -> None:
        figure = RuleFigure(rule, where, sense, value, limit, rule in self.soft)
        self.figures.append(figure)
        if figure.slack < 0 and not figure.soft:
            words = (
                say("nhiều nhất {limit}", limit=limit)
                if sense == "max"
                else say("ít nhất {limit}", limit=limit)
            )
            self._fault(
                rule,
                say(
                    "{rule} {where}: {value}, cần {wanted}", rule=rule, where=where, value=value, wanted=words
                ),
            )

    def _people_and_seats(self) -> None:
        people, seats = self.problem.people, self.problem.seats
        for person, count in Counter(move[0] for move in self.moves).items():
            if count > 1:
                self._fault(
                    "person", say("{person} chuyển {count} lần", person=people.ids[person], count=count)
                )
        for seat, count in Counter(move[1] for move in self.moves).items():
            if count > 1:
                self._fault(
                    "seat", say("Vị trí {seat} nhận {count} người", seat=seats.ids[seat], count=count)
                )
        for _, seat, when in self.moves:
            holder = int(seats.holder[seat])
            if holder >= 0 and self.left.get(holder, math.inf) > when:
                self._fault(
                    "seat",
                    say(
                        "Vị trí {seat} có người vào đợt {round} khi {person} còn ở đó",
                        seat=seats.ids[seat],
                        round=when,
                        person=people.ids[holder],
                    ),
                )

    def _single_moves(self) -> None:
        """Rounds, forbidden and pinned moves, tenure."""
        rules, made = self.rules, set(self.moves)
        for move in self.moves:
            if not 1 <= move[2] <= rules.rounds:
                self._fault("rounds", say("Không có đợt này: {move}", move=self._named(move)))
            for ban in rules.forbidden:
                if ban.person in (-1, move[0]) and ban.seat in (-1, move[1]) and ban.round in (0, move[2]):
                    self._fault("forbidden", say("Nước đi bị cấm: {move}", move=self._named(move)))
            if rules.tenure and self.problem.people.tenure_months is not None and self.unit_now[move[0]] >= 0:
                months = int(self.problem.people.tenure_months[move[0]])
                if months + (move[2] - 1) * rules.tenure.months_per_round < rules.tenure.minimum_months:
                    self._fault("tenure", say("Chưa đủ thời gian giữ vị trí: {move}", move=self._named(move)))
        for pin in rules.pinned:
            if (pin.person, pin.seat, pin.round) not in made:
                text = say(
                    "Thiếu nước đi ấn định: {move}", move=self._named((pin.person, pin.seat, pin.round))
                )
                self._fault("pinned", text)

    def _rounds(self) -> None:
        rules, province = self.rules, self.problem.units.province
        for r in range(1, rules.rounds + 1):
            here = [move for move in self.moves if move[2] == r]
            if rules.moves_per_round is not None:
                self._figure("moves_per_round", str(r), "max", len(here), rules.moves_per_round)
            if rules.cost_per_round is not None:
                total = 0
                for person, seat, _ in here:
                    a, b = self.unit_now[person], int(self.problem.seats.unit[seat])
                    near = a >= 0 and province[a] == province[b]
                    total += (
                        rules.cost_per_round.same_province if near else rules.cost_per_round.other_province
                    )
                self._figure("cost_per_round", str(r), "max", total, rules.cost_per_round.limit)

    def _units(self) -> None:
        rules, ids = self.rules, self.problem.units.ids
        holders = Counter(unit for unit in self.unit_now if unit >= 0)
        leaving: dict[int, Counter[int]] = defaultdict(Counter)
        growth: dict[int, Counter[int]] = defaultdict(Counter)
        for person, seat, when in self.moves:
            if self.unit_now[person] >= 0:
                leaving[when][self.unit_now[person]] += 1
                growth[when][self.unit_now[person]] += 1
            growth[when][int(self.problem.seats.unit[seat])] -= 1
        so_far: Counter[int] = Counter()
        for r in range(1, rules.rounds + 1):
            so_far.update(growth[r])
            if rules.unit_leaving_share is not None:
                for unit, count in sorted(leaving[r].items()):
                    limit = max(1, math.floor(rules.unit_leaving_share * holders[unit] + 1e-9))
                    self._figure("unit_leaving_share", f"{ids[unit]}/{r}", "max", count, limit)
            if rules.unit_vacancy_growth is not None:
                for unit, count in sorted(so_far.items()):
                    self._figure(
                        "unit_vacancy_growth", f"{ids[unit]}/{r}", "max", count, rules.unit_vacancy_growth
                    )

    def _balances(self) -> None:
        province = self.problem.units.province.tolist()
        self._balance(
            "unit_balance", self.rules.unit_balance, list(range(len(province))), self.problem.units.ids
        )
        self._balance("province_balance", self.rules.province_balance, province, self.problem.provinces)

    def _balance(self, name: str, rule: Balance | None, place: list[int], names: tuple[str, ...]) -> None:
        if rule is None:
            return
        net = dict.fromkeys(sorted(set(place)), 0)
        for person, seat, _ in self.moves:
            if self.unit_now[person] >= 0:
                net[place[self.unit_now[person]]] -= 1
            net[place[int(self.problem.seats.unit[seat])]] += 1
        for where, value in net.items():
            if rule.net_maximum is not None:
                self._figure(f"{name}.net_maximum", names[where], "max", value, rule.net_maximum)
            if rule.net_minimum is not None:
                self._figure(f"{name}.net_minimum", names[where], "min", value, rule.net_minimum)

    def _minima(self) -> None:
        rules, units, seats = self.rules, self.problem.units, self.problem.seats
        direction: Counter[str] = Counter()
        for person, seat, _ in self.moves:
            if self.unit_now[person] >= 0:
                step = int(units.level[seats.unit[seat]]) - int(units.level[self.unit_now[person]])
                direction["down" if step > 0 else "up" if step < 0 else "side"] += 1
        for name, minimum in rules.direction_minimum:
            self._figure(f"direction_minimum.{name}", "", "min", direction[name], minimum)
        if rules.non_local_heads_minimum is not None:
            self._figure(
                "non_local_heads_minimum", "", "min", self._non_local_heads(), rules.non_local_heads_minimum
            )
        for group in rules.must_move:
            count = sum(person in self.left for person in group.people)
            self._figure(f"must_move.{group.name}", "", "min", count, group.at_least)

    def _non_local_heads(self) -> int:
        problem, seats, count = self.problem, self.problem.seats, 0
        arrival = {move[1]: move for move in self.moves}
        for seat in range(len(seats.ids)):
            if not seats.head[seat]:
                continue
            holder = int(seats.holder[seat])
            if seat in arrival:
                count += bool(problem.pairs.non_local[self.pair_of[arrival[seat]]])
            elif holder >= 0 and holder not in self.left:
                home = int(problem.people.home_province[holder])
                count += home != int(problem.units.province[seats.unit[seat]])
        return count

    def _apart(self) -> None:
        ids = self.problem.people.ids
        if self.rules.relatives_apart:
            for a, b in self.problem.people.relatives.tolist():
                there = self.unit_then[a]
                if (
                    there >= 0
                    and there == self.unit_then[b]
                    and not self.unit_now[a] == self.unit_now[b] == there
                ):
                    text = say(
                        "{a} và {b} là người thân, cùng về {unit}",
                        a=ids[a],
                        b=ids[b],
                        unit=self.problem.units.ids[there],
                    )
                    self._fault("relatives_apart", text)
        for group in self.rules.not_together:
            for place, a in enumerate(group):
                for b in group[place + 1 :]:
                    if self.unit_then[a] >= 0 and self.unit_then[a] == self.unit_then[b]:
                        text = say(
                            "{a} và {b} không được cùng ở {unit}",
                            a=ids[a],
                            b=ids[b],
                            unit=self.problem.units.ids[self.unit_then[a]],
                        )
                        self._fault("not_together", text)


def _find_pairs(problem: Problem, moves: list[Move]) -> dict[Move, int]:
    """Index of the pair of each move that is one."""
    wanted = set(moves)
    people = {move[0] for move in wanted}
    found: dict[Move, int] = {}
    pairs = problem.pairs
    members = [False] * len(problem.people.ids)
    for person in people:
        if 0 <= person < len(members):
            members[person] = True
    for index in [k for k, person in enumerate(pairs.person.tolist()) if members[person]]:
        move = (int(pairs.person[index]), int(pairs.seat[index]), int(pairs.round[index]))
        if move in wanted:
            found[move] = index
    return found
