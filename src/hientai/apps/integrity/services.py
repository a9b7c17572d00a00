"""Acts on good records: keep the day's evaluation, campaigns, and changes that one proposes and others decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres import services as cadre_services
from hientai.apps.cadres.drafts import PersonChange
from hientai.apps.cadres.types import RecordDraft
from hientai.apps.integrity import expunging, models, selectors
from hientai.apps.integrity.fields import BY_NAME, corrections_of, read, values_of
from hientai.apps.integrity.proposals import opened, records_of, sealed
from hientai.apps.integrity.types import (
    APPROVE,
    CAMPAIGN,
    CONFIRM,
    EXPUNGE,
    OPEN,
    OWN,
    PROPOSE,
    READ,
    SIGN_OFF,
    ProposalState,
)
from hientai.engines.wording import say
from hientai.foundation import expunging as destroying
from hientai.foundation import registry, snapshot, vault
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.documents.incoming import inspect
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.models import Tombstone


@action("integrity.keep_day", permission=CAMPAIGN, subject=lambda units: {"units": units})
def keep_day(*, actor: Actor) -> int:
    """Evaluates the records of today and keeps people and clean ones of each unit; returns how many units."""
    found = selectors.quality(actor=actor, as_of=actor.today)
    rows = [
        models.QualityDay(day=actor.today, unit_id=u.unit_id, people=u.people, clean=u.clean)
        for u in found.units
    ]
    models.QualityDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "day"], update_fields=["people", "clean"]
    )
    return len(rows)


@action("integrity.open_campaign", permission=CAMPAIGN, subject=lambda campaign: {"campaign_id": campaign.pk})
def open_campaign(
    *, actor: Actor, title: str, rules: Sequence[str], due_on: date, unit_id: int | None = None
) -> models.Campaign:
    """Rules to be worked off by a day in every unit that keeps files; each unit has its line from the first day.

    Raises Refused without a title or rule, for a day that has passed, or where no unit keeps a file.
    """
    known = selectors.rules(actor=actor, as_of=actor.today)
    wanted = [code for code in dict.fromkeys(rules) if code in known]
    if not title.strip():
        raise Refused("title_missing", say("Ghi tên đợt làm sạch."), "title")
    if not wanted:
        raise Refused("rules_missing", say("Chọn ít nhất một quy tắc."), "rules")
    if due_on < actor.today:
        raise Refused("due_in_the_past", say("Hạn hoàn thành đã qua."), "due_on")
    units = selectors.units_with_files(actor=actor, as_of=actor.today, unit_id=unit_id)
    if not units:
        raise Refused("no_units", say("Không có đơn vị nào giữ hồ sơ trong phạm vi này."), "unit")
    at_fault = selectors.people_at_fault(actor=actor, as_of=actor.today, codes=wanted)
    opened = models.Campaign.objects.create(
        title=title.strip(), unit_id=unit_id, rules=wanted, opened_on=actor.today, due_on=due_on,
        user_id=actor.user_id,
    )  # fmt: skip
    models.CampaignUnit.objects.bulk_create(
        models.CampaignUnit(campaign=opened, unit_id=unit, people=people, at_start=at_fault.get(unit, 0))
        for unit, people in sorted(units.items())
    )
    return opened


@action("integrity.sign_off", permission=SIGN_OFF, subject=lambda line: {"campaign_unit_id": line.pk})
def sign_off(*, actor: Actor, campaign_id: int, unit_id: int, remark: str = "") -> models.CampaignUnit:
    """The unit answers for its records. What is left must be explained; signed is signed.

    Raises NotFound outside the actor's scope, Refused when something is left without a remark or it was signed before.
    """
    seen = actor.scope(SIGN_OFF).sql(unit="unit_id")
    lines = models.CampaignUnit.objects.select_for_update().filter(campaign_id=campaign_id, unit_id=unit_id)
    line = (lines if seen is None else lines.filter(seen)).select_related("campaign").first()
    if line is None:
        raise NotFound(str(unit_id))
    if line.signed_on is not None:
        raise Refused(
            "signed_already", say("Đơn vị đã ký xác nhận ngày {day}.", day=f"{line.signed_on:%d/%m/%Y}")
        )
    actor.check_may(READ)
    left = selectors.people_at_fault(
        actor=actor, as_of=actor.today, codes=line.campaign.rules, units=[unit_id]
    ).get(unit_id, 0)
    if left and not remark.strip():
        raise Refused(
            "left_unexplained",
            say("Còn {count} hồ sơ chưa sạch: sửa xong, hoặc ghi lý do chưa sửa được.", count=left),
            "remark",
        )
    line.signed_on, line.signed_by, line.signed_by_id = actor.today, actor.name, actor.user_id
    line.left_at_signing, line.remark = left, remark.strip()
    line.save()
    return line


WRITE = "person.write"


def _asked(seen: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """{field: (before, after)} of what was really changed; raises Refused for nothing."""
    wanted = {name: read(name, text) for name, text in typed.items() if name in BY_NAME}
    changed = {name: (seen[name], after) for name, after in wanted.items() if after != seen[name]}
    if not changed:
        raise Refused("nothing_changed", say("Chưa có ô nào khác với hồ sơ."))
    return changed


def _check_unmoved(seen: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Raises Conflict that names the fields somebody changed since the file was opened."""
    moved = [name for name in BY_NAME if seen.get(name) != now[name]]
    if moved:
        raise Conflict(
            "changed_meanwhile",
            say(
                "Hồ sơ vừa được người khác sửa ({fields}). Chưa ghi gì; những gì đã gõ còn nguyên ở dưới. "
                "Xem giá trị mới rồi gửi lại.",
                fields=", ".join(str(BY_NAME[name].label) for name in moved),
            ),
            ",".join(moved),
        )


@action(
    "record.propose",
    permission=OWN,
    subject=lambda row: {"proposal_id": row.pk, "person_id": row.person_id},
)
def propose(
    *,
    actor: Actor,
    person_id: int,
    seen: Mapping[str, str],
    typed: Mapping[str, str],
    reason: str,
    papers: Sequence[tuple[str, bytes]] = (),
    records: Sequence[RecordDraft] = (),
    unread: Sequence[str] = (),
) -> models.Proposal:
    """A change for others to decide, of the own file or of one in reach of `record.propose`.

    seen: fields as the proposer opened them; typed: as they should be; papers: (name, content) of what proves it;
    records: of the file to be added or changed; unread: what a form said that nobody could place. Raises Refused for
    nothing changed or no reason, Conflict when the file was changed since it was opened, NotFound outside the scope.
    """  # fmt: skip
    file = cadres.file_under(actor=actor, as_of=actor.today, person_id=person_id, permission=PROPOSE)
    changes = {} if records and not typed else _asked(seen, typed)
    if not reason.strip():
        raise Refused("reason_missing", say("Ghi lý do đề nghị."), "reason")
    _check_unmoved(seen, values_of(file))
    made = models.Proposal.objects.create(
        person_id=person_id, version=file.version, changes=sealed(changes, records, unread), reason=reason.strip(),
        user_id=actor.user_id, proposed_by=actor.name,
    )  # fmt: skip
    for name, content in papers:
        brought = inspect(content, name)
        models.Evidence.objects.create(
            proposal=made, digest=vault.keep(content), kind=brought.kind, name=name[-200:]
        )
    return made


@action("record.confirm", permission=CONFIRM, subject=lambda row: {"proposal_id": row.pk})
def confirm(*, actor: Actor, proposal_id: int, note: str = "") -> models.Proposal:
    """The unit confirms what its person proposed. Raises Refused for the proposer, or for one that is not waiting."""
    found = _proposal(actor, proposal_id, CONFIRM, (ProposalState.PROPOSED,))
    _check_another(actor, found)
    return _step(actor, found, ProposalState.CONFIRMED, note)


@action("record.approve", permission=APPROVE, subject=lambda row: {"proposal_id": row.pk})
def approve(
    *, actor: Actor, proposal_id: int, note: str = "", knowing: bool = False, without: Collection[str] = ()
) -> models.Proposal:  # fmt: skip
    """The managing board approves: the file is written, field by field and record by record, and keeps what it said.

    knowing: approve although a field was changed since it was proposed; without: what is not accepted (a field, or
    `record:<number>`), named in the note. Raises Conflict for a change without `knowing` or a record changed since,
    Refused for the proposer or the one who confirmed, for one the unit has not confirmed, or when nothing is left.
    """
    found = _proposal(actor, proposal_id, APPROVE, (ProposalState.CONFIRMED,))
    _check_another(actor, found)
    file = cadres.file_under(actor=actor, as_of=actor.today, person_id=found.person_id, permission=WRITE)
    left_out = [str(BY_NAME[name].label) for name in opened(found) if name in without]
    changes = {name: pair for name, pair in opened(found).items() if name not in without}
    records = [(n, draft) for n, draft in enumerate(records_of(found)) if f"record:{n}" not in without]
    left_out += [draft.title for n, draft in enumerate(records_of(found)) if f"record:{n}" in without]
    if not changes and not records:
        raise Refused(
            "nothing_left", say("Không còn gì được duyệt; hãy chọn “Không chấp nhận”."), str(proposal_id)
        )
    now = values_of(file)
    moved = [name for name, (before, _after) in changes.items() if now[name] != before]
    if moved and not knowing:
        raise Conflict(
            "changed_meanwhile",
            say(
                "Sau khi đề nghị, hồ sơ đã đổi ở: {fields}. Xem lại ba cột rồi duyệt nếu vẫn đúng.",
                fields=", ".join(str(BY_NAME[name].label) for name in moved),
            ),
            str(proposal_id),
        )
    because = say("Đề nghị số {number}: {reason}", number=found.pk, reason=found.reason).render()[:300]
    if changes:
        after = {name: after for name, (_before, after) in changes.items()}
        _write(actor, file.id, file.version, file.biography_id, after, because)
    for _number, draft in records:
        _write_record(actor, file.id, draft, because)
    if left_out:
        note = say("{note} Không nhận: {left}.", note=note, left=", ".join(left_out)).render().strip()
    return _step(actor, found, ProposalState.APPROVED, note)


def _write_record(actor: Actor, person_id: int, draft: RecordDraft, because: str) -> None:
    """One record as it was proposed. Raises Conflict when somebody changed it since."""
    which = {"actor": actor, "slug": draft.slug, "row_id": draft.row or 0}
    if draft.doing == "them":
        cadre_services.add_record(
            actor=actor, person_id=person_id, slug=draft.slug, values=draft.values, since=draft.since,
            until=draft.until, source=because,
        )  # fmt: skip
    elif draft.doing == "thay-doi" and draft.since:
        cadre_services.change_record(**which, values=draft.values, on=draft.since, source=because)
    elif draft.doing == "dinh-chinh":
        cadre_services.correct_record(
            **which, values=draft.values, since=draft.since, until=draft.until, because=because
        )
    elif draft.doing == "ket-thuc" and draft.since:
        cadre_services.end_record(**which, on=draft.since, source=because)
    elif draft.doing == "rut":
        cadre_services.withdraw_record(**which, because=because)
    else:
        raise Refused(
            "unknown_act", say("Đề nghị này không ghi được: {doing}.", doing=draft.doing), draft.slug
        )


@action("record.refuse", permission=CONFIRM, subject=lambda row: {"proposal_id": row.pk})
def refuse(*, actor: Actor, proposal_id: int, note: str) -> models.Proposal:
    """Not accepted, with the reason. Raises Refused without one."""
    if not note.strip():
        raise Refused("reason_missing", say("Không chấp nhận thì phải ghi lý do."), "note")
    return _step(actor, _proposal(actor, proposal_id, CONFIRM, OPEN), ProposalState.REFUSED, note)


@action("record.withdraw", permission=OWN, subject=lambda row: {"proposal_id": row.pk})
def withdraw(*, actor: Actor, proposal_id: int) -> models.Proposal:
    """The proposer takes it back before it is decided."""
    found = _proposal(actor, proposal_id, PROPOSE, OPEN)
    if found.user_id != actor.user_id:
        raise Refused("not_the_proposer", say("Chỉ người đề nghị mới rút được."), str(proposal_id))
    return _step(actor, found, ProposalState.WITHDRAWN, "")


@action("record.correct", permission=WRITE, subject=lambda person: {"person_id": person})
def correct_record(
    *, actor: Actor, person_id: int, seen: Mapping[str, str], typed: Mapping[str, str], reason: str
) -> int:
    """An officer of the board corrects a file at once. Raises Conflict that names what somebody changed meanwhile."""
    file = cadres.file_under(actor=actor, as_of=actor.today, person_id=person_id, permission=WRITE)
    changes = _asked(seen, typed)
    if not reason.strip():
        raise Refused("reason_missing", say("Sửa hồ sơ phải ghi lý do."), "reason")
    if actor.person_code and file.code == actor.person_code:
        raise Refused("own_record", say("Không tự sửa hồ sơ của chính mình; hãy gửi đề nghị."), file.code)
    _check_unmoved(seen, values_of(file))
    _write(
        actor,
        person_id,
        file.version,
        file.biography_id,
        {n: after for n, (_b, after) in changes.items()},
        reason,
    )
    return person_id


def _write(
    actor: Actor, person_id: int, version: str, biography_id: int, after: Mapping[str, str], because: str
) -> None:
    change = PersonChange(person_id, version, actor.today, biography_id, corrections=corrections_of(after))
    cadre_services.change_people(actor=actor, changes=[change], source=because[:300], because=because[:300])


def _proposal(actor: Actor, proposal_id: int, permission: str, states: Sequence[str]) -> models.Proposal:
    found = (
        models.Proposal.objects.visible_to(actor, permission)
        .select_for_update(of=("self",))
        .filter(pk=proposal_id)
        .select_related("person")
        .first()
    )
    if found is None:
        raise NotFound(str(proposal_id))
    if found.state not in states:
        raise Refused(
            "not_waiting", say("Đề nghị này không ở bước đó nữa: {state}.", state=found.get_state_display())
        )
    return found


def _check_another(actor: Actor, found: models.Proposal) -> None:
    """Proposer, unit and board are different people, and nobody decides about the own file."""
    before = {found.user_id, *found.steps.values_list("user_id", flat=True)}
    if actor.user_id in before or (actor.person_code and found.person.code == actor.person_code):
        raise Refused(
            "same_person",
            say("Bước này cần một người khác với người đề nghị và người đã xác nhận."),
            str(found.pk),
        )


def _step(actor: Actor, found: models.Proposal, state: ProposalState, note: str) -> models.Proposal:
    models.ProposalStep.objects.create(
        proposal=found, state=state, note=note.strip()[:300], user_id=actor.user_id, done_by=actor.name
    )
    found.state = state
    found.save(update_fields=["state"])
    return found


# --- lawful destruction


@action(
    "record.ask_destruction",
    permission=EXPUNGE,
    subject=lambda stone: {"tombstone": stone.pk, "person_id": stone.subject},
)
def ask_destruction(
    *, actor: Actor, person_id: int, decision: str, decided_on: date, ground: str
) -> Tombstone:
    """A file is to be destroyed on a decision; nothing happens until a second person confirms.

    decision: number and issuer; ground: the retention rule that ended. Raises Refused without a decision or ground, for
    a day to come, for somebody who still holds a post, or for one's own file; NotFound outside the scope.
    """
    code = cadres.codes_under(actor=actor, as_of=actor.today, ids=[person_id], permission=EXPUNGE).get(
        person_id
    )
    if code is None:
        raise NotFound(str(person_id))
    if not decision.strip():
        raise Refused("decision_missing", say("Ghi số quyết định cho hủy hồ sơ."), "decision")
    if not ground.strip():
        raise Refused("ground_missing", say("Ghi căn cứ: thời hạn bảo quản nào đã hết."), "ground")
    if decided_on > actor.today:
        raise Refused("day_in_future", say("Ngày quyết định ở tương lai."), "decided_on")
    if actor.user_id is None or (actor.person_code and actor.person_code == code):
        raise Refused("own_record", say("Không đề nghị hủy hồ sơ của chính mình."), code)
    _check_not_serving(actor, person_id)
    if Tombstone.objects.filter(subject=person_id, refused_at__isnull=True).exists():
        raise Refused("asked_already", say("Hồ sơ này đã có đề nghị hủy đang chờ."), code)
    return Tombstone.objects.create(
        subject=person_id, code=code, decision=decision.strip()[:200], decided_on=decided_on,
        ground=ground.strip()[:300], asked_by=actor.name, asked_by_id=actor.user_id,
    )  # fmt: skip


def _check_not_serving(actor: Actor, person_id: int) -> None:
    for person in expunging.with_merged(person_id):
        if cadres.posts_that_lead(actor=actor, as_of=actor.today, ids=[person]):
            raise Refused(
                "still_serving",
                say("Người này còn giữ chức vụ; hồ sơ của người đang công tác không được hủy."),
                "code",
            )


@action("record.refuse_destruction", permission=EXPUNGE, subject=lambda stone: {"tombstone": stone.pk})
def refuse_destruction(*, actor: Actor, tombstone_id: int, because: str) -> Tombstone:
    """Not carried out, with the reason; the one who asked may take it back likewise. Raises Refused without one."""
    if not because.strip():
        raise Refused("reason_missing", say("Phải ghi lý do."), "because")
    stone = _waiting_stone(actor, tombstone_id)
    stone.refused_by, stone.refused_because, stone.refused_at = (
        actor.name,
        because.strip()[:300],
        TransactionNow(),
    )
    stone.save(update_fields=["refused_by", "refused_because", "refused_at"])
    return stone


@action(
    destroying.CARRIED_OUT,
    permission=EXPUNGE,
    subject=lambda stone: {"tombstone": stone.pk, "person_id": stone.subject, "files": stone.files},
)
def destroy_file(*, actor: Actor, tombstone_id: int, code: str) -> Tombstone:
    """A second person confirms, and the file is gone: every record and version, papers and their files, snapshots.

    code: of the file, typed again. What stays is the tombstone, and in the audit trail that it happened. Raises Refused
    for the one who asked, for another code, or for somebody who serves again; NotFound, Conflict likewise.
    """
    stone = _waiting_stone(actor, tombstone_id)
    if actor.user_id is None or actor.user_id == stone.asked_by_id:
        raise Refused(
            "same_person", say("Người đề nghị không tự xác nhận hủy; việc này của người thứ hai."), "code"
        )
    if actor.person_code and actor.person_code == stone.code:
        raise Refused("own_record", say("Không xác nhận hủy hồ sơ của chính mình."), "code")
    if code.strip().casefold() != stone.code.casefold():
        raise Refused("wrong_code", say("Mã hồ sơ gõ lại không đúng; chưa hủy gì."), "code")
    _check_not_serving(actor, stone.subject)
    stone.people = expunging.with_merged(stone.subject)
    stone.confirmed_by, stone.confirmed_by_id, stone.confirmed_at = (
        actor.name,
        actor.user_id,
        TransactionNow(),
    )
    stone.save(update_fields=["people", "confirmed_by", "confirmed_by_id", "confirmed_at"])
    _carry_out(actor, stone)
    return stone


def _carry_out(actor: Actor, stone: Tombstone) -> None:
    people = list(stone.people)
    table = expunging.person_table()
    codes = list(table._default_manager.filter(pk__in=people).values_list("code", flat=True))
    rows, words = expunging.belongings(people)
    files, needles = expunging.digests(rows), [*codes, *expunging.numbers(rows)]
    gone = {}
    for model, ids in rows:
        name = model._meta.db_table
        gone[name] = destroying.remove(actor=actor, tombstone=stone, table=name, ids=ids)
    for model, ids in words:
        destroying.blank(
            actor=actor, tombstone=stone, table=model._meta.db_table, ids=ids,
            words=expunging.BLANKED[model._meta.label_lower],
        )  # fmt: skip
    for erase in registry.erasers():
        erase(actor=actor, codes=codes)
    table._default_manager.filter(pk__in=people).update(held_by=None, tier="")
    unused = files - expunging.still_used(files, rows)
    Tombstone.objects.filter(pk=stone.pk).update(removed=gone, files=len(unused))
    stone.removed, stone.files = gone, len(unused)
    transaction.on_commit(partial(_forget_copies, sorted(unused), needles))


def _forget_copies(digests: Sequence[str], needles: Sequence[str]) -> None:
    """What lies beside the database, once the destruction is certain: papers, snapshots, files under way."""
    for digest in digests:
        vault.destroy(digest)
    destroying.forget_files(needles)
    snapshot.forget()


def _waiting_stone(actor: Actor, tombstone_id: int) -> Tombstone:
    stone = Tombstone.objects.select_for_update().filter(pk=tombstone_id).first()
    reach = stone and cadres.codes_under(
        actor=actor, as_of=actor.today, ids=[stone.subject], permission=EXPUNGE
    )
    if stone is None or not reach:
        raise NotFound(str(tombstone_id))
    if stone.confirmed_at is not None or stone.refused_at is not None:
        raise Refused("not_waiting", say("Đề nghị hủy này đã được quyết định."), str(tombstone_id))
    return stone
