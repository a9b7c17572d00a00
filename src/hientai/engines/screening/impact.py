"""What one version of a standard changes against another: who gains, loses, becomes unknown, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.engines.criteria.tree import Criterion, Standard, Verdict
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.screening.compile import blame_expressions, columns_by_name
from hientai.engines.screening.screen import Screening, is_verdict, screen


@dataclass(frozen=True)
class Shift:
    """One kind of change. persons: ids, ascending (Int64).

    by_criterion: how many of them each criterion explains; one person counts at every criterion that applies.
    """

    persons: pl.Series
    by_criterion: tuple[tuple[Criterion, int], ...]

    @property
    def count(self) -> int:
        """How many persons."""
        return len(self.persons)


@dataclass(frozen=True)
class Impact:
    """The difference between two versions over the same people on the same day.

    gains: met now, not met or unknown before, by the earlier criteria that stood in the way.
    loses: not met now, met before, by the later criteria that fail.
    becomes_unknown: unknown now, decided before, by the later criteria that lack information.
    table: (before, after) -> persons, all nine cells; they add up to `base`.
    """

    before: Standard
    after: Standard
    as_of: date
    base: int
    gains: Shift
    loses: Shift
    becomes_unknown: Shift
    table: Mapping[tuple[Verdict, Verdict], int]
    groups: pl.DataFrame | None = None


def impact(before: Standard, after: Standard, snapshot: Snapshot, groups: pl.Series | None = None) -> Impact:
    """Judges everybody by both versions, as of the day of the snapshot, whether in force on it or not.

    groups: one value a person in the order of `snapshot.person_ids`; then `Impact.groups` counts each kind of
    change a group (columns `group`, `gains`, `loses`, `becomes_unknown`, `base`, UInt32), ordered by group.
    """
    screening = screen([before, after], snapshot)
    old, new = screening.verdicts[before.key], screening.verdicts[after.key]
    was = {verdict: is_verdict(old, verdict) for verdict in Verdict}
    now = {verdict: is_verdict(new, verdict) for verdict in Verdict}
    gained = now[Verdict.MET] & ~was[Verdict.MET]
    lost = now[Verdict.NOT_MET] & was[Verdict.MET]
    lost_sight = now[Verdict.UNKNOWN] & ~was[Verdict.UNKNOWN]
    return Impact(
        before,
        after,
        snapshot.as_of,
        len(snapshot),
        _shift(screening, gained, before, (Verdict.NOT_MET, Verdict.UNKNOWN)),
        _shift(screening, lost, after, (Verdict.NOT_MET,)),
        _shift(screening, lost_sight, after, (Verdict.UNKNOWN,)),
        {(first, second): int((was[first] & now[second]).sum()) for first in Verdict for second in Verdict},
        None if groups is None else _by_group(groups, gained, lost, lost_sight),
    )


def _shift(
    screening: Screening, chosen: pl.Series, explained_by: Standard, verdicts: tuple[Verdict, ...]
) -> Shift:
    blamed = [
        list(blame_expressions(explained_by.rule, columns_by_name(screening.names), verdict))
        for verdict in verdicts
    ]
    concerned = screening.comparisons.filter(chosen)
    counts = concerned.select(
        pl.sum_horizontal(expression.sum() for _, expression in same_criterion).alias(str(place))
        for place, same_criterion in enumerate(zip(*blamed, strict=True))
    )
    criteria = [criterion for criterion, _ in blamed[0]]
    numbers = counts.row(0) if criteria else ()
    return Shift(
        screening.persons.filter(chosen),
        tuple((criterion, int(number)) for criterion, number in zip(criteria, numbers, strict=True)),
    )


def _by_group(groups: pl.Series, gained: pl.Series, lost: pl.Series, lost_sight: pl.Series) -> pl.DataFrame:
    framed = pl.DataFrame({"group": groups, "gains": gained, "loses": lost, "becomes_unknown": lost_sight})
    counted = framed.group_by("group").agg(
        pl.col("gains", "loses", "becomes_unknown").sum().cast(pl.UInt32),
        pl.len().cast(pl.UInt32).alias("base"),
    )
    return counted.sort("group", nulls_last=True)
