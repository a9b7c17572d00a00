"""Reads facts from exported tables with DuckDB: everybody as of a day, or one person with the evidence.

Both run the same expressions (`Reading`), so a person page and a list cannot disagree.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from hientai.engines.errors import BadInput
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.evidence import Evidence, KnownPerson
from hientai.engines.facts.fact import Fact, Value
from hientai.engines.facts.opening import Tables, beside, opened
from hientai.engines.facts.snapshot import PERSON, POLARS_TYPES, Snapshot
from hientai.engines.facts.statement import grouped, parameters, statement, tables_of_the_day
from hientai.engines.facts.tables import RANK_STRETCHES
from hientai.engines.wording import say

Numbers = npt.NDArray[np.int64]
SPARSE = 4  # ids a person up to which a table of all ids is faster than searching
THREADS = min(os.cpu_count() or 1, 4)


def compute(
    catalogue: Catalogue,
    tables: Tables,
    as_of: date,
    person_ids: Iterable[int] | None = None,
    *,
    known_on: date | None = None,
    threads: int | None = None,
) -> Snapshot:
    """The facts of `catalogue` for all persons of table `persons`, or for `person_ids` among them.

    threads: None for as many as the machine has, where all tables are files.
    tables: name -> Polars frame, Arrow table or path of Parquet or Arrow files, of the form of `tables.TABLES`; apps
    may bring more tables for their own facts. Facts without a reading are unknown for everybody.
    Raises BadInput `bad_table` where a table lacks a column, `fact_not_computed` where DuckDB refuses a
    reading.
    """
    with opened(tables, person_ids) as connection:
        _make_tables_of_the_day(connection, catalogue, as_of)
        queries = [(statement(group, everybody=person_ids is None), group) for group in grouped(catalogue)]
        side_by_side = RANK_STRETCHES in tables and all(isinstance(one, Path) for one in tables.values())
        if threads is None and side_by_side:
            parts = _side_by_side(connection, tables, queries, as_of)
        else:
            run = _run if person_ids is None else _run_for_few
            parts = [run(connection, query, group, as_of) for query, group in queries]
        everybody = _fetched(connection.sql("SELECT person_id FROM wanted"))
    return Snapshot(_joined(everybody, parts, catalogue), catalogue, as_of, known_on)


def compute_person(catalogue: Catalogue, tables: Tables, as_of: date, person_id: int) -> KnownPerson:
    """The facts of one person with the record, day and counting day behind each answer.

    Raises BadInput `unknown_person` where table `persons` does not have the person.
    """
    with opened(tables, [person_id]) as connection:
        if not connection.execute("SELECT count(*) FROM wanted").fetchall()[0][0]:
            raise BadInput(
                "unknown_person", say("Không có người mang mã “{person}”.", person=person_id), str(person_id)
            )
        _make_tables_of_the_day(connection, catalogue, as_of)
        values: dict[str, Value | None] = {fact.code: None for fact in catalogue}
        evidence: dict[str, Evidence] = {}
        for facts in grouped(catalogue):
            query = statement(facts, with_evidence=True)
            rows, names = _rows(connection, query, facts, as_of)
            row = dict(zip(names, rows[0], strict=True)) if rows else {}
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


def _make_tables_of_the_day(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, as_of: date) -> None:
    for name, query in tables_of_the_day(catalogue).items():
        connection.execute(f"CREATE TABLE {name} AS {query}", parameters(query, as_of))


def _side_by_side(
    connection: duckdb.DuckDBPyConnection,
    tables: Tables,
    queries: Sequence[tuple[str, Sequence[Fact]]],
    as_of: date,
) -> list[pl.DataFrame]:
    """The answers of all queries in their order; two of them at once take less CPU than each on two threads."""

    def ask(query: str, facts: Sequence[Fact]) -> pl.DataFrame:
        with beside(connection, tables, query) as other:
            return _run(other, query, facts, as_of)

    with ThreadPoolExecutor(THREADS) as pool:
        asked = [pool.submit(ask, query, facts) for query, facts in queries]
        return [answer.result() for answer in asked]


def _run(
    connection: duckdb.DuckDBPyConnection, query: str, facts: Sequence[Fact], as_of: date
) -> pl.DataFrame:
    with _told(facts):
        return _fetched(connection.sql(query, params=parameters(query, as_of)))


def _run_for_few(
    connection: duckdb.DuckDBPyConnection, query: str, facts: Sequence[Fact], as_of: date
) -> pl.DataFrame:
    """The same by rows: a query that gives columns is bound twice, which is most of what few people cost."""
    rows, _ = _rows(connection, query, facts, as_of)
    schema: dict[str, type[pl.DataType]] = {
        PERSON: pl.Int64,
        **{fact.code: POLARS_TYPES[fact.type] for fact in facts},
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, facts: Sequence[Fact], as_of: date
) -> tuple[list[tuple[Any, ...]], list[str]]:
    """The rows of a query and the names of its columns."""
    with _told(facts):
        answered = connection.execute(query, parameters(query, as_of))
        return answered.fetchall(), [column[0] for column in answered.description]


@contextmanager
def _told(facts: Sequence[Fact]) -> Iterator[None]:
    """What DuckDB refuses is told with the facts it was asked for."""
    try:
        yield
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


def _joined(everybody: pl.DataFrame, parts: Sequence[pl.DataFrame], catalogue: Catalogue) -> pl.DataFrame:
    """All parts side by side, `absent_means` for persons without a row, null for facts without a reading."""
    persons = _ordered(everybody)
    frame = pl.concat([persons, *(_aligned(part, persons, catalogue) for part in parts)], how="horizontal")
    return frame.select(
        PERSON,
        *(
            (pl.col(fact.code) if fact.code in frame.columns else pl.lit(None).alias(fact.code)).cast(
                POLARS_TYPES[fact.type]
            )
            for fact in catalogue
        ),
    )


def _ordered(part: pl.DataFrame) -> pl.DataFrame:
    return part if part[PERSON].is_sorted() else part.sort(PERSON)


def _aligned(part: pl.DataFrame, persons: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The facts of a part in the order of `persons`: each person's row, or one more that says what silence means."""
    if part[PERSON].equals(persons[PERSON]):
        return part.drop(PERSON)
    places, here = _places(part[PERSON].to_numpy(), persons[PERSON].to_numpy())
    rows = np.full(persons.height, part.height, dtype=np.uint32)
    rows[places[here]] = np.flatnonzero(here)
    absent = {code: catalogue[code].absent_means for code in part.columns if code != PERSON}
    one_more = part.select(
        pl.col(code).append(pl.lit(value, dtype=part.schema[code])) for code, value in absent.items()
    )
    return one_more[rows]


def _places(ids: Numbers, persons: Numbers) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Where each of `ids` stands among `persons` (ascending), and whether it does."""
    if not len(persons):
        return np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=np.bool_)
    first, span = int(persons[0]), int(persons[-1]) - int(persons[0]) + 1
    if span > SPARSE * len(persons):
        places = np.minimum(np.searchsorted(persons, ids), len(persons) - 1)
        return places, persons[places] == ids
    table = np.full(span, -1, dtype=np.int64)
    table[persons - first] = np.arange(len(persons))
    inside = (ids >= first) & (ids < first + span)
    places = table[np.where(inside, ids - first, 0)]
    return places, inside & (places >= 0)
