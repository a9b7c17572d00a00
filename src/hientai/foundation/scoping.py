"""Row scope in one place: one scope, compiled to SQL and to a column filter.

A scope is a set of areas (unit subtree x management tier) plus the actor's own file. Every selector starts from
`visible_to(actor)`, every columnar question filters by `columns(...)`; a property test holds both to equal ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Q, QuerySet

Subtree = Callable[[Iterable[int], date], "QuerySet[Any]"]
_subtree: list[Subtree] = []


def register_subtree(question: Subtree) -> None:
    """The organization app answers: the ids (a one-column queryset) of the units below given roots on a day, and of
    ended units whose records passed to them."""
    _subtree[:] = [question]


@dataclass(frozen=True)
class Area:
    """unit_id: root of the subtree, None for all units; tier: management tier code, "" for all."""

    unit_id: int | None = None
    tier: str = ""


@dataclass(frozen=True)
class Scope:
    """Where an actor's permission holds today."""

    today: date
    areas: frozenset[Area] = field(default_factory=frozenset)
    own_person_code: str = ""

    @classmethod
    def everything(cls, today: date) -> Scope:
        return cls(today, frozenset({Area()}))

    @property
    def is_everything(self) -> bool:
        return Area() in self.areas

    def units(self, ids: Iterable[int]) -> set[int]:
        """Those of the units that lie in an area for every tier: acts on a unit concern all people in it."""
        wanted = set(ids)
        if self.is_everything:
            return wanted
        roots = [area.unit_id for area in self.areas if area.unit_id is not None and not area.tier]
        return wanted & set(_subtree[0](roots, self.today)) if roots else set()

    def sql(self, *, unit: str, tier: str = "", person: str = "") -> Q | None:
        """A filter over fields named `unit`, `tier`, `person` (tier or person "" when the model has none).

        None means no restriction. A model without a tier field is visible by unit alone.
        """
        if self.is_everything:
            return None
        seen = Q(pk__in=[])
        for area in sorted(self.areas, key=str):
            part = Q()
            if area.unit_id is not None:
                part &= Q(**{f"{unit}__in": _subtree[0]([area.unit_id], self.today)})
            if area.tier and tier:
                part &= Q(**{tier: area.tier})
            seen |= part
        if self.own_person_code and person:
            seen |= Q(**{person: self.own_person_code})
        return seen

    def columns(self, *, unit: str, tier: str = "", person: str = "") -> pl.Expr:
        """The same restriction as a Polars boolean expression over columns `unit`, `tier`, `person`."""
        if self.is_everything:
            return pl.lit(value=True)
        seen = pl.lit(value=False)
        for area in sorted(self.areas, key=str):
            part = pl.lit(value=True)
            if area.unit_id is not None:
                ids = list(_subtree[0]([area.unit_id], self.today))
                part = part & pl.col(unit).is_in(ids).fill_null(value=False)
            if area.tier and tier:
                part = part & (pl.col(tier) == area.tier).fill_null(value=False)
            seen = seen | part
        if self.own_person_code and person:
            seen = seen | (pl.col(person) == self.own_person_code)
        return seen
