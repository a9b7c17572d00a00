"""Unicode form, spaces and the accent-blind folding that search and comparison rest on."""

from __future__ import annotations

import functools
import re
import unicodedata

_QUALITY_MARKS = "\u0302\u0306\u031b"  # circumflex, breve, horn: they make another letter
_TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng

_TONE_BEFORE_QUALITY = re.compile(f"([{_TONE_MARKS}]+)([{_QUALITY_MARKS}])")
_LEFTOVER_MARK = re.compile(f"[{_QUALITY_MARKS}{_TONE_MARKS}]")
# Invisible characters that Word, web pages and PDF leave between letters; removed without a space.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u2800]+")
_UNTIDY = re.compile(
    "[\x00-\x1f\x85\u00a0\u00ad\u00d0\u00f0\u0189\u0256\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3000\ufeff]|  "
)
_NOT_WORD = re.compile(r"[\W_]+")
# The Icelandic eth and the African D look like Đ and come from old keyboards.
_D_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_NOT_DECOMPOSED = str.maketrans(
    {"đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"}
)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02bb\u0060\u00b4", "'"))


def nfc(text: str) -> str:
    """`text` with every letter in one code point (NFC), even if the tone was typed before the letter's mark.

    Plain NFC leaves `e + tilde + circumflex` in two code points; Vietnamese has only `ễ`.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    if _LEFTOVER_MARK.search(composed):
        decomposed = unicodedata.normalize("NFD", composed)
        composed = unicodedata.normalize("NFC", _TONE_BEFORE_QUALITY.sub(r"\2\1", decomposed))
    return composed


def tidy(text: str) -> str:
    """NFC, every run of odd, no-break or line spaces as one space, invisible characters gone, stripped.

    Look-alikes of Đ become Đ. Soft hyphens go: repair legacy letters first (TCVN3 writes ư as a soft hyphen),
    or call `legacy.clean`, which does both in the right order.
    """
    if text.isascii():
        return " ".join(text.split())
    if not _UNTIDY.search(text):
        return nfc(text.strip(" "))
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    return nfc(text.translate(_D_LOOKALIKES))


def fold(text: str) -> str:
    """`text` without accents and case, đ as d: the same for Hòa, Hoà, HOÀ, HOA in every Unicode form."""
    quick = text.lower() if text.isascii() else text.lower().translate(_QUICK_FOLD)
    return quick if quick.isascii() else _fold_slowly(text)


def _fold_slowly(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).lower())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_NOT_DECOMPOSED)


@functools.lru_cache(maxsize=32_768)
def search_key(text: str) -> str:
    """What a search compares: folded, punctuation as space, single spaces. "Đỗ-Thị  Hoà" -> "do thi hoa"."""
    return " ".join(_NOT_WORD.sub(" ", fold(text)).split())


# The letters of Vietnamese in one code point and the marks by themselves: nearly all there is to fold.
_QUICK_FOLD = str.maketrans(
    {
        chr(code): _fold_slowly(chr(code))
        for code in (*range(0x300, 0x324), *range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))
    }
)


def plain_apostrophes(text: str) -> str:
    """Typographic apostrophes and accents used as such, written as "'" (H’Bé, K`Sor)."""
    return text.translate(_APOSTROPHES)
