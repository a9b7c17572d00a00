"""Opens exported tables for reading facts: a private DuckDB with stretches joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb
import polars as pl
import pyarrow as pa

from hientai.engines.errors import BadInput
from hientai.engines.facts.statement import MACROS
from hientai.engines.facts.stretches import rank_stretches, with_marks, with_stretches
from hientai.engines.facts.tables import PERSONS, POSITIONS, RANK_STRETCHES, TABLES, Table
from hientai.engines.wording import say

Source: TypeAlias = pl.DataFrame | pa.Table | Path
Tables: TypeAlias = Mapping[str, Source]

MAPPED = ".arrow"  # files of Arrow IPC, which are read where they lie; all others are Parquet
POLARS_TYPES: Mapping[str, type[pl.DataType]] = {
    "BIGINT": pl.Int64,
    "INTEGER": pl.Int32,
    "VARCHAR": pl.String,
    "DATE": pl.Date,
    "BOOLEAN": pl.Boolean,
}


def prepared(tables: Tables) -> dict[str, Source]:
    """The tables with `positions` joined into stretches, marks in `persons` and table `rank_stretches` added; the words
    of each column of codes are written once, as an enumeration.

    What a snapshot keeps for all days to be asked; `compute` joins by itself where the tables lack it.
    Raises BadInput `bad_table` where a table lacks a column.
    """
    complete = _joined(tables)
    for table in TABLES:
        if table.name in complete:
            complete[table.name] = _enumerated(_frame(complete[table.name]), table)
    return complete


def _joined(tables: Tables) -> dict[str, Source]:
    """The tables with stretches and marks."""
    complete = dict(tables)
    if POSITIONS.name in tables:
        positions = _frame(tables[POSITIONS.name])
        _check_columns(POSITIONS, positions.columns)
        complete[POSITIONS.name] = with_stretches(positions)
        complete[RANK_STRETCHES] = rank_stretches(positions)
    if PERSONS.name in tables:
        persons = _frame(tables[PERSONS.name])
        _check_columns(PERSONS, persons.columns)
        complete[PERSONS.name] = with_marks(persons)
    return complete


def _enumerated(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame with its codes as enumerations, so that a comparison is made once a word instead of once a row."""
    codes = [
        name
        for name, kind in table.columns.items()
        if frame.schema.get(name) == pl.String and kind == "VARCHAR"
    ]
    return frame.with_columns(
        frame[name].cast(pl.Enum(frame[name].drop_nulls().unique().sort())) for name in codes
    )


@contextmanager
def opened(tables: Tables, person_ids: Iterable[int] | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private in-memory DuckDB that sees `tables` and, as table `wanted`, the ids of the wanted persons."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET threads = 1")  # whole questions run side by side instead, see `compute`
        connection.execute(MACROS)
        ids = None if person_ids is None else sorted(set(person_ids))
        ready = _with_stretches(tables, ids)
        for name, source in ready.items():
            _offer(connection, name, source)
        for table in TABLES:
            if table.name not in ready:
                columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
                connection.execute(f"CREATE TABLE {table.name} ({columns})")
        for table in TABLES:
            if table.name in tables:
                described = connection.execute(f"DESCRIBE {table.name}").fetchall()
                _check_columns(table, [row[0] for row in described])
        _want(connection, ids)
        yield connection
    finally:
        connection.close()


def _with_stretches(tables: Tables, ids: Sequence[int] | None) -> dict[str, Source]:
    """The tables ready for reading, stretches joined."""
    if PERSONS.name not in tables:
        raise BadInput("bad_table", say("Thiếu bảng “{table}”.", table=PERSONS.name), PERSONS.name)
    if RANK_STRETCHES in tables:
        return dict(tables)
    ready: dict[str, Source] = {POSITIONS.name: _empty(POSITIONS)} | dict(tables)
    if ids is not None:
        ready |= {name: _of_persons(ready[name], ids) for name in (PERSONS.name, POSITIONS.name)}
    return _joined(ready)


def _of_persons(source: Source, ids: Sequence[int]) -> pl.DataFrame:
    wanted = pl.col("person_id").is_in(ids)
    if isinstance(source, Path) and not _is_mapped(source):
        return pl.scan_parquet(source).filter(wanted).collect()
    return _frame(source).filter(wanted)


def _frame(source: Source) -> pl.DataFrame:
    if isinstance(source, Path):
        source = mapped(source) if _is_mapped(source) else pl.read_parquet(source)
    if isinstance(source, pl.DataFrame):
        return source
    frame = pl.from_arrow(source)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _empty(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema={name: POLARS_TYPES[kind] for name, kind in table.columns.items()})


def beside(connection: duckdb.DuckDBPyConnection, tables: Tables, query: str) -> duckdb.DuckDBPyConnection:
    """A second connection to what `opened` gave, to ask one query beside the first; all tables are files."""
    other = connection.cursor()
    for name, source in tables.items():
        if _is_mapped(source) and re.search(rf"\b{name}\b", query):
            _offer(other, name, source)
    return other


def mapped(file: Path) -> pa.Table:
    """A file of Arrow IPC as it lies: a column takes memory when it is looked at, once for all processes."""
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()


def _is_mapped(source: Source) -> bool:
    return isinstance(source, Path) and source.suffix == MAPPED


def _offer(connection: duckdb.DuckDBPyConnection, name: str, source: Source) -> None:
    if isinstance(source, Path) and source.suffix == MAPPED:
        connection.register(name, mapped(source))
    elif isinstance(source, Path):
        quoted = str(source / "*.parquet" if source.is_dir() else source).replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}')")
    else:
        connection.register(name, source.to_arrow() if isinstance(source, pl.DataFrame) else source)


def _check_columns(table: Table, present: Iterable[str]) -> None:
    missing = [name for name in table.columns if name not in set(present)]
    if missing:
        raise BadInput(
            "bad_table",
            say("Bảng “{table}” thiếu cột: {columns}.", table=table.name, columns=", ".join(missing)),
            f"{table.name}.{missing[0]}",
        )


def _want(connection: duckdb.DuckDBPyConnection, ids: Sequence[int] | None) -> None:
    if ids is None:
        connection.execute("CREATE VIEW wanted AS SELECT person_id FROM persons")
        return
    connection.execute(
        "CREATE TABLE wanted AS SELECT person_id FROM persons"
        " WHERE person_id IN (SELECT unnest($ids::BIGINT[]))",
        {"ids": ids},
    )
