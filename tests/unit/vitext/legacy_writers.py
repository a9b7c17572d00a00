"""Writers of the legacy encodings, the opposite of what the engine does, for round trips."""

import unicodedata

from hientai.engines.vitext.legacy import tcvn3, vni

_TO_TCVN3 = {letter: code for code, letter in tcvn3.TABLE.items()}
_TO_VNI = {letter: code for code, letter in vni.TABLE.items()}


def write_tcvn3(text: str) -> str:
    """Text as a TCVN3 font stores it; a toned capital has no code and is stored as its small letter."""
    return "".join(_TO_TCVN3.get(letter) or _TO_TCVN3.get(letter.lower(), letter) for letter in text)


def write_vni(text: str) -> str:
    """Text as a VNI font stores it: marks after the vowel, all capitals for a capital."""
    return "".join(_vni_letter(letter) for letter in text)


def write_twice(text: str, encoding: str = "cp1252") -> str:
    """UTF-8 bytes read as Windows-1252 (its five empty places as control characters) or Latin-1."""
    raw = unicodedata.normalize("NFC", text).encode()
    if encoding == "latin-1":
        return raw.decode("latin-1")
    return "".join(_cp1252(byte) for byte in raw)


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _vni_letter(letter: str) -> str:
    code = _TO_VNI.get(letter.lower())
    if code is None:
        return letter
    return code.upper() if letter.isupper() else code
