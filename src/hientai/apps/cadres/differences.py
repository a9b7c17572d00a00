"""What differs between two pictures of the records: each as of a day, as known on a day. One person, or a list.

"As of D, as known on K" are two filters on every history, so two pictures need no stored copy. What held on D beyond it
is told as lasting: an end that came later is a difference, not a fact of the first day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hientai.apps.cadres import file_records, file_selectors, selectors
from hientai.apps.cadres.kinds import KINDS, Kind
from hientai.apps.cadres.selectors import READ, PeopleFilter
from hientai.apps.cadres.types import PersonRow, RecordRow
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import name_on
from hientai.engines.interval import last_day
from hientai.foundation.actor import Actor


@dataclass(frozen=True)
class Moment:
    """day: what was true then; known: the end of the day on whose records it rests, None for now."""

    day: date
    known: datetime | None = None


@dataclass(frozen=True)
class KindDifference:
    """Records of one kind: there only after, there only before, and lines that say something else (before, after)."""

    kind: Kind
    came: tuple[RecordRow, ...] = ()
    went: tuple[RecordRow, ...] = ()
    changed: tuple[tuple[RecordRow, RecordRow], ...] = ()


@dataclass(frozen=True)
class PersonDifference:
    """fields: (label, before, after) of the biography; kinds: those with a difference, in the order of the file."""

    person_id: int
    fields: tuple[tuple[str, str, str], ...] = ()
    kinds: tuple[KindDifference, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not self.fields and not self.kinds


@dataclass(frozen=True)
class ListDifference:
    """Two lists: who came, who left, and whose line changed with what it said, by given name."""

    before: int
    after: int
    came: tuple[PersonRow, ...] = ()
    left: tuple[PersonRow, ...] = ()
    changed: tuple[tuple[PersonRow, tuple[tuple[str, str, str], ...]], ...] = field(default=())


def of_person(*, actor: Actor, as_of: date, code: str, one: Moment, other: Moment) -> PersonDifference:
    """The file in two pictures. Raises NotFound outside the actor's scope. Numbers only where they may be read."""
    person = selectors.person_id_of(actor=actor, code=code)
    fields: tuple[tuple[str, str, str], ...] = ()
    kinds = []
    for kind in KINDS.values():
        if kind.slug == "so-dinh-danh" and not actor.may("person.read_identity"):
            continue
        sides = [_versions(kind, person, moment) for moment in (one, other)]
        if kind.slug == "so-yeu":
            fields = _fields(actor, kind, sides, (one, other))
            continue
        found = _of_kind(actor, kind, sides, (one, other))
        if found is not None:
            kinds.append(found)
    return PersonDifference(person, fields, tuple(kinds))


def _versions(kind: Kind, person: int, moment: Moment) -> list[Any]:
    found = file_records.MODELS[kind.slug].objects.known_on(moment.known)
    return list(
        found.filter(person_id=person, valid_from__lte=moment.day)
        .select_related(*file_records.RELATED.get(kind.slug, ()))
        .order_by("valid_from", "id")
    )


def _fields(
    actor: Actor, kind: Kind, sides: list[list[Any]], moments: tuple[Moment, Moment]
) -> tuple[tuple[str, str, str], ...]:
    said = []
    for rows, moment in zip(sides, moments, strict=True):
        holding = [row for row in rows if row.valid_to is None or row.valid_to > moment.day]
        shown = _shown(actor, kind, holding[-1], moment).shown if holding else ()
        said.append({str(label): text for label, text in shown})
    before, after = said
    labels = dict.fromkeys([*before, *after])
    return tuple(
        (label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


def _of_kind(
    actor: Actor, kind: Kind, sides: list[list[Any]], moments: tuple[Moment, Moment]
) -> KindDifference | None:
    states = [
        {_state(kind, row, moment): row for row in rows} for rows, moment in zip(sides, moments, strict=True)
    ]
    before = {key: row for key, row in states[0].items() if key not in states[1]}
    after = {key: row for key, row in states[1].items() if key not in states[0]}
    if not before and not after:
        return None
    lines: dict[Any, tuple[list[RecordRow], list[RecordRow]]] = defaultdict(lambda: ([], []))
    for place, (rows, moment) in enumerate(zip((before, after), moments, strict=True)):
        for row in rows.values():
            lines[row.line][place].append(_shown(actor, kind, row, moment))
    came, went, changed = [], [], []
    for old, new in lines.values():
        pairs = min(len(old), len(new))
        changed += list(zip(old[:pairs], new[:pairs], strict=True))
        went += old[pairs:]
        came += new[pairs:]
    return KindDifference(kind, tuple(came), tuple(went), tuple(changed))


def _state(kind: Kind, row: Any, moment: Moment) -> tuple[Any, ...]:
    """What a version says on a day: an end that lies beyond it is not said yet."""
    return (row.line, row.valid_from, _end(row, moment), repr(file_records.values_of(kind, row)))


def _end(row: Any, moment: Moment) -> date | None:
    ended: date | None = row.valid_to
    return ended if ended is not None and ended <= moment.day else None


def _shown(actor: Actor, kind: Kind, row: Any, moment: Moment) -> RecordRow:
    unit_id = file_records.unit_in(kind, row)
    codes, _name = file_selectors.names_for(actor=actor, as_of=moment.day, kind=kind, unit_id=None)
    unit = ""
    if unit_id is not None:
        ended = last_day(_end(row, moment))
        history = organization.unit_name_histories(actor=actor, ids={unit_id})
        unit = name_on(history.get(unit_id, ()), ended or moment.day)
    found = file_records.record_row(kind, row, codes, unit)
    return RecordRow(
        found.id,
        found.values,
        found.shown,
        found.valid_from,
        last_day(_end(row, moment)),
        found.source,
        found.reason,
    )


_WATCHED = ("name", "position", "unit", "professional", "theory")


def of_list(
    *, actor: Actor, as_of: date, one: Moment, other: Moment, unit_id: int | None = None
) -> ListDifference:
    """The people list of a unit (null: of all in scope) in two pictures."""
    actor.check_may(READ)
    wanted = PeopleFilter(unit_id=unit_id)
    sides = [
        {
            row.id: row
            for row in selectors.everybody(
                actor=actor, as_of=moment.day, wanted=wanted, known_on=moment.known
            )
        }
        for moment in (one, other)
    ]
    before, after = sides
    changed = []
    for person, row in after.items():
        old = before.get(person)
        said = [
            (name, str(getattr(old, name)), str(getattr(row, name)))
            for name in _WATCHED
            if old is not None and getattr(old, name) != getattr(row, name)
        ]
        if said:
            changed.append((row, tuple(said)))
    return ListDifference(
        len(before), len(after), tuple(row for i, row in after.items() if i not in before),
        tuple(row for i, row in before.items() if i not in after), tuple(changed),
    )  # fmt: skip
