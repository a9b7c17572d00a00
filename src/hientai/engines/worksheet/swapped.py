"""Finds columns in which a computer set to month/day/year has swapped day and month without anybody noticing.

Typed on such a computer, "05/03/1974" becomes the date 3 May, while "25/03/1974" cannot be a date there and
stays
text. The trace is a column where every true date has a day up to 12 and every typed one a day above 12.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hientai.engines.worksheet.columns import TableColumns
from hientai.engines.worksheet.letters import CellText
from hientai.engines.worksheet.sheet import Sheet

_FEWEST = 6
_FEWEST_PROOFS = 3
_TYPED = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*\d{4}")
_DAY_FIELDS = (
    "born",
    "born_male",
    "born_female",
    "party_joined",
    "party_official",
    "recruited_on",
    "appointed_on",
)


def columns_with_swapped_days(
    sheet: Sheet, text: CellText, rows: Sequence[int], columns: TableColumns
) -> frozenset[int]:
    """The columns of days that bear the trace, with at least six cells of each kind to show it."""
    suspects = (column for key in _DAY_FIELDS for column in columns.by_field.get(key, ()))
    return frozenset(column for column in suspects if _bears_trace(sheet, text, rows, column))


def columns_month_first(
    sheet: Sheet, text: CellText, rows: Sequence[int], columns: TableColumns
) -> tuple[frozenset[int], frozenset[int]]:
    """The columns of days typed month before day throughout, and those typed both ways.

    Proof is a cell that is a day in one order only. At least three, and a tenth of all proofs, must be of month before
    day; fewer are slips of single cells.
    """
    throughout: set[int] = set()
    both_ways: set[int] = set()
    for column in {column for key in _DAY_FIELDS for column in columns.by_field.get(key, ())}:
        day_first, month_first = _proofs(sheet, text, rows, column)
        if month_first >= _FEWEST_PROOFS and month_first * 10 >= day_first + month_first:
            (both_ways if day_first else throughout).add(column)
    return frozenset(throughout), frozenset(both_ways)


def may_be_swapped(shown: str) -> bool:
    """Whether a typed day would be another one if month and day changed places."""
    found = _TYPED.fullmatch(shown)
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]


def _proofs(sheet: Sheet, text: CellText, rows: Sequence[int], column: int) -> tuple[int, int]:
    """How many typed days can only be read day first, and how many only month first."""
    day_first = month_first = 0
    for row in rows:
        value = sheet.value(row, column)
        if isinstance(value, str) and (found := _TYPED.fullmatch(text.of(value, row, column))):
            first, second = int(found[1]), int(found[2])
            day_first += 12 < first <= 31 and second <= 12
            month_first += 12 < second <= 31 and first <= 12
    return day_first, month_first


def _bears_trace(sheet: Sheet, text: CellText, rows: Sequence[int], column: int) -> bool:
    dates = typed = 0
    for row in rows:
        value = sheet.value(row, column)
        if isinstance(value, date):
            if value.day > 12:
                return False
            dates += 1
        elif isinstance(value, str) and (found := _TYPED.fullmatch(text.of(value, row, column))):
            if int(found.group(1)) <= 12:
                return False
            typed += 1
    return dates >= _FEWEST and typed >= _FEWEST
