"""Everybody on file on a day in columns, reckoned once per copy of the records: what the home page counts."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from hientai.foundation import snapshot
from hientai.foundation.scoping import Scope

LEARNED = ("professional", "political_theory")
LACKS = ("birth", "post", "professional", "rating")


def present(scope: Scope, as_of: date) -> pl.DataFrame:
    """person_id, sex, age, retires_on, level, block, the highest rank of each of LEARNED, `lacks_` of each of LACKS.

    One row a person with a managing unit on the day, within the scope.
    """
    everybody = _present(snapshot.current().folder, as_of)
    return everybody.filter(scope.columns(unit="held_by_id", tier="tier", person="person_code"))


@lru_cache(maxsize=2)
def _present(folder: Path, as_of: date) -> pl.DataFrame:
    def rows(name: str, chosen: pl.Expr, *columns: str) -> pl.DataFrame:
        return _scanned(folder, name).filter(chosen).select(columns).collect()

    on_day = snapshot.valid_on(as_of)
    units = rows("units", on_day, "unit_id", "level", "block")
    managed = rows("managements", on_day, "person_id", "unit_id")
    posts = rows("positions", on_day, "person_id")
    rated = rows("ratings", pl.col("year") == as_of.year - 1, "person_id")
    persons = snapshot.with_age(
        rows("persons", pl.lit(value=True), "person_id", "person_code", "held_by_id", "tier", "sex", "born_year",
             "born_month", "born_day", "retires_on"), as_of,
    )  # fmt: skip
    everybody = managed.join(persons, on="person_id", how="inner", maintain_order="left").join(
        units, on="unit_id", how="left", maintain_order="left"
    )
    for kind in LEARNED:
        everybody = everybody.join(
            _highest(folder, kind, as_of), on="person_id", how="left", maintain_order="left"
        )
    return everybody.select(
        "person_id", "person_code", "held_by_id", "tier", "sex", "age", "retires_on", "level", "block", *LEARNED,
        lacks_birth=pl.col("born_day").is_null(),
        lacks_post=~pl.col("person_id").is_in(posts.get_column("person_id").implode()),
        lacks_professional=pl.col("professional").is_null(),
        lacks_rating=~pl.col("person_id").is_in(rated.get_column("person_id").implode()),
    )  # fmt: skip


def _highest(folder: Path, kind: str, as_of: date) -> pl.DataFrame:
    """person_id and a column named like the kind: the highest rank awarded by the day."""
    chosen = (pl.col("kind") == kind) & (pl.col("valid_from") <= as_of)
    known = _scanned(folder, "qualifications").filter(chosen).select("person_id", "level_rank").collect()
    return known.group_by("person_id").agg(pl.col("level_rank").max().alias(kind))


def _scanned(folder: Path, name: str) -> pl.LazyFrame:
    """A table to be filtered while it is read: no more of it than is asked lies in memory at once."""
    return pl.scan_parquet(folder / f"{name}.parquet")
