"""Words of consultations on drafts, and what their questions answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

READ = "consultations.read"
LEAD = "consultations.lead"
ANSWER = "consultations.answer"
"""For units; a person who is asked answers under READ."""


class DraftKind(models.TextChoices):
    PLAN = "plan", _("Kế hoạch")
    PROJECT = "project", _("Đề án")
    RULE = "rule", _("Quy định, quy chế")
    REORGANISATION = "reorganisation", _("Phương án sắp xếp tổ chức")


class Reply(models.TextChoices):
    """What became of a proposal; each with a reason."""

    ACCEPTED = "accepted", _("Tiếp thu")
    PARTLY = "partly", _("Tiếp thu một phần")
    REJECTED = "rejected", _("Không tiếp thu")


@dataclass(frozen=True)
class Clause:
    """label: how it is cited ("Điều 3"), the same in every version; text: its words."""

    label: str
    text: str


@dataclass(frozen=True)
class AddresseeDraft:
    """A unit or a person the draft is sent to."""

    name: str
    unit_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class ConsultationDraft:
    """A consultation to be opened: what is sent, by which unit, to whom, until when (the last day in time)."""

    kind: str
    title: str
    unit_id: int
    clauses: Sequence[Clause]
    addressees: Sequence[AddresseeDraft]
    due_on: date


@dataclass(frozen=True)
class ProposalRow:
    """One proposal. clause: label, "" for the whole; reply: "" until it is answered; reason: of the reply."""

    id: int
    source: str
    clause: str
    text: str
    reply: str
    reply_label: str
    reason: str
    version: int


@dataclass(frozen=True)
class AddresseeRow:
    """Somebody asked. agrees: None while silent; the newest answer counts, earlier ones stay readable."""

    id: int
    name: str
    unit_id: int | None
    person_id: int | None
    agrees: bool | None
    answered_at: datetime | None
    answers: int
    version: int
    proposals: tuple[ProposalRow, ...]

    @property
    def is_silent(self) -> bool:
        return self.agrees is None

    @property
    def has_proposals(self) -> bool:
        return self.agrees is False


@dataclass(frozen=True)
class VersionRow:
    number: int
    clauses: tuple[Clause, ...]
    at: datetime
    by: str
    note: str


@dataclass(frozen=True)
class ConferenceRow:
    id: int
    held_on: date
    place: str
    chair: str
    present: int
    minutes: str
    proposals: tuple[ProposalRow, ...]


@dataclass(frozen=True)
class Tally:
    """The figures of a report: agreed + proposing + silent = asked; accepted + partly + rejected + open = proposals."""

    asked: int
    agreed: int
    proposing: int
    silent: int
    proposals: int
    accepted: int
    partly: int
    rejected: int

    @property
    def open(self) -> int:
        return self.proposals - self.accepted - self.partly - self.rejected


@dataclass(frozen=True)
class ConsultationRow:
    """One line of the list."""

    id: int
    code: str
    kind_label: str
    title: str
    unit: str
    opened_on: date
    due_on: date
    closed_on: date | None
    tally: Tally

    def is_late(self, day: date) -> bool:
        """The deadline has passed and somebody is silent."""
        return self.closed_on is None and day > self.due_on and self.tally.silent > 0


@dataclass(frozen=True)
class ConsultationPage:
    """A consultation with all its page shows. mine: addressees the reader answers for."""

    row: ConsultationRow
    versions: tuple[VersionRow, ...]
    addressees: tuple[AddresseeRow, ...]
    conferences: tuple[ConferenceRow, ...]
    closing: str
    may_lead: bool
    mine: tuple[AddresseeRow, ...]
    version: int

    @property
    def newest(self) -> VersionRow:
        return self.versions[-1]

    @property
    def proposals(self) -> tuple[ProposalRow, ...]:
        """Every proposal that counts, of answers and of conferences."""
        answered = [p for one in self.addressees for p in one.proposals]
        return (*answered, *(p for one in self.conferences for p in one.proposals))

    @property
    def silent(self) -> tuple[AddresseeRow, ...]:
        return tuple(one for one in self.addressees if one.is_silent)


def tally(addressees: Sequence[AddresseeRow], conferences: Sequence[ConferenceRow]) -> Tally:
    """The figures of a report; by construction their parts add up."""
    proposals = [p for one in addressees for p in one.proposals]
    proposals += [p for one in conferences for p in one.proposals]
    return Tally(
        asked=len(addressees),
        agreed=sum(one.agrees is True for one in addressees),
        proposing=sum(one.agrees is False for one in addressees),
        silent=sum(one.agrees is None for one in addressees),
        proposals=len(proposals),
        accepted=sum(p.reply == Reply.ACCEPTED for p in proposals),
        partly=sum(p.reply == Reply.PARTLY for p in proposals),
        rejected=sum(p.reply == Reply.REJECTED for p in proposals),
    )
