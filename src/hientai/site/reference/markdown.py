"""Pieces of Markdown: a table whose cells may hold anything, a code span, the first sentence of a docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A pipe table; empty cells for None. A table without rows says so instead."""
    lines = [" | ".join(_cell(value) for value in row) for row in rows]
    if not lines:
        return "None."
    head = f"| {' | '.join(header)} |\n|{'---|' * len(header)}"
    return "\n".join([head, *(f"| {line} |" for line in lines)])


def code(text: object) -> str:
    """A code span; empty text stays empty."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Code spans with commas."""
    return ", ".join(code(text) for text in texts)


def first_sentence(documented: Any) -> str:
    """The first paragraph of a docstring, in one line, up to its first full stop."""
    paragraph = (inspect.getdoc(documented) or "").split("\n\n")[0]
    line = " ".join(paragraph.split())
    return re.split(r"(?<=\.)\s(?=[A-ZĐ])", line)[0]


def where(thing: Any) -> str:
    """`package.module.name` of a class or function, without the product's name."""
    return f"{thing.__module__}.{thing.__qualname__}".removeprefix("hientai.")


def _cell(value: Any) -> str:
    if value is None or value is False:
        return ""
    text = "yes" if value is True else str(value)
    return " ".join(text.split()).replace("|", "\\|")
