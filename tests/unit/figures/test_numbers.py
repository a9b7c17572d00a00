"""What the numbers of a Vietnamese text are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.figures.numbers import FIGURES, Bound, Kind, Number, numbers_in, read_number
from hientai.engines.figures.spoken import spoken


def only(text: str) -> Number:
    found = numbers_in(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("printed", "value", "ulp"),
    [
        ("2.177", 2177, 1),
        ("25.944", 25944, 1),
        ("1.234.567", 1234567, 1),
        ("14,08", Fraction(1408, 100), Fraction(1, 100)),
        ("58.02", Fraction(5802, 100), Fraction(1, 100)),
        ("1.234,5", Fraction(12345, 10), Fraction(1, 10)),
        ("1,234.5", Fraction(12345, 10), Fraction(1, 10)),
        ("1,234,567", 1234567, 1),
        ("25\u00a0944", 25944, 1),
        ("05", 5, 1),
        ("-3", -3, 1),
    ],
)
def test_printed_forms_are_read(printed: str, value: Fraction, ulp: Fraction):
    assert read_number(printed) == (value, ulp)


def test_point_group_in_a_share_is_decimal():
    assert read_number("22.257", share=True)[0] == Fraction(22257, 1000)
    assert read_number("22.257")[0] == 22257


@pytest.mark.parametrize("text", ["", "abc", "1.2.3.4,5,6", "12,", "1" * 30, "--5"])
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)


@given(st.integers(min_value=0, max_value=10**12))
def test_spoken_counts_are_read_back(value: int):
    assert read_number(spoken(Fraction(value)))[0] == value


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=1, max_value=4))
def test_spoken_decimals_are_read_back(value: int, digits: int):
    number = Fraction(value, 10**digits)
    assert read_number(spoken(number, digits)) == (number, Fraction(1, 10**digits))


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("có 2.177 đồng chí tham gia", Kind.COUNT, 2177, "đồng chí"),
        ("đào tạo 90.253 lượt cán bộ", Kind.COUNT, 90253, "lượt"),
        ("có 05 đ/c", Kind.COUNT, 5, "đ/c"),
        ("triển khai 5 bước về quy trình", Kind.COUNT, 5, "bước"),
        ("số dư 14,08%", Kind.PERCENT, Fraction(1408, 100), None),
        ("đạt 98,5 % số phiếu", Kind.PERCENT, Fraction(985, 10), None),
        ("tăng 5,1 điểm phần trăm", Kind.POINTS, Fraction(51, 10), None),
        ("đạt 1,4 lần so với", Kind.TIMES, Fraction(14, 10), "lần"),
        ("gấp 2 lần", Kind.TIMES, 2, "lần"),
        ("1,2 triệu người", Kind.COUNT, 1_200_000, "người"),
        ("thu 12,5 tỷ đồng", Kind.MEASURE, 12_500_000_000, "đồng"),
        ("dưới 35 tuổi", Kind.AGE, 35, "tuổi"),
        ("trong 2 năm tới", Kind.DURATION, 2, "năm"),
        ("kỳ họp thứ 7 của Hội đồng", Kind.LABEL, 7, None),
        ("Bài 4: Xây dựng đội ngũ", Kind.LABEL, 4, None),
        ("tại phường 5, thành phố", Kind.LABEL, 5, None),
        ("Lượt xem: 3645 In bài viết", Kind.IDENTIFIER, 3645, None),
        ("số định danh 001085012345", Kind.IDENTIFIER, 1085012345, None),
        ("đến năm nay 2019", Kind.YEAR, 2019, None),
    ],
)
def test_kind_value_and_unit(text: str, kind: Kind, value: Fraction, unit: str | None):
    number = only(text)
    assert (number.kind, number.value, number.unit and number.unit.word) == (kind, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 31/5/2021",
        "ngày 5.3.2019",
        "ngày 20-9-2017",
        "26/07/2018",
        "Từ tháng 1/2018 đến nay",
        "ngày 12 tháng 10 năm 2020",
        "Ngày 13/10, Ban Tổ chức họp",
        "sáng 12/10 huyện ủy họp",
        "quý I/2020",
        "năm 2019",
        "nhiệm kỳ 2015-2020 (2016-2021)",
        "Quy định số 205-QĐ/TW",
        "Quy định số 07- QĐ/TU",
        "Kế hoạch số 103a-KH/TU",
        "Thực hiện NQ 42-NQ/TW",
        "Nghị định 115/2020/NĐ-CP",
        "Luật số 22/2008/QH12",
        "Quyết định 1956/QĐ-TTg",
        "lúc 07:47",
        "lúc 7h30",
        "10:12:51 12-10-2020",
        "[GMT+7]",
        "khóa XVI",
        "Covid-19",
        "xem www.example.vn/2020/12 nhé",
        "1. Công tác tổ chức",
        "2.1. Kết quả",
        "(1) Về tổ chức",
        "điện thoại: 0912345678",
        "mức độ 3, 4",
    ],
)
def test_what_is_no_figure_is_not_taken_for_one(text: str):
    assert [number.text for number in numbers_in(text) if number.kind in FIGURES] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("là 47/81 đồng chí (58,02%)", Kind.RATIO),
        ("tại 9/10 xã", Kind.RATIO),
        ("ngày 9/10 xã tổ chức", Kind.DATE),
        ("đạt 10/12 (83,3%)", Kind.RATIO),
        ("xếp thứ 12/63 tỉnh", Kind.RANK),
    ],
)
def test_slash_is_a_ratio_a_day_or_a_rank(text: str, kind: Kind):
    assert numbers_in(text)[0].kind is kind


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("từ 20-30 lớp", 20, 30), ("từ 2.000-3.000/năm", 2000, 3000), ("từ 3 đến 5 người", 3, 5)],
)
def test_ranges_keep_both_ends(text: str, low: int, high: int):
    number = only(text)
    assert (number.kind, number.value, number.high) == (Kind.RANGE, low, high)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("gần 2.200 lượt", Bound.BELOW),
        ("trên 40 đồng chí", Bound.ABOVE),
        ("khoảng 300 người", Bound.ABOUT),
        ("có 300 người", Bound.EXACT),
        ("từ 15% trở lên", Bound.ABOVE),
    ],
)
def test_hedges_are_kept(text: str, bound: Bound):
    assert only(text).bound is bound


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault_and_in_order(text: str):
    found = numbers_in(text)
    assert list(found) == sorted(found, key=lambda number: number.start)
    assert all(text[number.start : number.end].strip() for number in found)


@pytest.mark.parametrize(
    "piece", ["1.", "1,", "(", "12/", "9-", "1 ", "%", "từ 1 ", "a@", "năm 2", "1\u00a0"]
)
def test_hostile_repetition_ends(piece: str):
    assert isinstance(numbers_in(piece * 3000), tuple)
