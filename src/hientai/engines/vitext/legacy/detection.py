"""Decides, by the font's name and by the words a reading would give, in which legacy encoding a text is."""

from __future__ import annotations

import enum
import functools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hientai.engines.vitext.legacy import tcvn3, twice, vni
from hientai.engines.vitext.letters import nfc, tidy
from hientai.engines.vitext.syllables import is_syllable


class Encoding(enum.Enum):
    """A way in which Vietnamese letters were stored before Unicode, or after a wrong decoding."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"
    VNI = "vni"
    UTF8_READ_AS_LATIN = "utf8_read_as_latin"


@dataclass(frozen=True)
class Cleaned:
    """text: tidy Unicode; repaired: the encoding it was in, None when it was Unicode already."""

    text: str
    repaired: Encoding | None


_TCVN3_ONLY = frozenset(code for code in tcvn3.TABLE if code < "\u00c0")  # symbols in Unicode: © ® « µ
_TCVN3_CODED = frozenset(tcvn3.TABLE.values())
_FEWEST_CELLS = 3
_BEYOND_LATIN1 = re.compile("[\u0100-\uffff]")
# Vietnamese letters of Latin-1 that the encoding does not use: with one of them the text is Unicode.
_UNICODE_ONLY = {
    Encoding.TCVN3: frozenset("à"),
    Encoding.TCVN3_CAPITALS: frozenset("à"),
    Encoding.VNI: frozenset("ýÝ"),
}
# Common names that also read as TCVN3 (Bùi as "Bựi"): Unicode text left in a TCVN3 font.
_COMMON_NAMES = frozenset(
    (
        "bùi", "công", "hân", "hòa", "hùng", "lâm", "lân", "lê", "mông", "mùa", "ngô", "nhân", "phú",
        "phùng", "quân", "sáng", "sùng", "thái", "thân", "thìn", "tâm", "tân", "tín", "tòng", "tô",
        "trí", "tú", "tùng", "vân", "võ",
    )
)  # fmt: skip
_NO_LETTERS = frozenset("§Ñ®¡¢£¤¥¦")  # no Vietnamese abbreviation in Unicode has them
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}/\\\"'+*=<>|_-]+")


@dataclass(frozen=True)
class _Reading:
    """How the words that decoding changes read (fits, misfits), and the signs that the text is encoded.

    short: abbreviations ("ĐH", "HĐND"), which tell something only where the font or the sheet says so.
    """

    fits: int = 0
    misfits: int = 0
    strong: int = 0
    weak: int = 0
    short: int = 0


def detect(text: str, font: str | None = None, column: Encoding | None = None) -> Encoding | None:
    """The legacy encoding of one cell or line, or None when it is to be left as it is.

    text: as read, before `tidy`. font: the name of the cell's font when known (".VnTime", "VNI-Times").
    column: what `detect_column` told of the cells around. With such a font or column a reading that gives
    Vietnamese words is enough; without, the text as it stands must not be Vietnamese and either one
    letter must be impossible in Unicode text or two words must agree.
    """
    if text.isascii():
        return None
    if twice.to_unicode(text) is not None and _twice_reads(text):
        return Encoding.UTF8_READ_AS_LATIN
    named = encoding_of_font(font) or column
    if named is not None and named is not Encoding.UTF8_READ_AS_LATIN:
        return named if _reads(text, named, trusted=True) else None
    if _is_unicode_vietnamese(text):
        return None
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        if _reads(text, encoding, trusted=False):
            return encoding
    return None


def detect_column(texts: Iterable[str], font: str | None = None) -> Encoding | None:
    """The encoding of a column or sheet typed alike, for its cells too short to tell by themselves.

    None unless at least three cells tell the same encoding, and either more than half of those that are not ASCII do or
    nine in ten would read in it.
    """
    written = [text for text in texts if not text.isascii()]
    votes = Counter(detect(text, font) for text in written)
    told = {encoding: count for encoding, count in votes.items() if encoding is not None}
    best = max(told, key=lambda encoding: told[encoding], default=None)
    if best is None or told[best] < _FEWEST_CELLS:
        return None
    if 2 * told[best] > len(written):
        return best
    fitting = sum(detect(text, font, best) is best for text in written)
    return best if 10 * fitting >= 9 * len(written) else None


def encoding_of_font(font: str | None) -> Encoding | None:
    """The encoding a font's name stands for: `.Vn...` TCVN3 (capitals when it ends in H), `VNI-...` VNI."""
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if name.endswith("h") else Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni") else None


def repair(text: str, encoding: Encoding) -> str:
    """`text`, stored in `encoding`, as Unicode (NFC). Letters that the encoding does not have stay."""
    if encoding is Encoding.UTF8_READ_AS_LATIN:
        return nfc(twice.to_unicode(text) or text)
    if encoding is Encoding.VNI:
        return nfc(vni.to_unicode(text))
    return nfc(tcvn3.to_unicode(text, capitals=encoding is Encoding.TCVN3_CAPITALS))


def clean(text: str, font: str | None = None, column: Encoding | None = None) -> Cleaned:
    """What the writer meant: legacy letters repaired where certain, then `tidy`. Arguments as in `detect`."""
    found = detect(text, font, column)
    return Cleaned(tidy(repair(text, found) if found else text), found)


def _twice_reads(text: str) -> bool:
    decoded = twice.to_unicode(text) or ""
    words = [word for word in _WORD.findall(decoded) if not word.isascii()]
    return bool(words) and sum(map(is_syllable, words)) * 2 >= len(words)


def _is_unicode_vietnamese(text: str) -> bool:
    """Whether every word is fine as it stands."""
    return all(map(_is_fine, _WORD.findall(nfc(text))))


@functools.lru_cache(maxsize=16_384)
def _is_fine(word: str) -> bool:
    return word.isascii() or is_syllable(nfc(word))


def _reads(text: str, encoding: Encoding, *, trusted: bool) -> bool:
    """Whether decoding `text` gives Vietnamese; `trusted`: the font says so."""
    if any(letter in _TCVN3_CODED for letter in _BEYOND_LATIN1.findall(text)):
        return False  # a letter that a legacy font cannot show: it is Unicode
    if not _UNICODE_ONLY[encoding].isdisjoint(text):
        return False
    reading = _read(text, encoding)
    if trusted:
        doubtful = reading.weak == 0 and encoding is not Encoding.VNI
        if doubtful and not _COMMON_NAMES.isdisjoint(text.lower().split()):
            return False
        return reading.fits + reading.short > 0 and reading.fits >= reading.misfits
    enough = reading.strong >= 1 or reading.weak >= 2
    return enough and reading.fits >= 3 * reading.misfits


def _read(text: str, encoding: Encoding) -> _Reading:
    fits = misfits = strong = weak = short = 0
    for word in _WORD.findall(text):
        decoded = repair(word, encoding)
        if word.isascii() or decoded in (word, word.upper()):
            continue
        if decoded.isupper() and len(decoded) > 1 and not is_syllable(decoded):
            short += not _NO_LETTERS.isdisjoint(nfc(word))
            continue  # an abbreviation (HĐND) tells nothing by itself
        if not is_syllable(decoded):
            misfits += 1
            continue
        fits += 1
        if not is_syllable(nfc(word)):
            weak += 1
            strong += _is_strong(word, encoding)
    return _Reading(fits, misfits, strong, weak, short)


def _is_strong(word: str, encoding: Encoding) -> bool:
    """Whether one such word is enough: a symbol inside a word (TCVN3), a pair no other writing has (VNI)."""
    if encoding is Encoding.VNI:
        return bool(vni.STRONG.search(word))
    return word[0].isalpha() and any(letter in _TCVN3_ONLY for letter in word[1:])
