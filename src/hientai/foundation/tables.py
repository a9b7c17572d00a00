"""Lists: one declaration of columns for the page and for the workbook, so that a list exports exactly itself."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables


class List(tables.Table):  # type: ignore[misc]  # django-tables2 is not typed
    """Base of all lists. Order is decided by selectors, over the whole list and not over one page."""

    class Meta:
        orderable = False
        template_name = "tables/table.html"

    def sheet(self) -> tuple[list[str], list[list[Any]]]:
        """Header and plain values of every row, for a workbook."""
        header, *lines = self.as_values()
        return [str(name) for name in header], [list(line) for line in lines]


def number_column(label: Any, **more: Any) -> tables.Column:
    """A right-aligned column of numbers."""
    return tables.Column(
        verbose_name=label, attrs={"td": {"class": "number"}, "th": {"class": "number"}}, **more
    )
