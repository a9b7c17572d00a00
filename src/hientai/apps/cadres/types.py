"""Words of personal records, and the frozen rows that selectors answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.engines.interval import PartialDate
from hientai.engines.matching import Commonness


class Sex(models.TextChoices):
    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")


class PositionKind(models.TextChoices):
    FULL_TIME = "full_time", _("Chính thức")
    CONCURRENT = "concurrent", _("Kiêm nhiệm")
    ACTING = "acting", _("Giao quyền, phụ trách")
    SECONDED = "seconded", _("Biệt phái")


class QualificationKind(models.TextChoices):
    GENERAL = "general", _("Giáo dục phổ thông")
    PROFESSIONAL = "professional", _("Chuyên môn")
    POLITICAL_THEORY = "political_theory", _("Lý luận chính trị")
    STATE_MANAGEMENT = "state_management", _("Quản lý nhà nước")
    LANGUAGE = "language", _("Ngoại ngữ")
    INFORMATICS = "informatics", _("Tin học")
    DEFENCE_SECURITY = "defence_security", _("Quốc phòng, an ninh")


class Rating(models.TextChoices):
    OUTSTANDING = "outstanding", _("Hoàn thành xuất sắc nhiệm vụ")
    GOOD = "good", _("Hoàn thành tốt nhiệm vụ")
    SATISFACTORY = "satisfactory", _("Hoàn thành nhiệm vụ")
    UNSATISFACTORY = "unsatisfactory", _("Không hoàn thành nhiệm vụ")


class DisciplineForm(models.TextChoices):
    REPRIMAND = "reprimand", _("Khiển trách")
    WARNING = "warning", _("Cảnh cáo")
    DEMOTION = "demotion", _("Giáng chức")
    PAY_CUT = "pay_cut", _("Hạ bậc lương")
    DISMISSAL_FROM_POST = "dismissal_from_post", _("Cách chức")
    EXPULSION = "expulsion", _("Khai trừ")
    DISMISSAL = "dismissal", _("Buộc thôi việc")


class Relation(models.TextChoices):
    SPOUSE = "spouse", _("Vợ, chồng")
    PARENT = "parent", _("Cha, mẹ")
    CHILD = "child", _("Con")
    SIBLING = "sibling", _("Anh, chị, em ruột")
    PARENT_IN_LAW = "parent_in_law", _("Cha, mẹ vợ (chồng)")
    SIBLING_IN_LAW = "sibling_in_law", _("Anh, chị, em vợ (chồng)")


class HealthClass(models.TextChoices):
    ONE = "1", _("Loại I")
    TWO = "2", _("Loại II")
    THREE = "3", _("Loại III")
    FOUR = "4", _("Loại IV")
    FIVE = "5", _("Loại V")


class DoubleAnswer(models.TextChoices):
    OPEN = "open", _("Chưa xem xét")
    DIFFERENT = "different", _("Hai người khác nhau")
    MERGED = "merged", _("Đã gộp")


class Born(PartialDate):
    """A birth date as people read it: 05/03/1980, 03/1980 or 1980."""

    def __str__(self) -> str:
        known = [f"{part:02d}" for part in (self.day, self.month) if part is not None]
        return "/".join([*known, str(self.year)])

    @property
    def iso(self) -> str:
        return "-".join(
            [str(self.year), *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        )


@dataclass(frozen=True)
class PersonRow:
    """One line of a people list."""

    id: int
    code: str
    name: str
    sex: str
    born: Born
    position: str
    unit: str
    unit_id: int | None
    professional: str = ""
    theory: str = ""
    retires_on: date | None = None


@dataclass(frozen=True, slots=True)
class PostAt:
    """A post held at a unit, for who reorganises it: title by code, since when."""

    position_id: int
    person_id: int
    seat_id: int
    unit_id: int
    title: str
    title_name: str
    rank: int
    leads: bool
    kind: str
    since: date


@dataclass(frozen=True)
class PositionRow:
    """One line of the timeline."""

    id: int
    title: str
    unit: str
    kind: str
    valid_from: date
    last_day: date | None
    source: str
    is_current: bool


@dataclass(frozen=True)
class QualificationRow:
    kind: str
    level: str
    field: str
    institution: str
    valid_from: date
    source: str


@dataclass(frozen=True)
class PersonCard:
    """The person page: who, what now, and the history behind it."""

    row: PersonRow
    details: tuple[tuple[str, str], ...]
    positions: tuple[PositionRow, ...]
    qualifications: tuple[QualificationRow, ...]
    ratings: tuple[tuple[int, str], ...] = field(default=())
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class PostOnFile:
    """A position as recorded: half-open validity, seat taken apart."""

    id: int
    seat_id: int
    unit_id: int
    title_id: int
    title: str
    kind: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class StateOnFile:
    """One version in a history of one value (grade, health, listed text)."""

    id: int
    values: Mapping[str, Any]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class PersonOnFile:
    """Everything current in one file, to compare a list with.

    biography: fields of the newest biographical version; qualifications: (kind, level); version: changes whenever
    anything in the file does.
    """

    id: int
    code: str
    unit_id: int | None
    tier: str
    version: str
    biography_id: int
    biography_from: date
    biography: Mapping[str, Any]
    identities: tuple[str, ...] = ()
    posts: tuple[PostOnFile, ...] = ()
    qualifications: tuple[tuple[str, str], ...] = ()
    ratings: Mapping[int, str] = field(default_factory=dict)
    disciplines: tuple[tuple[str, date], ...] = ()
    commendations: tuple[str, ...] = ()
    grades: tuple[StateOnFile, ...] = ()
    health: tuple[StateOnFile, ...] = ()
    texts: Mapping[str, tuple[StateOnFile, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody on file with a name or birthday that a list mentions too."""

    person_id: int
    code: str
    name: str
    sex: str
    born: Born
    home: str
    identities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Namesakes:
    """People on file near those asked for. people: by person id; of: index among those asked -> person ids.

    twins: likewise, only those of the same folded name and whole birthday; among: how common names and birthdays are
    among all on file and all asked for.
    """

    people: Mapping[int, Namesake]
    of: Mapping[int, tuple[int, ...]]
    twins: Mapping[int, tuple[int, ...]]
    among: Commonness


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands: the main post of the day, its unit and title, each with its place in protocol order."""

    person_id: int
    unit_id: int | None
    unit: str
    title: str
    unit_place: int
    title_place: int
    since: date | None


@dataclass(frozen=True)
class RecordRow:
    """One version of a record as a page shows it, and as a form begins with it (values)."""

    id: int
    values: Mapping[str, Any]
    shown: tuple[tuple[Any, str], ...]
    valid_from: date
    last_day: date | None
    source: str
    reason: str


@dataclass(frozen=True)
class RecordDraft:
    """A change of one record that somebody proposes: a new one, or what is done to the version `row`.

    slug: the kind; doing: them, thay-doi, dinh-chinh, ket-thuc, rut; values by field; since, until: days of the record,
    half-open, for thay-doi and ket-thuc the day is `since`; before, after: (label, text) as a page shows both.
    """

    slug: str
    doing: str
    title: str
    row: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """In values that JSON knows; `of_plain` gives it back."""
        return {
            **{name: getattr(self, name) for name in ("slug", "doing", "title", "row")},
            "values": {name: _plain(value) for name, value in self.values.items()},
            "since": _plain(self.since), "until": _plain(self.until),
            "before": [list(pair) for pair in self.before], "after": [list(pair) for pair in self.after],
        }  # fmt: skip

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> RecordDraft:
        return cls(
            kept["slug"], kept["doing"], kept["title"], kept["row"],
            {name: _of_plain(value) for name, value in kept["values"].items()},
            _of_plain(kept["since"]), _of_plain(kept["until"]),
            tuple((label, text) for label, text in kept["before"]),
            tuple((label, text) for label, text in kept["after"]),
        )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _of_plain(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"]) if "day" in value else Decimal(value["decimal"])
    return value


@dataclass(frozen=True)
class FileSection:
    """The records of one kind in a file, newest first."""

    kind: Any
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True)
class DoublePair:
    """Two files that may be one person. reasons: (sentence as stored, points)."""

    id: int
    first: PersonRow
    second: PersonRow
    likeness: str
    points: int
    reasons: tuple[tuple[Mapping[str, Any], int], ...]
    answer: str
    because: str


@dataclass(frozen=True)
class MergeRow:
    """A merge that was made: whose file is kept, whose was merged into it, and whether it was undone."""

    id: int
    kept: str
    kept_name: str
    other: str
    reason: str
    merged_at: datetime
    undone_at: datetime | None


@dataclass(frozen=True)
class Compared:
    """Two files side by side in one kind. differing: fields of the biography that say different things
    (name, label, left, right); overlaps: whether both say something about the same time."""

    kind: Any
    left: tuple[RecordRow, ...]
    right: tuple[RecordRow, ...]
    overlaps: bool
    differing: tuple[tuple[str, Any, str, str], ...] = ()


LACKING: dict[str, Any] = {
    "birth": _("Ngày, tháng sinh"),
    "post": _("Chức vụ vào ngày đang xét"),
    "professional": _("Trình độ chuyên môn"),
    "rating": _("Xếp loại của năm trước"),
}
"""What a file may lack, as the people list asks for it."""
