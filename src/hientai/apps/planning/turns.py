"""Turns of a plan picked by what they are for and whom they name: pure, frames in, rows out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.apps.planning.coverage import MAJORITY, PlanFrames, band
from hientai.foundation.snapshot import with_age

COMMITTEE, STANDING, POSTS = "committee", "standing", "posts"
GROUPS = (COMMITTEE, STANDING, POSTS)


@dataclass(frozen=True)
class TurnFilter:
    """Which turns to keep; "" or None keeps all.

    level, title: of the seat; group: committee members, members of the standing committee, or all other titles; unit:
    code, its subtree; seat: one seat; sex: F or M; minority: of an ethnic minority; readiness: as the plan records it;
    edges and age_band: the half-open band of that number; block: of the unit; over: of people who stand for more posts
    of one level than the regime allows.
    """

    level: str = ""
    title: str = ""
    group: str = ""
    unit: str = ""
    seat: int | None = None
    sex: str = ""
    minority: bool = False
    readiness: str = ""
    edges: tuple[int, ...] = ()
    age_band: int | None = None
    block: str = ""
    over: bool = False


EVERY_TURN = TurnFilter()


def turns_of(frames: PlanFrames, as_of: date, wanted: TurnFilter) -> pl.DataFrame:
    """The turns that `wanted` keeps, by unit, protocol order of the title, and person."""
    people = with_age(frames.people, as_of).select("person_id", "sex", "age", "ethnicity")
    titles = frames.titles.select("title_id", "title_code", "order")
    joined = frames.slots.join(titles, on="title_id", how="left", maintain_order="left").join(
        people, on="person_id", how="left", maintain_order="left"
    )
    return joined.filter(_kept(wanted)).sort("unit_id", "order", "title_code", "person_id").drop("order")


def holders_of(frames: PlanFrames, wanted: TurnFilter) -> pl.DataFrame:
    """Holders of the titles that `wanted` names; what it asks of planned people is not asked of them."""
    titles = frames.titles.select("title_id", "title_code", "level")
    joined = frames.holders.join(titles, on="title_id", how="inner", maintain_order="left")
    return joined.filter(_of_title(wanted)).sort("seat_id", "person_id")


def group_of(title: str) -> str:
    """The group a title belongs to in the sums of a plan."""
    if title.endswith(".standing_committee_member"):
        return STANDING
    return COMMITTEE if title.endswith(".committee_member") else POSTS


def _kept(wanted: TurnFilter) -> pl.Expr:
    kept = _of_title(wanted)
    if wanted.sex:
        kept &= pl.col("sex") == wanted.sex
    if wanted.minority:
        kept &= pl.col("ethnicity") != MAJORITY
    if wanted.readiness:
        kept &= pl.col("readiness") == wanted.readiness
    if wanted.age_band is not None:
        kept &= band(wanted.edges, wanted.age_band)
    return kept.fill_null(value=False)


def _of_title(wanted: TurnFilter) -> pl.Expr:
    kept = pl.lit(value=True)
    if wanted.level:
        kept &= pl.col("level") == wanted.level
    if wanted.title:
        kept &= pl.col("title_code") == wanted.title
    if wanted.seat is not None:
        kept &= pl.col("seat_id") == wanted.seat
    standing = pl.col("title_code").str.ends_with(".standing_committee_member")
    committee = pl.col("title_code").str.ends_with(".committee_member")
    if wanted.group:
        kept &= {COMMITTEE: committee, STANDING: standing, POSTS: ~committee & ~standing}[wanted.group]
    return kept
