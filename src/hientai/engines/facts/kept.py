"""Facts of everybody as of a day as a folder of files: reckoned once, then mapped by whoever asks, column by column.

Each file holds a range of people and is named after the first it may hold, so that few are written anew when few people
change. Run as a program (`python -m hientai.engines.facts.kept TABLES DAY FOLDER`) the reckoning leaves no memory
behind in the process that wanted it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from threading import get_ident

import polars as pl

from hientai.engines.facts.compute import compute
from hientai.engines.facts.opening import MAPPED, mapped, prepared
from hientai.engines.facts.snapshot import PERSON, Snapshot
from hientai.engines.facts.standard import standard_catalogue
from hientai.engines.facts.statement import MACROS, grouped, statement, tables_of_the_day, tables_read_by
from hientai.engines.facts.stretches import KEYS
from hientai.engines.facts.tables import PERSONS, POSITIONS, RANK_STRETCHES, TABLES

PREPARED = (*(table.name for table in TABLES), RANK_STRETCHES)
PARTS, FEWEST_IN_A_PART = 8, 16_384


def keep(tables: Mapping[str, Path], as_of: date, folder: Path) -> None:
    """Reckons the standard facts of everybody and writes them, whole or not at all. Raises as `compute` does."""
    frame = compute(standard_catalogue(), _prepared(tables, folder.parent), as_of).frame
    size = max(FEWEST_IN_A_PART, -(-frame.height // PARTS))
    with _whole(folder) as unfinished:
        unfinished.mkdir(mode=0o700)
        for begins in range(0, max(frame.height, 1), size):
            part = frame[begins : begins + size]
            _write(part, unfinished / f"{part[PERSON][0] if begins else 0:012d}{MAPPED}")


def renew(
    earlier: Path,
    tables: Mapping[str, Path],
    as_of: date,
    person_ids: Sequence[int],
    folder: Path,
    written: Set[str] | None = None,
) -> None:
    """Writes the facts of an earlier folder with those of some persons reckoned anew from `tables`.

    written: the tables that differ from those the earlier facts were reckoned from, None where any may; facts that read
    none of them hold as they are. Files without any of the persons are taken over.
    """
    parts = sorted(earlier.iterdir())
    begins = [int(part.stem) for part in parts]
    concerned: dict[Path, list[int]] = {}
    for person in sorted(set(person_ids)):
        concerned.setdefault(parts[max(0, bisect_right(begins, person) - 1)], []).append(person)
    before = {part: Snapshot(_mapped(part), standard_catalogue(), as_of) for part in concerned}
    newly = _reckoned_anew(before, tables, as_of, concerned, written) if concerned else None
    with _whole(folder) as unfinished:
        unfinished.mkdir(mode=0o700)
        for part in parts:
            if newly is not None and part in concerned:
                _write(_exchanged(before[part], newly, concerned[part]), unfinished / part.name)
            else:
                os.link(part, unfinished / part.name)


def kept(folder: Path, as_of: date) -> Snapshot:
    """What `keep` wrote; columns come into memory when they are first looked at, shared by all processes."""
    frames = [_mapped(part) for part in sorted(folder.iterdir())]
    return Snapshot(pl.concat(frames, rechunk=False), standard_catalogue(), as_of)


def _mapped(part: Path) -> pl.DataFrame:
    frame = pl.from_arrow(mapped(part))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _write(frame: pl.DataFrame, file: Path) -> None:
    frame.rechunk().write_ipc(file, compression="uncompressed")


def _reckoned_anew(
    before: Mapping[Path, Snapshot],
    tables: Mapping[str, Path],
    as_of: date,
    concerned: Mapping[Path, Sequence[int]],
    written: Set[str] | None,
) -> Snapshot:
    """All facts of the persons concerned, those asked again that read what was written."""
    catalogue, ids = standard_catalogue(), [person for here in concerned.values() for person in here]
    known = [part.frame.filter(pl.col(PERSON).is_in(concerned[file])) for file, part in before.items()]
    earlier = Snapshot(pl.concat(known), catalogue, as_of)
    groups = grouped(catalogue)
    if written is not None and len(earlier) == len(ids):
        groups = [group for group in groups if not written.isdisjoint(tables_read_by(group))]
        if not groups:
            return earlier
    asked = catalogue.only(fact.code for group in groups for fact in group)
    needed = {PERSONS.name}.union(*(tables_read_by(group) for group in groups))
    newly = compute(asked, {name: tables[name] for name in tables if name in needed}, as_of, ids).frame
    held = [code for code in catalogue.codes if code not in asked]
    if not held:
        return Snapshot(newly, catalogue, as_of)
    joined = newly.join(earlier.frame.select(PERSON, *held), on=PERSON, how="left", maintain_order="left")
    return Snapshot(joined.select(PERSON, *catalogue.codes), catalogue, as_of)


def _exchanged(part: Snapshot, newly: Snapshot, ids: Sequence[int]) -> pl.DataFrame:
    """A part with the rows of these persons exchanged, and of those who are no more left out."""
    here = newly.restricted_to(ids)
    gone = set(ids) - set(here.person_ids)
    if gone:
        part = part.restricted_to(part.person_ids.filter(~part.person_ids.is_in(list(gone))))
    return part.replacing(here).frame


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
    """Where to write a file or folder so that others see it whole or not at all."""
    unfinished = file.with_name(f".{os.getpid()}-{get_ident()}-{file.name}")
    try:
        yield unfinished
        unfinished.replace(file)
    finally:
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        unfinished.unlink(missing_ok=True)


@cache
def definition() -> str:
    """A short hash of what the facts mean, so that facts of an earlier release are not taken for today's."""
    catalogue = standard_catalogue()
    texts = [MACROS, *PREPARED, *tables_of_the_day(catalogue).values(), *map(str, KEYS.values())]
    texts += [statement(facts, everybody=True) for facts in grouped(catalogue)]
    texts.append(" ".join(f"{fact.code}:{fact.type.value}" for fact in catalogue))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def main(tables_folder: str, day: str, folder: str) -> None:
    """Keeps the facts of the tables that lie in a folder as Parquet files."""
    tables = {path.stem: path for path in sorted(Path(tables_folder).glob("*.parquet"))}
    keep(tables, date.fromisoformat(day), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:4])
