"""Writes the tables of a generation: Parquet files, many rows of people in several, so that few are written anew."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hientai.foundation.snapshot.generation import parts_of

PERSON = "person_id"
ROWS_TOGETHER = 65_536
PARTS, FEWEST_IN_A_PART = 8, 16_384


def write(table: pl.DataFrame, path: Path) -> None:
    """Rows of a person together and with bounds, so that questions about some people skip the others."""
    if PERSON not in table.columns:
        _write(table, path)
        return
    ordered = table.sort(PERSON, maintain_order=True)
    size = max(FEWEST_IN_A_PART, -(-ordered.height // PARTS))
    if ordered.height <= size:
        _write(ordered, path)
        return
    path.mkdir()
    people, begins = ordered[PERSON], 0
    while begins < ordered.height:
        last = people[min(begins + size, ordered.height) - 1]
        ends = int(people.search_sorted(last, side="right"))
        _write(ordered[begins:ends], path / _name(int(people[begins]) if begins else 0))
        begins = ends


def take_over(earlier: Path, path: Path) -> None:
    """The same table once more, without copying it."""
    if not earlier.is_dir():
        os.link(earlier, path)
        return
    path.mkdir()
    for part in parts_of(earlier):
        os.link(part, path / part.name)


def exchange(earlier: Path, people: Sequence[int], fresh: pl.DataFrame, path: Path) -> int:
    """An earlier table with the rows of these people put in place of theirs; returns how many files were written."""
    if not earlier.is_dir():
        _exchange(earlier, people, fresh, path)
        return 1
    path.mkdir()
    parts = parts_of(earlier)
    begins = [int(part.stem) for part in parts]
    at = {person: max(0, bisect_right(begins, person) - 1) for person in people}
    for number, part in enumerate(parts):
        here = [person for person, place in at.items() if place == number]
        if here:
            _exchange(part, here, fresh.filter(pl.col(PERSON).is_in(here)), path / part.name)
        else:
            os.link(part, path / part.name)
    return len(set(at.values()))


def _exchange(earlier: Path, people: Sequence[int], fresh: pl.DataFrame, file: Path) -> None:
    before = pl.read_parquet(earlier, memory_map=True)
    kept = before.filter(~pl.col(PERSON).is_in(list(people)))
    _write(pl.concat([kept, fresh.select(kept.columns)]).sort(PERSON, maintain_order=True), file)


def _name(first: int) -> str:
    return f"{first:012d}.parquet"


def _write(table: pl.DataFrame, file: Path) -> None:
    table.write_parquet(file, compression="zstd", row_group_size=ROWS_TOGETHER)
