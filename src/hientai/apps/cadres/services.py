"""Acts on personal records: enter people, change what changed, correct what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from hientai.apps.cadres import models
from hientai.apps.cadres.drafts import PersonDraft, PositionDraft, QualificationDraft
from hientai.engines.vitext import search_key, sort_key, tidy
from hientai.engines.wording import say
from hientai.foundation import encryption, temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

WRITE = "person.write"
BATCH = 5000


@action("cadres.enter_people", permission=WRITE, subject=lambda ids: {"people": len(ids)})
def enter_people(*, actor: Actor, drafts: Sequence[PersonDraft], source: str) -> list[int]:
    """Enters people with all their records, all or nothing. Returns their ids in the order of `drafts`.

    source: the document or file the records rest on. Raises Refused when an identity number is on file already
    or two records of one person overlap in time.
    """
    ids = _new_ids(len(drafts))
    try:
        with transaction.atomic():
            _write_people(ids, drafts)
            _write_records(ids, drafts, source)
    except IntegrityError as error:
        raise Refused(
            "records_conflict",
            say("Có hồ sơ trùng số định danh hoặc trùng thời gian giữ chức vụ; chưa ghi gì cả. ({what})",
                what=getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""),
        ) from error  # fmt: skip
    return ids


def _new_ids(how_many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('cadres_person', 'id')) FROM generate_series(1, %s)", [how_many]
        )
        return [row[0] for row in cursor.fetchall()]


def _write_people(ids: Sequence[int], drafts: Sequence[PersonDraft]) -> None:
    people = []
    for person_id, draft in zip(ids, drafts, strict=True):
        newest = max(draft.management, key=lambda m: m.valid_from, default=None)
        people.append(
            models.Person(
                id=person_id,
                code=draft.code or f"CB{person_id:06d}",
                held_by_id=newest.unit_id if newest else None,
                tier=newest.tier if newest else "",
            )
        )
    models.Person.objects.bulk_create(people, batch_size=BATCH)


def _write_records(ids: Sequence[int], drafts: Sequence[PersonDraft], source: str) -> None:
    pairs = list(zip(ids, drafts, strict=True))
    dated = {"source": source}
    _bulk(models.BiographicalRecord, (_biography(i, d, source) for i, d in pairs))
    _bulk(models.Management, (models.Management(person_id=i, **vars(m), **dated) for i, d in pairs for m in d.management))
    _bulk(models.Position, (_position(i, p, source) for i, d in pairs for p in d.positions))
    _bulk(models.Qualification, (models.Qualification(person_id=i, **vars(q), **dated) for i, d in pairs for q in d.qualifications))
    _bulk(models.Grade, (models.Grade(person_id=i, **vars(g), **dated) for i, d in pairs for g in d.grades))
    _bulk(
        models.YearRating,
        (models.YearRating(person_id=i, valid_from=date(r.year, 12, 31), **vars(r), **dated) for i, d in pairs for r in d.ratings),
    )
    _bulk(
        models.Discipline,
        (models.Discipline(person_id=i, form=x.form, valid_from=x.decided_on, expires_on=x.expires_on, **dated)
         for i, d in pairs for x in d.disciplines),
    )  # fmt: skip
    numbers = [(i, tidy(number), d) for i, d in pairs for number in d.identities]
    _bulk(
        models.IdentityNumber,
        (models.IdentityNumber(person_id=i, kind="cccd" if len(n) == 12 else "cmnd", sealed=encryption.seal(n),
                               valid_from=first_day(d), **dated) for i, n, d in numbers),
    )  # fmt: skip
    _bulk(models.IdentityIndex, (models.IdentityIndex(person_id=i, fingerprint=encryption.fingerprint(n)) for i, n, _ in numbers))


def _bulk(model: Any, made: Any) -> None:
    model.objects.bulk_create(made, batch_size=BATCH)


def first_day(draft: PersonDraft) -> date:
    """Names and origin are true from birth on."""
    return draft.born.assumed_day


def _biography(person_id: int, draft: PersonDraft, source: str) -> models.BiographicalRecord:
    name = tidy(draft.full_name)
    return models.BiographicalRecord(
        person_id=person_id,
        full_name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        sex=draft.sex,
        born_year=draft.born.year,
        born_month=draft.born.month,
        born_day=draft.born.day,
        valid_from=first_day(draft),
        source=source,
        **draft.biography,
    )


def _position(person_id: int, draft: PositionDraft, source: str) -> models.Position:
    return models.Position(
        person_id=person_id, seat_id=draft.seat_id, kind=draft.kind, valid_from=draft.valid_from,
        valid_to=draft.valid_to, source=draft.source or source,
    )  # fmt: skip


@action("cadres.correct_biography", permission=WRITE, subject=lambda row: {"person_id": row.person_id})
def correct_biography(
    *, actor: Actor, person_id: int, because: str, **fixes: Any
) -> models.BiographicalRecord:
    """The biographical record was wrong: what it should say. Raises NotFound outside the actor's scope."""
    _check_visible(actor, person_id)
    record = models.BiographicalRecord.objects.known_on().filter(person_id=person_id).order_by("-valid_from").first()
    if record is None:
        raise NotFound(str(person_id))
    if "full_name" in fixes:
        name = tidy(str(fixes["full_name"]))
        fixes |= {"full_name": name, "sort_key": sort_key(name), "search_key": search_key(name)}
    return temporal.correct(record, because=because, **fixes)


@action("cadres.change_position", permission=WRITE, subject=lambda row: {"position_id": row.pk})
def take_up_position(
    *, actor: Actor, person_id: int, position: PositionDraft, ending: Sequence[int] = (), source: str
) -> models.Position:
    """The person takes a seat on a day; positions named in `ending` (ids) end that day."""
    _check_visible(actor, person_id)
    for held in models.Position.objects.known_on().filter(person_id=person_id, pk__in=ending).order_by("pk"):
        temporal.end(held, position.valid_from, source=source)
    new = _position(person_id, position, source)
    new.save(force_insert=True)
    return new


@action("cadres.end_position", permission=WRITE, subject=lambda row: {"position_id": row.pk})
def end_position(*, actor: Actor, position_id: int, on: date, source: str) -> models.Position:
    """The person no longer holds the seat from `on`."""
    held = models.Position.objects.known_on().filter(pk=position_id).first()
    if held is None:
        raise NotFound(str(position_id))
    _check_visible(actor, held.person_id)
    return temporal.end(held, on, source=source)


@action("cadres.add_qualification", permission=WRITE, subject=lambda row: {"qualification_id": row.pk})
def add_qualification(
    *, actor: Actor, person_id: int, qualification: QualificationDraft, source: str
) -> models.Qualification:
    """A degree or certificate was awarded."""
    _check_visible(actor, person_id)
    new = models.Qualification(person_id=person_id, **vars(qualification), source=source)
    new.save(force_insert=True)
    return new


def _check_visible(actor: Actor, person_id: int) -> None:
    if not models.Person.objects.visible_to(actor, WRITE).filter(pk=person_id).exists():
        raise NotFound(str(person_id))
