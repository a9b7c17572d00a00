"""Reads facts from exported tables with DuckDB: everybody as of a day, or one person with the evidence.

Both run the same expressions (`Reading`), so a person page and a list cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import polars as pl
import pyarrow as pa

from hientai.engines.errors import BadInput
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.evidence import Evidence, KnownPerson
from hientai.engines.facts.fact import Fact, FactType, Reading, Value
from hientai.engines.facts.snapshot import PERSON, POLARS_TYPES, Snapshot
from hientai.engines.facts.tables import PERSONS, TABLES, Table
from hientai.engines.wording import say

Source: TypeAlias = pl.DataFrame | pa.Table | Path

SQL_TYPES: Mapping[FactType, str] = {
    FactType.INTEGER: "INTEGER",
    FactType.MONTHS: "INTEGER",
    FactType.YEARS: "INTEGER",
    FactType.SHARE: "DOUBLE",
    FactType.BOOLEAN: "BOOLEAN",
    FactType.CODE: "VARCHAR",
    FactType.IDENTIFIER: "BIGINT",
}

# month_of: a running number of the calendar month, so that differences are months by (year, month)
# arithmetic. complete_months: the largest n for which `from` moved n months on (to the last day of a shorter
#     month) is not after `till`; Civil Code 2015 article 148 ends a term of months on the same day number.
# day30: days in months of thirty, which add up over pieces: 20 days and 10 days are one month.
# as_day: an incomplete birth date counts from its first possible day (Decree 135/2020 takes 1 January).
MACROS = """
CREATE OR REPLACE MACRO month_of(d) AS year(d) * 12 + month(d);
CREATE OR REPLACE MACRO complete_months(since, till) AS
    month_of(till) - month_of(since)
    - CASE WHEN day(till) < day(since) AND till <> last_day(till) THEN 1 ELSE 0 END;
CREATE OR REPLACE MACRO day30(d) AS (year(d) * 12 + month(d)) * 30 + least(day(d), 30);
CREATE OR REPLACE MACRO as_day(y, m, d) AS
    make_date(y, coalesce(m, 1), least(coalesce(d, 1), day(last_day(make_date(y, coalesce(m, 1), 1)))));
"""


def compute(
    catalogue: Catalogue,
    tables: Mapping[str, Source],
    as_of: date,
    person_ids: Iterable[int] | None = None,
    *,
    known_on: date | None = None,
    threads: int | None = None,
) -> Snapshot:
    """The facts of `catalogue` for all persons of table `persons`, or for `person_ids` among them.

    tables: name -> Polars frame, Arrow table or path of Parquet files, of the form of `tables.TABLES`; apps
    may bring more tables for their own facts. Facts without a reading are unknown for everybody.
    Raises BadInput `bad_table` where a table lacks a column, `fact_not_computed` where DuckDB refuses a
    reading.
    """
    with _opened(tables, as_of, person_ids, threads) as connection:
        parts = [
            _run(connection, statement(group, everybody=person_ids is None), group, as_of)
            for group in _grouped(catalogue)
        ]
        everybody = _fetched(connection.sql("SELECT person_id FROM wanted"))
    return Snapshot(_joined(everybody, parts, catalogue), catalogue, as_of, known_on)


def compute_person(
    catalogue: Catalogue, tables: Mapping[str, Source], as_of: date, person_id: int
) -> KnownPerson:
    """The facts of one person with the record, day and counting day behind each answer.

    Raises BadInput `unknown_person` where table `persons` does not have the person.
    """
    with _opened(tables, as_of, [person_id], threads=1) as connection:
        if not connection.execute("SELECT count(*) FROM wanted").fetchall()[0][0]:
            raise BadInput(
                "unknown_person", say("Không có người mang mã “{person}”.", person=person_id), str(person_id)
            )
        values: dict[str, Value | None] = {fact.code: None for fact in catalogue}
        evidence: dict[str, Evidence] = {}
        for facts in _grouped(catalogue):
            frame = _run(connection, statement(facts, with_evidence=True), facts, as_of)
            row = dict(frame.row(0, named=True)) if frame.height else {}
            for fact in facts:
                values[fact.code], evidence[fact.code] = _answer_of(fact, row)
    return KnownPerson(person_id, as_of, values, evidence)


def _answer_of(fact: Fact, row: Mapping[str, Any]) -> tuple[Value | None, Evidence]:
    if not row.get(f"{fact.code}__present"):
        return fact.absent_means, Evidence()
    record = row[f"{fact.code}__record"]
    return row[fact.code], Evidence(
        None if record is None else str(record), row[f"{fact.code}__day"], row[f"{fact.code}__anchor"]
    )


def _grouped(catalogue: Catalogue) -> list[tuple[Fact, ...]]:
    """Facts that share a relation, together."""
    groups: dict[tuple[str, bool], list[Fact]] = {}
    for fact in catalogue:
        if fact.reading is not None:
            groups.setdefault((fact.reading.relation, fact.reading.one_row), []).append(fact)
    return [tuple(facts) for facts in groups.values()]


def _run(
    connection: duckdb.DuckDBPyConnection, query: str, facts: Sequence[Fact], as_of: date
) -> pl.DataFrame:
    parameters = {"as_of": as_of} if "$as_of" in query else {}
    try:
        return _fetched(connection.sql(query, params=parameters))
    except duckdb.Error as error:
        raise BadInput(
            "fact_not_computed",
            say(
                "Không tính được nhóm dữ kiện {codes}: {reason}",
                codes=", ".join(fact.code for fact in facts),
                reason=str(error),
            ),
            facts[0].code,
        ) from error


def _fetched(answered: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    frame = pl.from_arrow(answered.to_arrow_table())
    assert isinstance(frame, pl.DataFrame)
    return frame


def statement(facts: Sequence[Fact], *, everybody: bool = False, with_evidence: bool = False) -> str:
    """The SQL that answers facts sharing one relation, for everybody or for the persons of table `wanted`."""
    readings = [(fact, fact.reading) for fact in facts if fact.reading is not None]
    shared = readings[0][1]
    columns = [_value_column(fact, reading) for fact, reading in readings]
    if with_evidence:
        columns += [column for fact, reading in readings for column in _evidence_columns(fact.code, reading)]
    restriction = "" if everybody else "\nWHERE person_id IN (SELECT person_id FROM wanted)"
    grouping = "" if shared.one_row else "\nGROUP BY person_id"
    return (
        "SELECT person_id,\n       "
        + ",\n       ".join(columns)
        + f"\nFROM ({shared.relation.strip()}) AS lines{restriction}{grouping}"
    )


def _value_column(fact: Fact, reading: Reading) -> str:
    kind = SQL_TYPES[fact.type]
    if reading.present == "TRUE":
        return f"CAST({reading.value} AS {kind}) AS {fact.code}"
    absent = f"CAST({_literal(fact.absent_means)} AS {kind})"
    return (
        f"CASE WHEN {reading.present} THEN CAST({reading.value} AS {kind}) ELSE {absent} END AS {fact.code}"
    )


def _evidence_columns(code: str, reading: Reading) -> Iterator[str]:
    yield f"{reading.present} AS {code}__present"
    yield f"{reading.record} AS {code}__record"
    yield f"CAST({reading.day} AS DATE) AS {code}__day"
    yield f"CAST({reading.anchor} AS DATE) AS {code}__anchor"


def _literal(value: Value | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value).upper() if isinstance(value, bool) else str(value)


def _joined(everybody: pl.DataFrame, parts: Sequence[pl.DataFrame], catalogue: Catalogue) -> pl.DataFrame:
    """All parts side by side, `absent_means` for persons without a row, null for facts without a reading."""
    frame = everybody.sort(PERSON)
    for part in parts:
        absent = [catalogue[code].absent_means for code in part.columns if code != PERSON]
        if part.height == frame.height or all(value is None for value in absent):
            frame = frame.join(part, on=PERSON, how="left", maintain_order="left")
            continue
        marked = part.with_columns(pl.lit(True).alias("__row"))
        frame = (
            frame.join(marked, on=PERSON, how="left", maintain_order="left")
            .with_columns(
                pl.when(pl.col("__row").is_null()).then(pl.lit(value)).otherwise(pl.col(code)).alias(code)
                for code, value in zip((code for code in part.columns if code != PERSON), absent, strict=True)
                if value is not None
            )
            .drop("__row")
        )
    return frame.select(
        PERSON,
        *(
            (pl.col(fact.code) if fact.code in frame.columns else pl.lit(None).alias(fact.code)).cast(
                POLARS_TYPES[fact.type]
            )
            for fact in catalogue
        ),
    )


@contextmanager
def _opened(
    tables: Mapping[str, Source], as_of: date, person_ids: Iterable[int] | None, threads: int | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private in-memory DuckDB that sees `tables` and the ids of the wanted persons."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET enable_progress_bar = false")
        if threads is not None:
            connection.execute(f"SET threads = {int(threads)}")
        connection.execute(MACROS)
        for name, source in tables.items():
            _offer(connection, name, source)
        for table in TABLES:
            _complete(connection, table, tables)
        _want(connection, person_ids)
        yield connection
    finally:
        connection.close()


def _offer(connection: duckdb.DuckDBPyConnection, name: str, source: Source) -> None:
    if isinstance(source, Path):
        quoted = str(source).replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}')")
    else:
        connection.register(name, source.to_arrow() if isinstance(source, pl.DataFrame) else source)


def _complete(connection: duckdb.DuckDBPyConnection, table: Table, tables: Mapping[str, Source]) -> None:
    """Puts an empty table where none was given; refuses one that lacks a column."""
    if table.name not in tables:
        if table is PERSONS:
            raise BadInput("bad_table", say("Thiếu bảng “{table}”.", table=table.name), table.name)
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        return
    present = {row[0] for row in connection.execute(f"DESCRIBE {table.name}").fetchall()}
    missing = [name for name in table.columns if name not in present]
    if missing:
        raise BadInput(
            "bad_table",
            say("Bảng “{table}” thiếu cột: {columns}.", table=table.name, columns=", ".join(missing)),
            f"{table.name}.{missing[0]}",
        )


def _want(connection: duckdb.DuckDBPyConnection, person_ids: Iterable[int] | None) -> None:
    if person_ids is None:
        connection.execute("CREATE VIEW wanted AS SELECT person_id FROM persons")
        return
    ids = pa.table({PERSON: pa.array(sorted(set(person_ids)), type=pa.int64())})
    connection.register("asked", ids)
    connection.execute(
        "CREATE TABLE wanted AS SELECT person_id FROM persons"
        " WHERE person_id IN (SELECT person_id FROM asked)"
    )
