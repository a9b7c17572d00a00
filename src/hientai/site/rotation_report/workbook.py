"""Writes a rotation plan as an Excel workbook: a summary sheet and one sheet a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result
from hientai.site.rotation_report.rows import lead, summary, tables


def write(path: Path, problem: Problem, result: Result) -> None:
    """Writes `path`. Cells are plain values: nothing in an id can become a formula."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        head = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}
        )
        cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        tight = book.add_format({"border": 1, "valign": "top", "text_wrap": True, "bg_color": "#FFF3D6"})
        first = book.add_worksheet("Tóm tắt")
        _print_on_one_width(first, landscape=False)
        first.set_column(0, 0, 34)
        first.set_column(1, 1, 60)
        first.write_string(0, 0, "Phương án luân chuyển", bold)
        first.merge_range(1, 0, 1, 1, lead(result), book.add_format({"text_wrap": True, "valign": "top"}))
        first.set_row(1, 32)
        for row, (label, value) in enumerate(summary(problem, result), 3):
            first.write_string(row, 0, label, cell)
            first.write_string(row, 1, value, cell)
        for table in tables(problem, result):
            sheet = book.add_worksheet(table.title)
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            _print_on_one_width(sheet, landscape=len(table.heads) > 4)
            sheet.set_header(f"&L{table.title}&RTrang &P / &N")
            slack = next((k for k, text in enumerate(table.heads) if text.startswith("Còn dư")), -1)
            for column, text in enumerate(table.heads):
                longest = max([len(text), *(len(str(values[column])) for values in table.rows[:500])])
                sheet.set_column(column, column, min(70, longest + 4))
                sheet.write_string(0, column, text, head)
            for row, values in enumerate(table.rows, 1):
                style = tight if slack >= 0 and float(values[slack]) <= 0 else cell
                for column, value in enumerate(values):
                    sheet.write(row, column, value, style)
            if table.note:
                sheet.write_string(len(table.rows) + 2, 0, table.note)
            if table.rows:
                sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _print_on_one_width(sheet: Any, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if landscape:
        sheet.set_landscape()
