"""Lists: one declaration of columns for the page and for the workbook, so that a list exports exactly itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import django_tables2 as tables
from django.db.models import Model
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.utils import signature


class List(tables.Table):  # type: ignore[misc]  # django-tables2 is not typed
    """Base of all lists. Order is decided by selectors, over the whole list and not over one page."""

    class Meta:
        orderable = False
        template_name = "tables/table.html"

    def body(self) -> SafeString:
        """The rows as HTML, escaped; written here because a template that asks every cell is ten times slower."""
        shapes = [(_reader(column), *_tags(column)) for column in self.columns]
        lines = [
            "<tr>"
            + "".join(f"{begin}{conditional_escape(read(row))}{end}" for read, begin, end in shapes)
            + "</tr>"
            for row in self.paginated_rows
        ]
        return mark_safe("".join(lines))

    def sheet(self) -> tuple[list[str], list[list[Any]]]:
        """Header and plain values of every row, for a workbook."""
        header, *lines = self.as_values()
        return [str(name) for name in header], [list(line) for line in lines]


def _reader(column: Any) -> Callable[[Any], Any]:
    """What `row.get_cell` answers; what a renderer wants to be given is looked up once a column, not once a cell."""
    name, wanted = str(column.accessor), signature(column.render)[0]
    simple = (
        name.isidentifier() and "__" not in name and not column.link and set(wanted) <= {"value", "record"}
    )
    empty, default, render = column.column.empty_values, column.default, column.render

    def read(row: Any) -> Any:
        record = row.record
        value = getattr(record, name, None)
        if not simple or isinstance(record, Mapping | Model) or callable(value):
            return row.get_cell(column.name)
        if value in empty:
            return default
        given = {"value": value, "record": record}
        return render(**{argument: given[argument] for argument in wanted})

    return read


def _tags(column: Any) -> tuple[str, str]:
    if column.attrs.get("row_header"):
        return '<th scope="row">', "</th>"
    said = column.attrs["td"].as_html()
    return (f"<td {said}>" if said else "<td>"), "</td>"
