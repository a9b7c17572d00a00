"""Cuts "chức vụ, đơn vị" into titles and units, and says where another cut is possible."""

from __future__ import annotations

import functools
import re

from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.letters import phrase
from hientai.engines.worksheet.record import Position

_LIST = re.compile(r"\s*[;\n]\s*|\s*,\s+(?=\S)|,(?=[^\s\d])")
_DASH = re.compile(r"\s+[-–]\s+")
_BULLET = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)])\s+")
_MOST = 8


def _title_of(text: str) -> vocabulary.TitleWords | None:
    words = phrase(text)
    for each in vocabulary.titles():
        if words == each.title or words.startswith(f"{each.title} "):
            return each
    return None


def _cut(text: str, found: vocabulary.TitleWords) -> tuple[str, str]:
    """The words of the title as written and the rest of the line."""
    words = text.split()
    size = _words_covering(words, len(found.title.split()))
    return " ".join(words[:size]).strip(" ,;:-–"), " ".join(words[size:]).strip(" ,;:-–")


def _words_covering(words: list[str], wanted: int) -> int:
    seen = 0
    for index, word in enumerate(words):
        seen += len(phrase(word).split())
        if seen >= wanted:
            return index + 1
    return len(words)


def _one(text: str, kind: str) -> Position:
    found = _title_of(text)
    if found is None:
        return Position(text, text, "", kind)
    title, rest = _cut(text, found)
    if not rest:
        return Position(text, title, "", kind, certain=True)
    if found.keeps_word:
        shared = found.keeps_word[0].upper() + found.keeps_word[1:]
        return Position(text, title, f"{shared} {rest}", kind, suggestions=((title, rest), (text, "")))
    return Position(text, title, rest, kind, suggestions=((text, ""),))


@functools.lru_cache(maxsize=16_384)
def read_positions(text: str, kind: str = "main") -> tuple[Position, ...]:
    """The posts a cell names, in its order. A part that begins with no title is the unit of the part before.

    "Phó Bí thư, Chủ tịch UBND xã" is two posts; "Chuyên viên, Phòng Kinh tế" is one. `certain` only where a
    separator parts title from unit, or nothing is left to cut.
    """
    parts = [_BULLET.sub("", part).strip() for part in _LIST.split(text)]
    if len(parts) == 1:
        parts = _by_dash(parts[0])
    positions: list[Position] = []
    for part in filter(None, parts[:_MOST]):
        if positions and _title_of(part) is None:
            before = positions[-1]
            whole = f"{before.text}, {part}"
            unit = f"{before.unit}, {part}" if before.unit else part
            positions[-1] = Position(whole, before.title, unit, kind, certain=not before.unit)
        else:
            positions.append(_one(part, kind))
    return tuple(positions)


def _by_dash(part: str) -> list[str]:
    """A dash parts title and unit only where both sides can stand alone, not in "Văn hóa - Xã hội"."""
    pieces = _DASH.split(part, maxsplit=1)
    if len(pieces) == 2:
        left, right = _title_of(pieces[0]), pieces[1]
        units = vocabulary.row_words("units")
        starts_unit = any(phrase(right).startswith(f"{unit} ") for unit in units) or _title_of(right)
        if left and starts_unit and phrase(pieces[0]) == left.title:
            return pieces
        if left and _title_of(right):
            return pieces
    return [part]
