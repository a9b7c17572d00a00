"""A table as numbers: which rows are headings, totals and items, which columns count and which are shares."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hientai.engines.figures.draft import Table
from hientai.engines.figures.numbers import read_number

_BLANK = re.compile(r"[\s\-–—_.…x/]*|không", re.IGNORECASE)
_CELL = re.compile(
    r"(?:(?P<num>[-−+]?\d[\d.,\u00a0\u202f\u2009]{0,30})(?:\s?/\s?(?P<den>\d[\d.,]{0,20}))?)?\s?"
    r"(?P<open>\(?)\s?(?:(?P<share>[-−+]?\d[\d.,]{0,12})\s?(?P<percent>%)|(?P<percent2>%))?\s?\)?"
    r"(?:\s(?:người|đồng chí|đ/c|lượt|lớp|hồ sơ|vụ|đơn vị|xã|phiếu))?"
)
_TOTAL = re.compile(
    r"\s*(?:[IVX\d]{1,4}[.)]\s)?(?:tổng(?:\s(?:số|cộng|chung|toàn|hợp)[^\d]{0,40})?|cộng(?:\schung)?|tổng"
    r"|TS|sum|total)\s*:?\s*$",
    re.IGNORECASE,
)
_TOTAL_HEAD = re.compile(r"(?<!\w)(?:tổng số|tổng cộng|tổng|cộng|TS)(?!\w)", re.IGNORECASE)
_SHARE_HEAD = re.compile(r"%|(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|phần trăm)(?!\w)", re.IGNORECASE)
_NOT_COUNTED = re.compile(
    r"(?:STT|TT|số TT|năm sinh|mã|số hiệu|ghi chú|điện thoại|CCCD|CMND|hệ số|bình quân|trung bình|thứ hạng"
    r"|điểm|tuổi|số nghị quyết|số quyết định)(?!\w)|(?:năm|ngày|tháng|quý)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?P<roman>[IVXL]{1,6})|(?P<arabic>\d{1,3})|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})|(?P<letter>[A-Za-zđĐ])"
)


@dataclass(frozen=True)
class Cell:
    """One cell: value and ulp of its count, den of "12/50", share and share_ulp of "12 (10,5%)" or
    "10,5%"."""

    text: str
    value: Fraction | None = None
    ulp: Fraction = Fraction(1)
    den: Fraction | None = None
    share: Fraction | None = None
    share_ulp: Fraction = Fraction(1)
    blank: bool = False

    @property
    def number(self) -> bool:
        return self.value is not None or self.share is not None


def read_cell(text: str) -> Cell:
    """What a cell says; a text that is no plain number has neither value nor share."""
    stripped = text.strip()
    if _BLANK.fullmatch(stripped):
        return Cell(text, blank=True)
    hit = _CELL.fullmatch(stripped) if len(stripped) <= 60 else None
    if not hit or not (hit.group("num") or hit.group("share")):
        return Cell(text)
    try:
        return _read(text, hit)
    except (ValueError, ZeroDivisionError):
        return Cell(text)


def _read(text: str, hit: re.Match[str]) -> Cell:
    num, share = hit.group("num"), hit.group("share")
    if num and hit.group("percent2") and not hit.group("open"):
        value, ulp = read_number(num.rstrip(".,"), share=True)
        return Cell(text, share=value, share_ulp=ulp)
    if num and share and not hit.group("open"):
        return Cell(text)
    cell = Cell(text)
    if num:
        value, ulp = read_number(num.rstrip(".,"))
        cell = replace(cell, value=value, ulp=ulp)
    if hit.group("den"):
        cell = replace(cell, den=read_number(hit.group("den").rstrip(".,"))[0])
    if share:
        part, part_ulp = read_number(share.rstrip(".,"), share=True)
        cell = replace(cell, share=part, share_ulp=part_ulp)
    return cell


@dataclass
class Grid:
    """A table read as numbers.

    head: text of the heading rows per column; body: indexes of rows with numbers; totals: those of them that
    are labelled as totals; counts and shares: column indexes; labels and marks ("I", "1", "-") per row.
    """

    table: Table
    cells: list[list[Cell]]
    head: list[str]
    body: list[int]
    labels: dict[int, str] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)

    def value(self, row: int, column: int) -> Fraction | None:
        """The count of a cell; a blank counts as 0, a text as None."""
        cell = self.cells[row][column]
        if cell.value is not None:
            return cell.value
        return Fraction(0) if cell.blank else None


def grid_of(table: Table) -> Grid | None:
    """The table as a grid, None when it holds no numbers to add."""
    cells = [[read_cell(text) for text in row] for row in table.cells]
    if len(cells) < 2 or not cells[0] or len(cells[0]) < 2:
        return None
    first = _first_body_row(cells)
    if first is None:
        return None
    width = len(cells[0])
    headings = [row for row in range(first) if not _is_index(cells[row])]
    head = [_head(table, headings, column) for column in range(width)]
    body = [
        row
        for row in range(first, len(cells))
        if any(cell.number for cell in cells[row]) and not _is_index(cells[row])
    ]
    grid = Grid(table, cells, head, body)
    ordinal = _ordinal_column(grid)
    _label(grid, ordinal)
    grid.totals = [row for row in body if _TOTAL.match(grid.labels[row])]
    _columns(grid, ordinal)
    return grid if grid.counts or grid.shares else None


def _first_body_row(cells: list[list[Cell]]) -> int | None:
    for row, line in enumerate(cells):
        if _is_index(line):
            continue
        numbers = sum(cell.number for cell in line)
        texts = sum(not cell.number and not cell.blank for cell in line)
        years = sum(
            cell.value is not None and 1990 <= cell.value <= 2100 and cell.text.strip().isdigit()
            for cell in line
        )
        if numbers and numbers > years and (numbers >= 2 or texts <= 3):
            return row
    return None


def _is_index(line: list[Cell]) -> bool:
    """A row that only numbers the columns: "(1) (2) (3)", "A B 1 2 3", "1 2 3=4+5"."""
    texts = [cell.text.strip().strip("()") for cell in line if not cell.blank]
    digits = [
        int(text.partition("=")[0])
        for text in texts
        if re.fullmatch(r"\d{1,2}(?:\s?=[\d\s+*/()-]{1,30})?", text)
    ]
    if len(digits) < 2 or len(digits) + sum(len(text) == 1 and text.isalpha() for text in texts) < len(texts):
        return False
    return all(b - a == 1 for a, b in itertools.pairwise(digits)) and digits[0] <= 3


def _head(table: Table, headings: list[int], column: int) -> str:
    parts: list[str] = []
    for row in headings:
        text = table.cells[row][column].strip()
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return " ".join(parts)[-200:]


def _ordinal_column(grid: Grid) -> int | None:
    """The column of running numbers, when the table has one."""
    if re.fullmatch(r"\s*(?:STT|TT|Số TT|Stt|Số thứ tự)\s*", grid.head[0], re.IGNORECASE):
        return 0
    values = [grid.cells[row][0].text.strip().strip(".)") for row in grid.body]
    numbers = [int(value) for value in values if re.fullmatch(r"\d{1,3}", value)]
    plain = [value for value in values if value]
    steps = all(b - a == 1 or b == 1 for a, b in itertools.pairwise(numbers))
    if len(numbers) >= 2 and numbers[0] == 1 and steps and all(_ORDINAL.fullmatch(value) for value in plain):
        return 0
    return None


def _label(grid: Grid, ordinal: int | None) -> None:
    for row in grid.body:
        texts = [
            cell.text.strip()
            for column, cell in enumerate(grid.cells[row])
            if not cell.number and not cell.blank and column != ordinal
        ]
        label = texts[0] if texts else ""
        mark = grid.cells[row][ordinal].text.strip().strip(".)") if ordinal is not None else ""
        if _TOTAL.match(mark):
            label, mark = mark, ""
        if not mark and (
            hit := re.match(r"\s*([IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s|\s*([-+•*])\s?", label)
        ):
            mark = hit.group(1) or "-"
        grid.labels[row] = label
        grid.marks[row] = _kind_of_mark(mark)


def _kind_of_mark(mark: str) -> str:
    hit = _ORDINAL.fullmatch(mark)
    if not hit:
        return mark if mark == "-" else ""
    return str(hit.lastgroup)


def _columns(grid: Grid, ordinal: int | None) -> None:
    for column in range(len(grid.head)):
        if column == ordinal or _NOT_COUNTED.match(grid.head[column].strip()):
            continue
        cells = [grid.cells[row][column] for row in grid.body]
        filled = [cell for cell in cells if not cell.blank]
        if not filled or 2 * sum(cell.number for cell in filled) < len(filled):
            continue
        signed = sum(cell.share is not None and cell.value is None for cell in filled)
        decimals = sum(cell.value is not None and cell.ulp < 1 for cell in filled)
        if 2 * signed >= len(filled) or (
            _SHARE_HEAD.search(grid.head[column]) and _share_like(filled, decimals, column, grid)
        ):
            grid.shares.append(column)
        else:
            grid.counts.append(column)


def _share_like(filled: list[Cell], decimals: int, column: int, grid: Grid) -> bool:
    """Under a heading with %: shares, unless the heading covers count and share both and this is the
    count."""
    values = [cell.value for cell in filled if cell.value is not None]
    if any(cell.value is not None and cell.share is not None for cell in filled):
        return False
    ends = re.search(
        r"(?:%|tỷ lệ|tỉ lệ|tỷ trọng)[^\w]*(?:\(%\))?\s*$", grid.head[column].strip(), re.IGNORECASE
    )
    return bool(decimals) or bool(ends) or all(value <= 100 for value in values)


def is_total_head(text: str) -> bool:
    """Whether a column heading names a total."""
    return bool(_TOTAL_HEAD.search(text))
