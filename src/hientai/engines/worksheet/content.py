"""What the cells of a column look like, to confirm or doubt what its heading says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.cells.names import bare_name
from hientai.engines.worksheet.letters import CellText, phrase
from hientai.engines.worksheet.sheet import CellValue, Sheet

_MOST_SAMPLED = 300
_SERIALS = range(7_000, 50_000)
_DATE = re.compile(
    r"(?:.*\b)?\d{1,2}\s*[/.\-–,]\s*\d{1,2}\s*[/.\-–,]\s*(?:\d{4}|\d{2})\b.*|.*tháng\s*\d{1,2}.*năm\s*\d{4}.*|"
    r"'?(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|"
    r"\d{4}-\d{1,2}-\d{1,2}.*|(?:tháng\s*)?\d{1,2}\s*[/.]\s*\d{4}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"[\d\s.\-']+")
_NAME = re.compile(r"[^\W\d_][^\W\d_.'\-]*(?:[ '\-][^\W\d_][^\W\d_'\-]*){1,7}\.?")
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)?")
SEX_WORDS = {
    "nam": "male",
    "nữ": "female",
    "nu": "female",
    "nử": "female",
    "male": "male",
    "female": "female",
    "trai": "male",
    "gái": "female",
    "m": "male",
    "f": "female",
}
MARKS = frozenset(("x", "v", "✓", "✔", "√", "1", "có", "co", "*", "+", "true", "☑"))
DITTOS = frozenset((
    "nt", "n/t", "n.t", "như trên", "nhu tren", "(nt)", "(như trên)", "ditto",
    '"', "''", "“", "”", "″", "〃", "//", "‘’", "’’", "“”", '""', "´´", "``",
))  # fmt: skip
_LONGEST_DITTO = 12
DITTOS_BEGIN = frozenset(each for word in DITTOS for each in (word[0], word[0].upper())) | frozenset("-–")
NO_MARKS = frozenset(("0", "-", "–", "—", "o", "không", "khong", "false", "☐", "."))


@dataclass(frozen=True)
class ColumnContent:
    """Shares (0 to 1) of the non-empty sampled cells; one cell may count for several."""

    filled: int
    days: float = 0.0
    years: float = 0.0
    identities: float = 0.0
    twelve_digits: float = 0.0
    sexes: float = 0.0
    marks: float = 0.0
    names: float = 0.0
    small_numbers: float = 0.0
    phones: float = 0.0
    ethnicities: float = 0.0
    single_words: float = 0.0
    families: float = 0.0


def is_mark(shown: str) -> bool:
    """Whether a cell holds no more than a tick."""
    return shown.lower() in MARKS


def is_no_mark(shown: str) -> bool:
    """Whether a cell kept for a tick says that there is none: 0, a dash, "không"."""
    return shown.lower() in NO_MARKS


def is_ditto(shown: str) -> bool:
    """Whether a cell stands for the one above: nt, "như trên", a pair of strokes."""
    return (
        len(shown) <= _LONGEST_DITTO and shown[:1] in DITTOS_BEGIN and shown.strip(" -–.").lower() in DITTOS
    )


def looks_like_serial_day(value: CellValue) -> bool:
    """Whether a number may be Excel's number of a day between 1919 and 2036."""
    if isinstance(value, float):  # a range asked for a float looks at its every member
        return value.is_integer() and int(value) in _SERIALS
    return isinstance(value, int) and not isinstance(value, bool) and value in _SERIALS


def _digits(shown: str) -> str:
    return re.sub(r"\D", "", shown) if _DIGITS.fullmatch(shown) else ""


def describe(sheet: Sheet, text: CellText, rows: Iterable[int], column: int) -> ColumnContent:
    """Looks at the cells of one column in the given zero-based rows."""
    counts = dict.fromkeys(ColumnContent.__dataclass_fields__, 0)
    known: dict[tuple[type, str], tuple[str, ...]] = {}
    for row in rows:
        value = sheet.value(row, column)
        if value == "":
            continue
        shown = text.of(value, row, column)
        if not shown:
            continue
        counts["filled"] += 1
        key = type(value), shown
        if key not in known:
            known[key] = tuple(_traits(value, shown))
        for trait in known[key]:
            counts[trait] += 1
    filled = counts.pop("filled")
    return ColumnContent(
        filled, **{trait: count / filled if filled else 0.0 for trait, count in counts.items()}
    )


def _traits(value: CellValue, shown: str) -> Iterable[str]:
    if isinstance(value, date | datetime) or looks_like_serial_day(value):
        yield "days"
        return
    if _DATE.fullmatch(shown):
        yield "days"
    if _YEAR.fullmatch(shown):
        yield "years"
    digits = _digits(shown)
    if digits:
        if len(digits) in (8, 9, 11, 12) or (len(digits) == 10 and not digits.startswith("0")):
            yield "identities"
        if len(digits) in (11, 12):
            yield "twelve_digits"
        if len(digits) in (9, 10) and (digits.startswith("0") or len(digits) == 9):
            yield "phones"
        if len(digits) <= 3 and shown.isdigit():
            yield "small_numbers"
    words = phrase(shown)
    if words in SEX_WORDS:
        yield "sexes"
    if is_mark(shown):
        yield "marks"
    if words in vocabulary.codes("ethnicity"):
        yield "ethnicities"
    name = bare_name(shown)
    if _NAME.fullmatch(name):
        yield "names"
        if phrase(name).split()[:1] and phrase(name).split()[0] in vocabulary.row_words("family_names"):
            yield "families"
    if _WORD.fullmatch(shown):
        yield "single_words"


def sampled_rows(sheet: Sheet, first: int, end: int) -> list[int]:
    """Up to 300 rows spread over [first, end), those with something in at least three cells."""
    step = max(1, (end - first) // (_MOST_SAMPLED * 2))
    rows = [
        row
        for row in range(first, min(end, len(sheet.rows)), step)
        if sum(1 for value in sheet.rows[row] if value != "") >= 2
    ]
    return rows[: _MOST_SAMPLED * 2]


def fullest_rows(sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Of the rows those that look like people: more than half as many cells as the fullest, and no numbering."""
    filled = {row: [str(value).strip("() .") for value in sheet.rows[row] if value != ""] for row in rows}
    most = max(map(len, filled.values()), default=0)
    return [
        row
        for row, cells in filled.items()
        if 2 * len(cells) > most and not all(c.isdecimal() for c in cells)
    ]


def some_values(
    sheet: Sheet, text: CellText, rows: Iterable[int], column: int, most: int = 3
) -> tuple[str, ...]:
    """A few different values of a column, to show beside it."""
    found: list[str] = []
    for row in rows:
        shown = text.of(sheet.value(row, column), row, column)[:60] if sheet.value(row, column) != "" else ""
        if shown and shown not in found:
            found.append(shown)
        if len(found) == most:
            break
    return tuple(found)
