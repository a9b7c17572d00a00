"""What extraction hands over: every row below a heading with its status, the person it speaks of, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from hientai.engines.wording import Sentence
from hientai.engines.worksheet.mapping import TableProposal
from hientai.engines.worksheet.sheet import cell_address


class Status(Enum):
    """person: good to be created or compared; refused: has a fault to mend; duplicate: an earlier row of the
    file already speaks of this person; ignored: no person (numbering, section, total, signature...)."""

    PERSON = "person"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row has its status, or what was noticed about a cell.

    field: key of the vocabulary, empty for the row as a whole; cell: address, empty likewise; refuses:
    whether
    it keeps the row from being imported. The message never repeats an identity number.
    """

    field: str
    cell: str
    code: str
    message: Sentence
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """Text as written and the code it was recognised as, None when no code fits. code_list names the list."""

    text: str
    code: str | None
    label: str | None
    code_list: str


@dataclass(frozen=True, slots=True)
class Position:
    """One post as written, cut into title and unit as well as can be; suggestions: other ways to cut it."""

    text: str
    title: str
    unit: str
    kind: str = "main"
    certain: bool = False
    suggestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as one row tells.

    name: NFC, in name case; sex: male or female; born: YYYY-MM-DD or YYYY; born_month: YYYY-MM when just
    that is
    known; identity: 12 or 9 digits; days: field -> YYYY-MM-DD, YYYY-MM or YYYY; codes: field -> Coded;
    texts: field -> text (several columns joined by "; "); numbers: field -> number; unit and block: from
    their
    own column, else from the section row or the sheet; unread: field -> text that could not be read.
    Whatever could not be read is None or absent.
    """

    name: str | None = None
    sex: str | None = None
    born: str | None = None
    born_month: str | None = None
    identity: str | None = None
    identity_old: str | None = None
    phone: str | None = None
    email: str | None = None
    block: str = ""
    unit: str = ""
    unit_source: str = ""
    sections: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Coded] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)

    def as_fields(self) -> dict[str, Any]:
        """Flat and ready for JSON: only what is known."""
        flat: dict[str, Any] = {
            key: value
            for key in (
                "name",
                "sex",
                "born",
                "born_month",
                "identity",
                "identity_old",
                "phone",
                "email",
                "block",
                "unit",
            )
            if (value := getattr(self, key))
        }
        if self.positions:
            flat["positions"] = [
                {"text": each.text, "title": each.title, "unit": each.unit, "kind": each.kind}
                for each in self.positions
            ]
        flat |= self.days
        flat |= {key: {"text": each.text, "code": each.code} for key, each in self.codes.items()}
        flat |= self.texts
        flat |= self.numbers
        if self.unread:
            flat["unread"] = dict(self.unread)
        return flat


@dataclass(frozen=True, slots=True)
class ExtractedRow:
    """One non-empty row below a heading. row: as Excel numbers it, from 1; duplicate_of: (sheet, row).

    kind: for ignored rows what they are (section, total, numbering...), else empty.
    """

    sheet: str
    row: int
    status: Status
    person: PersonRecord | None
    reasons: tuple[Reason, ...]
    table: TableProposal
    duplicate_of: tuple[str, int] | None = None
    kind: str = ""

    def cell_of(self, field_key: str) -> str:
        """The address of the first cell of this row that holds the field; empty when no column does."""
        column = self.table.first_columns.get(field_key)
        return "" if column is None else cell_address(self.row - 1, column)

    def cells(self) -> dict[str, str]:
        """Field -> cell address, for every column that is read."""
        first = self.table.first_columns.items()
        return {key: cell_address(self.row - 1, column) for key, column in first}

    def as_document(self) -> dict[str, Any]:
        """The row as the command's JSON shows it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "status": self.status.value,
            "fields": self.person.as_fields() if self.person else {},
            "reasons": [
                {"field": each.field, "cell": each.cell, "code": each.code, "message": str(each.message)}
                for each in self.reasons
            ],
        }


@dataclass(frozen=True)
class Extraction:
    """The whole file, row by row. as_of: the day the list speaks of, None when it does not say."""

    rows: tuple[ExtractedRow, ...]
    as_of: date | None
    tables: tuple[TableProposal, ...]
    notes: tuple[Sentence, ...] = ()

    def counts(self) -> dict[str, int]:
        """Rows by status; every status is there."""
        counted = {status.value: 0 for status in Status}
        for row in self.rows:
            counted[row.status.value] += 1
        return counted
