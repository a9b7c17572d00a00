"""A report as plain text that an officer can read: for the command line and for comparing versions line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from hientai.foundation.documents.report import GroupLine, Report, ReportTable, cell_text, day_line


def write_text(report: Report) -> str:
    """Head, title, tables in columns, notes; nothing of layout."""
    head = [line for line in (report.superior, report.agency, report.banner) if line]
    lines = [*head, "", report.title.upper(), report.subtitle, day_line(report), "", *report.opening]
    for table in report.tables:
        lines += ["", table.caption, *_table(table), table.note]
    return "\n".join([*lines, "", *report.notes]).rstrip() + "\n"


def _table(table: ReportTable) -> list[str]:
    over = [f"{up} / {text}" if up else text for up, text in _paired(table)]
    rows = [list(over)]
    rows += [[cell_text(v) for v in line] for line in table.lines if not isinstance(line, GroupLine)]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(over))]
    rule = "-+-".join("-" * width for width in widths)
    made, numbered = [_joined(over, widths, "l" * len(over)), rule], iter(rows[1:])
    for line in table.lines:
        if isinstance(line, GroupLine):
            made.append(f"[{line.text}]")
        else:
            made.append(_joined(next(numbered), widths, table.aligned))
    return made


def _paired(table: ReportTable) -> list[tuple[str, str]]:
    above = table.above or [""] * len(table.header)
    return list(zip(above, table.header, strict=True))


def _joined(cells: Sequence[str], widths: Sequence[int], align: str) -> str:
    padded = [
        cell.replace("\n", " ") + " " * (width - _width(cell))
        if side == "l"
        else " " * (width - _width(cell)) + cell.replace("\n", " ")
        for cell, width, side in zip(cells, widths, align, strict=True)
    ]
    return " | ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(not unicodedata.combining(character) for character in text)
