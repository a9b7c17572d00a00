"""Which answers could make a rule met at all: contradictions and criteria out of a fact's range.

Facts are taken as independent of each other; each is tried on the few values where some comparison changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from hientai.engines.criteria.judge import compare
from hientai.engines.criteria.tree import All, AnyOf, Criterion, Node, Not, Open, Verdict
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Fact, FactType, Value

ANY_OTHER_CODE = "\x00other"
LARGEST_EXPANSION = 4096
Literal = tuple[Criterion, bool]


@dataclass(frozen=True)
class Contradiction:
    """Criteria on one fact that no answer can satisfy together."""

    fact: str
    criteria: tuple[Criterion, ...]


def candidate_values(fact: Fact, criteria: Iterable[Criterion]) -> tuple[Value, ...]:
    """The answers worth trying: one on each side of every comparison, inside the fact's range, ascending."""
    mentioned = [
        value for criterion in criteria if criterion.operator.takes_value for value in _values_of(criterion)
    ]
    if fact.type is FactType.BOOLEAN:
        return (False, True)
    if fact.type is FactType.CODE:
        known = [str(code) for code in fact.codes] or [*map(str, mentioned), ANY_OTHER_CODE]
        return tuple(dict.fromkeys(known))
    numbers = {number for value in mentioned if not isinstance(value, str) for number in _around(fact, value)}
    bounds = {bound for bound in (fact.lowest, fact.highest) if bound is not None}
    inside = [
        number
        for number in numbers | bounds
        if (fact.lowest is None or number >= fact.lowest) and (fact.highest is None or number <= fact.highest)
    ]
    return tuple(sorted(inside))


def can_be_met(criterion: Criterion, fact: Fact) -> bool:
    """Whether any answer in the fact's range meets one comparison."""
    return any(_satisfies(value, (criterion, True)) for value in candidate_values(fact, [criterion]))


def contradictions(rule: Node, catalogue: Catalogue) -> tuple[Contradiction, ...]:
    """Why a rule can never be met: one contradiction from each way of meeting it; empty where some way is
    open.

    A rule with more than `LARGEST_EXPANSION` alternatives is taken as possible.
    """
    ways = _ways(rule, True)
    if not ways or len(ways) > LARGEST_EXPANSION:
        return ()
    found = []
    for way in ways:
        clash = _clash(way, catalogue)
        if clash is None:
            return ()
        found.append(clash)
    return tuple(dict.fromkeys(found))


def _clash(way: Sequence[Literal], catalogue: Catalogue) -> Contradiction | None:
    by_fact: dict[str, list[Literal]] = {}
    for literal in way:
        by_fact.setdefault(literal[0].fact, []).append(literal)
    for code, literals in by_fact.items():
        values = candidate_values(catalogue[code], [criterion for criterion, _ in literals])
        if not any(all(_satisfies(value, literal) for literal in literals) for value in values):
            return Contradiction(code, tuple(criterion for criterion, _ in literals))
    return None


def _ways(node: Node, wanted: bool) -> list[tuple[Literal, ...]]:
    """The ways of making a node come out as wanted, each a list of literals that must hold together."""
    if isinstance(node, Criterion):
        return [((node, wanted),)]
    if isinstance(node, Open):
        return [()]
    if isinstance(node, Not):
        return _ways(node.part, not wanted)
    parts = [_ways(part, wanted) for part in node.parts if not _is_open(part)] or [[()]]
    if isinstance(node, AnyOf) is wanted:
        return [way for ways in parts for way in ways]
    total = 1
    for ways in parts:
        total *= len(ways)
    if total > LARGEST_EXPANSION:
        return [()] * (LARGEST_EXPANSION + 1)
    return [tuple(literal for way in chosen for literal in way) for chosen in product(*parts)]


def _is_open(node: Node) -> bool:
    if isinstance(node, All | AnyOf):
        return all(_is_open(part) for part in node.parts)
    return _is_open(node.part) if isinstance(node, Not) else isinstance(node, Open)


def _satisfies(value: Value, literal: Literal) -> bool:
    criterion, wanted = literal
    return (compare(value, criterion.operator, criterion.required) is Verdict.MET) is wanted


def _values_of(criterion: Criterion) -> tuple[Value, ...]:
    required = criterion.required
    return required if isinstance(required, tuple) else (required,)


def _around(fact: Fact, value: int | float | bool) -> tuple[int | float, ...]:
    step = 1e-9 if fact.type is FactType.SHARE else 1
    return value - step, value, value + step
