"""What a workbook is once read: sheets of values with merges, fonts and flags; the limits of reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

from hientai.engines.wording import Sentence

CellValue = str | int | float | bool | date | datetime | time | timedelta
Row = Sequence[CellValue]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How large a file may be before it is refused.

    file_bytes: the file as handed over; inflated_bytes: all its parts unpacked; inflation: unpacked bytes
    per packed byte of one part larger than 16 MB; rows and columns: of one sheet, counted to the last
    cell with a value; cells: of all sheets together.
    """

    file_bytes: int = 100 * MEGABYTE
    inflated_bytes: int = 1024 * MEGABYTE
    inflation: int = 400
    rows: int = 200_000
    columns: int = 500
    cells: int = 8_000_000
    sheets: int = 200


class FileKind(Enum):
    """What the content of the file is, whatever its name says."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLS = "xls"
    ODS = "ods"
    DELIMITED = "csv"


class CellFlag(Enum):
    """What a cell hides behind its value."""

    FORMULA = "formula"
    UNCOMPUTED = "uncomputed"
    ERROR = "error"


@dataclass(frozen=True)
class MergedRange:
    """Zero-based corners, both inside the range."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]`, zero-based from cell A1; an empty cell is the empty string.

    fonts: per row the index into `font_names` of every cell (0 = a font that says nothing about letters);
    untyped: every value came as text (csv, pasted), so numbers and dates cannot be told from text.
    """

    name: str
    rows: Sequence[Row]
    merged: tuple[MergedRange, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    font_names: tuple[str, ...] = ("",)
    fonts: Sequence[bytes] = ()
    flags: Mapping[tuple[int, int], CellFlag] = field(default_factory=dict)
    untyped: bool = False

    def value(self, row: int, column: int) -> CellValue:
        """The value at zero-based (row, column); the empty string outside the sheet."""
        if 0 <= row < len(self.rows):
            cells = self.rows[row]
            if 0 <= column < len(cells):
                return cells[column]
        return ""

    def font(self, row: int, column: int) -> str:
        """The name of a legacy font set on the cell, or the empty string."""
        if row < len(self.fonts):
            indexes = self.fonts[row]
            if column < len(indexes):
                return self.font_names[indexes[column]]
        return ""


@dataclass(frozen=True)
class Workbook:
    """Everything read from one file. notes: what was left aside and why (macros, external links)."""

    kind: FileKind
    sheets: tuple[Sheet, ...]
    notes: tuple[Sentence, ...] = ()


def column_letters(column: int) -> str:
    """The letters of a zero-based column: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The zero-based column of its letters: A -> 0, AA -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def cell_address(row: int, column: int) -> str:
    """The address officers know: (6, 1) -> B7."""
    return f"{column_letters(column)}{row + 1}"
