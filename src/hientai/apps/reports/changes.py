"""What changed between two days (biến động): pure, frames in, everybody counted exactly once in one kind.

Came, left and stayed are told apart by who is in the first set and who is in the second; why, by what else is known. So
`before + came - left = after` holds by construction, in total and in each group.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class Kind(StrEnum):
    """Why somebody is counted as they are. Came, left, and within: who is in both."""

    RECRUITED = "recruited"
    RETURNED = "returned"
    RECEIVED = "received"
    ADDED = "added"
    RETIRED = "retired"
    ENDED = "ended"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    PROMOTED = "promoted"
    LOWERED = "lowered"
    REORGANISED = "reorganised"
    MOVED = "moved"
    RETITLED = "retitled"
    UNCHANGED = "unchanged"


CAME = (Kind.RECRUITED, Kind.RETURNED, Kind.RECEIVED, Kind.ADDED)
LEFT = (Kind.RETIRED, Kind.ENDED, Kind.SENT, Kind.WITHDRAWN)
WITHIN = (Kind.PROMOTED, Kind.LOWERED, Kind.REORGANISED, Kind.MOVED, Kind.RETITLED, Kind.UNCHANGED)


@dataclass(frozen=True)
class Known:
    """What tells the kinds apart; each a set of person ids unless said.

    elsewhere_before, elsewhere_after: on file those days outside the set asked about; known_before: on file on the
    first day as known now; earlier: had a file that ended before the first day; retired: left on or after the last
    day in service; ended_units: units that exist no more on the second day.
    """

    elsewhere_before: frozenset[int] = frozenset()
    elsewhere_after: frozenset[int] = frozenset()
    known_before: frozenset[int] = frozenset()
    earlier: frozenset[int] = frozenset()
    retired: frozenset[int] = frozenset()
    ended_units: frozenset[int] = frozenset()


def compare(before: pl.DataFrame, after: pl.DataFrame, known: Known) -> pl.DataFrame:
    """One row a person of either set: person_id, kind, and the columns of both sets, `_before` and `_after`.

    before, after: person_id, unit_id, title_id, rank (null without a post), and whatever groups are made by.
    """
    columns = [name for name in before.columns if name != "person_id"]
    both = before.rename({name: f"{name}_before" for name in columns}).with_columns(was=pl.lit(value=True)).join(
        after.rename({name: f"{name}_after" for name in columns}).with_columns(now=pl.lit(value=True)),
        on="person_id", how="full", coalesce=True, maintain_order="left_right",
    )  # fmt: skip
    return both.with_columns(kind=_kind(known))


def _kind(known: Known) -> pl.Expr:
    person = pl.col("person_id")
    came = (
        pl.when(_is_in(person, known.elsewhere_before)).then(pl.lit(Kind.RECEIVED))
        .when(_is_in(person, known.known_before)).then(pl.lit(Kind.ADDED))
        .when(_is_in(person, known.earlier)).then(pl.lit(Kind.RETURNED))
        .otherwise(pl.lit(Kind.RECRUITED))
    )  # fmt: skip
    left = (
        pl.when(_is_in(person, known.elsewhere_after)).then(pl.lit(Kind.SENT))
        .when(~_is_in(person, known.known_before)).then(pl.lit(Kind.WITHDRAWN))
        .when(_is_in(person, known.retired)).then(pl.lit(Kind.RETIRED))
        .otherwise(pl.lit(Kind.ENDED))
    )  # fmt: skip
    low, high = pl.col("rank_before").fill_null(-1), pl.col("rank_after").fill_null(-1)
    within = (
        pl.when(high > low).then(pl.lit(Kind.PROMOTED))
        .when(high < low).then(pl.lit(Kind.LOWERED))
        .when(pl.col("unit_id_before") == pl.col("unit_id_after"))
        .then(pl.when(pl.col("title_id_before").eq_missing(pl.col("title_id_after")))
              .then(pl.lit(Kind.UNCHANGED)).otherwise(pl.lit(Kind.RETITLED)))
        .when(_is_in(pl.col("unit_id_before"), known.ended_units)).then(pl.lit(Kind.REORGANISED))
        .otherwise(pl.lit(Kind.MOVED))
    )  # fmt: skip
    return (
        pl.when(pl.col("was").is_null()).then(came).when(pl.col("now").is_null()).then(left).otherwise(within)
    )


def _is_in(column: pl.Expr, ids: Iterable[int]) -> pl.Expr:
    return column.is_in(pl.Series(sorted(ids), dtype=pl.Int64).implode())


@dataclass(frozen=True)
class Group:
    """One group of a table: who was in it, who came and left from outside and from other groups, who is in it.

    Each figure is a set of person ids, so that it opens its list.
    """

    code: str | int | None
    before: tuple[int, ...]
    came: tuple[int, ...]
    left: tuple[int, ...]
    from_others: tuple[int, ...]
    to_others: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def holds(self) -> bool:
        """before + came + from others - left - to others = after."""
        inward, outward = len(self.came) + len(self.from_others), len(self.left) + len(self.to_others)
        return len(self.before) + inward - outward == len(self.after)


def groups(changes: pl.DataFrame, by: str) -> list[Group]:
    """The groups of a column that both sets have, in the order of their codes (null last)."""
    one, other = pl.col(f"{by}_before"), pl.col(f"{by}_after")
    was, now = pl.col("was").is_not_null(), pl.col("now").is_not_null()
    codes = pl.concat(
        [changes.filter(was).select(one.alias(by)), changes.filter(now).select(other.alias(by))]
    )
    found = []
    for code in codes.get_column(by).unique().sort(nulls_last=True).to_list():
        mine, yours = one.eq_missing(pl.lit(code)), other.eq_missing(pl.lit(code))
        found.append(Group(
            code,
            before=_ids(changes, was & mine),
            came=_ids(changes, ~was & now & yours),
            left=_ids(changes, was & ~now & mine),
            from_others=_ids(changes, was & now & ~mine & yours),
            to_others=_ids(changes, was & now & mine & ~yours),
            after=_ids(changes, now & yours),
        ))  # fmt: skip
    return found


def of_kinds(changes: pl.DataFrame, kinds: Iterable[str]) -> tuple[int, ...]:
    """People of the given kinds."""
    return _ids(changes, pl.col("kind").is_in([str(kind) for kind in kinds]))


def _ids(changes: pl.DataFrame, where: pl.Expr) -> tuple[int, ...]:
    return tuple(changes.filter(where).get_column("person_id").to_list())
