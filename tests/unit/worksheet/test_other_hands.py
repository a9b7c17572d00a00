"""Habits of other hands: as above, ones and noughts, legends in headings, a unit written once, lettered columns."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.worksheet.untidy import Book, people, put, read, spoken, summary, vietnamese

from hientai.engines.vitext import legacy
from hientai.engines.worksheet.cells.days import party_days
from hientai.engines.worksheet.cells.names import name_and_birth, read_name
from hientai.engines.worksheet.content import is_ditto
from hientai.engines.worksheet.legend import sex_legend
from hientai.engines.worksheet.numbering import is_numbering

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chức vụ", "Đơn vị", "Quê quán"]


def listed(heads, rows, folk):
    """A book of one sheet with these people, and what must be read of it."""
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, heads)
    for i, (one, cells) in enumerate(zip(folk, rows, strict=True)):
        put(sheet, 2 + i, [i + 1, one.name, spoken(one.born, 0), *cells(one)])
        book.truth.person("DS", 2 + i, one)
    return book


def test_a_cell_that_says_as_above_is_read_as_the_one_above():
    folk = people(6, seed=31)
    posts = ("Chủ tịch", '"', "nt", "Kế toán", "-nt-", "Như trên")
    places = ("Xã A", "nt", "Xã B", '"', "//", "Xã C")
    rows = [
        lambda p, post=post, place=place: [vietnamese(p.sex), p.identity, post, "UBND xã", place]
        for post, place in zip(posts, places, strict=True)
    ]
    book = listed(HEAD, rows, folk)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    found = [row.person for row in extraction.rows]
    assert [one.positions[0].text for one in found] == [
        "Chủ tịch", "Chủ tịch", "Chủ tịch", "Kế toán", "Kế toán", "Kế toán",
    ]  # fmt: skip
    assert [one.texts["home_place"] for one in found] == ["Xã A", "Xã A", "Xã B", "Xã B", "Xã B", "Xã C"]
    assert [any(r.code == "ditto" for r in row.reasons) for row in extraction.rows] == [
        False, True, True, True, True, True,
    ]  # fmt: skip


def test_as_above_under_nothing_says_nothing_and_never_makes_a_name_or_a_number():
    folk = people(2, seed=32)
    rows = [
        lambda p: [vietnamese(p.sex), p.identity, '"', "UBND xã", ""],
        lambda p: [vietnamese(p.sex), "nt", "Kế toán", "UBND xã", ""],
    ]
    extraction = read(listed(HEAD, rows, folk).content())
    first, second = extraction.rows
    assert first.person.positions == ()
    assert [each.code for each in first.reasons] == ["ditto_of_nothing"]
    assert (second.status.value, [each.field for each in second.reasons]) == ("refused", ["identity"])


@pytest.mark.parametrize(
    "shown", ["nt", "-nt-", "NT", "Nt.", "như trên", '"', "''", "”", "〃", "//", "- '' -"]
)
def test_these_cells_say_as_above(shown):
    assert is_ditto(shown)


@pytest.mark.parametrize("shown", ["", "-", "–", "nữ", "Ngân", "'x", "N", "nhu", "không", "/"])
def test_these_cells_do_not(shown):
    assert not is_ditto(shown)


def test_noughts_in_columns_of_ticks_are_no_ticks():
    heads = ["STT", "Họ và tên", "Ngày sinh", "Nữ", "Số CCCD", "Trình độ chuyên môn"]
    folk = people(8, seed=33)
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, heads)
    put(sheet, 2, ["", "", "", "", "", "Thạc sĩ", "Đại học", "Cao đẳng"])
    sheet.merge_cells("F1:H1")
    for i, one in enumerate(folk):
        ticks = [0, 0, 0]
        ticks[i % 3] = 1
        put(
            sheet,
            3 + i,
            [i + 1, one.name, spoken(one.born, 0), int(one.sex == "female"), one.identity, *ticks],
        )
        book.truth.person("DS", 3 + i, one)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert [row.person.codes["professional"].code for row in extraction.rows] == [
        ("master", "bachelor", "college")[i % 3] for i in range(8)
    ]


@pytest.mark.parametrize(
    ("heading", "male", "female"),
    [
        ("Giới tính (1: Nam, 2: Nữ)", 1, 2),
        ("Giới tính\n(Nam: 1; Nữ: 0)", 1, 0),
        ("Giới tính (Nam = 0, Nữ = 1)", 0, 1),
        ("Giới tính (nữ ghi x)", "", "x"),
        ("Giới tính (Nữ: 1)", "", 1),
    ],
)
def test_a_heading_that_explains_its_codes_is_believed(heading, male, female):
    heads = ["STT", "Họ và tên", "Ngày sinh", heading, "Số CCCD", "Chức vụ"]
    folk = people(8, seed=34)
    rows = [lambda p: [female if p.sex == "female" else male, p.identity, "Kế toán"]] * 8
    book = listed(heads, rows, folk)
    assert summary(read(book.content())) == book.truth.rows


def test_codes_that_no_heading_explains_are_refused():
    folk = people(4, seed=35)
    rows = [lambda p: [1 if p.sex == "male" else 2, p.identity, "Kế toán"]] * 4
    extraction = read(
        listed(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chức vụ"], rows, folk).content()
    )
    assert {row.status.value for row in extraction.rows} == {"refused"}
    assert {reason.field for row in extraction.rows for reason in row.reasons} == {"sex"}


@pytest.mark.parametrize(
    "heading", ["Giới tính", "Giới tính (Nam/Nữ)", "Giới tính (1: Nam, 1: Nữ)", "Giới tính (nam: nữ)"]
)
def test_a_heading_that_explains_nothing_gives_no_legend(heading):
    assert sex_legend(heading) == {}


def test_a_unit_written_once_stands_for_the_people_below_it():
    folk = people(9, seed=36)
    units = ("Phòng A", "", "", "", "Phòng B", "", "", "", "")
    rows = [lambda p, unit=unit: [vietnamese(p.sex), p.identity, "Kế toán", unit, ""] for unit in units]
    extraction = read(listed(HEAD, rows, folk).content())
    assert [row.person.unit for row in extraction.rows] == ["Phòng A"] * 4 + ["Phòng B"] * 5
    assert any("đơn vị chỉ ghi ở người đầu tiên" in str(note) for note in extraction.notes)


def test_a_unit_missing_here_and_there_stays_missing():
    folk = people(6, seed=37)
    units = ("Phòng A", "Phòng A", "", "Phòng B", "Phòng B", "")
    rows = [lambda p, unit=unit: [vietnamese(p.sex), p.identity, "Kế toán", unit, ""] for unit in units]
    extraction = read(listed(HEAD, rows, folk).content())
    assert [row.person.unit for row in extraction.rows] == list(units)


@pytest.mark.parametrize(
    ("shown", "numbers"),
    [
        (["A", "B", "C", "D", "Đ", "E"], True),
        (["a", "b", "c"], True),
        (["(A)", "(B)", "(C)"], True),
        (["x", "x", "x", "A"], False),
        (["B", "A", "C"], False),
    ],
)
def test_letters_in_order_number_the_columns(shown, numbers):
    assert is_numbering(shown) is numbers


def test_headings_in_english():
    heads = ["No.", "Full name", "Date of birth", "Gender", "ID No.", "Position", "Department", "Phone"]
    folk = people(5, seed=38)
    rows = [
        lambda p: [
            {"male": "Male", "female": "Female"}[p.sex],
            p.identity,
            "Specialist",
            "Finance",
            "0912345678",
        ]
    ] * 5
    book = listed(heads, rows, folk)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert {row.person.unit for row in extraction.rows} == {"Finance"}


@pytest.mark.parametrize(
    "before",
    [
        "TS. ",
        "ThS. ",
        "Ths ",
        "Th.S ",
        "BS.CKII ",
        "PGS.TS. ",
        "GS.TS ",
        "KS. ",
        "Thượng tá ",
        "Đại úy ",
        "Bác sỹ ",
    ],
)
def test_degrees_and_ranks_before_a_name_are_no_part_of_it(before):
    found = read_name(f"{before}Lê Thị Bích")
    assert found.value == "Lê Thị Bích"
    assert [each.code for each in found.remarks] == ["name_title"]


@pytest.mark.parametrize("name", ["Cà Văn Sơn", "Tsan A Lỷ", "Kso Văn Bình", "Lê Trung Tá", "Thượng Tá"])
def test_names_that_only_begin_like_a_title_stay_whole(name):
    assert read_name(name).value == name


@pytest.mark.parametrize(
    ("cell", "name", "born"),
    [
        ("Lê Văn Tâm 05/03/1980", "Lê Văn Tâm", "05/03/1980"),
        ("Lê Văn Tâm, 05/03/1980", "Lê Văn Tâm", "05/03/1980"),
        ("Lê Văn Tâm (05/03/1980)", "Lê Văn Tâm", "05/03/1980"),
        ("Lê Văn Tâm - 1980", "Lê Văn Tâm", "1980"),
        ("Lê Văn Tâm; sinh ngày 5 tháng 3 năm 1980", "Lê Văn Tâm", "5 tháng 3 năm 1980"),
        ("Lê Văn Tâm SN: 1980", "Lê Văn Tâm", "1980"),
        ("Lê Văn Năm 1980", "Lê Văn Năm", "1980"),
        ("Lê Văn Tâm", "Lê Văn Tâm", ""),
    ],
)
def test_name_and_birth_in_one_cell_are_told_apart(cell, name, born):
    assert name_and_birth(cell) == (name, born)


def test_a_column_of_names_with_births_is_read_and_a_missing_birth_is_refused():
    heads = ["STT", "Họ và tên, ngày tháng năm sinh", "Giới tính", "Số CCCD", "Chức vụ"]
    folk = people(5, seed=39)
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, heads)
    for i, one in enumerate(folk):
        told = "" if i == 4 else f"\n{spoken(one.born, 0)}"
        put(sheet, 2 + i, [i + 1, one.name + told, vietnamese(one.sex), one.identity, "Kế toán"])
        book.truth.person("DS", 2 + i, one)
    found = summary(read(book.content()))
    assert found.pop(("DS", 6)) == ("refused", frozenset({"born"}))
    del book.truth.rows["DS", 6]
    assert found == book.truth.rows


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("03/02/2005 03/02/2006", ("2005-02-03", "2006-02-03")),
        ("03/02/2005; chính thức 03/02/2006", ("2005-02-03", "2006-02-03")),
        ("02/2005 - 02/2006", ("2005-02", "2006-02")),
        ("03/02/2006 03/02/2005", None),
        ("03/02/2005", None),
        ("03/02/2005, 31/02/2006", None),
    ],
)
def test_two_days_in_the_column_of_joining_the_party(cell, days):
    assert party_days(cell, date(2026, 1, 1)) == days


@pytest.mark.parametrize("line", ["Chuyên viên", "Giáo viên", "Nhân viên", "Người lao động"])
def test_a_numbered_line_that_groups_people_is_no_person(line):
    folk = people(4, seed=40)
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, HEAD)
    put(sheet, 2, [1, line])
    for i, one in enumerate(folk):
        put(sheet, 3 + i, [f"1.{i + 1}", one.name, spoken(one.born, 0), vietnamese(one.sex), one.identity])
        book.truth.person("DS", 3 + i, one)
    book.truth.ignored("DS", 2)
    assert summary(read(book.content())) == book.truth.rows


@pytest.mark.parametrize("heading", ["Tên", "Cán bộ", "Nhân sự đề nghị"])
def test_a_column_of_whole_names_is_told_by_the_names_under_any_heading(heading):
    folk = people(6, seed=41)
    heads = ["#", heading, "Ngày sinh", "Giới tính", "Số CCCD", "Chức vụ"]
    rows = [lambda p: [vietnamese(p.sex), p.identity, "Kế toán"]] * 6
    book = listed(heads, rows, folk)
    assert summary(read(book.content())) == book.truth.rows


def test_a_second_table_whose_names_have_an_unknown_heading_is_found_below_the_first():
    folk = people(8, seed=42)
    book = Book()
    sheet = book.sheet("DS")
    for first, heading, part in ((1, "Họ và tên", folk[:4]), (8, "Nhân sự", folk[4:])):
        put(sheet, first, ["STT", heading, "Ngày sinh", "Giới tính", "Số CCCD", "Chức vụ"])
        for i, one in enumerate(part):
            cells = [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), one.identity, "Kế toán"]
            put(sheet, first + 1 + i, cells)
            book.truth.person("DS", first + 1 + i, one)
    book.truth.ignored("DS", 8)
    assert summary(read(book.content())) == book.truth.rows


def test_sub_headings_to_the_left_of_the_names_join_their_groups_though_nothing_is_merged():
    folk = people(6, seed=43)
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["Ngày sinh", "", "Họ và tên", "Số CCCD", "Vào Đảng", "Ngày vào Đảng"])
    put(sheet, 2, ["Nam", "Nữ", "", "", "Dự bị", "Chính thức"])
    for i, one in enumerate(folk):
        born = spoken(one.born, 0)
        cells = [
            born if one.sex == "male" else "",
            born if one.sex == "female" else "",
            one.name,
            one.identity,
        ]
        put(sheet, 3 + i, [*cells, "03/02/2005", "03/02/2006"])
        book.truth.person("DS", 3 + i, one)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert {tuple(row.person.days.values()) for row in extraction.rows} == {("2005-02-03", "2006-02-03")}


@pytest.mark.parametrize(("font", "typed"), [(".VnTime", "§H"), ("VNI-Times", "ÑH"), (".VnTime", "T§ LLCT")])
def test_abbreviations_in_a_legacy_font_are_repaired(font, typed):
    assert legacy.clean(typed, font).text in ("ĐH", "TĐ LLCT")
    assert legacy.clean(typed).text == typed, "without the font nothing says so"


def test_a_roman_number_beside_a_name_of_a_unit_is_a_section_in_a_column_without_heading_too():
    folk = people(4, seed=44)
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"])
    put(sheet, 2, ["I.", "Những người hoạt động không chuyên trách"])
    book.truth.ignored("DS", 2)
    for i, one in enumerate(folk):
        put(sheet, 3 + i, [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), one.identity])
        book.truth.person("DS", 3 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_days_typed_month_first_throughout_a_column_are_refused_where_they_could_be_either():
    folk = people(8, seed=45)
    heads = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chức vụ"]
    days = (
        "03/25/1980",
        "12/31/1975",
        "07/14/1988",
        "05/03/1980",
        "06/06/1981",
        "01/30/1990",
        "11/02/1979",
        "1980",
    )
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, heads)
    for i, (one, day) in enumerate(zip(folk, days, strict=True)):
        put(sheet, 2 + i, [i + 1, one.name, day, vietnamese(one.sex), "", "Kế toán"])
    extraction = read(book.content())
    found = {row.row: (row.status.value, row.reasons[0].code) for row in extraction.rows}
    assert {row: code for row, (status, code) in found.items() if status == "refused"} == {
        2: "not_a_day", 3: "not_a_day", 4: "not_a_day", 5: "day_month_swapped", 7: "not_a_day", 8: "day_month_swapped",
    }  # fmt: skip
    assert any("tháng trước ngày sau" in str(note) for note in extraction.notes)


def test_one_day_typed_month_first_among_days_typed_day_first_says_nothing_of_the_others():
    folk = people(4, seed=46)
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"])
    for i, (one, day) in enumerate(
        zip(folk, ("03/25/1980", "25/03/1980", "05/03/1980", "1/2/1981"), strict=True)
    ):
        put(sheet, 2 + i, [i + 1, one.name, day, vietnamese(one.sex), ""])
    assert [row.status.value for row in read(book.content()).rows] == [
        "refused",
        "person",
        "person",
        "person",
    ]


BOTH_WAYS = [f"{day}/0{month}/1980" for day, month in ((25, 3), (14, 7), (30, 1), (21, 9))]


def _csv_of_days(born, appointed):
    lines = ["STT;Họ và tên;Ngày sinh;Giới tính;Số CCCD;Chức vụ;Ngày bổ nhiệm"]
    pairs = zip(people(len(born), seed=49), born, appointed, strict=True)
    for i, (one, day, since) in enumerate(pairs, 1):
        lines.append(f"{i};{one.name};{day};{vietnamese(one.sex)};;Kế toán;{since}")
    return read("\n".join(lines).encode())


def _month_first(day):
    first, second, year = day.split("/")
    return f"{second}/{first}/{year}"


def test_a_csv_of_days_typed_both_ways_refuses_those_that_could_be_either():
    born = [*BOTH_WAYS, *map(_month_first, BOTH_WAYS), "05/03/1980", "06/06/1981", "1979", "11/02/1979"]
    extraction = _csv_of_days(born, ["01/09/2015"] * len(born))
    codes = [[r.code for r in row.reasons if r.refuses] for row in extraction.rows]
    assert codes[:4] == [[]] * 4 and codes[4:8] == [["not_a_day"]] * 4
    assert codes[8:] == [["day_month_either"], [], [], ["day_month_either"]]
    assert [row.person.born for row in extraction.rows[8:]] == [None, "1981-06-06", "1979", None]
    assert any("tháng trước ngày" in str(note) for note in extraction.notes)


def test_other_days_typed_both_ways_are_kept_as_they_are_written_and_never_read_by_guess():
    since = [*(d.replace("1980", "2015") for d in (*BOTH_WAYS, *map(_month_first, BOTH_WAYS))), "05/03/2015"]
    extraction = _csv_of_days(["1980"] * len(since), since)
    row = extraction.rows[-1]
    assert row.status.value == "person" and "appointed_on" not in row.person.days
    assert row.person.unread["appointed_on"] == "05/03/2015"
    assert "day_month_either" in {reason.code for reason in row.reasons}


def test_two_days_typed_day_first_do_not_vouch_for_a_column_typed_month_first():
    born = [*map(_month_first, BOTH_WAYS * 3), *BOTH_WAYS[:2], "05/03/1980"]
    row = _csv_of_days(born, ["01/09/2015"] * len(born)).rows[-1]
    assert [reason.code for reason in row.reasons if reason.refuses] == ["day_month_either"]


def test_a_few_slips_among_many_days_typed_day_first_say_nothing_of_the_others():
    slips = list(map(_month_first, BOTH_WAYS[:3]))
    born = [*BOTH_WAYS * 7, *slips, "05/03/1980"]  # three in thirty-one: less than a tenth
    rows = _csv_of_days(born, ["01/09/2015"] * len(born)).rows
    assert rows[-1].person.born == "1980-03-05" and rows[-1].status.value == "person"
    assert [row.status.value for row in rows[28:31]] == ["refused"] * 3


def test_numbers_of_bank_accounts_are_no_identity():
    folk = people(6, seed=47)
    heads = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số tài khoản", "Mã số thuế"]
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, heads)
    for i, one in enumerate(folk):
        account = f"{190012345678 + i}"
        put(
            sheet,
            2 + i,
            [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), account, f"{8012345670 + i}"],
        )
        book.truth.person("DS", 2 + i, one, identity=None)
    assert summary(read(book.content())) == book.truth.rows


@pytest.mark.parametrize("rating", ["Kết quả xếp loại 2019", "Xếp loại (năm 2019, 2020)", "Mẫu 2"])
def test_a_heading_that_holds_a_number_does_not_hide_a_second_table(rating):
    folk = people(8, seed=45)
    book = Book()
    sheet = book.sheet("DS")
    heads = ["Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Quê quán"]
    other = ["Cán bộ", "Chức vụ", "Số CCCD", "Ngày sinh", "Giới tính", rating]
    for first, headings, part in ((1, heads, folk[:4]), (8, other, folk[4:])):
        put(sheet, first, headings)
        for i, one in enumerate(part):
            born, sex = spoken(one.born, 0), vietnamese(one.sex)
            upper = [one.name, sex, born, one.identity, "Xã A"]
            lower = [one.name, "Kế toán", one.identity, born, sex, "HTTNV"]
            put(sheet, first + 1 + i, upper if first == 1 else lower)
            book.truth.person("DS", first + 1 + i, one)
    book.truth.ignored("DS", 8)
    assert summary(read(book.content())) == book.truth.rows


@pytest.mark.parametrize("form", ["{}", "({})", "[{}]"])
def test_a_row_that_numbers_the_columns_is_not_counted_among_the_names(form):
    folk = people(5, seed=46)
    book = Book()
    sheet = book.sheet("DS")
    heads = ["STT", "Cán bộ", "Ngày sinh", "Giới tính", "Số CCCD", "Chức vụ"]
    put(sheet, 1, heads)
    put(sheet, 2, [form.format(number) for number in range(1, len(heads) + 1)])
    book.truth.ignored("DS", 2)
    for i, one in enumerate(folk):
        nameless = i in (1, 3)
        rest = [spoken(one.born, 0), vietnamese(one.sex), one.identity, "Kế toán"]
        put(sheet, 3 + i, [i + 1, None if nameless else one.name, *rest])
        if nameless:
            book.truth.refused("DS", 3 + i, "name")
        else:
            book.truth.person("DS", 3 + i, one)
    assert summary(read(book.content())) == book.truth.rows


def test_a_person_told_in_words_is_not_taken_for_the_headings_of_a_second_table():
    folk = people(8, seed=47)
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["Họ và tên", "Giới tính", "Ngày sinh", "Nghề nghiệp", "Thường trú"])
    for i, one in enumerate(folk):
        cells = [
            one.name,
            vietnamese(one.sex),
            f"Sinh năm {one.born.year}",
            "Công việc khác",
            "Thường trú tổ 5",
        ]
        put(sheet, 2 + i, cells)
        book.truth.person("DS", 2 + i, one, born=str(one.born.year), identity=None)
    assert summary(read(book.content())) == book.truth.rows
