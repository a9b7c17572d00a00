"""How deep and how balanced a plan is, reckoned from columns: pure, frames in, counts with their lists out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.apps.planning.types import Count, CoverageRow, Readiness
from hientai.foundation.snapshot import with_age

MAJORITY = "kinh"


@dataclass(frozen=True)
class Measures:
    """What the regime in force measures by: young below an age (by level), bands, posts a person may be planned for."""

    young_below: Mapping[str, int]
    band_edges: tuple[int, ...]
    max_posts: int


@dataclass(frozen=True)
class PlanFrames:
    """Columns of one plan, already cut to the actor's scope, the unit and the day.

    slots: person_id, seat_id, title_id, level, readiness; holders: person_id, seat_id, title_id;
    seats: seat_id, title_id; people: person_id, sex, born_year, born_month, born_day, ethnicity;
    titles: title_id, title_code, name, level, is_key, is_leadership, order.
    """

    slots: pl.DataFrame
    holders: pl.DataFrame
    seats: pl.DataFrame
    people: pl.DataFrame
    titles: pl.DataFrame


def coverage_rows(frames: PlanFrames, as_of: date, measures: Measures) -> list[CoverageRow]:
    """One row per title that somebody is planned for, or that leads and has seats; in protocol order."""
    planned = frames.slots.join(
        with_age(frames.people, as_of), on="person_id", how="left", maintain_order="left"
    )
    over = over_planned(frames.slots, measures.max_posts)
    by_title = {key[0]: part for key, part in planned.group_by("title_id", maintain_order=True)}
    holders = {key[0]: part for key, part in frames.holders.group_by("title_id", maintain_order=True)}
    seats = {key[0]: part for key, part in frames.seats.group_by("title_id", maintain_order=True)}
    empty_plan, empty_holders, empty_seats = planned.clear(), frames.holders.clear(), frames.seats.clear()
    return [
        _row(
            title,
            by_title.get(title["title_id"], empty_plan),
            holders.get(title["title_id"], empty_holders),
            seats.get(title["title_id"], empty_seats),
            over,
            measures,
        )
        for title in frames.titles.sort("order", "title_code").iter_rows(named=True)
        if title["title_id"] in by_title or (title["is_leadership"] and title["title_id"] in seats)
    ]


def band(edges: Sequence[int], number: int) -> pl.Expr:
    """Whether `age` is in the half-open band `number` (0 is below the first edge)."""
    lower = pl.lit(value=True) if number == 0 else pl.col("age") >= edges[number - 1]
    upper = pl.lit(value=True) if number == len(edges) else pl.col("age") < edges[number]
    return (lower & upper).fill_null(value=False)


def people_in(frame: pl.DataFrame, where: pl.Expr | None = None) -> Count:
    """Distinct people of a frame, as a count with its list."""
    kept = frame if where is None else frame.filter(where.fill_null(value=False))
    ids = tuple(kept.get_column("person_id").unique(maintain_order=True).to_list())
    return Count(len(ids), ids)


def over_planned(slots: pl.DataFrame, most: int) -> frozenset[int]:
    """People who stand for more than `most` posts of one level. slots: person_id, level."""
    per_level = (
        slots.group_by("person_id", "level").agg(pl.len().alias("posts")).filter(pl.col("posts") > most)
    )
    return frozenset(per_level.get_column("person_id").to_list())


def _row(
    title: Mapping[str, object], planned: pl.DataFrame, holders: pl.DataFrame, seats: pl.DataFrame,
    over: frozenset[int], measures: Measures,
) -> CoverageRow:  # fmt: skip
    young = measures.young_below.get(str(title["level"]))
    people = people_in(planned)
    over_ids = tuple(person for person in people.ids if person in over)
    return CoverageRow(
        title_code=str(title["title_code"]),
        title=str(title["name"]),
        level=str(title["level"]),
        is_key=bool(title["is_key"]),
        seats=_seats(seats),
        current=people_in(holders),
        turns=planned.height,
        people=people,
        women=people_in(planned, pl.col("sex") == "F"),
        young=people_in(planned, pl.col("age") < young) if young is not None else None,
        ethnic=people_in(planned, pl.col("ethnicity") != MAJORITY),
        bands=tuple(
            people_in(planned, band(measures.band_edges, n)) for n in range(len(measures.band_edges) + 1)
        ),
        ready=people_in(planned, pl.col("readiness") == str(Readiness.NOW)),
        gaps=_gaps(seats, planned),
        over=Count(len(over_ids), over_ids),
    )


def _seats(seats: pl.DataFrame) -> Count:
    ids = tuple(seats.get_column("seat_id").to_list())
    return Count(len(ids), ids)


def _gaps(seats: pl.DataFrame, planned: pl.DataFrame) -> Count:
    depth = planned.group_by("seat_id").agg(pl.col("person_id").n_unique().alias("depth"))
    thin = seats.join(depth, on="seat_id", how="left", maintain_order="left").filter(
        pl.col("depth").fill_null(0) <= 1
    )
    return _seats(thin)
