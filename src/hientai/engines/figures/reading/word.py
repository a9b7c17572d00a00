"""Word documents into paragraphs ("đoạn 3") and tables ("bảng 2"), in the order of the page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import LxmlError

from hientai.engines.errors import BadInput
from hientai.engines.figures.draft import Paragraph, Table, clean
from hientai.engines.figures.reading.limits import MOST_CELLS, MOST_PASSAGES, check_package
from hientai.engines.figures.reading.plain import pieces_of
from hientai.engines.wording import say


def open_word(path: Path) -> Any:
    """The document as python-docx gives it. Raises BadInput when it is broken, encrypted, too large or no
    docx."""
    check_package(path, "docx", "word/document.xml")
    try:
        return Document(str(path))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        LxmlError,
        OSError,
        AttributeError,
    ) as error:
        raise BadInput("broken", say("Tệp hỏng hoặc không phải {kind}", kind="docx"), path.name) from error


def read_word(path: Path) -> tuple[Paragraph | Table, ...]:
    """Paragraphs and tables; empty paragraphs are counted (their numbers stay those of the page) but left
    out."""
    return tuple(_blocks(open_word(path)))


def _blocks(document: Any) -> Iterator[Paragraph | Table]:
    paragraphs = tables = 0
    for block in document.iter_inner_content():
        if isinstance(block, WordParagraph):
            paragraphs += 1
            if paragraphs > MOST_PASSAGES:
                raise BadInput("too_large", say("Văn bản có quá nhiều đoạn"))
            offset = 0
            for piece in pieces_of(clean(block.text)):
                if piece.strip():
                    yield Paragraph(piece, f"đoạn {paragraphs}", paragraphs - 1, offset)
                offset += len(piece)
        elif isinstance(block, WordTable):
            tables += 1
            yield from _table(block, tables)


def _table(block: WordTable, number: int) -> Iterable[Table]:
    rows: list[tuple[str, ...]] = []
    cells = 0
    for row in block.rows:
        texts = _row(row)
        cells += len(texts)
        if cells > MOST_CELLS:
            raise BadInput("too_large", say("Bảng quá lớn"))
        rows.append(texts)
    width = max((len(row) for row in rows), default=0)
    if width:
        padded = tuple(row + ("",) * (width - len(row)) for row in rows)
        yield Table(padded, f"bảng {number}", source=number - 1)


def _row(row: Any) -> tuple[str, ...]:
    """Texts of a row by grid column; a cell merged across columns or rows is said once, where it starts."""
    texts: list[str] = [""] * int(row.grid_cols_before)
    for element in row._tr.tc_lst:
        text = clean(
            " ".join(
                "".join(node.text or "" for node in p.iter() if node.tag.endswith("}t"))
                for p in element.p_lst
            )
        )
        continued = element.vMerge == "continue"
        texts.extend(["" if continued else text, *[_carried(text)] * (int(element.grid_span) - 1)])
    return tuple(texts)


def _carried(text: str) -> str:
    """A heading across columns belongs to each of them; a number does not."""
    return "" if any(character.isdigit() for character in text) else text
