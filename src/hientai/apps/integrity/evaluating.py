"""Evaluates every rule of good records for everybody, on the columns of the snapshot, once a generation and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl

from hientai.foundation import snapshot
from hientai.rulebook.quality import QualityRule, load_quality_rules

TABLES = (
    "persons", "managements", "positions", "qualifications", "ratings", "disciplines", "units", "seat_places",
    "file_states",
)  # fmt: skip
SCHEMA = {"person_id": pl.Int64, "rule": pl.String, "record": pl.String, "detail": pl.String}
_VIEWS = """
CREATE TEMP TABLE people AS
  SELECT p.*, m.unit_id, try_cast(format('{:04d}-{:02d}-{:02d}', born_year, coalesce(born_month, 1),
                                         coalesce(born_day, 1)) AS DATE) AS earliest_birthday
  FROM persons p JOIN managements m ON m.person_id = p.person_id
    AND m.valid_from <= $as_of AND (m.valid_to IS NULL OR m.valid_to > $as_of);
"""
_NOW = """
CREATE TEMP TABLE posts_now AS
  SELECT person_id, position_id, seat_id, unit_id, kind FROM positions
  WHERE valid_from <= $as_of AND (valid_to IS NULL OR valid_to > $as_of);
"""


def faults(as_of: date) -> pl.DataFrame:
    """person_id, rule, record, detail of everybody on file; not scoped: callers join the people they may see."""
    return _faults(snapshot.current().folder, as_of)


@lru_cache(maxsize=4)
def _faults(folder: Path, as_of: date) -> pl.DataFrame:
    return evaluated(folder, load_quality_rules(), as_of)


def evaluated(folder: Path, rules: Sequence[QualityRule], as_of: date) -> pl.DataFrame:
    """The same for given rules and Parquet files `<table>.parquet` in a folder."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            "SET threads = 1"
        )  # a page waits for it: little memory counts for more than the last second
        for table in TABLES:
            file = str(folder / f"{table}.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{file}')")
        for made in (_VIEWS, _NOW):
            connection.execute(made, {"as_of": as_of})
        parts = [_found(connection, rule, as_of) for rule in rules]
    return pl.concat(parts).sort("rule", "person_id", "record") if parts else pl.DataFrame(schema=SCHEMA)


def _found(connection: duckdb.DuckDBPyConnection, rule: QualityRule, as_of: date) -> pl.DataFrame:
    given = {"as_of": as_of} if "$as_of" in rule.sql else {}
    rows = connection.sql(
        "SELECT person_id::BIGINT AS person_id, record::VARCHAR AS record, coalesce(detail::VARCHAR, '') AS detail"
        f" FROM ({rule.sql}) AS found",
        params=given,
    )
    found = pl.DataFrame(pl.from_arrow(rows.to_arrow_table()))
    return found.select("person_id", pl.lit(rule.code).alias("rule"), "record", "detail").cast(SCHEMA)  # type: ignore[arg-type]
