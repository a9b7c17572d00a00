"""A draft as the checker sees it: paragraphs and tables, each with a name that a reader can find again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CONTROLS: dict[int, str] = dict.fromkeys((*range(32), *range(127, 160), 0xFFFE, 0xFFFF), " ")
_INVISIBLE: dict[int, str] = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"), " ")
_LETTERS = {**_CONTROLS, **_INVISIBLE, ord("Ð"): "Đ", ord("ð"): "đ", ord("Ɖ"): "Đ"}
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """NFC with the look-alike letter Ð (eth) read as Đ; line breaks, tabs and control characters become
    spaces."""
    return _SURROGATES.sub(" ", unicodedata.normalize("NFC", text)).translate(_LETTERS)


@dataclass(frozen=True)
class Paragraph:
    """text: cleaned; name: "đoạn 3", "dòng 12", "trang 2, dòng 1"; source: which paragraph of the source
    file, and
    offset: from which character of it (long paragraphs are cut)."""

    text: str
    name: str
    source: int = -1
    offset: int = 0


@dataclass(frozen=True)
class Table:
    """cells: rows of cleaned texts, all rows equally long; name: "bảng 2" or the sheet.

    `sheet` tables name their cells like a spreadsheet ("Sheet1!B4"), the others "bảng 2, hàng 4, cột 2".
    first_row, first_column: where the table starts in its sheet, from 0.
    """

    cells: tuple[tuple[str, ...], ...]
    name: str
    sheet: bool = False
    first_row: int = 0
    first_column: int = 0
    source: int = -1

    def place(self, row: int, column: int) -> str:
        """The name of a cell, as the reader counts."""
        if self.sheet:
            return f"{self.name}!{_letters(self.first_column + column)}{self.first_row + row + 1}"
        return f"{self.name}, hàng {self.first_row + row + 1}, cột {self.first_column + column + 1}"


def _letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(frozen=True)
class Draft:
    """Paragraphs and tables in reading order."""

    blocks: tuple[Paragraph | Table, ...]
    name: str = ""
