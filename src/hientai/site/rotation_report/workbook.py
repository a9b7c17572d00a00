"""Writes a rotation plan as an Excel workbook: a summary sheet and one sheet a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result
from hientai.engines.wording import say
from hientai.site.rotation_report.rows import Table, lead, summary, tables
from hientai.site.rotation_report.speaking import Translate, spoken

LONGEST_TITLE = 31  # of a sheet, in Excel
WIDEST = 70


def write(path: Path, problem: Problem, result: Result, translate: Translate = str) -> None:
    """Writes `path`. Cells are plain values: nothing in an id can become a formula."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        framed = {"border": 1, "valign": "top", "text_wrap": True}
        formats = {
            "bold": book.add_format({"bold": True}),
            "head": book.add_format({**framed, "bold": True, "bg_color": "#DCE6F1"}),
            "cell": book.add_format(framed),
            "tight": book.add_format({**framed, "bg_color": "#FFF3D6"}),
            "free": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _write_summary(book, formats, problem, result, translate)
        for table in tables(problem, result):
            _write_table(book, formats, table, translate)


def _write_summary(
    book: Any, formats: dict[str, Any], problem: Problem, result: Result, translate: Translate
) -> None:
    sheet = book.add_worksheet(spoken(say("Tóm tắt"), translate))
    _print_on_one_width(sheet, landscape=False)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, spoken(say("Phương án luân chuyển"), translate), formats["bold"])
    words = " ".join(spoken(sentence, translate) for sentence in lead(result))
    sheet.merge_range(1, 0, 1, 1, words, formats["free"])
    sheet.set_row(1, 32)
    for row, (label, value) in enumerate(summary(problem, result), 3):
        sheet.write_string(row, 0, spoken(label, translate), formats["cell"])
        sheet.write_string(row, 1, spoken(value, translate), formats["cell"])


def _write_table(book: Any, formats: dict[str, Any], table: Table, translate: Translate) -> None:
    title = spoken(table.title, translate)
    sheet = book.add_worksheet(title[:LONGEST_TITLE])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _print_on_one_width(sheet, landscape=len(table.heads) > 4)
    sheet.set_header(f"&L{title}&R&P / &N")
    rows = [
        [value if isinstance(value, int | float) else spoken(value, translate) for value in values]
        for values in table.rows
    ]
    for column, head in enumerate(table.heads):
        text = spoken(head, translate)
        longest = max([len(text), *(len(str(values[column])) for values in rows[:500])])
        sheet.set_column(column, column, min(WIDEST, longest + 4))
        sheet.write_string(0, column, text, formats["head"])
    for row, (values, plain) in enumerate(zip(rows, table.rows, strict=True), 1):
        style = formats["tight" if table.is_tight(plain) else "cell"]
        for column, value in enumerate(values):
            write_cell = sheet.write_string if isinstance(value, str) else sheet.write_number
            write_cell(row, column, value, style)
    if table.note:
        sheet.write_string(len(table.rows) + 2, 0, spoken(table.note, translate))
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _print_on_one_width(sheet: Any, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if landscape:
        sheet.set_landscape()
