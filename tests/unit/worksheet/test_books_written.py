"""The two workbooks that are written: the template offices fill in, and their own file with results."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from tests.unit.worksheet.test_layouts import PLAIN
from tests.unit.worksheet.untidy import READ_ON, Book, people, put, read, spoken, summary, vietnamese

from hientai.engines.wording import say
from hientai.engines.worksheet import Reason, extract, propose, read_workbook
from hientai.engines.worksheet.error_book import error_workbook
from hientai.engines.worksheet.template import TemplateContents, TemplateRow, template_workbook

CROWD = people(5, seed=60)
UNITS = {"Khối Đảng": ["Văn phòng Đảng ủy", "Ban Xây dựng Đảng"], "Khối chính quyền": ["Phòng Kinh tế"]}


def _rows():
    return [
        TemplateRow(
            f"k{i}",
            {
                "name": one.name,
                "born": one.born.strftime("%d/%m/%Y"),
                "sex": vietnamese(one.sex),
                "identity": one.identity,
                "block": "Khối Đảng",
                "unit": "Văn phòng Đảng ủy",
            },
        )
        for i, one in enumerate(CROWD)
    ]


def _template():
    return template_workbook(TemplateContents("Phường X", "30/06/2026", UNITS, rows=_rows()))


def test_what_the_template_was_filled_with_is_read_back_with_its_row_keys():
    extraction = read(_template())
    assert summary(extraction) == {
        ("Danh sách", 6 + i): ("person", one.name, one.sex, one.born.isoformat(), one.identity)
        for i, one in enumerate(CROWD)
    }
    assert [row.person.texts["row_key"] for row in extraction.rows] == [f"k{i}" for i in range(5)]
    assert {(row.person.block, row.person.unit) for row in extraction.rows} == {
        ("Khối Đảng", "Văn phòng Đảng ủy")
    }
    assert extraction.as_of.isoformat() == "2026-06-30"


def test_changed_headings_of_the_template_do_not_matter():
    book = openpyxl.load_workbook(io.BytesIO(_template()))
    page = book["Danh sách"]
    headings = {cell.value: cell for cell in page[5]}
    headings["Ngày sinh"].value = "Cột đã đổi tên"
    stream = io.BytesIO()
    book.save(stream)
    assert {row.person.born for row in read(stream.getvalue()).rows} == {
        one.born.isoformat() for one in CROWD
    }


def test_the_template_prints_across_at_readable_size_with_names_and_headings_on_every_page():
    book = openpyxl.load_workbook(io.BytesIO(_template()))
    page = book["Danh sách"]
    assert page.page_setup.orientation == "landscape" and page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$5:$5" and page.print_title_cols == "$B:$B"
    widths = [page.column_dimensions[column.column_letter].width for column in page[5]][1:]
    assert len(widths) == 30
    shared = sum(widths) + page.column_dimensions["B"].width * (page.page_setup.fitToWidth - 1)
    assert shared / page.page_setup.fitToWidth <= 165  # else letters shrink below nine points


def test_a_long_text_of_the_template_is_shown_on_lines_of_its_own():
    rows = [
        TemplateRow("k1", {"name": "Lê Văn An", "residence": "Tổ 12, bản Mé, xã Mường Phăng, tỉnh Điện Biên"})
    ]
    page = openpyxl.load_workbook(io.BytesIO(template_workbook(TemplateContents(rows=rows))))["Danh sách"]
    assert page.row_dimensions[6].height == 30


def test_the_template_has_lists_text_identity_hidden_keys_and_a_version():
    book = openpyxl.load_workbook(io.BytesIO(_template()))
    page = book["Danh sách"]
    assert book["_danh_muc"].sheet_state == "veryHidden"
    assert {"DM_SEX", "DM_ETHNICITY", "DM_BLOCK", "DV_1", "DV_2"} <= set(book.defined_names)
    assert page.row_dimensions[4].hidden and page.column_dimensions["A"].hidden
    column = next(cell.column_letter for cell in page[4] if cell.value == "hientai.identity")
    assert page[f"{column}6"].number_format == "@"
    formulas = {rule.formula1 for rule in page.data_validations.dataValidation}
    assert "DM_SEX" in formulas and any(formula and "INDIRECT" in formula for formula in formulas)
    assert book.custom_doc_props["hientai_template"].value == "1"


def _faulty():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 2, PLAIN)
    for i, one in enumerate(CROWD):
        put(
            sheet,
            3 + i,
            [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), one.identity, "Kinh", "Bí thư"],
        )
    sheet["C4"] = "31/02/1980"
    sheet["G5"] = '=HYPERLINK("http://x")'
    sheet["G5"].data_type = "s"
    return book.content()


def _results(content, **options):
    workbook = read_workbook(content)
    extraction = extract(workbook, propose(workbook), READ_ON)
    return openpyxl.load_workbook(io.BytesIO(error_workbook(content, extraction, **options)))


def test_the_error_workbook_says_beside_each_row_what_became_of_it():
    page = _results(_faulty())["DS"]
    assert page["H2"].value == "Kết quả nhập"
    assert page["H3"].value == "Được nhận"
    assert page["H4"].value.startswith("Bị từ chối. C4: ") and "31/02/1980" in page["H4"].value
    assert page["C4"].fill.start_color.rgb == "FFF4B6B6" and page["C3"].fill.fill_type is None
    assert page["B3"].value == CROWD[0].name


def test_text_that_looks_like_a_formula_stays_text_in_the_error_workbook():
    cell = _results(_faulty())["DS"]["G5"]
    assert cell.data_type == "s" and cell.value.startswith("=") and cell.quotePrefix


def test_reasons_from_the_records_are_added_and_turn_a_row_into_a_refusal():
    reason = Reason("unit", "B3", "unknown_unit", say("Không có đơn vị này."), refuses=True)
    page = _results(_faulty(), extra_reasons={("DS", 3): [reason]})["DS"]
    assert page["H3"].value == "Bị từ chối. B3: Không có đơn vị này"


def test_identity_numbers_can_be_left_out_of_the_error_workbook():
    content = _faulty()
    workbook = read_workbook(content)
    extraction = extract(workbook, propose(workbook), READ_ON)
    hidden = error_workbook(content, extraction, hide_identity=True)
    with zipfile.ZipFile(io.BytesIO(hidden)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "replace")
    assert not [one for one in CROWD if one.identity in everything]
    assert CROWD[0].identity[-3:] in everything


def test_the_error_workbook_of_a_csv_is_a_plain_xlsx():
    rows = [",".join(PLAIN), f"1,{CROWD[0].name},31/02/1980,Nam,{CROWD[0].identity},Kinh,=cmd|x"]
    page = _results("\n".join(rows).encode())["CSV"]
    assert page["H2"].value.startswith("Bị từ chối") and page["H1"].value == "Kết quả nhập"
    assert page["G2"].value == "=cmd|x" and page["G2"].data_type == "s"
    assert page["C2"].fill.start_color.rgb == "FFF4B6B6"


@pytest.mark.parametrize(
    ("name", "shown"), [("Biểu 1/2", "Biểu 12"), ("a" * 40, "a" * 31), ("'x'", "x"), ("[]", "Sheet1")]
)
def test_sheet_names_that_excel_would_not_take_are_made_fit(name, shown):
    content = ",".join(PLAIN).encode() + b"\n1,,1980,Nam,,,"
    workbook = read_workbook(content, name=name)
    extraction = extract(workbook, propose(workbook), READ_ON)
    book = openpyxl.load_workbook(io.BytesIO(error_workbook(content, extraction, name=name)))
    assert book.sheetnames == [shown]
    assert book[shown]["H2"].value.startswith("Bị từ chối")
