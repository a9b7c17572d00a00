"""Generations of the snapshot: taking one, finding the newest, telling whether it is still true."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from django.conf import settings
from django.db import connection

from hientai.foundation import registry

KEPT = 3
_LOCK = 7_203_002
_held: ContextVar[Generation | None] = ContextVar("held", default=None)


@dataclass(frozen=True)
class Generation:
    """One complete copy.

    folder: its Parquet files; database: the pg_snapshot it was read under; definition: hash of what was exported.
    """

    folder: Path
    number: int
    database: str
    definition: str

    @cached_property
    def tables(self) -> Mapping[str, Path]:
        """Path of each table's file, by table name."""
        return {file.stem: file for file in sorted(self.folder.glob("*.parquet"))}

    def frame(self, table: str) -> pl.DataFrame:
        """One table, whole; the file is memory-mapped."""
        return pl.read_parquet(self.tables[table], memory_map=True)

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
            return _copy(1 if newest is None else newest.number + 1)
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
            name
            for name, table in _exported(cursor)
            if name not in generation.tables or not _same_rows(table, generation.frame(name))
        ]


def _same_rows(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    if one.schema != other.schema or one.height != other.height:
        return False
    return one.hash_rows().sort().equals(other.hash_rows().sort())


def _copy(number: int) -> Generation:
    root = _root()
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=root))
    try:
        with _reading() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            said = Said(number, str(cursor.fetchone()[0]), _definition())
            for name, table in _exported(cursor):
                table.write_parquet(unfinished / f"{name}.parquet", compression="zstd", statistics=False)
        (unfinished / "generation.json").write_text(json.dumps(said._asdict()))
        folder = root / f"{number:08d}"
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _forget_old(root)
    return Generation(folder, *said)


class Said(NamedTuple):
    """What generation.json holds."""

    number: int
    database: str
    definition: str


@contextmanager
def _reading() -> Iterator[Any]:
    """A cursor that sees one database snapshot from its first statement on."""
    from adbc_driver_postgresql import dbapi  # brings pandas along, half of the start-up time of a process

    with dbapi.connect(_address(), autocommit=False) as reader, reader.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _exported(cursor: Any) -> Iterator[tuple[str, pl.DataFrame]]:
    for export in registry.exports().values():
        cursor.execute(export.sql)
        table = pl.from_arrow(cursor.fetch_arrow_table())
        assert isinstance(table, pl.DataFrame)
        yield export.table, export.derive(table) if export.derive else table


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
    return hashlib.sha256(exported.encode()).hexdigest()


def _newest() -> Generation | None:
    for folder in sorted(_root().glob("[0-9]*"), reverse=True):
        try:
            known = json.loads((folder / "generation.json").read_text())
        except (OSError, ValueError):
            continue
        return Generation(folder, known["number"], known["database"], known["definition"])
    return None


def _forget_old(root: Path) -> None:
    """Files still mapped by a reader stay readable on Linux until it lets go."""
    for folder in sorted(root.glob("[0-9]*"), reverse=True)[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


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
