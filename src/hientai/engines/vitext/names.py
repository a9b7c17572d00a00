"""Parts of a Vietnamese name, and names typed in capitals or small letters put right."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import pairwise

from hientai.engines.vitext.letters import fold, plain_apostrophes, tidy

# Family names of two or more words; the rest of the name must still hold a given name.
_COMPOUND_FAMILIES = (
    ("cong", "huyen", "ton", "nu"),
    ("cong", "tang", "ton", "nu"),
    ("cong", "ton", "nu"),
    ("ton", "that"),
    ("ton", "nu"),
    ("au", "duong"),
    ("hoang", "phu"),
)
# Words that stand before the given name of several peoples and are no family name (A Phúc, Y Khen).
_PREFIXES = frozenset(("a", "y", "h", "k"))
_GENERATION = frozenset(("II", "III", "IV"))
_PIECES = re.compile(r"([\s\-']+)")


@dataclass(frozen=True)
class NameParts:
    """family: họ; middle: tên đệm, possibly empty; given: tên, the word people are called and sorted by."""

    family: str
    middle: str
    given: str


def split_name(full: str) -> NameParts:
    """Splits a full name as Vietnamese lists do: first word the family, last word the given name.

    One word is a given name; a lone prefix ("A Phúc", "Y Khen") is no family name; a few family names have
    several words (Tôn Thất, Tôn Nữ, Âu Dương).
    """
    words = tidy(full).split()
    if len(words) < 2:
        return NameParts("", "", words[0] if words else "")
    folded = tuple(fold(word) for word in words)
    if folded[0].rstrip("'") in _PREFIXES:
        return NameParts("", " ".join(words[:-1]), words[-1])
    size = next((len(c) for c in _COMPOUND_FAMILIES if len(words) > len(c) and folded[: len(c)] == c), 1)
    return NameParts(" ".join(words[:size]), " ".join(words[size:-1]), words[-1])


def name_case(text: str) -> str:
    """The name as it is written: "NGUYỄN VĂN A" -> "Nguyễn Văn A", "ksor h'bé" -> "Ksor H'Bé".

    Words that mix cases on purpose (McDonald) stay; a slipped shift key (NGuyễn) is put right.
    """
    clean = plain_apostrophes(tidy(text))
    pieces = _PIECES.split(clean)
    shouted = clean == clean.upper()
    return "".join([_cased(piece, shouted) for piece in pieces])


@functools.lru_cache(maxsize=16_384)
def _cased(piece: str, shouted: bool) -> str:
    return piece if _stays(piece, shouted) else piece[:1].upper() + piece[1:].lower()


def _stays(piece: str, shouted: bool) -> bool:
    if piece in _GENERATION:
        return not shouted
    return bool(re.search(r"[^\W\d_]", piece)) and _small_then_capital(piece)


def _small_then_capital(word: str) -> bool:
    return any(a.islower() and b.isupper() for a, b in pairwise(word)) and word[:1].isupper()
