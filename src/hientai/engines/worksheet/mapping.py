"""Which column holds what: proposed with a confidence, edited by the officer, saved as YAML."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import yaml

from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.sheet import column_index, column_letters

SURE_ENOUGH = 0.6
_VERSION = 1


@dataclass(frozen=True)
class ColumnProposal:
    """One column (zero-based) of a table.

    heading: all headings over it joined by " > "; field: key of the vocabulary, "choice:LIST=CODE", or empty
    when
    unmapped; confidence: 0 to 1, read from when at least SURE_ENOUGH; why: doubts, in words; samples: some
    values.
    """

    column: int
    heading: str
    field: str = ""
    confidence: float = 0.0
    why: Sentence | None = None
    samples: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """The column as Excel names it."""
        return column_letters(self.column)

    @property
    def is_read(self) -> bool:
        """Whether extraction reads the column."""
        return bool(self.field) and self.confidence >= SURE_ENOUGH


@dataclass(frozen=True)
class TableProposal:
    """A table of people found on a sheet. Rows are zero-based; [first_row, end_row) are below the header.

    header_rows: first and last row of the headings, None when there are none; repeated_headers: headings
    printed
    again at page breaks; as_of: the day the list speaks of, as its title says; unit: the unit named by the
    title
    or the sheet.
    """

    sheet: str
    sheet_index: int
    header_rows: tuple[int, int] | None
    first_row: int
    end_row: int
    columns: tuple[ColumnProposal, ...]
    repeated_headers: tuple[tuple[int, int], ...] = ()
    as_of: date | None = None
    unit: str = ""
    notes: tuple[Sentence, ...] = ()

    @property
    def unmapped(self) -> tuple[ColumnProposal, ...]:
        """Columns with a heading that extraction leaves out."""
        return tuple(each for each in self.columns if each.heading and not each.is_read)

    @functools.cached_property
    def first_columns(self) -> dict[str, int]:
        """Field -> zero-based column, the first of several, of every column that is read."""
        found: dict[str, int] = {}
        for each in self.columns:
            if each.is_read:
                found.setdefault(each.field, each.column)
        return found

    def with_field(self, column: int, field: str) -> TableProposal:
        """The same table with one zero-based column set by hand (empty field: left out)."""
        check_field(field)
        columns = tuple(
            replace(each, field=field, confidence=1.0 if field else 0.0, why=None)
            if each.column == column
            else each
            for each in self.columns
        )
        return replace(self, columns=columns)


def check_field(key: str) -> None:
    """Raises BadInput `unknown_field` unless `key` is empty, a field, or choice:LIST=CODE."""
    if not key or key in vocabulary.fields():
        return
    if key.startswith("choice:"):
        code_list, _, code = key.removeprefix("choice:").partition("=")
        if any(each.code == code for each in vocabulary.code_lists().get(code_list, ())):
            return
    raise BadInput(
        "unknown_field",
        say(
            "Không có trường {field}. Các trường dùng được: {fields}.",
            field=key,
            fields=", ".join(vocabulary.fields()),
        ),
        key,
    )


@dataclass(frozen=True)
class SavedMapping:
    """What an office taught: heading -> field (empty: leave out), single columns, sheets to skip.

    columns: (sheet, column letters) -> field, for columns whose heading says nothing.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    skip_sheets: tuple[str, ...] = ()

    @classmethod
    def from_proposals(cls, proposals: Iterable[TableProposal]) -> SavedMapping:
        """The mapping as it now stands, ready to be saved for the next file of the same office."""
        headings: dict[str, str] = {}
        columns: dict[tuple[str, str], str] = {}
        for table in proposals:
            for each in table.columns:
                key = each.field if each.is_read else ""
                if each.heading and headings.get(each.heading, key) == key:
                    headings[each.heading] = key
                elif key or each.heading:
                    columns[table.sheet, each.letters] = key
        return cls(headings, columns)

    def to_yaml(self) -> str:
        """The text of MAP.yaml."""
        document = {
            "worksheet_mapping": _VERSION,
            "headings": dict(self.headings),
            "columns": [
                {"sheet": sheet, "column": letters, "field": key}
                for (sheet, letters), key in self.columns.items()
            ],
            "skip_sheets": list(self.skip_sheets),
        }
        text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)
        return text

    @classmethod
    def from_yaml(cls, text: str) -> SavedMapping:
        """Reads MAP.yaml. Raises BadInput `bad_mapping` or `unknown_field` naming the faulty entry."""
        try:
            document = yaml.safe_load(text)
        except yaml.YAMLError as fault:
            raise _bad_mapping("YAML") from fault
        if not isinstance(document, dict) or document.get("worksheet_mapping") != _VERSION:
            raise _bad_mapping("worksheet_mapping")
        headings = document.get("headings") or {}
        if not isinstance(headings, dict):
            raise _bad_mapping("headings")
        for key in headings.values():
            check_field(str(key or ""))
        return cls(
            {str(heading): str(key or "") for heading, key in headings.items()},
            dict(_read_columns(document.get("columns") or [])),
            tuple(str(name) for name in document.get("skip_sheets") or ()),
        )


def _read_columns(entries: Any) -> Iterable[tuple[tuple[str, str], str]]:
    if not isinstance(entries, list):
        raise _bad_mapping("columns")
    for entry in entries:
        if not isinstance(entry, dict) or not {"sheet", "column"} <= entry.keys():
            raise _bad_mapping("columns")
        letters, key = str(entry["column"]).upper(), str(entry.get("field") or "")
        if not letters.isascii() or not letters.isalpha() or column_index(letters) > 16383:
            raise _bad_mapping(f"columns: {letters}")
        check_field(key)
        yield (str(entry["sheet"]), letters), key


def _bad_mapping(where: str) -> BadInput:
    return BadInput(
        "bad_mapping",
        say(
            "Tệp ghép cột không đúng dạng ở mục {where}. Xem mẫu trong hướng dẫn nhập bảng tính.",
            where=where,
        ),
        where,
    )
