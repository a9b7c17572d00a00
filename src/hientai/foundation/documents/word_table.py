"""A table as WordprocessingML. Written as text: python-docx looks at every cell again for each one it adds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from lxml import etree

from hientai.foundation.documents.report import (
    NUMBER_WEIGHT,
    Cell,
    GroupLine,
    Picture,
    ReportTable,
    cell_text,
)

PICTURE_WIDTH = 18  # millimetres, a 3 x 4 portrait
_ALIGN = {"l": "left", "c": "center", "r": "right"}
_TWIPS = 56.7  # a millimetre
_EMU_A_TWIP = 635
SIDE = 57  # twips between the line of a cell and its text


def table_element(document: Any, table: ReportTable, width: float, size: int, number_label: str) -> Any:
    """The `w:tbl` of a table `width` millimetres wide with text of `size` points."""
    columns = _Columns(table, width, number_label)
    rows = [*_header(table, columns, size), *_body(document, table, columns, size)]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in columns.widths)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w", "r", "wp", "a", "pic")}><w:tblPr><w:tblW w:w="{sum(columns.widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{SIDE}" w:type="dxa"/><w:right w:w="{SIDE}" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


class _Columns:
    """Widths in twentieths of a point, header words and alignment, with the running number in front."""

    def __init__(self, table: ReportTable, width: float, number_label: str) -> None:
        first = (number_label,) if table.numbered else ()
        weights = [*([NUMBER_WEIGHT] if table.numbered else []), *table.weights]
        one = width * _TWIPS / sum(weights)
        self.widths = [int(one * weight) for weight in weights]
        self.header = [*first, *table.header]
        self.above = [*([""] if table.numbered else []), *table.above] if any(table.above) else []
        self.align = [*(["c"] if table.numbered else []), *table.aligned]


def _header(table: ReportTable, columns: _Columns, size: int) -> Iterator[str]:
    if columns.above:
        yield _row(_upper(columns, size), head=True)
        lower = [
            _cell(text if over else "", w, "c", size, bold=True, merge="" if over else "<w:vMerge/>")
            for text, over, w in zip(columns.header, columns.above, columns.widths, strict=True)
        ]
        yield _row(lower, head=True)
    else:
        yield _row(
            [_cell(t, w, "c", size, bold=True) for t, w in zip(columns.header, columns.widths, strict=True)],
            head=True,
        )
    if table.steps:
        yield _row(
            [_cell(f"({n})", w, "c", size - 2, italic=True) for n, w in enumerate(columns.widths, start=1)],
            head=True,
        )


def _upper(columns: _Columns, size: int) -> list[str]:
    """One cell for neighbours under the same words; a column without any reaches down over both rows."""
    cells, place = [], 0
    while place < len(columns.above):
        over, last = columns.above[place], place + 1
        while over and last < len(columns.above) and columns.above[last] == over:
            last += 1
        width = sum(columns.widths[place:last])
        merge = f'<w:gridSpan w:val="{last - place}"/>' if over else '<w:vMerge w:val="restart"/>'
        cells.append(_cell(over or columns.header[place], width, "c", size, bold=True, merge=merge))
        place = last
    return cells


def _body(document: Any, table: ReportTable, columns: _Columns, size: int) -> Iterator[str]:
    number = table.first - 1
    for line in table.lines:
        if isinstance(line, GroupLine):
            span = f'<w:gridSpan w:val="{len(columns.widths)}"/>'
            yield _row([_cell(line.text, sum(columns.widths), "l", size, bold=True, merge=span)], keep=True)
            continue
        number += 1
        values: list[Cell] = [number, *line] if table.numbered else list(line)
        yield _row([
            _picture(document, value, w) if isinstance(value, Picture) else _cell(cell_text(value), w, side, size)
            for value, w, side in zip(values, columns.widths, columns.align, strict=True)
        ])  # fmt: skip


def _row(cells: Sequence[str], *, head: bool = False, keep: bool = False) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    text = f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"
    return text.replace("<w:pPr>", "<w:pPr><w:keepNext/>") if keep else text


def _cell(
    text: str, width: int, side: str, size: int, *, bold: bool = False, italic: bool = False, merge: str = ""
) -> str:  # fmt: skip
    face = f'{"<w:b/>" if bold else ""}{"<w:i/>" if italic else ""}<w:sz w:val="{size * 2}"/>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_printable(line))}</w:t>' for line in text.split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{_ALIGN[side]}"/></w:pPr><w:r><w:rPr>{face}</w:rPr>{lines}</w:r></w:p></w:tc>'
    )


def _printable(text: str) -> str:
    """Control characters that XML cannot carry become spaces."""
    return "".join(c if c >= " " or c == "\t" else " " for c in text)


def _picture(document: Any, picture: Picture, width: int) -> str:
    shown = min(Mm(PICTURE_WIDTH), (width - 3 * SIDE) * _EMU_A_TWIP)
    inline = document.part.new_pic_inline(io.BytesIO(picture.content), width=shown)
    drawing = etree.tostring(inline, encoding="unicode")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:jc w:val="center"/></w:pPr><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p></w:tc>'
    )
