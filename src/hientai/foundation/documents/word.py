"""A report as a Word document in an official layout."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hientai.foundation.documents.archive import without_clock
from hientai.foundation.documents.report import Report, day_line, page_size, table_size, text_width
from hientai.foundation.documents.word_table import table_element

NOTE_SIZE = 11
SIGNING_SPACE = 32  # millimetres for the words over it, the signature and the name
_WRITTEN = datetime(
    2020, 1, 1, tzinfo=UTC
)  # the properties of the file must not say when it was written again


def write_docx(report: Report, mark: str = "") -> bytes:
    """The bytes of a .docx file; equal reports give equal bytes. mark: printed at the foot of each page."""
    document = Document()
    _set_page(document, report, mark)
    _write_head(document, report)
    _centred(document, report.title.upper(), bold=True, size=report.layout.body_size + 1, before=12)
    if report.subtitle:
        _centred(document, report.subtitle, italic=True)
    for text in report.opening:
        _paragraph(document, text)
    for table in report.tables:
        if table.caption:
            caption = document.add_paragraph()
            caption.paragraph_format.keep_with_next = True
            caption.paragraph_format.space_before = Pt(8)
            caption.add_run(table.caption).bold = True
        element = table_element(document, table, text_width(report), table_size(report, table), _("STT"))
        document.element.body.insert(len(document.element.body) - 1, element)
        _below(document, table.note)
    for note in report.notes:
        _paragraph(document, note, italic=True, size=NOTE_SIZE, keep=bool(report.signers))
    _write_signatures(document, report.signers)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _set_page(document: Any, report: Report, mark: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if report.across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = map(Mm, page_size(report))
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(
        Mm, report.layout.margins
    )
    section.header_distance = section.footer_distance = Mm(10)
    style = document.styles["Normal"]
    style.font.name, style.font.size = report.layout.face, Pt(report.layout.body_size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), report.layout.face)
    style.paragraph_format.space_after = Pt(4)
    core = document.core_properties
    core.author, core.title, core.identifier = "Hiền Tài", report.title, mark
    core.created = core.modified = _WRITTEN
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    for footer in (section.first_page_footer, section.footer):
        footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        said = footer.paragraphs[0].add_run(" · ".join(filter(None, (report.banner, mark))))
        said.italic, said.font.size = True, Pt(9)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _write_head(document: Any, report: Report) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    own = [(report.superior.upper(), False)] if report.superior else []
    own += [(report.agency.upper(), True), ("*" if report.layout.star else "―――――", False)]
    _lines(left, own)
    _lines(right, [*((line, True) for line in report.layout.motto), ("―――――――――", False)])
    dated = right.add_paragraph()
    dated.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = dated.add_run(day_line(report))
    run.italic, run.font.size = True, Pt(12)
    if report.banner:
        _centred(document, report.banner, bold=True, size=11)


def _lines(cell: Any, lines: Sequence[tuple[str, bool]], size: int = 13) -> None:
    paragraph = cell.paragraphs[0]
    for number, (text, bold) in enumerate(lines):
        paragraph = paragraph if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


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


def _below(document: Any, note: str) -> None:
    """The note of a table; where it has none the thin line without which Word joins two tables to one."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(note)
    run.italic, run.font.size = True, Pt(NOTE_SIZE if note else 2)
    paragraph.paragraph_format.space_before = Pt(3)
    if not note:
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(2)


def _paragraph(
    document: Any, text: str, *, italic: bool = False, size: int | None = None, keep: bool = False
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = keep
    run = paragraph.add_run(text)
    run.italic = italic
    if size:
        run.font.size = Pt(size)


def _write_signatures(document: Any, signers: Sequence[tuple[str, str]]) -> None:
    if not signers:
        return
    table = document.add_table(rows=1, cols=len(signers))
    table.rows[0].height = Mm(SIGNING_SPACE)
    for cell, (over, under) in zip(table.rows[0].cells, signers, strict=True):
        _lines(cell, [(over, True), (under, False)])
        cell.paragraphs[0].paragraph_format.space_before = Pt(8)
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:cantSplit"))
