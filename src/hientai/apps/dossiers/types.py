"""Words of dossiers: states of a paper, purposes of reading, and what selectors answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.rulebook.dossiers import Checker, DossierTemplate, PaperKind, PaperSource, Secrecy

READ = "dossiers.read"
READ_RESTRICTED = "dossiers.read_restricted"
READ_SECRET = "dossiers.read_secret"
WRITE = "dossiers.write"
APPRAISE = "dossiers.appraise"

# Whoever holds one of these may open the content of a paper of that level.
MAY_OPEN: dict[Secrecy, tuple[str, ...]] = {
    Secrecy.ORDINARY: (READ,),
    Secrecy.RESTRICTED: (READ_RESTRICTED, READ_SECRET),
    Secrecy.SECRET: (READ_SECRET,),
}


class Outcome(models.TextChoices):
    """What the second person said of a version of a paper."""

    ACCEPTED = "accepted", _("Đạt")
    RETURNED = "returned", _("Trả lại")


class PaperState(models.TextChoices):
    """Where a paper of a dossier stands on a day, worst first."""

    MISSING = "missing", _("Chưa có")
    RETURNED = "returned", _("Trả lại")
    EXPIRED = "expired", _("Hết hạn")
    AWAITING = "awaiting", _("Chờ thẩm định")
    ACCEPTED = "accepted", _("Đạt")
    WAIVED = "waived", _("Được miễn")
    OPTIONAL = "optional", _("Không bắt buộc")


SETTLED = frozenset({PaperState.ACCEPTED, PaperState.WAIVED, PaperState.OPTIONAL})
WORST_FIRST = {state: place for place, state in enumerate(PaperState)}
# How a state is shown: the sign on the board, and the colour of a verdict.
SIGNS = {
    PaperState.MISSING: "–", PaperState.RETURNED: "↩", PaperState.EXPIRED: "!", PaperState.AWAITING: "…",
    PaperState.ACCEPTED: "✓", PaperState.WAIVED: "M", PaperState.OPTIONAL: "·",
}  # fmt: skip


class Reading(models.TextChoices):
    """Why somebody opens a paper; asked every time and kept with the trace."""

    APPRAISAL = "appraisal", _("Thẩm định hồ sơ")
    PROCEDURE = "procedure", _("Trình cấp có thẩm quyền, làm quy trình")
    COMPARING = "comparing", _("Đối chiếu, cập nhật lý lịch")
    REQUEST = "request", _("Theo yêu cầu của người có hồ sơ")
    INSPECTION = "inspection", _("Kiểm tra, giám sát, thanh tra")


SOURCE_LABELS = {
    PaperSource.PERSON: _("Cá nhân"),
    PaperSource.UNIT: _("Đơn vị"),
    PaperSource.COMMITTEE: _("Cấp ủy"),
    PaperSource.RESIDENCE: _("Nơi cư trú"),
    PaperSource.INSPECTION: _("Cơ quan kiểm tra"),
}
SECRECY_LABELS = {
    Secrecy.ORDINARY: _("Thường"),
    Secrecy.RESTRICTED: _("Hạn chế"),
    Secrecy.SECRET: _("Kín"),
}
CHECKER_LABELS = {
    Checker.ORGANISATION: _("Cơ quan tổ chức cán bộ"),
    Checker.INSPECTION: _("Cơ quan kiểm tra"),
    Checker.UNIT: _("Đơn vị"),
}


@dataclass(frozen=True)
class PaperDraft:
    """A paper that is brought.

    content, name: the file and what it was called; content None for a paper of which only the state is kept;
    issued_on: the day on the paper; valid_to: its own last day where it has one; record: what it proves
    (`qualification:<line>`); certified: a certified copy; signed: signed by hand or digitally.
    """

    item: str
    issued_on: date | None
    content: bytes | None = None
    name: str = ""
    valid_until: date | None = None
    certified: bool = False
    signed: bool = False
    record: str = ""
    part: int = 1


@dataclass(frozen=True)
class PurposeRow:
    """Dossiers of many people for one purpose, counted as of a day."""

    id: int
    title: str
    template: DossierTemplate
    needed_on: date | None
    opened_on: date
    people: int = 0
    complete: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One paper of one person on the board."""

    item: str
    state: str
    valid_until: date | None = None
    expires_before_needed: bool = False
    parts: int = 0

    @property
    def sign(self) -> str:
        return SIGNS[PaperState(self.state)]

    @property
    def label(self) -> str:
        return str(PaperState(self.state).label)


@dataclass(frozen=True)
class DossierRow:
    """One person's dossier: the line of the board."""

    id: int
    person_id: int
    code: str
    name: str
    position: str
    unit: str
    unit_id: int | None
    cells: tuple[Cell, ...]

    @property
    def settled(self) -> int:
        return sum(1 for cell in self.cells if cell.state in SETTLED)

    @property
    def is_complete(self) -> bool:
        """Every paper of the list adopted for the purpose is accepted, waived, or not asked for."""
        return self.settled == len(self.cells)


@dataclass(frozen=True)
class UnitShare:
    """Completeness of the dossiers whose people's files one unit keeps."""

    unit_id: int | None
    unit: str
    people: int
    complete: int
    papers: int
    settled: int


@dataclass(frozen=True)
class Board:
    """The people of a purpose and their papers on a day."""

    purpose: PurposeRow
    rows: tuple[DossierRow, ...]
    as_of: date

    @property
    def complete(self) -> int:
        return sum(1 for row in self.rows if row.is_complete)

    def count(self, state: str, item: str = "") -> int:
        """How many papers are in a state, of one line of the list or of all."""
        return sum(
            1 for row in self.rows for cell in row.cells if cell.state == state and item in ("", cell.item)
        )

    def shares(self) -> list[UnitShare]:
        """Completeness by the unit of each person's main position, least complete first."""
        found: dict[tuple[int | None, str], list[DossierRow]] = defaultdict(list)
        for row in self.rows:
            found[row.unit_id, row.unit].append(row)
        shares = [
            UnitShare(
                unit, name, len(rows), sum(row.is_complete for row in rows), sum(len(row.cells) for row in rows),
                sum(row.settled for row in rows),
            )
            for (unit, name), rows in found.items()
        ]  # fmt: skip
        return sorted(shares, key=lambda share: (share.settled / share.papers, share.unit))


@dataclass(frozen=True)
class AppraisalRow:
    outcome: str
    label: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class VersionRow:
    """One version of a paper as the page of the dossier lists it; no content."""

    id: int
    number: int
    part: int
    name: str
    kind: str
    size: int | None
    digest: str
    pages: int | None
    issued_on: date | None
    valid_until: date | None
    certified: bool
    signed: bool
    scanned: bool
    record: str
    uploaded_by: str
    uploaded_by_id: int | None
    received_on: date
    appraisals: tuple[AppraisalRow, ...]
    is_newest: bool


@dataclass(frozen=True)
class ItemRow:
    """One line of a dossier: what is asked, where it stands, every version there was."""

    kind: PaperKind
    state: str
    label: str
    valid_until: date | None
    may_open: bool
    versions: tuple[VersionRow, ...]
    waived_because: str = ""
    waived_by: str = ""


@dataclass(frozen=True)
class DossierCard:
    """A whole dossier."""

    id: int
    person_id: int
    code: str
    name: str
    purpose: PurposeRow
    items: tuple[ItemRow, ...]
    as_of: date

    @property
    def settled(self) -> int:
        return sum(1 for item in self.items if item.state in SETTLED)

    @property
    def is_complete(self) -> bool:
        return self.settled == len(self.items)


@dataclass(frozen=True)
class Opened:
    """A version whose content may be opened: what is needed to show it, and whose it is."""

    version_id: int
    person_id: int
    code: str
    title: str
    kind: str
    name: str
    digest: str
    secrecy: Secrecy


@dataclass(frozen=True)
class PaperRow:
    """A paper of some dossier in a list of papers."""

    dossier_id: int
    purpose: str
    code: str
    name: str
    item: str
    title: str


@dataclass(frozen=True)
class Expiring:
    """A paper that stops being good on a day."""

    dossier_id: int
    purpose: str
    code: str
    name: str
    item: str
    title: str
    valid_until: date
    needed_on: date | None


DECLARATIONS_READ = "declarations.read"
DECLARATIONS_WRITE = "declarations.write"


class DeclarationKind(models.TextChoices):
    """Why a declaration is due."""

    FIRST = "first", _("Lần đầu")
    ANNUAL = "annual", _("Hằng năm")
    ADDITIONAL = "additional", _("Bổ sung")
    PROCEDURE = "procedure", _("Phục vụ công tác cán bộ")


class DeclarationStep(models.TextChoices):
    """What was done with a declaration, in its order; only that and the day are kept."""

    FILED = "filed_on", _("Đã nộp")
    CHECKED = "checked_on", _("Đã kiểm tra")
    HANDED_OVER = "handed_over_on", _("Đã bàn giao")
    PUBLISHED = "published_on", _("Đã công khai")
    VERIFIED = "verified_on", _("Đã xác minh")


# The same steps as what is still to be done.
NEXT_STEP_LABELS = {
    DeclarationStep.FILED: _("Nộp bản kê khai"),
    DeclarationStep.CHECKED: _("Kiểm tra"),
    DeclarationStep.HANDED_OVER: _("Bàn giao"),
    DeclarationStep.PUBLISHED: _("Công khai"),
    DeclarationStep.VERIFIED: _("Xác minh"),
}


@dataclass(frozen=True)
class DeclarationRow:
    """A duty to declare, where it stands, and when the next step is due. Never what was declared."""

    id: int
    person_id: int
    code: str
    name: str
    unit: str
    kind: str
    kind_label: str
    year: int
    due_on: date
    filed_on: date | None
    steps: tuple[tuple[str, date | None], ...]
    next_step: str
    next_label: str
    next_due: date | None
    is_late: bool
    chosen: bool


@dataclass(frozen=True)
class DrawingRow:
    """A drawing of those to be verified, with all that is needed to draw it again."""

    id: int
    year: int
    seed: str
    digest: str
    declarants: int
    least: int
    chosen: tuple[str, ...]
    leading: frozenset[str]
    bodies_without: tuple[str, ...]
    drawn_on: date
    by: str
    agrees: bool
