"""Small workbooks for the tests of imports: rows of values under plain headings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Chức vụ",
    "Trình độ chuyên môn",
    "Nơi ở hiện nay",
)
LINES: tuple[tuple[Any, ...], ...] = (
    (1, "Lò Thị Mai Hương", "05/03/1980", "Nữ", "011180000011", "Bí thư Đảng ủy", "Đại học", "Bản Mé"),
    (2, "Quàng Văn Inh", "1983", "Nam", "011083000022", "Chuyên viên", "Thạc sĩ", "Bản Co"),
    (3, "Giàng A Sơn", "14/02/1990", "Nam", "011090000033", "Cán bộ lâm nghiệp", "ĐH", ""),
)


def workbook(
    lines: Sequence[Sequence[Any]] = LINES, headings: Sequence[str] = HEADINGS, as_of: str = "30/9/2024",
    sheet: str = "Sheet",
) -> bytes:  # fmt: skip
    """An xlsx of one list that says the day it speaks of."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page.append(["DANH SÁCH CÁN BỘ"])
    page.append([f"(Tính đến ngày {as_of})" if as_of else ""])
    page.append(list(headings))
    for line in lines:
        page.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(lines: Sequence[Sequence[Any]], row: int, heading: str, value: Any) -> list[list[Any]]:
    """The same lines with one cell otherwise (row from 0)."""
    copied = [list(line) for line in lines]
    copied[row][HEADINGS.index(heading)] = value
    return copied


def saved(folder: Path, content: bytes, name: str = "danh-sach.xlsx") -> Path:
    """The file on disk."""
    path = folder / name
    path.write_bytes(content)
    return path
