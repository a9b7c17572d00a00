"""Facts of everybody as of a day as a file: reckoned once, then mapped by whoever asks, column by column.

Run as a program (`python -m hientai.engines.facts.kept TABLES DAY FILE`) the reckoning leaves no memory behind in the
process that wanted it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from threading import get_ident

import polars as pl

from hientai.engines.facts.compute import compute
from hientai.engines.facts.opening import MAPPED, RANK_STRETCHES, mapped, prepared
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.facts.standard import standard_catalogue
from hientai.engines.facts.statement import MACROS, grouped, statement, tables_of_the_day
from hientai.engines.facts.stretches import KEYS
from hientai.engines.facts.tables import POSITIONS, TABLES

PREPARED = (*(table.name for table in TABLES), RANK_STRETCHES)


def keep(tables: Mapping[str, Path], as_of: date, file: Path) -> None:
    """Reckons the standard facts of everybody and writes them, whole or not at all. Raises as `compute` does."""
    frame = compute(standard_catalogue(), _prepared(tables, file.parent), as_of).frame.rechunk()
    with _whole(file) as unfinished:
        frame.write_ipc(unfinished, compression="uncompressed")


def renew(earlier: Snapshot, tables: Mapping[str, Path], person_ids: Sequence[int], file: Path) -> None:
    """Writes the facts of an earlier file with those of some persons reckoned anew from `tables`."""
    newly = compute(earlier.catalogue, tables, earlier.as_of, person_ids)
    gone = list(set(person_ids) - set(newly.person_ids))
    staying = earlier
    if gone:
        staying = earlier.restricted_to(earlier.person_ids.filter(~earlier.person_ids.is_in(gone)))
    with _whole(file) as unfinished:
        staying.replacing(newly).frame.rechunk().write_ipc(unfinished, compression="uncompressed")


def kept(file: Path, as_of: date) -> Snapshot:
    """What `keep` wrote; columns come into memory when they are first looked at, shared by all processes."""
    frame = pl.from_arrow(mapped(file))
    assert isinstance(frame, pl.DataFrame)
    return Snapshot(frame, standard_catalogue(), as_of)


def _prepared(tables: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """The tables prepared, which hold for every day and are kept beside the facts."""
    wanted = [
        name for name in PREPARED if name in tables or (name == RANK_STRETCHES and POSITIONS.name in tables)
    ]
    files = {name: folder / f"{definition()}-{name}{MAPPED}" for name in wanted}
    if not all(file.exists() for file in files.values()):
        ready = prepared(tables)
        for name, file in files.items():
            frame = ready[name]
            assert isinstance(frame, pl.DataFrame)
            with _whole(file) as unfinished:
                frame.rechunk().write_ipc(unfinished, compression="uncompressed")
    return {**tables, **files}


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """Where to write a file so that others see it whole or not at all."""
    unfinished = file.with_name(f".{os.getpid()}-{get_ident()}-{file.name}")
    try:
        yield unfinished
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


@cache
def definition() -> str:
    """A short hash of what the facts mean, so that facts of an earlier release are not taken for today's."""
    catalogue = standard_catalogue()
    texts = [MACROS, *PREPARED, *tables_of_the_day(catalogue).values(), *map(str, KEYS.values())]
    texts += [statement(facts, everybody=True) for facts in grouped(catalogue)]
    texts.append(" ".join(f"{fact.code}:{fact.type.value}" for fact in catalogue))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def main(folder: str, day: str, file: str) -> None:
    """Keeps the facts of the tables that lie in a folder as Parquet files."""
    tables = {path.stem: path for path in sorted(Path(folder).glob("*.parquet"))}
    keep(tables, date.fromisoformat(day), Path(file))


if __name__ == "__main__":
    main(*sys.argv[1:4])
