"""Reads whole files of many people at once, for comparing with a list: a fixed number of statements for any number."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hientai.apps.cadres import models
from hientai.apps.cadres.types import PersonOnFile, PostOnFile, StateOnFile
from hientai.foundation import encryption
from hientai.foundation.temporal import EffectiveDated

BIOGRAPHY = (
    "full_name", "other_names", "sex", "born_year", "born_month", "born_day", "ethnicity", "religion", "birth_place",
    "home_place", "residence", "permanent_residence", "phone", "email", "personnel_number", "social_insurance",
    "academic_rank", "party_card", "party_joined_on", "party_official_on", "army_joined_on", "army_left_on",
    "army_rank", "recruited_on", "recruited_by",
)  # fmt: skip
IN_VERSION: tuple[type[EffectiveDated], ...] = (
    models.BiographicalRecord, models.IdentityNumber, models.Management, models.Position, models.Grade,
    models.Qualification, models.YearRating, models.Commendation, models.Discipline, models.HealthState,
    models.ListedText, models.EarlierWork, models.Photo,
)  # fmt: skip


def read_files(people: QuerySet, as_of: date) -> dict[int, PersonOnFile]:
    """The files of the given people (a queryset of Person); posts that ended by `as_of` are left out."""
    found = {p.id: p for p in people.order_by("id")}
    ids = list(found)
    biographies = {b.person_id: b for b in _current(models.BiographicalRecord, ids).order_by("valid_from")}
    parts = _Parts(ids, as_of)
    return {
        person: PersonOnFile(
            id=person,
            code=found[person].code,
            unit_id=found[person].held_by_id,
            tier=found[person].tier,
            version=parts.version(person),
            biography_id=biography.id,
            biography_from=biography.valid_from,
            biography={name: getattr(biography, name) for name in BIOGRAPHY},
            identities=tuple(parts.identities[person]),
            posts=tuple(parts.posts[person]),
            qualifications=tuple(parts.qualifications[person]),
            ratings=dict(parts.ratings[person]),
            disciplines=tuple(parts.disciplines[person]),
            commendations=tuple(parts.commendations[person]),
            grades=tuple(parts.grades[person]),
            health=tuple(parts.health[person]),
            texts=_by_kind(parts.texts[person]),
        )
        for person, biography in biographies.items()
    }


def _current(model: type[EffectiveDated], ids: Sequence[int]) -> QuerySet:
    return model.objects.known_on().filter(person_id__in=ids)


class _Parts:
    """The records of many people, by person."""

    def __init__(self, ids: Sequence[int], as_of: date) -> None:
        self._rows: dict[int, list[str]] = defaultdict(list)
        for model in IN_VERSION:
            for person, row in _current(model, ids).order_by("id").values_list("person_id", "id"):
                self._rows[person].append(f"{model.__name__}:{row}")
        self.identities = _grouped(
            (person, encryption.reveal(sealed))
            for person, sealed in _values(models.IdentityNumber, ids, "sealed")
        )
        self.posts = _posts(ids, as_of)
        self.qualifications = _grouped(
            (p, (kind, level)) for p, kind, level in _values(models.Qualification, ids, "kind", "level")
        )
        self.ratings = _grouped(
            (p, (year, rating)) for p, year, rating in _values(models.YearRating, ids, "year", "rating")
        )
        self.disciplines = _grouped(
            (p, (form, day)) for p, form, day in _values(models.Discipline, ids, "form", "valid_from")
        )
        self.commendations = _grouped(_values(models.Commendation, ids, "title"))
        self.grades = _states(models.Grade, ids, "grade", "step", "coefficient")
        self.health = _states(models.HealthState, ids, "health_class")
        self.texts = _states(models.ListedText, ids, "kind", "text")

    def version(self, person: int) -> str:
        return hashlib.sha256(" ".join(self._rows[person]).encode()).hexdigest()[:32]


def _values(model: type[EffectiveDated], ids: Sequence[int], *fields: str) -> Iterable[tuple[Any, ...]]:
    return _current(model, ids).order_by("id").values_list("person_id", *fields)


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for person, value in pairs:
        found[person].append(value)
    return found


def _posts(ids: Sequence[int], as_of: date) -> dict[int, list[PostOnFile]]:
    held = (
        _current(models.Position, ids)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=as_of))
        .order_by("valid_from", "id")
        .values_list(
            "person_id", "id", "seat_id", "seat__unit_id", "seat__title_id", "seat__title__name", "kind", "valid_from",
            "valid_to",
        )
    )  # fmt: skip
    return _grouped((person, PostOnFile(*rest)) for person, *rest in held)


def _states(model: type[EffectiveDated], ids: Sequence[int], *fields: str) -> dict[int, list[StateOnFile]]:
    rows = _current(model, ids).order_by("valid_from", "id")
    return _grouped(
        (person, StateOnFile(row, dict(zip(fields, values, strict=True)), start, end))
        for person, row, start, end, *values in rows.values_list(
            "person_id", "id", "valid_from", "valid_to", *fields
        )
    )


def _by_kind(states: Iterable[StateOnFile]) -> Mapping[str, tuple[StateOnFile, ...]]:
    found: dict[str, tuple[StateOnFile, ...]] = {}
    for state in states:
        kind = state.values["kind"]
        found[kind] = (*found.get(kind, ()), state)
    return found
