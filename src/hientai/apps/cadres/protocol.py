"""The order of official lists: by unit as the organisation is written down, by title, by time in it, then by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from hientai.apps.cadres.types import Place, PositionKind
from hientai.foundation import snapshot

LAST = 10**9
_OF_A_POST = ("person_id", "unit_id", "title_id", "title_rank", "kind", "valid_from", "valid_to")
_KINDS = {kind: place for place, kind in enumerate(PositionKind.values)}


def places(ids: Sequence[int], as_of: date) -> list[Place]:
    """The given people in protocol order: unit by unit, in each the higher title first, then the longer in it.

    The caller has scoped the ids.
    """
    generation = snapshot.current()
    units = _units(generation.folder, as_of)
    titles = _titles(generation.folder)
    held = generation.frame("positions", *_OF_A_POST).filter(
        snapshot.valid_on(as_of) & pl.col("person_id").is_in(list(ids))
    )
    first = (
        held.with_columns(of_kind=pl.col("kind").replace_strict(_KINDS, default=LAST))
        .sort("person_id", "of_kind", "title_rank", "valid_from", descending=[False, False, True, False])
        .unique("person_id", keep="first", maintain_order=True)
    )
    by_name = pl.DataFrame({"person_id": snapshot.by_name(ids)}, schema={"person_id": pl.Int64})
    placed = (
        by_name.join(first, on="person_id", how="left", maintain_order="left")
        .join(units, on="unit_id", how="left", maintain_order="left")
        .join(titles, on="title_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("unit_place", "title_place").fill_null(LAST), pl.col("unit", "title").fill_null("")
        )
        .sort("unit_place", "title_place", "valid_from", nulls_last=True, maintain_order=True)
    )
    columns = placed.select(
        "person_id", "unit_id", "unit", "title", "unit_place", "title_place", "valid_from"
    ).get_columns()
    return list(map(Place, *(column.to_list() for column in columns)))


@lru_cache(maxsize=4)
def _units(folder: Path, as_of: date) -> pl.DataFrame:
    """Each unit (unit_id) with its place walking the tree from above and its name on a day."""
    units = pl.read_parquet(folder / "units.parquet").filter(snapshot.valid_on(as_of))
    below: dict[int | None, list[tuple[int, str, int, str]]] = defaultdict(list)
    known = set(units.get_column("unit_id"))
    for row in units.select("unit_id", "unit_code", "name", "parent_id", "order").to_dicts():
        above = row["parent_id"] if row["parent_id"] in known else None
        below[above].append((row["order"], row["unit_code"], row["unit_id"], row["name"]))
    found: list[tuple[int, int, str]] = []
    waiting = sorted(below[None], reverse=True)
    while waiting:
        _order, _code, unit, name = waiting.pop()
        found.append((unit, len(found), name))
        waiting += sorted(below[unit], reverse=True)
    return pl.DataFrame(
        found, schema={"unit_id": pl.Int64, "unit_place": pl.Int64, "unit": pl.String}, orient="row"
    )


@lru_cache(maxsize=4)
def _titles(folder: Path) -> pl.DataFrame:
    titles = pl.read_parquet(folder / "titles.parquet").sort("order", "title_code")
    return titles.select(
        "title_id", pl.int_range(pl.len(), dtype=pl.Int64).alias("title_place"), title="name"
    )
