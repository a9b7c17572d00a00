"""One bounded pass over the XML of a sheet: its true extent, fonts, formulas, faults, hidden rows.

The values themselves are read by calamine, which lays a sheet out as one rectangle: a single cell in the
last corner would make it ask for all memory. So the extent is measured here first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.engines.worksheet.reading.container import broken
from hientai.engines.worksheet.reading.styles import refuse_document_type
from hientai.engines.worksheet.sheet import CellFlag, Limits, column_index

_ROW = re.compile(rb"<(?:[A-Za-z]\w*:)?row(?=[\s/>])")
# The same without a prefix: it begins with letters that can be looked for, which is fifteen times as fast.
_BARE_ROW = re.compile(rb"<row(?=[\s/>])")
_ROW_NUMBER = re.compile(rb"\A[^>]*?\sr\s*=\s*[\"'](\d{1,9})[\"']")
_ROW_HIDDEN = re.compile(rb"\A[^>]*?\shidden\s*=\s*[\"'](?:1|true)[\"']")
_VALUE = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:v|is)[\s>]")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,9})[\"']")
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CELL = re.compile(rb"<(?:[A-Za-z]\w*:)?c(?=[\s/>])([^>]*?)(/?)>", re.DOTALL)
_CELL_END = re.compile(rb"</(?:[A-Za-z]\w*:)?c>")
_CELL_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})\d")
_CELL_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,6})[\"']")
_FORMULA = re.compile(rb"<(?:[A-Za-z]\w*:)?f[\s/>]")
_RESULT = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:v(?:\s[^>]*)?>[^<]|is[\s>])")
_RESULT_IS_TEXT = re.compile(rb"\st\s*=\s*[\"'](?:str|s|inlineStr)[\"']")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")


@dataclass
class SheetScan:
    """What the pass found. rows and columns: extent to the last cell with a value."""

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    flags: dict[tuple[int, int], CellFlag] = field(default_factory=dict)
    fonts: list[bytes] = field(default_factory=list)


def too_large(where: str, limits: Limits) -> BadInput:
    """The refusal of a sheet beyond the limits."""
    return BadInput(
        "too_large",
        say(
            "Trang tính {sheet} vượt quá {rows} dòng, {columns} cột hoặc {cells} ô có dữ liệu. "
            "Hãy tách danh sách thành nhiều tệp nhỏ hơn.",
            sheet=where,
            rows=limits.rows,
            columns=limits.columns,
            cells=limits.cells,
        ),
        where,
    )


def _row_pieces(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The XML between one row tag and the next, without what stands before the first."""
    kept = b""
    started = False
    for chunk in chunks:
        refuse_document_type(chunk, name)
        kept += chunk
        pieces = (_ROW if b":row" in kept else _BARE_ROW).split(kept)
        kept = pieces.pop()
        for piece in pieces:
            if started:
                yield piece
            started = True
        if not started:
            kept = kept[-64:]
    if started:
        yield kept


def scan_sheet(
    chunks: Iterable[bytes], name: str, sheet: str, style_fonts: dict[int, int], limits: Limits
) -> SheetScan:
    """Measures a sheet; stops with BadInput `too_large` as soon as the limits are passed."""
    scan = SheetScan()
    letters: set[bytes] = set()
    usual: list[bytes] = []
    current = -1
    cells = 0
    for piece in _row_pieces(chunks, name):
        number = _ROW_NUMBER.match(piece)
        current = int(number.group(1)) - 1 if number else current + 1
        if current < 0:
            raise broken(name)
        if not _VALUE.search(piece):
            if _FORMULA.search(piece) and current < limits.rows:
                cells += len(_FORMULA.findall(piece))
                if cells > limits.cells:
                    raise too_large(sheet, limits)
                _note_flags(scan, piece, current)
            continue
        references = _REFERENCE.findall(piece)
        if references:
            own_number = b"%d" % (current + 1)
            last = current + 1
            if references != [each + own_number for each in usual]:  # not the columns of the row above
                usual = [each.rstrip(_DIGITS) for each in references]
                letters.update(usual)
                last = max(int(each.lstrip(_LETTERS)) for each in references)
            cells += len(references)
        else:
            unnamed = len(_CELL.findall(piece))
            scan.columns = max(scan.columns, unnamed)
            last = current + 1
            cells += unnamed
        scan.rows = max(scan.rows, last, current + 1)
        if scan.rows > limits.rows or cells > limits.cells:
            raise too_large(sheet, limits)
        _note_row(scan, piece, current, style_fonts)
    if letters:
        scan.columns = max(scan.columns, 1 + max(column_index(each.decode("ascii")) for each in letters))
    if scan.columns > limits.columns or scan.rows * scan.columns > limits.cells * 2:
        raise too_large(sheet, limits)
    return scan


def _note_row(scan: SheetScan, piece: bytes, row: int, style_fonts: dict[int, int]) -> None:
    if _ROW_HIDDEN.match(piece):
        scan.hidden_rows.add(row)
    if style_fonts:
        while len(scan.fonts) < row:
            scan.fonts.append(b"")
        scan.fonts.append(_row_fonts(piece, style_fonts))
    if _may_hide(piece) and (_FORMULA.search(piece) or _ERROR.search(piece)):
        _note_flags(scan, piece, row)


def _may_hide(piece: bytes) -> bool:
    """Whether a row has letters that a formula or a fault begins with: a search for one letter is fastest."""
    return (b"f" in piece and (b"<f" in piece or b":f" in piece)) or (
        b"e" in piece and (b'"e"' in piece or b"'e'" in piece)
    )


def _cells(piece: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(column, attributes, content) of every cell of a row."""
    column = -1
    for match in _CELL.finditer(piece):
        reference = _CELL_REFERENCE.search(match.group(1))
        column = column_index(reference.group(1).decode("ascii")) if reference else column + 1
        content = b""
        if not match.group(2):
            end = _CELL_END.search(piece, match.end())
            content = piece[match.end() : end.start() if end else len(piece)]
        yield column, match.group(1), content


def _note_flags(scan: SheetScan, piece: bytes, row: int) -> None:
    for column, attributes, content in _cells(piece):
        if _ERROR.search(attributes):
            scan.flags[row, column] = CellFlag.ERROR
        elif _FORMULA.search(content):
            scan.flags[row, column] = (
                CellFlag.FORMULA if _has_result(attributes, content) else CellFlag.UNCOMPUTED
            )


def _has_result(attributes: bytes, content: bytes) -> bool:
    """Whether a formula was ever reckoned. Excel keeps an empty text as such; other programs write an empty value."""
    if _RESULT.search(content):
        return True
    return _VALUE.search(content) is not None and _RESULT_IS_TEXT.search(attributes) is not None


def _row_fonts(piece: bytes, style_fonts: dict[int, int]) -> bytes:
    fonts = bytearray()
    column = -1
    for match in _CELL.finditer(piece):
        attributes = match.group(1)
        reference = _CELL_REFERENCE.search(attributes)
        column = column_index(reference.group(1).decode("ascii")) if reference else column + 1
        style = _CELL_STYLE.search(attributes)
        font = style_fonts.get(int(style.group(1)) if style else 0, 0)
        if font and column < 16384:
            if len(fonts) <= column:
                fonts.extend(bytes(column + 1 - len(fonts)))
            fonts[column] = font
    return bytes(fonts)
