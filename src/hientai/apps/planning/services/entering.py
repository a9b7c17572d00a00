"""Making turns of people who were decided about: within the limits of the regime, one turn a person and seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning import proposals
from hientai.apps.planning.judging import prospects_on
from hientai.apps.planning.models import Candidate, Plan, ReviewAddition, Slot
from hientai.apps.planning.services.checks import BATCH
from hientai.apps.planning.types import Readiness
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Refused

Row = Candidate | ReviewAddition


def check_limits(actor: Actor, plan_id: int, seats: Sequence[SeatRow], rows: Sequence[Row], on: date) -> None:
    """Raises Refused where a confirmed limit (posts of a person, persons of a post) would be passed."""
    wanted = [(row.pk, row.person_id, row.seat_id) for row in rows]
    over = proposals.excesses(actor=actor, as_of=on, plan_id=plan_id, seats=seats, wanted=wanted)
    firm = [excess for excess in over if excess.verified]
    if firm:
        raise Refused(
            "over_limit",
            say("Vượt giới hạn của {document} ({count} chỗ): {first}. Hãy bớt trước khi phê duyệt.",
                document=firm[0].document, count=len(firm), first=firm[0].sentence),
            str(firm[0].candidates[0]) if firm[0].candidates else "",
        )  # fmt: skip


def slots_of(
    actor: Actor, plan: Plan, rows: Sequence[Row], seats: dict[int, SeatRow], on: date, decision: str
) -> int:
    """One slot a person and seat that the plan does not have on the day, with the readiness reckoned that day."""
    if rows and on >= plan.ends_on:
        raise Refused("term_over", say("Nhiệm kỳ {term} đã kết thúc vào ngày này.", term=plan.term), "on")
    standards = {title.code: title.standard for title in organization.titles(actor=actor, as_of=on)}
    wanted = {(row.person_id, row.seat_id): row for row in rows}
    standing = set(
        Slot.objects.known_on().filter(plan=plan, person_id__in={p for p, _ in wanted})
        .exclude(valid_to__lte=on).values_list("person_id", "seat_id")
    )  # fmt: skip
    new = {pair: row for pair, row in wanted.items() if pair not in standing}
    ready = prospects_on([(person, seats[seat].title_code) for person, seat in new], standards, on)
    drafts = []
    for (person, seat), row in new.items():
        prospect = ready.get((person, seats[seat].title_code))
        level = prospect.level.value if prospect is not None else ""
        drafts.append(
            Slot(plan=plan, person_id=person, seat_id=seat, origin=row.origin, valid_from=on, valid_to=plan.ends_on,
                 readiness=level if level in Readiness.values else "", source=decision)
        )  # fmt: skip
    Slot.objects.bulk_create(drafts, batch_size=BATCH)
    return len(drafts)
