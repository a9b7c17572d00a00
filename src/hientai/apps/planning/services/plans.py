"""Acts on the plan itself: open it, enter and end turns, what it wants for a seat, programmes of action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, transaction
from django.db.models import Max

from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import FrozenWork
from hientai.apps.planning.models import Plan, ProgrammeStep, Slot, Wanted
from hientai.apps.planning.services.checks import (
    BATCH,
    WRITE,
    check_scope,
    check_units,
    plan_of_term,
    seat_in_use,
)
from hientai.apps.planning.types import Finding, SlotDraft
from hientai.engines.wording import say
from hientai.foundation import temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused


@action("planning.open", permission=WRITE, subject=lambda plan: {"plan": plan.term})
def open_plan(*, actor: Actor, term: str, government_term: str, begins_on: date, ends_on: date) -> Plan:
    """Opens the plan of a party term with its government term. Raises Refused when it is open already."""
    if Plan.objects.filter(term=term).exists():
        raise Refused("plan_exists", say("Quy hoạch nhiệm kỳ {term} đã có.", term=term), term)
    return Plan.objects.create(
        term=term, government_term=government_term, begins_on=begins_on, ends_on=ends_on
    )


@action("planning.plan_people", permission=WRITE, subject=lambda slots: {"slots": slots})
def plan_people(*, actor: Actor, term: str, drafts: Sequence[SlotDraft], source: str) -> int:
    """Enters slots, all or nothing; returns how many. Raises Refused when somebody is planned twice for one seat."""
    plan = Plan.objects.filter(term=term).first()
    if plan is None:
        raise NotFound(term)
    check_scope(actor, [draft.person_id for draft in drafts])
    _check_drafts_not_frozen(actor, drafts)
    try:
        with transaction.atomic():
            Slot.objects.bulk_create(
                [Slot(plan=plan, source=source, **vars(d)) for d in drafts], batch_size=BATCH
            )
    except IntegrityError as error:
        raise Refused(
            "planned_twice", say("Có người đã ở trong quy hoạch chức danh này; chưa ghi gì cả."), term
        ) from error
    return len(drafts)


def _check_drafts_not_frozen(actor: Actor, drafts: Sequence[SlotDraft]) -> None:
    """Planning may stand still where a seat is (KL 128-KL/TW); asked only for days on which anything does."""
    for day in organization.frozen_days(
        actor=actor, kind=FrozenWork.PLANNING, days={draft.valid_from for draft in drafts}
    ):
        seats = {draft.seat_id for draft in drafts if draft.valid_from == day}
        units = organization.units_of_seats(actor=actor, as_of=day, seat_ids=seats)
        organization.check_not_frozen(
            actor=actor, as_of=day, kind=FrozenWork.PLANNING, unit_ids=set(units.values())
        )


@action("planning.remove", permission=WRITE, subject=lambda slot: {"slot_id": slot.pk})
def remove_from_plan(*, actor: Actor, slot_id: int, on: date, source: str) -> Slot:
    """Takes a person out of the plan from a day on; the slot stays readable before it."""
    slot = Slot.objects.known_on().filter(pk=slot_id).first()
    if slot is None:
        raise NotFound(str(slot_id))
    check_scope(actor, [slot.person_id])
    return temporal.end(slot, on, source=source)


@action("planning.void", permission=WRITE, subject=lambda voided: {"slots": voided})
def void_slots(*, actor: Actor, seat_ids: Sequence[int], on: date, reason: str, source: str) -> int:
    """The slots of seats that end with a reorganisation are void from `on`; returns how many.

    The people remain, and `selectors.void_slots` lists them for the next plan. A slot that would have begun on that
    day or later is taken back. Raises Refused without a reason, NotFound when somebody is outside the scope.
    """
    slots = list(
        Slot.objects.known_on().filter(seat_id__in=seat_ids).exclude(valid_to__lte=on).order_by("id")
    )
    check_scope(actor, [slot.person_id for slot in slots])
    return temporal.end_all(slots, on, source=source, reason=reason, outcome=Finding.TITLE_ABOLISHED)


@action("planning.restore_slots", permission=WRITE, subject=lambda made: {"slots": made})
def restore_slots(*, actor: Actor, recorded_at: datetime, source: str, because: str) -> int:
    """Takes back what `void_slots` closed at `recorded_at` by `source` (a reorganisation undone); returns how many.

    Raises Conflict when one of these turns was changed since.
    """
    written = Slot.objects.filter(recorded_from=recorded_at, source=source, outcome=Finding.TITLE_ABOLISHED)
    if written.filter(recorded_to__isnull=False).exists():
        raise Conflict(
            "rests_on_it", say("Không hoàn tác được: lượt quy hoạch đã được thay đổi sau lần sắp xếp này.")
        )
    lines = list(written.values_list("line", flat=True))
    closed = list(Slot.objects.filter(line__in=lines, recorded_to=recorded_at).order_by("pk"))
    written.update(recorded_to=TransactionNow())
    Slot.objects.bulk_create([temporal.revised(row, reason=because) for row in closed], batch_size=BATCH)
    return len(closed)


@action(
    "planning.want", permission=WRITE, subject=lambda row: {"plan_id": row.plan_id, "seat_id": row.seat_id}
)
def set_wanted(*, actor: Actor, term: str, seat_id: int, number: int, on: date, source: str) -> Wanted:
    """From a day on the plan wants so many people for a seat."""
    plan = plan_of_term(term)
    seat = seat_in_use(actor, seat_id, on)
    check_units(actor, [seat.unit_id], WRITE)
    held = Wanted.objects.as_of(on).filter(plan=plan, seat_id=seat_id).first()
    if held is not None and held.valid_from < on:
        return temporal.supersede(held, on, source=source, number=number)
    if held is not None:
        return temporal.correct(held, because=source, number=number)
    return Wanted.objects.create(plan=plan, seat_id=seat_id, number=number, valid_from=on, source=source)


@action(
    "planning.programme", permission=WRITE, subject=lambda row: {"plan_id": row.plan_id, "number": row.number}
)
def add_step(*, actor: Actor, term: str, person_id: int, text: str, on: date, due_on: date) -> ProgrammeStep:
    """Adds a step to the programme of action of somebody who is in the plan."""
    plan = plan_of_term(term)
    check_scope(actor, [person_id])
    if not Slot.objects.as_of(on).filter(plan=plan, person_id=person_id).exists():
        raise Refused(
            "not_planned", say("Người này không có trong quy hoạch nhiệm kỳ {term}.", term=term), "person"
        )
    if due_on < on:
        raise Refused("due_before_begin", say("Hạn hoàn thành phải sau ngày bắt đầu."), "due_on")
    last = ProgrammeStep.objects.filter(plan=plan, person_id=person_id).aggregate(most=Max("number"))["most"]
    return ProgrammeStep.objects.create(
        plan=plan, person_id=person_id, number=(last or 0) + 1, text=text, due_on=due_on, valid_from=on
    )


@action(
    "planning.programme_done",
    permission=WRITE,
    subject=lambda row: {"plan_id": row.plan_id, "number": row.number},
)
def finish_step(*, actor: Actor, step_id: int, on: date) -> ProgrammeStep:
    """A step of a programme was done on a day."""
    step = ProgrammeStep.objects.known_on().filter(pk=step_id).first()
    if step is None:
        raise NotFound(str(step_id))
    check_scope(actor, [step.person_id])
    if step.done_on is not None:
        raise Refused("done_already", say("Bước này đã hoàn thành."), "step")
    return temporal.supersede(step, on, done_on=on)
