"""The marks that our own template carries: a hidden row of field keys over the headings, and its version."""

from __future__ import annotations

from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.layout import TableArea
from hientai.engines.worksheet.sheet import Sheet

KEY_PREFIX = "hientai."
LISTS_SHEET = "_danh_muc"
VERSION_PROPERTY = "hientai_template"
VERSION = "1"
_ROWS_ABOVE = 4
_FEWEST = 3


def machine_keys_over(sheet: Sheet, area: TableArea) -> dict[int, str]:
    """Column -> field, from a row of keys up to four rows above the headings; empty where there is none."""
    top = area.header_rows[0]
    for row in range(max(0, top - _ROWS_ABOVE), top):
        keys = {
            column: value.removeprefix(KEY_PREFIX)
            for column, value in enumerate(sheet.rows[row])
            if isinstance(value, str) and value.startswith(KEY_PREFIX)
        }
        known = {column: key for column, key in keys.items() if key in vocabulary.fields()}
        if len(known) >= _FEWEST:
            return known
    return {}
