"""A report as a Word document in an official layout: head, title, as-of day and bases, tables, signature block."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hientai.foundation.documents.layout import PARTY, Layout

TEXT_WIDTH = 252  # millimetres between the margins of A4 across


@dataclass(frozen=True)
class ReportTable:
    """caption; header and lines as text; note: what the figures are shares of. The first column is left-aligned."""

    caption: str
    header: Sequence[str]
    lines: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """agency: who reports; title; as_of; opening paragraphs; tables; closing notes (rounding, regime, doubts)."""

    agency: str
    title: str
    subtitle: str
    as_of: date
    opening: Sequence[str]
    tables: Sequence[ReportTable]
    notes: Sequence[str]


def write_report(report: Report, layout: Layout = PARTY) -> bytes:
    """The bytes of a .docx file, A4 across."""
    document = Document()
    _set_page(document, layout)
    _write_head(document, report, layout)
    _centred(document, report.title.upper(), bold=True, size=layout.body_size + 1, before=12)
    _centred(document, report.subtitle, italic=True)
    for text in report.opening:
        _paragraph(document, text)
    for table in report.tables:
        _write_table(document, table)
    for note in report.notes:
        _paragraph(document, note, italic=True, size=11)
    _write_signature(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_page(document: Any, layout: Layout) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(
        Mm, layout.margins
    )
    style = document.styles["Normal"]
    style.font.name, style.font.size = layout.face, Pt(layout.body_size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), layout.face)
    style.paragraph_format.space_after = Pt(4)
    document.core_properties.author = "Hiền Tài"


def _write_head(document: Any, report: Report, layout: Layout) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _lines(
        left,
        [(report.agency.upper(), True), ("*", False)]
        if layout.code == "party"
        else [(report.agency.upper(), True)],
    )
    _lines(right, [(line, True) for line in layout.motto])
    dated = right.add_paragraph()
    dated.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = dated.add_run(_("Số liệu tính đến ngày {day}").format(day=f"{report.as_of:%d/%m/%Y}"))
    run.italic, run.font.size = True, Pt(12)
    if settings.DEMO:
        _centred(document, _("Dữ liệu hư cấu – bản trình diễn"), bold=True, size=11)


def _lines(cell: Any, lines: Sequence[tuple[str, bool]]) -> None:
    paragraph = cell.paragraphs[0]
    for number, (text, bold) in enumerate(lines):
        paragraph = paragraph if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).bold = bold


def _centred(
    document: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int | None = None,
    before: int = 0,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)


def _paragraph(document: Any, text: str, *, italic: bool = False, size: int | None = None) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.italic = italic
    if size:
        run.font.size = Pt(size)


def _write_table(document: Any, table: ReportTable) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(table.caption).bold = True
    made = document.add_table(rows=1, cols=len(table.header), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, text in zip(made.rows[0].cells, table.header, strict=True):
        _cell(cell, text, bold=True, centred=True)
    _repeat_header(made.rows[0])
    _set_widths(made, len(table.header))
    for line in table.lines:
        for column, (cell, text) in enumerate(zip(made.add_row().cells, line, strict=True)):
            _cell(cell, text, centred=column > 0)
            cell.width = made.columns[column].width
    if table.note:
        _paragraph(document, table.note, italic=True, size=11)


def _set_widths(table: Any, columns: int) -> None:
    """The first column names things and takes twice and a half the room of the others."""
    table.autofit = False
    one = TEXT_WIDTH / (columns + 1.5)
    for number, column in enumerate(table.columns):
        column.width = Mm(one * 2.5 if number == 0 else one)


def _cell(cell: Any, text: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)


def _repeat_header(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _write_signature(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    _lines(table.rows[0].cells[0], [(_("NGƯỜI LẬP BIỂU"), True), (_("(ký, ghi rõ họ tên)"), False)])
    _lines(table.rows[0].cells[1], [(_("THỦ TRƯỞNG CƠ QUAN"), True), (_("(ký, ghi rõ họ tên)"), False)])
