"""Taking generations: the newest one when it is still true, else a new one that copies no more than was written.

Where much has to be read, a process of its own does it: its memory goes with it, and the libraries it needs.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import polars as pl
from django.db import connection

from hientai.foundation import registry
from hientai.foundation.snapshot import generation as generations
from hientai.foundation.snapshot.apart import apart
from hientai.foundation.snapshot.generation import Generation, Said
from hientai.foundation.snapshot.noting import forget_notes, noted_since
from hientai.foundation.snapshot.reading import InColumns, InRows, in_columns, in_rows
from hientai.foundation.snapshot.since import Ask, Written, rows_of_tables, tables_of, written_since
from hientai.foundation.snapshot.writing import PERSON, exchange, take_over, write

EPOCH = (
    1_700_000_000  # the first number is a time, so that none comes again after `forget`: caches know folders
)
COPIED_IN_PLACE = 100_000  # rows of the database; a process of its own copies more
_LOCK = 7_203_002
_PROGRAM = "hientai.foundation.snapshotting"


class MuchToRead(Exception):
    """More than rows of some people were written."""


def current() -> Generation:
    """The newest generation, taken anew when something was committed since; inside `one_copy` always the first."""
    if (held := generations.held.get()) is not None:
        return held
    return _fresh() or take()


@contextmanager
def one_copy() -> Iterator[Generation]:
    """All questions inside are answered from one generation, so that figures that stand side by side agree."""
    generation = current()
    token = generations.held.set(generation)
    try:
        yield generation
    finally:
        generations.held.reset(token)


def take(*, here: bool = False) -> Generation:
    """Copies what was written since the newest generation, under one database snapshot; everything where there is none.

    Processes that ask at once share one copy. here: in this process, however much it is.
    """
    with _turn():
        if (fresh := _fresh()) is not None:
            return fresh
        newest = generations.newest()
        if newest is not None and newest.definition == generations.definition():
            try:
                return _copy(newest, in_rows)
            except MuchToRead:
                pass
        if here or _rows() <= COPIED_IN_PLACE:
            return _copy(newest, in_columns)
    apart(_PROGRAM)
    return _fresh() or take(here=True)


def forget() -> int:
    """Removes every generation of this database (after a lawful destruction); the next question takes a new one.

    A copy that began before has to finish first, so that it is removed as well. Returns how many were removed.
    """
    with _turn():
        folders = list(generations.root().glob("[0-9]*"))
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        return len(folders)


def drifted(generation: Generation) -> list[str]:
    """Names of tables whose file no longer says what the database says; empty when all agree."""
    found = []
    with in_columns() as reader:
        for export in registry.exports().values():
            known = export.table in generation.tables
            if not known or not _same_rows(reader.frame(export), generation.frame(export.table)):
                found.append(export.table)
    return found


def _same_rows(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    if one.schema != other.schema or one.height != other.height:
        return False
    return one.hash_rows().sort().equals(other.hash_rows().sort())


def _fresh() -> Generation | None:
    newest = generations.newest()
    return newest if newest is not None and not _is_stale(newest) else None


def _is_stale(generation: Generation) -> bool:
    """Whether an act was committed that wrote what is copied and that the generation's snapshot had not seen.

    Transactions below the snapshot's xmin were finished before it, so only newer ones are looked at.
    """
    if generation.definition != generations.definition():
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (SELECT 1 FROM foundation_auditevent
                              WHERE transaction >= pg_snapshot_xmin(%s::pg_snapshot) AND action NOT LIKE 'read.%%'
                                AND NOT pg_visible_in_snapshot(transaction, %s::pg_snapshot))""",
            [generation.database, generation.database],
        )
        if not cursor.fetchone()[0]:
            return False
    return bool(noted_since(_ask, generation.database, generation.rows))


def _copy(
    newest: Generation | None, reading: Callable[[], AbstractContextManager[InColumns | InRows]]
) -> Generation:
    root = generations.root()
    number = int(time.time()) - EPOCH if newest is None else newest.number + 1
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=root))
    try:
        with reading() as reader:
            said = _written(reader, number, newest, unfinished)
        (unfinished / "generation.json").write_text(json.dumps(said._asdict()))
        folder = generations.folder_of(root, number)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    generations.forget_old()
    forget_notes(said.database)
    return Generation(folder, *said)


def _written(reader: InColumns | InRows, number: int, newest: Generation | None, folder: Path) -> Said:
    """Writes every table: taken over where nothing was written, some people's rows exchanged, or copied whole."""
    database, exports = (
        str(reader.ask("SELECT pg_current_snapshot()::text")[0][0]),
        registry.exports().values(),
    )
    definition = generations.definition()
    if newest is None or newest.definition != definition:
        assert isinstance(reader, InColumns)
        for export in exports:
            write(reader.frame(export), folder / f"{export.table}.parquet")
        return Said(number, database, definition, rows_of_tables(reader.ask, exports), None)
    written = _since(reader.ask, newest)
    if written.whole and isinstance(reader, InRows):
        raise MuchToRead
    for export in exports:
        path = folder / f"{export.table}.parquet"
        earlier = newest.tables[export.table]
        if written.is_unchanged(export):
            take_over(earlier, path)
        elif written.is_of_people(export) and PERSON in newest.columns(export.table):
            exchange(earlier, written.people, reader.frame(export, written.people), path)
        elif isinstance(reader, InColumns):
            write(reader.frame(export), path)
        else:
            raise MuchToRead
    return Said(number, database, definition, written.rows, None if written.whole else written.people)


def _since(ask: Ask, newest: Generation) -> Written:
    exports = registry.exports().values()
    noted = noted_since(ask, newest.database, tables_of(exports))
    return written_since(ask, exports, newest.database, newest.rows, noted)


def _rows() -> int:
    """About how many rows the exported tables have, by the last look of the database at its own tables."""
    tables = tables_of(registry.exports().values())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint FROM pg_class"
            " WHERE oid = ANY(%s::text[]::regclass[])",
            [tables],
        )
        return int(cursor.fetchone()[0])


def _ask(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@contextmanager
def _turn() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
