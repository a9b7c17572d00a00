"""Generations of the snapshot: what lies in one, where they lie, which is the newest."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import polars as pl
from django.conf import settings
from django.db import connection

from hientai.foundation import registry

KEPT = 3
FORM = 3  # of the files; raised where they are written otherwise, so that none of an earlier release is taken over


class Said(NamedTuple):
    """What generation.json holds."""

    number: int
    database: str
    definition: str
    rows: Mapping[str, int]
    people: Sequence[int] | None


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
        return folder_of(self.folder.parent, self.number - 1)

    @cached_property
    def tables(self) -> Mapping[str, Path]:
        """Path of each table by name: a file, or a folder of files where there are many rows of people."""
        return {file.stem: file for file in sorted(self.folder.glob("*.parquet"))}

    def tables_about(self, person_ids: Iterable[int]) -> Mapping[str, Path]:
        """The same, of folders the one file with all rows of these people where that can be."""
        wanted = sorted(set(person_ids))
        return {name: _part_of(path, wanted) for name, path in self.tables.items()}

    def written(self) -> frozenset[str] | None:
        """The tables that were not taken over as they are from the generation before; None where that is gone."""
        if not self.before.exists():
            return None
        return frozenset(
            name for name, path in self.tables.items() if not _is_same(path, self.before / path.name)
        )

    def frame(self, table: str, *columns: str) -> pl.DataFrame:
        """One table, whole, or these columns of it; the file is memory-mapped."""
        return pl.read_parquet(self.tables[table], columns=list(columns) or None, memory_map=True)

    def columns(self, table: str) -> list[str]:
        """The names of the columns of one table."""
        return list(pl.read_parquet_schema(parts_of(self.tables[table])[0]))

    def height(self, table: str) -> int:
        """How many rows one table has; its files say so at their end."""
        return int(pl.scan_parquet(self.tables[table]).select(pl.len()).collect().item())

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all its files: what a kept report was reckoned from."""
        seen = hashlib.sha256()
        for name, path in self.tables.items():
            for file in parts_of(path):
                seen.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        return seen.hexdigest()[:16]


held: ContextVar[Generation | None] = ContextVar("held", default=None)


def parts_of(path: Path) -> list[Path]:
    """The files of a table in the order of people; each is named after the first person it may hold."""
    return sorted(path.iterdir()) if path.is_dir() else [path]


def _is_same(path: Path, earlier: Path) -> bool:
    """Whether a table lies in the very files in which it lay before."""
    if not earlier.exists() or path.is_dir() != earlier.is_dir():
        return False
    parts, before = parts_of(path), parts_of(earlier)
    return len(parts) == len(before) and all(map(os.path.samefile, parts, before))


def _part_of(path: Path, person_ids: Sequence[int]) -> Path:
    """The one file of a table that holds all these people, or the whole table."""
    if not person_ids or not path.is_dir():
        return path
    parts = parts_of(path)
    begins = [int(part.stem) for part in parts]
    first, last = (max(0, bisect_right(begins, person) - 1) for person in (person_ids[0], person_ids[-1]))
    return parts[first] if first == last else path


@cache
def definition() -> str:
    """A hash of what is exported, and in which form."""
    exported = "\n".join(f"{name}: {export.sql}" for name, export in sorted(registry.exports().items()))
    exported += f"\n{FORM}"
    return hashlib.sha256(exported.encode()).hexdigest()


def newest() -> Generation | None:
    """The newest complete generation, stale or not."""
    for folder in sorted(root().glob("[0-9]*"), reverse=True):
        try:
            known = json.loads((folder / "generation.json").read_text())
        except (OSError, ValueError):
            continue
        return Generation(folder, *(known.get(name) for name in Said._fields))
    return None


def forget_old() -> None:
    """Files still mapped by a reader stay readable on Linux until it lets go."""
    for folder in sorted(root().glob("[0-9]*"), reverse=True)[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def folder_of(root: Path, number: int) -> Path:
    """Where a generation lies."""
    return root / f"{number:08d}"


def root() -> Path:
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
