"""Acts on published lists: publish the plan as it stands on a day, correct a publication that should not have been."""

from __future__ import annotations

from datetime import date

from hientai.apps.organization import selectors as organization
from hientai.apps.planning import selectors
from hientai.apps.planning.models import Publication, PublishedTurn, Slot
from hientai.apps.planning.services.checks import (
    BATCH,
    WRITE,
    check_decision,
    check_reason,
    check_units,
    plan_of_term,
)
from hientai.apps.planning.turns import TurnFilter
from hientai.apps.planning.types import Audience
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused


@action("planning.publish", permission=WRITE, subject=lambda row: {"publication_id": row.pk})
def publish(
    *, actor: Actor, term: str, lists_on: date, on: date, decision: str, audience: str, unit_code: str = ""
) -> Publication:
    """Publishes the turns of a plan as they stand on `lists_on`, of a unit and below or of the whole scope.

    on: the day of publication. Raises Refused without a document, where a day does not fit, nobody is planned, or a
    publication of the same plan, unit and day stands; NotFound outside the scope.
    """
    plan = plan_of_term(term)
    check_decision(decision)
    if lists_on > on or on > actor.today:
        raise Refused(
            "day_in_future", say("Danh sách phải có trước khi công bố, ngày công bố không sau hôm nay."), "on"
        )
    unit = organization.unit_by_code(actor=actor, as_of=lists_on, code=unit_code).id if unit_code else None
    if unit is not None:
        check_units(actor, [unit], WRITE)
    same = Publication.objects.filter(plan=plan, unit_id=unit, lists_on=lists_on, withdrawn_on__isnull=True)
    if same.exists():
        raise Refused(
            "published_already",
            say("Danh sách này đã công bố; muốn công bố lại, hãy đính chính lần trước."), "lists_on",
        )  # fmt: skip
    found = selectors.turns(actor=actor, as_of=lists_on, term=term, wanted=TurnFilter(unit=unit_code))
    order = list(
        zip(found.get_column("person_id").to_list(), found.get_column("seat_id").to_list(), strict=True)
    )
    if not order:
        raise Refused("nobody_planned", say("Không có lượt quy hoạch nào để công bố."), "lists_on")
    made = Publication.objects.create(
        plan=plan, unit_id=unit, lists_on=lists_on, published_on=on, published_by=actor.name, user_id=actor.user_id,
        decision=decision[:300], audience=Audience(audience),
    )  # fmt: skip
    place = {pair: number for number, pair in enumerate(order)}
    slots = Slot.objects.as_of(lists_on).filter(plan=plan, seat_id__in={seat for _, seat in order})
    PublishedTurn.objects.bulk_create(
        [
            PublishedTurn(
                publication=made, slot_line=slot.line, person_id=slot.person_id, seat_id=slot.seat_id,
                origin=slot.origin, place=place[slot.person_id, slot.seat_id],
            )
            for slot in slots if (slot.person_id, slot.seat_id) in place
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return made


@action("planning.correct_publication", permission=WRITE, subject=lambda row: {"publication_id": row.pk})
def correct_publication(*, actor: Actor, publication_id: int, on: date, because: str) -> Publication:
    """Says that a publication should not stand, from a day on, by whom and why; the list and its lines stay readable.

    Raises Refused without a reason, before the day of publication, or when it was corrected already.
    """
    row = Publication.objects.select_for_update().filter(pk=publication_id).first()
    if row is None:
        raise NotFound(str(publication_id))
    if row.unit_id is not None:
        check_units(actor, [row.unit_id], WRITE)
    check_reason(because)
    if row.withdrawn_on is not None:
        raise Refused("corrected_already", say("Lần công bố này đã được đính chính."), "publication")
    if on < row.published_on or on > actor.today:
        raise Refused("day_outside", say("Ngày đính chính phải từ ngày công bố đến hôm nay."), "on")
    row.withdrawn_on, row.withdrawn_by, row.because = on, actor.name, because[:300]
    row.save(update_fields=["withdrawn_on", "withdrawn_by", "because"])
    return row
