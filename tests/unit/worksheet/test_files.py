"""Files of every kind, kind ones and hostile ones: read, or refused with a reason within bounds."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from tests.unit.worksheet.test_layouts import PLAIN
from tests.unit.worksheet.untidy import Book, as_tcvn3, people, put, read, spoken, summary, vietnamese

from hientai.engines.errors import BadInput
from hientai.engines.worksheet import FileKind, Limits, extract, propose, read_pasted, read_workbook
from hientai.engines.worksheet.sheet import CellFlag

CROWD = people(6, seed=30)


def _rows():
    yield PLAIN
    for i, one in enumerate(CROWD):
        yield [
            str(i + 1),
            one.name,
            spoken(one.born, 0),
            vietnamese(one.sex),
            one.identity,
            one.ethnicity,
            one.title,
        ]


def _expected(sheet):
    return {
        (sheet, 2 + i): ("person", one.name, one.sex, one.born.isoformat(), one.identity)
        for i, one in enumerate(CROWD)
    }


TONES = "\u0300\u0301\u0303\u0309\u0323"


def _csv(delimiter=","):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(_rows())
    return stream.getvalue()


def _small_book():
    book = Book()
    sheet = book.sheet("DS")
    for i, row in enumerate(_rows()):
        put(sheet, 1 + i, row)
    return book


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_files_in_every_encoding_excel_writes(delimiter, encoding):
    assert summary(read(_csv(delimiter).encode(encoding), name="DS")) == _expected("DS")


def test_text_in_the_vietnamese_windows_code_page():
    import unicodedata

    def as_1258(letter):
        try:
            return letter.encode("cp1258")
        except UnicodeEncodeError:
            base = unicodedata.normalize("NFD", letter)
            head, tone = unicodedata.normalize("NFC", "".join(c for c in base if c not in TONES)), base
            return head.encode("cp1258") + next(c for c in tone if c in TONES).encode("cp1258")

    content = b"".join(as_1258(letter) for letter in _csv(";"))
    assert summary(read(content, name="DS")) == _expected("DS")


def test_text_saved_from_tcvn3_fonts():
    content = as_tcvn3(_csv(";")).encode("cp1252", errors="ignore")
    assert summary(read(content, name="DS")) == _expected("DS")


def test_cells_pasted_from_excel_with_line_breaks_inside():
    pasted = _csv("\t").replace(CROWD[0].title, f'"{CROWD[0].title}\nPhó Bí thư Chi bộ"')
    workbook = read_pasted(pasted, name="Dán")
    extraction = extract(workbook, propose(workbook), CROWD[0].joined.replace(year=2026))
    assert summary(extraction) == _expected("Dán")
    assert len(extraction.rows[0].person.positions) == 2


def test_a_csv_that_lost_its_zeros_gets_them_back_where_proven():
    content = _csv().replace(CROWD[0].identity, CROWD[0].identity.lstrip("0")).encode()
    assert summary(read(content, name="DS")) == _expected("DS")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \r\n \n", "empty"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n....", "wrong_type"),
        (b"MZ\x90\x00" + bytes(200), "wrong_type"),
        (b"<html><table><tr><td>STT</td></tr></table></html>", "wrong_type"),
        (bytes(range(256)) * 20, "wrong_type"),
        (b"PK\x03\x04" + bytes(100), "broken"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le"), "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "Workbook".encode("utf-16-le"), "broken"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "encoding"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_content(content, code):
    with pytest.raises(BadInput) as refusal:
        read_workbook(content)
    assert refusal.value.code == code
    assert str(refusal.value.message)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(BadInput) as refusal:
        read_workbook(tmp_path / "khong-co.xlsx")
    assert refusal.value.code == "not_found"


def test_a_file_over_the_size_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "lon.xlsx"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(BadInput) as refusal:
        read_workbook(path)
    assert refusal.value.code == "too_large"


def _with_part(content, name, text):
    source = zipfile.ZipFile(io.BytesIO(content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename != name:
                target.writestr(entry.filename, source.read(entry.filename))
        target.writestr(name, text)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def _sheet_xml(body):
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{body}</sheetData></worksheet>"
    )


USUAL = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>1</v></c></row>' for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "too_large",
        ),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_large"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="B900000"><v>1</v></c></row>', "too_large"),
        ("<row><c><v>1</v></c></row>" * 200_001, "too_large"),
        (USUAL + '<row r="4"><c r="A4"><v>1</v></c><c r="B900004"><v>1</v></c></row>', "too_large"),
        (USUAL + '<row r="4"><c r="A4"><v>1</v></c><c r="XFD4"><v>1</v></c></row>', "too_large"),
        (USUAL + "<row r='4'><c r='A4'><v>1</v></c><c r = 'B900004'><v>1</v></c></row>", "too_large"),
        (USUAL + '<x:row r="1048576"><x:c r="A1048576"><x:v>1</x:v></x:c></x:row>', "too_large"),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', "broken"),
        ("x" * 30_000_000, "zip_bomb"),
    ],
    ids=[
        "far corner",
        "far column",
        "row hidden in a cell",
        "a row too many",
        "row hidden below usual rows",
        "column hidden below usual rows",
        "the same in other quotes",
        "row behind a prefix",
        "row zero",
        "inflation",
    ],
)
def test_sheets_that_would_swallow_all_memory_are_refused_before_they_are_laid_out(body, code):
    content = _with_part(_small_book().content(), SHEET, _sheet_xml(body))
    with pytest.raises(BadInput) as refusal:
        read_workbook(content)
    assert refusal.value.code == code


def test_a_part_that_lies_about_its_size_is_found_out():
    content = bytearray(_small_book().content())
    archive = zipfile.ZipFile(io.BytesIO(bytes(content)))
    entry = archive.getinfo(SHEET)
    directory = content.rindex(b"PK\x01\x02" + content[entry.header_offset + 4 : entry.header_offset + 4][:0])
    at = content.index(SHEET.encode(), archive.start_dir) - 46
    assert directory and content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", content, at + 24, 10)
    with pytest.raises(BadInput) as refusal:
        read_workbook(bytes(content))
    assert refusal.value.code in ("zip_bomb", "broken")


def test_entities_and_document_types_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + _sheet_xml("<row/>")
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
        with pytest.raises(BadInput) as refusal:
            read_workbook(_with_part(_small_book().content(), part, bomb))
        assert refusal.value.code == "broken"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_broken_xml_is_refused(part):
    with pytest.raises(BadInput) as refusal:
        read_workbook(_with_part(_small_book().content(), part, "<worksheet><sheetData><row"))
    assert refusal.value.code == "broken"


def test_a_truncated_file_is_refused():
    content = _small_book().content()
    with pytest.raises(BadInput) as refusal:
        read_workbook(content[: len(content) // 2])
    assert refusal.value.code == "broken"


def test_other_zip_files_are_named_for_what_they_are():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("word/document.xml", "<x/>")
    with pytest.raises(BadInput) as refusal:
        read_workbook(stream.getvalue())
    assert refusal.value.code == "wrong_type" and "Word" in str(refusal.value.message)


def test_macros_and_external_links_are_left_aside_and_said_so():
    content = _with_part(_small_book().content(), "xl/vbaProject.bin", b"macro")
    content = _with_part(content, "xl/externalLinks/externalLink1.xml", "<x/>")
    workbook = read_workbook(content)
    assert workbook.kind is FileKind.XLSM
    assert len(workbook.notes) == 2
    assert summary(read(content)) == _expected("DS")


def test_pictures_in_a_workbook_leave_its_values_alone():
    content = _with_part(_small_book().content(), "xl/media/image1.png", b"x")
    assert read_workbook(content).notes == () and summary(read(content)) == _expected("DS")


def test_limits_are_arguments():
    content = _small_book().content()
    assert read_workbook(content, Limits(rows=7)).sheets[0].rows
    with pytest.raises(BadInput):
        read_workbook(content, Limits(rows=6))
    with pytest.raises(BadInput):
        read_workbook(content, Limits(columns=6))


def test_formulas_give_their_stored_result_and_are_refused_without_one():
    def text(at, shown):
        return f'<c r="{at}" t="inlineStr"><is><t>{shown}</t></is></c>'

    def row(number, name, born, sex):
        return f'<row r="{number}"><c r="A{number}"><v>1</v></c>{name}{born}{text(f"D{number}", sex)}</row>'

    headings = "".join(text(f"{letter}1", heading) for letter, heading in zip("ABCD", PLAIN, strict=False))
    body = (
        f'<row r="1">{headings}</row>'
        + row(2, '<c r="B2" t="str"><f>A1</f><v>Lê Văn An</v></c>', '<c r="C2"><v>1975</v></c>', "Nam")
        + row(3, '<c r="B3" t="str"><f>A1</f></c>', '<c r="C3"><v>1975</v></c>', "Nam")
        + row(4, text("B4", "Lò Thị Na"), '<c r="C4" t="e"><v>#REF!</v></c>', "Nữ")
    )
    content = _with_part(_small_book().content(), SHEET, _sheet_xml(body))
    assert read_workbook(content).sheets[0].flags[1, 1] is CellFlag.FORMULA
    rows = {row.row: row for row in read(content).rows}
    assert rows[2].person.name == "Lê Văn An" and rows[2].status.value == "person"
    assert {reason.code for reason in rows[3].reasons if reason.refuses} == {"formula_uncomputed"}
    assert {(reason.field, reason.code) for reason in rows[4].reasons if reason.refuses} == {
        ("born", "cell_error")
    }


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ('<c r="B2"><f>A1</f><v></v></c>', {"formula_uncomputed"}),
        ('<c r="B2"><f>A1</f><v /></c>', {"formula_uncomputed"}),
        ('<c r="B2"><f>A1</f><v/></c>', {"formula_uncomputed"}),
        ('<c r="B2"><f>A1</f></c>', {"formula_uncomputed"}),
        ('<c r="B2" t="str"><f>A1</f><v></v></c>', {"formula_empty", "name_missing"}),
        ('<c r="B2" t="str"><f>A1</f><v>Lê Văn An</v></c>', {"formula"}),
    ],
)
def test_a_formula_without_a_stored_result_is_said_to_be_one(cell, codes):
    headed = [
        f'<c r="{letter}1" t="inlineStr"><is><t>{heading}</t></is></c>'
        for letter, heading in zip("ABCD", PLAIN, strict=False)
    ]
    body = f'<row r="1">{"".join(headed)}</row>'
    body += f'<row r="2"><c r="A2"><v>1</v></c>{cell}<c r="C2"><v>1975</v></c>'
    body += '<c r="D2" t="inlineStr"><is><t>Nam</t></is></c></row>'
    rows = read(_with_part(_small_book().content(), SHEET, _sheet_xml(body))).rows
    assert {reason.code for reason in rows[0].reasons if reason.field in ("", "name")} == codes


def test_rows_of_nothing_but_formulas_without_results_are_not_lost():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"])
    page.append([1, "Lò Thị Na", "05/03/1980", "Nữ", "011180000011"])
    for row in range(3, 6):
        page.append([row - 1 if row < 5 else None, *(f"=Nguon!{letter}{row}" for letter in "ABCD")])
    stream = io.BytesIO()
    book.save(stream)
    rows = read(stream.getvalue()).rows
    assert [(row.row, row.status.value) for row in rows] == [
        (2, "person"), (3, "refused"), (4, "refused"), (5, "refused"),
    ]  # fmt: skip
    for row in rows[1:]:
        assert {reason.code for reason in row.reasons if reason.refuses} == {"formula_uncomputed"}
        assert "Excel" in str(row.reasons[0].message)


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|'/c calc'!A1",
        "@SUM(1)",
        "Nguyễn Văn 4",
        "<script>alert(1)</script>",
        "Lê\u0007Văn A",
        "A" * 5_000,
        "'; DROP TABLE",
    ],
)
def test_hostile_names_are_refused_in_words(name):
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    one = CROWD[0]
    put(sheet, 2, [1, "x", spoken(one.born, 0), vietnamese(one.sex), one.identity])
    sheet["B2"].value = None
    content = book.content()
    shown = name.replace("&", "&amp;").replace("<", "&lt;").replace("\u0007", "_x0007_")
    text = zipfile.ZipFile(io.BytesIO(content)).read(SHEET).decode()
    text = text.replace('<c r="C2"', f'<c r="B2" t="inlineStr"><is><t>{shown}</t></is></c><c r="C2"')
    rows = read(_with_part(content, SHEET, text)).rows
    assert [row.status.value for row in rows] == ["refused"]
    assert {reason.field for reason in rows[0].reasons if reason.refuses} == {"name"}


def test_an_identity_number_never_stands_in_a_message():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    numbers = ["0110751234", "99887766554433", "011 170 383 45x", "1.1170383452E+11", CROWD[1].identity]
    for i, number in enumerate(numbers):
        put(sheet, 2 + i, [i + 1, CROWD[i].name, spoken(CROWD[i].born, 0), vietnamese(CROWD[i].sex), number])
    said = " ".join(str(reason.message) for row in read(book.content()).rows for reason in row.reasons)
    assert said
    assert not [number for number in numbers if number[:8] in said]


def test_right_to_left_marks_do_not_turn_a_name_around():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    one = CROWD[0]
    put(sheet, 2, [1, f"\u202e{one.name}\u202c", spoken(one.born, 0), vietnamese(one.sex), one.identity])
    assert read(book.content()).rows[0].person.name == one.name


def _ods(rows):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="DS">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        target.writestr("META-INF/manifest.xml", "<manifest/>")
        target.writestr("content.xml", body)
    return stream.getvalue()


def test_open_document_spreadsheets_are_read():
    content = _ods(_rows())
    assert read_workbook(content).kind is FileKind.ODS
    assert summary(read(content)) == _expected("DS")


def test_open_document_rows_repeated_beyond_measure_are_refused():
    source = zipfile.ZipFile(io.BytesIO(_ods(_rows())))
    body = source.read("content.xml").decode()
    body = body.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">', 1)
    with pytest.raises(BadInput) as refusal:
        read_workbook(_with_part(_ods(_rows()), "content.xml", body))
    assert refusal.value.code == "too_large"


def test_xls_and_ods_bytes_that_calamine_cannot_open_are_refused_not_raised():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", "<office:document-content>")
    with pytest.raises(BadInput):
        read_workbook(stream.getvalue())


def test_every_prefix_of_a_workbook_is_read_or_refused(tmp_path):
    content = _small_book().content()
    for size in range(1, len(content), 97):
        try:
            read_workbook(content[:size])
        except BadInput as refusal:
            assert refusal.code
    assert zlib.crc32(content)
    assert openpyxl.load_workbook(io.BytesIO(content))
