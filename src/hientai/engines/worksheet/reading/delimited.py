"""Reads csv, tsv and text pasted from Excel: which encoding, which delimiter, then cells of text."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

from hientai.engines.errors import BadInput
from hientai.engines.vitext import legacy
from hientai.engines.wording import say
from hientai.engines.worksheet.reading.kind import utf16_without_mark
from hientai.engines.worksheet.reading.sheet_xml import too_large
from hientai.engines.worksheet.sheet import FileKind, Limits, Row, Sheet, Workbook

_DELIMITERS = "\t;,|"
_LONGEST_CELL = 131_072


def read_delimited(content: bytes, limits: Limits, name: str) -> Workbook:
    """Reads delimited text. Every cell is text (`untyped`).

    Raises BadInput `encoding`, `too_large`, `broken`.
    """
    return read_text(decode(content), limits, name)


def read_text(text: str, limits: Limits, name: str) -> Workbook:
    """Reads text already decoded, such as cells pasted from Excel."""
    delimiter = tell_delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[Row] = []
    cells = 0
    try:
        for cells_of_row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            end = len(cells_of_row)
            while end and not cells_of_row[end - 1].strip():
                end -= 1
            rows.append(tuple(cells_of_row[:end]))
            cells += end
            if len(rows) > limits.rows or end > limits.columns or cells > limits.cells:
                raise too_large(name, limits)
    except csv.Error as fault:
        raise BadInput(
            "broken",
            say(
                "Dòng {row} của tệp văn bản không đọc được. Hãy lưu lại từ Excel kiểu .xlsx.",
                row=len(rows) + 1,
            ),
            name,
        ) from fault
    while rows and not rows[-1]:
        rows.pop()
    return Workbook(FileKind.DELIMITED, (Sheet(name=name, rows=rows, untyped=True),))


def decode(content: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 with or without mark, Windows-1258, or legacy letters.

    Legacy (TCVN3, VNI) text comes out in its Windows-1252 letters; it is repaired later, cell by cell.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    unmarked = utf16_without_mark(content)
    if unmarked:
        return _strictly(content, unmarked)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    western = content.decode("cp1252", errors="replace")
    if legacy.detect(western[:20_000], "") is not None:
        return western
    try:
        return unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return western


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise BadInput(
            "encoding",
            say("Không đọc được chữ trong tệp văn bản. Hãy lưu lại từ Excel kiểu 'CSV UTF-8' hoặc .xlsx."),
        ) from fault


def tell_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines most evenly into the most columns; a tab when in doubt."""
    lines = text[:100_000].splitlines()[:200]
    best, best_score = "\t", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(cells) for cells in _cut(lines, delimiter)]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = wide.count(usual) / len(widths) * min(usual, 12)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _cut(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []
