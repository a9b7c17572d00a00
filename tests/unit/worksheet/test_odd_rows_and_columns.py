"""Odd rows and columns of otherwise plain lists: sections, faults, duplicates, merged cells, learning."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.worksheet.test_layouts import PLAIN, _plain_row
from tests.unit.worksheet.untidy import Book, as_tcvn3, as_vni, people, put, read, spoken, summary, vietnamese

from hientai.engines.errors import BadInput
from hientai.engines.worksheet import SavedMapping, propose, read_workbook


def test_sections_in_capitals_units_and_letters_with_a_footer_of_many_lines():
    book = Book()
    sheet = book.sheet("DS")
    put(
        sheet,
        3,
        ["STT", "Họ và tên", "Năm sinh", None, "Số CMND/ CCCD", "Chức vụ - đơn vị công tác", "Ngày vào Đảng"],
    )
    put(sheet, 4, [None, None, "Nam", "Nữ", None, None, "Dự bị", "Chính thức"])
    for area in ("C3:D3", "G3:H3", "A3:A4", "B3:B4", "E3:E4", "F3:F4"):
        sheet.merge_cells(area)
    crowd = iter(people(12, seed=99))
    row = 5
    for section in (
        ["A", "LÃNH ĐẠO"],
        [None, "Văn phòng HĐND-UBND"],
        ["1", "Phòng Kinh tế"],
        ["ĐẢNG ỦY XÃ NÀ TẤU"],
    ):
        put(sheet, row, section)
        book.truth.ignored("DS", row)
        row += 1
        for i in range(3):
            one = next(crowd)
            born = [one.born.year, None] if one.sex == "male" else [None, one.born.year]
            put(
                sheet,
                row,
                [i + 1, one.name, *born, one.identity, f"{one.title} xã Nà Tấu", spoken(one.joined, 0)],
            )
            book.truth.person("DS", row, one, born=str(one.born.year))
            row += 1
    footer = [
        ["Cộng", None, 5, 7],
        ["Danh sách có 12 đồng chí./."],
        ["Trong đó: nữ 3, dân tộc thiểu số 2"],
        [],
        ["Người lập", None, None, None, None, "TM. BAN THƯỜNG VỤ"],
        [None, None, None, None, None, "PHÓ BÍ THƯ"],
        [None, None, None, None, "(Ký, ghi rõ họ tên)"],
        ["Lò Văn A", None, None, None, None, "Hà Văn B"],
    ]
    for offset, values in enumerate(footer):
        put(sheet, row + offset, values)
        if values:
            book.truth.ignored("DS", row + offset)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    units = [each.person.unit for each in extraction.rows if each.person]
    assert (
        units[3] == "Văn phòng HĐND-UBND" and units[6] == "Phòng Kinh tế" and units[9] == "ĐẢNG ỦY XÃ NÀ TẤU"
    )


FAULTS = [
    (2, "29/02/1981", "born"),
    (2, None, "born"),
    (2, "13/13/1980", "born"),
    (2, "01/01/2035", "born"),
    (2, "không rõ", "born"),
    (2, "05/06/2019", "born"),
    (2, "05/06/1899", "born"),
    (2, 27526, "born"),
    (2, "1974-1975", "born"),
    (1, None, "name"),
    (1, "Nguyễn Văn 2", "name"),
    (1, 12345, "name"),
    (3, None, "sex"),
    (3, "?", "sex"),
    (4, "01118", "identity"),
    (4, "0111701", "identity"),
    (4, "0111703834521", "identity"),
    (4, "không có", "identity"),
    (4, "1.11E+11", "identity"),
    (4, 12.5, "identity"),
    (4, 11199999999, "identity"),
    (4, "12345678", "identity"),
]


@pytest.mark.parametrize(("column", "value", "field"), FAULTS)
def test_a_fault_refuses_its_row_names_its_field_and_cell_and_spares_the_others(column, value, field):
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    for i, one in enumerate(people(3, seed=41)):
        row = _plain_row(i + 1, one, 0)
        if i == 1:
            row[column] = value
            book.truth.refused("DS", 2 + i, field)
        else:
            book.truth.person("DS", 2 + i, one)
        put(sheet, 2 + i, row)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    faults = [reason for reason in extraction.rows[1].reasons if reason.refuses]
    assert [reason.cell for reason in faults] == [f"{'ABCDEFG'[column]}3"]
    assert str(faults[0].message).endswith((".", "”"))


def test_a_missing_identity_number_is_remarked_upon_not_refused():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    one = people(1, seed=42)[0]
    row = _plain_row(1, one, 0)
    row[4] = None
    put(sheet, 2, row)
    extraction = read(book.content())
    assert extraction.rows[0].status.value == "person"
    assert {reason.code for reason in extraction.rows[0].reasons} == {"identity_missing"}


def test_a_full_number_that_disagrees_with_sex_or_birth_is_kept_with_a_remark():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    put(sheet, 2, [1, "Lò Văn An", "05/06/1980", "Nam", "011180123456"])
    put(sheet, 3, [2, "Lò Văn Ba", "05/06/1980", "Nam", "011081123456"])
    put(sheet, 4, [3, "Lò Văn Cả", "05/06/1980", "Nam", "011080123456"])
    rows = read(book.content()).rows
    assert [[reason.code for reason in row.reasons] for row in rows] == [
        ["identity_disagrees"],
        ["identity_disagrees"],
        [],
    ]
    assert all(row.status.value == "person" for row in rows)


def test_two_digit_years_are_taken_where_only_one_century_fits():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    for i, born in enumerate(("05/06/74", "05/06/04", "05/06/15")):
        put(sheet, 2 + i, [i + 1, f"Lò Văn {'ABC'[i]}", born, "Nam"])
    rows = read(book.content()).rows
    assert [row.status.value for row in rows] == ["person", "person", "refused"]
    assert [row.person.born for row in rows] == ["1974-06-05", "2004-06-05", None]


def test_dates_that_a_month_first_computer_may_have_swapped_are_refused():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    for i in range(14):
        born = datetime(1980, 3 + i % 9, 1 + i % 12) if i % 2 else f"{13 + i}/03/1980"
        put(sheet, 2 + i, [i + 1, f"Lò Văn {'ABCDEGHIKLMNOP'[i]}", born, "Nam"])
    extraction = read(book.content())
    assert extraction.counts()["refused"] == 7
    assert {r.code for row in extraction.rows for r in row.reasons if r.refuses} == {"day_month_swapped"}


def test_the_same_number_under_another_name_and_birth_is_refused_not_called_a_duplicate():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    one, other = people(2, seed=48)
    put(sheet, 2, _plain_row(1, one, 0))
    put(sheet, 3, _plain_row(2, one, 2))
    row = _plain_row(3, other, 0)
    row[4] = one.identity
    put(sheet, 4, row)
    extraction = read(book.content())
    assert [each.status.value for each in extraction.rows] == ["person", "duplicate", "refused"]
    assert extraction.rows[1].duplicate_of == ("DS", 2)


def test_a_duplicate_is_known_though_its_zero_is_lost_and_its_birth_is_only_a_year():
    book = Book()
    crowd = people(4, seed=80)
    first, second = book.sheet("A"), book.sheet("B")
    put(first, 1, PLAIN)
    put(second, 1, ["Họ tên", "CCCD", "Năm sinh", "GT"])
    for i, one in enumerate(crowd):
        put(first, 2 + i, _plain_row(i + 1, one, 0))
        book.truth.person("A", 2 + i, one)
        put(second, 2 + i, [one.name.upper(), int(one.identity), one.born.year, vietnamese(one.sex)])
        book.truth.duplicate("B", 2 + i)
    assert summary(read(book.content())) == book.truth.rows


def test_a_refused_row_is_nobodys_original():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    one = people(1, seed=49)[0]
    bad = _plain_row(1, one, 0)
    bad[3] = None
    put(sheet, 2, bad)
    put(sheet, 3, _plain_row(2, one, 0))
    assert [row.status.value for row in read(book.content()).rows] == ["refused", "person"]


def test_units_merged_over_several_people_belong_to_each_and_rows_inside_a_person_are_told():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["Đơn vị", *PLAIN])
    for i, one in enumerate(people(4, seed=53)):
        put(sheet, 2 + i, ["Phòng Kinh tế" if i == 0 else None, *_plain_row(i + 1, one, 0)])
        book.truth.person("DS", 2 + i, one)
    sheet.merge_cells("A2:A5")
    put(sheet, 6, ["Phòng Văn hóa", *_plain_row(5, people(1, seed=54)[0], 0)])
    put(sheet, 7, ["Bí thư Chi bộ"], column=8)
    sheet.merge_cells("C6:C7")
    book.truth.person("DS", 6, people(1, seed=54)[0])
    book.truth.ignored("DS", 7)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert [row.person.unit for row in extraction.rows[:5]] == ["Phòng Kinh tế"] * 4 + ["Phòng Văn hóa"]
    assert extraction.rows[5].kind == "continuation"


def test_old_and_new_numbers_in_two_columns():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND", "Số CCCD"])
    for i, one in enumerate(people(5, seed=54)):
        new = one.identity if i != 3 else None
        put(sheet, 2 + i, [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), f"04012345{i}", new])
        book.truth.person("DS", 2 + i, one, identity=new or "040123453")
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert extraction.rows[0].person.identity_old == "040123450"


def test_two_header_rows_in_tcvn3_with_sections_totals_and_eaten_zeros():
    book = Book()
    sheet = book.sheet("DS")
    font = ".VnTime"

    def typed(row, values):
        put(sheet, row, [as_tcvn3(value) if isinstance(value, str) else value for value in values], font=font)

    typed(
        3, ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Số CMND", "Chức vụ, đơn vị", "Trình độ", None]
    )
    typed(4, [None, None, "Nam", "Nữ", None, None, "Chuyên môn", "Lý luận chính trị"])
    for area in ("C3:D3", "G3:H3", "A3:A4", "B3:B4", "E3:E4", "F3:F4"):
        sheet.merge_cells(area)
    typed(5, ["I", "KHỐI ĐẢNG"])
    for i, one in enumerate(people(8, seed=72)):
        born = [spoken(one.born, i), None] if one.sex == "male" else [None, spoken(one.born, i)]
        typed(6 + i, [i + 1, one.name, *born, int(one.identity), one.title, "Đại học", "Cao cấp"])
        book.truth.person("DS", 6 + i, one)
    typed(14, [None, "Tổng cộng: 8 người"])
    typed(16, [None, "NGƯỜI LẬP BIỂU"])
    for row in (5, 14, 16):
        book.truth.ignored("DS", row)
    assert summary(read(book.content())) == book.truth.rows


def test_rows_in_legacy_letters_beside_rows_in_unicode_under_the_same_font():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    for i, one in enumerate(people(12, seed=74)):
        row = _plain_row(i + 1, one, 0)
        if i % 2:
            row = [as_tcvn3(value) if isinstance(value, str) else value for value in row]
        put(sheet, 2 + i, row, font=".VnTime")
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_capital_names_in_a_vni_font_and_decomposed_letters_beside_them():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, [unicodedata.normalize("NFD", heading) for heading in PLAIN])
    for i, one in enumerate(people(12, seed=75)):
        put(sheet, 2 + i, _plain_row(i + 1, one, 0))
        if i % 2:
            put(sheet, 2 + i, [as_vni(one.name.upper())], column=2, font="VNI-Times")
        else:
            put(
                sheet,
                2 + i,
                ["\xa0" + unicodedata.normalize("NFD", one.name).replace(" ", "\xa0 ")],
                column=2,
            )
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


HEADINGS = {
    "name": ["Họ và tên", "HỌ TÊN", "Họ và tên\n(viết hoa)", "Ho va ten", "Họ và tên cán bộ, công chức"],
    "born": ["Ngày sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "NGÀY THÁNG NĂM SINH", "Năm sinh"],
    "sex": ["Giới tính", "Nam/Nữ", "Giới", "GIỚI\nTÍNH", "Phái"],
    "identity": ["Số CCCD", "CMND/CCCD", "Số căn cước công dân", "Số định danh cá nhân", "Số CMND, CCCD"],
}
OTHERS = ["Quê quán", "Ghi chú", "Chức vụ, đơn vị", "Dân tộc", "Cột lạ", "Trình độ chuyên môn"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_columns_in_any_order_under_any_known_heading(data):
    keys = data.draw(
        st.permutations([*HEADINGS, *data.draw(st.lists(st.sampled_from(OTHERS), unique=True, max_size=4))])
    )
    if keys[-1] in OTHERS and data.draw(st.booleans()):
        keys = ["STT", *keys]
    form = data.draw(st.integers(0, 7))
    top = data.draw(st.integers(1, 9))
    left = data.draw(st.integers(1, 3))
    numbered = data.draw(st.booleans())
    book = Book()
    sheet = book.sheet("DS")
    if top > 3:
        put(sheet, top - 2, ["DANH SÁCH CÁN BỘ CÔNG CHỨC"])
    put(sheet, top, [data.draw(st.sampled_from(HEADINGS.get(key, [key]))) for key in keys], column=left)
    row = top + 1
    if numbered:
        put(sheet, row, [f"({k + 1})" for k in range(len(keys))], column=left)
        book.truth.ignored("DS", row)
        row += 1
    for i, one in enumerate(people(6, seed=data.draw(st.integers(0, 50)))):
        values = {
            "STT": i + 1,
            "name": one.name,
            "born": spoken(one.born, form + i),
            "sex": vietnamese(one.sex),
            "identity": one.identity if i % 3 else int(one.identity),
            "Quê quán": "Điện Biên",
            "Cột lạ": "xyz",
            "Chức vụ, đơn vị": one.title,
            "Dân tộc": one.ethnicity,
            "Trình độ chuyên môn": "Đại học",
        }
        put(sheet, row + i, [values.get(key) for key in keys], column=left)
        book.truth.person("DS", row + i, one)
    assert summary(read(book.content())) == book.truth.rows


def _odd_book():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["STT", "Họ và tên", "Mốc A", "Giới tính", "Mốc B", "CCCD"])
    for i, one in enumerate(people(4, seed=90)):  # fewer than it takes to tell the birth by the numbers
        put(
            sheet,
            2 + i,
            [i + 1, one.name, spoken(one.joined, 0), vietnamese(one.sex), spoken(one.born, 0), one.identity],
        )
        book.truth.person("DS", 2 + i, one)
    return book


def test_what_an_office_taught_is_saved_read_back_and_wins():
    book = _odd_book()
    unknown = read(book.content())
    assert unknown.counts()["refused"] == 4
    taught = [table.with_field(4, "born").with_field(2, "party_joined") for table in unknown.tables]
    saved = SavedMapping.from_yaml(SavedMapping.from_proposals(taught).to_yaml())
    extraction = read(book.content(), saved)
    assert summary(extraction) == book.truth.rows
    assert extraction.rows[0].person.days["party_joined"] == people(4, seed=90)[0].joined.isoformat()


def test_unmapped_columns_are_listed_and_single_columns_can_be_set():
    book = _odd_book()
    table = propose(read_workbook(book.content()))[0]
    assert [column.heading for column in table.unmapped] == ["Mốc A", "Mốc B"]
    saved = SavedMapping(columns={("DS", "E"): "born"})
    assert summary(read(book.content(), saved)) == book.truth.rows
    assert read(book.content(), SavedMapping(skip_sheets=("DS",))).rows == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("worksheet_mapping: 1\nheadings: {A: không_có}", "unknown_field"),
        ("worksheet_mapping: 1\nheadings: [a]", "bad_mapping"),
        ("worksheet_mapping: 9", "bad_mapping"),
        ("- a\n- b", "bad_mapping"),
        ("{", "bad_mapping"),
        ("worksheet_mapping: 1\ncolumns: [{sheet: A, column: '1', field: name}]", "bad_mapping"),
        ("worksheet_mapping: 1\nheadings: {A: 'choice:political_theory=x'}", "unknown_field"),
    ],
)
def test_a_faulty_mapping_file_is_refused_naming_the_entry(text, code):
    with pytest.raises(BadInput) as refusal:
        SavedMapping.from_yaml(text)
    assert refusal.value.code == code and refusal.value.where


def test_the_day_of_signing_is_not_the_day_the_list_speaks_of():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, [None, None, None, "Điện Biên, ngày 5 tháng 10 năm 2020"])
    put(sheet, 3, PLAIN)
    put(sheet, 4, _plain_row(1, people(1)[0], 0))
    assert read(book.content()).as_of is None
    put(sheet, 2, ["(Có mặt đến ngày 01 tháng 9 năm 2020)"])
    assert read(book.content()).as_of == date(2020, 9, 1)


def _with_people(book, count=4, seed=103):
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    for i, one in enumerate(people(count, seed=seed)):
        put(sheet, 2 + i, _plain_row(i + 1, one, i))
        book.truth.person("DS", 2 + i, one)
    return sheet


def test_signing_lines_in_the_columns_of_birth_and_identity_are_no_people():
    for column in range(2, 8):
        book = Book()
        sheet = _with_people(book)
        for row, line in (
            (7, "Ngày 20 tháng 11 năm 2020"),
            (8, "Trưởng ban"),
            (9, "(Đã ký)"),
            (12, "Lê Văn Tám"),
        ):
            put(sheet, row, [line], column=column)
            book.truth.ignored("DS", row)
        assert summary(read(book.content())) == book.truth.rows, column


def test_rows_with_little_in_them_are_refused_as_people_not_passed_over():
    book = Book()
    sheet = _with_people(book)
    rows = (
        ([5, "Trần Văn Xuân", None, "Nam", None, "Kinh", "Bí thư"], ("born",)),
        ([6, None, None, None, None, "Kinh", "Bí thư"], ("name", "born", "sex")),
        ([7, "Hoàng Văn Xuân"], ("born", "sex")),
        ([None, None, None, "Nữ", None, "Kinh"], ("name", "born")),
        ([None, None, "05/06/1980"], ("name", "sex")),
    )
    for offset, (values, fields) in enumerate(rows):
        put(sheet, 6 + offset, values)
        book.truth.refused("DS", 6 + offset, *fields)
    put(sheet, 11, [8])
    book.truth.ignored("DS", 11)
    assert summary(read(book.content())) == book.truth.rows


def test_a_first_row_of_words_only_is_not_taken_for_a_heading():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["Họ và tên", "Giới tính", "Dân tộc", "Chức vụ", "Ngày sinh"])
    put(sheet, 2, [None, "Nam", "Kinh", "Bí thư"])
    book.truth.refused("DS", 2, "name", "born")
    for i, one in enumerate(people(4, seed=108)):
        put(sheet, 3 + i, [one.name, vietnamese(one.sex), one.ethnicity, one.title, spoken(one.born, 0)])
        book.truth.person("DS", 3 + i, one, identity=None)
    assert summary(read(book.content())) == book.truth.rows


def test_columns_about_husband_wife_and_children_are_not_the_persons():
    book = Book()
    sheet = book.sheet("DS")
    put(
        sheet,
        1,
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Họ và tên vợ (chồng)", "Ngày sinh vợ (chồng)"],
    )
    for i, one in enumerate(people(5, seed=101)):
        row = [
            i + 1,
            one.name,
            spoken(one.born, i),
            vietnamese(one.sex),
            one.identity,
            "Lò Thị Na",
            "01/01/1980",
        ]
        put(sheet, 2 + i, row)
        book.truth.person("DS", 2 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_sections_with_counts_bullets_and_no_known_words():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, PLAIN)
    crowd = iter(people(10, seed=109))
    row = 2
    for section in (
        ["KHỐI ĐẢNG: 4 đ/c"],
        [None, "Khối chính quyền (4)"],
        ["I", "CÁN BỘ CHUYÊN TRÁCH"],
        ["II.", "NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH"],
        ["*", "Tổ dân phố 5"],
    ):
        put(sheet, row, section)
        book.truth.ignored("DS", row)
        for k in range(2):
            one = next(crowd)
            put(sheet, row + 1 + k, _plain_row(k + 1, one, k))
            book.truth.person("DS", row + 1 + k, one)
        row += 3
    assert summary(read(book.content())) == book.truth.rows
