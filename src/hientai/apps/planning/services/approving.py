"""How lists become turns of the plan: by a decision of the board, or by the procedure of planning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning import proposals
from hientai.apps.planning.models import Candidate, Plan, Proposal, ReviewAddition
from hientai.apps.planning.services.checks import (
    WRITE,
    check_decision,
    check_not_frozen,
    check_state,
    judged_by_standards,
    own_proposal,
    plan_of_term,
    sentences_of,
)
from hientai.apps.planning.services.entering import check_limits, slots_of
from hientai.apps.planning.types import CandidateState, Finding, ProposalState, Source
from hientai.apps.procedures import services as procedures
from hientai.apps.procedures.types import CaseDraft, NameDraft
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

SUBJECT, ON_SPOT, FROM_ELSEWHERE = proposals.SUBJECT, "planning.on_spot", "planning.elsewhere"


@action("planning.approve", permission=WRITE, subject=lambda made: {"slots": made})
def approve_proposals(
    *, actor: Actor, term: str, proposal_ids: Sequence[int], on: date, decision: str
) -> int:
    """Turns the candidates of sent lists into slots of the plan from a day on; returns how many slots.

    Every candidate is judged again by the rule in force on the day: whom it refuses by confirmed values stays out, with
    both verdicts on record. One person for one seat is one slot, whoever proposed it. Raises Refused when a confirmed
    limit (posts of a person, persons of a post) is passed (the board takes somebody off first), or a case decides.
    """
    plan = plan_of_term(term)
    lists = [own_proposal(actor, number, WRITE) for number in dict.fromkeys(proposal_ids)]
    for proposal in lists:
        if proposals.open_case(actor=actor, as_of=on, number=proposal.pk) is not None:
            raise Refused(
                "case_decides", say("Danh sách này đang theo quy trình; quy trình sẽ quyết định."), "proposal"
            )
        _check_not_in_review(proposal)
    return _approve(actor, plan, lists, on, decision)


@action("planning.start_procedure", permission=WRITE, subject=lambda code: {"case": code})
def start_procedure(*, actor: Actor, proposal_id: int, on: date, token: UUID | None = None) -> str:
    """Opens the procedure of planning for a list that was sent; its end decides about the list. Returns its code.

    A list of people who all come from elsewhere takes the procedure that asks the unit where they work. Raises Refused
    in a wrong state, where a case is open already, nobody stands on the list or the unit to be asked is not one;
    BadInput when no procedure of planning is in force on the day.
    """
    proposal = own_proposal(actor, proposal_id, WRITE)
    check_state(proposal, ProposalState.SUBMITTED)
    _check_not_in_review(proposal)
    standing = proposal.candidates.filter(state=CandidateState.PROPOSED).order_by("id")
    sending = _sending_unit(actor, list(standing), on)
    unit = organization.unit_names(actor=actor, as_of=on, ids=[proposal.unit_id]).get(proposal.unit_id, "")
    draft = CaseDraft(
        kind=ON_SPOT if sending is None else FROM_ELSEWHERE,
        title=f"Quy hoạch nhiệm kỳ {proposal.plan.term}, {unit}",
        unit_id=proposal.unit_id,
        other_unit_id=sending,
        names=tuple(NameDraft(person, seat) for person, seat in standing.values_list("person_id", "seat_id")),
        subject_kind=SUBJECT,
        subject_id=str(proposal.pk),
    )
    return str(procedures.open_case(actor=actor, draft=draft, on=on, token=token).code)


def _check_not_in_review(proposal: Proposal) -> None:
    """Raises Refused where an open review has taken up somebody of the list; the review decides about them."""
    taken = ReviewAddition.objects.filter(candidate__proposal=proposal, review__closed_on__isnull=True)
    if taken.exists():
        raise Refused(
            "review_decides",
            say("Đợt rà soát đang mở đã nhận người của danh sách này; đợt rà soát sẽ quyết định."),
            "proposal",
        )


def _sending_unit(actor: Actor, rows: Sequence[Candidate], on: date) -> int | None:
    """The one unit where people from elsewhere work; None where somebody on the list is of the place itself."""
    if not rows or any(row.origin != Source.ELSEWHERE for row in rows):
        return None
    people = cadres.rows(actor=actor, as_of=on, ids=sorted({row.person_id for row in rows}))
    units = {person.unit_id for person in people}
    if len(units) != 1 or None in units:
        raise Refused(
            "no_single_sending_unit",
            say("Quy trình lấy nhận xét của một đơn vị đang công tác; hãy lập mỗi đơn vị một danh sách."),
            "candidates",
        )
    return units.pop()


@action("planning.approved_by_procedure", permission=WRITE, subject=lambda made: {"slots": made})
def approved_by_procedure(
    *, actor: Actor, subject_id: str, names: Sequence[NameDraft], on: date, source: str
) -> int:
    """A case ended with approval: those named enter the plan, the others of the list do not."""
    proposal = own_proposal(actor, int(subject_id), WRITE)
    chosen = {(name.person_id, name.seat_id) for name in names}
    for row in proposal.candidates.filter(state=CandidateState.PROPOSED):
        if (row.person_id, row.seat_id) not in chosen:
            row.state, row.decided_on, row.reason = CandidateState.REFUSED, on, source
            row.save(update_fields=["state", "decided_on", "reason"])
    return _approve(actor, proposal.plan, [proposal], on, source)


@action("planning.closed_by_procedure", permission=WRITE, subject=lambda row: {"proposal_id": row.pk})
def closed_by_procedure(*, actor: Actor, subject_id: str, ending: str, on: date, source: str) -> Proposal:
    """A case ended otherwise: the list goes back to its unit, with the case as the reason."""
    proposal = own_proposal(actor, int(subject_id), WRITE)
    proposal.state, proposal.note = ProposalState.RETURNED, source
    proposal.save(update_fields=["state", "note"])
    return proposal


def _approve(actor: Actor, plan: Plan, lists: Sequence[Proposal], on: date, decision: str) -> int:
    """Judges the candidates of sent lists again, checks the limits, makes the slots."""
    check_decision(decision)
    for proposal in lists:
        check_state(proposal, ProposalState.SUBMITTED)
        if proposal.plan_id != plan.pk:
            raise NotFound(str(proposal.pk))
    rows = list(Candidate.objects.filter(proposal__in=lists, state=CandidateState.PROPOSED).order_by("id"))
    seats = {
        seat.id: seat for seat in organization.seats(actor=actor, as_of=on, ids={row.seat_id for row in rows})
    }
    check_not_frozen(actor, [seat.unit_id for seat in seats.values()], on)
    _decide(actor, rows, seats, on)
    passing = [row for row in rows if row.state == CandidateState.APPROVED]
    check_limits(actor, plan.pk, list(seats.values()), passing, on)
    made = slots_of(actor, plan, passing, seats, on, decision)
    Candidate.objects.bulk_update(rows, ["state", "reason", "decided_on", "decided_verdict", "decided_under"])
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in lists]).update(
        state=ProposalState.APPROVED, decided_on=on, decision=decision[:300]
    )
    return made


def _decide(actor: Actor, rows: Sequence[Candidate], seats: dict[int, SeatRow], on: date) -> None:
    """Judges again and sets the state of each candidate; nothing is written yet."""
    standing = [row for row in rows if row.seat_id in seats]
    verdicts = judged_by_standards(
        actor, [(row.person_id, seats[row.seat_id].title_code) for row in standing], on
    )
    for row in rows:
        row.decided_on = on
        if row.seat_id not in seats:
            row.state, row.reason = CandidateState.REFUSED, str(Finding.TITLE_ABOLISHED)
            continue
        judged = verdicts[row.person_id, seats[row.seat_id].title_code]
        row.decided_verdict, row.decided_under = judged.verdict.value, judged.document
        row.state = CandidateState.REFUSED if judged.refuses else CandidateState.APPROVED
        if judged.refuses:
            row.reason = sentences_of(judged)[:300]
