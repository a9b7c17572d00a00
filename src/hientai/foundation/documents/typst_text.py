"""Small typst sources written in place: text that prints as it is, and the PDF of a source without files."""

from __future__ import annotations

from hientai.foundation.documents.typeset import compiled

_SPECIAL = {character: "\\" + character for character in "\\#*_`$<>@[]=-+/~'\""}


def pdf_of(source: str) -> bytes:
    """The PDF of a typst source that names no other file."""
    return compiled(source.encode(), {})


def escaped(text: str) -> str:
    """Text that typst prints as it is."""
    return "".join(_SPECIAL.get(character, character) for character in text)
