"""The best slate with proof, the next best different ones, what each rule costs; or why there is none.

Method: rules as whole-number rows, interchangeable people as one column, HiGHS branch and cut; the answer is
recomputed in exact integers before it is returned. docs/reference/slate.md explains it on two pages.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hientai.engines.amounts import Amount, Count, Share
from hientai.engines.integer_program import Ints, Stop, solve_program
from hientai.engines.slate.conflict import explain
from hientai.engines.slate.costs import costs_of_people, costs_of_rules
from hientai.engines.slate.groups import columns_of, matrix_of, program_of
from hientai.engines.slate.problem import Problem, Result, Rule, RuleReading, Slate
from hientai.engines.slate.rows import Row, Traits, different_row, rows_of, traits_of
from hientai.engines.slate.scores import Scores, scores_of


@dataclass(frozen=True)
class _Found:
    status: str
    people: Ints
    bound: float


def solve(
    problem: Problem,
    stop: Stop = Stop(),  # noqa: B008 - frozen
    seed: int = 0,
    best: int = 1,
    differ_by: int = 1,
    costs: bool = False,
) -> Result:
    """The slate of the highest sum of scores that keeps every rule.

    best: how many slates to return, each differing from every better one by at least `differ_by` people;
    costs: also tell what the objective would gain without each rule, must, must_not, pair.
    The answer does not depend on the order of people or rules; equal slates are told apart by ids.
    An impossible problem gives status infeasible with a smallest conflict and the cheapest relaxation.
    """
    problem_in_order = in_order(problem)
    traits = traits_of(problem_in_order)
    rows = rows_of(problem_in_order, traits)
    scores = scores_of([person.score for person in problem_in_order.people], problem.choose)
    found = _search(problem_in_order, rows, scores, stop, seed)
    if found.status == "infeasible":
        return Result("infeasible", conflict=explain(problem_in_order, rows, stop, seed))
    if found.status == "unknown":
        return Result("unknown")
    objective = scores.total(found.people)
    bound = scores.bound(found.bound, objective)
    result = Result(
        status="optimal" if found.status == "optimal" and bound == objective else "feasible",
        best=_slate(problem, problem_in_order, scores, found.people),
        bound=bound,
        rules=tuple(reading(rule, traits, found.people) for rule in problem.rules),
        others=_others(
            problem, problem_in_order, rows, scores, found.people, stop, seed, best - 1, differ_by
        ),
    )
    return _with_costs(result, problem_in_order, rows, scores, stop, seed) if costs else result


def in_order(problem: Problem) -> Problem:
    """The same problem with people, rules and entries in the order of their ids and names."""
    return replace(
        problem,
        people=tuple(sorted(problem.people, key=lambda person: person.id)),
        rules=tuple(sorted(problem.rules, key=lambda rule: rule.name)),
        must=tuple(sorted(problem.must)),
        must_not=tuple(sorted(problem.must_not)),
        together=tuple(sorted(tuple(sorted(ids)) for ids in problem.together)),
        apart=tuple(sorted(tuple(sorted(ids)) for ids in problem.apart)),
    )


def positions(problem: Problem, ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """A mask over the problem's people: True for these ids."""
    asked = set(ids)
    return np.array([person.id in asked for person in problem.people], dtype=bool)


def _search(problem: Problem, rows: list[Row], scores: Scores, stop: Stop, seed: int) -> _Found:
    fixed, barred = positions(problem, problem.must), positions(problem, problem.must_not)
    people = len(problem.people)
    columns = columns_of(rows, np.arange(people), fixed, barred, scores.ranks)
    matrix = matrix_of(rows, columns, people)
    program = program_of(matrix, columns, scores.objective(columns.first))
    outcome = solve_program(program, stop, seed, scores.gap)
    given = float(scores.objective(columns.fixed).sum())
    if outcome.x is None:
        return _Found(outcome.status, columns.fixed, outcome.bound + given)
    chosen = columns.people(np.rint(outcome.x).astype(np.int64))
    check_exactly(rows, chosen, people)
    return _Found(outcome.status, chosen, outcome.bound + given)


def check_exactly(rows: list[Row], chosen: Ints, people: int) -> None:
    """Raises RuntimeError when a chosen set breaks a row: a fault of the solver, never of the reader."""
    taken = np.zeros(people, dtype=np.int64)
    taken[chosen] = 1
    for row in rows:
        total = int(row.coefficients @ taken[row.people])
        if (row.low is not None and total < row.low) or (row.high is not None and total > row.high):
            raise RuntimeError(f"the solver's answer breaks {row.side} of {row.name!r}: {total}")


def _slate(problem: Problem, ordered: Problem, scores: Scores, chosen: Ints) -> Slate:
    ids = {ordered.people[i].id for i in chosen.tolist()}
    return Slate(tuple(person.id for person in problem.people if person.id in ids), scores.total(chosen))


def _others(
    problem: Problem,
    ordered: Problem,
    rows: list[Row],
    scores: Scores,
    first: Ints,
    stop: Stop,
    seed: int,
    wanted: int,
    differ_by: int,
) -> tuple[Slate, ...]:
    slates: list[Slate] = []
    rows = list(rows)
    chosen = first
    for _ in range(wanted):
        rows.append(different_row(chosen, problem.choose - differ_by))
        found = _search(ordered, rows, scores, stop, seed)
        if found.status != "optimal":
            break
        chosen = found.people
        slates.append(_slate(problem, ordered, scores, chosen))
    return tuple(slates)


def reading(rule: Rule, traits: Traits, chosen: Ints) -> RuleReading:
    """How a rule stands when these people are chosen."""
    taken = np.zeros(traits.people, dtype=bool)
    taken[chosen] = True
    base_mask = taken if rule.of is None else traits.members(rule.of) & taken
    base = int(base_mask.sum())
    count = int((traits.members(rule.where) & base_mask).sum())
    known = traits.known((*rule.where, *(rule.of or ())))
    least, most = _required(rule.least, base), _required(rule.most, base)
    room = [] if least is None else [count - math.ceil(least)]
    room += [] if most is None else [math.floor(most) - count]
    return RuleReading(
        name=rule.name,
        is_share=isinstance(rule.least or rule.most, Share),
        count=count,
        base=base,
        slack=min(room),
        unknown=int((taken & ~known).sum()),
    )


def _required(amount: Amount | None, base: int) -> Fraction | int | None:
    if amount is None:
        return None
    return amount.people if isinstance(amount, Count) else amount.part * base


def _with_costs(
    result: Result, problem: Problem, rows: list[Row], scores: Scores, stop: Stop, seed: int
) -> Result:
    if result.status != "optimal" or result.best is None:
        return result
    objective = result.best.objective
    fixed, barred = positions(problem, problem.must), positions(problem, problem.must_not)
    by_rule = costs_of_rules(rows, fixed, barred, scores, objective, stop, seed)

    def best_of(other: Problem) -> _Found:
        return _search(other, rows_of(other, traits_of(other)), scores, stop, seed)

    by_person = costs_of_people(problem, objective, lambda other: _total(best_of(other), scores))
    rules = tuple(replace(one, cost=by_rule.get(one.name)) for one in result.rules)
    return replace(result, rules=rules, person_costs=by_person)


def _total(found: _Found, scores: Scores) -> Fraction | None:
    return scores.total(found.people) if found.status == "optimal" else None
