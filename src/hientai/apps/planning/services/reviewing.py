"""Acts of a yearly review: hold it, decide about its lines, end it by a decision or by the procedure of review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from hientai.apps.organization import selectors as organization
from hientai.apps.planning import reviews
from hientai.apps.planning.models import Review, ReviewLine, Slot
from hientai.apps.planning.services.adding import enter_additions
from hientai.apps.planning.services.checks import (
    BATCH,
    WRITE,
    check_decision,
    check_reason,
    check_scope,
    plan_of_term,
)
from hientai.apps.planning.services.open_reviews import check_no_case, check_open, open_review
from hientai.apps.planning.types import AdditionDecision, Finding, PoliticalState, ReviewDecision
from hientai.apps.procedures import services as procedures
from hientai.apps.procedures.types import CaseDraft, NameDraft
from hientai.engines.wording import say
from hientai.foundation import temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

REVIEW, REVIEW_SUBJECT = "planning.review", reviews.SUBJECT
Pair = tuple[int, int | None]
_NOT_AGAINST = (Finding.STAYS, Finding.UNKNOWN)


@action("planning.review", permission=WRITE, subject=lambda row: {"review_id": row.pk})
def hold_review(*, actor: Actor, term: str, on: date) -> Review:
    """Judges every slot of a plan by the rules of a day. What the regime removes by itself is marked; people confirm.

    Raises Refused when the plan was reviewed on that day already, or a review of it is still open.
    """
    plan = plan_of_term(term)
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
    """People confirm a finding or decide otherwise; keeping somebody whom the rule removes needs a reason.

    Raises Refused where the review has ended, a case decides, or a conclusion on the political standard stands on the
    line: then nothing but its state and day is kept, and to keep the person that record is changed first.
    """
    rows = _lines(actor, line_ids)
    for row in rows:
        if row.political_state == PoliticalState.NOT_ASSURED:
            if decision == ReviewDecision.KEEP or reason.strip():
                raise Refused(
                    "political_without_text",
                    say("Kết luận tiêu chuẩn chính trị chỉ ghi tình trạng và ngày, không ghi lý do. Muốn giữ người "
                        "này, hãy sửa tình trạng kết luận trước."),
                    "reason",
                )  # fmt: skip
        elif row.automatic if decision == ReviewDecision.KEEP else row.finding in _NOT_AGAINST:
            check_reason(reason)
        row.decision, row.reason = ReviewDecision(decision), reason
    ReviewLine.objects.bulk_update(rows, ["decision", "reason"])
    return len(rows)


@action("planning.political_state", permission=WRITE, subject=lambda lines: {"lines": lines})
def record_political(*, actor: Actor, line_ids: Sequence[int], state: str, on: date | None) -> int:
    """Where the conclusion on the political standard of these people stands, and its day; "" takes it back.

     Holds for every turn of a person in the review. Only the state and the day are kept, never what the conclusion says
    . Raises Refused without a day, or with one in the future.
    """
    asked = _lines(actor, line_ids)
    if state and (on is None or on > actor.today):
        raise Refused("day_missing", say("Phải ghi ngày, không sau hôm nay."), "political_on")
    people = {(row.review_id, row.person_id) for row in asked}
    rows = [
        row
        for row in ReviewLine.objects.filter(review_id__in={review for review, _ in people}).select_related(
            "review"
        )
        if (row.review_id, row.person_id) in people
    ]
    automatic = {row.review_id: reviews.automatic_on(row.review.held_on) for row in asked}
    for row in rows:
        _set_political(row, state, on, automatic[row.review_id])
    ReviewLine.objects.bulk_update(
        rows,
        ["finding", "measured", "automatic", "decision", "reason", "political_state", "political_on"],
    )
    return len(rows)


def _set_political(row: ReviewLine, state: str, on: date | None, automatic: Collection[str]) -> None:
    """The line with the state of the conclusion; the finding by records comes back when the conclusion goes."""
    before, finding = row.finding, row.measured or row.finding
    row.political_state, row.political_on = state, on if state else None
    row.finding, row.measured = finding, ""
    if state == PoliticalState.NOT_ASSURED:
        row.finding, row.measured, row.reason = str(Finding.POLITICAL), finding, ""
    if row.finding != before:
        decisive = row.decisive or row.finding == Finding.POLITICAL
        row.automatic = decisive and row.finding in automatic
        row.decision, row.reason = (ReviewDecision.REMOVE if row.automatic else ""), ""


@action("planning.close_review", permission=WRITE, subject=lambda row: {"review_id": row.pk})
def close_review(*, actor: Actor, review_id: int, on: date, decision: str) -> Review:
    """Ends a review by a decision: slots set to leave end on the day of the review, people to be added begin on `on`.

    Those to be added are judged again by the rule in force on `on`; whom it refuses by confirmed values stays out, with
    that as the reason. Raises Refused while somebody is not decided about, a case decides, or a limit would be passed.
    """
    review = open_review(review_id)
    check_no_case(actor, review)
    check_decision(decision)
    return _end(actor, review, on, decision, None)


@action("planning.start_review_procedure", permission=WRITE, subject=lambda code: {"case": code})
def start_review_procedure(*, actor: Actor, review_id: int, on: date, token: UUID | None = None) -> str:
    """Opens the procedure of review about those who leave and those who come; its end ends the review.

    Returns the code of the case. Raises Refused while somebody is not decided about, where nobody leaves or comes, or a
    case is open already; BadInput when no procedure of review is in force on the day.
    """
    review = open_review(review_id)
    check_no_case(actor, review)
    _check_decided(review)
    pairs = [
        *review.lines.filter(decision=ReviewDecision.REMOVE).order_by("id").values_list("person_id", "seat_id"),
        *review.additions.filter(decision=AdditionDecision.ADD).order_by("id").values_list("person_id", "seat_id"),
    ]  # fmt: skip
    if not pairs:
        raise Refused(
            "nobody_leaves_or_comes",
            say("Không có ai đưa ra hay bổ sung: hãy kết thúc đợt rà soát bằng văn bản."),
            "lines",
        )
    draft = CaseDraft(
        kind=REVIEW,
        title=f"Rà soát quy hoạch nhiệm kỳ {review.plan.term}, ngày {review.held_on:%d/%m/%Y}",
        unit_id=_office(actor, on),
        names=tuple(NameDraft(person, seat) for person, seat in dict.fromkeys(pairs)),
        subject_kind=REVIEW_SUBJECT,
        subject_id=str(review.pk),
    )
    review.note = ""
    review.save(update_fields=["note"])
    return str(procedures.open_case(actor=actor, draft=draft, on=on, token=token).code)


@action("planning.reviewed_by_procedure", permission=WRITE, subject=lambda row: {"review_id": row.pk})
def reviewed_by_procedure(
    *, actor: Actor, subject_id: str, names: Sequence[NameDraft], on: date, source: str
) -> Review:
    """A case ended with approval: what the review decided about those named takes effect, and the review ends."""
    chosen = {(name.person_id, name.seat_id) for name in names}
    return _end(actor, open_review(int(subject_id)), on, source, chosen)


@action("planning.review_given_back", permission=WRITE, subject=lambda row: {"review_id": row.pk})
def review_given_back(*, actor: Actor, subject_id: str, ending: str, on: date, source: str) -> Review:
    """A case ended otherwise: the review stays open, with the case as a note, and nothing has changed."""
    review = open_review(int(subject_id))
    review.note = source[:300]
    review.save(update_fields=["note"])
    return review


def _lines(actor: Actor, line_ids: Sequence[int]) -> list[ReviewLine]:
    """Lines of open reviews in reach; raises NotFound, or Refused where a case decides."""
    rows = list(ReviewLine.objects.filter(pk__in=line_ids).select_related("review__plan"))
    if len(rows) != len(set(line_ids)):
        raise NotFound(str(line_ids))
    check_scope(actor, [row.person_id for row in rows])
    for review in {row.review_id: row.review for row in rows}.values():
        check_open(review)
        check_no_case(actor, review)
    return rows


def _check_decided(review: Review) -> None:
    open_lines = review.lines.filter(decision="").exclude(finding__in=_NOT_AGAINST)
    if count := open_lines.count() + review.additions.filter(decision="").count():
        raise Refused(
            "undecided", say("Còn {count} lượt chưa quyết định giữ hay đưa ra, bổ sung hay không.", count=count),
            "lines",
        )  # fmt: skip


def _end(actor: Actor, review: Review, on: date, decision: str, chosen: Collection[Pair] | None) -> Review:
    """Carries out what was decided; `chosen` (person, seat): only about these."""
    _check_decided(review)
    if on < review.held_on:
        raise Refused("before_the_review", say("Ngày kết thúc phải từ ngày rà soát trở đi."), "on")
    leaving = {
        line.slot_line: line
        for line in review.lines.filter(decision=ReviewDecision.REMOVE)
        if chosen is None or (line.person_id, line.seat_id) in chosen
    }
    slots = list(Slot.objects.as_of(review.held_on).filter(plan=review.plan, line__in=leaving).order_by("id"))
    check_scope(actor, [slot.person_id for slot in slots])
    for finding in sorted({line.finding for line in leaving.values()}):
        some = [slot for slot in slots if leaving[slot.line].finding == finding]
        outcome = finding if finding not in _NOT_AGAINST else Finding.REMOVED
        temporal.end_all(some, review.held_on, source=decision, reason=str(outcome), outcome=outcome)
    enter_additions(actor, review, on, decision, chosen)
    review.closed_on, review.decision, review.note = on, decision[:300], ""
    review.save(update_fields=["closed_on", "decision", "note"])
    return review


def _office(actor: Actor, on: date) -> int:
    """The unit whose leaders consider the review: the highest one that the actor acts for."""
    units = organization.units(actor=actor, as_of=on)
    hidden = organization.units_outside_scope(
        actor=actor, as_of=on, ids=[unit.id for unit in units], permission=WRITE
    )
    own = [unit for unit in units if unit.id not in hidden]
    if not own:
        raise NotFound("unit")
    known = {unit.id for unit in own}
    return next(unit.id for unit in own if unit.parent_id not in known)
