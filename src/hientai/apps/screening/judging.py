"""One standard asked of people under different local values: each group by its own version, told as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.engines.criteria.tree import Criterion, Standard, Verdict
from hientai.engines.facts.snapshot import PERSON, Snapshot
from hientai.engines.screening.screen import Counts, CriterionCounts, Screening
from hientai.engines.screening.screen import screen as screened
from hientai.foundation.places import Units, by_place
from hientai.foundation.rules import rulebook, units_with_values


@dataclass(frozen=True)
class Group:
    """Some people under one version of a standard. units: those whose own values hold, the highest first."""

    units: Units
    standard: Standard
    screening: Screening


@dataclass(frozen=True)
class Judged:
    """Everybody judged. standard: the version of the whole office, which names the criteria; groups: by values."""

    standard: Standard
    groups: tuple[Group, ...]

    def counts(self) -> Counts:
        """How many meet the standard that holds for them."""
        return _sum([one.screening.counts(one.standard) for one in self.groups])

    def violations(self) -> int:
        """How many do not meet it by verified values alone."""
        return sum(len(one.screening.violations(one.standard)) for one in self.groups)

    def by_criterion(self) -> tuple[CriterionCounts, ...]:
        """How everybody stands to each criterion, each by the value that holds for them."""
        lines = [one.screening.by_criterion(one.standard) for one in self.groups]
        return tuple(
            CriterionCounts(criterion, _sum([line[place].counts for line in lines]))
            for place, criterion in enumerate(self.standard.criteria())
        )

    def people(self, verdict: Verdict) -> tuple[int, ...]:
        """Ids with that verdict, ascending."""
        return tuple(
            sorted(i for one in self.groups for i in one.screening.people(one.standard, verdict).to_list())
        )

    def almost(self) -> pl.DataFrame:
        """People who would meet the standard if one criterion came out right: `person_id`, `criterion`."""
        return pl.concat([one.screening.almost(one.standard) for one in self.groups])

    def verdict_of(self, person_id: int) -> tuple[Verdict, tuple[Criterion, ...]]:
        """The verdict of one person and the criteria behind it, none where the standard is met."""
        group = next(one for one in self.groups if person_id in one.screening.persons)
        verdict = group.screening.verdict_of(group.standard, person_id)
        if verdict is Verdict.MET:
            return verdict, ()
        return verdict, tuple(group.screening.criteria_behind(group.standard, person_id, verdict))


def judge(common: Standard, people: Snapshot, as_of: date) -> Judged:
    """Everybody of `people` by the version of a standard that holds for them on a day.

    common: the version of the whole office, in force that day.
    """
    if not units_with_values(as_of):
        return Judged(common, (Group((), common, screened([common], people)),))
    groups = []
    for units, kept in by_place(people.frame[PERSON].to_list(), as_of):
        standard = rulebook(units).standard(common.code, as_of)
        groups.append(Group(units, standard, screened([standard], people.restricted_to(kept))))
    return Judged(common, tuple(groups))


def _sum(parts: list[Counts]) -> Counts:
    return Counts(sum(p.met for p in parts), sum(p.not_met for p in parts), sum(p.unknown for p in parts))
