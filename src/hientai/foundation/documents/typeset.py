"""Typesets PDF by typst, offline, with the fonts that come with the program."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "web" / "static" / "vendor" / "liberation-serif"
_SPECIAL = {character: "\\" + character for character in "\\#*_`$<>@[]=-+/~'\""}


def pdf_of(source: str) -> bytes:
    """The PDF of a typst document; nothing but the vendored fonts is used, nothing is fetched."""
    import typst

    made = typst.compile(source.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def escaped(text: str) -> str:
    """Text that typst prints as it is."""
    return "".join(_SPECIAL.get(character, character) for character in text)
