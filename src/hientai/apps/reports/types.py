"""Words of the figure check, and what one check has found in the form that pages and downloads need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CHECK = "figures.check"
"""The permission to have a draft checked: it reads nothing of the records."""


class Verdict(models.TextChoices):
    """The verdicts of the engine in the order of gravity, as readers call them."""

    WRONG = "wrong", _("Sai")
    UNIT_MIXED = "unit_mixed", _("Lẫn đơn vị")
    FORCED = "forced", _("Chỉnh cho đủ 100")
    TRUNCATED = "truncated", _("Cắt bỏ, không làm tròn")
    BASE_MISSING = "base_missing", _("Thiếu mẫu số")
    ROUNDED = "rounded", _("Làm tròn đúng")
    EXACT = "exact", _("Đúng")


ICONS: Mapping[str, str] = {
    Verdict.WRONG: "cross",
    Verdict.UNIT_MIXED: "cross",
    Verdict.FORCED: "alert",
    Verdict.TRUNCATED: "alert",
    Verdict.BASE_MISSING: "question",
    Verdict.ROUNDED: "check",
    Verdict.EXACT: "check",
}
TO_LOOK_AT = (
    Verdict.WRONG,
    Verdict.UNIT_MIXED,
    Verdict.FORCED,
    Verdict.TRUNCATED,
    Verdict.BASE_MISSING,
)
FAULTS = (Verdict.WRONG, Verdict.UNIT_MIXED)


@dataclass(frozen=True)
class Line:
    """One judged figure: its number in the marked text, where it stands, what is printed, what is right.

    exact is "" where it cannot be computed; why is the arithmetic in words; likely the probable slip, "" when there
    is none.
    """

    number: int
    place: str
    printed: str
    exact: str
    verdict: str
    label: str
    why: str
    likely: str

    @property
    def verdict_label(self) -> str:
        return str(Verdict(self.verdict).label)

    @property
    def icon(self) -> str:
        return ICONS[self.verdict]


@dataclass(frozen=True)
class Checked:
    """What one check has found.

    name: of the file; marked: HTML of the engine, everything from the draft escaped, "" where there is no text (json);
    document: the answer of command and API; language: of its sentences.
    """

    name: str
    language: str
    lines: tuple[Line, ...]
    marked: str
    document: dict[str, Any]

    @property
    def counts(self) -> dict[str, int]:
        return {verdict: self.document["counts"][verdict] for verdict in Verdict.values}

    @property
    def faults(self) -> int:
        return int(self.document["faults"])

    @property
    def to_look_at(self) -> int:
        return sum(self.counts[verdict] for verdict in TO_LOOK_AT)

    def listed(self, wanted: str) -> tuple[Line, ...]:
        """The lines of one verdict, of `look` (everything that is not simply right), or all."""
        if wanted == "look":
            return tuple(line for line in self.lines if line.verdict in TO_LOOK_AT)
        return tuple(line for line in self.lines if wanted in ("", "all", line.verdict))

    def as_fields(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_fields(cls, fields: dict[str, Any]) -> Checked:
        return cls(**{**fields, "lines": tuple(Line(**line) for line in fields["lines"])})


@dataclass(frozen=True)
class Asked:
    """What a report was asked: its code, the unit ("" for everything in scope) and the answers to its options."""

    report: str
    unit: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class FrozenRow:
    """One frozen report; `records`, `rules` and `program` name what it was made from."""

    code: str
    asked: Asked
    title: str
    as_of: date
    language: str
    frozen_at: datetime
    frozen_by: str
    user_id: int | None
    records: str
    rules: str
    program: str
    hashes: Mapping[str, str]


@dataclass(frozen=True)
class Verified:
    """What is known of a file. row: the frozen report it is, or says it is; None when it names none of ours.

    genuine: its bytes are those issued; replayed: written again, every form has the bytes issued;
    differences: how many lines of the report would read otherwise from the records of now, None when it was not asked.
    """

    row: FrozenRow | None
    genuine: bool = False
    replayed: bool = False
    differences: int | None = None

    @property
    def holds(self) -> bool:
        return self.row is not None and self.genuine and self.replayed


def mark_of(code: str) -> str:
    """What each page of a frozen report says of itself."""
    return gettext("Bản cố định {code}").format(code=code)


@dataclass(frozen=True)
class LockRow:
    """A day that was locked: its figures were settled and reported as known at `known_at`."""

    id: int
    day: date
    name: str
    known_at: datetime
    locked_by: str
