"""The parts of a person's card: details, the timeline of posts, qualifications. Asked by `selectors.card` only."""

from __future__ import annotations

from datetime import date, datetime

from hientai.apps.cadres import models
from hientai.apps.cadres.types import Born, PositionRow, QualificationRow
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import name_on
from hientai.engines.interval import last_day
from hientai.foundation.actor import Actor
from hientai.foundation.code_names import code_label

LevelNames = dict[tuple[str, str], tuple[int, str]]  # (kind, code) -> rank, name


def details(record: models.BiographicalRecord) -> tuple[tuple[str, str], ...]:
    born = Born(record.born_year, record.born_month, record.born_day)
    known = [("sex", record.get_sex_display()), ("born", str(born))]
    coded = ("ethnicity", "religion")
    wanted = {(name, getattr(record, name)) for name in coded}
    codes = models.Code.objects.filter(list__in=coded, code__in=[code for _, code in wanted])
    labels = {(c.list, c.code): code_label(c.name) for c in codes}
    for name in _SHOWN:
        value = getattr(record, name)
        if value:
            text = f"{value:%d/%m/%Y}" if isinstance(value, date) else labels.get((name, value), str(value))
            known.append((name, text))
    return tuple(known)


_SHOWN = (
    "other_names",
    "ethnicity",
    "religion",
    "home_place",
    "residence",
    "party_joined_on",
    "party_official_on",
    "recruited_on",
)


def timeline(actor: Actor, as_of: date, person_id: int, known_on: datetime | None) -> tuple[PositionRow, ...]:
    held = (
        models.Position.objects.known_on(known_on)
        .filter(person_id=person_id, valid_from__lte=as_of)
        .select_related("seat__title")
        .order_by("-valid_from", "-seat__title__rank", "id")
    )
    history = organization.unit_name_histories(actor=actor, ids={p.seat.unit_id for p in held})
    return tuple(
        PositionRow(
            id=p.id,
            title=p.seat.title.name,
            unit=name_on(history.get(p.seat.unit_id, ()), _named_on(p, as_of)),
            kind=p.kind,
            valid_from=p.valid_from,
            last_day=last_day(p.valid_to),
            source=p.source,
            is_current=p.valid_to is None or p.valid_to > as_of,
        )
        for p in held
    )


def _named_on(position: models.Position, as_of: date) -> date:
    """A unit is called as it was called on the last day the position was held."""
    return min(as_of, last_day(position.valid_to) or as_of)


def qualifications(
    as_of: date, person_id: int, known_on: datetime | None, names: LevelNames
) -> tuple[QualificationRow, ...]:
    held = (
        models.Qualification.objects.as_of(as_of, known_on)
        .filter(person_id=person_id)
        .order_by("kind", "-valid_from", "id")
    )
    return tuple(
        QualificationRow(
            q.get_kind_display(),
            names.get((q.kind, q.level), (0, q.level))[1],
            q.field,
            q.institution,
            q.valid_from,
            q.source,
        )
        for q in held
    )
