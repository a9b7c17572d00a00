"""Reading a staff workbook, file to classified people, beside plain reads by openpyxl, pandas, calamine.

The peers only load cell values; ours also finds the table, maps columns, repairs, types, checks, compares.
The floor is python-calamine's plain read of the same file, which ours is built on.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import python_calamine
import xlsxwriter

from hientai.engines.worksheet import extract, propose, read_workbook

_HEADINGS = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Dân tộc",
    "Tôn giáo",
    "Quê quán",
    "Nơi ở hiện nay",
    "Số điện thoại",
    "Chức vụ",
    "Đơn vị công tác",
    "Ngày bổ nhiệm",
    "Chức vụ Đảng",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Trình độ văn hóa",
    "Trình độ chuyên môn",
    "Chuyên ngành",
    "Lý luận chính trị",
    "Quản lý nhà nước",
    "Ngoại ngữ",
    "Tin học",
    "Ngạch",
    "Mã ngạch",
    "Bậc lương",
    "Hệ số lương",
    "Ngày tuyển dụng",
    "Số thẻ đảng",
    "Ghi chú",
]
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Lò", "Quàng", "Giàng", "Đỗ", "Hà", "Lường")
_MIDDLES = ("Văn", "Đức", "Mạnh", "Quốc", "Thị", "Thị Kim", "Hồng", "Xuân", "Ngọc")
_GIVEN = (
    "Hùng",
    "Thắng",
    "Cường",
    "Bình",
    "Phúc",
    "Hằng",
    "Ánh",
    "Loan",
    "Nga",
    "Phượng",
    "Đào",
    "Thủy",
    "Khánh",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument(
        "--columns", type=int, default=30, help="20 to 30 known headings, more get unknown ones"
    )
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians of interleaved repetitions; `people_per_second` of ours by CPU time."""
    content = staff_workbook(options.people, options.columns, options.seed)
    works: dict[str, Callable[[], int]] = {
        "hientai, file to people": lambda: _ours(content),
        "python-calamine, cell values only": lambda: _calamine(content),
        "openpyxl read-only, cell values only": lambda: _openpyxl(content),
    }
    try:
        import pandas
    except ImportError:
        pass
    else:
        works["pandas (openpyxl), cell values only"] = lambda: len(pandas.read_excel(io.BytesIO(content)))
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(options.repetitions):
        for name, work in works.items():
            wall, cpu = time.perf_counter(), time.process_time()
            rows = work()
            taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
            if rows < options.people:
                raise AssertionError(f"{name} read {rows} of {options.people} rows")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        {
            "name": name,
            "seconds": statistics.median(wall for wall, _ in times),
            "cpu_seconds": statistics.median(cpu for _, cpu in times),
            "memory_mb": round(memory),
        }
        for name, times in taken.items()
    ]
    cpu = {row["name"]: row["cpu_seconds"] for row in rows}
    ours = cpu["hientai, file to people"]
    return {
        "rows": rows,
        "people": options.people,
        "columns": options.columns,
        "people_per_second": options.people / ours,
        "ratio_to_floor": ours / cpu["python-calamine, cell values only"],
        "ratio_to_peer": ours / cpu["openpyxl read-only, cell values only"],
        "memory_note": "memory_mb is the peak of the whole run",
    }


def staff_workbook(people: int, columns: int, seed: int) -> bytes:
    """A workbook of invented people, shared strings, text and true dates mixed as offices mix them."""
    draw = random.Random(seed)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("DS")
    as_day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(3, 0, (_HEADINGS + [f"Cột khác {k}" for k in range(columns)])[:columns])
    for row in range(people):
        for column, value in enumerate(_person(row, draw)[:columns]):
            if isinstance(value, date):
                sheet.write_datetime(4 + row, column, value, as_day)
            else:
                sheet.write(4 + row, column, value)
        for column in range(len(_HEADINGS), columns):
            sheet.write(4 + row, column, f"ô {row % 97}")
    book.close()
    return stream.getvalue()


def _person(row: int, draw: random.Random) -> list[Any]:
    female = draw.random() < 0.5
    born = date(1966, 1, 1) + timedelta(days=draw.randrange(12_000))
    number = f"0{draw.choice((11, 12, 14, 15))}{int(female)}{born.year % 100:02d}{row:06d}"
    joined = date(born.year + 22, draw.randint(1, 12), draw.randint(1, 28))
    shown = (
        born
        if row % 3 == 0
        else f"{born:%d/%m/%Y}"
        if row % 3 == 1
        else f"{born.day}.{born.month}.{born.year}"
    )
    name = f"{draw.choice(_FAMILIES)} {draw.choice(_MIDDLES)} {draw.choice(_GIVEN)}"
    return [
        row + 1,
        name.upper() if row % 10 == 0 else name,
        shown,
        "Nữ" if female else "Nam",
        int(number) if row % 7 == 0 else number,
        draw.choice(("Kinh", "Thái", "Mông", "Tày")),
        "Không",
        f"Xã {row % 300}, tỉnh Điện Biên",
        f"Tổ {row % 40}, phường {row % 20}",
        f"09{row:08d}",
        draw.choice(("Chuyên viên", "Phó Trưởng phòng", "Chủ tịch UBND")),
        f"Phòng {row % 150}",
        joined,
        "Đảng ủy viên",
        f"{joined:%d/%m/%Y}",
        date(joined.year + 1, joined.month, joined.day),
        "12/12",
        draw.choice(("Đại học", "ThS", "Kỹ sư")),
        "Luật",
        draw.choice(("Cao cấp", "Trung cấp")),
        "Chuyên viên",
        "B1",
        "A",
        "Chuyên viên",
        "01.003",
        draw.randint(1, 9),
        2.34 + 0.33 * (row % 6),
        joined,
        f"{row:08d}",
        None,
    ]


def _ours(content: bytes) -> int:
    workbook = read_workbook(content)
    extraction = extract(workbook, propose(workbook), date(2026, 11, 22))
    counts = extraction.counts()
    if counts["person"] + counts["duplicate"] < 0.99 * len(extraction.rows):
        raise AssertionError(f"too few people read: {counts}")
    return len(extraction.rows)


def _calamine(content: bytes) -> int:
    return len(python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python())


def _openpyxl(content: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
