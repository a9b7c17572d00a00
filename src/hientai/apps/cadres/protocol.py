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
_KINDS = {kind: place for place, kind in enumerate(PositionKind.values)}


def places(ids: Sequence[int], as_of: date) -> list[Place]:
    """The given people in protocol order: unit by unit, in each the higher title first, then the longer in it.

    The caller has scoped the ids.
    """
    generation = snapshot.current()
    units = _units(generation.folder, as_of)
    titles = _titles(generation.folder)
    held = generation.frame("positions").filter(
        snapshot.valid_on(as_of) & pl.col("person_id").is_in(list(ids))
    )
    main = held.with_columns(pl.col("kind").replace_strict(_KINDS, default=LAST).alias("of_kind")).sort(
        "person_id", "of_kind", pl.col("title_rank"), "valid_from", descending=[False, False, True, False]
    )
    first = {
        row["person_id"]: row
        for row in main.unique("person_id", keep="first", maintain_order=True).to_dicts()
    }
    found = []
    for person in snapshot.by_name(ids):
        post = first.get(person)
        if post is None:
            found.append(Place(person, None, "", "", LAST, LAST, None))
            continue
        unit_place, unit = units.get(post["unit_id"], (LAST, ""))
        title_place, title = titles.get(post["title_id"], (LAST, ""))
        found.append(Place(person, post["unit_id"], unit, title, unit_place, title_place, post["valid_from"]))
    return sorted(found, key=lambda p: (p.unit_place, p.title_place, p.since or date.max))


@lru_cache(maxsize=4)
def _units(folder: Path, as_of: date) -> dict[int, tuple[int, str]]:
    """Unit -> (place walking the tree from above, name) on a day."""
    units = pl.read_parquet(folder / "units.parquet").filter(snapshot.valid_on(as_of))
    below: dict[int | None, list[tuple[int, str, int, str]]] = defaultdict(list)
    known = set(units.get_column("unit_id"))
    for row in units.select("unit_id", "unit_code", "name", "parent_id", "order").to_dicts():
        above = row["parent_id"] if row["parent_id"] in known else None
        below[above].append((row["order"], row["unit_code"], row["unit_id"], row["name"]))
    found: dict[int, tuple[int, str]] = {}
    waiting = sorted(below[None], reverse=True)
    while waiting:
        _order, _code, unit, name = waiting.pop()
        found[unit] = (len(found), name)
        waiting += sorted(below[unit], reverse=True)
    return found


@lru_cache(maxsize=4)
def _titles(folder: Path) -> dict[int, tuple[int, str]]:
    titles = pl.read_parquet(folder / "titles.parquet").sort("order", "title_code")
    return {row["title_id"]: (place, row["name"]) for place, row in enumerate(titles.to_dicts())}
