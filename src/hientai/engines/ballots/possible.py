"""Which outcomes a rule can give at all: procedures must know where each of them leads."""

from __future__ import annotations

from fractions import Fraction

from hientai.engines.ballots.rule import Rule

HALF = Fraction(1, 2)
EVERYBODY = 500
"""So many places mean "as many as pass"; no ballot has more names."""


def possible_statuses(rule: Rule) -> frozenset[str]:
    """Every status that `decide` can answer under this rule, given at least one name and one person summoned."""
    found = {"no_quorum"} if rule.quorum else set()
    if rule.passes is None:
        return frozenset(found | {"banded" if rule.bands else "recorded"})
    found |= {"chosen"}
    if rule.head_decides_at_half:
        found.add("head_decides")
    if rule.carry is not None or rule.carry_highest:
        found.add("carried")
    found.add("none")
    if _may_tie(rule):
        found.add("tie")
    return frozenset(found)


def _may_tie(rule: Rule) -> bool:
    """Equal votes at the last place: not where at most one name can have more than half of the base."""
    assert rule.passes is not None
    if rule.carry_highest:
        return True
    if rule.places >= EVERYBODY:
        return False
    over_half = rule.passes.share > HALF or (rule.passes.share == HALF and rule.passes.strict)
    return not (rule.names_per_ballot == 1 and over_half)
