"""Sort keys: Vietnamese order as plain ASCII that any byte-wise collation sorts right.

The order is that of the Unicode collation for Vietnamese (CLDR `vi`): letters a ă â b c d đ e ê ... y z
decide first, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case (small before capital). A family of
letters is written as the bare letter and its rank (`a0 a1 a2`), so a key can still be read; `!`, lower than
all else, ends a level.
A tone belongs to its syllable, whichever letter carries it: Hòa and Hoà have one key.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from hientai.engines.vitext.letters import plain_apostrophes, tidy
from hientai.engines.vitext.names import split_name

_LEVEL, _SPACE, _HYPHEN, _POINT, _APOSTROPHE, _BEYOND = "!", "#", "-", ".", "/", "~"
_FAMILIES = {
    "a": "a0", "ă": "a1", "â": "a2", "d": "d0", "đ": "d1", "e": "e0", "ê": "e1",
    "o": "o0", "ô": "o1", "ơ": "o2", "u": "u0", "ư": "u1",
}  # fmt: skip
_MARK_RANK = {
    "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5",
    "\u0306": "6", "\u0302": "7", "\u030c": "8",
}  # fmt: skip
_NO_MARK, _OTHER_MARK = "0", "9"
_WORD = re.compile(r"[ \-]+")


def sort_key(full_name: str) -> str:
    """Key that orders people as Vietnamese lists do: given name, then family and middle names, then case."""
    parts = split_name(full_name)
    return _levels(parts.given, f"{parts.family} {parts.middle}".strip())


def sort_key_plain(text: str) -> str:
    """Key for what is not a person's name (units, titles, places): the whole text from left to right."""
    return _levels(text)


def _levels(*fields: str) -> str:
    levels, cases = [], []
    for field in fields:
        primary, tones, case = _levels_of(field)
        levels += [primary, tones]
        cases.append(case)
    return _LEVEL.join([*levels, "".join(cases).rstrip("0")])


@functools.lru_cache(maxsize=16_384)  # given names, and family with middle names, repeat
def _levels_of(field: str) -> tuple[str, str, str]:
    clean = plain_apostrophes(tidy(field))
    primary, case = _letters(clean)
    return primary, "".join(_tone(word) for word in _WORD.split(clean)).rstrip(_NO_MARK), case


def _letters(text: str) -> tuple[str, str]:
    """The primary weights of `text` and one case bit per letter."""
    weights, case = [], []
    for letter in text:
        lower = letter.lower()
        weights.append(_WEIGHTS[lower] if lower in _WEIGHTS else _weight(lower))
        if lower.isalpha():
            case.append("0" if lower == letter else "1")
    return "".join(weights), "".join(case)


def _weight(letter: str) -> str:
    if unicodedata.combining(letter):
        return ""
    base, marks = _take_tones(letter)
    if base in _FAMILIES:
        return _FAMILIES[base]
    if base.isascii() and base.isalnum():
        return base
    if marks or not letter.isalnum():
        return {" ": _SPACE, "-": _HYPHEN, "'": _APOSTROPHE}.get(letter, _POINT)
    return f"{_BEYOND}{ord(letter):05x}"


def _take_tones(letter: str) -> tuple[str, str]:
    """Splits a lower-case letter into the letter of the alphabet and the marks that only accent it."""
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    for quality in ("\u0302", "\u0306", "\u031b"):
        whole = unicodedata.normalize("NFC", base + quality)
        if quality in marks and whole in _FAMILIES:
            return whole, marks.replace(quality, "")
    return base, marks


def _tone(word: str) -> str:
    """The rank of the accent of one word, `0` when it has none."""
    rank = _NO_MARK
    for letter in word:
        if not letter.isascii():
            for mark in _take_tones(letter.lower())[1]:
                rank = max(rank, _MARK_RANK.get(mark, _OTHER_MARK))
    return rank


_WEIGHTS: dict[str, str] = {}
_WEIGHTS.update({chr(code): _weight(chr(code)) for code in range(0x20, 0x250)})
_WEIGHTS.update({chr(code): _weight(chr(code)) for code in range(0x1EA0, 0x1EFA)})
