"""Evaluates the rules of good records on the columns of the snapshot, for everybody or for some people alone.

Run as a program (`python -m hientai.rulebook.quality.evaluating TABLES DAY FILE`) it keeps what it found as a file and
leaves no memory behind in the process that wanted it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from threading import get_ident

import duckdb
import polars as pl

from hientai.rulebook.quality import QualityRule, load_quality_rules

TABLES = (
    "persons", "managements", "positions", "qualifications", "ratings", "disciplines", "units", "seat_places",
    "file_states",
)  # fmt: skip
OF_NOBODY = ("units", "seat_places")
SCHEMA: Mapping[str, type[pl.DataType]] = {
    "person_id": pl.Int64, "rule": pl.String, "record": pl.String, "detail": pl.String
}  # fmt: skip
ORDER = ("rule", "person_id", "record", "detail")
_VALID = "valid_from <= DATE '{as_of}' AND (valid_to IS NULL OR valid_to > DATE '{as_of}')"
_PEOPLE = f"""
CREATE VIEW people AS
  SELECT p.*, m.unit_id, try_cast(format('{{{{:04d}}}}-{{{{:02d}}}}-{{{{:02d}}}}', born_year, coalesce(born_month, 1),
                                         coalesce(born_day, 1)) AS DATE) AS earliest_birthday
  FROM persons p JOIN (SELECT person_id, unit_id FROM managements WHERE {_VALID}) m USING (person_id)
"""
_NOW = f"""
CREATE TEMP TABLE posts_now AS
  SELECT person_id, position_id, seat_id, unit_id, kind FROM positions WHERE {_VALID}
"""
_VIEWS = (_PEOPLE, _NOW)


def evaluated(
    tables: Mapping[str, Path],
    rules: Sequence[QualityRule],
    as_of: date,
    person_ids: Sequence[int] | None = None,
) -> pl.DataFrame:
    """person_id, rule, record, detail (SCHEMA, in ORDER) of what the rules find as of a day.

    tables: Parquet files by name, TABLES among them. person_ids: the rows of these people alone are read and judged,
    so none of the rules may compare people.
    """
    parts = []
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET threads = 1")  # little memory counts for more than the last second
        for table in TABLES:
            connection.execute(_view(table, tables[table], person_ids))
        for made in _VIEWS:
            connection.execute(made.format(as_of=as_of.isoformat()))
        parts = [_found(connection, rule, as_of) for rule in rules]
    return pl.concat(parts).sort(ORDER) if parts else pl.DataFrame(schema=SCHEMA)


def renewed(
    earlier: pl.DataFrame,
    tables: Mapping[str, Path],
    rules: Sequence[QualityRule],
    as_of: date,
    person_ids: Sequence[int],
) -> pl.DataFrame:
    """What `evaluated` finds for everybody, where since `earlier` only records of these people changed."""
    alone = [rule for rule in rules if not rule.compares]
    stays = ~pl.col("person_id").is_in(list(person_ids)) & pl.col("rule").is_in([one.code for one in alone])
    anew = evaluated(tables, alone, as_of, person_ids)
    compared = evaluated(tables, [rule for rule in rules if rule.compares], as_of)
    return pl.concat([earlier.filter(stays), anew, compared]).sort(ORDER)


def keep(found: pl.DataFrame, file: Path) -> None:
    """Writes what was found, whole or not at all."""
    unfinished = file.with_name(f".{os.getpid()}-{get_ident()}-{file.name}")
    try:
        found.write_parquet(unfinished)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


@cache
def definition() -> str:
    """A short hash of what the rules ask, so that what an earlier release found is not taken for today's."""
    texts = [*_VIEWS, *(f"{rule.code}:{rule.compares}:{rule.sql}" for rule in load_quality_rules())]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _view(table: str, file: Path, person_ids: Sequence[int] | None) -> str:
    path = str(file / "*.parquet" if file.is_dir() else file).replace("'", "''")
    chosen = ""
    if person_ids is not None and table not in OF_NOBODY:
        chosen = f" WHERE person_id IN ({', '.join(map(str, map(int, person_ids))) or 'NULL'})"
    return f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{path}'){chosen}"


def _found(connection: duckdb.DuckDBPyConnection, rule: QualityRule, as_of: date) -> pl.DataFrame:
    given = {"as_of": as_of} if "$as_of" in rule.sql else {}
    rows = connection.sql(
        "SELECT person_id::BIGINT AS person_id, record::VARCHAR AS record, coalesce(detail::VARCHAR, '') AS detail"
        f" FROM ({rule.sql}) AS found",
        params=given,
    )
    found = pl.DataFrame(pl.from_arrow(rows.to_arrow_table()))
    return found.select("person_id", pl.lit(rule.code).alias("rule"), "record", "detail").cast(SCHEMA)  # type: ignore[arg-type]


def main(folder: str, day: str, file: str) -> None:
    """Keeps what every rule finds in the tables that lie in a folder as Parquet files."""
    tables = {path.stem: path for path in sorted(Path(folder).glob("*.parquet"))}
    keep(evaluated(tables, load_quality_rules(), date.fromisoformat(day)), Path(file))


if __name__ == "__main__":
    main(*sys.argv[1:4])
