"""The column of birth days where no heading tells it: the identity number beside it gives the year away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hientai.engines.errors import BadInput
from hientai.engines.vitext import parse_day
from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.cells.identity import NEW
from hientai.engines.worksheet.content import ColumnContent, looks_like_serial_day
from hientai.engines.worksheet.letters import CellText
from hientai.engines.worksheet.mapping import ColumnProposal
from hientai.engines.worksheet.sheet import Sheet

_BIRTHS = frozenset(("born", "born_male", "born_female", "born_year"))
_FEWEST = 5  # rows in which both stand, below which agreement may be chance
_AGREEING = 0.8
_CONFIDENCE = 0.7
_PERSONAL = re.compile(r"\d{10,12}")


def settle_birth_by_content(
    sheet: Sheet,
    text: CellText,
    rows: Sequence[int],
    columns: list[ColumnProposal],
    contents: dict[int, ColumnContent],
) -> list[ColumnProposal]:
    """Where no column is read as the birth: the one of days that fit the years in the 12-digit numbers.

    Digits 4 to 6 of the number state century, sex and year of birth (Decree 137/2015, article 13). Only columns whose
    heading said nothing are taken.
    """
    read = {each.field for each in columns if each.is_read}
    identity = next((each.column for each in columns if each.is_read and each.field == "identity"), None)
    if read & _BIRTHS or identity is None:
        return columns
    years = {row: year for row in rows if (year := _year_in_number(text, sheet, row, identity))}
    best = ("", 0.0)
    settled = list(columns)
    for place, each in enumerate(columns):
        content = contents[each.column]
        if each.field or content.days + content.years < _AGREEING:
            continue
        share = _agreeing(sheet, text, each.column, years)
        if share >= _AGREEING and share > best[1]:
            label = Sentence(vocabulary.fields()["born"].label)
            why = say("Tiêu đề không rõ; năm trong cột khớp số định danh nên hiểu là {field}.", field=label)
            settled = list(columns)
            settled[place] = replace(each, field="born", confidence=_CONFIDENCE, why=why)
            best = (each.letters, share)
    return settled


def _year_in_number(text: CellText, sheet: Sheet, row: int, column: int) -> int | None:
    digits = re.sub(r"\D", "", text.of(sheet.value(row, column), row, column))
    if not _PERSONAL.fullmatch(digits):
        return None
    number = digits.zfill(NEW)
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def _agreeing(sheet: Sheet, text: CellText, column: int, years: dict[int, int]) -> float:
    told = [
        _year_of(sheet, text, row, column) == year
        for row, year in years.items()
        if sheet.value(row, column) != ""
    ]
    return sum(told) / len(told) if len(told) >= _FEWEST else 0.0


def _year_of(sheet: Sheet, text: CellText, row: int, column: int) -> int | None:
    value = sheet.value(row, column)
    if value == "" or isinstance(value, bool):
        return None
    try:
        if isinstance(value, int | float) and looks_like_serial_day(value):
            return parse_day(value, serial=True).year
        return parse_day(text.of(value, row, column)).year
    except BadInput:
        return None
