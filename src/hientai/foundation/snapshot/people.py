"""Who is on file: the scope and the unit compiled to columns, in one place for every columnar question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from hientai.foundation.scoping import Scope
from hientai.foundation.snapshot.generation import Generation
from hientai.foundation.snapshot.taking import current


def valid_on(day: date) -> pl.Expr:
    """Rows whose half-open validity contains `day`."""
    return (pl.col("valid_from") <= day) & (pl.col("valid_to").is_null() | (pl.col("valid_to") > day))


def people_ids(
    *, scope: Scope, as_of: date, unit_id: int | None = None, generation: Generation | None = None
) -> pl.Series:
    """Ids (Int64, ascending) of people with a managing unit on `as_of`, within scope, at or below `unit_id`."""
    source = generation or current()
    managed = source.frame("managements", "person_id", "unit_id", "valid_from", "valid_to").filter(
        valid_on(as_of)
    )
    if unit_id is not None:
        managed = managed.filter(pl.col("unit_id").is_in(units_below(source, unit_id, as_of).implode()))
    seen = scope.columns(unit="held_by_id", tier="tier", person="person_code")
    persons = source.frame("persons", "person_id", "person_code", "held_by_id", "tier")
    visible = persons.filter(seen).select("person_id")
    return (
        visible.join(managed.select("person_id"), on="person_id", how="semi").get_column("person_id").sort()
    )


def units_below(generation: Generation, unit_id: int, as_of: date) -> pl.Series:
    """Ids of the units at or below `unit_id` on `as_of`."""
    subtrees = generation.frame("unit_subtrees").filter(valid_on(as_of))
    return subtrees.filter(pl.col("ancestor_id") == unit_id).get_column("descendant_id")


def by_name(ids: Sequence[int]) -> list[int]:
    """The same people by given name, the Vietnamese way."""
    places = _places(current().folder)
    last = len(places)
    return sorted(ids, key=lambda person: (places.get(person, last), person))


@lru_cache(maxsize=2)
def _places(folder: Path) -> dict[int, int]:
    ordered = pl.read_parquet(folder / "persons.parquet", columns=["person_id", "sort_key"]).sort(
        "sort_key", "person_id"
    )
    return {person: place for place, person in enumerate(ordered.get_column("person_id"))}


def with_age(people: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Adds `age` in completed years on `as_of`; a birth known by year only counts from 1 January."""
    month, day = pl.col("born_month").fill_null(1), pl.col("born_day").fill_null(1)
    had_birthday = (month < as_of.month) | ((month == as_of.month) & (day <= as_of.day))
    return people.with_columns(
        age=as_of.year - pl.col("born_year") - pl.when(had_birthday).then(0).otherwise(1)
    )
