"""Every slate of a tiny problem, one by one: what the engine is judged against."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from hientai.engines.amounts import Count
from hientai.engines.slate import check
from hientai.engines.slate.problem import Problem
from hientai.engines.slate.reading import read_problem


def all_slates(problem: Problem) -> list[tuple[Fraction, tuple[str, ...]]]:
    """Feasible slates, best first."""
    ids = [person.id for person in problem.people]
    slates = [
        (check.objective(problem, chosen), chosen)
        for chosen in combinations(ids, problem.choose)
        if not check.broken(problem, chosen)
    ]
    return sorted(slates, key=lambda slate: -slate[0])


def best_total(problem: Problem) -> Fraction | None:
    slates = all_slates(problem)
    return slates[0][0] if slates else None


def keeping(problem: Problem, names: set[str]) -> Problem:
    """The problem with only these rules and entries ("must: id", "apart: a, b")."""
    return replace(
        problem,
        rules=tuple(rule for rule in problem.rules if rule.name in names),
        must=tuple(one for one in problem.must if f"must: {one}" in names),
        must_not=tuple(one for one in problem.must_not if f"must_not: {one}" in names),
        together=tuple(ids for ids in problem.together if f"together: {', '.join(sorted(ids))}" in names),
        apart=tuple(ids for ids in problem.apart if f"apart: {', '.join(sorted(ids))}" in names),
    )


def entry_names(problem: Problem) -> set[str]:
    return (
        {f"must: {one}" for one in problem.must}
        | {f"must_not: {one}" for one in problem.must_not}
        | {f"together: {', '.join(sorted(ids))}" for ids in problem.together}
        | {f"apart: {', '.join(sorted(ids))}" for ids in problem.apart}
    )


def missing_people(problem: Problem, chosen: tuple[str, ...]) -> Fraction:
    """How many people the rules miss in this choice, each at the price of its rule."""
    taken = [person for person in problem.people if person.id in chosen]

    def inside(person, group):
        return all(c.holds_for(person.traits.get(c.trait, ())) for c in group)

    total = Fraction(0)
    for rule in problem.rules:
        base = [person for person in taken if rule.of is None or inside(person, rule.of)]
        count = sum(inside(person, rule.where) for person in base)
        for amount, sign in ((rule.least, 1), (rule.most, -1)):
            if amount is not None:
                bound = amount.people if isinstance(amount, Count) else amount.part * len(base)
                total += rule.price * max(0, math.ceil(sign * (bound - count)))
    return total


def cheapest_easing(problem: Problem) -> Fraction | None:
    """The least price at which the rules can be eased when entries stay; None when entries cannot stay."""
    entries = keeping(problem, entry_names(problem))
    slates = [chosen for _, chosen in all_slates(replace(entries, rules=()))]
    return min((missing_people(problem, chosen) for chosen in slates), default=None)


def _amounts():
    return st.one_of(st.integers(0, 4), st.sampled_from([0.15, 0.3, "1/3", "50%", "2/3", "100%", 0.7]))


@st.composite
def documents(draw) -> dict:
    """A problem document of 3 to 7 people with a few random rules."""
    size = draw(st.integers(3, 7))
    people = [
        {
            "id": f"p{i}",
            "score": draw(st.sampled_from([0, 1, 2, 3, 2.5, -1, 0.1, 7])),
            "traits": {
                "sex": draw(st.sampled_from(["F", "M"])),
                "unit": draw(st.sampled_from(["A", "B", "C"])),
                "age": draw(st.integers(28, 58)),
                "member": draw(st.sampled_from([True, False, None])),
            },
        }
        for i in range(size)
    ]
    group = st.sampled_from(
        [
            {},
            {"sex": "F"},
            {"sex": "M"},
            {"unit": ["A", "B"]},
            {"age": {"lt": 40}},
            {"age": {"ge": 40, "le": 50}},
            {"sex": "F", "unit": "A"},
            {"member": True},
            {"unit": {"not": "C"}},
        ]
    )
    rules = []
    for i in range(draw(st.integers(0, 4))):
        of = draw(st.one_of(st.just("chosen"), group))
        sides = draw(st.sampled_from([("min",), ("max",)]))
        rules.append(
            {"name": f"r{i}", "where": draw(group), "of": of} | {side: draw(_amounts()) for side in sides}
        )
    ids = [person["id"] for person in people]
    must = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    rest = [one for one in ids if one not in must]
    pair = st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True).map(sorted)
    return {
        "people": people,
        "choose": draw(st.integers(0, size)),
        "rules": rules,
        "must": must,
        "must_not": draw(st.lists(st.sampled_from(rest), max_size=1, unique=True)) if rest else [],
        "together": draw(st.lists(pair, max_size=1)),
        "apart": draw(st.lists(pair, max_size=1)),
    }


def problems():
    return documents().map(read_problem)
