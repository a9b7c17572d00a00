"""A report as an Excel workbook: one sheet a table, values as values, ready to print on its paper."""

from __future__ import annotations

import io
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from hientai.foundation.documents.archive import without_clock
from hientai.foundation.documents.report import (
    NUMBER_WEIGHT,
    Cell,
    GroupLine,
    Line,
    Picture,
    Report,
    ReportTable,
    cell_text,
    day_line,
)

_PAPERS = {"A3": 8, "A4": 9}
_ALIGN = {"l": "left", "c": "center", "r": "right"}
_CHARACTERS = 150  # about what a page across holds
_LITERAL = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(report: Report, mark: str = "") -> bytes:
    """The bytes of an .xlsx file; text is written as text, and equal reports give equal bytes."""
    import xlsxwriter  # loaded where it is used: workers that only show pages do without

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _LITERAL) as book:
        book.set_properties(
            {"title": report.title, "author": "Hiền Tài", "created": datetime(2020, 1, 1), "comments": mark}  # noqa: DTZ001
        )
        for number, table in enumerate(report.tables, start=1):
            name = _("Biểu {number}").format(number=number)
            _Sheet(book, book.add_worksheet(name), report, table).write(mark)
    return without_clock(buffer.getvalue())


class _Sheet:
    """One table on one sheet."""

    def __init__(self, book: Any, sheet: Any, report: Report, table: ReportTable) -> None:
        self.sheet, self.report, self.table = sheet, report, table
        self.header = [*([_("STT")] if table.numbered else []), *table.header]
        self.above = [*([""] if table.numbered else []), *table.above] if any(table.above) else []
        self.weights = [*([NUMBER_WEIGHT] if table.numbered else []), *table.weights]
        face = {"font_name": report.layout.face, "font_size": 12, "valign": "vcenter"}
        framed = {**face, "border": 1, "text_wrap": True}
        self.title = book.add_format(
            {**face, "bold": True, "font_size": 14, "align": "center", "text_wrap": True}
        )
        self.note = book.add_format({**face, "italic": True, "text_wrap": True, "valign": "top"})
        self.own = book.add_format({**face, "bold": True})
        self.motto = book.add_format({**face, "bold": True, "align": "right"})
        self.strong = book.add_format({**face, "bold": True, "align": "center", "text_wrap": True})
        self.head = book.add_format({**framed, "bold": True, "align": "center", "bg_color": "#F3EFE6"})
        self.step = book.add_format({**framed, "italic": True, "align": "center", "font_size": 9})
        self.group = book.add_format({**framed, "bold": True, "bg_color": "#FAF8F3"})
        sides = [*(["c"] if table.numbered else []), *table.aligned]
        self.cells = [
            book.add_format({**framed, "align": _ALIGN[side], "indent": int(side == "l")}) for side in sides
        ]
        self.days = [
            book.add_format({**framed, "align": _ALIGN[side], "num_format": "dd/mm/yyyy"}) for side in sides
        ]
        self.numbers = [
            book.add_format({**framed, "align": _ALIGN[side], "num_format": "#,##0.##"}) for side in sides
        ]
        self.whole = [
            book.add_format({**framed, "align": _ALIGN[side], "num_format": "#,##0"}) for side in sides
        ]
        self.row = 0

    def write(self, mark: str) -> None:
        self._widths()
        self._head()
        self._header()
        self._body()
        self._foot(mark)
        self._page()

    def _widths(self) -> None:
        page = _CHARACTERS if self.report.across else _CHARACTERS * 0.66
        one = max(8.0, page / sum(self.weights))
        self.characters = [max(5.0, one * weight) for weight in self.weights]
        for column, width in enumerate(self.characters):
            self.sheet.set_column(column, column, width)

    def _over_all(self, text: str, form: Any, height: float | None = None) -> None:
        last = len(self.header) - 1
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", form)
        self.sheet.write_string(self.row, 0, text, form)
        if height or len(text) > _CHARACTERS:
            self.sheet.set_row(self.row, height or 16 * (1 + len(text) // _CHARACTERS))
        self.row += 1

    def _head(self) -> None:
        report, last = self.report, len(self.header) - 1
        bodies = [*filter(None, (report.superior.upper(), report.agency.upper()))]
        pairs = zip_longest(bodies, report.layout.motto, fillvalue="")
        for own, motto in pairs:  # not merged: a reader of tables would take it for a header
            self.sheet.write_string(self.row, 0, own, self.own)
            if last:
                self.sheet.write_string(self.row, last, motto, self.motto)
            self.row += 1
        self._over_all(report.title.upper(), self.title, 24)
        said = [report.subtitle, day_line(report), report.banner]
        self._over_all(" · ".join(filter(None, said)), self.note)
        for text in (*report.opening, self.table.caption):
            if text:
                self._over_all(text, self.note)

    def _header(self) -> None:
        self.top = self.row
        if self.above:
            self._two_rows()
        else:
            for column, text in enumerate(self.header):
                self.sheet.write_string(self.row, column, text, self.head)
        self.sheet.set_row(self.row, 34)
        self.row += 1
        if self.table.steps:
            for column in range(len(self.header)):
                self.sheet.write_string(self.row, column, f"({column + 1})", self.step)
            self.row += 1

    def _two_rows(self) -> None:
        place = 0
        while place < len(self.above):
            over, last = self.above[place], place
            while over and last + 1 < len(self.above) and self.above[last + 1] == over:
                last += 1
            if not over:
                self.sheet.merge_range(self.row, place, self.row + 1, place, self.header[place], self.head)
            elif last > place:
                self.sheet.merge_range(self.row, place, self.row, last, over, self.head)
            else:
                self.sheet.write_string(self.row, place, over, self.head)
            for column in range(place, last + 1):
                if over:
                    self.sheet.write_string(self.row + 1, column, self.header[column], self.head)
            place = last + 1
        self.row += 1

    def _body(self) -> None:
        number = self.table.first - 1
        for line in self.table.lines:
            if isinstance(line, GroupLine):
                self._over_all(line.text, self.group)
                continue
            number += 1
            self._line([number, *line] if self.table.numbered else line)
            self.row += 1

    def _line(self, line: Line) -> None:
        """Excel fits a row to its text only when it is edited, so the height is reckoned here."""
        lines = max((self._lines_of(column, value) for column, value in enumerate(line)), default=1)
        self.sheet.set_row(self.row, 16.5 * lines)
        for column, value in enumerate(line):
            self._value(column, value)

    def _lines_of(self, column: int, value: Cell) -> int:
        if not isinstance(value, str):
            return 1
        room = max(4, int(self.characters[column] * 0.95) - 1)
        return sum(1 + max(0, len(part) - 1) // room for part in value.split("\n"))

    def _value(self, column: int, value: Cell) -> None:
        if isinstance(value, Picture):
            self.sheet.write_blank(self.row, column, None, self.cells[column])
            self.sheet.set_row(self.row, 84)
            scale = _scale(value)
            self.sheet.insert_image(
                self.row, column, "photo", {"image_data": io.BytesIO(value.content), "x_scale": scale, "y_scale": scale,
                                            "x_offset": 4, "y_offset": 4, "object_position": 1},
            )  # fmt: skip
        elif value is None or value == "":
            self.sheet.write_blank(self.row, column, None, self.cells[column])
        elif isinstance(value, date):
            self.sheet.write_datetime(self.row, column, value, self.days[column])
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            form = self.whole if float(value).is_integer() else self.numbers
            self.sheet.write_number(self.row, column, value, form[column])
        else:
            self.sheet.write_string(self.row, column, cell_text(value), self.cells[column])

    def _foot(self, mark: str) -> None:
        self.row += 1
        for text in (self.table.note, *self.report.notes, mark):
            if text:
                self._over_all(text, self.note)
        self.row += 1
        last, signers = len(self.header) - 1, list(self.report.signers)
        if not signers or last + 1 < len(signers):
            return
        step = (last + 1) // len(signers)
        for place, (over, under) in enumerate(signers):
            first = place * step
            end = last if place == len(signers) - 1 else first + step - 1
            text = f"{over}\n{under}"
            if end > first:
                self.sheet.merge_range(self.row, first, self.row, end, text, self.strong)
            else:
                self.sheet.write_string(self.row, first, text, self.strong)
        self.sheet.set_row(self.row, 90)

    def _page(self) -> None:
        rows = 1 + bool(self.above) + self.table.steps
        self.sheet.freeze_panes(self.top + rows, 0)
        self.sheet.repeat_rows(self.top, self.top + rows - 1)
        self.sheet.set_paper(_PAPERS[self.report.paper])
        if self.report.across:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&L&9{self.report.banner}&C&P/&N")


def _scale(picture: Picture) -> float:
    """A portrait 100 pixels high."""
    from PIL import Image

    with Image.open(io.BytesIO(picture.content)) as image:
        return 100 / image.height
