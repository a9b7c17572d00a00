"""Draws the tables of a report on a page."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hientai.foundation.documents.report import Cell, GroupLine, Line, Picture, ReportTable, cell_text

register = template.Library()
_CLASS = {"l": "", "c": ' class="mid"', "r": ' class="number"'}
_ROOMY = 2  # from this weight on a column asks for room on the screen


@register.filter
def table_head(table: ReportTable) -> SafeString:
    """One or two rows of header cells."""
    header = [*([_("STT")] if table.numbered else []), *table.header]
    wide = [*([""] if table.numbered else []), *("roomy" if w >= _ROOMY else "mid" for w in table.weights)]
    above = [*([""] if table.numbered else []), *table.above] if any(table.above) else []
    if not above:
        return format_html(
            "<tr>{}</tr>", _heads((text, 1, 1, roomy) for text, roomy in zip(header, wide, strict=True))
        )
    upper: list[list[object]] = []
    for place, (text, over) in enumerate(zip(header, above, strict=True)):
        if over and place and above[place - 1] == over:
            upper[-1][1] = int(str(upper[-1][1])) + 1
        else:
            upper.append([over or text, 1, 1 if over else 2, "mid" if over else wide[place]])
    lower = [(text, 1, 1, roomy) for text, over, roomy in zip(header, above, wide, strict=True) if over]
    return format_html("<tr>{}</tr><tr>{}</tr>", _heads(map(tuple, upper)), _heads(lower))


def _heads(cells: object) -> SafeString:
    return format_html_join("", '<th scope="col" colspan="{1}" rowspan="{2}" class="{3}">{0}</th>', cells)  # type: ignore[arg-type]


@register.filter
def table_body(table: ReportTable, lines: Sequence[Line | GroupLine]) -> SafeString:
    """The given lines of the table; a group line reaches over all columns."""
    made, number = [], table.first - 1
    for line in lines:
        if isinstance(line, GroupLine):
            width = len(table.header) + table.numbered
            made.append(
                format_html(
                    '<tr class="heads"><th scope="rowgroup" colspan="{}">{}</th></tr>', width, line.text
                )
            )
            continue
        number += 1
        first = format_html('<td class="number">{}</td>', number) if table.numbered else ""
        made.append(format_html("<tr>{}{}</tr>", first, _cells(table, line)))
    return mark_safe("".join(made))


def _cells(table: ReportTable, line: Line) -> SafeString:
    parts = []
    for place, (value, side) in enumerate(zip(line, table.aligned, strict=True)):
        if place == 0:
            parts.append(format_html('<th scope="row">{}</th>', _shown(value)))
        else:
            parts.append(format_html("<td{}>{}</td>", mark_safe(_CLASS[side]), _shown(value)))
    return mark_safe("".join(parts))


def _shown(value: Cell) -> SafeString | str:
    if isinstance(value, Picture):
        inside = base64.b64encode(value.content).decode()
        return format_html(
            '<img class="portrait" alt="" width="54" src="data:{};base64,{}">', value.content_type, inside
        )
    lines = cell_text(value).split("\n")
    return (
        lines[0] if len(lines) == 1 else format_html_join(mark_safe("<br>"), "{}", ((one,) for one in lines))
    )
