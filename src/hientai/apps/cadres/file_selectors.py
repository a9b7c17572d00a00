"""Questions about whole files: everything in one, two side by side, who may have two. Each asks who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page

from hientai.apps.cadres import file_records, merging, models, on_file
from hientai.apps.cadres.kinds import KINDS, How, Kind
from hientai.apps.cadres.selectors import WRITE, person_id_of, rows
from hientai.apps.cadres.types import (
    Compared,
    DoubleAnswer,
    DoublePair,
    FileSection,
    MergeRow,
    QualificationKind,
    RecordRow,
)
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import name_on
from hientai.engines.interval import last_day
from hientai.foundation import encryption
from hientai.foundation.actor import Actor
from hientai.foundation.code_names import code_label
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of

PROPOSE, OWN = "record.propose", "person.read_own"


def whole_file(
    *, actor: Actor, as_of: date, code: str, permission: str = WRITE
) -> tuple[int, tuple[FileSection, ...]]:  # fmt: skip
    """Everything on record about a person within reach of `permission`, whatever day it holds; and the id.

    Units are called as they were on the last day of the record. Raises NotFound.
    """
    person = writable_id(actor=actor, as_of=as_of, code=code, permission=permission)
    return person, tuple(
        FileSection(kind, tuple(_record_rows(actor, as_of, [person], kind))) for kind in KINDS.values()
    )


def record_of(
    *, actor: Actor, as_of: date, code: str, kind: Kind, row_id: int, permission: str = WRITE
) -> RecordRow:  # fmt: skip
    """One version on record now of a person within reach of `permission`. Raises NotFound."""
    person = writable_id(actor=actor, as_of=as_of, code=code, permission=permission)
    rows = _record_rows(actor, as_of, [person], kind)
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        raise NotFound(code)
    return found


def writable_id(*, actor: Actor, as_of: date, code: str, permission: str = WRITE) -> int:
    """The person behind a code, when the actor may write the file (or propose for it); raises NotFound.

    Proposing is open for the own file to everybody who may read it.
    """
    actor.check_may(OWN if permission == PROPOSE else permission)
    found = models.Person.objects.visible_to(actor, permission).filter(code__iexact=code.strip())
    person = found.values_list("id", flat=True).first()
    if person is None:
        raise NotFound(code)
    return person


def _record_rows(actor: Actor, as_of: date, people: Sequence[int], kind: Kind) -> list[RecordRow]:
    rows = file_records.current_rows(people, kind)
    lists = {f.of for f in kind.fields if f.how is How.CODE}
    if any(f.how is How.LEVEL for f in kind.fields):
        lists |= set(QualificationKind.values)
    known = models.Code.objects.filter(list__in=lists) if rows and lists else models.Code.objects.none()
    codes = {
        (name, code): code_label(label) for name, code, label in known.values_list("list", "code", "name")
    }
    of = {row.pk: unit for row in rows if (unit := file_records.unit_in(kind, row)) is not None}
    history = organization.unit_name_histories(actor=actor, ids=set(of.values())) if of else {}
    return [
        file_records.record_row(kind, row, codes, _unit_name(history, of.get(row.pk), row, as_of))
        for row in rows
    ]


def names_for(
    *, actor: Actor, as_of: date, kind: Kind, unit_id: int | None
) -> tuple[dict[tuple[str, str], str], str]:
    """What the values of a record are called: names of its code lists, and of a unit."""
    lists = {f.of for f in kind.fields if f.how is How.CODE}
    if any(f.how is How.LEVEL for f in kind.fields):
        lists |= set(QualificationKind.values)
    known = models.Code.objects.filter(list__in=lists).values_list("list", "code", "name")
    units = organization.unit_names(actor=actor, as_of=as_of, ids=[unit_id]) if unit_id is not None else {}
    return {(name, code): code_label(label) for name, code, label in known}, units.get(unit_id or 0, "")


def _unit_name(history: Mapping[int, Any], unit: int | None, row: Any, as_of: date) -> str:
    """What the unit was called on the last day the record held."""
    day = min(as_of, last_day(row.valid_to) or as_of)
    return name_on(history.get(unit, ()), day) if unit is not None else ""


def code_choices(*, actor: Actor, as_of: date, lists: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """(code, name) of each code list in use on `as_of`, in its order."""
    wanted = list(lists)
    in_use = models.Code.objects.filter(list__in=wanted).exclude(valid_to__lte=as_of)
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in wanted}
    for name, code, label in in_use.order_by("list", "-rank", "order", "code").values_list(
        "list", "code", "name"
    ):
        found[name].append((code, code_label(label)))
    return found


def doubles(
    *, actor: Actor, as_of: date, answer: str = DoubleAnswer.OPEN, page: int = 1, size: int = 20
) -> Page:
    """Likely doubles whose two files the actor may write, the surest first."""
    actor.check_may(WRITE)
    found = models.LikelyDouble.objects.filter(answer=answer)
    if not actor.scope(WRITE).is_everything:
        visible = models.Person.objects.visible_to(actor, WRITE).values("id")
        found = found.filter(person_id__in=visible, other_id__in=visible)
    total = found.count()
    page = nearest_page(page, total, size)
    pairs = list(found.order_by("-points", "id")[(page - 1) * size : page * size])
    ids = {person for pair in pairs for person in (pair.person_id, pair.other_id)}
    people = {row.id: row for row in rows(actor=actor, as_of=as_of, ids=sorted(ids))}
    shown = [
        DoublePair(
            p.pk, people[p.person_id], people[p.other_id], p.likeness, p.points,
            tuple((said, points) for said, points in p.reasons), p.answer, p.because,
        )
        for p in pairs
        if p.person_id in people and p.other_id in people
    ]  # fmt: skip
    return page_of(shown, total, page, size)


def doubles_found_at(*, actor: Actor, as_of: date) -> datetime | None:
    """When doubles were looked for last; None before the first time, and after one that found none."""
    actor.check_may(WRITE)
    return models.LikelyDouble.objects.order_by("-found_at").values_list("found_at", flat=True).first()


def merges(*, actor: Actor, as_of: date) -> list[MergeRow]:
    """Merges into files the actor may write, newest first, at most fifty."""
    actor.check_may(WRITE)
    visible = models.Person.objects.visible_to(actor, WRITE).values("id")
    made = models.PersonMerge.objects.filter(person_id__in=visible).select_related("person", "other")
    made = made.order_by("-merged_at", "-id")[:50]
    names = {r.id: r.name for r in rows(actor=actor, as_of=as_of, ids=[m.person_id for m in made])}
    return [
        MergeRow(
            m.pk, m.person.code, names.get(m.person_id, ""), m.other.code, m.reason, m.merged_at, m.undone_at
        )
        for m in made
    ]


def compared(*, actor: Actor, as_of: date, left: str, right: str) -> tuple[tuple[str, str], list[Compared]]:
    """Two files side by side, kind by kind, with the versions at which they were seen. Raises NotFound."""
    ids = [writable_id(actor=actor, as_of=as_of, code=code) for code in (left, right)]
    seen = on_file.read_files(models.Person.objects.filter(id__in=ids), as_of)
    if ids[0] == ids[1] or any(person not in seen for person in ids):
        raise NotFound(right)
    found = []
    for kind in KINDS.values():
        of = {person: _record_rows(actor, as_of, [person], kind) for person in ids}
        sides = [file_records.current_rows([person], kind) for person in ids]
        one, other = (tuple(of[person]) for person in ids)
        found.append(Compared(kind, one, other, merging.overlap(*sides), _differing(kind, one, other)))
    return (seen[ids[0]].version, seen[ids[1]].version), found


def _differing(
    kind: Kind, left: tuple[RecordRow, ...], right: tuple[RecordRow, ...]
) -> tuple[tuple[str, Any, str, str], ...]:
    """Fields of the newest biographies that say different things."""
    if kind.slug != "so-yeu" or not left or not right:
        return ()
    one, other = dict(left[0].shown), dict(right[0].shown)
    return tuple(
        (field.name, field.label, one.get(field.label, ""), other.get(field.label, ""))
        for field in kind.fields
        if left[0].values[field.name] != right[0].values[field.name]
    )


def photo_of(*, actor: Actor, as_of: date, code: str) -> bytes:
    """The portrait that held on `as_of` (else the first after it), JPEG. Raises NotFound outside the actor's scope."""
    person = person_id_of(actor=actor, code=code)
    known = models.Photo.objects.known_on().filter(person_id=person)
    found = known.valid_on(as_of).first() or known.order_by("valid_from").first()
    if found is None:
        raise NotFound(code)
    return encryption.reveal_bytes(found.sealed)
