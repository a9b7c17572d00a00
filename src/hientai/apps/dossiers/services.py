"""Acts on dossiers: open a purpose, bring papers, appraise them, waive one with a ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import models, selectors
from hientai.apps.dossiers.deadlines import due_on, share
from hientai.apps.dossiers.drawing import digest_of, draw
from hientai.apps.dossiers.templates_in_use import kind_of, template_of
from hientai.apps.dossiers.types import (
    APPRAISE,
    DECLARATIONS_WRITE,
    WRITE,
    DeclarationStep,
    Outcome,
    PaperDraft,
)
from hientai.engines.interval import add_months, day_after
from hientai.engines.wording import say
from hientai.foundation import vault
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.documents.incoming import Incoming, inspect
from hientai.foundation.errors import Conflict, Forbidden, NotFound, Refused
from hientai.rulebook.dossiers import Kept, PaperKind


@action("dossiers.open_purpose", permission=WRITE, subject=lambda purpose: {"purpose_id": purpose.pk})
def open_purpose(
    *, actor: Actor, title: str, template: str, needed_on: date | None = None, reference: str = ""
) -> models.Purpose:
    """The office adopts a template for a purpose. Raises Refused for an empty title or a template not in force."""
    if not title.strip():
        raise Refused("title_missing", say("Ghi tên đợt hồ sơ."), "title")
    if not template_of(template).holds_on(actor.today):
        raise Refused("template_not_in_force", say("Mẫu danh mục này không còn hiệu lực."), "template")
    return models.Purpose.objects.create(
        title=title.strip(),
        template=template,
        needed_on=needed_on,
        opened_on=actor.today,
        reference=reference,
    )


@action("dossiers.close_purpose", permission=WRITE, subject=lambda purpose: {"purpose_id": purpose.pk})
def close_purpose(*, actor: Actor, purpose_id: int) -> models.Purpose:
    """No more papers are asked for; what is there stays readable."""
    purpose = _open_purpose(purpose_id)
    purpose.closed_on = actor.today
    purpose.save(update_fields=["closed_on"])
    return purpose


@action("dossiers.add_people", permission=WRITE, subject=lambda made: {"dossiers": made})
def add_people(*, actor: Actor, purpose_id: int, person_ids: Sequence[int]) -> int:
    """Opens a dossier for each person that has none yet; returns how many. Raises NotFound for one out of scope."""
    purpose = _open_purpose(purpose_id)
    outside = cadres.outside_scope(actor=actor, as_of=actor.today, ids=list(person_ids), permission=WRITE)
    if outside:
        raise NotFound(str(outside[0]))
    known = set(purpose.dossiers.values_list("person_id", flat=True))
    new = [
        models.Dossier(purpose=purpose, person_id=person, opened_on=actor.today)
        for person in dict.fromkeys(person_ids)
        if person not in known
    ]
    return len(models.Dossier.objects.bulk_create(new))


def _open_purpose(purpose_id: int) -> models.Purpose:
    purpose = models.Purpose.objects.select_for_update().filter(pk=purpose_id).first()
    if purpose is None:
        raise NotFound(str(purpose_id))
    if purpose.closed_on is not None:
        raise Refused("purpose_closed", say("Đợt hồ sơ đã khóa, không nhận thêm giấy tờ."), str(purpose_id))
    return purpose


def _reachable(actor: Actor, permission: str) -> QuerySet:
    """Dossiers the actor may work on: never through the right to see one's own."""
    scope = replace(actor.scope(permission), own_person_code="")
    seen = scope.sql(unit="person__held_by_id", tier="person__tier")
    return models.Dossier.objects.all() if seen is None else models.Dossier.objects.filter(seen)


@action("dossiers.bring_papers", permission=WRITE, subject=lambda ids: {"versions": len(ids)})
def bring_papers(*, actor: Actor, papers: Sequence[tuple[int, PaperDraft]]) -> list[int]:
    """Papers for dossiers (dossier id, paper), all or nothing; each becomes the newest version of its line.

    Returns the ids of the versions in order. Raises BadInput for a file that is refused, Refused for a paper the list
    does not ask for, a day in the future, or content where only the state is kept; NotFound outside the scope.
    """
    ids = sorted({dossier for dossier, _ in papers})
    dossiers = {
        one.id: one
        for one in _reachable(actor, WRITE)
        .filter(pk__in=ids)
        .select_related("purpose", "person")
        .select_for_update(of=("self",))
        .order_by("id")
    }
    numbers = _numbers(ids)
    new = []
    for dossier_id, draft in papers:
        if dossier_id not in dossiers:
            raise NotFound(str(dossier_id))
        new.append(_version(actor, dossiers[dossier_id], draft, numbers))
    return [version.pk for version in models.PaperVersion.objects.bulk_create(new)]


def _numbers(dossiers: Sequence[int]) -> dict[tuple[int, str, int], int]:
    found = models.PaperVersion.objects.filter(dossier_id__in=dossiers).values_list(
        "dossier_id", "item", "part"
    )
    return {(d, item, part): newest for d, item, part, newest in found.annotate(newest=Max("number"))}


def _version(
    actor: Actor, dossier: models.Dossier, draft: PaperDraft, numbers: dict[tuple[int, str, int], int]
) -> models.PaperVersion:
    if dossier.purpose.closed_on is not None:
        raise Refused(
            "purpose_closed", say("Đợt hồ sơ đã khóa, không nhận thêm giấy tờ."), str(dossier.purpose_id)
        )
    kind = kind_of(template_of(dossier.purpose.template), draft.item)
    _check_days(kind, draft, actor.today)
    key = dossier.id, draft.item, draft.part
    numbers[key] = numbers.get(key, 0) + 1
    fields = _file_fields(_brought(kind, draft), draft.name)
    return models.PaperVersion(
        dossier=dossier, item=draft.item, part=draft.part, number=numbers[key], issued_on=draft.issued_on,
        valid_to=_valid_to(kind, draft), certified=draft.certified, signed=draft.signed, record=draft.record,
        user_id=actor.user_id, uploaded_by=actor.name, received_on=actor.today, **fields,
    )  # fmt: skip


def _check_days(kind: PaperKind, draft: PaperDraft, today: date) -> None:
    if draft.issued_on is None and kind.valid_months is not None:
        raise Refused("day_missing", say("Giấy tờ này có thời hạn: ghi ngày cấp (ngày ký)."), "issued_on")
    if draft.issued_on is not None and draft.issued_on > today:
        raise Refused("day_in_future", say("Ngày cấp ở tương lai."), "issued_on")
    if draft.valid_until and draft.issued_on and draft.valid_until < draft.issued_on:
        raise Refused("ends_before_day", say("Ngày hết hạn trước ngày cấp."), "valid_until")


def _valid_to(kind: PaperKind, draft: PaperDraft) -> date | None:
    """The first day it is no longer good: the term of the list or the paper's own last day, whichever comes first."""
    days = [day_after(draft.valid_until)] if draft.valid_until else []
    if kind.valid_months is not None and draft.issued_on is not None:
        days.append(add_months(draft.issued_on, kind.valid_months) + timedelta(days=1))
    return min((day for day in days if day is not None), default=None)


def _brought(kind: PaperKind, draft: PaperDraft) -> Incoming | None:
    if kind.kept == Kept.STATE:
        if draft.content is not None:
            raise Refused(
                "content_not_kept",
                say("Giấy tờ này chỉ ghi tình trạng: không đưa tệp lên, chỉ ghi đã có và ngày."),
                "file",
            )
        if draft.issued_on is None:
            raise Refused("day_missing", say("Ghi ngày của giấy tờ."), "issued_on")
        return None
    if draft.content is None:
        raise Refused("file_missing", say("Chọn tệp cần đưa lên."), "file")
    return inspect(draft.content, draft.name)


def _file_fields(file: Incoming | None, name: str) -> Mapping[str, object]:
    if file is None:
        return {}
    return {
        "digest": vault.keep(file.content), "kind": file.kind, "name": name[-200:], "size": len(file.content),
        "pages": file.pages, "scanned": file.scanned,
    }  # fmt: skip


@action("dossiers.appraise", permission=APPRAISE, subject=lambda rows: {"appraisals": len(rows)})
def appraise(
    *, actor: Actor, version_ids: Sequence[int], outcome: str, reason: str = ""
) -> list[models.Appraisal]:
    """A second person's word on newest versions, all or nothing; a paper replaced afterwards needs another.

    Raises Refused for a paper one brought oneself, one's own dossier, or a return without reason; Conflict when a
    newer version was brought meanwhile; Forbidden without the level of the paper.
    """
    if outcome == Outcome.RETURNED and not reason.strip():
        raise Refused("reason_missing", say("Trả lại giấy tờ phải ghi lý do."), "reason")
    found = {
        v.id: v
        for v in models.PaperVersion.objects.filter(
            pk__in=version_ids, dossier__in=_reachable(actor, APPRAISE)
        ).select_related("dossier__purpose", "dossier__person")
    }
    numbers = _numbers([v.dossier_id for v in found.values()])
    for version_id in version_ids:
        if version_id not in found:
            raise NotFound(str(version_id))
        _check_may_appraise(actor, found[version_id], numbers)
    return models.Appraisal.objects.bulk_create(
        models.Appraisal(
            version_id=version_id, outcome=Outcome(outcome), reason=reason.strip(), user_id=actor.user_id,
            appraised_by=actor.name, appraised_on=actor.today,
        )
        for version_id in version_ids
    )  # fmt: skip


def _check_may_appraise(
    actor: Actor, version: models.PaperVersion, numbers: Mapping[tuple[int, str, int], int]
) -> None:
    if version.user_id == actor.user_id:
        raise Refused(
            "same_person",
            say("Người đưa giấy tờ lên không tự thẩm định; việc này của người thứ hai."),
            str(version.pk),
        )
    _check_not_own(actor, version.dossier)
    kind = kind_of(template_of(version.dossier.purpose.template), version.item)
    if kind.kept == Kept.FILE and not selectors.may_open(
        actor=actor, as_of=actor.today, dossier_id=version.dossier_id, secrecy=kind.secrecy
    ):
        raise Forbidden("dossiers.read_secret")
    if numbers[version.dossier_id, version.item, version.part] != version.number:
        raise Conflict(
            "replaced_meanwhile",
            say("Giấy tờ này vừa được thay bằng bản mới hơn; hãy mở bản mới rồi thẩm định."),
            str(version.pk),
        )


def _check_not_own(actor: Actor, dossier: models.Dossier) -> None:
    if actor.person_code and dossier.person.code == actor.person_code:
        raise Refused("own_dossier", say("Không tự thẩm định hồ sơ của chính mình."), str(dossier.pk))


@action("dossiers.waive", permission=APPRAISE, subject=lambda row: {"waiver_id": row.pk})
def waive(*, actor: Actor, dossier_id: int, item: str, ground: str) -> models.Waiver:
    """The paper need not be brought, on a ground. Raises Refused without one, or for one's own dossier."""
    return _waiver(actor, dossier_id, item, ground, granted=True)


@action("dossiers.take_back_waiver", permission=APPRAISE, subject=lambda row: {"waiver_id": row.pk})
def take_back_waiver(*, actor: Actor, dossier_id: int, item: str, ground: str) -> models.Waiver:
    """The paper is asked for after all; the waiver and why it was taken back stay readable."""
    return _waiver(actor, dossier_id, item, ground, granted=False)


def _waiver(actor: Actor, dossier_id: int, item: str, ground: str, *, granted: bool) -> models.Waiver:
    dossier = _reachable(actor, APPRAISE).filter(pk=dossier_id).select_related("purpose", "person").first()
    if dossier is None:
        raise NotFound(str(dossier_id))
    kind_of(template_of(dossier.purpose.template), item)
    _check_not_own(actor, dossier)
    if not ground.strip():
        raise Refused("ground_missing", say("Miễn một giấy tờ phải ghi căn cứ."), "ground")
    return models.Waiver.objects.create(
        dossier=dossier, item=item, granted=granted, ground=ground.strip(), user_id=actor.user_id,
        decided_by=actor.name, decided_on=actor.today,
    )  # fmt: skip


@action("declarations.open", permission=DECLARATIONS_WRITE, subject=lambda made: {"declarations": made})
def open_declarations(
    *,
    actor: Actor,
    kind: str,
    year: int,
    people: Sequence[tuple[int, int, bool]],
    event: date | None = None,
    reference: str = "",
) -> int:
    """Duties to declare for people (person id, unit id, head or deputy); returns how many were new.

    event: the day they joined, or the procedure begins. Raises NotFound for somebody out of scope, Refused without a
    needed event.
    """  # fmt: skip
    ids = [person for person, _unit, _leads in people]
    outside = cadres.outside_scope(actor=actor, as_of=actor.today, ids=ids, permission=DECLARATIONS_WRITE)
    if outside:
        raise NotFound(str(outside[0]))
    due = due_on(kind, year, event, actor.today)
    known = set(
        models.Declaration.objects.filter(
            kind=kind, year=year, reference=reference, person_id__in=ids
        ).values_list("person_id", flat=True)
    )
    new = [
        models.Declaration(
            person_id=person, kind=kind, year=year, reference=reference, unit_id=unit, leads=leads,
            opened_on=actor.today, due_on=due,
        )
        for person, unit, leads in people
        if person not in known
    ]  # fmt: skip
    return len(models.Declaration.objects.bulk_create(new))


@action("declarations.record", permission=DECLARATIONS_WRITE, subject=lambda made: {"declarations": made})
def record_step(*, actor: Actor, declaration_ids: Sequence[int], step: str, on: date) -> int:
    """A step was done on a day for these declarations, all or nothing; a step is recorded once and in its order."""
    name = DeclarationStep(step).value
    if on > actor.today:
        raise Refused("day_in_future", say("Ngày ghi ở tương lai."), "on")
    scope = replace(actor.scope(DECLARATIONS_WRITE), own_person_code="")
    seen = scope.sql(unit="person__held_by_id", tier="person__tier")
    found = models.Declaration.objects.select_for_update(of=("self",)).filter(pk__in=declaration_ids)
    rows = list((found if seen is None else found.filter(seen)).order_by("id"))
    if len(rows) != len(set(declaration_ids)):
        raise NotFound(str(sorted(set(declaration_ids) - {row.pk for row in rows})[0]))
    for row in rows:
        before = {"filed_on": row.opened_on, "published_on": row.handed_over_on}.get(name, row.filed_on)
        if getattr(row, name) is not None:
            raise Refused("recorded_already", say("Bước này đã được ghi."), str(row.pk))
        if before is None or (name != "filed_on" and on < before):
            raise Refused(
                "out_of_order", say("Chưa qua bước trước, hoặc ngày sớm hơn bước trước."), str(row.pk)
            )
        setattr(row, name, on)
    return models.Declaration.objects.bulk_update(rows, [name])


@action(
    "declarations.draw",
    permission=DECLARATIONS_WRITE,
    subject=lambda row: {"drawing_id": row.pk, "year": row.year},
)
def draw_lots(*, actor: Actor, year: int, digest: str, seed: str) -> models.Drawing:
    """Draws who is verified among those who declare for a year; the list was closed before, as `digest` proves.

    Raises NotFound for a year in which nobody declares, Refused without a seed or for a year drawn before, Conflict
    when the list is no longer the one that was closed.
    """
    if not seed.strip():
        raise Refused("seed_missing", say("Ghi số đã bốc công khai."), "seed")
    if models.Drawing.objects.filter(year=year).exists():
        raise Refused("drawn_already", say("Năm {year} đã bốc thăm.", year=year), "year")
    listed = selectors.declarants(actor=actor, as_of=actor.today, year=year)
    if not listed:
        raise NotFound(str(year))
    now = digest_of(one.code for one in listed)
    if now != digest.strip():
        raise Conflict(
            "list_changed",
            say("Danh sách kê khai đã đổi sau khi chốt: mã băm nay là {digest}.", digest=now),
            "digest",
        )
    drawn = draw(seed.strip(), listed, share(actor.today))
    return models.Drawing.objects.create(
        year=year, seed=seed.strip(), digest=now, declarants=len(listed), chosen=list(drawn.chosen),
        user_id=actor.user_id, drawn_by=actor.name, drawn_on=actor.today,
    )  # fmt: skip
