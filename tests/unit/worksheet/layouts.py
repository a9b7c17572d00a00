"""Draws staff lists of many layouts, as offices really keep them, each with the truth of its rows.

`draw(seed)` answers a file's bytes, its name and what every row truly is. Nothing here knows how rows are
read: wordings, orders and habits are those of real lists, among them headings the vocabulary does not hold.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl.styles import Font
from tests.unit.worksheet.untidy import Book, Person, Truth, as_tcvn3, as_vni, people

ORDINAL = ("STT", "TT", "Số TT", "Stt", "SỐ TT", "Số\nTT", "No.")
NAME = (
    "Tên",
    "Cán bộ",
    "Tên cán bộ",
    "Họ và tên nhân sự",
    "Họ và tên",
    "HỌ VÀ TÊN",
    "Họ tên",
    "Họ và tên cán bộ",
    "Họ, tên",
    "Họ và tên (khai sinh)",
    "Họ và tên đảng viên",
    "Họ tên CBCCVC",
    "Họ và tên CB, CC, VC",
    "Họ và tên\n(viết chữ in hoa)",
    "Họ và tên người được quy hoạch",
    "Đồng chí",
    "Họ và tên đại biểu",
    "Họ tên cán bộ, công chức",
    "Họ và tên (đúng theo CCCD)",
)
BORN = (
    "Ngày th.năm sinh",
    "N.sinh",
    "Ngày, tháng, năm sinh (dương lịch)",
    "Năm sinh (ngày, tháng, năm)",
    "Ngày, tháng, năm sinh",
    "Ngày sinh",
    "Ngày tháng năm sinh",
    "Sinh ngày",
    "NGÀY SINH",
    "Ngày/tháng/năm sinh",
    "Năm sinh",
    "Ngày, tháng, năm sinh (dd/mm/yyyy)",
    "Ngày tháng\nnăm sinh",
    "Ngày-tháng-năm sinh",
    "Ng. sinh",
)
SEX = ("Giới tính", "Nam/Nữ", "Nam, nữ", "Giới tính (Nam/Nữ)", "Phái", "GIỚI TÍNH", "Giới", "Nam (nữ)")
FEMALE = ("Nữ", "Nữ (x)", "Là nữ", "Nữ (đánh dấu x)")
IDENTITY = (
    "CCCD số",
    "Số CCCD gắn chíp",
    "Số chứng minh thư",
    "Số CCCD, ngày cấp",
    "Số CCCD",
    "CCCD",
    "Số CCCD/CMND",
    "Số căn cước công dân",
    "Số định danh cá nhân",
    "CMND/CCCD",
    "Số CMTND",
    "Số CMND hoặc CCCD",
    "Căn cước",
    "Số thẻ căn cước",
    "Số CMT/CCCD",
    "Mã định danh",
    "Số CMND/ thẻ CCCD",
    "Số CCCD (12 số)",
    "Số giấy CMND",
    "Số CC/CCCD",
)
JOINED = (
    "Ngày vào Đảng",
    "Vào Đảng",
    "Ngày kết nạp Đảng",
    "Ngày vào Đảng CSVN",
    "NGÀY VÀO ĐẢNG",
    "Ngày, tháng, năm vào Đảng",
)
TITLE = (
    "Nhiệm vụ",
    "Chức danh, vị trí",
    "Chức vụ đảng, chính quyền",
    "Chức vụ",
    "Chức danh",
    "Chức vụ, chức danh",
    "Chức vụ hiện nay",
    "Chức vụ, đơn vị công tác",
    "CHỨC VỤ",
    "Chức vụ, chức danh hiện nay",
    "Chức vụ đang đảm nhiệm",
    "Chức danh, vị trí việc làm",
)
ETHNIC = ("Dân tộc", "DÂN TỘC", "D.tộc", "Dân\ntộc", "Thành phần dân tộc")
EXTRA: dict[str, tuple[tuple[str, ...], Callable[[random.Random, Person, int], Any]]] = {
    "home": (
        ("Quê quán", "Nguyên quán", "Quê quán (xã, huyện, tỉnh)"),
        lambda d, p, i: "Xã Thanh Nưa, Điện Biên",
    ),
    "residence": (
        ("Nơi ở hiện nay", "Địa chỉ thường trú", "Chỗ ở hiện nay"),
        lambda d, p, i: "Tổ 5, Mường Thanh",
    ),
    "religion": (("Tôn giáo",), lambda d, p, i: "Không"),
    "phone": (("Điện thoại", "Số ĐT", "SĐT liên hệ"), lambda d, p, i: f"09{10_000_000 + i}"),
    "insurance": (("Số sổ BHXH", "Mã số BHXH"), lambda d, p, i: f"11{10_000_000 + i}"),
    "recruited": (
        ("Ngày tuyển dụng", "Ngày vào ngành", "Năm tuyển dụng"),
        lambda d, p, i: str(p.born.year + 23),
    ),
    "appointed": (
        ("Ngày bổ nhiệm", "Thời gian giữ chức vụ", "Ngày, tháng, năm bổ nhiệm"),
        lambda d, p, i: f"01/0{d.randint(1, 9)}/2016",
    ),
    "age": (("Tuổi", "Tuổi đời"), lambda d, p, i: 2020 - p.born.year),
    "coefficient": (("Hệ số", "Hệ số lương", "HSL"), lambda d, p, i: d.choice((2.34, 3.33, "4,40"))),
    "grade": (("Mã ngạch", "Ngạch/CDNN", "Ngạch CC"), lambda d, p, i: d.choice(("01.003", "01.002"))),
    "rating": (("Xếp loại năm 2019", "Đánh giá 2019", "Kết quả xếp loại 2019"), lambda d, p, i: "HTTNV"),
    "spouse": (("Họ và tên vợ (chồng)", "Họ tên vợ/chồng"), lambda d, p, i: "Lê Thị Hoa"),
    "spouse_born": (("Năm sinh vợ/chồng", "Ngày sinh của vợ (chồng)"), lambda d, p, i: "1980"),
    "introducer": (("Người giới thiệu",), lambda d, p, i: "Trần Văn Nam"),
    "issued": (("Ngày cấp", "Ngày cấp CCCD"), lambda d, p, i: "12/08/2016"),
    "signature": (("Ký tên", "Ký nhận"), lambda d, p, i: None),
    "note": (
        ("Ghi chú", "GHI CHÚ", "Ghi\nchú"),
        lambda d, p, i: d.choice((None, None, "Nữ trẻ", "QH 2020-2025")),
    ),
}
TITLES = (
    (),
    ("DANH SÁCH CÁN BỘ",),
    (
        "ĐẢNG BỘ TỈNH ĐIỆN BIÊN",
        "BAN TỔ CHỨC",
        None,
        "DANH SÁCH",
        "Cán bộ, công chức (tính đến ngày 30/6/2020)",
    ),
    ("UBND XÃ THANH NƯA", None, "BIỂU TỔNG HỢP CÁN BỘ, CÔNG CHỨC CẤP XÃ", "Có đến 31/12/2019", None),
    (
        "Mẫu số 02-TCTW/98",
        "SỞ NỘI VỤ",
        "DANH SÁCH TRÍCH NGANG ĐỘI NGŨ CÁN BỘ",
        "(Kèm theo Công văn số 12/SNV ngày 5/3/2020)",
    ),
    (
        "ỦY BAN MTTQ VIỆT NAM",
        "PHƯỜNG MƯỜNG THANH",
        None,
        "DANH SÁCH ỦY VIÊN ỦY BAN KHÓA XII, NHIỆM KỲ 2019 - 2024",
    ),
    ("Biểu 1", "THỐNG KÊ CHẤT LƯỢNG CÁN BỘ, ĐẢNG VIÊN", "Thời điểm 01/7/2020", None, None),
)
SECTIONS = (
    "KHỐI ĐẢNG",
    "Khối chính quyền",
    "KHỐI MẶT TRẬN, ĐOÀN THỂ",
    "Phòng Nội vụ",
    "Xã Thanh Nưa",
    "Văn phòng HĐND - UBND",
    "Lãnh đạo",
    "Trường THCS Mường Thanh",
    "Cán bộ chủ chốt",
    "Ban Tổ chức Tỉnh ủy",
    "Đảng ủy phường Noong Bua",
    "Hội Liên hiệp Phụ nữ",
    "Công chức chuyên môn",
    "Chi bộ Bản Mớ",
    "Các đồng chí trong Ban Thường vụ",
)
TOTALS = (
    "Tổng cộng: {n} người",
    "Cộng",
    "Tổng số: {n} đồng chí",
    "Ấn định danh sách có {n} người.",
    "TỔNG CỘNG",
    "Cộng: {n}",
    "Danh sách này gồm {n} đồng chí",
    "Tổng cộng danh sách có {n} người./.",
    "* Tổng số: {n} đ/c; trong đó nữ 3",
)
SIGNERS = (
    ("NGƯỜI LẬP BIỂU", "T/M BAN THƯỜNG VỤ"),
    ("Người lập", "THỦ TRƯỞNG ĐƠN VỊ"),
    ("NGƯỜI LẬP BẢNG", "TRƯỞNG PHÒNG"),
    ("Người tổng hợp", "KT. CHỦ TỊCH"),
    (None, "CHỦ TỊCH"),
    ("KẾ TOÁN", "HIỆU TRƯỞNG"),
    ("CÁN BỘ TỔ CHỨC", "BÍ THƯ"),
)


@dataclass
class Column:
    """One column: its headings top to bottom and what stands in it for a person."""

    path: tuple[str, ...]
    value: Callable[[Person, int], Any]
    key: str = ""


@dataclass
class Layout:
    """What a drawn list is like."""

    draw: random.Random
    letters: Callable[[str], str] = str
    font: str = ""
    columns: list[Column] = field(default_factory=list)
    whole_birth: bool = True


def draw(seed: int) -> tuple[bytes, str, Truth]:
    """A workbook of one to three sheets drawn by `seed`: bytes, file name, truth."""
    chance = random.Random(seed)
    book = Book()
    folk = people(60, seed=seed)
    start = 0
    for number in range(chance.choice((1, 1, 2, 3))):
        name = chance.choice(("DS", "Danh sách", "Sheet", "Biểu", "CBCC")) + f" {number + 1}"
        sheet = book.sheet(name)
        row = 1
        for _ in range(chance.choice((1, 1, 1, 2))):
            count = chance.randint(6, 14)
            row = _table(chance, sheet, row, folk[start : start + count], book.truth)
            start += count
            if start > 44:
                break
        if start > 44:
            break
    return book.content(), f"danh-sach-{seed}.xlsx", book.truth


def _table(chance: random.Random, sheet: Any, row: int, folk: list[Person], truth: Truth) -> int:
    layout = Layout(chance)
    pick = chance.random()
    if pick < 0.1:
        layout.letters, layout.font = as_tcvn3, chance.choice((".VnTime", ".VnArial"))
    elif pick < 0.2:
        layout.letters, layout.font = as_vni, "VNI-Times"
    elif pick < 0.27:
        layout.letters = lambda text: unicodedata.normalize("NFD", text)
    elif pick < 0.32:
        layout.letters = lambda text: text.replace(" ", "\u00a0", 1)
    _choose_columns(layout)
    writer = _Writer(sheet, layout, row)
    writer.titles(None if row == 1 else truth)
    writer.headings(None if row == 1 else truth)
    if chance.random() < 0.35:
        truth.ignored(sheet.title, writer.numbering())
    writer.people(folk, truth)
    writer.ending(len(folk), truth)
    return writer.row + 2


def _choose_columns(layout: Layout) -> None:
    chance = layout.draw
    parts: list[list[Column]] = [_birth_and_sex(layout)]
    parts.append(_identity(layout))
    for key, headings, value in (
        ("ethnicity", ETHNIC, lambda p, i: p.ethnicity),
        ("title", TITLE, lambda p, i: p.title),
        ("party_joined", JOINED, lambda p, i: f"{p.joined:%d/%m/%Y}"),
    ):
        if chance.random() < 0.7:
            parts.append([Column((chance.choice(headings),), value, key)])
    if chance.random() < 0.4:
        parts.append(_education(chance))
    for key in chance.sample(list(EXTRA), chance.randint(0, 6)):
        headings, value = EXTRA[key]
        parts.append([Column((chance.choice(headings),), lambda p, i, v=value: v(chance, p, i), key)])
    if chance.random() < 0.5:
        chance.shuffle(parts)
    parts.sort(key=lambda part: part[0].key in ("note", "signature"))
    first = (
        [Column((chance.choice(ORDINAL),), lambda p, i: i + 1, "ordinal")] if chance.random() < 0.9 else []
    )
    layout.columns = [*first, *_name(layout), *(column for part in parts for column in part)]


def _name(layout: Layout) -> list[Column]:
    chance = layout.draw
    heading = chance.choice(NAME)
    case = chance.choice(
        (str, str, str.upper, lambda text: f"{text} ", lambda text: text.replace(" ", "  ", 1))
    )
    if layout.letters is as_tcvn3:  # its capitals are typed in a font of capitals, see test_layouts
        case = str
    pick = chance.random()
    if pick < 0.1:
        return [
            Column(("Họ và tên", "Họ đệm"), lambda p, i: case(p.name.rpartition(" ")[0]).strip(), "name"),
            Column(("Họ và tên", "Tên"), lambda p, i: case(p.name.rpartition(" ")[2]).strip()),
        ]
    if pick < 0.2:
        return [
            Column(
                (chance.choice(("Họ đệm", "Họ và đệm", "Họ", "Họ và tên đệm")),),
                lambda p, i: p.name.rpartition(" ")[0],
                "name",
            ),
            Column(("Tên",), lambda p, i: p.name.rpartition(" ")[2]),
        ]
    if pick < 0.25:
        return [Column((heading,), lambda p, i: f"Đ/c {p.name}", "name")]
    return [Column((heading,), lambda p, i: case(p.name), "name")]


def _birth_and_sex(layout: Layout) -> list[Column]:
    chance = layout.draw
    heading = chance.choice(BORN)
    day = _day_writer(chance)
    pick = chance.random()
    if pick < 0.22:
        group = heading
        return [
            Column((group, "Nam"), lambda p, i: day(p.born, i) if p.sex == "male" else None, "born"),
            Column((group, "Nữ"), lambda p, i: day(p.born, i) if p.sex == "female" else None),
        ]
    if pick < 0.32:
        layout.whole_birth = False
        group = chance.choice(("Năm sinh", "Sinh năm", "NĂM SINH"))
        return [
            Column((group, "Nam"), lambda p, i: p.born.year if p.sex == "male" else None, "born"),
            Column((group, "Nữ"), lambda p, i: p.born.year if p.sex == "female" else None),
        ]
    if pick < 0.42:
        birth = [
            Column((heading, part), lambda p, i, a=attribute: getattr(p.born, a), "born")
            for part, attribute in (("Ngày", "day"), ("Tháng", "month"), ("Năm", "year"))
        ]
    else:
        birth = [Column((heading,), lambda p, i: day(p.born, i), "born")]
    return [*birth, *_sex(layout)] if chance.random() < 0.7 else [*_sex(layout), *birth]


def _sex(layout: Layout) -> list[Column]:
    chance = layout.draw
    pick = chance.random()
    mark = chance.choice(("x", "X", "1", 1, "✓", "v"))
    if pick < 0.5:
        words = chance.choice((("Nam", "Nữ"), ("nam", "nữ"), ("NAM", "NỮ"), ("Nam ", "Nữ ")))
        return [Column((chance.choice(SEX),), lambda p, i: words[p.sex == "female"], "sex")]
    if pick < 0.75:
        return [Column((chance.choice(FEMALE),), lambda p, i: mark if p.sex == "female" else None, "sex")]
    group = chance.choice(("Giới tính", "Nam/Nữ", "Phái"))
    return [
        Column((group, "Nam"), lambda p, i: mark if p.sex == "male" else None, "sex"),
        Column((group, "Nữ"), lambda p, i: mark if p.sex == "female" else None),
    ]


def _day_writer(chance: random.Random) -> Callable[[date, int], Any]:
    forms: tuple[Callable[[date], Any], ...] = (
        lambda d: f"{d:%d/%m/%Y}",
        lambda d: f"{d.day}/{d.month}/{d.year}",
        lambda d: f"{d.day}.{d.month}.{d.year}",
        lambda d: f"{d:%d-%m-%Y}",
        lambda d: datetime(d.year, d.month, d.day),
        lambda d: f"{d.day:02d} / {d.month:02d} / {d.year}",
        lambda d: f"{d:%Y-%m-%d}",
        lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}",
        lambda d: f"{d.day}/{d.month}/{d.year % 100:02d}",
        lambda d: f"{d:%d%m%Y}",
        lambda d: (d - date(1899, 12, 30)).days,
        lambda d: f"'{d:%d/%m/%Y}",
        lambda d: f"{d:%d/%m/%Y} ",
        lambda d: f"{d.day}-{d.month}-{d.year}",
        lambda d: f"{d:%d,%m,%Y}",
    )
    mixed = chance.random() < 0.4
    used = chance.sample(forms, 4) if mixed else [chance.choice(forms)]
    return lambda day, i: used[i % len(used)](day)


def _identity(layout: Layout) -> list[Column]:
    chance = layout.draw
    heading = chance.choice(IDENTITY)
    pick = chance.random()
    forms: tuple[Callable[[str], Any], ...] = (
        str,
        str,
        int,
        lambda n: f"{n[:3]} {n[3:6]} {n[6:9]} {n[9:]}",
        lambda n: f"'{n}",
        lambda n: f"{n} ",
        lambda n: f"{n[:3]}.{n[3:6]}.{n[6:]}",
        float,
    )
    form = chance.choice(forms)
    if pick < 0.15:
        return [
            Column(("CCCD", "Số"), lambda p, i: form(p.identity), "identity"),
            Column(("CCCD", "Ngày cấp"), lambda p, i: "12/08/2016"),
            Column(("CCCD", "Nơi cấp"), lambda p, i: "Cục CS QLHC về TTXH"),
        ]
    if pick < 0.25:
        return [
            Column(("Số CMND",), lambda p, i: f"04{int(p.identity) % 10_000_000:07d}"),
            Column(("Số CCCD",), lambda p, i: form(p.identity), "identity"),
        ]
    return [Column((heading,), lambda p, i: form(p.identity), "identity")]


def _education(chance: random.Random) -> list[Column]:
    group = chance.choice(("Trình độ", "Trình độ đào tạo", "TRÌNH ĐỘ", "Trình độ các mặt"))
    members = [
        ("Văn hóa", "12/12"),
        ("Chuyên môn", "Đại học"),
        ("LLCT", "Cao cấp"),
        ("QLNN", "CV"),
        ("Ngoại ngữ", "B"),
        ("Tin học", "A"),
    ]
    chosen = [m for m in members if chance.random() < 0.7] or members[:2]
    if chance.random() < 0.25:
        return [
            Column(("Lý luận chính trị", level), lambda p, i, at=n: "x" if i % 3 == at else None, "theory")
            for n, level in enumerate(("Sơ cấp", "Trung cấp", "Cao cấp"))
        ]
    return [Column((group, heading), lambda p, i, v=value: v, "education") for heading, value in chosen]


class _Writer:
    """Writes one table from `row` on."""

    def __init__(self, sheet: Any, layout: Layout, row: int) -> None:
        self.sheet, self.layout, self.row, self.chance = sheet, layout, row, layout.draw
        self.left = 1 if self.chance.random() < 0.85 else 2

    def put(self, row: int, column: int, value: Any) -> None:
        if value is None:
            return
        font = self.layout.font
        if isinstance(value, str):
            if self.layout.letters is as_tcvn3 and value.isupper() and not value.isascii():
                value, font = value.lower(), f"{font}H"  # drawn as capitals
            value = self.layout.letters(value)
        cell = self.sheet.cell(row, self.left + column, value)
        if font:
            cell.font = Font(name=font)

    def titles(self, truth: Truth | None) -> None:
        for line in self.chance.choice(TITLES):
            self.put(self.row, self.chance.choice((0, 0, 1, 2)), line)
            if line and truth is not None:
                truth.ignored(self.sheet.title, self.row)
            self.row += 1

    def headings(self, truth: Truth | None) -> None:
        columns = self.layout.columns
        depth = max(len(each.path) for each in columns)
        merging = self.chance.random() < 0.8
        group_start = 0
        for at, each in enumerate(columns):
            if len(each.path) < depth:
                self.put(self.row, at, each.path[0])
                if depth == 2 and merging:
                    self._merge(self.row, at, self.row + 1, at)
                continue
            same = at and columns[at - 1].path[0] == each.path[0] and len(columns[at - 1].path) == 2
            if depth == 2 and not same:
                group_start = at
            if not same or depth == 1:
                self.put(self.row, at, each.path[0])
            if depth == 2:
                self.put(self.row + 1, at, each.path[1])
                last = at + 1 == len(columns) or columns[at + 1].path[0] != each.path[0]
                if last and at > group_start and merging:
                    self._merge(self.row, group_start, self.row, at)
        if truth is not None:
            for row in range(self.row, self.row + depth):
                truth.ignored(self.sheet.title, row)
        self.row += depth

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet.merge_cells(
            start_row=top, start_column=self.left + left, end_row=bottom, end_column=self.left + right
        )

    def numbering(self) -> int:
        form = self.chance.choice(("{}", "({})", "[{}]"))
        for at in range(len(self.layout.columns)):
            number = at + 1
            self.put(self.row, at, number if form == "{}" else form.format(number))
        self.row += 1
        return self.row - 1

    def people(self, folk: list[Person], truth: Truth) -> None:
        sections = self.chance.random() < 0.5
        style = self.chance.choice(("ordinal", "name", "first", "merged"))
        number = 0
        for i, one in enumerate(folk):
            if sections and i % 5 == 0:
                self._section(number, style, truth)
                number += 1
            if self.chance.random() < 0.04:
                self.row += 1
            self._person(i, one, truth)

    def _part_of(self, at: int) -> str:
        """The key of the part a column belongs to: later columns of one part have none of their own."""
        return next((each.key for each in reversed(self.layout.columns[: at + 1]) if each.key), "")

    def _section(self, number: int, style: str, truth: Truth) -> None:
        text = self.chance.choice(SECTIONS)
        roman = ("I", "II", "III", "IV")[number]
        if style == "ordinal" and self.layout.columns[0].key == "ordinal":
            self.put(self.row, 0, self.chance.choice((roman, f"{roman}.", "ABCD"[number])))
            self.put(self.row, 1, text)
        elif style == "name" and self.layout.columns[0].key == "ordinal":
            self.put(self.row, 1, f"{roman}. {text}")
        else:
            self.put(self.row, 0, f"{roman}. {text}" if self.chance.random() < 0.7 else f"{roman}- {text}")
            if style == "merged":
                self._merge(self.row, 0, self.row, len(self.layout.columns) - 1)
        truth.ignored(self.sheet.title, self.row)
        self.row += 1

    def _person(self, i: int, one: Person, truth: Truth) -> None:
        fault = self.chance.random()
        blank = ""
        if fault < 0.02:
            blank = "name"
        elif fault < 0.04:
            blank = "born"
        for at, column in enumerate(self.layout.columns):
            if blank and self._part_of(at) == blank:
                continue
            self.put(self.row, at, column.value(one, i))
        born = one.born.isoformat() if self.layout.whole_birth else str(one.born.year)
        if blank == "name":
            truth.refused(self.sheet.title, self.row, "name")
        elif blank == "born":
            by_column = any(each.key == "born" and each.path[-1] == "Nam" for each in self.layout.columns)
            truth.refused(self.sheet.title, self.row, *(("born", "sex") if by_column else ("born",)))
        else:
            truth.person(self.sheet.title, self.row, one, born=born)
        self.row += 1

    def ending(self, count: int, truth: Truth) -> None:
        if self.chance.random() < 0.6:
            self.put(self.row, self.chance.choice((0, 1)), self.chance.choice(TOTALS).format(n=count))
            truth.ignored(self.sheet.title, self.row)
            self.row += 1
        if self.chance.random() < 0.6:
            self.row += 1
            right = max(3, len(self.layout.columns) - 3)
            if self.chance.random() < 0.5:
                self.put(self.row, right, "Điện Biên, ngày 5 tháng 10 năm 2020")
                truth.ignored(self.sheet.title, self.row)
                self.row += 1
            left, over = self.chance.choice(SIGNERS)
            self.put(self.row, 1, left)
            self.put(self.row, right, over)
            truth.ignored(self.sheet.title, self.row)
            self.row += 1
            if self.chance.random() < 0.5:
                self.put(
                    self.row, right, self.chance.choice(("(Ký, ghi rõ họ tên)", "PHÓ CHỦ TỊCH", "(Đã ký)"))
                )
                truth.ignored(self.sheet.title, self.row)
                self.row += 1
            self.row += 3
            if self.chance.random() < 0.7:
                self.put(self.row, right, "Nguyễn Văn Bình")
                if left and self.chance.random() < 0.6:
                    self.put(self.row, 1, "Lò Thị Hoa")
                truth.ignored(self.sheet.title, self.row)
                self.row += 1
