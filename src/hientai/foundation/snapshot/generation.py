"""Generations of the snapshot: taking one, finding the newest, telling whether it is still true."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from django.conf import settings
from django.db import connection

from hientai.foundation import registry
from hientai.foundation.registry import Export
from hientai.foundation.snapshot.since import of_people, rows_of_tables, written_since

PERSON = "person_id"
KEPT = 3
ROWS_TOGETHER = 65_536
EPOCH = (
    1_700_000_000  # the first number is a time, so that none comes again after `forget`: caches know folders
)
FORM = 2  # of the files; raised where they are written otherwise, so that none of an earlier release is taken over
_LOCK = 7_203_002
_held: ContextVar[Generation | None] = ContextVar("held", default=None)


@dataclass(frozen=True)
class Generation:
    """One complete copy.

    folder: its Parquet files; database: the pg_snapshot it was read under; definition: hash of what was exported.
    rows: how many rows each table of the database had. people: whose rows alone differ from those of the generation
    before, None where more than that may differ.
    """

    folder: Path
    number: int
    database: str
    definition: str
    rows: Mapping[str, int] = field(compare=False)
    people: Sequence[int] | None = field(compare=False)

    @property
    def before(self) -> Path:
        """Where the generation before lies, or lay."""
        return _folder(self.folder.parent, self.number - 1)

    @cached_property
    def tables(self) -> Mapping[str, Path]:
        """Path of each table's file, by table name."""
        return {file.stem: file for file in sorted(self.folder.glob("*.parquet"))}

    def frame(self, table: str, *columns: str) -> pl.DataFrame:
        """One table, whole, or these columns of it; the file is memory-mapped."""
        return pl.read_parquet(self.tables[table], columns=list(columns) or None, memory_map=True)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all its files: what a kept report was reckoned from."""
        seen = hashlib.sha256()
        for name, file in self.tables.items():
            seen.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        return seen.hexdigest()[:16]


def current() -> Generation:
    """The newest generation, taken anew when something was committed since; inside `one_copy` always the first."""
    if (held := _held.get()) is not None:
        return held
    newest = _newest()
    return newest if newest is not None and not _is_stale(newest) else take()


@contextmanager
def one_copy() -> Iterator[Generation]:
    """All questions inside are answered from one generation, so that figures that stand side by side agree."""
    generation = current()
    token = _held.set(generation)
    try:
        yield generation
    finally:
        _held.reset(token)


def take() -> Generation:
    """Copies all exported tables under one database snapshot. Processes that ask at once share one copy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            newest = _newest()
            if newest is not None and not _is_stale(newest):
                return newest
            return _copy(newest)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def forget() -> int:
    """Removes every generation of this database (after a lawful destruction); the next question takes a new one.

    A copy that began before has to finish first, so that it is removed as well. Returns how many were removed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            folders = list(_root().glob("[0-9]*"))
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)
            return len(folders)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def drifted(generation: Generation) -> list[str]:
    """Names of tables whose file no longer says what the database says; empty when all agree."""
    with _reading() as cursor:
        return [
            export.table
            for export in registry.exports().values()
            if export.table not in generation.tables
            or not _same_rows(_read(cursor, export), generation.frame(export.table))
        ]


def _same_rows(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    if one.schema != other.schema or one.height != other.height:
        return False
    return one.hash_rows().sort().equals(other.hash_rows().sort())


def _copy(newest: Generation | None) -> Generation:
    root, number = _root(), int(time.time()) - EPOCH if newest is None else newest.number + 1
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=root))
    try:
        with _reading() as cursor:
            said = _written(cursor, number, newest, unfinished)
        (unfinished / "generation.json").write_text(json.dumps(said._asdict()))
        folder = _folder(root, number)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _forget_old(root)
    return Generation(folder, *said)


def _written(cursor: Any, number: int, newest: Generation | None, folder: Path) -> Said:
    """Writes every table: taken over where nothing was written, some people's rows exchanged, or copied whole."""

    def ask(sql: str) -> Any:
        cursor.execute(sql)
        return cursor.fetchall()

    database, exports = str(ask("SELECT pg_current_snapshot()::text")[0][0]), registry.exports().values()
    if newest is None or newest.definition != _definition():
        for export in exports:
            _write(_read(cursor, export), folder / f"{export.table}.parquet")
        return Said(number, database, _definition(), rows_of_tables(ask, exports), None)
    written = written_since(ask, exports, newest.database, newest.rows)
    for export in exports:
        file = folder / f"{export.table}.parquet"
        if written.is_unchanged(export):
            os.link(newest.tables[export.table], file)
        elif written.is_of_people(export) and PERSON in pl.read_parquet_schema(newest.tables[export.table]):
            fresh = _read(cursor, export, written.people)
            kept = newest.frame(export.table).filter(~pl.col(PERSON).is_in(list(written.people)))
            _write(pl.concat([kept, fresh.select(kept.columns)]), file)
        else:
            _write(_read(cursor, export), file)
    return Said(number, database, _definition(), written.rows, None if written.whole else written.people)


def _write(table: pl.DataFrame, file: Path) -> None:
    """Rows of a person together and with bounds, so that questions about some people skip the others."""
    ordered = table.sort(PERSON, maintain_order=True) if PERSON in table.columns else table
    ordered.write_parquet(file, compression="zstd", row_group_size=ROWS_TOGETHER)


class Said(NamedTuple):
    """What generation.json holds."""

    number: int
    database: str
    definition: str
    rows: Mapping[str, int]
    people: Sequence[int] | None


@contextmanager
def _reading() -> Iterator[Any]:
    """A cursor that sees one database snapshot from its first statement on."""
    from adbc_driver_postgresql import dbapi  # brings pandas along, half of the start-up time of a process

    with dbapi.connect(_address(), autocommit=False) as reader, reader.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _read(cursor: Any, export: Export, people: Sequence[int] | None = None) -> pl.DataFrame:
    """The rows of an export, of these people only or of everybody."""
    cursor.execute(export.sql if people is None else of_people(export.sql, people))
    table = pl.from_arrow(cursor.fetch_arrow_table())
    assert isinstance(table, pl.DataFrame)
    return export.derive(table) if export.derive else table


def _is_stale(generation: Generation) -> bool:
    """Whether an act was committed that the generation's snapshot had not seen, or other columns are wanted now.

    Transactions below the snapshot's xmin were finished before it, so only newer ones are looked at.
    """
    if generation.definition != _definition():
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (SELECT 1 FROM foundation_auditevent
                              WHERE transaction >= pg_snapshot_xmin(%s::pg_snapshot) AND action NOT LIKE 'read.%%'
                                AND NOT pg_visible_in_snapshot(transaction, %s::pg_snapshot))""",
            [generation.database, generation.database],
        )
        return bool(cursor.fetchone()[0])


@cache
def _definition() -> str:
    exported = "\n".join(f"{name}: {export.sql}" for name, export in sorted(registry.exports().items()))
    exported += f"\n{FORM}"
    return hashlib.sha256(exported.encode()).hexdigest()


def _newest() -> Generation | None:
    for folder in sorted(_root().glob("[0-9]*"), reverse=True):
        try:
            known = json.loads((folder / "generation.json").read_text())
        except (OSError, ValueError):
            continue
        return Generation(folder, *(known.get(name) for name in Said._fields))
    return None


def _forget_old(root: Path) -> None:
    """Files still mapped by a reader stay readable on Linux until it lets go."""
    for folder in sorted(root.glob("[0-9]*"), reverse=True)[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def _folder(root: Path, number: int) -> Path:
    return root / f"{number:08d}"


def _root() -> Path:
    """One folder for each database there ever was: a name may come again, on this server or another."""
    at = connection.settings_dict
    return Path(settings.HOME) / "snapshots" / _identity(str(at["HOST"]), str(at["PORT"]), str(at["NAME"]))


@cache
def _identity(host: str, port: str, name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT system_identifier || '-' || (SELECT oid FROM pg_database WHERE datname = current_database())
               FROM pg_control_system()"""
        )
        return str(cursor.fetchone()[0])


def _address() -> str:
    at: dict[str, Any] = connection.settings_dict
    parts = {
        "dbname": at["NAME"],
        "user": at["USER"],
        "password": at["PASSWORD"],
        "host": at["HOST"],
        "port": at["PORT"],
    }
    return " ".join(f"{name}='{_quoted(str(value))}'" for name, value in parts.items() if value)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
