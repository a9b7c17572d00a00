"""Cell values as the text a person wrote: legacy letters repaired, spaces tidied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from hientai.engines.vitext import legacy, nfc, tidy
from hientai.engines.worksheet.sheet import CellValue, Sheet

_NOT_WORD = re.compile(r"[^\w']+|_+")
_FONT_OF = {
    legacy.Encoding.TCVN3: ".VnTime",
    legacy.Encoding.TCVN3_CAPITALS: ".VnTimeH",
    legacy.Encoding.VNI: "VNI-Times",
}
_SAMPLE = 400


def phrase(text: str) -> str:
    """What headings and marks are compared by: NFC, lower case, punctuation as one space. Accents stay."""
    return " ".join(_NOT_WORD.sub(" ", nfc(text).lower()).split())


def plain(value: CellValue) -> str:
    """A cell value as text, unrepaired: whole numbers without a point, days as dd/mm/yyyy."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


class CellText:
    """The text of the cells of one sheet, repaired cell by cell; remembers what it has already repaired.

    A cell in a legacy font is judged by its font; where fonts say nothing (xls, csv, copied cells) and most such cells
    of the sheet are written in a legacy encoding, cells too short to tell are read like the rest.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, str], str] = {}
        self._tidied: dict[str, str] = {}
        self._has_fonts = bool(sheet.fonts)
        self._usual_font = self._font_by_letters()
        self.repaired = 0

    def _font_by_letters(self) -> str:
        sample = [value for value in _sample_strings(self._sheet) if not value.isascii()]
        found = legacy.detect_column(sample)
        return _FONT_OF.get(found, "") if found else ""

    def at(self, row: int, column: int) -> str:
        """The tidy text of zero-based (row, column)."""
        return self.of(self._sheet.value(row, column), row, column)

    def of(self, value: CellValue, row: int, column: int) -> str:
        """The tidy text of `value`, which stands at (row, column)."""
        if not isinstance(value, str):
            return plain(value)
        known = self._tidied.get(value)
        if known is not None:
            return known
        if value.isascii():
            if value.isalnum():
                return value
            known = self._tidied[value] = tidy(value)
            return known
        font = self._sheet.font(row, column) if self._has_fonts else ""
        font = font or self._usual_font
        known = self._known.get((value, font))
        if known is None:
            cleaned = legacy.clean(value, font or None)
            known = cleaned.text
            self._known[value, font] = known
            if not self._has_fonts:
                self._tidied[value] = known
            self.repaired += cleaned.repaired is not None
        return known

    def lines(self, row: int, column: int) -> tuple[str, ...]:
        """The lines of a cell, each tidied; a cell of one line gives one."""
        value = self._sheet.value(row, column)
        if isinstance(value, str) and ("\n" in value or "\r" in value):
            return tuple(filter(None, (self.of(line, row, column) for line in value.splitlines())))
        text = self.of(value, row, column)
        return (text,) if text else ()


def _sample_strings(sheet: Sheet) -> Iterable[str]:
    """Texts of cells whose font says nothing."""
    step = max(1, len(sheet.rows) // _SAMPLE)
    for row in range(0, len(sheet.rows), step):
        fonts = sheet.fonts[row] if row < len(sheet.fonts) else b""
        for column, value in enumerate(sheet.rows[row]):
            if isinstance(value, str) and not (column < len(fonts) and sheet.font_names[fonts[column]]):
                yield value
