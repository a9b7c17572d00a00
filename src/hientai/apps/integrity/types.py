"""Words of good records: who mends what, shares of units, campaigns, proposals of change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.rulebook.quality import Mender, QualityKind, QualityRule, Severity

READ = "integrity.read"
CAMPAIGN = "integrity.campaign"
SIGN_OFF = "integrity.sign_off"
PROPOSE = "record.propose"
CONFIRM = "record.confirm"
APPROVE = "record.approve"
OWN = "person.read_own"
EXPUNGE = "record.expunge"

KIND_LABELS = {
    QualityKind.MISSING: _("Thiếu"),
    QualityKind.STALE: _("Cũ"),
    QualityKind.CONTRADICTORY: _("Mâu thuẫn"),
}
SEVERITY_LABELS = {Severity.ERROR: _("Phải sửa"), Severity.WARNING: _("Nên xem lại")}
MENDER_LABELS = {
    Mender.UNIT: _("Đơn vị giữ hồ sơ"),
    Mender.ORGANISATION: _("Cơ quan tổ chức cán bộ"),
}


DOING_LABELS = {
    "them": _("Thêm"),
    "thay-doi": _("Thay đổi"),
    "dinh-chinh": _("Đính chính"),
    "ket-thuc": _("Kết thúc"),
    "rut": _("Rút"),
}
READ_WHAT = {
    "read.person": _("Trang cá nhân"),
    "read.person_file": _("Toàn bộ bản ghi của hồ sơ"),
    "read.people_list": _("Danh sách tải về"),
    "read.dossier": _("Danh mục giấy tờ hồ sơ"),
    "read.paper": _("Một giấy tờ"),
    "read.bundle": _("Tập hồ sơ"),
    "read.evidence": _("Giấy tờ kèm đề nghị"),
    "read.form": _("Sơ yếu lý lịch"),
}


@dataclass(frozen=True)
class RuleCount:
    """How many people and records one rule finds."""

    rule: QualityRule
    people: int
    records: int


@dataclass(frozen=True)
class UnitQuality:
    """The records of the people whose files one unit keeps. clean: those without any error."""

    unit_id: int
    unit: str
    people: int
    clean: int
    errors: int
    warnings: int


@dataclass(frozen=True)
class Quality:
    """Everything about good records in the actor's scope, as of a day."""

    as_of: date
    people: int
    clean: int
    rules: tuple[RuleCount, ...]
    units: tuple[UnitQuality, ...]


@dataclass(frozen=True)
class Fault:
    """One record at fault of a person already named."""

    rule: QualityRule
    record: str
    detail: str


@dataclass(frozen=True)
class FaultRow:
    """One record at fault, with the person."""

    person_id: int
    code: str
    name: str
    unit: str
    rule: QualityRule
    record: str
    detail: str


@dataclass(frozen=True)
class TrendPoint:
    day: date
    people: int
    clean: int


@dataclass(frozen=True)
class CampaignUnitRow:
    """Where one unit stands in a campaign. left: people of it that the rules still find."""

    unit_id: int
    unit: str
    people: int
    at_start: int
    left: int
    signed_on: date | None = None
    signed_by: str = ""
    remark: str = ""


@dataclass(frozen=True)
class CampaignRow:
    """A campaign as of a day."""

    id: int
    title: str
    rules: tuple[QualityRule, ...]
    opened_on: date
    due_on: date
    at_start: int
    left: int
    units: tuple[CampaignUnitRow, ...] = ()

    @property
    def signed(self) -> int:
        return sum(1 for unit in self.units if unit.signed_on)

    @property
    def unsigned(self) -> int:
        return len(self.units) - self.signed


class ProposalState(models.TextChoices):
    """How far a proposal of change has come."""

    PROPOSED = "proposed", _("Chờ đơn vị xác nhận")
    CONFIRMED = "confirmed", _("Chờ cấp quản lý duyệt")
    APPROVED = "approved", _("Đã ghi vào hồ sơ")
    REFUSED = "refused", _("Không chấp nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")


OPEN = (ProposalState.PROPOSED, ProposalState.CONFIRMED)


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after, as the record stood when the proposer opened it; now: as it stands now."""

    name: str
    label: str
    before: str
    after: str
    now: str = ""

    @property
    def moved(self) -> bool:
        """Somebody else changed the field since."""
        return self.now != self.before


@dataclass(frozen=True)
class RecordChange:
    """One record of the file that a proposal adds or changes. number: its place; moved: no longer as it was seen."""

    number: int
    title: str
    doing: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    moved: bool = False


@dataclass(frozen=True)
class ProposalRow:
    """A proposal as a page shows it."""

    id: int
    person_id: int
    code: str
    name: str
    state: str
    state_label: str
    changes: tuple[FieldChange, ...]
    reason: str
    proposed_by: str
    proposed_by_id: int | None
    proposed_at: datetime
    steps: tuple[tuple[str, str, datetime, str], ...] = ()
    evidence: tuple[tuple[int, str], ...] = ()
    records: tuple[RecordChange, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        return any(change.moved for change in (*self.changes, *self.records))


@dataclass(frozen=True)
class ReadingRow:
    """Who read something of one's record: when, what, for which purpose."""

    at: datetime
    who: str
    what: str
    purpose: str


@dataclass(frozen=True)
class DestructionRow:
    """A destruction asked for, refused or carried out; no name, because none is left."""

    id: int
    person_id: int
    code: str
    decision: str
    decided_on: date
    ground: str
    asked_by: str
    asked_by_id: int
    asked_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    refused_by: str
    refused_at: datetime | None
    refused_because: str
    rows: int
    files: int

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.refused_at is None
