"""Words of imports, and the frozen rows that judging a list gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.drafts import CodeDraft, PersonChange, PersonDraft
from hientai.apps.cadres.types import PostOnFile
from hientai.apps.organization.types import TitleDraft
from hientai.engines.wording import Sentence
from hientai.engines.worksheet import ExtractedRow, Reason
from hientai.engines.worksheet.pictures import NO_PICTURES, Pictures
from hientai.foundation.errors import NotFound

IMPORT = "exchange.import"


class RowStatus(models.TextChoices):
    """What becomes of a row when its list is committed."""

    CREATED = "created", _("Thêm mới")
    UPDATED = "updated", _("Thay đổi")
    UNCHANGED = "unchanged", _("Giữ nguyên")
    REFUSED = "refused", _("Bị từ chối")
    DUPLICATE = "duplicate", _("Trùng")
    IGNORED = "ignored", _("Bỏ qua")


# Reasons of rows that could be taken if the officer said which unit the list belongs to.
UNIT_ASKED = ("unit_missing", "unit_unknown", "unit_ambiguous")
WRITTEN = (RowStatus.CREATED, RowStatus.UPDATED)


class BatchState(models.TextChoices):
    """Where an import stands."""

    MAPPING = "mapping", _("Ghép cột")
    PREVIEW = "preview", _("Xem trước")
    COMMITTED = "committed", _("Đã ghi")
    UNDONE = "undone", _("Đã hoàn tác")
    ABANDONED = "abandoned", _("Đã bỏ")


@dataclass(frozen=True)
class Post:
    """A seat that a row names: unit id (None: the unit is not known) and a title of the catalogue or a new one.

    doubt: why the level of the title is not certain.
    """

    unit_id: int | None
    title_id: int | None
    new_title: TitleDraft | None
    label: str
    kind: str
    valid_from: date
    doubt: Sentence | None = None


@dataclass(frozen=True)
class FieldChange:
    """One field of a file before and after, as an officer reads it; since: the day a new state begins."""

    field: str
    label: str
    old: str
    new: str
    since: date | None = None


@dataclass(frozen=True)
class Likely:
    """Somebody on file who may be the person of a row, with the points for and against."""

    code: str
    name: str
    points: int
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True)
class JudgedRow:
    """One row of a list held against the records.

    person_id: whose file it is, None for a new or unknown one; changes: field by field; draft or change: what commit
    writes, with seats still to be opened for `posts`; held: posts on file; unexplained: (code list, text) of spellings
    that are no value of their list; photo: the part of the file that is the portrait to be kept, "" for none.
    """

    row: ExtractedRow
    status: str
    reasons: tuple[Reason, ...]
    person_id: int | None = None
    code: str = ""
    unit_id: int | None = None
    changes: tuple[FieldChange, ...] = ()
    posts: tuple[Post, ...] = ()
    held: tuple[PostOnFile, ...] = ()
    draft: PersonDraft | None = None
    change: PersonChange | None = None
    likely: tuple[Likely, ...] = ()
    conflicts: tuple[Any, ...] = ()
    unexplained: tuple[tuple[str, str], ...] = ()
    photo: str = ""


@dataclass(frozen=True)
class Judgement:
    """A whole list held against the records.

    day: what the changes take effect from (the list's own day, else the day of reading); codes: values the code lists
    lack so far; pictures: where the portraits that `rows` name are read from.
    """

    rows: tuple[JudgedRow, ...]
    day: date
    codes: tuple[CodeDraft, ...] = ()
    notes: tuple[Sentence, ...] = ()
    pictures: Pictures = NO_PICTURES

    def counts(self) -> dict[str, int]:
        """Rows by status; every status is there."""
        counted = {status.value: 0 for status in RowStatus}
        for row in self.rows:
            counted[row.status] += 1
        return counted

    @property
    def may_commit_whole(self) -> bool:
        """Whether no row is refused."""
        return not any(row.status == RowStatus.REFUSED for row in self.rows)


@dataclass(frozen=True)
class Choices:
    """What an officer decided about single rows.

    same_as: (sheet, row) -> id of the person it is, or None for a new person; fixes: (sheet, cell) -> text typed anew;
    sides: (sheet, row) -> "unit" or "file", whose word counts in a conflict.
    """

    same_as: Mapping[tuple[str, int], int | None] = field(default_factory=dict)
    fixes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sides: Mapping[tuple[str, int], str] = field(default_factory=dict)


NO_CHOICES = Choices()


@dataclass(frozen=True)
class Outcome:
    """What a commit wrote. recorded_at: the moment all its versions carry."""

    created: tuple[int, ...]
    updated: tuple[int, ...]
    recorded_at: datetime


@dataclass(frozen=True)
class BatchRow:
    """One import as screens show it. is_old: records, choices or columns changed since the preview was made."""

    id: int
    token: str
    name: str
    state: str
    unit_code: str
    unit_name: str
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    as_of: date | None
    version: int
    created_at: datetime
    committed_at: datetime | None
    error_file: str
    is_old: bool = False

    @property
    def state_label(self) -> str:
        return str(BatchState(self.state).label)

    @property
    def refused(self) -> int:
        return self.counts.get(RowStatus.REFUSED, 0)

    @property
    def written(self) -> int:
        """Rows that a commit writes."""
        return sum(self.counts.get(status, 0) for status in WRITTEN)

    @property
    def in_doubt(self) -> int:
        return self.counts.get(RowStatus.DUPLICATE, 0)


@dataclass(frozen=True)
class StagedRow:
    """One row of a preview. shown: see `staging.shown`."""

    sheet: str
    row: int
    status: str
    shown: Mapping[str, object]
    person_code: str

    @property
    def status_label(self) -> str:
        return str(RowStatus(self.status).label)


@dataclass(frozen=True)
class Unexplained:
    """A spelling of a list that is no value of its code list. rows: in how many; choices: (code, name) it may mean."""

    code_list: str
    label: str
    text: str
    rows: int
    choices: tuple[tuple[str, str], ...]


def token_of(text: str) -> UUID:
    """The token in an address; raises NotFound when it is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(text) from error


@dataclass(frozen=True)
class RequestRow:
    """A unit's workbook that was sent out, and what became of it."""

    token: str
    unit_name: str
    title: str
    as_of: date
    due_on: date | None
    people: int
    created_at: datetime
    batch_token: str
    batch_state: str

    @property
    def state_label(self) -> str:
        return str(BatchState(self.batch_state).label) if self.batch_state else ""
