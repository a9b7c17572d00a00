"""Small invented tables for tests of facts: rows as plain dictionaries, other columns left empty."""

from __future__ import annotations

import polars as pl

from hientai.engines.facts.opening import POLARS_TYPES
from hientai.engines.facts.tables import TABLES

SPECIFIED = {table.name: table for table in TABLES}


def frame(name: str, rows: list[dict]) -> pl.DataFrame:
    columns = SPECIFIED[name].columns
    unknown = {key for row in rows for key in row} - set(columns)
    assert not unknown, unknown
    return pl.DataFrame(
        {
            key: pl.Series([row.get(key) for row in rows], dtype=POLARS_TYPES[kind])
            for key, kind in columns.items()
        }
    )


def tables(**rows: list[dict]) -> dict[str, pl.DataFrame]:
    """One frame a table; `persons` defaults to the persons that the other tables mention."""
    mentioned = {row["person_id"] for listed in rows.values() for row in listed if "person_id" in row}
    rows.setdefault("persons", [{"person_id": person} for person in sorted(mentioned)])
    return {name: frame(name, listed) for name, listed in rows.items()}
