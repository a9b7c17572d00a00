"""Judges everybody by many standards at once and answers who, how many, and by which criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.engines.criteria.judge import blamed
from hientai.engines.criteria.tree import Criterion, Standard, Verdict, polarities
from hientai.engines.errors import BadInput
from hientai.engines.facts.snapshot import PERSON, Snapshot
from hientai.engines.screening.bits import Bits, judged, nothing_known, packed, unpacked
from hientai.engines.screening.compile import (
    UNKNOWN_COLUMN,
    Comparison,
    columns_by_name,
    comparison_expression,
    distinct_comparisons,
    verdict_expression,
)
from hientai.engines.wording import say


@dataclass(frozen=True)
class Counts:
    """How many persons of a base are met, not met, unknown."""

    met: int
    not_met: int
    unknown: int

    @property
    def base(self) -> int:
        """All persons judged."""
        return self.met + self.not_met + self.unknown


@dataclass(frozen=True)
class CriterionCounts:
    """One criterion of a standard and how everybody stands to it."""

    criterion: Criterion
    counts: Counts


@dataclass(frozen=True)
class Screening:
    """Verdicts of everybody.

    persons: Int64, ascending. comparisons: one Boolean column a distinct comparison, named as in `names`.
    verdicts, confirmed: one Boolean column a standard, named by its key; `confirmed` counts verified values
    only. In all of them true is met, false not met, null unknown; rows follow `persons`.
    """

    standards: tuple[Standard, ...]
    as_of: date
    persons: pl.Series
    names: Mapping[Comparison, str]
    comparisons: pl.DataFrame
    verdicts: pl.DataFrame
    confirmed: pl.DataFrame

    def counts(self, standard: Standard) -> Counts:
        """How many meet the standard."""
        return counts_of(self.verdicts[self._key(standard)])

    def violations(self, standard: Standard) -> pl.Series:
        """Persons who do not meet it whatever the unverified values may be (ids, ascending)."""
        return self.persons.filter(~self.confirmed[self._key(standard)].fill_null(True))

    def people(self, standard: Standard, verdict: Verdict) -> pl.Series:
        """Persons with that verdict (ids, ascending)."""
        return self.persons.filter(is_verdict(self.verdicts[self._key(standard)], verdict))

    def by_criterion(self, standard: Standard) -> tuple[CriterionCounts, ...]:
        """How everybody stands to each criterion, in the order of the rule."""
        return tuple(
            CriterionCounts(criterion, counts_of(self.column_of(criterion)))
            for criterion in standard.criteria()
        )

    def by_group(self, standard: Standard, groups: pl.Series) -> pl.DataFrame:
        """Counts a group: columns `group`, `met`, `not_met`, `unknown` (UInt32), ordered by group.

        groups: one value a person in the order of `persons` (a unit, a block); null is a group of its own.
        """
        return grouped_counts(groups, self.verdicts[self._key(standard)])

    def by_criterion_and_group(self, standard: Standard, groups: pl.Series) -> pl.DataFrame:
        """Counts a criterion and group: columns `criterion`, `group`, `met`, `not_met`, `unknown`."""
        parts = [
            grouped_counts(groups, self.column_of(criterion)).select(
                pl.lit(criterion.key).alias("criterion"), pl.all()
            )
            for criterion in standard.criteria()
        ]
        return pl.concat(parts)

    def verdict_of(self, standard: Standard, person_id: int) -> Verdict:
        """The verdict of one person."""
        return as_verdict(self.verdicts[self._key(standard)][self._row(person_id)])

    def criteria_behind(self, standard: Standard, person_id: int, verdict: Verdict) -> tuple[Criterion, ...]:
        """The criteria that keep one person at that verdict, looked up in the person's bits."""
        row = self._row(person_id)

        def outcome_of(criterion: Criterion) -> Verdict:
            return as_verdict(self.column_of(criterion)[row])

        return tuple(blamed(standard.rule, outcome_of, verdict))

    def almost(self, standard: Standard) -> pl.DataFrame:
        """Persons who would meet the standard if one criterion came out right: `person_id`, `criterion`
        (key).

        Persons with several such criteria come once a criterion; ordered by criterion of the rule, then
        person.
        """
        verdict = self.verdicts[self._key(standard)]
        not_yet = ~verdict.fill_null(False)
        parts = [pl.DataFrame(schema={PERSON: pl.Int64, "criterion": pl.String})]
        for criterion, helps in polarities(standard.rule):
            flipped = self._judged_with(standard, criterion, helps)
            near = self.persons.filter(not_yet & flipped.fill_null(False))
            parts.append(
                pl.DataFrame({PERSON: near, "criterion": [criterion.key] * len(near)}, schema=parts[0].schema)
            )
        return pl.concat(parts).unique(maintain_order=True)

    def column_of(self, criterion: Criterion) -> pl.Series:
        """Everybody's bit for one criterion: true met, false not met, null unknown."""
        return self.comparisons[self.names[criterion.comparison]]

    def _judged_with(self, standard: Standard, changed: Criterion, value: bool) -> pl.Series:
        plain = columns_by_name(self.names)

        everybody = pl.col(UNKNOWN_COLUMN).is_null()

        def column_of(criterion: Criterion) -> pl.Expr:
            if criterion.comparison != changed.comparison:
                return plain(criterion)
            return everybody if value else ~everybody

        expression = verdict_expression(standard.rule, column_of)
        assert expression is not None
        return self.comparisons.select(expression.alias("judged"))["judged"]

    def _key(self, standard: Standard) -> str:
        if standard.key not in self.verdicts.columns:
            raise BadInput(
                "standard_not_screened",
                say("Tiêu chuẩn “{code}” không nằm trong lần rà soát này.", code=standard.key),
                standard.key,
            )
        return standard.key

    def _row(self, person_id: int) -> int:
        row = int(self.persons.search_sorted(person_id)) if len(self.persons) else 0
        if row >= len(self.persons) or self.persons[row] != person_id:
            raise BadInput(
                "unknown_person", say("Không có người mang mã “{person}”.", person=person_id), str(person_id)
            )
        return row


def screen(standards: Sequence[Standard], snapshot: Snapshot) -> Screening:
    """Judges everybody in `snapshot` by each standard.

    Raises BadInput `unknown_fact` where a standard names a fact that the snapshot lacks.
    """
    names = distinct_comparisons(standards)
    for code, _, _ in names:
        snapshot.catalogue[code]
    comparisons = snapshot.frame.select(
        pl.repeat(None, pl.len(), dtype=pl.Boolean).alias(UNKNOWN_COLUMN),
        *(comparison_expression(comparison).alias(name) for comparison, name in names.items()),
    )
    verdicts = _judged(standards, names, comparisons, confirmed=False)
    doubtful = [
        standard for standard in standards if any(not c.parameter.verified for c in standard.criteria())
    ]
    confirmed = (
        verdicts.with_columns(_judged(doubtful, names, comparisons, confirmed=True)) if doubtful else verdicts
    )
    return Screening(
        tuple(standards), snapshot.as_of, snapshot.person_ids, names, comparisons, verdicts, confirmed
    )


def counts_of(verdicts: pl.Series) -> Counts:
    """Trues, falses and nulls of a Boolean column."""
    unknown = verdicts.null_count()
    met = int(verdicts.sum() or 0)
    return Counts(met, len(verdicts) - unknown - met, unknown)


def grouped_counts(groups: pl.Series, verdicts: pl.Series) -> pl.DataFrame:
    """Trues, falses and nulls a group: columns `group`, `met`, `not_met`, `unknown` (UInt32), ordered."""
    framed = pl.DataFrame({"group": groups, "verdict": verdicts})
    counted = framed.group_by("group").agg(
        pl.col("verdict").sum().cast(pl.UInt32).alias("met"),
        pl.col("verdict").null_count().cast(pl.UInt32).alias("unknown"),
        pl.len().cast(pl.UInt32).alias("base"),
    )
    not_met = (pl.col("base") - pl.col("met") - pl.col("unknown")).alias("not_met")
    return counted.select("group", "met", not_met, "unknown").sort("group", nulls_last=True)


def is_verdict(verdicts: pl.Series, verdict: Verdict) -> pl.Series:
    """Where a Boolean column has that verdict; never null."""
    if verdict is Verdict.UNKNOWN:
        return verdicts.is_null()
    return (verdicts if verdict is Verdict.MET else ~verdicts).fill_null(False)


def as_verdict(bit: bool | None) -> Verdict:
    """One bit of a Boolean column as a verdict."""
    if bit is None:
        return Verdict.UNKNOWN
    return Verdict.MET if bit else Verdict.NOT_MET


def _judged(
    standards: Sequence[Standard],
    names: Mapping[Comparison, str],
    comparisons: pl.DataFrame,
    *,
    confirmed: bool,
) -> pl.DataFrame:
    """A column a standard; with `confirmed`, values that nobody has confirmed are unknown for everybody."""
    size = comparisons.height
    nothing = nothing_known(size)
    known = {name: packed(comparisons[name]) for name in names.values()}

    def bits_of(criterion: Criterion) -> Bits:
        doubted = confirmed and not criterion.parameter.verified
        return nothing if doubted else known[names[criterion.comparison]]

    found = {standard.key: judged(standard.rule, bits_of) or nothing for standard in standards}
    return pl.DataFrame([unpacked(bits, size, key) for key, bits in found.items()])
