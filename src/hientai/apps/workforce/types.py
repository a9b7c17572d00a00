"""Words of the workforce: job positions, competencies, gaps, and how people leave by slimming-down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

READ = "workforce.read"
WRITE = "workforce.write"
ASSESS = "workforce.assess"
OWN = "person.read_own"


class Scheme(models.TextChoices):
    """Under which decree somebody leaves; amounts are not reckoned here."""

    ND_178_2024 = "178/2024/NĐ-CP", _("Nghị định 178/2024/NĐ-CP (sắp xếp tổ chức bộ máy)")
    ND_154_2025 = "154/2025/NĐ-CP", _("Nghị định 154/2025/NĐ-CP (tinh giản biên chế)")
    ND_29_2023 = "29/2023/NĐ-CP", _("Nghị định 29/2023/NĐ-CP (tinh giản biên chế, đến 15/06/2025)")
    OTHER = "other", _("Chế độ khác")


class Filling(models.TextChoices):
    """How many hold a job position against how many posts it has."""

    VACANT = "vacant", _("Còn thiếu người")
    FULL = "full", _("Đủ người")
    OVER = "over", _("Thừa người")


class Outcome(models.TextChoices):
    """Required level against assessed level of one person for one competency."""

    MET = "met", _("Đạt mức yêu cầu")
    BELOW = "below", _("Dưới mức yêu cầu")
    UNKNOWN = "unknown", _("Chưa đánh giá")


@dataclass(frozen=True)
class JobDraft:
    """A job position to be entered. decree, group: of `rulebook.workforce`; title: code of a title, "" for none."""

    unit_id: int
    code: str
    name: str
    decree: str
    group: str
    posts: int
    valid_from: date
    description: str = ""
    requirements: str = ""
    title: str = ""
    valid_to: date | None = None
    source: str = ""


@dataclass(frozen=True)
class JobFilter:
    """What the register keeps. unit_id: the subtree; group: of any decree; filling: one of `Filling`; text: words."""

    unit_id: int | None = None
    group: str = ""
    filling: str = ""
    text: str = ""


@dataclass(frozen=True)
class JobRow:
    """A job position as of a day. holders: how many hold it, None where the reader may not see people."""

    id: int
    code: str
    name: str
    unit_id: int
    unit_code: str
    unit: str
    decree: str
    group: str
    group_name: str
    group_verified: bool
    posts: int
    holders: int | None
    title: str
    valid_from: date
    source: str

    @property
    def filling(self) -> str:
        if self.holders is None or self.holders == self.posts:
            return Filling.FULL if self.holders is not None else ""
        return Filling.VACANT if self.holders < self.posts else Filling.OVER

    @property
    def filling_name(self) -> str:
        return str(Filling(self.filling).label) if self.filling else "–"


def summary(rows: Sequence[JobRow]) -> dict[str, int]:
    """Posts, holders, and how many job positions lack people or have too many."""
    return {
        "jobs": len(rows),
        "posts": sum(row.posts for row in rows),
        "holders": sum(row.holders or 0 for row in rows),
        "vacant": sum(row.filling == Filling.VACANT for row in rows),
        "over": sum(row.filling == Filling.OVER for row in rows),
    }


@dataclass(frozen=True)
class JobVersionRow:
    """One stretch of a job position; last_day inclusive."""

    name: str
    posts: int
    decree: str
    group_name: str
    valid_from: date
    last_day: date | None
    source: str


@dataclass(frozen=True)
class JobCard:
    """A job position with its texts, the levels it asks for, and its past."""

    row: JobRow
    description: str
    requirements: str
    levels: dict[str, int]
    history: tuple[JobVersionRow, ...]


@dataclass(frozen=True)
class Assessed:
    """What somebody judged about one competency of one person, and on which day."""

    level: int
    by: str
    on: date
    source: str


@dataclass(frozen=True)
class GapLine:
    """One competency of one person. required, assessed: None where nobody set or judged it."""

    competency: str
    name: str
    group: str
    required: int | None
    assessed: Assessed | None

    @property
    def outcome(self) -> str:
        """Unknown where nothing was assessed; "" where the job asks for no level."""
        if self.required is None:
            return ""
        if self.assessed is None:
            return Outcome.UNKNOWN
        return Outcome.MET if self.assessed.level >= self.required else Outcome.BELOW

    @property
    def outcome_name(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def gap(self) -> int | None:
        """Levels missing; 0 when met, None when unknown."""
        if self.required is None or self.assessed is None:
            return None
        return max(0, self.required - self.assessed.level)


@dataclass(frozen=True)
class UnitGap:
    """One competency in a unit with everything below it: people by outcome; asked: all of them."""

    competency: str
    name: str
    group: str
    people: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def number(self, outcome: str) -> int:
        return len(self.people.get(outcome, ()))

    @property
    def asked(self) -> int:
        return sum(len(ids) for ids in self.people.values())


@dataclass(frozen=True)
class LeavingRow:
    """Somebody who left by a scheme. months: complete months ahead of retirement; cut: posts taken away with it."""

    id: int
    person_id: int
    scheme: str
    scheme_name: str
    months: int | None
    unit_id: int
    unit: str
    title: str
    day: date
    decision: str
    cut: int | None
    remark: str = ""


@dataclass(frozen=True)
class LeftSeat:
    """A seat that somebody left: places and holders on the day, and who was planned for it."""

    title: str
    unit: str
    places: int
    holders: int
    successors: int
    is_leadership: bool

    @property
    def vacant(self) -> int:
        return max(0, self.places - self.holders)


@dataclass(frozen=True)
class LostTurn:
    """A turn of the plan that the person who left had: for which seat, and how many others are planned for it."""

    title: str
    unit: str
    others: int


@dataclass(frozen=True)
class Aftermath:
    """What a leaving leaves: seats, turns of the plan, posts of the unit before and on the day, people present."""

    seats: tuple[LeftSeat, ...]
    turns: tuple[LostTurn, ...]
    posts_before: int | None
    posts_after: int | None
    present: int | None
