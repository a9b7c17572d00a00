"""What one version of a standard changes against another: who gains, loses, becomes unknown, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from hientai.engines.criteria.tree import All, AnyOf, Criterion, Node, Not, Standard, Verdict
from hientai.engines.errors import BadInput
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.screening.compile import blame_expressions, columns_by_name
from hientai.engines.screening.screen import Screening, is_verdict, screen
from hientai.engines.wording import say


@dataclass(frozen=True)
class Shift:
    """One kind of change. persons: ids, ascending (Int64).

    criteria: those that can explain it. blamed: one Boolean column a criterion, named by its place, rows as `persons`:
    whom it explains; one person counts at every criterion that applies.
    """

    persons: pl.Series
    criteria: tuple[Criterion, ...]
    blamed: pl.DataFrame

    @property
    def count(self) -> int:
        """How many persons."""
        return len(self.persons)

    @property
    def by_criterion(self) -> tuple[tuple[Criterion, int], ...]:
        """How many of them each criterion explains."""
        numbers = self.blamed.sum().row(0) if self.criteria else ()
        return tuple(
            (criterion, int(number or 0)) for criterion, number in zip(self.criteria, numbers, strict=True)
        )

    def blamed_on(self, key: str) -> pl.Series:
        """The persons whom the criterion of that key explains; nobody where no criterion has it."""
        for place, criterion in enumerate(self.criteria):
            if criterion.key == key:
                return self.persons.filter(self.blamed[str(place)])
        return self.persons.clear()


@dataclass(frozen=True)
class Impact:
    """The difference between two versions over the same people on the same day.

    gains: met now, not met or unknown before, by the earlier criteria that stood in the way.
    loses: not met now, met before, by the later criteria that fail.
    becomes_unknown: unknown now, decided before, by the later criteria that lack information.
    table: (before, after) -> persons, all nine cells; they add up to `base`. persons, was, now: everybody with both
    verdicts as Boolean columns (null: unknown). units: the group of each, where groups were asked for.
    """

    before: Standard
    after: Standard
    as_of: date
    base: int
    gains: Shift
    loses: Shift
    becomes_unknown: Shift
    table: Mapping[tuple[Verdict, Verdict], int]
    persons: pl.Series
    was: pl.Series
    now: pl.Series
    units: pl.Series | None = None
    groups: pl.DataFrame | None = None

    def people(self, before: Verdict, after: Verdict) -> pl.Series:
        """The persons of one cell of the table (ids, ascending)."""
        return self.persons.filter(is_verdict(self.was, before) & is_verdict(self.now, after))


def impact(before: Standard, after: Standard, snapshot: Snapshot, groups: pl.Series | None = None) -> Impact:
    """Judges everybody by both versions, as of the day of the snapshot, whether in force on it or not.

    groups: one value a person in the order of `snapshot.person_ids`; then `Impact.groups` counts each kind of
    change a group (columns `group`, `gains`, `loses`, `becomes_unknown`, `base`, UInt32), ordered by group.
    Raises BadInput `same_version` where both are one version.
    """
    if before.key == after.key:
        raise BadInput(
            "same_version",
            say("Chọn hai văn bản khác nhau để so sánh; cả hai đang là {key}.", key=after.document),
        )
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
        screening.persons,
        old,
        new,
        groups,
        None if groups is None else _by_group(groups, gained, lost, lost_sight),
    )


def together(common: Impact, parts: Sequence[Impact]) -> Impact:
    """The impacts of several groups of people, each under versions with values of its own, told as one.

    common: the impact over nobody under the versions of the whole office, which name documents and criteria; parts: of
    people without overlap, by the same documents, in any order.
    """
    persons = pl.concat([part.persons for part in (common, *parts)])
    order = persons.arg_sort()

    def joined(columns: Iterable[pl.Series | None]) -> pl.Series:
        return pl.concat([one for one in columns if one is not None]).gather(order)

    counted = [part.groups for part in parts if part.groups is not None]
    return replace(
        common,
        base=sum(part.base for part in parts),
        gains=_together(common.gains, [part.gains for part in parts]),
        loses=_together(common.loses, [part.loses for part in parts]),
        becomes_unknown=_together(common.becomes_unknown, [part.becomes_unknown for part in parts]),
        table={cell: sum(part.table[cell] for part in parts) for cell in common.table},
        persons=persons.gather(order),
        was=joined(part.was for part in (common, *parts)),
        now=joined(part.now for part in (common, *parts)),
        units=None if common.units is None else joined(part.units for part in (common, *parts)),
        groups=pl.concat(counted).group_by("group").sum().sort("group", nulls_last=True) if counted else None,
    )


def _together(common: Shift, parts: Sequence[Shift]) -> Shift:
    persons = pl.concat([part.persons for part in (common, *parts)])
    order = persons.arg_sort()
    blamed = pl.concat([part.blamed for part in (common, *parts)])
    return Shift(persons.gather(order), common.criteria, blamed[order] if common.criteria else blamed)


def with_fact(standard: Standard, facts: Mapping[str, str], document: str) -> Standard:
    """The same standard asking other facts (code -> code), as if `document` had set it."""
    return replace(standard, document=document, rule=_asking(standard.rule, facts))


def _asking(node: Node, facts: Mapping[str, str]) -> Node:
    if isinstance(node, Criterion):
        return replace(node, fact=facts.get(node.fact, node.fact))
    if isinstance(node, All | AnyOf):
        return replace(node, parts=tuple(_asking(part, facts) for part in node.parts))
    return replace(node, part=_asking(node.part, facts)) if isinstance(node, Not) else node


def _shift(
    screening: Screening, chosen: pl.Series, explained_by: Standard, verdicts: tuple[Verdict, ...]
) -> Shift:
    by_verdict = [
        list(blame_expressions(explained_by.rule, columns_by_name(screening.names), verdict))
        for verdict in verdicts
    ]
    concerned = screening.comparisons.filter(chosen)
    blamed = concerned.select(
        pl.any_horizontal(expression for _, expression in same_criterion).alias(str(place))
        for place, same_criterion in enumerate(zip(*by_verdict, strict=True))
    )
    criteria = tuple(criterion for criterion, _ in by_verdict[0])
    return Shift(screening.persons.filter(chosen), criteria, blamed)


def _by_group(groups: pl.Series, gained: pl.Series, lost: pl.Series, lost_sight: pl.Series) -> pl.DataFrame:
    framed = pl.DataFrame({"group": groups, "gains": gained, "loses": lost, "becomes_unknown": lost_sight})
    counted = framed.group_by("group").agg(
        pl.col("gains", "loses", "becomes_unknown").sum().cast(pl.UInt32),
        pl.len().cast(pl.UInt32).alias("base"),
    )
    return counted.sort("group", nulls_last=True)
