"""Reads birth days and other days, by the forms of vitext, and judges whether they can be true."""

from __future__ import annotations

import functools
import re
from datetime import date, datetime, time, timedelta

from hientai.engines.vitext import NotADay, ParsedDay, parse_day
from hientai.engines.wording import say
from hientai.engines.worksheet.cells.outcome import NOTHING, Reading, Remark, refused
from hientai.engines.worksheet.sheet import CellValue

YOUNGEST, OLDEST = 15, 100
_SHORT_YEAR = re.compile(r"^(?!\s*\d{4}\D).*(?:[/.\-–,]|năm|nam)\s*'?\d{2}\s*$", re.IGNORECASE)
_SERIALS = range(7_000, 60_000)
_APOSTROPHES = "'’‘`´"  # typed before a value to keep it text
_A_DAY = re.compile(r"(?<![\d/.\-])(?:\d{1,2}[/.\-])?\d{1,2}[/.\-]\d{4}(?![\d/])")
_TWO_DAYS = 14  # letters of two days at least
_FIVE_DIGITS = re.compile(r"\d{4,5}")


@functools.lru_cache(maxsize=32_768)
def _parsed(shown: str, pivot: int) -> ParsedDay | NotADay:
    try:
        return parse_day(shown, pivot=pivot)
    except NotADay as fault:
        return fault


def _whole(value: CellValue, shown: str, pivot: int) -> ParsedDay | Reading:
    """The day, or the refusal."""
    if isinstance(value, datetime | date):
        return ParsedDay(value.year, value.month, value.day)
    if isinstance(value, bool | time | timedelta):
        return refused("not_a_day", say("Ô này không phải là ngày."))
    serial = _serial_in(value)
    if serial is not None:
        return parse_day(serial, serial=True)
    if isinstance(value, float) and not value.is_integer():
        return refused("not_a_day", say("Ô chứa số lẻ {number}, không phải là ngày.", number=value))
    parsed = _parsed(shown.lstrip(_APOSTROPHES), pivot)
    if isinstance(parsed, NotADay):
        return refused("not_a_day", parsed.message)
    return parsed


def _serial_in(value: CellValue) -> int | None:
    """Excel's number of a day that lost its format, typed or saved as text; a working life's years only."""
    if isinstance(value, str):
        digits = value.strip(" '")
        return int(digits) if _FIVE_DIGITS.fullmatch(digits) and int(digits) in _SERIALS else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return int(value) if int(value) == value and int(value) in _SERIALS else None


def _serial_remarks(value: CellValue, parsed: ParsedDay) -> tuple[Remark, ...]:
    serial = _serial_in(value)
    if serial is None:
        return ()
    message = say(
        "Ô chứa số {number}, là ngày mất định dạng của Excel; hiểu là {day}.",
        number=serial,
        day="/".join(reversed(parsed.isoformat().split("-"))),
    )
    return (Remark("serial_day", message),)


@functools.lru_cache(maxsize=32_768, typed=True)
def read_birth(value: CellValue, shown: str, as_of: date) -> Reading:
    """A birth day as YYYY-MM-DD or YYYY; `extra` is YYYY-MM where just the month is known.

    Two-digit years are taken only because one century alone fits a working age on `as_of`. Refused: no day, a
    day after `as_of`, an age under 15 (Labour Code 2019, article 3) or over 100.
    """
    if not shown:
        return NOTHING
    parsed = _whole(value, shown, pivot=max(0, as_of.year % 100 - YOUNGEST))
    if isinstance(parsed, Reading):
        return parsed
    wrong = _implausible(parsed, as_of)
    if wrong:
        return wrong
    remarks = _serial_remarks(value, parsed)
    if isinstance(value, str) and _SHORT_YEAR.search(shown):
        remarks = (Remark("short_year", say("Năm ghi hai chữ số, hiểu là {year}.", year=parsed.year)),)
    if parsed.month and not parsed.day:
        remarks += (Remark("only_month", say("Chỉ biết tháng và năm sinh.")),)
        return Reading(f"{parsed.year:04d}", remarks, parsed.isoformat())
    return Reading(parsed.isoformat(), remarks)


def _implausible(born: ParsedDay, as_of: date) -> Reading | None:
    earliest = date(born.year, born.month or 1, born.day or 1)
    if earliest > as_of:
        return refused(
            "born_in_future",
            say("Ngày sinh sau thời điểm của danh sách ({as_of}).", as_of=f"{as_of:%d/%m/%Y}"),
        )
    age = as_of.year - born.year - ((as_of.month, as_of.day) < (earliest.month, earliest.day))
    if age < YOUNGEST:
        return refused(
            "born_too_late",
            say("Theo ngày sinh thì mới {age} tuổi tại thời điểm danh sách; hãy kiểm tra.", age=age),
        )
    if age > OLDEST:
        return refused("born_too_early", say("Theo ngày sinh thì đã {age} tuổi; hãy kiểm tra.", age=age))
    return None


@functools.lru_cache(maxsize=32_768, typed=True)
def read_day(value: CellValue, shown: str, as_of: date) -> Reading:
    """Any other day as YYYY-MM-DD, YYYY-MM or YYYY; two-digit years up to that of `as_of` are 20xx."""
    if not shown:
        return NOTHING
    parsed = _whole(value, shown, pivot=as_of.year % 100)
    if isinstance(parsed, Reading):
        return parsed
    if not 1900 <= parsed.year <= as_of.year + 10:
        return refused("day_out_of_range", say("Năm {year} không hợp lý.", year=parsed.year))
    return Reading(parsed.isoformat(), _serial_remarks(value, parsed))


def party_days(shown: str, as_of: date) -> tuple[str, str] | None:
    """The days of joining and of confirmation where one cell holds both, the later second; None otherwise."""
    if len(shown) < _TWO_DAYS:
        return None
    found = [read_day(each, each, as_of).value for each in _A_DAY.findall(shown)]
    if len(found) != 2 or not found[0] or not found[1] or found[0] > found[1]:
        return None
    return found[0], found[1]


def from_parts(day: str, month: str, year: str) -> str:
    """One text from a birth day spread over three columns; blank or zero parts leave the year alone."""
    if not year:
        return f"{day}/{month}/?" if day or month else ""
    if not month or not month.strip("0"):
        return year if not day or not day.strip("0") else f"{day}/0/{year}"
    if not day or not day.strip("0"):
        return f"{month}/{year}"
    return f"{day}/{month}/{year}"
