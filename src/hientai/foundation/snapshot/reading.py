"""Reads exported tables out of PostgreSQL, all under one database snapshot.

Two ways: much of it in columns through ADBC, which brings 50 MB of libraries into a process; or some people's rows
through the driver that is loaded anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
import psycopg
from django.db import connection
from psycopg import postgres

from hientai.foundation.registry import Export
from hientai.foundation.snapshot.since import of_people

_ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_TYPES: Mapping[str, type[pl.DataType]] = {
    "int2": pl.Int16, "int4": pl.Int32, "int8": pl.Int64, "float4": pl.Float32, "float8": pl.Float64,
    "bool": pl.Boolean, "text": pl.String, "varchar": pl.String, "date": pl.Date,
}  # fmt: skip


class InColumns:
    """A cursor of ADBC."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def ask(self, sql: str) -> Sequence[Any]:
        """The rows of a statement."""
        self._cursor.execute(sql)
        return list(self._cursor.fetchall())

    def frame(self, export: Export, people: Sequence[int] | None = None) -> pl.DataFrame:
        """The rows of an export, of these people only or of everybody."""
        self._cursor.execute(export.sql if people is None else of_people(export.sql, people))
        table = pl.from_arrow(self._cursor.fetch_arrow_table())
        assert isinstance(table, pl.DataFrame)
        return export.derive(table) if export.derive else table


class InRows:
    """A cursor of psycopg, for few rows."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self._cursor = cursor

    def ask(self, sql: str) -> Sequence[Any]:
        """The rows of a statement."""
        return self._cursor.execute(sql).fetchall()

    def frame(self, export: Export, people: Sequence[int]) -> pl.DataFrame:
        """The rows of an export about these people."""
        rows = self.ask(of_people(export.sql, people))
        columns = self._cursor.description or []
        schema = {column.name: _TYPES[postgres.types[column.type_code].name] for column in columns}
        table = pl.DataFrame(rows, schema=schema, orient="row")
        return export.derive(table) if export.derive else table


@contextmanager
def in_columns() -> Iterator[InColumns]:
    """Sees one database snapshot from its first statement on."""
    from adbc_driver_postgresql import dbapi  # brings pandas along, half of the start-up time of a process

    with dbapi.connect(_address(), autocommit=False) as reader, reader.cursor() as cursor:
        cursor.execute(_ONE_SNAPSHOT)
        yield InColumns(cursor)


@contextmanager
def in_rows() -> Iterator[InRows]:
    """The same by the driver that is loaded anyway."""
    with psycopg.connect(_address()) as reader, reader.cursor() as cursor:
        cursor.execute(_ONE_SNAPSHOT)
        yield InRows(cursor)


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
