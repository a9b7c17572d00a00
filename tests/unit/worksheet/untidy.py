"""Makes untidy workbooks of many layouts together with what each of their rows truly is."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
from openpyxl.styles import Font

from hientai.engines.vitext.legacy import tcvn3, vni
from hientai.engines.worksheet import Extraction, SavedMapping, extract, propose, read_workbook

READ_ON = date(2026, 11, 22)

_FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Vũ",
    "Đặng",
    "Lò",
    "Quàng",
    "Giàng",
    "Tòng",
    "Đỗ",
    "Hà",
    "Lường",
    "Vàng",
]
_MALE = (
    "Văn Hùng",
    "Đức Thắng",
    "Mạnh Cường",
    "Quốc Bình",
    "A Phúc",
    "Hữu Ước",
    "Ngọc Khánh",
    "Xuân Đạt",
    "Sĩ Quý",
)
_FEMALE = (
    "Thị Hằng",
    "Thúy Ánh",
    "Thị Kim Loan",
    "Hồng Nga",
    "Thị Thu Phượng",
    "Thị Đào",
    "Ngọc Yến",
    "Thị Thủy",
)
_ETHNIC = ("Kinh", "Thái", "Mông", "Tày", "Khơ Mú")
_TITLES = ("Bí thư Đảng ủy", "Phó Chủ tịch UBND", "Chuyên viên", "Trưởng phòng Kinh tế", "Chủ tịch UBMTTQ")


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    born: date
    identity: str
    ethnicity: str
    title: str
    joined: date


@dataclass
class Truth:
    """Row by row what is right: (sheet, Excel row) -> ("person", name, sex, born, identity) and the like."""

    rows: dict[tuple[str, int], tuple[Any, ...]] = field(default_factory=dict)

    def person(self, sheet: str, row: int, one: Person, *, born: str = "", identity: str | None = "") -> None:
        number = one.identity if identity == "" else identity
        self.rows[sheet, row] = ("person", one.name, one.sex, born or one.born.isoformat(), number)

    def ignored(self, sheet: str, row: int) -> None:
        self.rows[sheet, row] = ("ignored",)

    def refused(self, sheet: str, row: int, *fields: str) -> None:
        self.rows[sheet, row] = ("refused", frozenset(fields))

    def duplicate(self, sheet: str, row: int) -> None:
        self.rows[sheet, row] = ("duplicate",)


def people(count: int, seed: int = 1, province: str = "011") -> list[Person]:
    """Invented people, all different in name and birth day."""
    draw = random.Random(seed)
    found: dict[tuple[str, date], Person] = {}
    while len(found) < count:
        sex = draw.choice(("male", "female"))
        name = f"{draw.choice(_FAMILIES)} {draw.choice(_MALE if sex == 'male' else _FEMALE)}"
        born = date(1965, 1, 1) + timedelta(days=draw.randrange(12_000))
        digit = 1 if sex == "female" else 0
        number = f"{province}{digit}{born.year % 100:02d}{draw.randrange(1_000_000):06d}"
        joined = date(born.year + 22, draw.randint(1, 12), draw.randint(1, 28))
        found[name, born] = Person(
            name, sex, born, number, draw.choice(_ETHNIC), draw.choice(_TITLES), joined
        )
    return list(found.values())


def vietnamese(sex: str) -> str:
    return "Nữ" if sex == "female" else "Nam"


def spoken(day: date, form: int) -> str | datetime:
    """The same day in the forms offices write."""
    d, m, y = day.day, day.month, day.year
    forms = (
        f"{d:02d}/{m:02d}/{y}",
        f"{d}/{m}/{y}",
        f"{d}.{m}.{y}",
        f"{d:02d}-{m:02d}-{y}",
        f"{d:02d} / {m:02d} / {y}",
        f"ngày {d} tháng {m} năm {y}",
        datetime(y, m, d),
        f"{y}-{m:02d}-{d:02d}",
    )
    return forms[form % len(forms)]


class Book:
    """A workbook under construction."""

    def __init__(self) -> None:
        self.workbook = openpyxl.Workbook()
        self.workbook.remove(self.workbook.active)
        self.truth = Truth()

    def sheet(self, name: str) -> Any:
        return self.workbook.create_sheet(name)

    def content(self) -> bytes:
        stream = io.BytesIO()
        self.workbook.save(stream)
        return stream.getvalue()


def put(sheet: Any, row: int, values: Sequence[Any], column: int = 1, font: str = "") -> None:
    """Writes values side by side, None leaves a cell empty."""
    for offset, value in enumerate(values):
        if value is not None:
            cell = sheet.cell(row, column + offset, value)
            if font:
                cell.font = Font(name=font)


_TO_TCVN3 = {letter: code for code, letter in tcvn3.TABLE.items()}
_TO_VNI = {letter: code for code, letter in vni.TABLE.items()}


def as_tcvn3(text: str) -> str:
    """As typed in an ABC font; capitals with tones have no code and stay."""
    return "".join(_TO_TCVN3.get(letter, letter) for letter in text)


def as_vni(text: str) -> str:
    """As typed in a VNI font; the case sits on the vowel."""
    out = []
    for letter in text:
        code = _TO_VNI.get(letter.lower())
        if code is None:
            out.append(letter)
        elif letter.isupper():
            out.append(code[0].upper() + code[1:])
        else:
            out.append(code)
    return "".join(out)


def read(content: bytes, saved: SavedMapping | None = None, name: str = "") -> Extraction:
    """The whole way from bytes to rows."""
    workbook = read_workbook(content, name=name)
    tables = propose(workbook, saved) if saved else propose(workbook)
    return extract(workbook, tables, READ_ON)


def summary(extraction: Extraction) -> dict[tuple[str, int], tuple[Any, ...]]:
    """What was read, in the form of Truth.rows."""
    found: dict[tuple[str, int], tuple[Any, ...]] = {}
    for row in extraction.rows:
        key = (row.sheet, row.row)
        assert key not in found, f"{key} appears twice"
        if row.status.value == "person" and row.person:
            one = row.person
            found[key] = ("person", one.name, one.sex, one.born, one.identity)
        elif row.status.value == "refused":
            found[key] = ("refused", frozenset(reason.field for reason in row.reasons if reason.refuses))
        else:
            found[key] = (row.status.value,)
    return found
