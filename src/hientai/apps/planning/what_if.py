"""What adding or dropping people would do to every figure of a plan before anybody does it: pure, on frames."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import polars as pl

from hientai.apps.planning.coverage import Measures, PlanFrames, coverage_rows
from hientai.apps.planning.types import CoverageRow

Value = int | Fraction | None


@dataclass(frozen=True)
class Addition:
    """Somebody thought of for a seat. readiness: as it would be recorded."""

    person_id: int
    seat_id: int
    readiness: str = ""


@dataclass(frozen=True)
class Difference:
    """One figure of one title before and after. place: number of the age band, None elsewhere."""

    title: str
    title_code: str
    figure: str
    before: Value
    after: Value
    place: int | None = None


def with_changes(frames: PlanFrames, drops: Collection[int], adds: Sequence[Addition]) -> PlanFrames:
    """The frames as they would be: slots `drops` (slot ids) left out, people added to seats that the frames know.

    Somebody added where he stands already, or to a seat outside the frames, changes nothing.
    """
    kept = frames.slots.filter(~pl.col("slot_id").is_in(list(drops)))
    wanted = pl.DataFrame(
        {
            "slot_id": [-number for number, _ in enumerate(adds, 1)],
            "person_id": [add.person_id for add in adds],
            "seat_id": [add.seat_id for add in adds],
            "readiness": [add.readiness for add in adds],
        },
        schema={"slot_id": pl.Int64, "person_id": pl.Int64, "seat_id": pl.Int64, "readiness": pl.String},
    ).unique(["person_id", "seat_id"], maintain_order=True)
    levels = frames.titles.select("title_id", "level")
    placed = (
        wanted.join(frames.seats, on="seat_id", how="inner")
        .join(levels, on="title_id", how="inner")
        .join(frames.people.select("person_id"), on="person_id", how="semi")
        .join(kept, on=["person_id", "seat_id"], how="anti")
    )
    return replace(frames, slots=pl.concat([kept, placed], how="diagonal_relaxed"))


def differences(before: Sequence[CoverageRow], after: Sequence[CoverageRow]) -> list[Difference]:
    """Every figure that is otherwise, title by title in protocol order."""
    later = {row.title_code: row for row in after}
    found = []
    for row in before:
        other = later.pop(row.title_code, None)
        now = {(figure, place): value for figure, place, value in _figures(other)} if other else {}
        found += [
            Difference(row.title, row.title_code, figure, value, now.get((figure, place)), place)
            for figure, place, value in _figures(row)
            if now.get((figure, place)) != value
        ]
    for row in later.values():
        found += [
            Difference(row.title, row.title_code, figure, None, value, place)
            for figure, place, value in _figures(row)
            if value
        ]
    return found


def what_if(
    frames: PlanFrames, drops: Collection[int], adds: Sequence[Addition], as_of: date, measures: Measures
) -> list[Difference]:
    """Every figure of the coverage that the changes would move."""
    before = coverage_rows(frames, as_of, measures)
    return differences(before, coverage_rows(with_changes(frames, drops, adds), as_of, measures))


def _figures(row: CoverageRow) -> Iterator[tuple[str, int | None, Value]]:
    yield "seats", None, row.seats.value
    yield "current", None, row.current.value
    yield "turns", None, row.turns
    yield "people", None, row.people.value
    yield "coefficient", None, row.coefficient
    for name, count in (
        ("women", row.women),
        ("young", row.young),
        ("ethnic", row.ethnic),
        ("ready", row.ready),
    ):
        yield name, None, None if count is None else count.value
        yield f"{name}_share", None, None if count is None else count.share_of(row.people)
    for place, band in enumerate(row.bands):
        yield "band", place, band.value
    yield "gaps", None, row.gaps.value
    yield "over", None, row.over.value
