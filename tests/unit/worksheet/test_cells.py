"""Single cells: identity numbers, days, names, positions, codes, numbers of columns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.worksheet.cells.days import from_parts, read_birth, read_day
from hientai.engines.worksheet.cells.identity import agrees, read_identity
from hientai.engines.worksheet.cells.names import read_name
from hientai.engines.worksheet.cells.positions import read_positions
from hientai.engines.worksheet.cells.values import read_code, read_phone, read_sex, read_text
from hientai.engines.worksheet.numbering import is_numbering
from hientai.engines.worksheet.reading.delimited import tell_delimiter
from hientai.engines.worksheet.sheet import column_index, column_letters
from hientai.engines.worksheet.titles import day_spoken_of, unit_of_sheet_name

AS_OF = date(2026, 11, 22)


def numbers():
    """True 12-digit numbers with the birth year and sex they state."""
    return st.builds(
        lambda province, sex, year, rest: (
            f"{province}{(year // 100 - 19) * 2 + (sex == 'female')}{year % 100:02d}{rest:06d}",
            sex,
            str(year),
        ),
        st.sampled_from(("001", "002", "011", "079", "096")),
        st.sampled_from(("male", "female")),
        st.integers(1940, 2008),
        st.integers(0, 999_999),
    )


@given(numbers())
def test_lost_zeros_come_back_exactly_when_sex_and_birth_year_prove_them(stated):
    number, sex, year = stated
    assert agrees(number, year, sex)
    assert read_identity(float(number), str(int(number)), year, sex, untyped=False).value == number
    other_sex = "male" if sex == "female" else "female"
    other_year = str(int(year) + 1)
    for wrong in (
        read_identity(float(number), str(int(number)), year, other_sex, untyped=False),
        read_identity(float(number), str(int(number)), other_year, sex, untyped=False),
    ):
        assert wrong.value is None and wrong.remarks[0].refuses


@given(numbers(), st.integers(0, 11))
def test_a_number_with_a_digit_missing_is_never_filled_up_to_another_number(stated, at):
    number, sex, year = stated
    short = number[:at] + number[at + 1 :]
    read = read_identity(short, short, year, sex, untyped=False).value
    assert read in (None, number)


@given(st.text(alphabet="0123456789", min_size=1, max_size=20))
def test_only_twelve_or_nine_digits_ever_come_out(digits):
    for value, untyped in ((digits, False), (digits, True), (float(digits[:15]), False)):
        shown = digits if isinstance(value, str) else str(int(value))
        read = read_identity(value, shown, "1980", "male", untyped=untyped)
        assert read.value is None or len(read.value) in (9, 12)
        assert read.value is None or read.value.endswith(shown)


def test_eight_digits_are_completed_only_when_stored_as_a_number():
    assert read_identity(40123456.0, "40123456", "1980", "male", untyped=False).value == "040123456"
    assert read_identity("40123456", "40123456", "1980", "male", untyped=True).value == "040123456"
    assert read_identity("40123456", "40123456", "1980", "male", untyped=False).value is None


@pytest.mark.parametrize(
    ("shown", "number", "old"),
    [
        ("011 170 383 452", "011170383452", None),
        ("047.028.755", "047028755", None),
        ("011170383452 (cấp ngày 05/06/2021)", "011170383452", None),
        ("047028755 / 011170383452", "011170383452", "047028755"),
        ("CCCD: 011170383452", "011170383452", None),
        ("011170383452; 011170383453", None, None),
    ],
)
def test_numbers_with_words_around_them(shown, number, old):
    read = read_identity(shown, shown, None, None, untyped=False)
    assert (read.value, read.extra) == (number, old)


@given(st.dates(date(1930, 1, 1), date(2010, 1, 1)))
def test_a_birth_day_written_any_way_is_the_same_day(day):
    forms = (
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d / %m / %Y}",
        day.isoformat(),
    )
    assert {read_birth(form, form, AS_OF).value for form in forms} == {day.isoformat()}
    assert read_birth(day, "", AS_OF).value is None
    assert read_birth(day, f"{day:%d/%m/%Y}", AS_OF).value == day.isoformat()
    assert from_parts(str(day.day), str(day.month), str(day.year)) == f"{day.day}/{day.month}/{day.year}"


def test_birth_is_refused_one_day_too_late_and_taken_the_day_before():
    assert read_birth("23/11/2011", "23/11/2011", AS_OF).value is None
    assert read_birth("22/11/2011", "22/11/2011", AS_OF).value == "2011-11-22"
    assert read_birth("22/11/2026", "22/11/2026", AS_OF).remarks[0].code == "born_too_late"
    assert read_birth("23/11/2026", "23/11/2026", AS_OF).remarks[0].code == "born_in_future"


def test_only_years_of_two_digits_are_said_to_be_short():
    assert [r.code for r in read_birth("15/8/68", "15/8/68", AS_OF).remarks] == ["short_year"]
    assert read_birth("1970-02-28", "1970-02-28", AS_OF).remarks == ()


def test_month_and_year_alone_keep_the_month_apart():
    read = read_birth("05/1974", "05/1974", AS_OF)
    assert (read.value, read.extra) == ("1974", "1974-05")


def test_other_days_may_lie_ahead_but_not_far():
    assert read_day("01/01/2030", "01/01/2030", AS_OF).value == "2030-01-01"
    assert read_day("01/01/2099", "01/01/2099", AS_OF).value is None
    assert read_day("3/2/98", "3/2/98", AS_OF).value == "1998-02-03"
    assert read_day("3/2/20", "3/2/20", AS_OF).value == "2020-02-03"


@pytest.mark.parametrize(
    ("shown", "name", "sex"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An", None),
        ("Đ/c Lò Thị Na", "Lò Thị Na", None),
        ("Ông Nguyễn Văn An", "Nguyễn Văn An", "male"),
        ("Ông Thị Kim Ngân", "Ông Thị Kim Ngân", None),
        ("Lò Thị Na (nữ)", "Lò Thị Na", "female"),
        ("1. Trần Văn Ba", "Trần Văn Ba", None),
        ("Ksor H'Bé", "Ksor H'Bé", None),
        ("Lê Văn An (bí danh Ba)", "Lê Văn An", None),
    ],
)
def test_names_as_offices_write_them(shown, name, sex):
    read = read_name(shown)
    assert (read.value, read.extra) == (name, sex)


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Bí thư Đảng ủy", [("Bí thư", "Đảng ủy")]),
        ("Phó Trưởng phòng Kinh tế", [("Phó Trưởng phòng", "Phòng Kinh tế")]),
        ("Trưởng phòng Văn hóa - Xã hội", [("Trưởng phòng", "Phòng Văn hóa - Xã hội")]),
        ("Chuyên viên, Phòng Nội vụ huyện X", [("Chuyên viên", "Phòng Nội vụ huyện X")]),
        ("Chuyên viên - Phòng Nội vụ", [("Chuyên viên", "Phòng Nội vụ")]),
        ("Phó Bí thư Đảng ủy, Chủ tịch UBND xã Y", [("Phó Bí thư", "Đảng ủy"), ("Chủ tịch", "UBND xã Y")]),
        ("Người phụ trách", [("Người phụ trách", "")]),
        ("- Bí thư\n- Chủ tịch HĐND", [("Bí thư", ""), ("Chủ tịch", "HĐND")]),
    ],
)
def test_titles_and_units_are_cut_apart(text, posts):
    assert [(each.title, each.unit) for each in read_positions(text)] == posts


@given(st.text(max_size=60))
def test_no_word_of_a_position_is_lost(text):
    kept = " ".join(each.text for each in read_positions(text))
    for word in text.split():
        bare = word.strip(" ,;:-–+•*.)0123456789")
        assert not bare or bare[:3] in kept or any(sign in word for sign in ",;-–+•*")


@pytest.mark.parametrize(
    ("shown", "code_list", "code"),
    [
        ("ĐH", "professional", "bachelor"),
        ("Kỹ sư xây dựng", "professional", "bachelor"),
        ("Thạc sỹ Luật", "professional", "master"),
        ("TC LLCT", "political_theory", "intermediate"),
        ("CC", "political_theory", "advanced"),
        ("Mèo vạc", "ethnicity", None),
        ("H'Mông", "ethnicity", "hmong"),
        ("Khơ Mú", "ethnicity", "kho_mu"),
        ("Đang học cao cấp", "political_theory", None),
        ("12/12", "education_general", "12/12"),
        ("CVC", "state_management", "principal_specialist"),
    ],
)
def test_codes_are_recognised_by_the_words_offices_use(shown, code_list, code):
    assert read_code(shown, code_list).code == code


def test_phones_get_their_zero_back_and_sexes_are_words_only():
    assert read_phone(912345678.0, "912345678").value == "0912345678"
    assert read_phone("+84 912 345 678", "+84 912 345 678").value == "0912345678"
    assert read_phone("12", "12").value is None
    assert [read_sex(each).value for each in ("Nữ", "NU", "nam", "M", "2")] == [
        "female",
        "female",
        "male",
        "male",
        None,
    ]


@pytest.mark.parametrize("shown", ["=1+1", "@x", "+cmd|' /C calc'!A0", "a\x07b", "x" * 2_001])
def test_text_that_could_do_harm_is_left_out(shown):
    assert read_text(shown).value is None and read_text(shown).remarks[0].refuses


@given(st.integers(0, 16_383))
def test_column_letters_and_numbers_are_one(column):
    assert column_index(column_letters(column)) == column


@pytest.mark.parametrize(
    ("cells", "numbers_columns"),
    [
        (["1", "2", "3"], True),
        (["(1)", "(2)", "(3)=(1)+(2)"], True),
        (["A", "B", "1", "2"], True),
        (["1", "Lò Văn A"], False),
        (["1", "1980", "3"], False),
        (["I", "KHỐI ĐẢNG"], False),
        (["5"], False),
    ],
)
def test_rows_that_number_columns(cells, numbers_columns):
    assert is_numbering(cells) is numbers_columns


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("(Số liệu tính đến 30/9/2020)", date(2020, 9, 30)),
        ("(Thời điểm 01/01/2021)", date(2021, 1, 1)),
        ("có mặt đến ngày 31 tháng 12 năm 2019", date(2019, 12, 31)),
        ("TINH DEN NGAY 5/6/2020", date(2020, 6, 5)),
        ("Điện Biên, ngày 5 tháng 10 năm 2020", None),
        ("(Kèm theo Quyết định ngày 5/6/2020)", None),
        ("tính đến 31/02/2020", None),
    ],
)
def test_the_day_a_title_speaks_of(line, day):
    assert day_spoken_of(line) == day


def test_sheets_named_after_units_and_delimiters_told_by_evenness():
    assert unit_of_sheet_name("Phường Mường Thanh") == "Phường Mường Thanh"
    assert unit_of_sheet_name("Sheet1") == unit_of_sheet_name("DS phường") == ""
    assert tell_delimiter("a;b;c\n1,5;2;3\n") == ";" and tell_delimiter("một dòng") == "\t"
