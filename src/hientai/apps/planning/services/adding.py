"""Acts on people whom a review proposes to add: put forward with a reason, decided by people, nothing by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning import proposals
from hientai.apps.planning.models import Candidate, Proposal, Review, ReviewAddition, Slot
from hientai.apps.planning.services.checks import (
    WRITE,
    check_not_frozen,
    check_reason,
    check_scope,
    check_units,
    judged_by_standards,
    seat_in_use,
    sentences_of,
)
from hientai.apps.planning.services.entering import check_limits, slots_of
from hientai.apps.planning.services.open_reviews import check_no_case, check_open, open_review
from hientai.apps.planning.types import AdditionDecision, CameFrom, CandidateState, ProposalState, Source
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

Pair = tuple[int, int | None]


@action(
    "planning.add_to_review",
    permission=WRITE,
    subject=lambda made: {"additions": len(made), "review_id": made[0].review_id if made else 0},
)
def add_to_review(
    *,
    actor: Actor,
    review_id: int,
    person_ids: Sequence[int],
    seat_id: int,
    came_from: str,
    reason: str,
    origin: str = Source.ON_SPOT,
) -> list[ReviewAddition]:
    """Puts people forward to be added for a seat, all or nothing, with the verdict of the rule of the review's day.

    Raises Refused without a reason, when the rule says no to somebody by confirmed values, somebody is planned or put
    forward for that seat already, the unit stands still in a freeze, or a case decides; NotFound outside the scope.
    """
    review = open_review(review_id)
    check_no_case(actor, review)
    check_reason(reason)
    seat = seat_in_use(actor, seat_id, review.held_on)
    people = list(dict.fromkeys(person_ids))
    check_scope(actor, people)
    check_units(actor, [seat.unit_id], WRITE)
    check_not_frozen(actor, [seat.unit_id], review.held_on)
    _check_free(actor, review, people, seat)
    judged = judged_by_standards(actor, [(person, seat.title_code) for person in people], review.held_on)
    codes = cadres.codes(actor=actor, as_of=review.held_on, ids=people)
    for person in people:
        verdict = judged[person, seat.title_code]
        if verdict.refuses:
            raise Refused(
                "standard_not_met",
                say("{code} không đủ tiêu chuẩn theo {document}: {criteria}.", code=codes.get(person, ""),
                    document=verdict.document, criteria=sentences_of(verdict)),
                "person",
            )  # fmt: skip
    return ReviewAddition.objects.bulk_create(
        ReviewAddition(
            review=review, person_id=person, seat_id=seat_id, came_from=CameFrom(came_from), origin=Source(origin),
            reason=reason[:300], verdict=judged[person, seat.title_code].verdict.value,
            under=judged[person, seat.title_code].document,
        )
        for person in people
    )  # fmt: skip


@action("planning.take_into_review", permission=WRITE, subject=lambda made: {"additions": len(made)})
def take_into_review(
    *, actor: Actor, review_id: int, candidate_ids: Sequence[int], reason: str
) -> list[ReviewAddition]:
    """Takes candidates of lists that units have sent into a review, which then decides about them.

    Raises Refused without a reason, for a list that was not sent or that a case decides about, and when somebody is
    planned or put forward for that seat already.
    """
    review = open_review(review_id)
    check_no_case(actor, review)
    check_reason(reason)
    wanted = list(dict.fromkeys(candidate_ids))
    rows = list(
        Candidate.objects.filter(
            pk__in=wanted, proposal__plan=review.plan, proposal__state=ProposalState.SUBMITTED,
            state=CandidateState.PROPOSED,
        ).order_by("id")
    )  # fmt: skip
    if len(rows) != len(wanted):
        raise NotFound(str(wanted))
    check_scope(actor, [row.person_id for row in rows])
    seats = {
        seat.id: seat
        for seat in organization.seats(actor=actor, as_of=review.held_on, ids={row.seat_id for row in rows})
    }
    for row in rows:
        if proposals.open_case(actor=actor, as_of=actor.today, number=row.proposal_id) is not None:
            raise Refused(
                "case_decides", say("Danh sách này đang theo quy trình; quy trình sẽ quyết định."), "proposal"
            )
        if row.seat_id not in seats:
            raise NotFound(str(row.seat_id))
        _check_free(actor, review, [row.person_id], seats[row.seat_id])
    pairs = [(row.person_id, seats[row.seat_id].title_code) for row in rows]
    judged = judged_by_standards(actor, pairs, review.held_on)
    return ReviewAddition.objects.bulk_create(
        ReviewAddition(
            review=review, person_id=row.person_id, seat_id=row.seat_id, came_from=CameFrom.PROPOSAL, candidate=row,
            origin=row.origin, reason=reason[:300], verdict=judged[pair].verdict.value, under=judged[pair].document,
        )
        for row, pair in zip(rows, pairs, strict=True)
    )  # fmt: skip


@action("planning.decide_addition", permission=WRITE, subject=lambda rows: {"additions": rows})
def decide_additions(*, actor: Actor, addition_ids: Sequence[int], decision: str, said: str = "") -> int:
    """People decide who is added. Raises Refused without a reason for leaving somebody out, or where a case decides."""
    rows = list(ReviewAddition.objects.filter(pk__in=addition_ids).select_related("review__plan"))
    if len(rows) != len(set(addition_ids)):
        raise NotFound(str(addition_ids))
    check_scope(actor, [row.person_id for row in rows])
    for review in {row.review_id: row.review for row in rows}.values():
        check_open(review)
        check_no_case(actor, review)
    if decision == AdditionDecision.LEAVE_OUT:
        check_reason(said)
    for row in rows:
        row.decision, row.said = AdditionDecision(decision), said[:300]
    ReviewAddition.objects.bulk_update(rows, ["decision", "said"])
    return len(rows)


def enter_additions(
    actor: Actor, review: Review, on: date, decision: str, chosen: Collection[Pair] | None
) -> int:
    """The turns of those decided to be added, judged once more on the day; the candidates behind them are decided."""
    rows = list(review.additions.select_related("candidate").order_by("id"))
    adding = [
        row for row in rows
        if row.decision == AdditionDecision.ADD and (chosen is None or (row.person_id, row.seat_id) in chosen)
    ]  # fmt: skip
    found = organization.seats(actor=actor, as_of=on, ids={row.seat_id for row in adding})
    seats = {seat.id: seat for seat in found}
    check_not_frozen(actor, [seat.unit_id for seat in found], on)
    passing = _judged_again(actor, adding, seats, on)
    check_limits(actor, review.plan_id, found, passing, on)
    made = slots_of(actor, review.plan, passing, seats, on, decision)
    ReviewAddition.objects.bulk_update(adding, ["decision", "said"])
    _decide_candidates(rows, {row.pk for row in passing}, on, decision)
    return made


def _check_free(actor: Actor, review: Review, people: Sequence[int], seat: SeatRow) -> None:
    """Raises Refused where somebody is in the plan for the seat, or put forward for it in this review."""
    planned = Slot.objects.as_of(review.held_on).filter(
        plan=review.plan, seat_id=seat.id, person_id__in=people
    )
    if planned.exists():
        raise Refused("planned_already", say("Có người đã ở trong quy hoạch chức danh này."), "person")
    if ReviewAddition.objects.filter(review=review, seat_id=seat.id, person_id__in=people).exists():
        raise Refused("proposed_twice", say("Có người đã có trong danh sách cho chức danh này."), "person")


def _judged_again(
    actor: Actor, rows: Sequence[ReviewAddition], seats: dict[int, SeatRow], on: date
) -> list[ReviewAddition]:
    """Those whom the rule of the day does not refuse; the others are set to stay out, with the reason."""
    standing = [row for row in rows if row.seat_id in seats]
    judged = judged_by_standards(
        actor, [(row.person_id, seats[row.seat_id].title_code) for row in standing], on
    )
    passing = []
    for row in rows:
        verdict = judged[row.person_id, seats[row.seat_id].title_code] if row.seat_id in seats else None
        if verdict is not None and not verdict.refuses:
            passing.append(row)
            continue
        row.decision = AdditionDecision.LEAVE_OUT
        row.said = "Chức danh không còn" if verdict is None else sentences_of(verdict)[:300]
    return passing


def _decide_candidates(
    rows: Sequence[ReviewAddition], passing: Collection[int], on: date, decision: str
) -> None:
    """Candidates of units' lists get what the review decided; a list with nobody left to decide about is decided."""
    behind = []
    for row in rows:
        if row.candidate is not None:
            row.candidate.state = CandidateState.APPROVED if row.pk in passing else CandidateState.REFUSED
            row.candidate.decided_on, row.candidate.reason = on, row.said
            row.candidate.decided_verdict, row.candidate.decided_under = row.verdict, row.under
            behind.append(row.candidate)
    Candidate.objects.bulk_update(
        behind, ["state", "decided_on", "reason", "decided_verdict", "decided_under"]
    )
    for number in {candidate.proposal_id for candidate in behind}:
        if not Candidate.objects.filter(proposal_id=number, state=CandidateState.PROPOSED).exists():
            Proposal.objects.filter(pk=number).update(
                state=ProposalState.APPROVED, decided_on=on, decision=decision[:300]
            )
