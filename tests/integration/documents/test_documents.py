"""Documents: one report, five forms; equal reports are equal bytes; headers repeat; nothing is read as markup."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import override_settings
from docx import Document
from PIL import Image
from pypdf import PdfReader

from hientai.engines.errors import BadInput
from hientai.foundation.documents.layout import STATE, layout_on
from hientai.foundation.documents.plain import write_text
from hientai.foundation.documents.report import GroupLine, Picture, Report, ReportTable
from hientai.foundation.documents.stored import as_text, of_text
from hientai.foundation.documents.template import fill, names_in
from hientai.foundation.documents.writing import WRITERS

DAY = date(2026, 3, 5)


def portrait() -> Picture:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 40), "navy").save(buffer, "JPEG")
    return Picture(buffer.getvalue())


def report(**changes: Any) -> Report:
    lines: list[Any] = [GroupLine("Huyện Sông Đà")]
    lines += [["=1+1 #strong[*]", 1980 + n % 9, DAY, portrait() if n == 0 else None] for n in range(120)]
    table = ReportTable(
        "Biểu 1", ["Họ và tên", "Nam", "Nữ", "Ảnh"], lines, note="ghi chú", above=["", "Năm sinh", "Năm sinh", ""],
        widths=[3, 1, 1, 1], align="lccc", numbered=True, steps=True,
    )  # fmt: skip
    fields = {
        "agency": "Ban Tổ chức", "title": "Danh sách trích ngang", "subtitle": "", "as_of": DAY, "opening": ["Mở đầu"],
        "tables": [table], "notes": ["hết"],
    }  # fmt: skip
    return Report(**(fields | changes))


@pytest.mark.parametrize("ending", WRITERS)
def test_equal_reports_are_equal_bytes_also_after_having_been_kept(ending: str) -> None:
    made = report()
    assert WRITERS[ending](made, "x") == WRITERS[ending](of_text(as_text(made)), "x")
    assert WRITERS[ending](made, "x") != WRITERS[ending](report(notes=["khác"]), "x")


def test_the_word_table_repeats_its_header_of_two_rows_and_keeps_rows_whole() -> None:
    document = Document(io.BytesIO(WRITERS["docx"](report(), "dấu")))
    table = document.tables[1]
    marks = [row._tr.xpath("./w:trPr/w:tblHeader") for row in table.rows]
    assert [bool(mark) for mark in marks[:4]] == [True, True, True, False]
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert table.cell(0, 2).text == table.cell(0, 3).text == "Năm sinh" and table.cell(1, 2).text == "Nam"
    assert table.cell(0, 1).text == table.cell(1, 1).text == "Họ và tên"
    assert table.cell(3, 0).text == "Huyện Sông Đà" and table.cell(4, 0).text == "1"
    assert len(document.inline_shapes) == 1
    assert "dấu" in document.sections[0].footer.paragraphs[0].text


def test_signatures_never_stand_alone_on_a_page_and_leave_room_to_sign() -> None:
    document = Document(io.BytesIO(WRITERS["docx"](report(notes=["làm tròn", "hết"]), "")))
    assert all(
        p.paragraph_format.keep_with_next for p in document.paragraphs if p.text in ("làm tròn", "hết")
    )
    assert document.tables[-1].rows[0].height.mm > 25
    for lines in range(14, 40):  # wherever the page ends
        table = ReportTable("Biểu 1", ["Tên", "Số"], [["x", 1]] * lines)
        pages = [
            page.extract_text()
            for page in PdfReader(io.BytesIO(WRITERS["pdf"](report(tables=[table]), ""))).pages
        ]
        assert "hết" in next(page for page in pages if "NGƯỜI LẬP BIỂU" in page)


def test_a_portrait_fits_its_cell_in_word_however_narrow_the_column_is() -> None:
    for weight in (0.4, 1, 3):
        table = ReportTable("", ["Ảnh", "Tên"], [[portrait(), "An"]], widths=[weight, 8])
        document = Document(io.BytesIO(WRITERS["docx"](report(tables=[table]), "")))
        width = document.tables[1].rows[0].cells[0].width
        assert document.inline_shapes[0].width < width - 2 * 57 * 635


def test_a_workbook_with_two_columns_is_signed_too() -> None:
    table = ReportTable("Biểu 1", ["Nội dung", "Người"], [["x", 1]])
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report(tables=[table]), ""))).active
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(text.startswith("THỦ TRƯỞNG CƠ QUAN") for text in said)


def test_the_workbook_holds_values_as_values_and_formulas_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report(), "")))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(row for row in rows if row[0] == 1)
    assert first[1] == "=1+1 #strong[*]" and first[2] == 1980 and first[3].date() == DAY
    assert sheet.print_title_rows and sheet.page_setup.orientation == "landscape" and len(sheet._images) == 1


def test_the_pdf_has_text_pages_and_a_repeated_header() -> None:
    pages = PdfReader(io.BytesIO(WRITERS["pdf"](report(), "dấu"))).pages
    texts = [page.extract_text() for page in pages]
    assert len(pages) > 2 and all("Họ và tên" in text for text in texts[:-1])
    assert "#strong[*]" in texts[0] and all("dấu" in text for text in texts)
    fonts = {str(f) for page in pages for f in page["/Resources"]["/Font"].values()}
    assert fonts


def test_a_paper_turned_and_larger_is_what_the_file_says() -> None:
    box = PdfReader(io.BytesIO(WRITERS["pdf"](report(paper="A3", across=True), ""))).pages[0].mediabox
    assert round(float(box.width) / 72 * 25.4) == 420
    section = Document(io.BytesIO(WRITERS["docx"](report(paper="A4", across=False), ""))).sections[0]
    assert round(section.page_width.mm) == 210


def test_a_demo_says_so_in_every_form() -> None:
    with override_settings(DEMO=True):
        made = report()
    assert "hư cấu" in write_text(made) and "hư cấu" in as_text(made)
    assert "hư cấu" in PdfReader(io.BytesIO(WRITERS["pdf"](made, ""))).pages[1].extract_text()
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"](made, ""))) as word:
        assert "hư cấu" in word.read("word/document.xml").decode()


def test_the_state_layout_holds_from_its_day() -> None:
    assert layout_on("state", date(2020, 3, 5)) is STATE
    with pytest.raises(BadInput, match="thể thức"):
        layout_on("state", date(2020, 3, 4))


def _template(text: str) -> bytes:
    document, buffer = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def test_a_template_is_filled_and_values_are_never_markup() -> None:
    made = fill(_template("Đồng chí {{ name }}"), {"name": "Lò <b>& Văn {{ x }}"})
    assert Document(io.BytesIO(made)).paragraphs[0].text == "Đồng chí Lò <b>& Văn {{ x }}"
    assert made == fill(_template("Đồng chí {{ name }}"), {"name": "Lò <b>& Văn {{ x }}"})
    assert names_in(_template("{{ name }} {{ unit }}")) == {"name", "unit"}


@pytest.mark.parametrize(
    "text", ["{{ nobody }}", "{{ name", "{{ name.__class__.__mro__ }}", "{% include 'x' %}"]
)
def test_a_template_that_asks_for_what_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        fill(_template(text), {"name": "x"})
    assert refused.value.code == "bad_template"
