"""Enters many people with all their records at once, by COPY. Used by the services only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from hientai.apps.cadres import models
from hientai.apps.cadres.bulk import Copying
from hientai.apps.cadres.drafts import PersonChange, PersonDraft, PositionDraft
from hientai.engines.vitext import search_key, sort_key, tidy
from hientai.foundation import encryption


def new_ids(how_many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH ids AS MATERIALIZED (SELECT pg_get_serial_sequence('cadres_person', 'id')::regclass AS name)"
            " SELECT nextval(ids.name) FROM ids, generate_series(1, %s)",
            [how_many],
        )
        return [row[0] for row in cursor.fetchall()]


def now() -> datetime:
    """When the running transaction began: what `recorded_from` of its rows is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cursor.fetchone()[0]


def write_people(to: Copying, ids: Sequence[int], drafts: Sequence[PersonDraft]) -> None:
    entered = now()
    rows = []
    for person_id, draft in zip(ids, drafts, strict=True):
        newest = max(draft.management, key=lambda m: m.valid_from, default=None)
        unit, tier = (newest.unit_id, newest.tier) if newest else (None, "")
        rows.append((person_id, draft.code or f"CB{person_id:06d}", unit, tier, entered))
    to.rows(models.Person, ("id", "code", "held_by_id", "tier", "created_at"), rows)


def write_records(to: Copying, ids: Sequence[int], drafts: Sequence[PersonDraft], source: str) -> None:
    """What takes the server longest goes first: the longest to format (biographies, numbers) is made meanwhile."""
    pairs = list(zip(ids, drafts, strict=True))
    to.dated(
        models.Management,
        ("unit_id", "tier"),
        ((i, m.valid_from, m.valid_to, source, (m.unit_id, m.tier)) for i, d in pairs for m in d.management),
    )
    write_additions(to, pairs, source)
    to.dated(
        models.BiographicalRecord,
        _BIOGRAPHY,
        ((i, first_day(d), None, source, _biography(d)) for i, d in pairs),
    )
    write_identities(to, [(i, number, first_day(d)) for i, d in pairs for number in d.identities], source)
    to.dated(
        models.Grade,
        _GRADE,
        (
            (i, g.valid_from, None, source, (g.grade, g.step, g.coefficient))
            for i, d in pairs
            for g in d.grades
        ),
    )
    to.dated(
        models.HealthState,
        ("health_class",),
        ((i, h.valid_from, None, source, (h.health_class,)) for i, d in pairs for h in d.health),
    )
    to.dated(
        models.ListedText,
        ("kind", "text"),
        ((i, t.valid_from, None, source, (t.kind, t.text)) for i, d in pairs for t in d.texts),
    )


def write_additions(
    to: Copying, pairs: Sequence[tuple[int, PersonDraft | PersonChange]], source: str
) -> None:
    """What is only ever added to a file: posts, qualifications, ratings, disciplines, commendations."""
    to.dated(
        models.Position,
        ("seat_id", "kind"),
        (
            (i, p.valid_from, p.valid_to, p.source or source, (p.seat_id, p.kind))
            for i, d in pairs
            for p in d.positions
        ),
    )
    to.dated(
        models.Qualification,
        ("kind", "level", "field", "institution"),
        (
            (i, q.valid_from, None, source, (q.kind, q.level, q.field, q.institution))
            for i, d in pairs
            for q in d.qualifications
        ),
    )
    to.dated(
        models.YearRating,
        ("year", "rating"),
        ((i, date(r.year, 12, 31), None, source, (r.year, r.rating)) for i, d in pairs for r in d.ratings),
    )
    to.dated(
        models.Discipline,
        ("form", "expires_on"),
        ((i, x.decided_on, None, source, (x.form, x.expires_on)) for i, d in pairs for x in d.disciplines),
    )
    to.dated(
        models.Commendation,
        ("title",),
        ((i, c.decided_on, None, source, (c.title,)) for i, d in pairs for c in d.commendations),
    )


def write_identities(to: Copying, numbers: Sequence[tuple[int, str, date]], source: str) -> None:
    tidied = [(i, tidy(number), day) for i, number, day in numbers]
    to.dated(
        models.IdentityNumber,
        ("kind", "sealed"),
        (
            (i, day, None, source, ("cccd" if len(number) == 12 else "cmnd", encryption.seal(number)))
            for i, number, day in tidied
        ),
    )
    to.rows(
        models.IdentityIndex,
        ("person_id", "fingerprint"),
        ((i, encryption.fingerprint(number)) for i, number, _ in tidied),
    )


def first_day(draft: PersonDraft) -> date:
    """Names and origin are true from birth on."""
    return draft.born.assumed_day


_GRADE = ("grade", "step", "coefficient")
_NAMED = ("full_name", "sort_key", "search_key", "sex", "born_year", "born_month", "born_day")
_OTHERS = tuple(
    (f.name, f.attname, f.get_default())
    for f in models.BiographicalRecord._meta.concrete_fields
    if f.name
    not in {
        *_NAMED,
        "id",
        "person",
        "line",
        "valid_from",
        "valid_to",
        "source",
        "reason",
        "recorded_from",
        "recorded_to",
    }
)
_BIOGRAPHY = (*_NAMED, *(column for _name, column, _default in _OTHERS))


def _biography(draft: PersonDraft) -> tuple[Any, ...]:
    name, known = tidy(draft.full_name), draft.biography
    born = draft.born
    return (
        name,
        sort_key(name),
        search_key(name),
        draft.sex,
        born.year,
        born.month,
        born.day,
        *(known.get(field, known.get(column, default)) for field, column, default in _OTHERS),
    )


def position_row(person_id: int, draft: PositionDraft, source: str) -> models.Position:
    return models.Position(
        person_id=person_id, seat_id=draft.seat_id, kind=draft.kind, valid_from=draft.valid_from,
        valid_to=draft.valid_to, source=draft.source or source,
    )  # fmt: skip
