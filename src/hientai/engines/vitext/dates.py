"""Days as people write them in Vietnam: day first always, possibly only month and year, or the year alone."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass

from hientai.engines.errors import BadInput
from hientai.engines.vitext.letters import fold, tidy
from hientai.engines.wording import Sentence, say

FIRST_YEAR, LAST_YEAR = 1800, 2200
DEFAULT_PIVOT = 30

_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = rf"(?P<name>{'|'.join(_ENGLISH_MONTHS)})[a-z]*\.?"
_VIETNAMESE_MONTHS = (
    "gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai",
)  # fmt: skip
_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NUMBERS = {
    **{name: number for number, name in enumerate(_VIETNAMESE_MONTHS, start=1)},
    **{name: number for number, name in enumerate(_ROMAN_MONTHS, start=1)},
    "mot": 1, "bon": 4, "chap": 12,
}  # fmt: skip
_IN_WORDS = "|".join(sorted({*_VIETNAMESE_MONTHS, "mot", "bon", "chap"}, key=len, reverse=True))
# "tháng năm 1980" is a blank month as often as May, so that word needs its "năm"; a lone x stands for nothing known.
_WORD_MONTH = rf"(?P<word>{_IN_WORDS})(?<!thang nam(?= \d))"
_ROMAN_MONTH = r"(?P<roman>ix|xi{1,2}|iv|vi{0,3}|i{1,3})"
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4}|\d{2})"
_LONG_YEAR = r"(?P<year>\d{4})"
_BLANK = r"(?:[._…x?\-]{1,20}|0{1,2})"
_SEPARATOR = r" ?[/.\-–,\\] ?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_YEAR}",
        rf"{_DAY} {_MONTH} {_LONG_YEAR}",
        rf"{_LONG_YEAR}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_DAY}",
        rf"{_DAY} ?,? ?thang ?{_MONTH}(?: ?,? ?nam ?| ?[,/\-.] ?| ){_YEAR}",
        rf"thang ?{_MONTH}(?: ?,? ?nam ?| ?[,/\-.] ?| ){_YEAR}",
        rf"{_DAY}{_SEPARATOR}{_MONTH} ?nam ?{_YEAR}",
        rf"{_DAY}{_SEPARATOR}(?:t|thang) ?{_MONTH}{_SEPARATOR}{_YEAR}",
        rf"{_DAY}[ \-/]?th(?:a?n)?g ?{_MONTH}[ \-/,]+{_YEAR}",
        rf"(?:{_DAY} ?)?thang {_WORD_MONTH},? (?:nam )?{_LONG_YEAR}",
        rf"(?:{_DAY}{_SEPARATOR})?{_ROMAN_MONTH}{_SEPARATOR}{_LONG_YEAR}",
        rf"{_BLANK}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_LONG_YEAR}",
        rf"(?:t|thg) ?{_MONTH} ?[/.\- ] ?{_LONG_YEAR}",
        rf"{_MONTH} ?[/.\-] ?{_LONG_YEAR}",
        rf"{_LONG_YEAR} ?[/.\-] ?{_MONTH}",
        rf"{_DAY}[ \-/]?{_MONTH_NAME}[ \-/,]*{_YEAR}",
        rf"{_MONTH_NAME} {_DAY},? {_LONG_YEAR}",
        rf"{_MONTH_NAME}[ \-/]{_YEAR}",
        rf"(?:{_BLANK}{_SEPARATOR})?{_BLANK}{_SEPARATOR}{_LONG_YEAR}",
        rf"(?:{_BLANK} ?)?thang {_BLANK}? ?nam {_LONG_YEAR}",
        rf"{_LONG_YEAR}",
    )
)
_USUAL = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_COMPACT = re.compile(r"\d{8}")
_LEADING_WORDS = re.compile(r"^(?:(?:sinh|ngay|nam|mung|mong|hoi|vao|s/n|sn)[ :.]*)+(?=[\d.…_?x]|thang)")
_SHORT_YEAR = re.compile(r"([/.\-]) ?['’](\d\d)$")
_CLOCK = re.compile(r"[ t]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d\d:?\d\d)?$")


class NotADay(BadInput):
    """The text is no day, month or year; the message says why."""

    def __init__(self, message: Sentence, where: str = "") -> None:
        super().__init__("not_a_day", message, where)


@dataclass(frozen=True, order=True)
class ParsedDay:
    """A day of which possibly only the year, or the year and month, is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the day itself is known."""
        return self.day is not None

    def as_date(self) -> dt.date | None:
        """The day, None when only the month or year is known."""
        return dt.date(self.year, self.month, self.day) if self.month and self.day else None

    def isoformat(self) -> str:
        """`1980`, `1980-03` or `1980-03-05`."""
        known = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(known)


def parse_day(
    value: str | int | float | dt.date, *, pivot: int = DEFAULT_PIVOT, serial: bool = False, where: str = ""
) -> ParsedDay:
    """Reads one day, day before month always.

    value: text in any common form (5/3/1980, 05.03.80, "ngày 5 tháng 3 năm 1980", 1980-03-05, "03/1980",
    "1980", "00/00/1980"), a date or datetime, or a number: a year, or with `serial` an Excel day number.
    pivot: two-digit years up to it are 20xx, later ones 19xx. where: the cell or field, for the message.
    Raises NotADay with the reason for what is no day (31/2, month 13, 29/2 of a common year, month first).
    """
    if isinstance(value, dt.date):
        return ParsedDay(value.year, value.month, value.day)
    if isinstance(value, int | float) and not math.isfinite(value):
        raise NotADay(say("Ô ngày để trống."), where)
    if isinstance(value, int | float):
        return _from_serial(value, where) if serial else _from_number(value, where)
    if usual := _USUAL.fullmatch(value):  # nearly all there is to read: nothing to fold or to try
        return _checked(int(usual[3]), int(usual[2]), int(usual[1]), value, where)
    shown = tidy(value)
    text = _CLOCK.sub("", fold(shown)).lstrip(" ,;:").rstrip(" .,;:") if shown else ""
    if not text:
        raise NotADay(say("Ô ngày để trống."), where)
    if _COMPACT.fullmatch(text):
        return _from_compact(text, shown, where)
    text = _SHORT_YEAR.sub(r"\1\2", _LEADING_WORDS.sub("", text))
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _from_match(found.groupdict(), shown, pivot, where)
    raise NotADay(
        say(
            "“{text}” không phải là ngày. Ghi theo dạng ngày/tháng/năm, ví dụ 05/03/1980, hoặc chỉ năm.",
            text=shown,
        ),
        where,
    )


def _from_match(parts: dict[str, str | None], shown: str, pivot: int, where: str) -> ParsedDay:
    digits = parts["year"] or ""
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year <= pivot else 1900
    name = parts.get("name")
    spelled = parts.get("word") or parts.get("roman")
    month = int(parts.get("month") or 0)
    if name or spelled:
        month = _ENGLISH_MONTHS.index(name) + 1 if name else _NUMBERS[spelled or ""]
    return _checked(year, month, int(parts.get("day") or 0), shown, where)


def _from_compact(text: str, shown: str, where: str) -> ParsedDay:
    """Eight digits: ddmmyyyy or yyyymmdd; between 1900 and 2099 never both."""
    if 1900 <= int(text[4:]) <= 2099:
        return _checked(int(text[4:]), int(text[2:4]), int(text[:2]), shown, where)
    return _checked(int(text[:4]), int(text[4:6]), int(text[6:]), shown, where)


def _from_number(value: int | float, where: str) -> ParsedDay:
    if value == int(value) and 1900 <= value <= 2100:
        return ParsedDay(int(value))
    if value == int(value) and 1_000_000 <= value <= 99_999_999:
        return _from_compact(f"{int(value):08d}", f"{int(value)}", where)
    raise NotADay(
        say("Số {number} không phải là năm. Ô này cần định dạng ngày hoặc chữ.", number=value), where
    )


def _from_serial(value: int | float, where: str) -> ParsedDay:
    """Excel's day numbers (1 = 1 January 1900); 60 is its 29 February 1900, a day that never was."""
    whole = int(value // 1)
    if not 1 <= whole <= 146_097 or whole == 60:
        raise NotADay(say("Số thứ tự ngày {number} của Excel không ứng với ngày nào.", number=value), where)
    day = dt.date(1899, 12, 31 if whole < 60 else 30) + dt.timedelta(days=whole)
    return ParsedDay(day.year, day.month, day.day)


def _checked(year: int, month: int, day: int, shown: str, where: str) -> ParsedDay:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADay(say("“{text}”: năm {year} không hợp lý.", text=shown, year=year), where)
    if month == 0:
        if day:
            raise NotADay(say("“{text}”: không có tháng 0.", text=shown), where)
        return ParsedDay(year)
    if month > 12:
        raise NotADay(
            say("“{text}”: không có tháng {month} (ngày ghi trước tháng).", text=shown, month=month), where
        )
    if day == 0:
        return ParsedDay(year, month)
    last = calendar.monthrange(year, month)[1] if day > 28 else 28
    if day > last:
        raise NotADay(
            say(
                "“{text}”: tháng {month} năm {year} chỉ có {last} ngày.",
                text=shown,
                month=month,
                year=year,
                last=last,
            ),
            where,
        )
    return ParsedDay(year, month, day)
