"""Programmes of action as they are read: what a planned person is to do, by when, and what is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning.models import ProgrammeStep, Slot, Wanted
from hientai.apps.planning.types import Progress
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

READ, WRITE = "planning.read", "planning.write"


@dataclass(frozen=True)
class Step:
    """One step as it stood on a day. is_late: past its day and not done."""

    id: int
    number: int
    text: str
    due_on: date
    done_on: date | None
    is_late: bool


def seat_of(*, actor: Actor, as_of: date, seat_id: int) -> SeatRow:
    """A seat whose wanted number the actor may write; raises NotFound."""
    found = organization.seats(actor=actor, as_of=as_of, ids=[seat_id])
    units = [seat.unit_id for seat in found]
    if not found or organization.units_outside_scope(actor=actor, as_of=as_of, ids=units, permission=WRITE):
        raise NotFound(str(seat_id))
    return found[0]


def wanted_of(*, actor: Actor, as_of: date, plan_id: int, seat_id: int) -> int | None:
    """How many people a plan wants for a seat on a day; None where nothing was said."""
    actor.check_may(READ)
    found = Wanted.objects.as_of(as_of).filter(plan_id=plan_id, seat_id=seat_id)
    return found.values_list("number", flat=True).first()


def steps(*, actor: Actor, as_of: date, plan_id: int, person_id: int) -> list[Step]:
    """The programme of one person by number; empty when the person is outside the scope."""
    return _steps(actor, as_of, plan_id, [person_id]).get(person_id, [])


def steps_of(*, actor: Actor, as_of: date, plan_id: int, people: Iterable[int]) -> dict[int, list[Step]]:
    """The programmes of many people, each by number; people out of scope or without one are left out."""
    return _steps(actor, as_of, plan_id, sorted(set(people)))


def progress(*, actor: Actor, as_of: date, plan_id: int, people: Iterable[int]) -> dict[int, Progress]:
    """How far each programme is; people without one are left out."""
    return {
        person: Progress(sum(s.done_on is not None for s in kept), len(kept), sum(s.is_late for s in kept))
        for person, kept in _steps(actor, as_of, plan_id, sorted(set(people))).items()
    }


def planned_for(*, actor: Actor, as_of: date, plan_id: int, person_id: int) -> list[tuple[str, str]]:
    """The titles somebody in scope is planned for on a day: code and name, by rank."""
    if cadres.outside_scope(actor=actor, as_of=as_of, ids=[person_id], permission=READ):
        return []
    found = Slot.objects.as_of(as_of).filter(plan_id=plan_id, person_id=person_id)
    rows = found.order_by("seat__title__order").values_list("seat__title__code", "seat__title__name")
    return list(dict.fromkeys(rows))


def _steps(actor: Actor, as_of: date, plan_id: int, people: list[int]) -> dict[int, list[Step]]:
    actor.check_may(READ)
    hidden = set(cadres.outside_scope(actor=actor, as_of=as_of, ids=people, permission=READ))
    found = ProgrammeStep.objects.as_of(as_of).filter(
        plan_id=plan_id, person_id__in=[person for person in people if person not in hidden]
    )
    kept: dict[int, list[Step]] = defaultdict(list)
    for row in found.order_by("person_id", "number"):
        late = row.done_on is None and row.due_on < as_of
        kept[row.person_id].append(Step(row.pk, row.number, row.text, row.due_on, row.done_on, late))
    return dict(kept)
