"""An independent judge of a slate: plain Python, one person and one rule at a time, exact fractions.

It shares no code with the solver's rows and columns; tests put every answer before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hientai.engines.amounts import Amount, Count
from hientai.engines.slate.problem import Group, Person, Problem


def broken(problem: Problem, chosen: Iterable[str]) -> list[str]:
    """The names of all that a choice of ids breaks: rules, "choose", "must: id", "apart: a, b"; or []."""
    ids = list(chosen)
    taken = [person for person in problem.people if person.id in set(ids)]
    faults = []
    if len(ids) != len(set(ids)) or len(taken) != len(ids) or len(taken) != problem.choose:
        faults.append("choose")
    for rule in problem.rules:
        base = [person for person in taken if rule.of is None or _in(person, rule.of)]
        count = sum(_in(person, rule.where) for person in base)
        too_few = rule.least is not None and count < _bound(rule.least, len(base))
        if too_few or (rule.most is not None and count > _bound(rule.most, len(base))):
            faults.append(rule.name)
    return faults + _broken_entries(problem, set(ids))


def objective(problem: Problem, chosen: Iterable[str]) -> Fraction:
    """The exact sum of the scores of these ids."""
    ids = set(chosen)
    return sum((person.score for person in problem.people if person.id in ids), Fraction(0))


def _in(person: Person, group: Group) -> bool:
    return all(condition.holds_for(person.traits.get(condition.trait, ())) for condition in group)


def _bound(amount: Amount, base: int) -> Fraction:
    return Fraction(amount.people) if isinstance(amount, Count) else amount.part * base


def _broken_entries(problem: Problem, ids: set[str]) -> list[str]:
    faults = [f"must: {person}" for person in problem.must if person not in ids]
    faults += [f"must_not: {person}" for person in problem.must_not if person in ids]
    faults += [f"together: {', '.join(g)}" for g in problem.together if 0 < len(ids.intersection(g)) < len(g)]
    faults += [f"apart: {', '.join(g)}" for g in problem.apart if len(ids.intersection(g)) > 1]
    return faults
