"""Turns the sentences of a plan into the reader's language without Django, so that `rotate` starts at once."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path

from hientai.engines.wording import Sentence

_CATALOGUES = Path(__file__).resolve().parents[2] / "locale"

Translate = Callable[[str], str]


def translator(language: str) -> Translate:
    """The translation of Vietnamese templates into "vi" or "en"; a text without translation stays Vietnamese."""
    if language == "vi":
        return str
    return gettext.translation("django", _CATALOGUES, [language], fallback=True).gettext


def spoken(cell: Sentence | str, translate: Translate) -> str:
    """A cell as text, beginning with a capital when it is a sentence of ours (an id stays as it is)."""
    if isinstance(cell, str):
        return cell
    text = cell.render(translate)
    return text[:1].upper() + text[1:]
