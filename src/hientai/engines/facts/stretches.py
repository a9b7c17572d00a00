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
COUNTED_FROM = ("born", "recruited", "party_joined", "party_official", "retires_on")
EARLIEST_MARK = (1850 * 12 + 0) * 32 + 1
_MAIN = (
    (pl.col("title_rank").cast(pl.Int64).fill_null(-1) + 2) * (1 << 18)
    - (pl.col(f"{FROM}_mark") - EARLIEST_MARK).clip(0, (1 << 18) - 1)
) * (1 << 32) - pl.col("position_id").mod(1 << 32)
_HELD = pl.col("kind").ne_missing("acting")
_LEADS = pl.col("is_leadership").fill_null(False)
KEYS: dict[str, pl.Expr] = {
    "seat": pl.when(_HELD).then(pl.col("seat_id")),
    "title": pl.when(_HELD).then(pl.col("title_code")),
    "unit": pl.col("unit_id"),
    "level": pl.col("unit_level"),
    "leadership": pl.when(_LEADS).then(pl.lit(1)),
    "rotated": pl.when(pl.col("kind") == "rotated").then(pl.lit(1)),
    "leadership_level": pl.when(_LEADS).then(pl.col("unit_level")),
}


def with_stretches(positions: pl.DataFrame) -> pl.DataFrame:
    """The positions with two more columns a kind of stretch, as in `KEYS`: `..._until` (Date), `..._served`
    (Int32), and `valid_from_mark`; without positions that end before they begin.

    On the position that opens a stretch, `until` is the first day after the stretch (9999-12-31 while it
    lasts), so that a stretch is `[valid_from, until)` of its opening position; elsewhere it is null.
    `served` is the length of a stretch that has ended, as `time_served` of `facts.statement` gives it, null
    while it lasts. `main_order` (Int64) is greater for the main post among the seats held on a day: by rank, then
    length, then a smaller id; rank and first day are read back out of it (`main_rank`, `main_day`), so that one
    maximum answers for all.
    """
    positions = positions.filter(pl.col(TO).is_null() | (pl.col(TO) > pl.col(FROM)))
    spans = _Spans(positions)
    columns = []
    for name, key in KEYS.items():
        until, served = spans.opened(positions.select(key.alias("key"))["key"])
        columns += [until.alias(f"{name}_until"), served.alias(f"{name}_served")]
    complete = positions.with_columns(*columns, _mark(pl.col(FROM)).alias(f"{FROM}_mark"))
    return complete.with_columns(pl.when(pl.col("seat_until").is_not_null()).then(_MAIN).alias("main_order"))


def with_marks(persons: pl.DataFrame) -> pl.DataFrame:
    """The persons with `born` and with `..._mark` (Int32) of the days that facts count from.

    born (Date): the first possible day of an incomplete birth date, as Decree 135/2020 takes 1 January; a mark counts
    32 to a month, as `mark` of `facts.statement`.
    """
    month, day = pl.col("born_month"), pl.col("born_day").fill_null(1)
    first = pl.date("born_year", month.fill_null(1), 1)
    in_month = pl.when(month.is_null()).then(1).otherwise(pl.min_horizontal(day, first.dt.days_in_month()))
    complete = persons.with_columns(born=pl.date("born_year", month.fill_null(1), in_month))
    return complete.with_columns(_mark(pl.col(name)).alias(f"{name}_mark") for name in COUNTED_FROM)


def _mark(day: pl.Expr) -> pl.Expr:
    months = day.dt.year().cast(pl.Int32) * 12 + day.dt.month().cast(pl.Int32) - 1
    return months * 32 + day.dt.day().cast(pl.Int32)


def rank_stretches(positions: pl.DataFrame) -> pl.DataFrame:
    """In titles of a rank or higher: `person_id`, `rank` (each one ever held), `valid_from`, `until`,
    `served`.

    Acting and unranked positions do not count.
    """
    held = positions.filter(_HELD & pl.col("title_rank").is_not_null()).select(PERSON, FROM, TO, "title_rank")
    ranks = held.select(PERSON, pl.col("title_rank").alias("rank")).unique()
    spread = held.join(ranks, on=PERSON).filter(pl.col("title_rank") >= pl.col("rank"))
    until, served = _Spans(spread).opened(spread["rank"])
    joined = spread.select(PERSON, "rank", FROM, until.alias("until"), served.alias("served"))
    return joined.drop_nulls("until").with_columns(_mark(pl.col(FROM)).alias(f"{FROM}_mark"))


class _Spans:
    """Persons, first days and ends of a frame as arrays; spans that end before they begin are left out."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.persons = _numbered(frame[PERSON])
        self.starts = _days(frame[FROM])
        self.ends = _days(frame[TO].fill_null(LAST_DAY))
        self.filled = self.ends > self.starts

    def opened(self, keys: pl.Series) -> tuple[pl.Series, pl.Series]:
        """For each row that opens a stretch of its person and key: its end (Date) and length (Int32); else null."""
        until = pl.Series([None], dtype=pl.Date).new_from_index(0, len(keys))
        served = pl.Series([None], dtype=pl.Int32).new_from_index(0, len(keys))
        rows = np.flatnonzero(self.filled & keys.is_not_null().to_numpy())
        if not len(rows):
            return until, served
        numbers = _numbered(keys.gather(rows))
        groups = self.persons[rows] * (int(numbers.max()) + 1) + numbers
        order = _order(groups, self.starts[rows])
        ordered = rows[order]
        opens, ends = _joined(groups[order], self.starts[ordered], self.ends[ordered])
        openers, over = ordered[opens], ends < _day_number(LAST_DAY)
        lengths = _served(self.starts[openers[over]], ends[over])
        until.scatter(openers, pl.Series(ends.astype(np.int32)).cast(pl.Date))
        served.scatter(openers[over], pl.Series(lengths.astype(np.int32)))
        return until, served


def _served(starts: Numbers, ends: Numbers) -> Numbers:
    """Complete months times 65,536, plus the days left over (0 to 29), as `time_served` of `facts.statement`."""
    since, first = _month_and_day(starts)
    till, last = _month_and_day(ends)
    at_month_end = last == _length(till)
    short = last < first
    months = till - since - (short & ~at_month_end)
    beyond = last + np.maximum(_length(till - 1) - first, 0)
    days = np.minimum(np.where(short, np.where(at_month_end, 0, beyond), last - first), 29)
    served: Numbers = months * (1 << 16) + days
    return served


def _month_and_day(days: Numbers) -> tuple[Numbers, Numbers]:
    """Running number of the month, and the day in it from 1 on."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype(np.int64), days - months.astype("datetime64[D]").astype(np.int64) + 1


def _length(months: Numbers) -> Numbers:
    """Days of each month."""
    first, following = (
        moved.astype("datetime64[M]").astype("datetime64[D]") for moved in (months, months + 1)
    )
    length: Numbers = (following - first).astype(np.int64)
    return length


def _day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


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
