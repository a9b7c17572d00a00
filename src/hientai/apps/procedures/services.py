"""Acts on cases: open one, move it through its steps, count ballots on paper, correct, suspend, return, stop."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import selectors as dossier_questions
from hientai.apps.dossiers import services as dossiers
from hientai.apps.dossiers.types import WRITE as WRITE_DOSSIERS
from hientai.apps.procedures import replay
from hientai.apps.procedures import selectors as questions
from hientai.apps.procedures.fields import KINDS, fields_with
from hientai.apps.procedures.models import (
    Ballot,
    Case,
    CaseEvent,
    CaseName,
    DocumentTemplate,
    FinalCount,
    KeptDefinition,
    Sitting,
    Summons,
    TellerCount,
)
from hientai.apps.procedures.types import (
    ACT,
    CLOSE,
    COUNT,
    LEAD,
    READ,
    BallotRow,
    BallotState,
    CaseDraft,
    CaseStatus,
    NameDraft,
    Totals,
)
from hientai.engines.procedure import Definition, State, advance, begin, events
from hientai.engines.procedure.events import Ended, Event
from hientai.engines.procedure.record import kind_of, written
from hientai.engines.wording import say
from hientai.foundation import registry
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.documents.word_templates import unknown_fields
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.rulebook.procedures import calendar, definition_in_force, kept_document


def _said(case: Case) -> dict[str, int | str]:
    return {"case": case.code, "event": case.version}


@action("procedures.open", permission=LEAD, subject=_said)
def open_case(*, actor: Actor, draft: CaseDraft, on: date, token: UUID | None = None) -> Case:
    """Opens a case under the regime in force on a day; the same token opens it once.

    Raises Refused when nobody is put forward, somebody is out of reach, or the subject has an open case; BadInput when
    no such procedure is in force on that day.
    """
    known = Case.objects.filter(token=token).first() if token else None
    if known is not None:
        return known
    _check_not_later(actor, on)
    _check_draft(actor, draft)
    definition = definition_in_force(draft.kind, on)
    case = Case(
        code=f"…{uuid4().hex[:12]}", kept=_keep(definition), kind=draft.kind, title=draft.title.strip()[:300],
        unit_id=draft.unit_id, other_unit_id=draft.other_unit_id, subject_kind=draft.subject_kind,
        subject_id=draft.subject_id, opened_on=on, opened_by=actor.user_id, step=definition.first, entered_on=on,
        token=token or uuid4(),
    )  # fmt: skip
    if definition.deadline is not None:
        due = calendar().due(on, definition.deadline)
        case.whole_due_on, case.whole_due_certain = due.on, due.certain
    case.save(force_insert=True)
    case.code = f"QT-{on.year}-{case.pk:05d}"
    names = _enter_names(actor, case, draft.names)
    state, _ = begin(definition, names, on)
    _keep_state(case, state)
    return case


def _check_draft(actor: Actor, draft: CaseDraft) -> None:
    if not draft.title.strip():
        raise Refused("title_missing", say("Hãy đặt tên hồ sơ."), "title")
    if not draft.names:
        raise Refused("nobody_named", say("Hãy nêu ít nhất một người."), "names")
    if len(set(draft.names)) != len(draft.names):
        raise Refused("name_twice", say("Có người được nêu hai lần."), "names")
    ids = [name.person_id for name in draft.names]
    if cadres.outside_scope(actor=actor, as_of=actor.today, ids=ids, permission=LEAD):
        raise NotFound("names")
    if draft.subject_kind:
        open_ones = Case.objects.filter(subject_kind=draft.subject_kind, subject_id=draft.subject_id)
        if open_ones.exclude(status=CaseStatus.ENDED).exists():
            raise Refused("subject_has_case", say("Việc này đã có hồ sơ đang thực hiện."), draft.subject_id)


def _keep(definition: Definition) -> KeptDefinition:
    document = kept_document(definition)
    digest = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    kept, _ = KeptDefinition.objects.get_or_create(
        digest=digest, defaults={"code": definition.code, "version": definition.version, "document": document}
    )
    return kept


def _enter_names(actor: Actor, case: Case, drafts: Sequence[NameDraft]) -> list[str]:
    ids = list(dict.fromkeys(draft.person_id for draft in drafts))
    people = {row.id: row for row in cadres.rows(actor=actor, as_of=case.opened_on, ids=ids)}
    if len(people) < len(ids):
        raise Refused("not_on_file", say("Có người không có hồ sơ vào ngày mở quy trình."), "names")
    told = [people[draft.person_id] for draft in drafts]
    labels = replay.labels_told_apart([(p.name, str(p.born.year), p.code) for p in told])
    seats = [draft.seat_id for draft in drafts]
    if len(set(labels)) < len(labels):
        labels = [f"{label} – {place}" for place, label in enumerate(labels, 1)]
    rows = [
        CaseName(case=case, person_id=p.id, seat_id=seat, place=place, label=label,
                 position=", ".join(filter(None, (p.position, p.unit))))
        for place, (p, seat, label) in enumerate(zip(told, seats, labels, strict=True), 1)
    ]  # fmt: skip
    return [str(row.pk) for row in CaseName.objects.bulk_create(rows)]


# --- one way for every event


def _act(
    actor: Actor, code: str, expected: int, token: UUID | None, make: Callable[[Case, State], Event]
) -> Case:
    """Locks the case, takes the same form once, refuses what rests on an old page, stores the event and its effects."""
    case = Case.objects.visible_to(actor, READ).select_for_update(of=("self",)).filter(code=code).first()
    if case is None:
        raise NotFound(code)
    if token is not None and CaseEvent.objects.filter(token=token).exists():
        return case
    if case.version != expected:
        raise Conflict(
            "case_moved_on",
            say(
                "Người khác vừa ghi vào hồ sơ này. Hãy xem lại trang hiện tại rồi làm tiếp; chưa có gì bị ghi đè."
            ),
            code,
        )
    state = _state(actor, case)
    event = make(case, state)
    _check_not_later(actor, event.on)
    capacities = questions.capacities(actor=actor, as_of=actor.today, case_id=case.pk)
    moved, effects = advance(state, event, capacities)
    case.version += 1
    CaseEvent.objects.create(
        case=case, number=case.version, kind=kind_of(event), on=event.on, payload=written(event),
        token=token or uuid4(), user_id=actor.user_id, actor=actor.name,
    )  # fmt: skip
    _keep_state(case, moved)
    for effect in effects:
        if isinstance(effect, Ended):
            _tell_handler(actor, case, effect)
    return case


def _state(actor: Actor, case: Case) -> State:
    definition, _ = replay.kept(case.kept.digest, case.kept.document)
    keys = CaseName.objects.filter(case=case).order_by("place").values_list("pk", flat=True)
    found = CaseEvent.objects.filter(case=case).order_by("number").values_list("kind", "on", "payload")
    return replay.state_of(definition, [str(key) for key in keys], case.opened_on, found)


def _keep_state(case: Case, state: State) -> None:
    case.status, case.step, case.ending, case.entered_on = (
        state.status, state.step_code, state.ending, state.entered_on,
    )  # fmt: skip
    due = (
        []
        if case.whole_due_on is None or state.is_waived("deadline")
        else [(case.whole_due_on, case.whole_due_certain)]
    )
    deadline = state.step.deadline
    if deadline is not None and not state.is_waived(f"{state.step_code}:deadline"):
        own = calendar().due(state.entered_on, deadline)
        due.append((own.on, own.certain))
    case.due_on, case.due_certain = min(due) if due and state.status != "ended" else (None, True)
    case.save()


def _tell_handler(actor: Actor, case: Case, ended: Ended) -> None:
    handler = registry.procedure_handlers().get(case.subject_kind)
    if handler is None:
        return
    source = f"{case.title[:240]} ({case.code})"
    if ended.approved:
        rows = {str(row.pk): row for row in CaseName.objects.filter(case=case)}
        names = [NameDraft(rows[key].person_id, rows[key].seat_id) for key in ended.names]
        handler.approved(actor=actor, subject_id=case.subject_id, names=names, on=ended.on, source=source)
    else:
        handler.closed(
            actor=actor, subject_id=case.subject_id, ending=ended.ending, on=ended.on, source=source
        )


def _check_not_later(actor: Actor, on: date) -> None:
    if on > actor.today:
        raise Refused("day_in_future", say("Không ghi trước việc của ngày sau."), "on")


# --- meetings


@action("procedures.summon", permission=ACT, subject=_said)
def summon(
    *, actor: Actor, code: str, expected: int, on: date, meeting_on: date, people: Sequence[tuple[int | None, str]],
    place: str = "", chair: str = "", secretary: str = "", token: UUID | None = None,
) -> Case:  # fmt: skip
    """Calls the meeting of the present step. people: (person or None, name as on the list), in its order."""
    names = [name for _, name in people]
    known = [person for person, _ in people if person is not None]
    if len(set(known)) < len(known) or len(set(names)) < len(names):
        raise Refused("summoned_twice", say("Danh sách triệu tập có người ghi hai lần."), "people")
    before = CaseEvent.objects.filter(token=token).exists() if token else False
    case = _act(
        actor, code, expected, token, lambda case, state: events.Summoned(on, meeting_on, len(people))
    )
    if before:
        return case
    sitting = Sitting.objects.create(
        case=case, step=case.step, meeting_on=meeting_on, place=place[:200], chair=chair[:150],
        secretary=secretary[:150],
    )  # fmt: skip
    Summons.objects.bulk_create(
        Summons(sitting=sitting, place=number, person_id=person, name=name[:200])
        for number, (person, name) in enumerate(people, 1)
    )
    return case


@action("procedures.meet", permission=ACT, subject=_said)
def hold_meeting(
    *, actor: Actor, code: str, expected: int, on: date, present: Sequence[int], token: UUID | None = None
) -> Case:
    """Records who came, by their lines on the list. A missed quorum is kept, and nobody votes at that meeting."""

    def event(case: Case, state: State) -> Event:
        sitting = _sitting(case)
        lines = set(sitting.people.values_list("pk", flat=True))
        if not set(present) <= lines:
            raise Refused("not_summoned", say("Có người không thuộc danh sách triệu tập."), "present")
        sitting.people.filter(pk__in=present).update(present=True)
        sitting.people.exclude(pk__in=present).update(present=False)
        return events.Met(on, len(set(present)))

    return _act(actor, code, expected, token, event)


@action("procedures.minutes", permission=ACT)
def write_minutes(*, actor: Actor, code: str, sitting_id: int, text: str) -> Sitting:
    """The words of the minutes of the present meeting; after the step has ended they stay as they are."""
    case = Case.objects.visible_to(actor, READ).select_for_update(of=("self",)).filter(code=code).first()
    if case is None or not questions.capacities(actor=actor, as_of=actor.today, case_id=case.pk):
        raise NotFound(code)
    sitting = _sitting(case)
    if sitting.pk != sitting_id or case.status == CaseStatus.ENDED or _state(actor, case).sitting is None:
        raise Conflict("meeting_is_past", say("Biên bản của cuộc họp này không sửa được nữa."), code)
    sitting.minutes = text[:20_000]
    sitting.save()
    return sitting


def _sitting(case: Case) -> Sitting:
    """The last meeting called at the present step."""
    found = Sitting.objects.filter(case=case, step=case.step).order_by("-pk").first()
    if found is None:
        raise Refused("no_meeting", say("Chưa triệu tập hội nghị của bước này."), case.step)
    return found


# --- papers, waivers, moving on


@action("procedures.paper", permission=ACT, subject=_said)
def give_paper(
    *, actor: Actor, code: str, expected: int, on: date, paper: str, signed_on: date, number: str = "",
    token: UUID | None = None,
) -> Case:  # fmt: skip
    """A paper is in the case; how long it serves follows from the definition."""

    def event(case: Case, state: State) -> Event:
        needs = {need.code: need for step in state.definition.steps for need in step.needs}
        until = replay.valid_until(needs[paper], signed_on) if paper in needs else None
        return events.PaperGiven(on, paper, signed_on, until, number[:80])

    return _act(actor, code, expected, token, event)


@action("procedures.waive", permission=LEAD, subject=_said)
def waive(
    *,
    actor: Actor,
    code: str,
    expected: int,
    on: date,
    what: str,
    by: str,
    ground: str,
    token: UUID | None = None,
) -> Case:
    """Lets a paper or a deadline go: what, by whom, on which ground; it stays in the history of the case."""
    return _act(actor, code, expected, token, lambda case, state: events.Waived(on, what, by, ground))


@action("procedures.finish", permission=ACT, subject=_said)
def finish_step(
    *, actor: Actor, code: str, expected: int, on: date, outcome: str = "", names: Sequence[str] | None = None,
    ground: str = "", token: UUID | None = None,
) -> Case:  # fmt: skip
    """Ends the present step and goes where its outcome leads. Raises BadInput with the first thing that is missing."""
    kept = None if names is None else tuple(names)
    return _act(actor, code, expected, token, lambda case, state: events.Finished(on, outcome, kept, ground))


@action("procedures.suspend", permission=LEAD, subject=_said)
def suspend(
    *, actor: Actor, code: str, expected: int, on: date, reason: str, token: UUID | None = None
) -> Case:
    """Lets a case rest, with a reason."""
    return _act(actor, code, expected, token, lambda case, state: events.Suspended(on, reason))


@action("procedures.resume", permission=LEAD, subject=_said)
def resume(
    *, actor: Actor, code: str, expected: int, on: date, reason: str = "", token: UUID | None = None
) -> Case:
    """Takes a resting case up again."""
    return _act(actor, code, expected, token, lambda case, state: events.Resumed(on, reason))


@action("procedures.return", permission=LEAD, subject=_said)
def send_back(
    *, actor: Actor, code: str, expected: int, on: date, to: str, reason: str, token: UUID | None = None
) -> Case:
    """Sends a case back to a step it has passed, with a reason; later decisions no longer count, and stay readable."""
    return _act(actor, code, expected, token, lambda case, state: events.Returned(on, to, reason))


@action("procedures.stop", permission=LEAD, subject=_said)
def stop(*, actor: Actor, code: str, expected: int, on: date, reason: str, token: UUID | None = None) -> Case:
    """Ends a case without a decision, with a reason."""
    return _act(actor, code, expected, token, lambda case, state: events.Stopped(on, reason))


# --- ballots on paper


@action("ballots.tellers", permission=LEAD, subject=lambda ballot: {"ballot": ballot.pk})
def name_tellers(*, actor: Actor, code: str, first: str, second: str) -> Ballot:
    """Names the two accounts that count the ballots of the present meeting. Raises Refused when they are one."""
    case = Case.objects.visible_to(actor, LEAD).select_for_update(of=("self",)).filter(code=code).first()
    if case is None:
        raise NotFound(code)
    state = _state(actor, case)
    if (
        not state.step.ballot
        or state.sitting is None
        or not state.sitting.quorate
        or state.result is not None
    ):
        raise Refused("no_ballot_now", say("Chỉ cử người kiểm phiếu khi hội nghị đã họp đủ số người."), code)
    tellers = questions.account_ids(actor=actor, as_of=actor.today, usernames=(first, second))
    if len(tellers) != 2:
        raise Refused("two_tellers", say("Cần hai tài khoản khác nhau để kiểm phiếu."), "second")
    sitting = _sitting(case)
    ballot = Ballot.objects.filter(sitting=sitting).first() or Ballot(sitting=sitting)
    if ballot.pk and ballot.counts.exists():
        raise Refused("count_begun", say("Đã có người nhập số phiếu; không đổi người kiểm phiếu nữa."), code)
    ballot.first_teller_id, ballot.second_teller_id = tellers[first], tellers[second]
    ballot.save()
    return ballot


@action(
    "ballots.count",
    permission=COUNT,
    subject=lambda count: {"ballot": count.ballot_id, "attempt": count.attempt},
)
def enter_count(*, actor: Actor, token: UUID, attempt: int, totals: Totals) -> TellerCount:
    """What this teller read off the ballots. Entering anew is possible until both agree; nothing is overwritten."""
    asked = questions.ballot_to_count(actor=actor, as_of=actor.today, token=token)
    ballot = Ballot.objects.select_for_update().get(pk=asked.id)
    mine = TellerCount.objects.filter(ballot=ballot, teller_id=actor.user_id).order_by("attempt")
    said = replay.without_votes_of_others(totals, [name.key for name in asked.names])
    last = mine.last()
    if last is not None and attempt <= last.attempt:
        if Totals(last.issued, last.valid, last.votes) == said and attempt == last.attempt:
            return last
        raise Conflict("count_entered", say("Lần kiểm phiếu này đã được nhập trước đó."), str(token))
    _check_open(asked)
    labels = {name.key: name.label for name in asked.names}
    replay.outcome_of(asked.rule, asked.summoned, asked.present, said, labels, None)
    return TellerCount.objects.create(
        ballot=ballot, teller_id=actor.user_id, attempt=1 if last is None else last.attempt + 1,
        issued=said.issued, valid=said.valid, votes=dict(said.votes),
    )  # fmt: skip


def _check_open(ballot: BallotRow) -> None:
    if ballot.state != BallotState.COUNTING:
        raise Refused(
            "ballot_closed", say("Kết quả kiểm phiếu đã khóa; muốn sửa phải đính chính."), ballot.case_code
        )
    if ballot.may_close:
        raise Refused(
            "counts_agree", say("Hai người kiểm phiếu đã thống nhất; chờ khóa kết quả."), ballot.case_code
        )


@action("ballots.close", permission=CLOSE, subject=_said)
def close_ballot(*, actor: Actor, code: str, expected: int, on: date, token: UUID | None = None) -> Case:
    """Makes the agreed totals final. Raises Refused while a teller has not entered or the two differ."""

    def event(case: Case, state: State) -> Event:
        ballot = _ballot_of(actor, _sitting(case))
        if not ballot.may_close:
            raise Refused(
                "tellers_differ" if ballot.is_counted else "count_missing",
                say(
                    "Hai người kiểm phiếu chưa cùng một số liệu; hãy kiểm lại từng dòng khác nhau trước khi khóa."
                )
                if ballot.is_counted
                else say("Cần số liệu của cả hai người kiểm phiếu."),
                code,
            )
        return _final(actor, ballot, ballot.entered[ballot.tellers[0][0]], on, state.previous_first)

    return _act(actor, code, expected, token, event)


@action("ballots.correct", permission=CLOSE, subject=_said)
def correct_ballot(
    *, actor: Actor, code: str, expected: int, on: date, ballot_id: int, totals: Totals, because: str,
    token: UUID | None = None,
) -> Case:  # fmt: skip
    """Says what a closed count should have been, and why; the first count stays beside it."""
    if not because.strip():
        raise Refused("reason_missing", say("Đính chính phải ghi lý do."), "because")

    def event(case: Case, state: State) -> Event:
        sitting = Sitting.objects.filter(case=case, ballot__pk=ballot_id).first()
        if sitting is None:
            raise NotFound(str(ballot_id))
        ballot = _ballot_of(actor, sitting)
        if ballot.state != BallotState.CLOSED:
            raise Refused("not_closed", say("Kết quả chưa khóa; hãy để người kiểm phiếu nhập lại."), code)
        said = replay.without_votes_of_others(totals, [name.key for name in ballot.names])
        previous = questions.previous_of(actor=actor, as_of=actor.today, sitting_id=sitting.pk)
        closed = _final(actor, ballot, said, on, previous, because.strip())
        return events.BallotCorrected(
            on, ballot.step, closed.status, closed.passed, closed.verified, because.strip()
        )

    return _act(actor, code, expected, token, event)


def _ballot_of(actor: Actor, sitting: Sitting) -> BallotRow:
    if not Ballot.objects.filter(sitting=sitting).exists():
        raise Refused("no_tellers", say("Chưa cử hai người kiểm phiếu."), sitting.step)
    return questions.ballot_of(actor=actor, as_of=actor.today, sitting_id=sitting.pk)


def _final(
    actor: Actor, ballot: BallotRow, totals: Totals, on: date, previous: str | None, because: str = ""
) -> events.BallotClosed:
    labels = {name.key: name.label for name in ballot.names}
    outcome = replay.outcome_of(ballot.rule, ballot.summoned, ballot.present, totals, labels, previous)
    FinalCount.objects.create(
        ballot_id=ballot.id, version=len(ballot.finals) + 1, issued=totals.issued, valid=totals.valid,
        votes=dict(totals.votes), because=because[:500], user_id=actor.user_id, actor=actor.name,
    )  # fmt: skip
    Ballot.objects.filter(pk=ballot.id).update(state=BallotState.CLOSED)
    keys: Mapping[str, str] = {label: key for key, label in labels.items()}
    return events.BallotClosed(on, outcome.status, replay.passed(outcome, keys), outcome.verified)


# --- the office's own templates


@action("procedures.template", permission=LEAD, subject=lambda template: {"template": template.pk})
def add_template(
    *, actor: Actor, kind: str, name: str, content: bytes, unit_id: int | None = None
) -> DocumentTemplate:
    """Keeps an office's Word template after reading it safely. Raises BadInput with the field or place at fault."""
    if kind not in KINDS:
        raise NotFound(kind)
    unknown = unknown_fields(content, fields_with({}))
    if unknown:
        listed = "; ".join(f"{one.name} ({one.place})" for one in unknown)
        raise Refused("unknown_field", say("Mẫu dùng trường không có: {fields}.", fields=listed), "content")
    return DocumentTemplate.objects.create(
        kind=kind, name=name.strip()[:150] or kind, content=content, unit_id=unit_id,
        digest=hashlib.sha256(content).hexdigest(), user_id=actor.user_id, actor=actor.name,
    )  # fmt: skip


@action("procedures.open_dossiers", permission=LEAD, subject=lambda purpose: {"purpose_id": purpose})
def open_dossiers(*, actor: Actor, code: str, template: str) -> int:
    """Opens a dossier for everybody who is still put forward in a case; returns the id of the purpose.

    A second call adds those who came in later. Raises NotFound out of scope, Refused for an ended case, for somebody
    whose file is kept elsewhere, or where the case has dossiers under another template.
    """
    page = questions.case(actor=actor, as_of=actor.today, code=code)
    if "board" not in page.capacities:
        raise NotFound(code)
    if page.row.status == CaseStatus.ENDED:
        raise Refused("case_ended", say("Hồ sơ quy trình đã kết thúc."))
    people = [name.person_id for name in page.names if name.key in page.state.names]
    if cadres.outside_scope(actor=actor, as_of=actor.today, ids=people, permission=WRITE_DOSSIERS):
        raise Refused(
            "file_kept_elsewhere", say("Có người mà hồ sơ do nơi khác quản lý; nơi đó lập giấy tờ.")
        )
    known = dossier_questions.purpose_of(actor=actor, as_of=actor.today, reference=code)
    if known is not None and known.template.code != template:
        raise Refused(
            "dossiers_open", say("Quy trình này đã có hồ sơ giấy tờ theo “{title}”.", title=known.template.title),
            "template",
        )  # fmt: skip
    purpose = known.id if known else dossiers.open_purpose(
        actor=actor, title=page.row.title, template=template, reference=code
    ).pk  # fmt: skip
    dossiers.add_people(actor=actor, purpose_id=purpose, person_ids=people)
    return purpose
