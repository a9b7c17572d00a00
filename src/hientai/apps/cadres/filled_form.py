"""Reads a filled biographical form: which label says what, which table says what, and what nobody could make out.

Pure: from lines and tables (`foundation/documents/filled`) to raw text by key. Nothing is guessed in silence: what no
label claims is listed as unread, word for word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hientai.apps.cadres import form_labels as labels
from hientai.engines.vitext import tidy
from hientai.foundation.documents.filled import Block, Grid

_BLANK = re.compile(r"[.…_\u2024\u2025\-–\s,;:]*")
_RUN_OF_DOTS = re.compile(r"(?:\.\s?){4,}|…+|_{3,}")
_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d)?\s*[).\-–]\s*")
_TRAILING_NUMBER = re.compile(r"[\s,;.]*\b\d{1,2}(?:\.\d)?\s*\)\s*$")
_LABELLED = re.compile(r"^\s*(?:\d{1,2}(?:\.\d)?\s*[).]\s*)?([^:]{2,80}):\s*(.*\S)\s*$", re.S)
_ALL = {**labels.FIELDS, **labels.TEXTS, **labels.COMPARED, **labels.NOT_KEPT}
_KEY_OF = {spelling: key for key, spellings in _ALL.items() for spelling in spellings}
_SPELLINGS = sorted(_KEY_OF, key=len, reverse=True)
_LABEL = re.compile(r"(?<![a-z0-9])(" + "|".join(map(re.escape, _SPELLINGS)) + r")\s*(?:\([^)]{0,80}\)\s*)?:")
# Long answers stand on the lines below their label.
_SECTIONS = {
    spelling: key
    for key in ("personal_history", "foreign", "economy", "family", "remarks")
    for spelling in _ALL[key]
}


@dataclass
class Filled:
    """values: raw text by key, the first that says something; rows: by kind of table, each by column; unread: lines."""

    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    not_kept: set[str] = field(default_factory=set)

    @property
    def is_a_form(self) -> bool:
        """Whether it says enough of one person to be a biographical form at all."""
        return "full_name" in self.values and len(self.values) >= 3


def read_form(blocks: Iterable[Block]) -> Filled:
    """What the form says. Nothing is judged here."""
    found = Filled()
    section = ""
    for block in blocks:
        if isinstance(block, Grid):
            _read_table(block, found, section)
            section = ""
            continue
        section = _read_line(block.text, found, section)
    return found


def folded(text: str) -> str:
    """Lower case without accents, letter for letter, so that places in it are places in `text`."""
    return "".join(_letter(character) for character in text)


def _letter(character: str) -> str:
    if character in "đĐ":
        return "d"
    return unicodedata.normalize("NFD", character)[0].lower()


def said(text: str) -> str:
    """What was filled in: dotted lines away; "" for nothing."""
    plain = tidy(_RUN_OF_DOTS.sub(" ", text)).strip(" ,;:")
    return "" if _BLANK.fullmatch(plain) else plain


def _read_line(text: str, found: Filled, section: str) -> str:
    """Takes one line; returns the section that the next lines may belong to."""
    flat = folded(text)
    places = list(_LABEL.finditer(flat))
    if places:
        head = said(_NUMBER.sub("", text[: places[0].start(1)]))
        if head and not _is_printed(head):
            found.unread.append(head)
        for place, following in zip(places, [*places[1:], None], strict=True):
            until = following.start(1) if following else len(text)
            value = text[place.end() : until]
            _keep(found, _KEY_OF[place[1]], _TRAILING_NUMBER.sub("", value) if following else value)
        return _SECTIONS.get(places[-1][1], "")
    bare = _NUMBER.sub("", flat).strip()
    opened = next((key for spelling, key in _SECTIONS.items() if bare.startswith(spelling)), None)
    if opened is not None:
        return opened
    if bare.startswith(labels.TABLES):
        return ""
    if not said(text):
        return section
    if section and not _NUMBER.match(text):
        _keep(found, section, text, more=True)
        return section
    _unknown(text, found)
    return ""


def _keep(found: Filled, key: str, text: str, *, more: bool = False) -> None:
    value = said(text)
    if not value:
        return
    if key in labels.NOT_KEPT:
        found.not_kept.add(key)
    elif more and key in found.values:
        found.values[key] = f"{found.values[key]}\n{value}"
    elif key not in found.values:
        found.values[key] = value
    elif folded(found.values[key]) != folded(value):
        found.unread.append(f"{_ALL[key][0]}: {value}")


def _unknown(text: str, found: Filled) -> None:
    """A line that no label claims: kept word for word unless the form itself prints it."""
    if _is_printed(text):
        return
    labelled = _LABELLED.match(text)
    if labelled and not said(labelled[2]):
        return
    found.unread.append(said(text))


def _is_printed(text: str) -> bool:
    flat = folded(_NUMBER.sub("", text)).strip()
    return flat.startswith(labels.PRINTED) or bool(re.match(r"(\W|ngay|thang|nam|\d)+$", flat))


def _read_table(grid: Grid, found: Filled, section: str) -> None:
    for rows in (grid.rows, _turned(grid.rows)):
        for number, row in enumerate(rows[:3]):
            kind, columns = _kind_of(row)
            if kind:
                _take_rows(kind, columns, rows[number + 1 :], found)
                for before in rows[:number]:
                    _lines_of(before, found)
                return
    if section in labels.NOT_KEPT:
        lines = (line for row in grid.rows for line in _cell_lines(row))
        if any(said(line) and not _is_printed(line) for line in lines):
            found.not_kept.add(section)
        return
    for row in grid.rows:
        _lines_of(row, found)


def _turned(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Columns as rows: pay is often printed from left to right."""
    width = max((len(row) for row in rows), default=0)
    return [tuple(row[place] if place < len(row) else "" for row in rows) for place in range(width)]


def _kind_of(heading: Sequence[str]) -> tuple[str, dict[str, int]]:
    flat = [folded(cell).replace("\n", " ") for cell in heading]
    for kind, wanted in labels.COLUMNS.items():
        columns: dict[str, int] = {}
        for name, words in wanted.items():
            for place, cell in enumerate(flat):
                if place not in columns.values() and any(word in cell for word in words):
                    columns[name] = place
                    break
        if all(name in columns for name in labels.NEEDED[kind]):
            return kind, columns
    return "", {}


def _take_rows(kind: str, columns: dict[str, int], rows: Iterable[Sequence[str]], found: Filled) -> None:
    for row in rows:
        cells = {name: said(row[place]) if place < len(row) else "" for name, place in columns.items()}
        if not any(cells.values()):
            continue
        if kind == labels.FAMILY_TABLE:
            found.not_kept.add("family")
            continue
        found.rows.setdefault(kind, []).append(cells)


def _lines_of(row: Sequence[str], found: Filled) -> None:
    """A table that only lays out the page: its cells are lines."""
    for line in _cell_lines(row):
        _read_line(line, found, "")


def _cell_lines(row: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for cell in row:
        if cell in seen:  # a merged cell is told once for every column it covers
            continue
        seen.add(cell)
        yield from (line for line in cell.split("\n") if line.strip())
