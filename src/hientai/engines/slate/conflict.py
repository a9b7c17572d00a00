"""Why a slate is impossible: a smallest set of rules that cannot hold together, and the cheapest way out.

1. Elastic linear relaxation (every rule may miss its bound at a price): when it must miss, the rules with a
   dual price are a proof of impossibility by themselves (Farkas), usually a handful out of hundreds.
2. QuickXplain over that handful with an exact integer test makes it irreducible: every rule in it is needed.
   Where the relaxation alone does not prove it, QuickXplain runs over all rules.
3. The same for must, must_not and pairs, which stay fixed while rules are reduced.
4. The elastic problem in whole people gives the cheapest relaxation.
Sources: Junker, QuickXplain, AAAI 2004; Chinneck, Feasibility and Infeasibility in Optimization (2008).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hientai.engines.amounts import Share
from hientai.engines.integer_program import (
    Floats,
    Outcome,
    Program,
    Relaxed,
    Stop,
    solve_program,
    solve_relaxation,
)
from hientai.engines.slate.groups import Columns, columns_of, matrix_of, program_of
from hientai.engines.slate.problem import Conflict, Problem, Relaxation, Rule
from hientai.engines.slate.rows import Row, Traits, pair_name, traits_of

_RULE_SIDES = ("least", "most")
_PAIR_SIDES = ("together", "apart")
_NO_PRICE = 1e-6
_LESS_THAN_ONE = 0.5  # a proof gap that no two totals of whole prices fit into


@dataclass
class _Test:
    """Can these rows and entries hold together? Remembers whether a work limit ever left it unanswered."""

    problem: Problem
    stop: Stop
    seed: int
    at: dict[str, int] = field(init=False)
    complete: bool = True

    def __post_init__(self) -> None:
        self.at = {person.id: i for i, person in enumerate(self.problem.people)}

    def mask(self, ids: Sequence[str]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.problem.people), dtype=bool)
        mask[[self.at[person] for person in ids]] = True
        return mask

    def holds(self, rows: Sequence[Row], must: Sequence[str], must_not: Sequence[str]) -> bool:
        people = len(self.problem.people)
        columns = columns_of(rows, np.arange(people), self.mask(must), self.mask(must_not))
        matrix = matrix_of(rows, columns, people)
        if (matrix.low > matrix.high).any():
            return False
        program = program_of(matrix, columns, np.zeros(len(columns.size)))
        status = solve_program(program, self.stop, self.seed).status
        self.complete &= status != "unknown"
        return status != "infeasible"


def explain(problem: Problem, rows: Sequence[Row], stop: Stop, seed: int) -> Conflict:
    """The smallest conflict and the cheapest relaxation of an impossible problem."""
    test = _Test(problem, stop, seed)
    settled = [row for row in rows if row.side not in _RULE_SIDES]
    names = list(dict.fromkeys(row.name for row in rows if row.side in _RULE_SIDES))

    def rules_hold(active: Sequence[str]) -> bool:
        kept = set(active)
        own = [row for row in rows if row.side in _RULE_SIDES and row.name in kept]
        return test.holds(settled + own, problem.must, problem.must_not)

    elastic = _elastic(problem, rows, test, people_too=False)
    relaxed = solve_relaxation(elastic.program)
    suspects = _suspects(rows, relaxed)
    if rules_hold(suspects):
        suspects = names
    conflict = smallest_conflict(suspects, rules_hold)
    entries = _smallest_entries(problem, rows, set(conflict), test)
    if not conflict:
        elastic = _elastic(problem, rows, test, people_too=True)
        relaxed = solve_relaxation(elastic.program)
    outcome = _cheapest(elastic, relaxed, test)
    return Conflict(
        rules=tuple(conflict),
        people=tuple(entries),
        irreducible=test.complete,
        relaxations=() if outcome.x is None else _read(problem, rows, elastic, outcome.x),
        relaxation_proven=outcome.status == "optimal",
    )


def smallest_conflict(names: Sequence[str], hold: Callable[[Sequence[str]], bool]) -> list[str]:
    """QuickXplain: an irreducible part of `names` for which `hold` is False; [] if `hold` is never True.

    `hold` must say False for `names` as a whole, and stay False when names are added.
    """
    if not hold([]):
        return []

    def reduce(background: list[str], added: bool, rest: list[str]) -> list[str]:
        if added and not hold(background):
            return []
        if len(rest) == 1:
            return rest
        first, second = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        from_second = reduce(background + first, bool(first), second)
        from_first = reduce(background + from_second, bool(from_second), first)
        return from_first + from_second

    found = set(reduce([], False, list(names))) if names else set()
    return [name for name in names if name in found]


def _smallest_entries(problem: Problem, rows: Sequence[Row], conflict: set[str], test: _Test) -> list[str]:
    """The must, must_not, together and apart entries without which the conflicting rules could hold."""
    base = [row for row in rows if row.side == "choose" or (row.side in _RULE_SIDES and row.name in conflict)]
    pairs = [row for row in rows if row.side in _PAIR_SIDES]
    must = {pair_name("must", (person,)): person for person in problem.must}
    must_not = {pair_name("must_not", (person,)): person for person in problem.must_not}
    names = [*dict.fromkeys(row.name for row in pairs), *must, *must_not]

    def entries_hold(active: Sequence[str]) -> bool:
        kept = set(active)
        own = [row for row in pairs if row.name in kept]
        return test.holds(
            base + own, [must[n] for n in active if n in must], [must_not[n] for n in active if n in must_not]
        )

    return smallest_conflict(names, entries_hold)


@dataclass(frozen=True)
class _Slack:
    """One way in which a row may give way: `row`: its index; `step`: what easing by one person adds."""

    name: str
    side: str
    row: int
    price: Fraction
    step: int


@dataclass(frozen=True)
class _Elastic:
    program: Program
    slacks: tuple[_Slack, ...]
    columns: Columns


def _elastic(problem: Problem, rows: Sequence[Row], test: _Test, people_too: bool) -> _Elastic:
    """The problem in which every rule (people_too: also every entry) may give way by people, at its price."""
    eased = list(rows) + (_entry_rows(problem, test) if people_too else [])
    nobody = np.zeros(len(problem.people), dtype=bool)
    fixed, barred = (nobody, nobody) if people_too else (test.mask(problem.must), test.mask(problem.must_not))
    columns = columns_of(eased, np.arange(len(problem.people)), fixed, barred, best_only=False)
    matrix = matrix_of(eased, columns, len(problem.people))
    base = program_of(matrix, columns, np.zeros(len(columns.size)))
    slacks = [slack for i, row in enumerate(eased) for slack in _slacks(i, row, people_too)]
    n, extra = len(base.objective), len(slacks)
    limits = [len(problem.people) + problem.choose + abs(eased[s.row].low or 0) for s in slacks]
    program = Program(
        objective=np.append(base.objective, [float(slack.price) for slack in slacks]),
        lower=np.zeros(n + extra),
        upper=np.append(base.upper, np.array(limits, dtype=np.float64)),
        integer=np.ones(n + extra, dtype=bool),
        row_lower=base.row_lower,
        row_upper=base.row_upper,
        row_of=np.append(base.row_of, np.array([slack.row for slack in slacks], dtype=np.int64)),
        column_of=np.append(base.column_of, np.arange(n, n + extra)),
        values=np.append(base.values, np.array([slack.step for slack in slacks], dtype=np.float64)),
        maximise=False,
    )
    return _Elastic(program, tuple(slacks), columns)


def _slacks(index: int, row: Row, people_too: bool) -> list[_Slack]:
    if row.side == "choose" or (row.side not in _RULE_SIDES and not people_too):
        return []
    steps = ([row.step] if row.low is not None else []) + ([-row.step] if row.high is not None else [])
    return [_Slack(row.name, row.side, index, row.price, step) for step in steps]


def _entry_rows(problem: Problem, test: _Test) -> list[Row]:
    one = np.ones(1, dtype=np.int64)
    rows = [
        Row(pair_name("must", (person,)), "must", np.array([test.at[person]]), one, 1, None)
        for person in problem.must
    ]
    return rows + [
        Row(pair_name("must_not", (person,)), "must_not", np.array([test.at[person]]), one, None, 0)
        for person in problem.must_not
    ]


def _suspects(rows: Sequence[Row], relaxed: Relaxed) -> list[str]:
    """The rules with a dual price in the elastic linear relaxation, in the order of the problem."""
    if not relaxed.feasible:
        return []
    priced = {
        row.name
        for row, price in zip(rows, relaxed.prices, strict=True)
        if row.side in _RULE_SIDES and abs(price) > _NO_PRICE
    }
    return list(dict.fromkeys(row.name for row in rows if row.name in priced))


def _cheapest(elastic: _Elastic, relaxed: Relaxed, test: _Test) -> Outcome:
    """The cheapest easing in whole people.

    First only the rules eased by the linear relaxation may give way: when that costs no more than the
    relaxation rounded up (prices being whole numbers), it is proven. Otherwise all may.
    """
    program, eased = elastic.program, len(elastic.columns.size)
    whole_prices = bool((program.objective == np.rint(program.objective)).all())
    if relaxed.feasible and whole_prices:
        unused = relaxed.x <= _NO_PRICE
        unused[:eased] = False
        few = replace(program, upper=np.where(unused, 0.0, program.upper))
        outcome = solve_program(few, test.stop, test.seed, _LESS_THAN_ONE)
        if (
            outcome.status == "optimal"
            and outcome.objective <= math.ceil(relaxed.value - _NO_PRICE) + _NO_PRICE
        ):
            return outcome
    return solve_program(program, test.stop, test.seed, _LESS_THAN_ONE if whole_prices else 0.0)


def _read(problem: Problem, rows: Sequence[Row], elastic: _Elastic, x: Floats) -> tuple[Relaxation, ...]:
    counts = np.rint(x).astype(np.int64)
    free = len(elastic.columns.size)
    taken = np.zeros(len(problem.people), dtype=bool)
    taken[elastic.columns.people(counts[:free])] = True
    by: dict[tuple[str, str], int] = {}
    for slack, people in zip(elastic.slacks, counts[free:].tolist(), strict=True):
        if people > 0:
            by[slack.name, slack.side] = by.get((slack.name, slack.side), 0) + people
    rules = {rule.name: rule for rule in problem.rules}
    of_rule = {(row.name, row.side): row for row in rows}
    traits = traits_of(problem)
    return tuple(
        Relaxation(
            name,
            side,
            people,
            _new_bound(rules[name], of_rule[name, side], people, taken, traits)
            if side in _RULE_SIDES
            else None,
        )
        for (name, side), people in by.items()
    )


def _new_bound(
    rule: Rule, row: Row, people: int, taken: NDArray[np.bool_], traits: Traits
) -> int | Fraction | None:
    """The count or share to which a rule gives way (a share of a group: in the slate that pays for it)."""
    if isinstance(rule.least or rule.most, Share) and rule.of is not None:
        base = traits.members(rule.of) & taken
        count = int((traits.members(rule.where) & base).sum())
        return Fraction(count, int(base.sum())) if base.any() else None
    bound = row.low - people if row.low is not None else (row.high or 0) + people
    return Fraction(bound, int(taken.sum())) if isinstance(rule.least or rule.most, Share) else bound
