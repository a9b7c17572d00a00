"""Questions about cases: the board, one case, the ballots a teller counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import F, Q, QuerySet

from hientai.apps.accounts.models import User
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.models import Seat
from hientai.apps.procedures import replay
from hientai.apps.procedures.fields import KINDS
from hientai.apps.procedures.models import (
    Ballot,
    Case,
    CaseEvent,
    CaseName,
    DocumentTemplate,
    Sitting,
    TellerCount,
)
from hientai.apps.procedures.types import (
    ACT,
    COUNT,
    LEAD,
    READ,
    Attendee,
    BallotRow,
    CasePage,
    CaseRow,
    CaseStatus,
    EventRow,
    FinalRow,
    NameRow,
    SittingRow,
    TemplateRow,
    Totals,
)
from hientai.engines.ballots import Rule
from hientai.engines.ballots.published import published_rules
from hientai.engines.procedure import Definition, demands
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.rulebook.procedures import definition_in_force, definitions


def cases(
    *, actor: Actor, as_of: date, status: str = "", kind: str = "", step: str = "", text: str = ""
) -> list[CaseRow]:
    """The cases in reach opened by `as_of`: those due first come first, ended ones last."""
    actor.check_may(READ)
    found = Case.objects.visible_to(actor, READ).filter(opened_on__lte=as_of).select_related("kept")
    if status == "active":
        found = found.exclude(status=CaseStatus.ENDED)
    elif status:
        found = found.filter(status=status)
    for field, value in (("kind", kind), ("step", step)):
        found = found.filter(**{field: value}) if value else found
    if text:
        found = found.filter(Q(title__icontains=text) | Q(code__iexact=text))
    ordered = found.order_by(F("status").asc(), F("due_on").asc(nulls_last=True), "entered_on", "id")
    return _rows(actor, as_of, ordered)


def reminders(*, actor: Actor, as_of: date, until: date) -> list[CaseRow]:
    """Open cases whose deadline lies before or on `until`, the most urgent first."""
    actor.check_may(READ)
    found = Case.objects.visible_to(actor, READ).filter(status=CaseStatus.OPEN, due_on__lte=until)
    return _rows(actor, as_of, found.select_related("kept").order_by("due_on", "id"))


def case(*, actor: Actor, as_of: date, code: str) -> CasePage:
    """One case with everything its page shows. Raises NotFound, also for cases out of reach."""
    actor.check_may(READ)
    found = Case.objects.visible_to(actor, READ).select_related("kept").filter(code=code).first()
    if found is None:
        raise NotFound(code)
    definition, rules = replay.kept(found.kept.digest, found.kept.document)
    events = list(CaseEvent.objects.filter(case=found).order_by("number"))
    names = names_of(actor=actor, as_of=as_of, case_id=found.pk)
    state = replay.state_of(
        definition, [n.key for n in names], found.opened_on, [(e.kind, e.on, e.payload) for e in events]
    )
    ballots = _ballots(Ballot.objects.filter(sitting__case=found), actor, as_of)
    units = organization.unit_names(actor=actor, as_of=as_of, ids=[found.other_unit_id or 0])
    return CasePage(
        row=_rows(actor, as_of, [found])[0],
        state=state,
        definition=definition,
        rules=rules,
        names=tuple(names),
        demands=demands(state, max(as_of, state.last_on)),
        sittings=tuple(_sittings(found.pk)),
        ballots=tuple(ballots),
        events=tuple(EventRow(e.number, e.kind, e.on, e.at, e.actor, e.payload) for e in events),
        other_unit=units.get(found.other_unit_id or 0, ""),
        version=found.version,
        capacities=capacities(actor=actor, as_of=as_of, case_id=found.pk),
        whole_due_on=found.whole_due_on,
        whole_due_certain=found.whole_due_certain,
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
    )


def case_of_subject(*, actor: Actor, as_of: date, subject_kind: str, subject_id: str) -> CaseRow | None:
    """The newest case opened for what a higher capability wants decided; None where there is none in reach."""
    actor.check_may(READ)
    found = Case.objects.visible_to(actor, READ).filter(subject_kind=subject_kind, subject_id=subject_id)
    rows = _rows(actor, as_of, found.select_related("kept").order_by("-id")[:1])
    return rows[0] if rows else None


def capacities(*, actor: Actor, as_of: date, case_id: int) -> frozenset[str]:
    """In which capacities an actor acts on a case: "board" where it leads, "unit" for the unit asked in between."""
    found = Case.objects.filter(pk=case_id)
    kinds = set()
    if actor.may(LEAD) and found.visible_to(actor, LEAD).exists():
        kinds.add("board")
    if actor.may(ACT):
        where = actor.scope(ACT).sql(unit="other_unit_id")
        if (found if where is None else found.filter(where)).filter(other_unit__isnull=False).exists():
            kinds.add("unit")
    return frozenset(kinds)


def names_of(*, actor: Actor, as_of: date, case_id: int) -> list[NameRow]:
    """Who is in a case, in its order, with the seat they are put forward for."""
    found = list(CaseName.objects.filter(case_id=case_id).order_by("place"))
    seats = _seat_names(actor, as_of, [name.seat_id for name in found if name.seat_id])
    return [
        NameRow(str(n.pk), n.person_id, n.seat_id, n.label, n.position, seats.get(n.seat_id or 0, ""))
        for n in found
    ]


def kinds(*, actor: Actor, as_of: date) -> list[Definition]:
    """The procedures under which a case may begin on a day."""
    actor.check_may(READ)
    return [one for one in definitions() if one.holds_on(as_of)]


def definition(*, actor: Actor, as_of: date, code: str) -> Definition:
    """A shipped definition by its code, or by its kind the one in force. Raises NotFound."""
    actor.check_may(READ)
    found = next((one for one in definitions() if one.code == code), None)
    if found is None and any(one.kind == code for one in definitions()):
        return definition_in_force(code, as_of)
    if found is None:
        raise NotFound(code)
    return found


def all_definitions(*, actor: Actor, as_of: date) -> list[Definition]:
    """Every shipped procedure: those in force on the day first, by kind and day."""
    actor.check_may(READ)
    return sorted(definitions(), key=lambda one: (not one.holds_on(as_of), one.kind, one.valid_from))


def rules_of(*, actor: Actor, as_of: date, code: str) -> dict[str, Rule]:
    """The ballot rules that a shipped definition names."""
    named = {step.ballot for step in definition(actor=actor, as_of=as_of, code=code).steps}
    return {name: rule for name, rule in published_rules().items() if name in named}


def next_attempt(*, actor: Actor, as_of: date, ballot_id: int) -> int:
    """Which entry of this teller comes next."""
    return 1 + TellerCount.objects.filter(ballot_id=ballot_id, teller_id=actor.user_id).count()


def my_ballots(*, actor: Actor, as_of: date) -> list[BallotRow]:
    """The ballots this account counts, open ones first, newest first."""
    actor.check_may(COUNT)
    mine = Ballot.objects.filter(Q(first_teller_id=actor.user_id) | Q(second_teller_id=actor.user_id))
    rows = _ballots(mine.order_by("-state", "-id"), actor, as_of)
    return [_as_teller_sees(row, actor) for row in rows]


def ballot_to_count(*, actor: Actor, as_of: date, token: object) -> BallotRow:
    """A ballot for one of its tellers, who sees the other's entries only after the own. Raises NotFound for others."""
    actor.check_may(COUNT)
    found = Ballot.objects.filter(token=token)
    rows = _ballots(
        found.filter(Q(first_teller_id=actor.user_id) | Q(second_teller_id=actor.user_id)), actor, as_of
    )
    if not rows:
        raise NotFound(str(token))
    return _as_teller_sees(rows[0], actor)


def ballot_token(*, actor: Actor, as_of: date, ballot_id: int) -> str:
    """The address of a ballot's count."""
    return str(Ballot.objects.values_list("token", flat=True).get(pk=ballot_id))


def ballot_of(*, actor: Actor, as_of: date, sitting_id: int) -> BallotRow:
    """The ballot of a meeting, for those who lead the case. Raises NotFound."""
    rows = _ballots(Ballot.objects.filter(sitting_id=sitting_id), actor, as_of)
    if not rows or not actor.may(READ):
        raise NotFound(str(sitting_id))
    return rows[0]


def previous_of(*, actor: Actor, as_of: date, sitting_id: int) -> str | None:
    """Who came first at the ballot before a meeting, as the case stood when it was called."""
    sitting = Sitting.objects.select_related("case__kept").get(pk=sitting_id)
    names = names_of(actor=actor, as_of=as_of, case_id=sitting.case_id)
    return _names_on_ballot(sitting, names)[1]


def office_template(*, actor: Actor, as_of: date, kind: str, unit_id: int) -> bytes | None:
    """The newest template an office keeps for a kind of document: the unit's own before everybody's."""
    actor.check_may(READ)
    found = DocumentTemplate.objects.filter(kind=kind).filter(Q(unit_id=unit_id) | Q(unit__isnull=True))
    newest = (
        found.order_by(F("unit_id").desc(nulls_last=True), "-id").values_list("content", flat=True).first()
    )
    return None if newest is None else bytes(newest)


def office_templates(*, actor: Actor, as_of: date) -> list[TemplateRow]:
    """The templates offices brought, newest first; earlier versions of a kind stay listed."""
    actor.check_may(READ)
    found = DocumentTemplate.objects.defer("content").order_by("-id")
    units = organization.unit_names(
        actor=actor, as_of=as_of, ids={one.unit_id for one in found if one.unit_id}
    )
    return [
        TemplateRow(
            t.pk, t.kind, t.name, str(KINDS.get(t.kind, t.kind)), units.get(t.unit_id or 0, ""), t.at, t.actor
        )
        for t in found
    ]


def account_names(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    """Accounts that may be named as tellers: user name and display name, in order."""
    actor.check_may(LEAD)
    found = User.objects.filter(is_active=True).order_by("display_name", "username")
    return list(found.values_list("username", "display_name"))


def account_ids(*, actor: Actor, as_of: date, usernames: Iterable[str]) -> dict[str, int]:
    """Active accounts by user name."""
    actor.check_may(LEAD)
    found = User.objects.filter(is_active=True, username__in=list(usernames))
    return dict(found.values_list("username", "id"))


def _as_teller_sees(row: BallotRow, actor: Actor) -> BallotRow:
    """Neither teller sees what the other entered before entering."""
    own = {key: totals for key, totals in row.entered.items() if key == actor.user_id}
    return row if own else replace(row, entered={})


def _rows(actor: Actor, as_of: date, found: Iterable[Case]) -> list[CaseRow]:
    listed = list(found)
    units = organization.unit_names(actor=actor, as_of=as_of, ids={one.unit_id for one in listed})
    rows = []
    for one in listed:
        definition, _ = replay.kept(one.kept.digest, one.kept.document)
        rows.append(_row(one, definition, units.get(one.unit_id, "")))
    return rows


def _row(one: Case, definition: Definition, unit: str) -> CaseRow:
    ending = definition.ending(one.ending)
    step = definition.step(one.step)
    return CaseRow(
        id=one.pk, code=one.code, title=one.title, kind=one.kind, definition=definition.title,
        document=definition.document, unit=unit, unit_id=one.unit_id, status=one.status, step=one.step,
        step_title=step.title, step_place=definition.place(one.step), ending=ending.title if ending else "",
        opened_on=one.opened_on, entered_on=one.entered_on, due_on=one.due_on, due_certain=one.due_certain,
        verified=step.verified,
    )  # fmt: skip


def _sittings(case_id: int) -> Iterable[SittingRow]:
    for one in Sitting.objects.filter(case_id=case_id).prefetch_related("people").order_by("id"):
        people = sorted(one.people.all(), key=lambda summons: summons.place)
        yield SittingRow(
            one.pk, one.step, one.meeting_on, one.place, one.chair, one.secretary, one.minutes,
            tuple(Attendee(p.pk, p.name, p.person_id, p.present) for p in people),
        )  # fmt: skip


def _ballots(found: QuerySet, actor: Actor, as_of: date) -> list[BallotRow]:
    related = found.select_related("sitting__case__kept", "first_teller", "second_teller")
    ordered = related.prefetch_related("counts", "finals", "sitting__people")
    return [
        _ballot(one, actor, as_of) for one in (ordered if ordered.query.order_by else ordered.order_by("id"))
    ]


def _ballot(one: Ballot, actor: Actor, as_of: date) -> BallotRow:
    sitting, kept = one.sitting, one.sitting.case.kept
    definition, rules = replay.kept(kept.digest, kept.document)
    step = definition.step(sitting.step)
    people = list(sitting.people.all())
    names = names_of(actor=actor, as_of=as_of, case_id=sitting.case_id)
    printed, previous = _names_on_ballot(sitting, names)
    names = [name for name in names if name.key in printed]
    entered: dict[int, Totals] = {}
    for count in sorted(one.counts.all(), key=lambda count: count.attempt):
        entered[count.teller_id] = Totals(count.issued, count.valid, count.votes)
    row = BallotRow(
        id=one.pk, case_code=sitting.case.code, case_title=sitting.case.title, step=step.code,
        step_title=step.title, sitting_id=sitting.pk, meeting_on=sitting.meeting_on, summoned=len(people),
        present=sum(p.present is True for p in people), rule=rules[step.ballot], state=one.state,
        names=tuple(names),
        tellers=tuple((t.pk, t.display_name) for t in (one.first_teller, one.second_teller)),
        entered=entered, finals=(), version=len(one.counts.all()) + len(one.finals.all()),
    )  # fmt: skip
    return replace(row, finals=tuple(_finals(one, row, previous)))


def _finals(one: Ballot, row: BallotRow, previous: str | None) -> Iterable[FinalRow]:
    labels = {name.key: name.label for name in row.names}
    for final in sorted(one.finals.all(), key=lambda final: final.version):
        totals = Totals(final.issued, final.valid, final.votes)
        outcome = replay.outcome_of(row.rule, row.summoned, row.present, totals, labels, previous)
        yield FinalRow(final.version, totals, final.because, final.actor, final.at, outcome)


def _names_on_ballot(sitting: Sitting, names: Sequence[NameRow]) -> tuple[tuple[str, ...], str | None]:
    """Who stood on the papers of a meeting, and who came first at the ballot before: as the case stood then."""
    kept = sitting.case.kept
    definition, _ = replay.kept(kept.digest, kept.document)
    until = _summoned_at(sitting)
    events = CaseEvent.objects.filter(case_id=sitting.case_id, number__lte=until).order_by("number")
    state = replay.state_of(
        definition,
        [n.key for n in names],
        sitting.case.opened_on,
        [(e.kind, e.on, e.payload) for e in events],
    )
    return state.names, state.previous_first


def _summoned_at(sitting: Sitting) -> int:
    """The number of the event that called this meeting: meetings and such events come in the same order."""
    place = Sitting.objects.filter(case_id=sitting.case_id, pk__lt=sitting.pk).count()
    calls = CaseEvent.objects.filter(case_id=sitting.case_id, kind="summoned").order_by("number")
    return int(calls.values_list("number", flat=True)[place])


def _seat_names(actor: Actor, as_of: date, ids: Sequence[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    seats = list(Seat.objects.filter(pk__in=ids).select_related("title"))
    units = organization.unit_names(actor=actor, as_of=as_of, ids={seat.unit_id for seat in seats})
    return {seat.pk: f"{seat.title.name}, {units.get(seat.unit_id, '')}".strip(", ") for seat in seats}
