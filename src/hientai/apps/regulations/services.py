"""Acts of the register: enter documents, texts and targets; propose values and confirm them; bring draft rules."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from hientai.apps.organization import selectors as organization
from hientai.apps.regulations.drafts import checked_draft
from hientai.apps.regulations.models import (
    DocumentText,
    DraftRules,
    OfficeDocument,
    OfficeTarget,
    ValueProposal,
)
from hientai.apps.regulations.register import entries, entry_of
from hientai.apps.regulations.types import Kind, Outcome, Secrecy
from hientai.apps.regulations.values import local_value, value_of_text
from hientai.engines.criteria.tree import Direction, Parameter
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.rules import plain_rulebook, rulebook
from hientai.rulebook.local import check_local
from hientai.rulebook.overlay import model_of
from hientai.rulebook.register import slug_of

WRITE = "regulations.write"
LARGEST_TEXT = 20 * 1024 * 1024
TEXT_KINDS = {".pdf": b"%PDF", ".docx": b"PK", ".txt": b""}


@dataclass(frozen=True)
class DocumentDraft:
    """A document of the office; days half-open."""

    code: str
    title: str
    issuer: str
    signed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    secrecy: str = Secrecy.OPEN
    replaces: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class ValueDraft:
    """A value for parameter `key` of `document`, as typed. local_document "": read in the document itself."""

    document: str
    key: str
    value: str
    quotation: str
    article: str = ""
    starts_on: date | None = None
    text_id: int | None = None
    local_document: str = ""
    pilot: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    at_unit_id: int | None = None


def too_large() -> Refused:
    """The refusal of a file over the limit."""
    return Refused("too_large", say("Tệp vượt mức 20 MB."), "text")


@action("regulations.enter_document", permission=WRITE, subject=lambda one: {"document": one.code})
def enter_document(*, actor: Actor, draft: DocumentDraft) -> OfficeDocument:
    """Adds a document to the register. Raises Refused where it is there already or its days run backwards."""
    slug = slug_of(draft.code)
    if not slug or any(slug == known.slug or draft.code == known.code for known in entries()):
        raise Refused("document_exists", say("Văn bản {code} đã có trong sổ.", code=draft.code), "code")
    if draft.valid_from and draft.valid_to and draft.valid_to <= draft.valid_from:
        raise Refused("dates_out_of_order", say("Ngày hết hiệu lực phải sau ngày có hiệu lực."), "valid_to")
    unknown = [code for code in draft.replaces if entry_of(code) is None]
    if unknown:
        said = ", ".join(unknown)
        raise Refused(
            "unknown_document", say("Văn bản bị thay thế chưa có trong sổ: {codes}.", codes=said), "replaces"
        )
    return OfficeDocument.objects.create(
        slug=slug, added_by=actor.user_id, **{**vars(draft), "replaces": list(draft.replaces)}
    )


@action(
    "regulations.add_text", permission=WRITE, subject=lambda one: {"document": one.document, "text": one.pk}
)
def add_text(*, actor: Actor, document: str, name: str, content: bytes) -> DocumentText:
    """Keeps a file of the text. Raises Refused for classified documents, other kinds of files and large ones."""
    entry = entry_of(document)
    if entry is None:
        raise NotFound(document)
    if OfficeDocument.objects.filter(code=entry.code).exclude(secrecy=Secrecy.OPEN).exists():
        raise Refused(
            "classified",
            say("Văn bản mật không được lưu ở đây; chỉ ghi số, ngày và nơi giữ bản gốc."),
            "text",
        )
    ending = next((kind for kind in TEXT_KINDS if name.lower().endswith(kind)), None)
    if ending is None or not content.startswith(TEXT_KINDS[ending]) or not content:
        raise Refused("wrong_file", say("Chỉ nhận tệp .pdf, .docx hoặc .txt còn đọc được."), "text")
    if len(content) > LARGEST_TEXT:
        raise too_large()
    digest = hashlib.sha256(content).hexdigest()
    kept = DocumentText.objects.filter(document=entry.code, digest=digest).first()
    return kept or DocumentText.objects.create(
        document=entry.code, name=name[-200:], content=content, size=len(content), digest=digest, added_by=actor.user_id
    )  # fmt: skip


@action(
    "regulations.set_target",
    permission=WRITE,
    subject=lambda one: {"document": one.document, "target": one.key},
)
def set_target(
    *, actor: Actor, document: str, key: str, measure: str, value: Any, measured_in: str, direction: Direction,
    scope: str = "", unit_id: int | None = None, due_on: date | None = None, article: str = "",
) -> OfficeTarget:  # fmt: skip
    """Writes down a target of a document. Raises Refused where the document has one of that key."""
    entry = entry_of(document)
    if entry is None:
        raise NotFound(document)
    try:
        with transaction.atomic():
            return OfficeTarget.objects.create(
                document=entry.code, key=key, measure=measure, value=value, measured_in=measured_in, scope=scope,
                direction=direction.value, unit_id=unit_id, due_on=due_on, article=article, added_by=actor.user_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("target_exists", say("Văn bản đã có chỉ tiêu mang khóa này."), "key") from error


@action(
    "regulations.propose_value", permission=WRITE, subject=lambda one: {"proposal": one.pk, "key": one.key}
)
def propose_value(*, actor: Actor, draft: ValueDraft) -> ValueProposal:
    """Proposes a value; it judges nobody until somebody else confirms it.

    Raises Refused where the value does not fit the parameter, is confirmed already, or oversteps what the central
    document, or a value of a higher unit, leaves to the place (`rulebook.local.check_local`).
    """
    document = plain_rulebook().document(draft.document)
    central = model_of(plain_rulebook(), document, draft.key, draft.starts_on)
    value = value_of_text(central, draft.value)
    if not draft.quotation.strip():
        raise Refused("no_quotation", say("Chép lại câu của văn bản nêu giá trị này."), "quotation")
    is_local = bool(draft.local_document)
    if is_local:
        _check_local(actor, draft, central, value)
    else:
        _check_confirmation(draft, central, document.code)
    starts = None if is_local or draft.key in document.structure else central.valid_from
    kept = None if is_local else draft.text_id
    return ValueProposal.objects.create(
        kind=Kind.LOCAL if is_local else Kind.CONFIRMATION, document=document.code, key=draft.key, starts_on=starts,
        value=list(value) if isinstance(value, tuple) else value, unit=central.unit, article=draft.article,
        quotation=draft.quotation.strip(), text_id=kept, local_document=draft.local_document, pilot=draft.pilot,
        valid_from=draft.valid_from if is_local else None, valid_to=draft.valid_to if is_local else None,
        at_unit_id=draft.at_unit_id if is_local else None,
        proposed_by=actor.user_id, proposer=actor.name,
    )  # fmt: skip


def _check_confirmation(draft: ValueDraft, central: Parameter, document: str) -> None:
    if central.verified:
        raise Refused("already_confirmed", say("Giá trị này đã được đối chiếu với văn bản."), "value")
    if not DocumentText.objects.filter(pk=draft.text_id, document=document).exists():
        raise Refused("no_text", say("Phải kèm tệp văn bản đã đọc giá trị này."), "text")


def _check_local(actor: Actor, draft: ValueDraft, central: Parameter, value: Any) -> None:
    if draft.valid_from is None or (draft.valid_to is not None and draft.valid_to <= draft.valid_from):
        raise Refused(
            "dates_out_of_order", say("Ghi ngày bắt đầu, và ngày kết thúc phải sau ngày ấy."), "valid_from"
        )
    if entry_of(draft.local_document) is None:
        raise Refused(
            "unknown_document", say("Văn bản {code} chưa có trong sổ; thêm vào sổ trước.", code=draft.local_document),
            "local_document",
        )  # fmt: skip
    local = replace(local_value(draft, central, value), under=draft.document)
    for higher in (central, *_higher_values(actor, draft, draft.valid_from)):
        check_local(higher, local)


def _higher_values(actor: Actor, draft: ValueDraft, first: date) -> list[Parameter]:
    """The values that hold on the days of a draft above its unit. Raises Refused for a unit not to act on."""
    if draft.at_unit_id is None:
        return []
    if organization.units_outside_scope(actor=actor, as_of=first, ids=[draft.at_unit_id], permission=WRITE):
        raise Refused("outside_scope", say("Đơn vị này ngoài phạm vi được giao."), "at_unit")
    path = organization.path(actor=actor, as_of=first, unit_id=draft.at_unit_id)
    if not path:
        raise Refused(
            "unknown_unit", say("Ngày bắt đầu áp dụng chưa có, hoặc không còn đơn vị này."), "at_unit"
        )
    versions = (
        rulebook(tuple(row.id for row in path[:-1])).document(draft.document).parameters.get(draft.key, ())
    )
    last = draft.valid_to or date.max
    return [
        one for one in versions if (one.valid_from or date.min) < last and first < (one.valid_to or date.max)
    ]


@action(
    "regulations.confirm_value", permission=WRITE, subject=lambda one: {"proposal": one.pk, "key": one.key}
)
def confirm_value(*, actor: Actor, proposal_id: int) -> ValueProposal:
    """Confirms a value as a second person. Raises Refused for whoever proposed it, Conflict where it was decided."""
    proposal = _waiting(proposal_id)
    if actor.user_id is None or proposal.proposed_by == actor.user_id:
        raise Refused(
            "same_person",
            say("Người đề xuất không được tự xác nhận; cần một người khác đọc văn bản."),
            "proposal",
        )
    try:
        with transaction.atomic():
            return _decided(proposal, actor, Outcome.CONFIRMED, "")
    except IntegrityError as error:
        raise Refused(
            "already_confirmed",
            say("Giá trị này đã được xác nhận, hoặc trùng thời gian với một giá trị khác."),
            "value",
        ) from error


@action(
    "regulations.refuse_value", permission=WRITE, subject=lambda one: {"proposal": one.pk, "key": one.key}
)
def refuse_value(*, actor: Actor, proposal_id: int, reason: str) -> ValueProposal:
    """Turns a proposal down, or takes the own one back; the reason is kept."""
    if not reason.strip():
        raise Refused("no_reason", say("Ghi lý do không xác nhận."), "reason")
    return _decided(_waiting(proposal_id), actor, Outcome.REFUSED, reason.strip()[:400])


def _waiting(proposal_id: int) -> ValueProposal:
    proposal = ValueProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound(str(proposal_id))
    if proposal.outcome != Outcome.PROPOSED:
        raise Conflict("already_decided", say("Đề xuất này đã được quyết định rồi."), str(proposal_id))
    return proposal


def _decided(proposal: ValueProposal, actor: Actor, outcome: Outcome, reason: str) -> ValueProposal:
    proposal.outcome, proposal.reason = outcome, reason
    proposal.decided_by, proposal.decider, proposal.decided_at = actor.user_id, actor.name, Now()
    proposal.save(update_fields=["outcome", "reason", "decided_by", "decider", "decided_at"])
    proposal.refresh_from_db(fields=["decided_at"])
    return proposal


@action(
    "regulations.end_local_value", permission=WRITE, subject=lambda one: {"proposal": one.pk, "key": one.key}
)
def end_local_value(*, actor: Actor, proposal_id: int, on: date) -> ValueProposal:
    """A local value no longer holds from day `on`; what was judged before stays as it was."""
    kept = ValueProposal.objects.select_for_update().filter(
        pk=proposal_id, kind=Kind.LOCAL, outcome=Outcome.CONFIRMED
    ).first()  # fmt: skip
    if kept is None:
        raise NotFound(str(proposal_id))
    if on <= kept.valid_from or (kept.valid_to is not None and on >= kept.valid_to):
        raise Refused(
            "not_inside", say("Ngày kết thúc phải nằm trong thời gian giá trị này đang áp dụng."), "on"
        )
    kept.valid_to = on
    kept.save(update_fields=["valid_to"])
    return kept


@action("regulations.bring_draft", permission=WRITE, subject=lambda one: {"document": one.code})
def bring_draft(*, actor: Actor, name: str, content: bytes) -> DraftRules:
    """Keeps a draft of rules for questions of what would be. Raises Refused with every fault found in it."""
    document, text = checked_draft(name, content)
    known = {code for one in plain_rulebook().documents for code in one.standards}
    if not set(document.standards) & known:
        raise Refused(
            "nothing_to_compare",
            say("Dự thảo không đặt tiêu chuẩn nào trùng mã với tiêu chuẩn hiện có; không có gì để so sánh."), "rules",
        )  # fmt: skip
    if any(document.code == entry.code for entry in entries()):
        raise Refused("document_exists", say("Số hiệu {code} đã có trong sổ.", code=document.code), "rules")
    kept, _created = DraftRules.objects.update_or_create(
        code=document.code,
        defaults={
            "slug": slug_of(document.code), "title": document.title.template[:400], "text": text,
            "standards": sorted(document.standards), "added_by": actor.user_id,
        },
    )  # fmt: skip
    return kept


@action("regulations.drop_draft", permission=WRITE, subject=lambda code: {"document": code})
def drop_draft(*, actor: Actor, draft_id: int) -> str:
    """Puts a draft away."""
    kept = DraftRules.objects.filter(pk=draft_id).first()
    if kept is None:
        raise NotFound(str(draft_id))
    kept.delete()
    return str(kept.code)
