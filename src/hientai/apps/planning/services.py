"""Acts of succession planning: open the plan of a term, plan people for seats, remove them with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, transaction

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import FrozenWork
from hientai.apps.planning.models import Plan, Slot
from hientai.apps.planning.types import Finding, SlotDraft
from hientai.engines.wording import say
from hientai.foundation import temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused

WRITE = "planning.write"
BATCH = 5000


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
    _check_scope(actor, [draft.person_id for draft in drafts])
    _check_not_frozen(actor, drafts)
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


def _check_not_frozen(actor: Actor, drafts: Sequence[SlotDraft]) -> None:
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
    _check_scope(actor, [slot.person_id])
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
    _check_scope(actor, [slot.person_id for slot in slots])
    return temporal.end_all(slots, on, source=source, reason=reason, outcome=Finding.TITLE_ABOLISHED)


def _check_scope(actor: Actor, person_ids: Sequence[int]) -> None:
    """Raises NotFound when somebody is outside the actor's scope, as if there were no such person."""
    outside = cadres.outside_scope(actor=actor, as_of=actor.today, ids=person_ids, permission=WRITE)
    if outside:
        raise NotFound(str(outside[0]))


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
