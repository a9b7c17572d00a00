"""Acts of consultations: send a draft out, answer, reply to a proposal, hold a conference, change the draft, close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from hientai.apps.consultations import selectors as questions
from hientai.apps.consultations.models import (
    Addressee,
    Answer,
    Conference,
    Consultation,
    DraftVersion,
    Proposal,
)
from hientai.apps.consultations.types import LEAD, READ, Clause, ConsultationDraft, DraftKind, Reply
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused


def _said(one: Consultation) -> dict[str, int | str]:
    return {"consultation": one.code, "change": one.changes}


@action("consultations.open", permission=LEAD, subject=_said)
def open_consultation(
    *, actor: Actor, draft: ConsultationDraft, on: date, token: UUID | None = None
) -> Consultation:
    """Sends a draft to those named; the same token sends it once. Raises Refused with what is missing."""
    known = Consultation.objects.filter(token=token).first() if token else None
    if known is not None:
        return known
    _check_draft(draft, on)
    one = Consultation(
        code=f"…{uuid4().hex[:12]}", kind=DraftKind(draft.kind), title=draft.title.strip()[:300], unit_id=draft.unit_id,
        opened_on=on, due_on=draft.due_on, token=token or uuid4(), user_id=actor.user_id,
    )  # fmt: skip
    one.save(force_insert=True)
    one.code = f"LYK-{on.year}-{one.pk:05d}"
    one.save()
    _add_version(actor, one, 1, draft.clauses, "")
    Addressee.objects.bulk_create(
        Addressee(consultation=one, place=place, unit_id=a.unit_id, person_id=a.person_id, name=a.name[:250])
        for place, a in enumerate(draft.addressees, 1)
    )
    return one


def _check_draft(draft: ConsultationDraft, on: date) -> None:
    if not draft.title.strip() or not draft.clauses:
        raise Refused("draft_missing", say("Dự thảo phải có tên và nội dung."), "text")
    if not draft.addressees:
        raise Refused(
            "nobody_asked", say("Hãy nêu ít nhất một đơn vị hoặc người được hỏi ý kiến."), "addressees"
        )
    keys = [(one.unit_id, one.person_id) for one in draft.addressees]
    if len(set(keys)) < len(keys):
        raise Refused("asked_twice", say("Danh sách hỏi ý kiến có nơi ghi hai lần."), "addressees")
    if draft.due_on < on:
        raise Refused("due_before", say("Hạn trả lời sớm hơn ngày gửi."), "due_on")


def _add_version(
    actor: Actor, one: Consultation, number: int, clauses: Sequence[Clause], note: str
) -> DraftVersion:
    return DraftVersion.objects.create(
        consultation=one, number=number, clauses=[{"label": c.label, "text": c.text} for c in clauses],
        note=note[:300], user_id=actor.user_id, actor=actor.name,
    )  # fmt: skip


def _led(actor: Actor, code: str, expected: int) -> Consultation:
    """The consultation, locked, for those who lead it and saw its newest state. Raises NotFound or Conflict."""
    one = Consultation.objects.visible_to(actor).select_for_update(of=("self",)).filter(code=code).first()
    if one is None or not questions.consultation(actor=actor, as_of=actor.today, code=code).may_lead:
        raise NotFound(code)
    if one.changes != expected:
        raise Conflict(
            "changed_meanwhile",
            say(
                "Việc lấy ý kiến này vừa có thay đổi. Hãy xem lại trang hiện tại rồi làm tiếp; chưa có gì bị ghi đè."
            ),
            code,
        )
    if one.closed_on is not None:
        raise Refused("consultation_closed", say("Việc lấy ý kiến đã kết thúc."), code)
    return one


def _changed(one: Consultation) -> Consultation:
    one.changes += 1
    one.save()
    return one


@action("consultations.change_draft", permission=LEAD, subject=_said)
def change_draft(
    *, actor: Actor, code: str, expected: int, clauses: Sequence[Clause], note: str
) -> Consultation:
    """A new version of the draft; answers say which version they were given on."""
    one = _led(actor, code, expected)
    last = DraftVersion.objects.filter(consultation=one).order_by("-number").first()
    assert last is not None
    if not clauses:
        raise Refused("draft_missing", say("Dự thảo phải có tên và nội dung."), "text")
    if [(c["label"], c["text"]) for c in last.clauses] == [(c.label, c.text) for c in clauses]:
        raise Refused("nothing_changed", say("Nội dung không khác phiên bản trước."), "text")
    _add_version(actor, one, last.number + 1, clauses, note)
    return _changed(one)


@action("consultations.answer", permission=READ, subject=lambda answer: {"addressee": answer.addressee_id})
def answer(
    *, actor: Actor, addressee_id: int, agrees: bool, proposals: Mapping[str, str], token: UUID | None = None
) -> Answer:
    """Agreement, or proposals by clause ("" for the whole). Answering again replaces what counts; the old one stays.

    Raises NotFound for somebody else's answer, Refused when it says neither, or when the consultation is closed.
    """
    one = Addressee.objects.answered_by(actor).filter(pk=addressee_id).first()
    if one is None:
        raise NotFound(str(addressee_id))
    consultation = Consultation.objects.select_for_update().get(pk=one.consultation_id)
    before = Answer.objects.filter(token=token).first() if token else None
    if before is not None:
        return before
    if consultation.closed_on is not None:
        raise Refused("consultation_closed", say("Việc lấy ý kiến đã kết thúc."), consultation.code)
    said = {clause: text.strip() for clause, text in proposals.items() if text.strip()}
    if agrees and said:
        raise Refused(
            "agrees_and_proposes", say("Thống nhất thì không kèm đề xuất; hãy chọn “có đề xuất”."), "agrees"
        )
    if not agrees and not said:
        raise Refused("no_proposal", say("Hãy ghi ít nhất một đề xuất, hoặc chọn “thống nhất”."), "agrees")
    last = Answer.objects.filter(addressee=one).order_by("-number").first()
    newest = DraftVersion.objects.filter(consultation=consultation).order_by("-number").first()
    assert newest is not None
    known = {clause["label"] for clause in newest.clauses}
    if not said.keys() <= known | {""}:
        raise Conflict(
            "draft_changed", say("Dự thảo vừa có phiên bản mới; hãy đọc lại rồi trả lời."), consultation.code
        )
    made = Answer.objects.create(
        addressee=one, number=1 if last is None else last.number + 1, version=newest.number, agrees=agrees,
        token=token or uuid4(), user_id=actor.user_id, actor=actor.name,
    )  # fmt: skip
    _enter_proposals(said, answer=made)
    _changed(consultation)
    return made


def _enter_proposals(
    said: Mapping[str, str], *, answer: Answer | None = None, conference: Conference | None = None
) -> None:
    Proposal.objects.bulk_create(
        Proposal(answer=answer, conference=conference, place=place, clause=clause, text=text)
        for place, (clause, text) in enumerate(said.items(), 1)
    )


@action("consultations.reply", permission=LEAD, subject=lambda proposal: {"proposal": proposal.pk})
def reply(*, actor: Actor, code: str, proposal_id: int, reply: str, reason: str) -> Proposal:
    """What becomes of a proposal, with a reason. Raises Refused without one, NotFound where it is of another draft."""
    page = questions.consultation(actor=actor, as_of=actor.today, code=code)
    _led(actor, code, page.version)
    if proposal_id not in {one.id for one in page.proposals}:
        raise NotFound(str(proposal_id))
    if reply not in Reply.values:
        raise Refused("no_reply", say("Hãy chọn tiếp thu, tiếp thu một phần hoặc không tiếp thu."), "reply")
    if not reason.strip():
        raise Refused("reason_missing", say("Trả lời đề xuất phải nêu lý do."), "reason")
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    proposal.reply, proposal.reason, proposal.replied_by = reply, reason.strip(), actor.user_id
    proposal.save()
    return proposal


@action("consultations.conference", permission=LEAD, subject=_said)
def hold_conference(
    *, actor: Actor, code: str, expected: int, held_on: date, present: int, minutes: str, place: str = "",
    chair: str = "", proposals: Mapping[str, str] | None = None,
) -> Consultation:  # fmt: skip
    """The minutes of a conference on the draft, with the proposals made there."""
    one = _led(actor, code, expected)
    if held_on > actor.today:
        raise Refused("day_in_future", say("Không ghi trước việc của ngày sau."), "held_on")
    if not minutes.strip():
        raise Refused("minutes_missing", say("Hãy ghi nội dung biên bản."), "minutes")
    newest = (
        DraftVersion.objects.filter(consultation=one).order_by("-number").values_list("number", flat=True)[0]
    )
    made = Conference.objects.create(
        consultation=one, held_on=held_on, place=place[:200], chair=chair[:150], present=present,
        minutes=minutes.strip(), version=newest, user_id=actor.user_id,
    )  # fmt: skip
    said = {clause: text.strip() for clause, text in (proposals or {}).items() if text.strip()}
    _enter_proposals(said, conference=made)
    return _changed(one)


@action("consultations.close", permission=LEAD, subject=_said)
def close(
    *, actor: Actor, code: str, expected: int, on: date, knows_silent: bool, note: str = ""
) -> Consultation:
    """Ends a consultation. Every proposal needs its reply; those who kept silent are named in the closing.

    Raises Refused while a proposal waits, or while somebody is silent and `knows_silent` is not said.
    """
    one = _led(actor, code, expected)
    page = questions.consultation(actor=actor, as_of=actor.today, code=code)
    if on > actor.today or on < one.opened_on:
        raise Refused("day_outside", say("Ngày kết thúc phải từ ngày gửi đến hôm nay."), "on")
    if page.row.tally.open:
        raise Refused(
            "proposals_wait", say("Còn {n} đề xuất chưa được trả lời.", n=page.row.tally.open), code
        )
    if page.silent and not knows_silent:
        raise Refused(
            "silent_left",
            say("Còn {n} nơi chưa trả lời: {names}. Xác nhận đã biết thì mới kết thúc được.",
                n=len(page.silent), names="; ".join(one.name for one in page.silent)),
            "knows_silent",
        )  # fmt: skip
    one.closed_on, one.silent_at_close = on, len(page.silent)
    silent = f"Không trả lời: {'; '.join(a.name for a in page.silent)}." if page.silent else ""
    one.closing = "\n".join(filter(None, (note.strip(), silent)))
    return _changed(one)
