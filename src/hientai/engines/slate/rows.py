"""A slate problem as rows of whole numbers over people: one row per side of a rule.

    count, at least m            sum of the group                    >= m
    share s of the chosen        sum of the group                    >= ceil(s x K), K being fixed
    share p/q of a subset        (q - p) in the group, -p elsewhere  >= 0   (small terms: Farey neighbours)
    together a, b                x_a - x_b                            = 0
    apart a, b                   x_a + x_b                           <= 1
Everything is an integer; no tolerance decides a rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hientai.engines.amounts import Amount, Count, Share
from hientai.engines.integer_program import Ints
from hientai.engines.slate.farey import share_at_least, share_at_most
from hientai.engines.slate.problem import Condition, Group, Problem, Rule, Trait

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Row:
    """low <= sum of coefficients x chosen <= high, low or high None where open.

    name: of the rule or entry it comes from; side: choose | least | most | together | apart | different;
    step: what one person more in the group adds to the sum (the coefficient of a relaxation).
    """

    name: str
    side: str
    people: Ints
    coefficients: Ints
    low: int | None
    high: int | None
    step: int = 1
    price: Fraction = Fraction(1)


class Traits:
    """Who holds which value, so that a group of people is looked up, not searched.

    held: trait -> value -> positions of people. Every mask is made once.
    """

    def __init__(self, people: int, held: dict[str, dict[Trait, list[int]]]) -> None:
        self.people = people
        self._held = {
            trait: {value: np.array(at, dtype=np.int64) for value, at in values.items()}
            for trait, values in held.items()
        }
        self._members: dict[Group, Mask] = {}
        self._known: dict[str, Mask] = {}

    def members(self, group: Group) -> Mask:
        """True for the people who meet every condition of the group."""
        if group not in self._members:
            mask = np.ones(self.people, dtype=bool)
            for condition in group:
                mask &= self._meeting(condition)
            self._members[group] = mask
        return self._members[group]

    def _meeting(self, condition: Condition) -> Mask:
        held = self._held.get(condition.trait, {})
        asked = held if condition.one_of is None else condition.one_of & held.keys()
        mask = np.zeros(self.people, dtype=bool)
        for value in asked:
            if condition.holds_for((value,)):
                mask[held[value]] = True
        for value in condition.none_of & held.keys():
            mask[held[value]] = False
        return mask

    def known(self, group: Group) -> Mask:
        """True for the people who have some value of every trait that the group asks for."""
        mask = np.ones(self.people, dtype=bool)
        for condition in group:
            mask &= self._having(condition.trait)
        return mask

    def _having(self, trait: str) -> Mask:
        if trait not in self._known:
            mask = np.zeros(self.people, dtype=bool)
            for at in self._held.get(trait, {}).values():
                mask[at] = True
            self._known[trait] = mask
        return self._known[trait]


def traits_of(problem: Problem) -> Traits:
    """The index of a problem's people by trait and value."""
    held: dict[str, dict[Trait, list[int]]] = {}
    for position, person in enumerate(problem.people):
        for name, values in person.traits.items():
            of_trait = held.setdefault(name, {})
            for value in values:
                of_trait.setdefault(value, []).append(position)
    return Traits(len(problem.people), held)


def rows_of(problem: Problem, traits: Traits) -> list[Row]:
    """All rows of the problem: how many to choose, the rules in their order, together, apart."""
    everybody = np.arange(len(problem.people))
    rows = [Row("", "choose", everybody, np.ones_like(everybody), problem.choose, problem.choose)]
    for rule in problem.rules:
        rows += rule_rows(rule, traits, problem.choose)
    return rows + pair_rows(problem)


def rule_rows(rule: Rule, traits: Traits, choose: int) -> list[Row]:
    """One or two rows (least, most) of one rule."""
    base = traits.members(rule.of) if rule.of is not None else np.ones(traits.people, dtype=bool)
    group = traits.members(rule.where) & base
    rows = []
    for side, amount in (("least", rule.least), ("most", rule.most)):
        if amount is None:
            continue
        if isinstance(amount, Share) and rule.of is not None:
            rows.append(_share_of_subset(rule, side, amount, group, base, choose))
        else:
            rows.append(_count(rule, side, _people(amount, side, choose), group))
    return rows


def _people(amount: Amount, side: str, choose: int) -> int:
    if isinstance(amount, Count):
        return amount.people
    exactly = amount.part * choose
    return math.ceil(exactly) if side == "least" else math.floor(exactly)


def _count(rule: Rule, side: str, bound: int, group: Mask) -> Row:
    members = np.flatnonzero(group)
    low, high = (bound, None) if side == "least" else (None, bound)
    return Row(rule.name, side, members, np.ones_like(members), low, high, 1, rule.price)


def _share_of_subset(rule: Rule, side: str, amount: Share, group: Mask, base: Mask, choose: int) -> Row:
    largest = max(1, min(choose, int(base.sum())))
    part = (share_at_least if side == "least" else share_at_most)(amount.part, largest)
    p, q = part.numerator, part.denominator
    members = np.flatnonzero(base)
    coefficients = np.where(group[members], q - p, -p).astype(np.int64)
    low, high = (0, None) if side == "least" else (None, 0)
    return Row(rule.name, side, members, coefficients, low, high, q, rule.price)


def pair_rows(problem: Problem) -> list[Row]:
    """Rows of the entries of together and apart."""
    at = {person.id: position for position, person in enumerate(problem.people)}
    rows = []
    for ids in problem.together:
        for first, second in pairwise(ids):
            pair = np.array([at[first], at[second]])
            rows.append(Row(pair_name("together", ids), "together", pair, np.array([1, -1]), 0, 0))
    for ids in problem.apart:
        members = np.array([at[person] for person in ids])
        rows.append(Row(pair_name("apart", ids), "apart", members, np.ones_like(members), None, 1))
    return rows


def pair_name(kind: str, ids: Iterable[str]) -> str:
    """How an entry of must, must_not, together or apart is named in a conflict."""
    return f"{kind}: {', '.join(ids)}"


def different_row(chosen: Ints, at_most_common: int) -> Row:
    """A row that keeps a further slate different from one already found."""
    return Row("", "different", chosen, np.ones_like(chosen), None, at_most_common)
