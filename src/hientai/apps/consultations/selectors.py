"""Questions about consultations: the list, one with its answers, the figures of its report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hientai.apps.consultations.models import Addressee, Conference, Consultation, DraftVersion, Proposal
from hientai.apps.consultations.types import (
    LEAD,
    READ,
    AddresseeRow,
    Clause,
    ConferenceRow,
    ConsultationPage,
    ConsultationRow,
    DraftKind,
    ProposalRow,
    Reply,
    VersionRow,
    tally,
)
from hientai.apps.organization import selectors as organization
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound


def consultations(*, actor: Actor, as_of: date) -> list[ConsultationRow]:
    """Consultations in reach opened by `as_of`: open ones by deadline, then closed ones, newest first."""
    actor.check_may(READ)
    found = Consultation.objects.visible_to(actor).filter(opened_on__lte=as_of)
    rows = [_row(one, _addressees(one.pk), actor, as_of) for one in found.order_by("due_on", "-id")]
    return sorted(
        rows, key=lambda row: (row.closed_on is not None, row.due_on if row.closed_on is None else date.min)
    )


def consultation(*, actor: Actor, as_of: date, code: str) -> ConsultationPage:
    """One consultation; who only answers sees the draft and the own answers, not those of others. Raises NotFound."""
    actor.check_may(READ)
    found = Consultation.objects.visible_to(actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    addressees = _addressees(found.pk)
    may_lead = _leads(actor, found)
    mine_ids = set(
        Addressee.objects.answered_by(actor).filter(consultation=found).values_list("id", flat=True)
    )
    mine = tuple(one for one in addressees if one.id in mine_ids)
    return ConsultationPage(
        row=_row(found, addressees, actor, as_of),
        versions=tuple(_versions(found.pk)),
        addressees=tuple(addressees) if may_lead else mine,
        conferences=tuple(_conferences(found.pk)),
        closing=found.closing,
        may_lead=may_lead,
        mine=mine,
        version=found.changes,
    )


def waiting_for(*, actor: Actor, as_of: date) -> list[tuple[ConsultationRow, AddresseeRow]]:
    """What this account has not answered yet, the most urgent first."""
    actor.check_may(READ)
    mine = Addressee.objects.answered_by(actor).filter(
        consultation__closed_on__isnull=True, answers__isnull=True
    )
    found = mine.select_related("consultation").order_by("consultation__due_on", "id")
    return [
        (_row(one.consultation, _addressees(one.consultation_id), actor, as_of), _addressee(one))
        for one in found[:20]
    ]


def unanswered(*, actor: Actor, as_of: date) -> list[ConsultationRow]:
    """Open consultations this account leads in which somebody is silent, by deadline."""
    actor.check_may(LEAD)
    return [
        row for row in consultations(actor=actor, as_of=as_of) if row.closed_on is None and row.tally.silent
    ]


def _leads(actor: Actor, found: Consultation) -> bool:
    if not actor.may(LEAD):
        return False
    where = actor.scope(LEAD).sql(unit="unit_id")
    return where is None or Consultation.objects.filter(where, pk=found.pk).exists()


def _row(one: Consultation, addressees: Iterable[AddresseeRow], actor: Actor, as_of: date) -> ConsultationRow:
    units = organization.unit_names(actor=actor, as_of=as_of, ids=[one.unit_id])
    return ConsultationRow(
        id=one.pk,
        code=one.code,
        kind_label=str(DraftKind(one.kind).label),
        title=one.title,
        unit=units.get(one.unit_id, ""),
        opened_on=one.opened_on,
        due_on=one.due_on,
        closed_on=one.closed_on,
        tally=tally(list(addressees), _conferences(one.pk)),
    )


def _addressees(consultation_id: int) -> list[AddresseeRow]:
    found = Addressee.objects.filter(consultation_id=consultation_id).order_by("place")
    return [_addressee(one) for one in found.prefetch_related("answers__proposals")]


def _addressee(one: Addressee) -> AddresseeRow:
    answers = sorted(one.answers.all(), key=lambda answer: answer.number)
    last = answers[-1] if answers else None
    return AddresseeRow(
        id=one.pk,
        name=one.name,
        unit_id=one.unit_id,
        person_id=one.person_id,
        agrees=last.agrees if last else None,
        answered_at=last.at if last else None,
        answers=len(answers),
        version=last.version if last else 0,
        proposals=tuple(_proposals(last.proposals.all(), one.name, last.version)) if last else (),
    )


def _conferences(consultation_id: int) -> list[ConferenceRow]:
    found = Conference.objects.filter(consultation_id=consultation_id).order_by("held_on", "id")
    return [
        ConferenceRow(
            c.pk, c.held_on, c.place, c.chair, c.present, c.minutes,
            tuple(_proposals(c.proposals.all(), f"Hội nghị {c.held_on:%d/%m/%Y}", c.version)),
        )
        for c in found.prefetch_related("proposals")
    ]  # fmt: skip


def _proposals(found: Iterable[Proposal], source: str, version: int) -> list[ProposalRow]:
    ordered = sorted(found, key=lambda proposal: proposal.place)
    return [
        ProposalRow(
            p.pk,
            source,
            p.clause,
            p.text,
            p.reply,
            str(Reply(p.reply).label) if p.reply else "",
            p.reason,
            version,
        )
        for p in ordered
    ]


def _versions(consultation_id: int) -> list[VersionRow]:
    found = DraftVersion.objects.filter(consultation_id=consultation_id).order_by("number")
    return [VersionRow(v.number, tuple(Clause(**c) for c in v.clauses), v.at, v.actor, v.note) for v in found]
