"""Writes a rotation plan as an Excel workbook: a summary sheet and one sheet a table."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result
from hientai.site.rotation_report.rows import summary, tables


def write(path: Path, problem: Problem, result: Result) -> None:
    """Writes `path`. Cells are plain values: nothing in an id can become a formula."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        head = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}
        )
        cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        first = book.add_worksheet("Tóm tắt")
        first.set_column(0, 0, 36)
        first.set_column(1, 1, 44)
        first.write_string(0, 0, "Phương án luân chuyển", bold)
        for row, (label, value) in enumerate(summary(problem, result), 2):
            first.write_string(row, 0, label, cell)
            first.write_string(row, 1, value, cell)
        for table in tables(problem, result):
            sheet = book.add_worksheet(table.title)
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            for column, text in enumerate(table.heads):
                longest = max([len(text), *(len(str(values[column])) for values in table.rows[:500])])
                sheet.set_column(column, column, min(70, longest + 2))
                sheet.write_string(0, column, text, head)
            for row, values in enumerate(table.rows, 1):
                for column, value in enumerate(values):
                    sheet.write(row, column, value, cell)
            if table.rows:
                sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
