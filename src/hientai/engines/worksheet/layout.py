"""Finds the tables of people on a sheet: where headings stand, how they nest, where rows begin and end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hientai.engines.vitext import search_key
from hientai.engines.worksheet.headings import (
    BY_GROUP,
    Guess,
    guess_field,
    is_group,
    is_heading,
    names_people,
)
from hientai.engines.worksheet.letters import CellText
from hientai.engines.worksheet.sheet import CellValue, MergedRange, Sheet
from hientai.engines.worksheet.unnamed import unnamed_heading

_MOST_HEADING_ROWS = 4
_LONGEST_HEADING = 160
# A cheap look at raw text, in Unicode, TCVN3 and VNI letters, before it is repaired and judged.
_MAY_NAME_PEOPLE = re.compile(r"t[êeªEÊ]|ch[iíÝ]|họ|ho\u0323|hä|HÄ|hoï|name|\bho\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DATA = re.compile(r"\d{1,4}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}|\d{8,}")
_NAME_PARTS = (Guess("family_name", BY_GROUP), Guess("given_name", BY_GROUP))
_NUMBERING = re.compile(r"\(?\[?\s*(\d{1,3}|[A-ZĐa-zđ])\s*\]?\)?(?:\s*=\s*[\w()+\-\s]+)?")


@dataclass(frozen=True)
class TableArea:
    """One table: heading rows (first, last), columns [left, right), rows [first_row, end_row)."""

    header_rows: tuple[int, int]
    first_row: int
    end_row: int
    left: int
    right: int
    paths: dict[int, tuple[str, ...]]
    repeated_headers: tuple[tuple[int, int], ...] = ()


def find_tables(sheet: Sheet, text: CellText) -> list[TableArea]:
    """All tables whose headings name a column of people; headings repeated at page breaks are joined."""
    merges = _Merges(sheet)
    tables: list[TableArea] = []
    row = 0
    name_column: int | None = None
    while row < len(sheet.rows):
        found = _name_cell(sheet, text, row, name_column)
        if found is None and (not tables or _only_words(sheet.rows[row])):
            found = unnamed_heading(sheet, text, row)
        block = _heading_block(sheet, text, merges, row, found) if found is not None else None
        if block is None or found is None:
            row += 1
            continue
        top, bottom = block
        if tables and top < tables[-1].first_row:
            row += 1
            continue
        paths = _paths(sheet, text, merges, top, bottom)
        if tables and _same_headings(tables[-1].paths, paths):
            tables[-1] = replace(tables[-1], repeated_headers=(*tables[-1].repeated_headers, (top, bottom)))
        else:
            if tables:
                tables[-1] = replace(tables[-1], end_row=top)
            tables.append(_area(sheet, top, bottom, paths))
        name_column = found
        row = bottom + 1
    return [_widened(sheet, table) for table in tables]


def _only_words(cells: Sequence[CellValue]) -> bool:
    """Whether a row holds words and no digit, as headings below a table do and people hardly ever."""
    return all(isinstance(value, str) and not _DIGIT.search(value) for value in cells)


def _area(sheet: Sheet, top: int, bottom: int, paths: dict[int, tuple[str, ...]]) -> TableArea:
    return TableArea((top, bottom), bottom + 1, len(sheet.rows), min(paths), max(paths) + 1, paths)


def _widened(sheet: Sheet, table: TableArea) -> TableArea:
    """The table with the columns to its right that hold values but no heading."""
    sample = sheet.rows[table.first_row : min(table.end_row, table.first_row + 400)]
    filled: dict[int, int] = {}
    for cells in sample:
        for column in range(table.right, len(cells)):
            if cells[column] != "":
                filled[column] = filled.get(column, 0) + 1
    right = max((c + 1 for c, n in filled.items() if n * 4 >= len(sample)), default=table.right)
    return replace(table, right=max(right, table.right))


def _name_cell(sheet: Sheet, text: CellText, row: int, usual: int | None) -> int | None:
    """The column whose cell in this row heads a column of names; after a first table only near its place."""
    cells = sheet.rows[row]
    end = len(cells) if usual is None else min(len(cells), usual + 4)
    for column in range(end):
        value = cells[column]
        if not isinstance(value, str) or not value or len(value) > _LONGEST_HEADING:
            continue
        if _MAY_NAME_PEOPLE.search(value) and names_people(text.of(value, row, column)):
            return column
    return None


class _Merges:
    """The anchor of every merged cell near headings."""

    def __init__(self, sheet: Sheet) -> None:
        self._anchor: dict[tuple[int, int], MergedRange] = {}
        for each in sheet.merged:
            if each.bottom - each.top > 50 or each.right - each.left > 500:
                continue
            for row in range(each.top, each.bottom + 1):
                for column in range(each.left, each.right + 1):
                    self._anchor[row, column] = each

    def range_of(self, row: int, column: int) -> MergedRange | None:
        return self._anchor.get((row, column))

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        found = self._anchor.get((row, column))
        return (found.top, found.left) if found else (row, column)


def _heading_block(
    sheet: Sheet, text: CellText, merges: _Merges, row: int, name_column: int
) -> tuple[int, int] | None:
    """First and last heading row around `row`; None when the row turns out not to head a table."""
    merged = merges.range_of(row, name_column)
    top, bottom = (merged.top, merged.bottom) if merged else (row, row)
    while bottom + 1 < len(sheet.rows) and bottom - top + 1 < _MOST_HEADING_ROWS:
        if not _continues(sheet, text, bottom + 1, name_column) or not _parts_groups(
            sheet, text, merges, top, bottom
        ):
            break
        bottom += 1
    while top > 0 and bottom - top + 1 < _MOST_HEADING_ROWS:
        if not _stands_over(sheet, text, merges, top - 1, name_column):
            break
        top -= 1
    others = sum(
        is_heading(text.at(r, c))
        for r in range(top, bottom + 1)
        for c in range(len(sheet.rows[r]))
        if not (r == row and c == name_column) and isinstance(sheet.rows[r][c], str)
    )
    return (top, bottom) if others >= 1 else None


def _heading_cells(sheet: Sheet, text: CellText, row: int) -> Iterator[tuple[int, str]]:
    for column, value in enumerate(sheet.rows[row]):
        if value != "":
            yield column, text.of(value, row, column)


def _is_data(value: object, shown: str) -> bool:
    return isinstance(value, date | datetime) or bool(_DATA.search(shown)) or len(shown) > _LONGEST_HEADING


def _continues(sheet: Sheet, text: CellText, row: int, name_column: int) -> bool:
    """Whether a row below a heading row is one more: sub-headings, those of the names only if they part the name."""
    cells = list(_heading_cells(sheet, text, row))
    if not cells or is_numbering([shown for _, shown in cells]):
        return False
    if any(_is_data(sheet.rows[row][column], shown) for column, shown in cells):
        return False
    if any(not isinstance(sheet.rows[row][column], str) for column, _ in cells):
        return False
    near_name = [shown for column, shown in cells if name_column <= column <= name_column + 1]
    if any(column == name_column for column, _ in cells) and not _splits_name(near_name):
        return False
    known = sum(is_heading(shown) or _is_short_choice(shown) for _, shown in cells)
    return known * 2 >= len(cells)


def _parts_groups(sheet: Sheet, text: CellText, merges: _Merges, top: int, bottom: int) -> bool:
    """Whether the row below `bottom` can be sub-headings, and not a row of people.

    Some heading above must span several of its cells, and none may stand under a heading that is no group.
    """
    spans = False
    for column, value in enumerate(sheet.rows[bottom + 1]):
        if value == "":
            continue
        above = next((m for row in range(bottom, top - 1, -1) if (m := merges.range_of(row, column))), None)
        if above is not None and above.right > above.left:
            spans = True
            continue
        heading = text.at(bottom, column) or text.at(top, column)
        if not heading:
            spans = True
        elif not is_group(heading):
            return False
        elif (part := guess_field((heading, text.at(bottom + 1, column)))) and part.confidence == BY_GROUP:
            spans = True  # a group over one column
    return spans


def _splits_name(shown: list[str]) -> bool:
    """Whether the cells under "Họ và tên" part it into family and given name."""
    return all(guess_field(("Họ và tên", each)) in _NAME_PARTS for each in shown)


def _is_short_choice(shown: str) -> bool:
    """A sub-heading too short to be known alone: "Ngày", "Tháng", "CC", "Dự bị", "Số"."""
    return len(shown) <= 14 and not any(letter.isdigit() for letter in shown)


def _stands_over(sheet: Sheet, text: CellText, merges: _Merges, row: int, name_column: int) -> bool:
    """Whether a row above holds headings of groups, all to the right of the names."""
    cells = list(_heading_cells(sheet, text, row))
    if not cells or any(column <= name_column for column, _ in cells):
        return False
    if any(_is_data(sheet.rows[row][column], shown) for column, shown in cells):
        return False
    if any(sheet.value(row + 1, column) == "" for column, _ in cells):
        return False
    spans = (merges.range_of(row, column) for column, _ in cells)
    return any(is_group(shown) for _, shown in cells) or any(
        each and each.right > each.left for each in spans
    )


def _paths(
    sheet: Sheet, text: CellText, merges: _Merges, top: int, bottom: int
) -> dict[int, tuple[str, ...]]:
    """The headings over every column, top to bottom, merged and merely blank-filled groups alike."""
    width = max(len(sheet.rows[row]) for row in range(top, bottom + 1))
    for each in sheet.merged:
        if top <= each.top <= bottom and each.right - each.left < 100:
            width = max(width, each.right + 1)
    grid: list[list[tuple[int, int] | None]] = []
    for row in range(top, bottom + 1):
        anchors: list[tuple[int, int] | None] = []
        for column in range(width):
            anchor = merges.anchor(row, column)
            anchors.append(anchor if anchor[0] >= top and text.at(*anchor) else None)
        grid.append(anchors)
    for level in range(len(grid) - 1):
        _spread_unmerged(grid, level, merges, top)
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(width):
        seen: list[tuple[int, int]] = []
        for anchors in grid:
            anchor_here = anchors[column]
            if anchor_here is not None and anchor_here not in seen:
                seen.append(anchor_here)
        if seen:
            paths[column] = tuple(text.at(*each) for each in seen)
    return paths


def _spread_unmerged(grid: list[list[tuple[int, int] | None]], level: int, merges: _Merges, top: int) -> None:
    """A group heading typed in its first column only reaches over the blank cells to its right."""
    anchors, below = grid[level], grid[level + 1 :]
    for column in range(1, len(anchors)):
        if anchors[column] is not None or merges.range_of(top + level, column) is not None:
            continue
        left = anchors[column - 1]
        if left is None or merges.range_of(*left) is not None:
            continue
        has_lower = any(row[column] is not None for row in below)
        left_has_lower = any(row[column - 1] is not None and row[column - 1] != left for row in below)
        if has_lower and left_has_lower:
            anchors[column] = left


def _same_headings(one: dict[int, tuple[str, ...]], other: dict[int, tuple[str, ...]]) -> bool:
    shared = sum(one.get(column) == path for column, path in other.items())
    return shared * 10 >= 8 * max(len(one), len(other))


def is_numbering(shown: list[str]) -> bool:
    """Whether a row numbers its columns: "1 2 3", "(1) (2)", "A B 1 2 3=4+5"."""
    if len(shown) < 2 or not all(_NUMBERING.fullmatch(each) for each in shown):
        return False
    if len(shown) >= 3 and all(
        len(each.strip("()[] ")) == 1 and each.strip("()[] ").isalpha() for each in shown
    ):
        letters_in_order = [search_key(each.strip("()[] ")) for each in shown]
        return all(a <= b for a, b in itertools.pairwise(letters_in_order))
    numbers = [int(digits) for each in shown if (digits := re.sub(r"\D.*", "", each.strip("([ ")))]
    letters = len(shown) - len(numbers)
    rising = all(a < b for a, b in itertools.pairwise(numbers))
    return rising and letters <= 4 and (len(numbers) >= 2 or letters >= 2) and max(numbers, default=0) < 200
