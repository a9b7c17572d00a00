"""A slate to compose: people with traits, how many to choose, and the rules of its structure.

A slate is a proposal about the structure of a group, for people to discuss: no decision, no ranking, and
scores are those the asking office gave for this one question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from hientai.engines.amounts import Amount


class Truth(Enum):
    """A yes-or-no trait, kept apart from the numbers 1 and 0 (which Python takes for equal to it)."""

    YES = True
    NO = False


Trait = str | Fraction | Truth


@dataclass(frozen=True)
class Person:
    """id; score: what choosing this person adds; traits: name -> values held (several are possible).

    A trait that is not there is unknown: the person is then in no group that asks for it.
    """

    id: str
    score: Fraction
    traits: Mapping[str, tuple[Trait, ...]]


@dataclass(frozen=True)
class Condition:
    """One trait: a value among `one_of`, none among `none_of`, and a number within the limits given."""

    trait: str
    one_of: frozenset[Trait] | None = None
    none_of: frozenset[Trait] = frozenset()
    at_least: Fraction | None = None
    above: Fraction | None = None
    at_most: Fraction | None = None
    below: Fraction | None = None

    def holds_for(self, values: tuple[Trait, ...]) -> bool:
        """Whether a person with these values of the trait is meant; without any value: no (unknown)."""
        if any(value in self.none_of for value in values):
            return False
        return any(self._allows(value) for value in values)

    def _allows(self, value: Trait) -> bool:
        if self.one_of is not None and value not in self.one_of:
            return False
        if self.at_least is self.above is self.at_most is self.below is None:
            return True
        if not isinstance(value, Fraction):
            return False
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )


Group = tuple[Condition, ...]


@dataclass(frozen=True)
class Rule:
    """At least and / or at most so many chosen people of a group.

    name: unique; where: the group counted (all conditions together; () is everybody);
    of: the base of shares, None for all chosen people; with a base group only its members are counted;
    least, most: at least one is given; price: what one person less (or more) costs when the rule cannot hold.
    """

    name: str
    where: Group
    of: Group | None = None
    least: Amount | None = None
    most: Amount | None = None
    price: Fraction = Fraction(1)


@dataclass(frozen=True)
class Problem:
    """people: unique ids; choose: how many; must, must_not: ids; together: all or none; apart: one."""

    people: tuple[Person, ...]
    choose: int
    rules: tuple[Rule, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class RuleReading:
    """How a rule stands in one slate.

    count: chosen people of the group; base: chosen people of the base; share: count / base;
    slack: how many people the count may still lose (least) or gain (most) before the rule breaks, the
    nearer side, while the base stays as it is; unknown: chosen people for whom a trait asked for is missing;
    cost: what the objective would gain without this rule, None when not asked or not proven.
    """

    name: str
    is_share: bool
    count: int
    base: int
    slack: int
    unknown: int
    cost: Fraction | None = None

    @property
    def binding(self) -> bool:
        """No person can go (or come) without breaking the rule."""
        return self.slack == 0

    @property
    def share(self) -> Fraction | None:
        """count / base, exactly; None when nobody is in the base."""
        return Fraction(self.count, self.base) if self.base else None

    @property
    def value(self) -> int | Fraction | None:
        """What the rule bounds: a count, or a share of its base."""
        return self.share if self.is_share else self.count


@dataclass(frozen=True)
class Slate:
    """One choice of people (ids in the order of the problem) and the sum of their scores."""

    chosen: tuple[str, ...]
    objective: Fraction


@dataclass(frozen=True)
class Relaxation:
    """rule: which gives way; side: least | most | must | must_not | together | apart; by: so many people;
    to: the count (int) or share (Fraction) it then has to reach."""

    rule: str
    side: str
    by: int
    to: int | Fraction | None = None


@dataclass(frozen=True)
class Conflict:
    """rules: names that cannot hold together; people: must, must_not, together, apart entries that take part.

    Without any one of all of these the rest can hold (when `irreducible`; otherwise the work limit stopped
    the search). relaxations: the cheapest change, all of them together, that makes the problem solvable.
    """

    rules: tuple[str, ...]
    people: tuple[str, ...]
    irreducible: bool
    relaxations: tuple[Relaxation, ...]
    relaxation_proven: bool = True


@dataclass(frozen=True)
class Result:
    """status: optimal | feasible | infeasible | unknown; best: the slate; others: the next best ones.

    bound: no slate is better than this (equal to the objective when optimal).
    """

    status: str
    best: Slate | None = None
    bound: Fraction | None = None
    rules: tuple[RuleReading, ...] = ()
    others: tuple[Slate, ...] = ()
    person_costs: Mapping[str, Fraction] = field(default_factory=dict)
    conflict: Conflict | None = None
