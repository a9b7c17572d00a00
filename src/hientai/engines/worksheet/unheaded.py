"""A list pasted or saved without its headings: recognised by what its columns hold, or not at all."""

from __future__ import annotations

from hientai.engines.worksheet.content import describe, sampled_rows
from hientai.engines.worksheet.layout import TableArea
from hientai.engines.worksheet.letters import CellText
from hientai.engines.worksheet.sheet import Sheet

_FEWEST_ROWS = 3


def find_unheaded_table(sheet: Sheet, text: CellText) -> TableArea | None:
    """The whole sheet as one table when one column holds names, one days and one identity numbers or sexes.

    The paths are headings put in by us in place of the missing ones. header_rows is (-1, -1).
    """
    rows = sampled_rows(sheet, 0, len(sheet.rows))
    if len(rows) < _FEWEST_ROWS:
        return None
    width = min(60, max(len(sheet.rows[row]) for row in rows))
    names, days, identities, sexes, ethnicities = [], [], [], [], []
    for column in range(width):
        content = describe(sheet, text, rows, column)
        if content.filled * 2 < len(rows):
            continue
        if content.names >= 0.9 and content.ethnicities < 0.5 and content.sexes < 0.5:
            names.append(column)
        elif content.days >= 0.9:
            days.append(column)
        elif content.twelve_digits >= 0.5 and content.identities >= 0.9:
            identities.append(column)
        elif content.sexes >= 0.9:
            sexes.append(column)
        elif content.ethnicities >= 0.9:
            ethnicities.append(column)
    if not names or len(days) != 1 or len(identities) > 1 or len(sexes) > 1 or not identities + sexes:
        return None
    paths: dict[int, tuple[str, ...]] = {names[0]: ("Họ và tên",), days[0]: ("Ngày sinh",)}
    if min(names[0], days[0]) != names[0]:
        return None
    for columns, heading in ((identities, "Số CCCD"), (sexes, "Giới tính"), (ethnicities, "Dân tộc")):
        if len(columns) == 1:
            paths[columns[0]] = (heading,)
    return TableArea((-1, -1), 0, len(sheet.rows), min(paths), max(max(paths) + 1, width), paths)
