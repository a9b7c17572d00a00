"""A form that somebody filled in (Word or Excel), as lines of text and tables in the order of the page.

Only text is taken. Whatever could do harm is refused before: a Word file by `incoming.inspect`, a workbook by the
engine `worksheet`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.vitext import nfc
from hientai.engines.wording import say
from hientai.engines.worksheet import Limits, read_workbook
from hientai.foundation.documents.incoming import inspect

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 3000
LONGEST_LINE = 4000
_ITEM = re.compile(r"\d{1,2}(\.\d)?\s*\)")
GAP = "    "  # between two cells of one line: as wide as the gaps people type


@dataclass(frozen=True)
class Line:
    """One paragraph, or one row of cells outside a table."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, the heading among them."""

    rows: tuple[tuple[str, ...], ...]


Block = Line | Grid


def read_filled(content: bytes, name: str) -> list[Block]:
    """The lines and tables of a filled form. Raises BadInput with the reason for a file that is not taken."""
    if len(content) > MOST_BYTES:
        raise BadInput("too_large", say("Tệp vượt mức {most} MB.", most=MOST_BYTES // 1024 // 1024), "file")
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        return _capped(_of_workbook(content))
    if suffix != ".docx":
        raise BadInput(
            "unknown_kind",
            say("Chỉ nhận bản khai Word (.docx) hoặc Excel (.xlsx); hãy lưu lại đúng loại."),
            "file",
        )
    inspect(content, name)
    return _capped(_of_word(content))


def _capped(blocks: Iterator[Block]) -> list[Block]:
    found: list[Block] = []
    lines = 0
    for block in blocks:
        lines += len(block.rows) if isinstance(block, Grid) else 1
        if lines > MOST_LINES:
            raise BadInput("too_long", say("Bản khai quá dài; đây có phải là sơ yếu lý lịch không?"), "file")
        found.append(block)
    return found


def _of_word(content: bytes) -> Iterator[Block]:
    from docx import Document

    try:
        body = Document(io.BytesIO(content)).element.body
        yield from _of_element(body)
    except (KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise BadInput("damaged", say("Tệp Word hỏng, không đọc được."), "file") from error


def _of_element(element: Any) -> Iterator[Block]:
    for child in element:
        kind = str(child.tag).rpartition("}")[2]
        if kind == "p":
            yield from _lines(_text(child))
        elif kind == "tbl":
            yield Grid(tuple(_row(row) for row in child.iterchildren("{*}tr")))
        elif kind in ("sdt", "sdtContent"):
            yield from _of_element(child)


def _row(row: Any) -> tuple[str, ...]:
    return tuple(
        "\n".join(filter(None, (_text(p).strip() for p in cell.iter("{*}p"))))
        for cell in row.iterchildren("{*}tc")
    )


def _text(paragraph: Any) -> str:
    parts = []
    for node in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr"):
        kind = str(node.tag).rpartition("}")[2]
        parts.append(node.text or "" if kind == "t" else GAP if kind == "tab" else "\n")
    return nfc("".join(parts))[:LONGEST_LINE]


def _lines(text: str) -> Iterator[Line]:
    for line in text.split("\n"):
        if line.strip():
            yield Line(line)


def _of_workbook(content: bytes) -> Iterator[Block]:
    for sheet in read_workbook(content, Limits()).sheets:
        table: list[tuple[str, ...]] = []
        for row in sheet.rows:
            cells = tuple(nfc(str(cell)).strip()[:LONGEST_LINE] for cell in row)
            if sum(map(bool, cells)) >= 2 and not _is_labelled(cells):
                table.append(cells)
                continue
            yield from _table(table)
            table = []
            if any(cells):
                yield from _lines(_joined(cells))
        yield from _table(table)


def _is_labelled(cells: Sequence[str]) -> bool:
    """Whether the row says "label: value" rather than being a row of a table."""
    first = next(cell for cell in cells if cell)
    return ":" in first or _ITEM.match(first) is not None


def _joined(cells: Sequence[str]) -> str:
    """The cells of a row as one line; a label that stands alone in its cell gets its colon."""
    said = [cell for cell in cells if cell]
    if len(said) == 2 and ":" not in said[0]:
        return f"{said[0]}: {said[1]}"
    return GAP.join(said)


def _table(rows: list[tuple[str, ...]]) -> Iterator[Block]:
    if rows:
        filled = [
            place for place in range(max(map(len, rows))) if any(len(r) > place and r[place] for r in rows)
        ]
        yield Grid(tuple(tuple(row[place] if place < len(row) else "" for place in filled) for row in rows))
