"""Tables: totals of rows and columns, shares against their base, and what is no total."""

from __future__ import annotations

import random

import pytest

from hientai.engines.figures.draft import Table
from hientai.engines.figures.findings import Findings, Verdict
from hientai.engines.figures.grid import read_cell
from hientai.engines.figures.tables import check_table


def table(text: str) -> Table:
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    return Table(tuple(rows), "bảng 1")


def wrong(findings: Findings) -> list[str]:
    return [f.where.name for f in (*findings.shares, *findings.sums) if f.verdict is Verdict.WRONG]


STAFF = """
TT | Đơn vị | Tổng số | Nam | Nữ | Tỷ lệ nữ (%)
1 | Phòng Nội vụ | 12 | 7 | 5 | 41,67
2 | Phòng Tài chính | 10 | 6 | 4 | 40
3 | Văn phòng | 18 | 10 | 8 | 44,44
| Tổng cộng | 40 | 23 | 17 | 42,5
"""


def test_rows_columns_and_shares_of_a_right_table_hold():
    found = check_table(table(STAFF))
    assert wrong(found) == []
    assert len(found.shares) == 4 and len(found.sums) == 7


@pytest.mark.parametrize(
    ("right", "slip", "places"),
    [
        ("| 12 | 7 | 5 |", "| 12 | 7 | 6 |", ["cột 3", "cột 5", "cột 6"]),
        ("42,5", "45,2", ["cột 6"]),
        ("| 40 | 23 | 17 |", "| 40 | 32 | 17 |", ["cột 3", "cột 4"]),
        ("44,44", "44,55", ["cột 6"]),
    ],
)
def test_one_wrong_cell_is_found_where_it_does_not_fit(right: str, slip: str, places: list[str]):
    names = wrong(check_table(table(STAFF.replace(right, slip))))
    assert all(any(place in name for name in names) for place in places)


def test_cell_that_breaks_its_row_and_its_column_is_named():
    found = check_table(table(STAFF.replace("| 10 | 8 |", "| 10 | 9 |")))
    likely = [str(total.likely.sentence) for total in found.sums if total.likely]
    assert likely and all("hàng 4, cột 5" in sentence for sentence in likely)


def test_sections_make_the_total_and_their_own_rows_make_them():
    text = """
    TT | Đơn vị | Biên chế | Có mặt
    I | Khối Đảng | 50 | 48
    1 | Ban Tổ chức | 20 | 19
    2 | Ban Tuyên giáo | 30 | 29
    II | Khối chính quyền | 80 | 77
    1 | Sở Nội vụ | 40 | 38
    2 | Sở Tài chính | 40 | 39
    | Tổng cộng | 130 | 125
    """
    found = check_table(table(text))
    assert wrong(found) == []
    assert {total.parts for total in found.sums if total.total == 130} == {(50, 80)}
    assert wrong(check_table(table(text.replace("| 40 | 39", "| 40 | 36"))))


def test_total_may_stand_first():
    text = """
    Đơn vị | Khiếu nại | Tố cáo
    Tổng số | 30 | 12
    Huyện A | 10 | 5
    Huyện B | 20 | 7
    """
    assert wrong(check_table(table(text))) == []
    assert wrong(check_table(table(text.replace("20 | 7", "20 | 9")))) == ["bảng 1, hàng 2, cột 3"]


def test_count_and_share_in_one_cell():
    text = """
    Đơn vị | Tổng số | Nữ | Trẻ
    Huyện A | 40 | 10 (25%) | 8 (20%)
    Huyện B | 60 | 20 (33,33%) | 12 (20%)
    Tổng | 100 | 30 (30%) | 20 (20%)
    """
    assert wrong(check_table(table(text))) == []
    assert wrong(check_table(table(text.replace("33,33", "33,83")))) == ["bảng 1, hàng 3, cột 3"]


def test_share_of_the_column_total():
    text = """
    Trình độ | Số lượng | Tỷ lệ (%)
    Tiến sĩ | 5 | 5
    Thạc sĩ | 45 | 45
    Đại học | 50 | 50
    Tổng cộng | 100 | 100
    """
    assert wrong(check_table(table(text))) == []
    assert wrong(check_table(table(text.replace("45 | 45", "45 | 54")))) == ["bảng 1, hàng 3, cột 3"]


def test_forced_share_of_a_column_is_named():
    text = """
    Nhóm | Số lượng | Tỷ lệ (%)
    A | 1 | 16,67
    B | 1 | 16,67
    C | 4 | 66,66
    Tổng | 6 | 100
    """
    verdicts = [share.verdict for share in check_table(table(text)).shares]
    assert verdicts == [Verdict.ROUNDED, Verdict.ROUNDED, Verdict.FORCED, Verdict.EXACT]


def test_change_column_is_measured_on_the_old_one():
    text = """
    Chỉ tiêu | Năm trước | Năm nay | Tăng, giảm (%)
    Hồ sơ | 200 | 250 | 25
    Đơn thư | 80 | 60 | -25
    Vụ việc | 40 | 44 | 10
    """
    found = check_table(table(text))
    assert len(found.shares) == 3 and wrong(found) == []


@pytest.mark.parametrize(
    "text",
    [
        """
        TT | Họ và tên | Năm sinh | Hệ số
        1 | Nguyễn Văn A | 1980 | 4,40
        2 | Trần Thị B | 1985 | 3,99
        3 | Lê Văn C | 1990 | 3,33
        """,
        """
        Chỉ số | Năm 2019 | Năm 2020
        PCI | 64 | 66
        PAPI | 42 | 43
        SIPAS | 85 | 87
        """,
        """
        Đơn vị | Số xã | Số thôn
        Huyện A | 12 | 130
        Huyện B | 15 | 145
        """,
        """
        Bước | Ngày | Số phiếu
        1 | 12/3 | 25
        2 | 15/3 | 24
        """,
        """
        Nội dung | Kết quả
        Tổng số cuộc kiểm tra | 25
        Số tổ chức được kiểm tra | 14
        Số đảng viên được kiểm tra | 31
        """,
    ],
)
def test_tables_without_sums_raise_no_alarm(text: str):
    assert wrong(check_table(table(text))) == []


def test_index_row_and_blanks_are_no_numbers():
    text = """
    TT | Đơn vị | Tổng | Nam | Nữ
    (1) | (2) | (3) | (4) | (5)
    1 | A | 5 | 5 | -
    2 | B | 7 | 3 | 4
    | Cộng | 12 | 8 | 4
    """
    found = check_table(table(text))
    assert wrong(found) == [] and len(found.sums) == 6


@pytest.mark.parametrize(
    ("text", "value", "share"),
    [
        ("1.234", 1234, None),
        ("12 (10,5%)", 12, 10.5),
        ("98,5%", None, 98.5),
        ("12 người", 12, None),
        ("A12", None, None),
    ],
)
def test_cells_are_read(text: str, value: int | None, share: float | None):
    cell = read_cell(text)
    assert cell.value == value
    assert (None if cell.share is None else float(cell.share)) == share


@pytest.mark.parametrize("seed", range(25))
def test_generated_tables_are_clean_and_one_changed_cell_is_found(seed: int):
    rng = random.Random(seed)
    names = [f"Đơn vị {letter}" for letter in "ABCDEFG"[: rng.randint(3, 7)]]
    body = [[rng.randint(3, 60) for _ in range(3)] for _ in names]
    rows = [["Đơn vị", "Tổng số", "Đại học", "Thạc sĩ", "Tiến sĩ"]]
    rows += [[name, str(sum(line)), *map(str, line)] for name, line in zip(names, body, strict=True)]
    sums = [sum(line[column] for line in body) for column in range(3)]
    rows.append(["Tổng cộng", str(sum(sums)), *map(str, sums)])
    assert wrong(check_table(Table(tuple(map(tuple, rows)), "bảng 1"))) == []
    row, column = rng.randint(1, len(rows) - 1), rng.randint(1, 4)
    rows[row][column] = str(int(rows[row][column]) + rng.choice([1, 2, 5, 10, 30]))
    assert wrong(check_table(Table(tuple(map(tuple, rows)), "bảng 1")))
