"""Between the kinds of record and their tables: what a row says, and what a form's values become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hientai.apps.cadres import models
from hientai.apps.cadres.kinds import CHOICES, Field, How, Kind
from hientai.apps.cadres.types import Born, QualificationKind, RecordRow
from hientai.engines.interval import last_day
from hientai.foundation import encryption
from hientai.foundation.temporal import EffectiveDated

MODELS: dict[str, type[EffectiveDated]] = {
    "so-yeu": models.BiographicalRecord,
    "so-dinh-danh": models.IdentityNumber,
    "quan-ly": models.Management,
    "chuc-vu": models.Position,
    "noi-khac": models.EarlierWork,
    "trinh-do": models.Qualification,
    "xep-loai": models.YearRating,
    "khen-thuong": models.Commendation,
    "ky-luat": models.Discipline,
    "ngach-luong": models.Grade,
    "suc-khoe": models.HealthState,
    "than-nhan": models.FamilyRelation,
    "ghi-them": models.ListedText,
}
RELATED = {"chuc-vu": ("seat__title",), "than-nhan": ("relative",)}
Names = Mapping[tuple[str, str], str]


def current_rows(person_ids: Iterable[int], kind: Kind) -> list[Any]:
    """The versions on record now of one kind, newest first."""
    found = MODELS[kind.slug].objects.known_on().filter(person_id__in=list(person_ids))
    return list(found.select_related(*RELATED.get(kind.slug, ())).order_by("-valid_from", "-id"))


def unit_in(kind: Kind, row: Any) -> int | None:
    """The unit that a record names, None for a record without one."""
    if kind.slug == "chuc-vu":
        return int(row.seat.unit_id)
    return int(row.unit_id) if kind.slug == "quan-ly" else None


def record_row(kind: Kind, row: Any, codes: Names, unit: str) -> RecordRow:
    """The version as a page shows it. codes: (list, code) -> name; unit: the name of its unit."""
    values = values_of(kind, row)
    shown = tuple(
        (field.label, text)
        for field in kind.fields
        if (text := _text(field, values.get(field.name), codes, unit))
    )
    return RecordRow(
        id=row.pk,
        values=values,
        shown=shown,
        valid_from=row.valid_from,
        last_day=last_day(row.valid_to),
        source=row.source,
        reason=row.reason,
    )


def words_of(kind: Kind, values: Mapping[str, Any], codes: Names, unit: str) -> tuple[tuple[str, str], ...]:
    """(label, text) of the values of a form, as `record_row` shows those of a version."""
    return tuple(
        (str(field.label), text)
        for field in kind.fields
        if field.name in values and (text := _text(field, values[field.name], codes, unit))
    )


def values_of(kind: Kind, row: Any) -> dict[str, Any]:
    """The values of a version, by field name. A seat is told by its unit id and title, a relative by the code."""
    return {field.name: _value(kind, field, row) for field in kind.fields}


def _value(kind: Kind, field: Field, row: Any) -> Any:
    match field.how:
        case How.BORN:
            return Born(row.born_year, row.born_month, row.born_day)
        case How.NUMBER:
            return encryption.reveal(row.sealed)
        case How.UNIT:
            return row.seat.unit_id if kind.slug == "chuc-vu" else row.unit_id
        case How.TITLE:
            return row.seat.title.name
        case How.LEVEL:
            return f"{row.kind}:{row.level}"
        case How.PERSON:
            return row.relative.code
        case _:
            return getattr(row, field.name)


def _text(field: Field, value: Any, codes: Names, unit: str) -> str:
    if value in (None, ""):
        return ""
    match field.how:
        case How.DAY:
            return f"{value:%d/%m/%Y}"
        case How.CHOICE:
            return str(dict(CHOICES[field.of]).get(value, value))
        case How.CODE:
            return codes.get((field.of, value), str(value))
        case How.LEVEL:
            name, code = value.split(":", 1)
            label = QualificationKind(name).label
            return f"{label}: {codes.get((name, code), code)}"
        case How.UNIT:
            return unit
        case How.NUMBER:
            return f"…{value[-4:]}"
        case _:
            return str(value)


def columns(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form's values are in the columns of the table, but for seats, people and numbers (see the services)."""
    found: dict[str, Any] = {}
    for field in kind.fields:
        if field.name not in values or field.how in (How.NUMBER, How.TITLE, How.PERSON):
            continue
        value = values[field.name]
        if field.how is How.BORN:
            found |= {"born_year": value.year, "born_month": value.month, "born_day": value.day}
        elif field.how is How.LEVEL:
            found["kind"], found["level"] = value.split(":", 1)
        elif field.how is How.UNIT:
            if kind.slug != "chuc-vu":
                found["unit_id"] = value
        else:
            found[field.name] = value
    return found


def first_day(kind: Kind, values: Mapping[str, Any], since: date | None) -> date:
    """From when a new record holds: the day given, else what the values say (a rating: the end of its year)."""
    if kind.slug == "xep-loai":
        return date(values["year"], 12, 31)
    assert since is not None
    return since


def label_of(slug: str) -> str:
    """The table of a kind, by the word that merges use."""
    return MODELS[slug]._meta.label_lower
