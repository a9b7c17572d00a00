"""What the lines above a table say: the day the list speaks of, and the unit it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from hientai.engines.vitext import NotADay, parse_day, search_key
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.letters import CellText, phrase
from hientai.engines.worksheet.sheet import Sheet

_MOST_LINES = 40
_DAY = re.compile(
    r"\d{1,2}\s*[/.\-–]\s*\d{1,2}\s*[/.\-–]\s*\d{4}"
    r"|(?:ngày\s*)?\d{1,2}\s*tháng\s*\d{1,2}\s*(?:năm|,|/)\s*\d{4}"
    r"|ngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*\d{4}",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(
    r"^(?:tên\s+)?(?:đơn vị|cơ quan|cơ quan, đơn vị|đơn vị báo cáo)\s*:\s*(?P<unit>.{3,120})$", re.I
)


@dataclass(frozen=True)
class TitleLines:
    """as_of: the day the list speaks of; unit: the unit named in the title or by the sheet."""

    as_of: date | None = None
    unit: str = ""


def read_title_lines(sheet: Sheet, text: CellText, first: int, header: int) -> TitleLines:
    """Reads the rows from `first` (zero-based) to before the heading row."""
    as_of: date | None = None
    unit = ""
    for row in range(max(first, header - _MOST_LINES), header):
        for column, value in enumerate(sheet.rows[row]):
            if not isinstance(value, str) or not value:
                day = value.date() if isinstance(value, datetime) else value
                if as_of is None and isinstance(day, date) and _asks_for_day(sheet, text, row, column):
                    as_of = day
                continue
            line = text.of(value, row, column)
            as_of = as_of or day_spoken_of(line)
            found = _UNIT_LINE.match(line)
            if found and not unit:
                unit = found.group("unit").strip(" .")
    return TitleLines(as_of, unit or unit_of_sheet_name(sheet.name))


def _asks_for_day(sheet: Sheet, text: CellText, row: int, column: int) -> bool:
    before = phrase(text.at(row, column - 1)) if column else ""
    return any(before.endswith(words) for words in vocabulary.row_words("as_of"))


def day_spoken_of(line: str) -> date | None:
    """The day in a line such as "(Số liệu tính đến 30/9/2020)"; None when the line names no such day.

    A day alone, as on the line of place and date, does not count: it is when the list was signed.
    """
    found = list(_DAY.finditer(line))
    if not found:
        return None
    for match in found:
        before = phrase(line[: match.start()])
        bare = search_key(line[: match.start()])
        for words in vocabulary.row_words("as_of"):
            ends_so = before.endswith(words) or (before.isascii() and bare.endswith(search_key(words)))
            if ends_so or before.endswith(f"{words} ngày"):
                try:
                    return parse_day(match.group()).as_date()
                except NotADay:
                    return None
    return None


def unit_of_sheet_name(name: str) -> str:
    """The sheet's name where it is the name of a unit ("Phường Mường Thanh"), else empty."""
    words = phrase(name)
    for unit in vocabulary.row_words("units"):
        if words.startswith(f"{unit} ") and unit in _PLACES and len(words.split()) >= 2:
            return " ".join(name.split())
    return ""


_PLACES = frozenset(
    (
        "phường",
        "xã",
        "thị trấn",
        "huyện",
        "quận",
        "thành phố",
        "thị xã",
        "đặc khu",
        "ubnd",
        "đảng ủy",
        "sở",
        "phòng",
        "ban",
        "trung tâm",
        "văn phòng",
        "trường",
        "chi cục",
        "hội",
        "đảng bộ",
        "chi bộ",
    )
)
