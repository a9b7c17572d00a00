"""Layouts of staff lists as offices make them, each with known truth."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.unit.worksheet.untidy import (
    Book,
    as_tcvn3,
    as_vni,
    people,
    put,
    read,
    spoken,
    summary,
    vietnamese,
)

PLAIN = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Dân tộc", "Chức vụ"]


def _plain_row(number, one, form=0):
    return [
        number,
        one.name,
        spoken(one.born, form),
        vietnamese(one.sex),
        one.identity,
        one.ethnicity,
        one.title,
    ]


def test_one_header_row_on_the_first_row():
    book = Book()
    sheet = book.sheet("Sheet1")
    put(sheet, 1, PLAIN)
    for i, one in enumerate(people(20)):
        put(sheet, 2 + i, _plain_row(i + 1, one, i))
        book.truth.person("Sheet1", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_birth_in_three_columns_under_a_merged_heading():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 3, ["TT", "Họ và tên", "Ngày tháng năm sinh", None, None, "Nam/Nữ", "CCCD"])
    put(sheet, 4, [None, None, "Ngày", "Tháng", "Năm"])
    sheet.merge_cells("C3:E3")
    for letter in "ABFG":
        sheet.merge_cells(f"{letter}3:{letter}4")
    for i, one in enumerate(people(12)):
        day, month = (None, None) if i == 5 else (one.born.day, one.born.month)
        put(sheet, 5 + i, [i + 1, one.name, day, month, one.born.year, vietnamese(one.sex), one.identity])
        book.truth.person("DS", 5 + i, one, born=str(one.born.year) if i == 5 else "")
    assert summary(read(book.content())) == book.truth.rows


def test_three_single_headings_for_day_month_and_year_of_birth():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["TT", "Họ và tên", "Ngày sinh", "Tháng sinh", "Năm sinh", "Giới tính", "CCCD"])
    for i, one in enumerate(people(12)):
        born = one.born
        put(
            sheet,
            2 + i,
            [i + 1, one.name, born.day, born.month, born.year, vietnamese(one.sex), one.identity],
        )
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_family_and_given_name_in_two_columns_and_capitals():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["STT", "Họ và tên", None, "Năm sinh", None, "Số CMND/CCCD", "Chức vụ, đơn vị"])
    put(sheet, 2, [None, None, None, "Nam", "Nữ"])
    sheet.merge_cells("B1:C2")
    sheet.merge_cells("D1:E1")
    for letter in "AFG":
        sheet.merge_cells(f"{letter}1:{letter}2")
    for i, one in enumerate(people(12)):
        family, _, given = one.name.upper().rpartition(" ")
        born = [one.born.year, None] if one.sex == "male" else [None, one.born.year]
        put(sheet, 3 + i, [i + 1, family, given, *born, one.identity, f"{one.title} phường Mường Thanh"])
        book.truth.person("DS", 3 + i, one, born=str(one.born.year))
    assert summary(read(book.content())) == book.truth.rows


def test_family_and_given_name_with_their_own_headings():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 2, ["STT", "Họ và chữ đệm", "Tên", "Ngày sinh", "Phái", "CMND"])
    for i, one in enumerate(people(8)):
        family, _, given = one.name.rpartition(" ")
        put(sheet, 3 + i, [i + 1, family, given, spoken(one.born, i), vietnamese(one.sex), one.identity])
        book.truth.person("DS", 3 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_given_names_of_two_words_under_a_heading_merged_over_two_columns():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 2, ["STT", "Họ và tên", None, "Ngày sinh", "GT", "CCCD"])
    sheet.merge_cells("B2:C2")
    for i, one in enumerate(people(8)):
        words = one.name.split()
        parts = [" ".join(words[:-2]), " ".join(words[-2:])] if len(words) > 2 else words
        put(sheet, 3 + i, [i + 1, *parts, spoken(one.born, i), vietnamese(one.sex), one.identity])
        book.truth.person("DS", 3 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_one_heading_written_across_two_columns_and_the_sex_marked():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 2, ["TT", "Họ và", "tên", "Nam", "Nữ", "Sinh ngày", "Số CCCD"])
    for i, one in enumerate(people(8)):
        family, _, given = one.name.rpartition(" ")
        marks = ["x", None] if one.sex == "male" else [None, "x"]
        put(sheet, 3 + i, [i + 1, family, given, *marks, spoken(one.born, i), one.identity])
        book.truth.person("DS", 3 + i, one)
    assert summary(read(book.content())) == book.truth.rows


@pytest.mark.parametrize("font", ["VNI-Times", ""])
def test_vni_letters_with_and_without_the_font(font):
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 2, [as_vni("DANH SÁCH CÁN BỘ (tính đến ngày 31/12/2021)")], font=font)
    put(sheet, 4, [as_vni(text) for text in PLAIN], font=font)
    for i, one in enumerate(people(25, seed=3)):
        row = _plain_row(i + 1, one, 0)
        put(sheet, 5 + i, [as_vni(value) if isinstance(value, str) else value for value in row], font=font)
        book.truth.person("DS", 5 + i, one)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert extraction.as_of == date(2021, 12, 31)


@pytest.mark.parametrize("font", [".VnTime", ".VnArial", ""])
def test_tcvn3_letters_with_and_without_the_font(font):
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, [as_tcvn3(text) for text in PLAIN], font=font)
    for i, one in enumerate(people(25, seed=4)):
        row = _plain_row(i + 1, one, 0)
        put(sheet, 2 + i, [as_tcvn3(value) if isinstance(value, str) else value for value in row], font=font)
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_names_in_the_tcvn3_font_of_capitals():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    for i, one in enumerate(people(10, seed=5)):
        put(sheet, 2 + i, _plain_row(i + 1, one, 0))
        put(sheet, 2 + i, [as_tcvn3(one.name.lower())], column=2, font=".VnTimeH")
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_totals_on_top_lettered_numbering_sections_and_footer():
    book = Book()
    sheet = book.sheet("Danh sách")
    put(sheet, 1, ["UBND HUYỆN X", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    put(sheet, 3, ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"])
    sheet.merge_cells("A3:G3")
    put(sheet, 4, ["(Thời điểm 01/01/2021)"])
    put(sheet, 6, PLAIN)
    put(sheet, 7, ["A", "B", 1, 2, 3, 4, 5])
    put(sheet, 8, [None, "TỔNG SỐ", 14])
    book.truth.ignored("Danh sách", 7)
    book.truth.ignored("Danh sách", 8)
    row = 9
    crowd = iter(people(14, seed=6))
    for title in ("I. KHỐI ĐẢNG", "1. UBND xã Thanh Nưa", "II. KHỐI CHÍNH QUYỀN (4 đồng chí)"):
        put(sheet, row, [title])
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=7)
        book.truth.ignored("Danh sách", row)
        row += 1
        for i in range(4):
            one = next(crowd)
            put(sheet, row, _plain_row(i + 1, one, i))
            book.truth.person("Danh sách", row, one)
            row += 1
        put(sheet, row, [None, "Cộng:", 4])
        book.truth.ignored("Danh sách", row)
        row += 1
    put(sheet, row, [15])
    put(sheet, row + 1, ["* Ghi chú: những người in nghiêng là hợp đồng."])
    put(sheet, row + 3, [None, None, "Điện Biên, ngày 05 tháng 01 năm 2021"])
    put(sheet, row + 4, ["NGƯỜI LẬP BIỂU", None, None, None, "TRƯỞNG PHÒNG"])
    put(sheet, row + 8, ["Lò Thị Hoa", None, None, None, "Nguyễn Văn Nam"])
    for at in (row, row + 1, row + 3, row + 4, row + 8):
        book.truth.ignored("Danh sách", at)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert extraction.as_of == date(2021, 1, 1)
    blocks = {each.person.block for each in extraction.rows if each.person}
    assert blocks == {"KHỐI ĐẢNG", "KHỐI CHÍNH QUYỀN"}
    assert {each.person.unit for each in extraction.rows if each.person} == {"", "UBND xã Thanh Nưa"}


def test_two_header_rows_that_were_never_merged():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 4, ["TT", "Họ tên", "Ngày tháng năm sinh", None, "Trình độ", None, None, "Số CCCD"])
    put(sheet, 5, [None, None, "Nam", "Nữ", "CM", "LLCT", "Tin học"])
    for i, one in enumerate(people(10, seed=7)):
        born = [spoken(one.born, i), None] if one.sex == "male" else [None, spoken(one.born, i)]
        put(sheet, 6 + i, [i + 1, one.name, *born, "ĐH", "CC", "B", one.identity])
        book.truth.person("DS", 6 + i, one)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    codes = extraction.rows[0].person.codes
    assert (codes["professional"].code, codes["political_theory"].code) == ("bachelor", "advanced")


def test_three_header_rows_with_marked_levels():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["TT", "Họ và tên", "Ngày sinh", "Giới tính", None, "Trình độ", None, None, None, "CCCD"])
    put(sheet, 2, [None, None, None, "Nam", "Nữ", "Chuyên môn", None, "Lý luận chính trị"])
    put(sheet, 3, [None, None, None, None, None, "ThS", "ĐH", "Cao cấp", "Trung cấp"])
    for area in ("D1:E1", "F1:I1", "F2:G2", "H2:I2", "A1:A3", "B1:B3", "C1:C3", "D2:D3", "E2:E3", "J1:J3"):
        sheet.merge_cells(area)
    for i, one in enumerate(people(8, seed=8)):
        marks = ["x", None] if one.sex == "male" else [None, "X"]
        put(sheet, 4 + i, [i + 1, one.name, spoken(one.born, i), *marks, None, "x", "x", None, one.identity])
        book.truth.person("DS", 4 + i, one)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    codes = extraction.rows[0].person.codes
    assert (codes["professional"].code, codes["political_theory"].code) == ("bachelor", "advanced")


def test_one_column_that_marks_women():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["TT", "Họ và tên", "Năm sinh", "Nữ", "CCCD"])
    for i, one in enumerate(people(9, seed=9)):
        put(
            sheet, 2 + i, [i + 1, one.name, one.born.year, "x" if one.sex == "female" else None, one.identity]
        )
        book.truth.person("DS", 2 + i, one, born=str(one.born.year))
    assert summary(read(book.content())) == book.truth.rows


def test_sheet_per_unit_beside_a_summary_and_a_hidden_sheet():
    book = Book()
    total = book.sheet("Tổng hợp")
    put(total, 1, ["STT", "Đơn vị", "Tổng số", "Nữ", "Đảng viên"])
    put(total, 2, [1, "Phường A", 10, 3, 9])
    crowd = people(12, seed=10)
    for k, name in enumerate(("Phường Mường Thanh", "Xã Nà Tấu")):
        sheet = book.sheet(name)
        put(sheet, 2, PLAIN)
        for i, one in enumerate(crowd[k * 6 : k * 6 + 6]):
            put(sheet, 3 + i, _plain_row(i + 1, one, i))
            book.truth.person(name, 3 + i, one)
    hidden = book.sheet("Cũ")
    put(hidden, 1, PLAIN)
    put(hidden, 2, _plain_row(1, crowd[0]))
    hidden.sheet_state = "hidden"
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert {each.person.unit for each in extraction.rows} == {"Phường Mường Thanh", "Xã Nà Tấu"}
    said = " ".join(str(note) for note in extraction.notes)
    assert "Cũ" in said and "Tổng hợp" in said


def test_heading_printed_again_on_every_page():
    book = Book()
    sheet = book.sheet("DS")
    crowd = people(12, seed=11)
    row = 1
    for page in range(3):
        put(sheet, row, PLAIN)
        put(sheet, row + 1, [f"({k})" for k in range(1, 8)])
        if page:
            book.truth.ignored("DS", row)
        book.truth.ignored("DS", row + 1)
        row += 2
        for i in range(4):
            one = crowd[page * 4 + i]
            put(sheet, row, _plain_row(page * 4 + i + 1, one, i))
            book.truth.person("DS", row, one)
            row += 1
    assert summary(read(book.content())) == book.truth.rows


def test_a_second_table_with_other_columns_below_the_first():
    book = Book()
    sheet = book.sheet("DS")
    crowd = people(8, seed=12)
    put(sheet, 1, PLAIN)
    for i, one in enumerate(crowd[:4]):
        put(sheet, 2 + i, _plain_row(i + 1, one, i))
        book.truth.person("DS", 2 + i, one)
    put(sheet, 7, ["DANH SÁCH BỔ SUNG"])
    put(sheet, 9, ["TT", "Họ tên", "Giới tính", "Căn cước", "Sinh ngày"])
    for i, one in enumerate(crowd[4:]):
        put(sheet, 10 + i, [i + 1, one.name, vietnamese(one.sex), one.identity, spoken(one.born, i)])
        book.truth.person("DS", 10 + i, one)
    found = summary(read(book.content()))
    assert found.pop(("DS", 7)) == ("ignored",)
    assert found.pop(("DS", 9)) == ("ignored",), "its headings stand below those of the first table"
    assert found == book.truth.rows


def test_headings_typed_without_accents():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["STT", "HO VA TEN", "NGAY SINH", "GIOI TINH", "SO CCCD", "DAN TOC", "CHUC VU"])
    for i, one in enumerate(people(6, seed=13)):
        put(sheet, 2 + i, _plain_row(i + 1, one, i))
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_two_lost_zeros_of_a_ha_noi_number_come_back():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    for i, one in enumerate(people(6, seed=14, province="001")):
        row = _plain_row(i + 1, one, i)
        row[4] = int(one.identity)
        put(sheet, 2 + i, row)
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_without_identity_numbers_the_same_person_is_known_by_name_sex_and_birth_day():
    book = Book()
    crowd = people(6, seed=15)
    for name, chosen in (("Chính", crowd), ("Bổ sung", crowd[:2])):
        sheet = book.sheet(name)
        put(sheet, 1, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ"])
        for i, one in enumerate(chosen):
            put(sheet, 2 + i, [i + 1, one.name, spoken(one.born, i), vietnamese(one.sex), one.title])
            if name == "Chính":
                book.truth.person(name, 2 + i, one, identity=None)
            else:
                book.truth.duplicate(name, 2 + i)
    assert summary(read(book.content())) == book.truth.rows


def test_tables_side_by_side_are_both_read():
    book = Book()
    sheet = book.sheet("DS")
    crowd = people(6, seed=16)
    put(
        sheet,
        1,
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính", None, "TT", "Họ và tên", "Ngày sinh", "Giới tính"],
    )
    for i in range(3):
        for k in (0, 1):
            one = crowd[i + 3 * k]
            put(sheet, 2 + i, [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex)], column=1 + 5 * k)
    extraction = read(book.content())
    assert sorted(row.person.name for row in extraction.rows) == sorted(one.name for one in crowd)


def test_blank_columns_and_a_table_that_begins_far_right():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 6, PLAIN[:3], column=4)
    put(sheet, 6, PLAIN[3:], column=9)
    for i, one in enumerate(people(6, seed=17)):
        row = _plain_row(i + 1, one, i)
        put(sheet, 7 + i, row[:3], column=4)
        put(sheet, 7 + i, row[3:], column=9)
        book.truth.person("DS", 7 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_no_heading_for_sex_takes_it_from_the_twelve_digit_number_only():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["TT", "Họ và tên", "Ngày sinh", "CCCD"])
    for i, one in enumerate(people(5, seed=18)):
        put(sheet, 2 + i, [i + 1, one.name, spoken(one.born, i), one.identity])
        book.truth.person("DS", 2 + i, one)
    put(sheet, 7, [6, "Lò Văn Khôi", datetime(1980, 5, 6), "040123456"])
    book.truth.refused("DS", 7, "sex")
    assert summary(read(book.content())) == book.truth.rows


def test_a_list_pasted_without_headings_is_read_by_its_content():
    book = Book()
    sheet = book.sheet("DS")
    for i, one in enumerate(people(8, seed=19)):
        put(sheet, 1 + i, [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), one.identity])
        book.truth.person("DS", 1 + i, one)
    assert summary(read(book.content())) == book.truth.rows
