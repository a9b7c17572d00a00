"""Words and answers of the register of documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hientai.engines.criteria.tree import Parameter, Standard
from hientai.foundation.registry import MeasuredFigure
from hientai.rulebook.targets import Target


class Secrecy(models.TextChoices):
    """The level of a document. The texts of classified ones are never kept here."""

    OPEN = "open", _("Thường")
    CONFIDENTIAL = "confidential", _("Mật")
    SECRET = "secret", _("Tối mật")
    TOP_SECRET = "top_secret", _("Tuyệt mật")


class Kind(models.TextChoices):
    """What a proposal is about."""

    CONFIRMATION = "confirmation", _("Xác nhận theo văn bản")
    LOCAL = "local", _("Quy định của địa phương")


class Outcome(models.TextChoices):
    """How far a proposal has come."""

    PROPOSED = "proposed", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    REFUSED = "refused", _("Không xác nhận")


class Status(models.TextChoices):
    """Where a document stands on a day."""

    IN_FORCE = "in_force", _("Còn hiệu lực")
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    EXPIRED = "expired", _("Hết hiệu lực")
    UNKNOWN = "unknown", _("Chưa rõ")


@dataclass(frozen=True)
class RegisterRow:
    """One document on a day. verified: its days of force were read; origin: `rulebook` or `office`.

    doubtful: how many of its values nobody has confirmed yet; standards, values: how many it sets.
    """

    code: str
    slug: str
    title: str
    issuer: str
    signed: date | None
    valid_from: date | None
    valid_to: date | None
    verified: bool
    status: Status
    origin: str
    secrecy: Secrecy
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    note: str
    standards: int = 0
    values: int = 0
    doubtful: int = 0


@dataclass(frozen=True)
class TextRow:
    """A file of the text kept with a document."""

    id: int
    name: str
    size: int
    digest: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True)
class TargetRow:
    """A target with where it stands: `overdue` where its day has passed."""

    document: str
    target: Target
    unit_id: int | None
    unit: str
    overdue: bool


class Standing(models.TextChoices):
    """How a figure stands to a target. SHOWN: the target is not confirmed, so nothing is judged."""

    REACHED = "reached", _("Đạt chỉ tiêu")
    SHORT = "short", _("Chưa đạt chỉ tiêu")
    SHOWN = "shown", _("Chỉ để xem")
    NOTHING = "nothing", _("Chưa có số liệu")


@dataclass(frozen=True)
class HeldFigure:
    """One figure held against a target."""

    figure: MeasuredFigure
    standing: Standing


@dataclass(frozen=True)
class HeldTarget:
    """A target with the figures of today; measure "" where nothing here measures it."""

    row: TargetRow
    measure: str | Promise
    figures: tuple[HeldFigure, ...]


@dataclass(frozen=True)
class Proposal:
    """A proposed value, without the file itself."""

    id: int
    kind: Kind
    document: str
    key: str
    value: object
    unit: str
    article: str
    quotation: str
    local_document: str
    pilot: bool
    valid_from: date | None
    valid_to: date | None
    starts_on: date | None
    text_id: int | None
    text_name: str
    proposed_by: int | None
    proposer: str
    proposed_at: datetime
    outcome: Outcome
    decider: str
    decided_at: datetime | None
    reason: str
    at_unit: str = ""


@dataclass(frozen=True)
class ParameterRow:
    """One value a document sets (or names without a figure: parameter None) and the proposals about it."""

    key: str
    document: str
    slug: str
    parameter: Parameter | None
    note: str
    waiting: int = 0
    is_local: bool = False
    at_unit: str = ""


@dataclass(frozen=True)
class DocumentPage:
    """Everything about one document on a day."""

    row: RegisterRow
    texts: tuple[TextRow, ...]
    parameters: tuple[ParameterRow, ...]
    standards: tuple[Standard, ...]
    targets: tuple[TargetRow, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RegimeBar:
    """One document's days in the picture of regimes: thousandths of the width; open_end: it has no last day."""

    row: RegisterRow
    start: int
    length: int
    open_end: bool


@dataclass(frozen=True)
class RegimeLine:
    """The documents that followed each other on one subject."""

    subject: str
    bars: tuple[RegimeBar, ...]


@dataclass(frozen=True)
class Timeline:
    """The picture of regimes: lines by subject, the years of the scale with their place, where the day lies."""

    lines: tuple[RegimeLine, ...]
    years: tuple[tuple[int, int], ...]
    today: int


@dataclass(frozen=True)
class DraftRow:
    """A file of rules that is not in force and judges nobody."""

    id: int
    code: str
    slug: str
    title: str
    standards: tuple[str, ...]
    added_by: str
    added_at: datetime
