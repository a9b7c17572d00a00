"""Where everybody on file stood on a day: unit that keeps the file, tier, main title; also as known earlier."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl

from hientai.apps.cadres import models
from hientai.apps.cadres.types import PositionKind
from hientai.foundation import snapshot

_KINDS = {kind: place for place, kind in enumerate(PositionKind.values)}
_MANAGED = {"person_id": pl.Int64, "unit_id": pl.Int64, "tier": pl.String}
_HELD = {
    "person_id": pl.Int64, "kind": pl.String, "title_id": pl.Int64, "title_rank": pl.Int32, "valid_from": pl.Date,
}  # fmt: skip


def standings(day: date, known_on: datetime | None) -> pl.DataFrame:
    """person_id, unit_id, tier, title_id, rank (null without a post), one row a person on file, by id.

    As known now it is read from the columnar copy; as known at a moment, from the records, which remember.
    """
    managed, held = _now(day) if known_on is None else _then(day, known_on)
    main = (
        held.with_columns(place=pl.col("kind").replace_strict(_KINDS, default=len(_KINDS)))
        .sort("person_id", "place", "title_rank", "valid_from", descending=[False, False, True, False])
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", "title_id", rank="title_rank")
    )
    return managed.sort("person_id").join(main, on="person_id", how="left", maintain_order="left")


def _now(day: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    generation = snapshot.current()
    dated = ("valid_from", "valid_to")
    managed = generation.frame("managements", *dict.fromkeys((*_MANAGED, *dated)))
    held = generation.frame("positions", *dict.fromkeys((*_HELD, *dated)))
    on_day = snapshot.valid_on(day)
    return managed.filter(on_day).select(*_MANAGED), held.filter(on_day).select(*_HELD)


def _then(day: date, known_on: datetime) -> tuple[pl.DataFrame, pl.DataFrame]:
    managed = models.Management.objects.as_of(day, known_on).order_by("person_id").values_list(*_MANAGED)
    held = models.Position.objects.as_of(day, known_on).values_list(
        "person_id", "kind", "seat__title_id", "seat__title__rank", "valid_from"
    )
    return (
        pl.DataFrame(list(managed), schema=_MANAGED, orient="row"),
        pl.DataFrame(list(held), schema=_HELD, orient="row"),
    )
