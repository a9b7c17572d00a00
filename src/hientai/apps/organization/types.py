"""Words of the organisation: kinds, blocks and levels of units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Tier of the organisation; districts ended on 2025-07-01 and stay readable before that day."""

    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Block(models.TextChoices):
    """Khối: the five blocks that official tables are divided into."""

    PARTY = "party", _("Khối đảng")
    FRONT = "front", _("Khối Mặt trận Tổ quốc và đoàn thể")
    GOVERNMENT = "government", _("Khối chính quyền")
    PUBLIC_SERVICE = "public_service", _("Khối đơn vị sự nghiệp công lập")
    ARMED_FORCES = "armed_forces", _("Khối lực lượng vũ trang")
    ENTERPRISE = "enterprise", _("Khối doanh nghiệp nhà nước")


class UnitKind(models.TextChoices):
    """What kind of body a unit is."""

    AREA = "area", _("Địa phương")
    COMMITTEE = "committee", _("Cấp ủy")
    AGENCY = "agency", _("Cơ quan")
    DIVISION = "division", _("Phòng, ban")
    SERVICE = "service", _("Đơn vị sự nghiệp")


class Tier(models.TextChoices):
    """Diện quản lý: the authority that manages a title or a person."""

    POLITBURO = "politburo", _("Bộ Chính trị")
    SECRETARIAT = "secretariat", _("Ban Bí thư")
    PROVINCE = "province", _("Ban Thường vụ Tỉnh ủy")
    DISTRICT = "district", _("Ban Thường vụ Huyện ủy")
    COMMUNE = "commune", _("Ban Thường vụ Đảng ủy xã")
    AGENCY = "agency", _("Tập thể lãnh đạo cơ quan")


class ActKind(models.TextChoices):
    """What a decision does to units."""

    ESTABLISH = "establish", _("Thành lập")
    RENAME = "rename", _("Đổi tên")
    CHANGE_LEVEL = "change_level", _("Đổi cấp")
    MOVE = "move", _("Chuyển trực thuộc")
    MERGE = "merge", _("Sáp nhập, hợp nhất")
    SPLIT = "split", _("Chia, tách")
    DISSOLVE = "dissolve", _("Giải thể, kết thúc")


class FrozenWork(models.TextChoices):
    """What a freeze window stops (Kết luận 128-KL/TW, 07/03/2025)."""

    PLANNING = "planning", _("Quy hoạch")
    TRANSFER = "transfer", _("Điều động, luân chuyển")
    APPOINTMENT = "appointment", _("Bổ nhiệm, giới thiệu ứng cử")


class TextKind(models.TextChoices):
    """Dated texts of a unit."""

    FUNCTIONS = "functions", _("Chức năng")
    TASKS = "tasks", _("Nhiệm vụ, quyền hạn")


LEVEL_NUMBER = {Level.CENTRAL: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}


@dataclass(frozen=True)
class UnitRow:
    """A unit as of a day."""

    id: int
    code: str
    name: str
    kind: str
    block: str
    level: str
    parent_id: int | None
    order: int
    depth: int = 0


@dataclass(frozen=True)
class TitleRow:
    """A title in use."""

    id: int
    code: str
    name: str
    level: str
    rank: int
    is_leadership: bool
    is_key: bool
    tier: str
    standard: str
    order: int


@dataclass(frozen=True)
class SeatRow:
    """One title at one unit, as both are called on a day."""

    id: int
    unit_id: int
    unit: str
    title_id: int
    title_code: str
    title: str
    level: str


@dataclass(frozen=True)
class UnitDraft:
    """A unit to be established. parent: code of the parent unit, "" for a root."""

    code: str
    name: str
    kind: str
    block: str
    level: str
    parent: str
    valid_from: date
    order: int = 0
    valid_to: date | None = None
    source: str = ""


@dataclass(frozen=True)
class TitleDraft:
    """A title to be entered in the catalogue."""

    code: str
    name: str
    level: str
    rank: int
    tier: str
    valid_from: date
    is_leadership: bool = False
    is_key: bool = False
    standard: str = ""
    order: int = 0
    valid_to: date | None = None


@dataclass(frozen=True)
class UnitChange:
    """What becomes otherwise about a unit. fields: name, kind, block, level, order; parent: code of the new parent."""

    code: str
    fields: dict[str, str | int] = field(default_factory=dict)
    parent: str | None = None


@dataclass(frozen=True)
class Heir:
    """Unit `before` went to `after`. share: which part of it, None when the decision does not say.

    keeps_records: the successor that keeps the files of `before`; whoever may read there reads them too.
    """

    before: str
    after: str
    share: Fraction | None = None
    keeps_records: bool = True


@dataclass(frozen=True)
class ActDraft:
    """One decision about units: what begins, ends, changes on `day`, and who succeeds whom. Units are named by code."""

    kind: str
    day: date
    decision: str
    begins: tuple[UnitDraft, ...] = ()
    ends: tuple[str, ...] = ()
    changes: tuple[UnitChange, ...] = ()
    heirs: tuple[Heir, ...] = ()


@dataclass(frozen=True)
class ActRow:
    """An act on record. undone_at: None while it stands."""

    id: int
    kind: str
    day: date
    decision: str
    by: str
    undone_at: datetime | None
    undone_because: str
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class VersionRow:
    """One stretch in the life of a unit; last_day is inclusive."""

    name: str
    kind: str
    level: str
    block: str
    parent_id: int | None
    parent: str
    valid_from: date
    last_day: date | None
    source: str
    is_current: bool = False


@dataclass(frozen=True)
class Edge:
    """A step of a lineage, by unit ids."""

    before: int
    after: int
    day: date
    share: Fraction | None
    keeps_records: bool
    act: int = 0


@dataclass(frozen=True)
class LineageUnit:
    """A unit of a lineage: how it was last called, and when it stood (last_day inclusive)."""

    id: int
    code: str
    name: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class Lineage:
    """Where a unit came from and what became of it, all the way in both directions."""

    unit_id: int
    units: dict[int, LineageUnit]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Difference:
    """What is otherwise among units on `second` against `first`."""

    first: date
    second: date
    begun: tuple[UnitRow, ...]
    ended: tuple[UnitRow, ...]
    renamed: tuple[tuple[UnitRow, UnitRow], ...]
    moved: tuple[tuple[UnitRow, UnitRow], ...]
    relevelled: tuple[tuple[UnitRow, UnitRow], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.begun or self.ended or self.renamed or self.moved or self.relevelled)


@dataclass(frozen=True)
class FreezeRow:
    """A freeze window; last_day inclusive."""

    id: int
    unit: str
    unit_code: str
    kind: str
    valid_from: date
    last_day: date | None
    source: str
    is_on: bool


@dataclass(frozen=True)
class PlacesRow:
    """A seat that has places on a day, with what its title is."""

    id: int
    unit_id: int
    title_id: int
    title: str
    rank: int
    is_leadership: bool
    places: int


def name_on(history: Iterable[tuple[date, date | None, str]], day: date) -> str:
    """The name that held on `day`; the nearest earlier one, else the first, when none did."""
    name = ""
    for start, _end, called in history:
        if not name or start <= day:
            name = called
    return name
