"""The smallest sets of changes that would make one person meet a standard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from hientai.engines.criteria.future import criterion_outlook
from hientai.engines.criteria.judge import judge
from hientai.engines.criteria.possible import candidate_values
from hientai.engines.criteria.tree import (
    Answers,
    Citation,
    Criterion,
    Node,
    Operator,
    Parameter,
    Standard,
    Verdict,
    polarities,
)
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.evidence import Evidence
from hientai.engines.facts.fact import Fact, Value


@dataclass(frozen=True)
class Change:
    """One fact that would have to be otherwise. found: None is unknown: the record is to be completed.

    needed: the nearest value that does. by_time: the day on which time alone brings it, None if it never
    does.
    """

    fact: Fact
    found: Value | None
    needed: Value
    criteria: tuple[Criterion, ...]
    by_time: date | None


@dataclass(frozen=True)
class ChangeSet:
    """Changes that together would be enough, none of which can be left out."""

    changes: tuple[Change, ...]


def smallest_changes(
    standard: Standard,
    answers: Answers,
    catalogue: Catalogue,
    as_of: date,
    evidence: Mapping[str, Evidence] | None = None,
    *,
    at_most: int = 4,
) -> tuple[ChangeSet, ...]:
    """All minimal sets of at most `at_most` changed facts, fewest first; empty if met already or out of
    reach.

    Known facts that nobody can change (age, months to retirement) stay as they are unless time alone brings
    the needed value; unknown ones may turn out to have any. Raises BadInput on an unknown fact.
    """
    if judge(standard.rule, answers) is Verdict.MET:
        return ()
    by_fact = _criteria_by_fact(standard, catalogue)
    options = {
        code: _options(catalogue[code], answers.get(code), by_fact[code], as_of, evidence or {})
        for code in _helpful(standard.rule, answers)
    }
    found: list[ChangeSet] = []
    changed: list[frozenset[str]] = []
    for size in range(1, min(at_most, len(options)) + 1):
        for codes in combinations(options, size):
            if any(smaller <= set(codes) for smaller in changed):
                continue
            chosen = _first_that_does(standard.rule, answers, codes, options)
            if chosen is not None:
                changed.append(frozenset(codes))
                found.append(ChangeSet(chosen))
    return tuple(found)


def _criteria_by_fact(standard: Standard, catalogue: Catalogue) -> dict[str, list[Criterion]]:
    by_fact: dict[str, list[Criterion]] = {}
    for criterion in standard.criteria():
        catalogue[criterion.fact]
        by_fact.setdefault(criterion.fact, []).append(criterion)
    return by_fact


def _helpful(rule: Node, answers: Answers) -> tuple[str, ...]:
    """Facts of criteria that do not come out as the whole needs; to change others can never help."""
    codes = [
        criterion.fact
        for criterion, helps in polarities(rule)
        if judge(criterion, answers) is not (Verdict.MET if helps else Verdict.NOT_MET)
    ]
    return tuple(dict.fromkeys(codes))


def _options(
    fact: Fact, found: Value | None, criteria: list[Criterion], as_of: date, evidence: Mapping[str, Evidence]
) -> tuple[Change, ...]:
    """The changes of one fact worth trying, nearest to what was found first."""
    values = [value for value in candidate_values(fact, criteria) if value != found]
    if isinstance(found, int | float) and not isinstance(found, bool):
        values.sort(key=lambda value: abs(float(value) - float(found)))
    anchor = evidence[fact.code].anchor if fact.code in evidence else None
    changes = []
    for value in values:
        day = _day_of(fact, found, value, as_of, anchor)
        if found is None or fact.can_change or day is not None:
            changes.append(Change(fact, found, value, tuple(criteria), day))
    return tuple(changes)


def _day_of(fact: Fact, found: Value | None, value: Value, as_of: date, anchor: date | None) -> date | None:
    """The day on which time alone brings `value`."""
    if found is None:
        return None
    nowhere = Citation("")
    exactly = Parameter("", value, "", nowhere, verified=True)
    wanted = Criterion("", fact.label, nowhere, fact.code, Operator.EQUALS, exactly)
    return criterion_outlook(wanted, found, anchor, fact, as_of).earliest


def _first_that_does(
    rule: Node, answers: Answers, codes: tuple[str, ...], options: Mapping[str, tuple[Change, ...]]
) -> tuple[Change, ...] | None:
    for chosen in product(*(options[code] for code in codes)):
        tried = dict(answers) | {change.fact.code: change.needed for change in chosen}
        if judge(rule, tried) is Verdict.MET:
            return chosen
    return None
