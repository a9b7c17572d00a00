"""Gives the office its own file back with a column of results and the faulty cells marked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet.letters import plain
from hientai.engines.worksheet.reading import read_workbook
from hientai.engines.worksheet.record import ExtractedRow, Extraction, Reason, Status
from hientai.engines.worksheet.sheet import CellValue, FileKind, Limits, Sheet, Workbook, column_letters

HEADING = say("Kết quả nhập")
_STATUS: dict[Status, Sentence] = {
    Status.PERSON: say("Được nhận"),
    Status.REFUSED: say("Bị từ chối"),
    Status.DUPLICATE: say("Trùng"),
    Status.IGNORED: say("Bỏ qua"),
}
_MOST_STYLED_CELLS = 400_000
_WIDEST_MESSAGE = 30_000
_REFUSED_FILL, _REMARK_FILL = "FFF4B6B6", "FFFFF2B3"
_IDENTITY_FIELDS = ("identity", "identity_old")
_NO_EXTRA: Mapping[tuple[str, int], Sequence[Reason]] = {}
_LIMITS = Limits()


def error_workbook(
    content: bytes,
    extraction: Extraction,
    extra_reasons: Mapping[tuple[str, int], Sequence[Reason]] = _NO_EXTRA,
    *,
    hide_identity: bool = False,
    limits: Limits = _LIMITS,
    name: str = "",
) -> bytes:
    """The same workbook as xlsx with a result column at the right and marked cells.

    content: the bytes that were extracted; extra_reasons: (sheet, Excel row) -> what the records say in
    addition;
    hide_identity: leave only the last three digits of identity numbers; name: as given to `read_workbook`.
    Formulas, macros and external links
    do
    not survive: every cell is a plain value, and text beginning with "=" stays text. xlsx files of moderate
    size
    keep their looks; other kinds and very large ones come out plain.
    """
    workbook = read_workbook(content, limits, name)
    results = _Results(extraction, extra_reasons)
    cells = sum(len(row) for sheet in workbook.sheets for row in sheet.rows)
    if workbook.kind in (FileKind.XLSX, FileKind.XLSM) and cells <= _MOST_STYLED_CELLS:
        return _styled(content, workbook, results, hide_identity)
    return _plain(workbook, results, hide_identity)


class _Results:
    """The rows and reasons by sheet and row."""

    def __init__(self, extraction: Extraction, extra: Mapping[tuple[str, int], Sequence[Reason]]) -> None:
        self.rows: dict[str, dict[int, ExtractedRow]] = {}
        for row in extraction.rows:
            self.rows.setdefault(row.sheet, {})[row.row] = row
        self.headings = {
            (table.sheet, table.header_rows[1] + 1) for table in extraction.tables if table.header_rows
        }
        self._extra = extra
        self.identities = {
            (table.sheet, column.column, table.first_row, table.end_row)
            for table in extraction.tables
            for column in table.columns
            if column.is_read and column.field in _IDENTITY_FIELDS
        }

    def reasons(self, row: ExtractedRow) -> tuple[Reason, ...]:
        return (*row.reasons, *self._extra.get((row.sheet, row.row), ()))

    def message(self, row: ExtractedRow) -> str:
        """Status and reasons in one cell, refusals first."""
        reasons = sorted(self.reasons(row), key=lambda each: not each.refuses)
        refused = row.status is Status.PERSON and any(each.refuses for each in reasons)
        status = _STATUS[Status.REFUSED] if refused else _STATUS[row.status]
        parts = [f"{each.cell}: {each.message}" if each.cell else str(each.message) for each in reasons]
        return ". ".join([str(status), *(part.rstrip(".") for part in parts)])[:_WIDEST_MESSAGE]

    def hides(self, sheet: str, row: int, column: int) -> bool:
        """Whether a zero-based cell holds an identity number."""
        return any(
            sheet == name and column == at and first <= row < end for name, at, first, end in self.identities
        )


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.rows), default=0)


def hidden_number(value: CellValue) -> str:
    """An identity number of which only the last three digits show."""
    shown = plain(value)
    return "•" * max(0, len(shown) - 3) + shown[-3:]


def _styled(content: bytes, workbook: Workbook, results: _Results, hide: bool) -> bytes:
    import openpyxl  # loaded where it is used: workers that only show pages do without
    from openpyxl.styles import Alignment, Font

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False, keep_vba=False)
    for sheet in workbook.sheets:
        page = book[sheet.name]
        _make_harmless(page)
        if hide:
            _hide_identities(page, sheet, results)
        rows = results.rows.get(sheet.name, {})
        if not rows:
            continue
        column = _width(sheet) + 1
        page.column_dimensions[column_letters(column - 1)].width = 60
        for name, number in results.headings:
            if name == sheet.name:
                _write(page, number, column, str(HEADING)).font = Font(bold=True)
        for number, row in rows.items():
            cell = _write(page, number, column, results.message(row))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            _mark(page, results.reasons(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(page: Any, row: int, column: int, text: str) -> Any:
    from openpyxl.cell.cell import MergedCell

    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        page.unmerge_cells(next(str(each) for each in page.merged_cells.ranges if cell.coordinate in each))
        cell = page.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    return cell


def _mark(page: Any, reasons: Iterable[Reason]) -> None:
    from openpyxl.styles import PatternFill

    for reason in sorted(reasons, key=lambda each: each.refuses):
        if reason.cell:
            colour = _REFUSED_FILL if reason.refuses else _REMARK_FILL
            page[reason.cell].fill = PatternFill("solid", start_color=colour)


def _make_harmless(page: Any) -> None:
    """Text that looks like a formula is kept as text, also when the cell is edited later."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@", "\t", "\r"):
                cell.data_type = "s"
                cell.quotePrefix = True
            if cell.hyperlink is not None:
                cell.hyperlink = None


def _hide_identities(page: Any, sheet: Sheet, results: _Results) -> None:
    for name, column, first, end in results.identities:
        if name != sheet.name:
            continue
        for row in range(first, min(end, len(sheet.rows))):
            value = sheet.value(row, column)
            if value != "":
                _write(page, row + 1, column + 1, hidden_number(value))


def _plain(workbook: Workbook, results: _Results, hide: bool) -> bytes:
    import xlsxwriter  # loaded where it is used: workers that only show pages do without

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "constant_memory": True,
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    refused = book.add_format({"bg_color": "#F4B6B6"})
    remark = book.add_format({"bg_color": "#FFF2B3"})
    for index, sheet in enumerate(workbook.sheets):
        page = book.add_worksheet(_sheet_name(sheet.name, index))
        if sheet.hidden:
            page.hide()
        rows = results.rows.get(sheet.name, {})
        width = _width(sheet)
        for number, cells in enumerate(sheet.rows):
            row = rows.get(number + 1)
            marks = {each.cell: each.refuses for each in results.reasons(row)} if row else {}
            for column, value in enumerate(cells):
                if value == "":
                    continue
                hidden = hide and results.hides(sheet.name, number, column)
                mark = marks.get(f"{column_letters(column)}{number + 1}")
                style = None if mark is None else refused if mark else remark
                page.write_string(
                    number, column, (hidden_number(value) if hidden else plain(value))[:32_000], style
                )
            if row:
                page.write_string(number, width, results.message(row))
            elif (sheet.name, number + 1) in results.headings:
                page.write_string(number, width, str(HEADING))
    book.close()
    return stream.getvalue()


def _sheet_name(name: str, index: int) -> str:
    """A name that Excel accepts; calamine and csv may give others."""
    kept = (
        "".join(letter for letter in name if letter not in "[]:*?/\\")[:31].strip("'") or f"Sheet{index + 1}"
    )
    return kept if kept.lower() != "history" else "Sheet"
