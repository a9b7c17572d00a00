"""Plain text into paragraphs and tables: joins hard-wrapped lines, recognises rows drawn with tabs or
bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.figures.draft import Draft, Paragraph, Table, clean
from hientai.engines.figures.groups import bullet_of
from hientai.engines.figures.reading.limits import LONGEST_PASSAGE, MOST_PASSAGES, bytes_of
from hientai.engines.wording import say

_WRAPPED_FROM = 55
_LONGEST_PIECE = 8_000


def read_text(path: Path) -> tuple[Paragraph | Table, ...]:
    """The blocks of a UTF-8 (or UTF-16 with a mark) text file. Raises BadInput for other encodings and binary
    files."""
    raw = bytes_of(path)
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            raise BadInput(
                "not_text", say("Tệp không phải văn bản UTF-8; hãy lưu lại với mã UTF-8"), path.name
            ) from error
    if "\x00" in text:
        raise BadInput("not_text", say("Tệp không phải văn bản UTF-8; hãy lưu lại với mã UTF-8"), path.name)
    return tuple(blocks_of(text))


def draft_of(text: str, name: str = "") -> Draft:
    """A draft from plain text: one paragraph a line, tables drawn with tabs or bars recognised."""
    return Draft(tuple(blocks_of(text)), name)


def blocks_of(text: str, first: int = 1, prefix: str = "") -> Iterable[Paragraph | Table]:
    """Paragraphs named "dòng 12" and tables, from text. first: number of the first line; prefix: "trang 2,
    "."""
    lines = re.split(r"\r\n|\r|\n|\f|\u2028|\u2029", text)
    if len(lines) > MOST_PASSAGES:
        raise BadInput("too_large", say("Văn bản có quá nhiều dòng"))
    position = tables = 0
    while position < len(lines):
        rows = _rows_from(lines, position)
        if len(rows) > 1:
            tables += 1
            width = max(len(row) for row in rows)
            cells = tuple(tuple(clean(cell) for cell in row) + ("",) * (width - len(row)) for row in rows)
            yield Table(cells, f"{prefix}bảng từ dòng {first + position}", source=position)
            position += len(rows)
            continue
        joined, taken = _joined(lines, position)
        for piece in pieces_of(clean(joined)):
            if piece.strip():
                yield Paragraph(piece, f"{prefix}dòng {first + position}", position)
        position += taken


def _rows_from(lines: Sequence[str], start: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines[start:]:
        if line.count("\t") >= 2 and line.strip():
            rows.append([cell.strip() for cell in line.split("\t")])
        elif line.strip().startswith("|") and line.strip().endswith("|") and line.count("|") >= 3:
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        else:
            break
        if len(rows) > 5_000:
            break
    return rows


def _joined(lines: Sequence[str], start: int) -> tuple[str, int]:
    """One paragraph and how many lines it takes: a long line without a stop goes on in a line that starts
    small."""
    text, taken = lines[start].rstrip(), 1
    while start + taken < len(lines) and len(text) < _LONGEST_PIECE:
        last, following = lines[start + taken - 1].rstrip(), lines[start + taken].strip()
        if (
            len(last) < _WRAPPED_FROM
            or len(last) > 160
            or not following
            or bullet_of(following)
            or "\t" in following
        ):
            break
        goes_on = (
            following[0].islower() or following[0] in "(%" or (following[0].isdigit() and last[-1:].isalpha())
        )
        if last[-1:] in ".:;!?" or not goes_on:
            break
        text += " " + following
        taken += 1
    return text, taken


def pieces_of(text: str) -> list[str]:
    """A paragraph of reasonable length: longer ones are cut after a sentence, or anywhere when there is
    none."""
    text = text[:LONGEST_PASSAGE]
    pieces = []
    while len(text) > _LONGEST_PIECE:
        cut = text.rfind(". ", _LONGEST_PIECE // 2, _LONGEST_PIECE)
        cut = cut + 2 if cut > 0 else _LONGEST_PIECE
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]
