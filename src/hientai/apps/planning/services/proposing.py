"""Acts on a unit's list of candidates: begin it, put people on it, send it, give it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hientai.apps.cadres import selectors as cadres
from hientai.apps.planning.models import Candidate, Proposal
from hientai.apps.planning.services.checks import (
    PROPOSE,
    WRITE,
    check_not_frozen,
    check_reason,
    check_scope,
    check_state,
    check_units,
    judged_by_standards,
    own_proposal,
    plan_of_term,
    seat_in_use,
    sentences_of,
)
from hientai.apps.planning.types import CandidateState, ProposalState, Source
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused


@action("planning.open_proposal", permission=PROPOSE, subject=lambda made: {"proposal_id": made.pk})
def open_proposal(*, actor: Actor, term: str, unit_id: int, on: date) -> Proposal:
    """A unit begins its list of candidates. Raises NotFound when the unit is outside the scope, Refused in a freeze."""
    plan = plan_of_term(term)
    check_units(actor, [unit_id], PROPOSE)
    check_not_frozen(actor, [unit_id], on)
    return Proposal.objects.create(plan=plan, unit_id=unit_id, opened_on=on)


@action(
    "planning.propose",
    permission=PROPOSE,
    subject=lambda made: {"candidates": len(made), "proposal_id": made[0].proposal_id if made else 0},
)
def propose(
    *,
    actor: Actor,
    proposal_id: int,
    person_ids: Sequence[int],
    seat_id: int,
    on: date,
    origin: str = Source.ON_SPOT,
) -> list[Candidate]:
    """Puts people on a unit's list for a seat, all or nothing, with the verdict of the rule in force on the day.

    Raises Refused when the rule says no to somebody by confirmed values, the list was sent, the unit stands still in a
    freeze, or somebody is on the list for that seat already; NotFound outside the scope.
    """
    proposal = own_proposal(actor, proposal_id)
    check_state(proposal, ProposalState.DRAFT, ProposalState.RETURNED)
    seat = seat_in_use(actor, seat_id, on)
    people = list(dict.fromkeys(person_ids))
    check_scope(actor, people, PROPOSE)
    check_units(actor, [seat.unit_id], PROPOSE)
    check_not_frozen(actor, [seat.unit_id], on)
    judged = judged_by_standards(actor, [(person, seat.title_code) for person in people], on)
    codes = cadres.codes(actor=actor, as_of=on, ids=people)
    for person in people:
        verdict = judged[person, seat.title_code]
        if verdict.refuses:
            raise Refused(
                "standard_not_met",
                say("{code} không đủ tiêu chuẩn theo {document}: {criteria}.", code=codes.get(person, ""),
                    document=verdict.document, criteria=sentences_of(verdict)),
                "person",
            )  # fmt: skip
    known = Candidate.objects.filter(proposal=proposal, person_id__in=people, seat_id=seat_id)
    if known.exclude(state=CandidateState.WITHDRAWN).exists():
        raise Refused("proposed_twice", say("Có người đã có trong danh sách cho chức danh này."), "person")
    return Candidate.objects.bulk_create(
        Candidate(
            proposal=proposal, person_id=person, seat_id=seat_id, origin=origin, proposed_on=on,
            proposed_verdict=judged[person, seat.title_code].verdict.value,
            proposed_under=judged[person, seat.title_code].document,
        )
        for person in people
    )  # fmt: skip


@action("planning.withdraw_candidate", permission=PROPOSE, subject=lambda row: {"candidate_id": row.pk})
def withdraw_candidate(*, actor: Actor, candidate_id: int, reason: str) -> Candidate:
    """Takes a candidate off a list that was not decided yet; the line and its reason stay."""
    candidate = Candidate.objects.select_related("proposal").filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound(str(candidate_id))
    proposal = own_proposal(actor, candidate.proposal_id)
    check_state(proposal, ProposalState.DRAFT, ProposalState.RETURNED, ProposalState.SUBMITTED)
    check_reason(reason)
    candidate.state, candidate.reason = CandidateState.WITHDRAWN, reason
    candidate.save(update_fields=["state", "reason"])
    return candidate


@action("planning.submit", permission=PROPOSE, subject=lambda row: {"proposal_id": row.pk})
def submit_proposal(*, actor: Actor, proposal_id: int, on: date) -> Proposal:
    """Sends a list to the board. Raises Refused when nobody is on it."""
    proposal = own_proposal(actor, proposal_id)
    check_state(proposal, ProposalState.DRAFT, ProposalState.RETURNED)
    if not proposal.candidates.filter(state=CandidateState.PROPOSED).exists():
        raise Refused("nobody_proposed", say("Danh sách chưa có ai."), "candidates")
    proposal.state, proposal.submitted_on, proposal.note = ProposalState.SUBMITTED, on, ""
    proposal.save(update_fields=["state", "submitted_on", "note"])
    return proposal


@action("planning.return", permission=WRITE, subject=lambda row: {"proposal_id": row.pk})
def return_proposal(*, actor: Actor, proposal_id: int, reason: str) -> Proposal:
    """The board gives a list back to its unit, with the reason."""
    proposal = own_proposal(actor, proposal_id, WRITE)
    check_state(proposal, ProposalState.SUBMITTED)
    check_reason(reason)
    proposal.state, proposal.note = ProposalState.RETURNED, reason
    proposal.save(update_fields=["state", "note"])
    return proposal


@action("planning.refuse_candidate", permission=WRITE, subject=lambda row: {"candidate_id": row.pk})
def refuse_candidate(*, actor: Actor, candidate_id: int, on: date, reason: str) -> Candidate:
    """The board does not take up a candidate of a list that was sent, with the reason."""
    candidate = Candidate.objects.select_related("proposal").filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound(str(candidate_id))
    check_state(own_proposal(actor, candidate.proposal_id, WRITE), ProposalState.SUBMITTED)
    check_reason(reason)
    candidate.state, candidate.reason, candidate.decided_on = CandidateState.REFUSED, reason, on
    candidate.save(update_fields=["state", "reason", "decided_on"])
    return candidate
