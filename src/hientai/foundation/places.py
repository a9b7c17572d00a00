"""Whose rules hold for whom: units may set values of their own for the people whose files lie at or below them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from hientai.foundation import snapshot
from hientai.foundation.rules import units_with_values

Units = tuple[int, ...]


def by_place(people: Iterable[int], as_of: date) -> list[tuple[Units, list[int]]]:
    """The people in groups under the same rules: the units with own values above them, the highest first, and who.

    One group without units where no unit has set anything, and then nothing is looked up. Everybody comes once, in
    the order given; the group without units comes first.
    """
    everybody = list(people)
    units = units_with_values(as_of)
    if not units:
        return [((), everybody)]
    generation = snapshot.current()
    subtrees = generation.frame("unit_subtrees").filter(snapshot.valid_on(as_of))
    above = subtrees.filter(pl.col("descendant_id").is_in(units)).group_by("descendant_id").len()
    depth = dict(above.iter_rows())
    managed = generation.frame("managements").filter(snapshot.valid_on(as_of))
    places: dict[int, Units] = {}
    for unit in sorted(units, key=lambda one: (depth.get(one, 0), one)):
        below = snapshot.units_below(generation, unit, as_of)
        for person in (
            managed.filter(pl.col("unit_id").is_in(below.implode()))["person_id"].unique().to_list()
        ):
            places[person] = (*places.get(person, ()), unit)
    groups: dict[Units, list[int]] = {(): []}
    for person in everybody:
        groups.setdefault(places.get(person, ()), []).append(person)
    return [(place, kept) for place, kept in groups.items() if kept or not place]


def place_of(person: int, as_of: date) -> Units:
    """The units with own values above one person."""
    return next(place for place, kept in by_place([person], as_of) if kept)
