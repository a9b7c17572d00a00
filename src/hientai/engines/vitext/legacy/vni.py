"""VNI-Windows: a vowel followed by a code for its marks (`aø` = à); the case sits on the vowel."""

from __future__ import annotations

import re
import unicodedata

_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _pairs() -> dict[str, str]:
    table = {
        vowel + code: letter + mark
        for vowel, letter in zip("aeouyôö", "aeouyơư", strict=True)
        for code, mark in _TONES.items()
    }
    table |= {vowel + code: f"{vowel}\u0302{mark}" for vowel in "aeo" for code, mark in _CIRCUMFLEX.items()}
    table |= {f"a{code}": f"a\u0306{mark}" for code, mark in _BREVE.items()}
    return table | _ALONE


TABLE: dict[str, str] = {
    unicodedata.normalize("NFC", code): unicodedata.normalize("NFC", letter)
    for code, letter in _pairs().items()
}
STRONG = re.compile("[aeo][âàáåãä]|a[êèéúüë]|[ôö][øùûõï]|[aeouy][øû]|[aeouy][ùõï](?:nh|ng)|öô", re.IGNORECASE)
_CODES = re.compile("|".join(sorted(TABLE, key=len, reverse=True)), re.IGNORECASE)


def to_unicode(text: str) -> str:
    """`text` (VNI bytes read as Latin-1) in Unicode."""
    return _CODES.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    code = found.group()
    letter = TABLE[code.lower()]
    return letter.upper() if code[0].isupper() else letter
