"""Lists: one declaration of columns for the page and for the workbook, so that a list exports exactly itself."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class List(tables.Table):  # type: ignore[misc]  # django-tables2 is not typed
    """Base of all lists. Order is decided by selectors, over the whole list and not over one page."""

    class Meta:
        orderable = False
        template_name = "tables/table.html"

    def body(self) -> SafeString:
        """The rows as HTML, escaped; written here because a template that asks every cell is ten times slower."""
        shapes = [(column.name, *_tags(column)) for column in self.columns]
        lines = [
            "<tr>"
            + "".join(f"{begin}{conditional_escape(row.get_cell(name))}{end}" for name, begin, end in shapes)
            + "</tr>"
            for row in self.paginated_rows
        ]
        return mark_safe("".join(lines))

    def sheet(self) -> tuple[list[str], list[list[Any]]]:
        """Header and plain values of every row, for a workbook."""
        header, *lines = self.as_values()
        return [str(name) for name in header], [list(line) for line in lines]


def _tags(column: Any) -> tuple[str, str]:
    if column.attrs.get("row_header"):
        return '<th scope="row">', "</th>"
    said = column.attrs["td"].as_html()
    return (f"<td {said}>" if said else "<td>"), "</td>"
