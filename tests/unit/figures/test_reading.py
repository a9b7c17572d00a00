"""Reading drafts: places as a reader counts them, and refusals that say what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfWriter

from hientai.engines.errors import BadInput
from hientai.engines.figures.check import check_file, read_draft
from hientai.engines.figures.draft import Paragraph, Table
from hientai.engines.figures.reading import limits
from hientai.engines.figures.reading.plain import blocks_of, pieces_of


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as error:
        check_file(path)
    assert error.value.where == path.name
    return error.value.code


def test_lines_of_text_keep_their_numbers_and_wrapped_lines_are_joined():
    text = (
        "Tiêu đề\n\nNhân sự tái cử khóa mới của Đảng bộ tỉnh được Đại hội bầu là 47/81\n"
        "đồng chí (58,02%).\n- Mục một\n- Mục hai"
    )
    blocks = [block for block in blocks_of(text) if isinstance(block, Paragraph)]
    assert [block.name for block in blocks] == ["dòng 1", "dòng 3", "dòng 5", "dòng 6"]
    assert blocks[1].text.endswith("47/81 đồng chí (58,02%).")


@pytest.mark.parametrize("separator", ["\t", " | "])
def test_tables_drawn_in_text_are_tables(separator: str):
    rows = [["Đơn vị", "Nam", "Nữ"], ["A", "1", "2"]]
    lines = [separator.join(row) for row in rows]
    text = "\n".join(f"| {line} |" for line in lines) if "|" in separator else "\n".join(lines)
    (table,) = blocks_of(text)
    assert isinstance(table, Table) and table.cells == (("Đơn vị", "Nam", "Nữ"), ("A", "1", "2"))


def test_long_paragraph_is_cut_without_losing_a_character():
    text = "Có 5 đồng chí. " * 3000
    assert "".join(pieces_of(text)) == text


def test_utf16_text_is_read(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("Đạt 47/81 đồng chí (58,02%).", encoding="utf-16")
    assert check_file(file).shares[0].den == 81


def test_word_places_are_paragraphs_and_cells(tmp_path: Path):
    document = Document()
    document.add_paragraph("Báo cáo")
    document.add_paragraph("")
    document.add_paragraph("Tái cử 47/81 đồng chí (66,20%).")
    drawn = document.add_table(rows=3, cols=3)
    for row, texts in enumerate((("Đơn vị", "Nam", "Nữ"), ("A", "1", "2"), ("Tổng", "1", "3"))):
        for column, text in enumerate(texts):
            drawn.cell(row, column).text = text
    file = tmp_path / "a.docx"
    document.save(str(file))
    names = [block.name for block in read_draft(file).blocks]
    assert names == ["đoạn 1", "đoạn 3", "bảng 1"]
    assert check_file(file).shares[0].where.name == "đoạn 3"


def test_merged_word_headings_belong_to_each_column(tmp_path: Path):
    document = Document()
    drawn = document.add_table(rows=2, cols=4)
    for column, text in enumerate(("Đơn vị", "Kết quả", "", "Tổng")):
        drawn.cell(0, column).text = text
    drawn.cell(0, 1).merge(drawn.cell(0, 2))
    file = tmp_path / "a.docx"
    document.save(str(file))
    (table,) = read_draft(file).blocks
    assert isinstance(table, Table)
    assert [text.strip() for text in table.cells[0]] == ["Đơn vị", "Kết quả", "Kết quả", "Tổng"]


def test_sheet_cells_are_read_as_they_are_shown(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet.append(["Đơn vị", "Tổng", "Nữ", "Tỷ lệ"])
    sheet.append(["A", 81, 47, 47 / 81])
    sheet.append(["B", 71, 10, 0.1508])
    sheet.append(["C", 20, 5, 0.25])
    for row in (2, 3, 4):
        sheet.cell(row, 4).number_format = "0.00%"
    file = tmp_path / "a.xlsx"
    book.save(file)
    shares = check_file(file).shares
    assert [(share.printed, share.where.name, share.verdict.value) for share in shares] == [
        ("58,02%", "Biểu 1!D2", "rounded"),
        ("15,08%", "Biểu 1!D3", "wrong"),
        ("25,00%", "Biểu 1!D4", "exact"),
    ]


def test_missing_empty_and_foreign_files_are_refused(tmp_path: Path):
    empty, binary, other = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.odt"
    empty.write_bytes(b"  \n")
    binary.write_bytes(b"\xff\x00\x81abc")
    other.write_bytes(b"abc")
    assert refused(tmp_path / "none.txt") == "unreadable"
    assert (refused(empty), refused(binary), refused(other)) == ("empty", "not_text", "wrong_kind")
    folder = tmp_path / "d.txt"
    folder.mkdir()
    assert refused(folder) in ("not_a_file", "unreadable")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_broken_packages_are_refused(tmp_path: Path, ending: str):
    file = tmp_path / f"a.{ending}"
    file.write_bytes(b"PK\x03\x04 not really" if ending != "pdf" else b"%PDF-1.7 not really")
    assert refused(file) in ("broken", "no_text")


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_encrypted_or_old_office_files_are_refused(tmp_path: Path, ending: str):
    file = tmp_path / f"a.{ending}"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)
    assert refused(file) == "encrypted_or_old"


@pytest.mark.parametrize(("ending", "member"), [("docx", "xl/workbook.xml"), ("xlsx", "word/document.xml")])
def test_office_file_of_another_kind_is_refused(tmp_path: Path, ending: str, member: str):
    file = tmp_path / f"a.{ending}"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(member, "<a/>")
    assert refused(file) == "wrong_kind"


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 1_000)
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "0" * 2_000)
    assert refused(file) == "too_large"


def test_too_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 10)
    file = tmp_path / "a.txt"
    file.write_text("Có 123 đồng chí.", encoding="utf-8")
    assert refused(file) == "too_large"


def test_broken_xml_in_a_package_is_refused(tmp_path: Path):
    good = io.BytesIO()
    Document().save(good)
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(file, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            target.writestr(member, b"<broken" if member.filename == "word/document.xml" else content)
    assert refused(file) == "broken"


def test_pdf_without_text_is_refused(tmp_path: Path):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    file = tmp_path / "a.pdf"
    with file.open("wb") as out:
        writer.write(out)
    assert refused(file) == "no_text"


def test_encrypted_pdf_is_refused(tmp_path: Path):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    file = tmp_path / "a.pdf"
    with file.open("wb") as out:
        writer.write(out)
    assert refused(file) == "encrypted_or_old"
