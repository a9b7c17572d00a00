"""Joins positions into unbroken stretches once, so that months of any day are plain sums of one pass.

A stretch is a run of positions of one person and one key (a seat, a title, any leadership...) without a day
between them; days in several positions count once. Stretches do not depend on the day asked about: cutting
them at that day gives the same as joining what was cut.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

PERSON, FROM, TO = "person_id", "valid_from", "valid_to"
LAST_DAY = date(9999, 12, 31)
FURTHER_THAN_ANY_DAY = 1 << 23
LARGEST_SPREAD = 1 << 21
Numbers = npt.NDArray[np.int64]

# Acting (giao quyền, phụ trách) is no holding of a seat or title: Decree 115/2020 article 47.
_HELD = pl.col("kind").ne_missing("acting")
_LEADS = pl.col("is_leadership").fill_null(False)
KEYS: dict[str, pl.Expr] = {
    "seat_until": pl.when(_HELD).then(pl.col("seat_id")),
    "title_until": pl.when(_HELD).then(pl.col("title_code")),
    "unit_until": pl.col("unit_id"),
    "level_until": pl.col("unit_level"),
    "leadership_until": pl.when(_LEADS).then(pl.lit(1)),
    "rotated_until": pl.when(pl.col("kind") == "rotated").then(pl.lit(1)),
    "leadership_level_until": pl.when(_LEADS).then(pl.col("unit_level")),
}


def with_stretches(positions: pl.DataFrame) -> pl.DataFrame:
    """The positions with one more column a kind of stretch, as in `KEYS` (Date).

    On the position that opens a stretch the column has the first day after the stretch (9999-12-31 while it
    lasts); elsewhere it is null. So a stretch is `[valid_from, ..._until)` of its opening position.
    """
    spans = _Spans(positions)
    return positions.with_columns(
        spans.opened(positions.select(key.alias("key"))["key"]).alias(name) for name, key in KEYS.items()
    )


def rank_stretches(positions: pl.DataFrame) -> pl.DataFrame:
    """Stretches in titles of a rank or higher: `person_id`, `rank` (each the person ever held),
    `valid_from`, `until`.

    Acting and unranked positions do not count.
    """
    held = positions.filter(_HELD & pl.col("title_rank").is_not_null()).select(PERSON, FROM, TO, "title_rank")
    ranks = held.select(PERSON, pl.col("title_rank").alias("rank")).unique()
    spread = held.join(ranks, on=PERSON).filter(pl.col("title_rank") >= pl.col("rank"))
    until = _Spans(spread).opened(spread["rank"]).alias("until")
    return spread.select(PERSON, "rank", FROM).with_columns(until).drop_nulls("until")


class _Spans:
    """Persons, first days and ends of a frame as arrays; spans that end before they begin are left out."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.persons = _numbered(frame[PERSON])
        self.starts = _days(frame[FROM])
        self.ends = _days(frame[TO].fill_null(LAST_DAY))
        self.filled = self.ends > self.starts

    def opened(self, keys: pl.Series) -> pl.Series:
        """For each row that opens a stretch of its person and key, the end of the stretch; null elsewhere."""
        rows = np.flatnonzero(self.filled & keys.is_not_null().to_numpy())
        until = pl.Series([None], dtype=pl.Date).new_from_index(0, len(keys))
        if not len(rows):
            return until
        numbers = _numbered(keys.gather(rows))
        groups = self.persons[rows] * (int(numbers.max()) + 1) + numbers
        order = _order(groups, self.starts[rows])
        ordered = rows[order]
        opens, ends = _joined(groups[order], self.starts[ordered], self.ends[ordered])
        return until.scatter(ordered[opens], pl.Series(ends.astype(np.int32)).cast(pl.Date))


def _numbered(values: pl.Series) -> Numbers:
    """Different whole numbers from 0 on for different values, small enough to be combined with others."""
    if values.is_sorted():
        return values.rle_id().cast(pl.Int64).to_numpy()
    if values.dtype == pl.String:
        return values.cast(pl.Categorical).to_physical().cast(pl.Int64).to_numpy()
    numbers = values.cast(pl.Int64).to_numpy()
    spread = int(numbers.max()) - int(numbers.min())
    return numbers - numbers.min() if spread <= LARGEST_SPREAD else np.unique(numbers, return_inverse=True)[1]


def _days(days: pl.Series) -> Numbers:
    return days.cast(pl.Int32).cast(pl.Int64).to_numpy()


def _order(groups: Numbers, starts: Numbers) -> Numbers:
    """The order by group, then start: one sort of one number a row."""
    first = int(starts.min())
    span = int(starts.max()) - first + 1
    return np.argsort(groups * span + (starts - first), kind="stable")


def _joined(groups: Numbers, starts: Numbers, ends: Numbers) -> tuple[npt.NDArray[np.bool_], Numbers]:
    """Which rows open a stretch, and the end of each stretch; rows ordered by group, then start.

    The running maximum of the ends inside each group is one running maximum over all, because every group is
    moved further than any day.
    """
    places = np.concatenate(([0], np.cumsum(groups[1:] != groups[:-1])))
    shift = places * FURTHER_THAN_ANY_DAY
    reached = np.maximum.accumulate(ends + shift)
    opens = np.concatenate(([True], (starts + shift)[1:] > reached[:-1]))
    last = np.append(np.flatnonzero(opens)[1:] - 1, len(starts) - 1)
    return opens, (reached - shift)[last]
