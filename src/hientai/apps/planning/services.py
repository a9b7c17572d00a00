"""Acts of succession planning: open the plan of a term, plan people for seats, remove them with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, transaction
from django.db.models import Max

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import FrozenWork, SeatRow
from hientai.apps.planning import proposals, reviews
from hientai.apps.planning.judging import Judged, judge, prospects_on
from hientai.apps.planning.models import (
    Candidate,
    Plan,
    ProgrammeStep,
    Proposal,
    Review,
    ReviewLine,
    Slot,
    Wanted,
)
from hientai.apps.planning.types import (
    CandidateState,
    Finding,
    ProposalState,
    Readiness,
    ReviewDecision,
    SlotDraft,
    Source,
)
from hientai.apps.procedures import services as procedures
from hientai.apps.procedures.types import CaseDraft, NameDraft
from hientai.engines.wording import say
from hientai.foundation import temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused

WRITE, PROPOSE = "planning.write", "planning.propose"
SUBJECT, ON_SPOT, FROM_ELSEWHERE = proposals.SUBJECT, "planning.on_spot", "planning.elsewhere"
BATCH = 5000
_NOT_AGAINST = (Finding.STAYS, Finding.UNKNOWN)


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


@action(
    "planning.want", permission=WRITE, subject=lambda row: {"plan_id": row.plan_id, "seat_id": row.seat_id}
)
def set_wanted(*, actor: Actor, term: str, seat_id: int, number: int, on: date, source: str) -> Wanted:
    """From a day on the plan wants so many people for a seat."""
    plan = _plan(term)
    seat = _seat(actor, seat_id, on)
    _check_units(actor, [seat.unit_id], WRITE)
    held = Wanted.objects.as_of(on).filter(plan=plan, seat_id=seat_id).first()
    if held is not None and held.valid_from < on:
        return temporal.supersede(held, on, source=source, number=number)
    if held is not None:
        return temporal.correct(held, because=source, number=number)
    return Wanted.objects.create(plan=plan, seat_id=seat_id, number=number, valid_from=on, source=source)


@action("planning.open_proposal", permission=PROPOSE, subject=lambda made: {"proposal_id": made.pk})
def open_proposal(*, actor: Actor, term: str, unit_id: int, on: date) -> Proposal:
    """A unit begins its list of candidates. Raises NotFound when the unit is outside the scope, Refused in a freeze."""
    plan = _plan(term)
    _check_units(actor, [unit_id], PROPOSE)
    _check_not_frozen(actor, [unit_id], on)
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
    proposal = _own_proposal(actor, proposal_id)
    _check_state(proposal, ProposalState.DRAFT, ProposalState.RETURNED)
    seat = _seat(actor, seat_id, on)
    people = list(dict.fromkeys(person_ids))
    _check_scope(actor, people, PROPOSE)
    _check_units(actor, [seat.unit_id], PROPOSE)
    _check_not_frozen(actor, [seat.unit_id], on)
    judged = _judged(actor, [(person, seat.title_code) for person in people], on)
    codes = cadres.codes(actor=actor, as_of=on, ids=people)
    for person in people:
        verdict = judged[person, seat.title_code]
        if verdict.refuses:
            raise Refused(
                "standard_not_met",
                say("{code} không đủ tiêu chuẩn theo {document}: {criteria}.", code=codes.get(person, ""),
                    document=verdict.document, criteria=_sentences(verdict)),
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
    proposal = _own_proposal(actor, candidate.proposal_id)
    _check_state(proposal, ProposalState.DRAFT, ProposalState.RETURNED, ProposalState.SUBMITTED)
    _check_reason(reason)
    candidate.state, candidate.reason = CandidateState.WITHDRAWN, reason
    candidate.save(update_fields=["state", "reason"])
    return candidate


@action("planning.submit", permission=PROPOSE, subject=lambda row: {"proposal_id": row.pk})
def submit_proposal(*, actor: Actor, proposal_id: int, on: date) -> Proposal:
    """Sends a list to the board. Raises Refused when nobody is on it."""
    proposal = _own_proposal(actor, proposal_id)
    _check_state(proposal, ProposalState.DRAFT, ProposalState.RETURNED)
    if not proposal.candidates.filter(state=CandidateState.PROPOSED).exists():
        raise Refused("nobody_proposed", say("Danh sách chưa có ai."), "candidates")
    proposal.state, proposal.submitted_on, proposal.note = ProposalState.SUBMITTED, on, ""
    proposal.save(update_fields=["state", "submitted_on", "note"])
    return proposal


@action("planning.return", permission=WRITE, subject=lambda row: {"proposal_id": row.pk})
def return_proposal(*, actor: Actor, proposal_id: int, reason: str) -> Proposal:
    """The board gives a list back to its unit, with the reason."""
    proposal = _own_proposal(actor, proposal_id, WRITE)
    _check_state(proposal, ProposalState.SUBMITTED)
    _check_reason(reason)
    proposal.state, proposal.note = ProposalState.RETURNED, reason
    proposal.save(update_fields=["state", "note"])
    return proposal


@action("planning.refuse_candidate", permission=WRITE, subject=lambda row: {"candidate_id": row.pk})
def refuse_candidate(*, actor: Actor, candidate_id: int, on: date, reason: str) -> Candidate:
    """The board does not take up a candidate of a list that was sent, with the reason."""
    candidate = Candidate.objects.select_related("proposal").filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound(str(candidate_id))
    _check_state(_own_proposal(actor, candidate.proposal_id, WRITE), ProposalState.SUBMITTED)
    _check_reason(reason)
    candidate.state, candidate.reason, candidate.decided_on = CandidateState.REFUSED, reason, on
    candidate.save(update_fields=["state", "reason", "decided_on"])
    return candidate


@action("planning.approve", permission=WRITE, subject=lambda made: {"slots": made})
def approve_proposals(
    *, actor: Actor, term: str, proposal_ids: Sequence[int], on: date, decision: str
) -> int:
    """Turns the candidates of sent lists into slots of the plan from a day on; returns how many slots.

    Every candidate is judged again by the rule in force on the day: whom it refuses by confirmed values stays out, with
    both verdicts on record. One person for one seat is one slot, whoever proposed it. Raises Refused when a confirmed
    limit (posts of a person, persons of a post) is passed (the board takes somebody off first), or a case decides.
    """
    plan = _plan(term)
    lists = [_own_proposal(actor, number, WRITE) for number in dict.fromkeys(proposal_ids)]
    for proposal in lists:
        if proposals.open_case(actor=actor, as_of=on, number=proposal.pk) is not None:
            raise Refused(
                "case_decides", say("Danh sách này đang theo quy trình; quy trình sẽ quyết định."), "proposal"
            )
    return _approve(actor, plan, lists, on, decision)


@action("planning.start_procedure", permission=WRITE, subject=lambda code: {"case": code})
def start_procedure(*, actor: Actor, proposal_id: int, on: date, token: UUID | None = None) -> str:
    """Opens the procedure of planning for a list that was sent; its end decides about the list. Returns its code.

    A list of people who all come from elsewhere takes the procedure that asks the unit where they work. Raises Refused
    in a wrong state, where a case is open already, nobody stands on the list or the unit to be asked is not one;
    BadInput when no procedure of planning is in force on the day.
    """
    proposal = _own_proposal(actor, proposal_id, WRITE)
    _check_state(proposal, ProposalState.SUBMITTED)
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
    proposal = _own_proposal(actor, int(subject_id), WRITE)
    chosen = {(name.person_id, name.seat_id) for name in names}
    for row in proposal.candidates.filter(state=CandidateState.PROPOSED):
        if (row.person_id, row.seat_id) not in chosen:
            row.state, row.decided_on, row.reason = CandidateState.REFUSED, on, source
            row.save(update_fields=["state", "decided_on", "reason"])
    return _approve(actor, proposal.plan, [proposal], on, source)


@action("planning.closed_by_procedure", permission=WRITE, subject=lambda row: {"proposal_id": row.pk})
def closed_by_procedure(*, actor: Actor, subject_id: str, ending: str, on: date, source: str) -> Proposal:
    """A case ended otherwise: the list goes back to its unit, with the case as the reason."""
    proposal = _own_proposal(actor, int(subject_id), WRITE)
    proposal.state, proposal.note = ProposalState.RETURNED, source
    proposal.save(update_fields=["state", "note"])
    return proposal


@action("planning.review", permission=WRITE, subject=lambda row: {"review_id": row.pk})
def hold_review(*, actor: Actor, term: str, on: date) -> Review:
    """Judges every slot of a plan by the rules of a day. What the regime removes by itself is marked; people confirm.

    Raises Refused when the plan was reviewed on that day already, or a review of it is still open.
    """
    plan = _plan(term)
    if Review.objects.filter(plan=plan, held_on=on).exists():
        raise Refused("reviewed_that_day", say("Quy hoạch này đã được rà soát vào ngày đó."), "on")
    if Review.objects.filter(plan=plan, closed_on__isnull=True).exists():
        raise Refused(
            "review_open", say("Còn một đợt rà soát chưa kết thúc; hãy kết thúc đợt đó trước."), "on"
        )
    found = reviews.findings(actor=actor, as_of=on, plan_id=plan.pk)
    review = Review.objects.create(plan=plan, held_on=on, document=found.document, rules=found.rules)
    ReviewLine.objects.bulk_create(
        [
            ReviewLine(
                review=review, slot_line=slot.line, person_id=slot.person_id, seat_id=slot.seat_id,
                finding=one.finding, decisive=one.decisive, automatic=one.automatic,
                decision=ReviewDecision.REMOVE if one.automatic else "",
            )
            for slot, one in found.by_slot
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return review


@action("planning.decide_line", permission=WRITE, subject=lambda lines: {"lines": lines})
def decide_lines(*, actor: Actor, line_ids: Sequence[int], decision: str, reason: str = "") -> int:
    """People confirm a finding or decide otherwise; keeping somebody whom the rule removes needs a reason."""
    rows = list(ReviewLine.objects.filter(pk__in=line_ids).select_related("review"))
    if len(rows) != len(set(line_ids)):
        raise NotFound(str(line_ids))
    _check_scope(actor, [row.person_id for row in rows])
    for row in rows:
        if row.review.closed_on is not None:
            raise Refused("review_closed", say("Đợt rà soát đã kết thúc."), "review")
        against = row.automatic if decision == ReviewDecision.KEEP else row.finding in _NOT_AGAINST
        if against:
            _check_reason(reason)
        row.decision, row.reason = ReviewDecision(decision), reason
    ReviewLine.objects.bulk_update(rows, ["decision", "reason"])
    return len(rows)


@action("planning.close_review", permission=WRITE, subject=lambda row: {"review_id": row.pk})
def close_review(*, actor: Actor, review_id: int, on: date, decision: str) -> Review:
    """Ends a review by a decision: slots set to leave end on the day of the review, with what was found as the reason.

    Raises Refused while somebody found against is not decided about.
    """
    review = Review.objects.select_related("plan").filter(pk=review_id).first()
    if review is None:
        raise NotFound(str(review_id))
    if review.closed_on is not None:
        raise Refused("review_closed", say("Đợt rà soát đã kết thúc."), "review")
    if not decision.strip():
        raise Refused("decision_missing", say("Phải ghi số, ngày của văn bản phê duyệt."), "decision")
    open_lines = review.lines.filter(decision="").exclude(finding__in=_NOT_AGAINST)
    if count := open_lines.count():
        raise Refused(
            "undecided", say("Còn {count} lượt chưa quyết định giữ hay đưa ra.", count=count), "lines"
        )
    leaving = {line.slot_line: line for line in review.lines.filter(decision=ReviewDecision.REMOVE)}
    slots = list(Slot.objects.as_of(review.held_on).filter(plan=review.plan, line__in=leaving).order_by("id"))
    _check_scope(actor, [slot.person_id for slot in slots])
    for finding in sorted({line.finding for line in leaving.values()}):
        some = [slot for slot in slots if leaving[slot.line].finding == finding]
        outcome = finding if finding not in _NOT_AGAINST else Finding.REMOVED
        temporal.end_all(some, review.held_on, source=decision, reason=str(outcome), outcome=outcome)
    review.closed_on, review.decision = on, decision
    review.save(update_fields=["closed_on", "decision"])
    return review


@action(
    "planning.programme", permission=WRITE, subject=lambda row: {"plan_id": row.plan_id, "number": row.number}
)
def add_step(*, actor: Actor, term: str, person_id: int, text: str, on: date, due_on: date) -> ProgrammeStep:
    """Adds a step to the programme of action of somebody who is in the plan."""
    plan = _plan(term)
    _check_scope(actor, [person_id])
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
    _check_scope(actor, [step.person_id])
    if step.done_on is not None:
        raise Refused("done_already", say("Bước này đã hoàn thành."), "step")
    return temporal.supersede(step, on, done_on=on)


def _approve(actor: Actor, plan: Plan, lists: Sequence[Proposal], on: date, decision: str) -> int:
    """Judges the candidates of sent lists again, checks the limits, makes the slots."""
    if not decision.strip():
        raise Refused("decision_missing", say("Phải ghi số, ngày của văn bản phê duyệt."), "decision")
    for proposal in lists:
        _check_state(proposal, ProposalState.SUBMITTED)
        if proposal.plan_id != plan.pk:
            raise NotFound(str(proposal.pk))
    rows = list(Candidate.objects.filter(proposal__in=lists, state=CandidateState.PROPOSED).order_by("id"))
    seats = {
        seat.id: seat for seat in organization.seats(actor=actor, as_of=on, ids={row.seat_id for row in rows})
    }
    _check_not_frozen(actor, [seat.unit_id for seat in seats.values()], on)
    _decide(actor, rows, seats, on)
    passing = [row for row in rows if row.state == CandidateState.APPROVED]
    _check_limits(actor, plan.pk, list(seats.values()), passing, on)
    made = _slots_of(actor, plan, passing, seats, on, decision)
    Candidate.objects.bulk_update(rows, ["state", "reason", "decided_on", "decided_verdict", "decided_under"])
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in lists]).update(
        state=ProposalState.APPROVED, decided_on=on, decision=decision[:300]
    )
    return made


def _plan(term: str) -> Plan:
    plan = Plan.objects.filter(term=term).first()
    if plan is None:
        raise NotFound(term)
    return plan


def _seat(actor: Actor, seat_id: int, on: date) -> SeatRow:
    found = organization.seats(actor=actor, as_of=on, ids=[seat_id])
    if not found:
        raise NotFound(str(seat_id))
    return found[0]


def _own_proposal(actor: Actor, proposal_id: int, permission: str = PROPOSE) -> Proposal:
    """The proposal, locked so that two decisions at once come one after the other; NotFound outside the scope."""
    proposal = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound(str(proposal_id))
    _check_units(actor, [proposal.unit_id], permission)
    return proposal


def _check_state(proposal: Proposal, *allowed: ProposalState) -> None:
    if proposal.state not in allowed:
        raise Refused(
            "wrong_state",
            say("Danh sách đang ở trạng thái “{state}”, không làm được việc này.",
                state=str(proposal.get_state_display())),
            "proposal",
        )  # fmt: skip


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", say("Phải ghi lý do."), "reason")


def _check_not_frozen(actor: Actor, unit_ids: Sequence[int], on: date) -> None:
    """Raises Refused where a freeze of planning stands on one of the units or above it."""
    organization.check_not_frozen(actor=actor, as_of=on, kind=FrozenWork.PLANNING, unit_ids=unit_ids)


def _judged(actor: Actor, pairs: Sequence[tuple[int, str]], on: date) -> dict[tuple[int, str], Judged]:
    standards = {title.code: title.standard for title in organization.titles(actor=actor, as_of=on)}
    return judge(pairs, {title: standards.get(title, "") for _, title in pairs}, on)


def _sentences(judged: Judged) -> str:
    return "; ".join(str(criterion.sentence) for criterion in judged.behind)


def _decide(actor: Actor, rows: Sequence[Candidate], seats: dict[int, SeatRow], on: date) -> None:
    """Judges again and sets the state of each candidate; nothing is written yet."""
    standing = [row for row in rows if row.seat_id in seats]
    verdicts = _judged(actor, [(row.person_id, seats[row.seat_id].title_code) for row in standing], on)
    for row in rows:
        row.decided_on = on
        if row.seat_id not in seats:
            row.state, row.reason = CandidateState.REFUSED, str(Finding.TITLE_ABOLISHED)
            continue
        judged = verdicts[row.person_id, seats[row.seat_id].title_code]
        row.decided_verdict, row.decided_under = judged.verdict.value, judged.document
        row.state = CandidateState.REFUSED if judged.refuses else CandidateState.APPROVED
        if judged.refuses:
            row.reason = _sentences(judged)[:300]


def _check_limits(
    actor: Actor, plan_id: int, seats: Sequence[SeatRow], rows: Sequence[Candidate], on: date
) -> None:
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


def _slots_of(
    actor: Actor, plan: Plan, rows: Sequence[Candidate], seats: dict[int, SeatRow], on: date, decision: str
) -> int:
    """One slot a person and seat that the plan does not have on the day, with the readiness reckoned that day."""
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


def _check_scope(actor: Actor, person_ids: Sequence[int], permission: str = WRITE) -> None:
    """Raises NotFound when somebody is outside the actor's scope, as if there were no such person."""
    outside = cadres.outside_scope(actor=actor, as_of=actor.today, ids=person_ids, permission=permission)
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


def _check_units(actor: Actor, unit_ids: Sequence[int], permission: str) -> None:
    """Raises NotFound when a unit is outside the actor's scope."""
    outside = organization.units_outside_scope(
        actor=actor, as_of=actor.today, ids=unit_ids, permission=permission
    )
    if outside:
        raise NotFound(str(min(outside)))
