"""Words of the organisation: kinds, blocks and levels of units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


def name_on(history: Iterable[tuple[date, date | None, str]], day: date) -> str:
    """The name that held on `day`; the nearest earlier one, else the first, when none did."""
    name = ""
    for start, _end, called in history:
        if not name or start <= day:
            name = called
    return name
