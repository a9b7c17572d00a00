"""A list as an Excel workbook: title, as-of day, what was asked, the lines, and who made it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import xlsxwriter


@dataclass(frozen=True)
class ListDocument:
    """title: of the list; as_of: its day; base: what the list is a list of; header and lines: plain values."""

    title: str
    as_of: date
    base: str
    header: Sequence[str]
    lines: Sequence[Sequence[Any]]
    sheet: str = "Danh sách"


def write_list(document: ListDocument) -> bytes:
    """The bytes of an .xlsx file: numbered lines, frozen header, printable on A4 across.

    Text is written as text: a name that begins with "=" stays a name.
    """
    import xlsxwriter  # loaded where it is used: workers that only show pages do without

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        _fill(book, book.add_worksheet(document.sheet[:31]), document)
    return buffer.getvalue()


def _fill(book: xlsxwriter.Workbook, sheet: Any, document: ListDocument) -> None:
    face = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    title = book.add_format({**face, "bold": True, "font_size": 14})
    note = book.add_format({**face, "italic": True})
    head = book.add_format(
        {**face, "bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#F3EFE6"}
    )
    cell = book.add_format({**face, "border": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({**face, "border": 1, "num_format": "dd/mm/yyyy", "valign": "top"})
    sheet.write_string(0, 0, document.title, title)
    sheet.write_string(
        1,
        0,
        _("Số liệu tính đến ngày {day}").format(day=f"{document.as_of:%d/%m/%Y}") + " · " + document.base,
        note,
    )
    if settings.DEMO:
        sheet.write_string(2, 0, _("Dữ liệu hư cấu – bản trình diễn"), note)
    top = 3
    for column, label in enumerate([_("STT"), *document.header]):
        sheet.write_string(top, column, label, head)
    for number, line in enumerate(document.lines, 1):
        sheet.write_number(top + number, 0, number, cell)
        for column, value in enumerate(line, 1):
            _write(sheet, top + number, column, value, cell, day)
    _lay_out(sheet, document, top)


def _write(sheet: Any, row: int, column: int, value: Any, cell: Any, day: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, cell)
    else:
        sheet.write_string(row, column, str(value), cell)


def _lay_out(sheet: Any, document: ListDocument, top: int) -> None:
    sheet.set_column(0, 0, 6)
    for column, label in enumerate(document.header, 1):
        longest = max((len(str(line[column - 1] or "")) for line in document.lines[:200]), default=0)
        sheet.set_column(column, column, min(44, max(len(label), longest) + 2))
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
