"""Excel workbooks into tables, one a block of rows; cells as they are shown (number formats, percents)."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.figures.draft import Paragraph, Table, clean
from hientai.engines.figures.reading.limits import MOST_CELLS, check_package
from hientai.engines.figures.spoken import spoken
from hientai.engines.wording import say

_MOST_SHEETS = 200


def read_sheets(path: Path) -> tuple[Paragraph | Table, ...]:
    """Every sheet cut at empty rows into tables; a row with one long text is a paragraph ("Sheet1!A1").

    Formulas count with the value last computed by Excel. Raises BadInput when the file is broken, encrypted,
    too large or no xlsx.
    """
    from openpyxl import load_workbook  # loaded where it is used: workers that only show pages do without
    from openpyxl.utils.exceptions import InvalidFileException

    check_package(path, "xlsx", "xl/workbook.xml")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, data_only=True)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        TypeError,
        OSError,
        SyntaxError,
        AttributeError,
    ) as error:
        raise BadInput("broken", say("Tệp hỏng hoặc không phải {kind}", kind="xlsx"), path.name) from error
    if len(book.worksheets) > _MOST_SHEETS:
        raise BadInput("too_large", say("Sổ tính có quá nhiều trang"), path.name)
    blocks: list[Paragraph | Table] = []
    cells = 0
    for sheet in book.worksheets:
        cells += sheet.max_row * sheet.max_column
        if cells > MOST_CELLS:
            raise BadInput("too_large", say("Sổ tính quá lớn"), path.name)
        blocks.extend(_sheet(sheet))
    return tuple(blocks)


def _sheet(sheet: Any) -> Iterator[Paragraph | Table]:
    rows = [tuple(_shown(cell) for cell in row) for row in sheet.iter_rows()]
    _spread_headings(sheet, rows)
    start = 0
    while start < len(rows):
        if not any(text.strip() for text in rows[start]):
            start += 1
            continue
        stop = start
        while stop < len(rows) and any(text.strip() for text in rows[stop]):
            stop += 1
        yield from _block(sheet.title, rows, start, stop)
        start = stop


def _block(title: str, rows: list[tuple[str, ...]], start: int, stop: int) -> Iterator[Paragraph | Table]:
    while start < stop and sum(bool(text.strip()) for text in rows[start]) == 1:
        column = next(index for index, text in enumerate(rows[start]) if text.strip())
        if rows[start][column].strip()[-1:].isdigit() and len(rows[start][column].strip()) < 12:
            break
        place = Table((), title, sheet=True, first_row=start, first_column=column)
        yield Paragraph(clean(rows[start][column])[:20_000], place.place(0, 0), start)
        start += 1
    if start < stop:
        yield Table(tuple(rows[start:stop]), title, sheet=True, first_row=start)


def _spread_headings(sheet: Any, rows: list[tuple[str, ...]]) -> None:
    """A heading merged across columns is said in each of them."""
    for merged in list(sheet.merged_cells.ranges)[:2000]:
        row, first, last = (
            merged.min_row - 1,
            merged.min_col - 1,
            min(merged.max_col, len(rows[0]) if rows else 0),
        )
        if row >= len(rows) or last - first < 2:
            continue
        text = rows[row][first]
        wide = sum(bool(other.strip()) for other in rows[row]) > 1
        if text.strip() and wide and not any(character.isdigit() for character in text):
            line = list(rows[row])
            line[first:last] = [text] * (last - first)
            rows[row] = tuple(line)


def _shown(cell: Any) -> str:
    """The cell as Excel shows it, in Vietnamese form; long texts are cut."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General")
    return clean(str(value))[:32_767]


def _number(value: int | float, shown_as: str) -> str:
    from fractions import Fraction

    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return ""
    section = shown_as.split(";")[0]
    digits = re.search(r"\.([0#]+)", section)
    places = len(digits.group(1)) if digits else 0
    exact = Fraction(str(value)) if abs(value) < 10**15 else Fraction(int(value))
    if "%" in section:
        return spoken(exact * 100, places) + "%"
    if "General" in section or section in ("@", ""):
        if isinstance(value, int) or value == int(value):
            return str(int(value))
        return spoken(exact, 4).rstrip("0").rstrip(",") if abs(value) < 10**12 else str(int(value))
    return spoken(exact, places)
