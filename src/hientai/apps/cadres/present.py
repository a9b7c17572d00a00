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


@lru_cache(maxsize=3)
def _present(folder: Path, as_of: date) -> pl.DataFrame:
    def frame(name: str, *columns: str) -> pl.DataFrame:
        return pl.read_parquet(folder / f"{name}.parquet", columns=list(columns))

    dated = ("valid_from", "valid_to")
    on_day = snapshot.valid_on(as_of)
    units = frame("units", "unit_id", "level", "block", *dated).filter(on_day)
    managed = frame("managements", "person_id", "unit_id", *dated).filter(on_day)
    posts = frame("positions", "person_id", *dated).filter(on_day)
    rated = frame("ratings", "person_id", "year").filter(pl.col("year") == as_of.year - 1)
    persons = snapshot.with_age(
        frame("persons", "person_id", "person_code", "held_by_id", "tier", "sex", "born_year", "born_month", "born_day",
              "retires_on"), as_of,
    )  # fmt: skip
    everybody = (
        managed.select("person_id", "unit_id")
        .join(persons, on="person_id", how="inner", maintain_order="left")
        .join(units.select("unit_id", "level", "block"), on="unit_id", how="left", maintain_order="left")
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
    held = pl.read_parquet(
        folder / "qualifications.parquet", columns=["person_id", "kind", "level_rank", "valid_from"]
    )
    known = held.filter((pl.col("kind") == kind) & (pl.col("valid_from") <= as_of))
    return known.group_by("person_id").agg(pl.col("level_rank").max().alias(kind))
