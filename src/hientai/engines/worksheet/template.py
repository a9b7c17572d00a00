"""Writes the workbook that offices fill in: drop-down lists, hints, text columns, hidden keys."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.machine_keys import KEY_PREFIX, LISTS_SHEET, VERSION, VERSION_PROPERTY
from hientai.engines.worksheet.sheet import column_letters

_SHEET = "Danh sách"
_KEY_ROW, _HEADING_ROW, _FIRST_ROW = 3, 4, 5
_BLANK_ROWS = 500
_LONGEST_HINT = 255
_LINE_HEIGHT = 15  # points
_PRINTED_WIDTH = (
    160  # of columns side by side on one page, in the units of Excel's widths: letters at about 90 %
)
DEFAULT_FIELDS = (
    "name",
    "other_name",
    "born",
    "sex",
    "identity",
    "phone",
    "email",
    "ethnicity",
    "religion",
    "home_place",
    "residence",
    "block",
    "unit",
    "title",
    "party_title",
    "appointed_on",
    "recruited_on",
    "party_joined",
    "party_official",
    "education_general",
    "professional",
    "professional_field",
    "political_theory",
    "state_management",
    "language",
    "it",
    "grade",
    "step",
    "coefficient",
    "note",
)
_HINTS: dict[str, Sentence] = {
    "name": say("Họ và tên đầy đủ, có dấu."),
    "born": say("Ngày/tháng/năm, ví dụ 05/03/1980. Chỉ biết năm thì ghi năm."),
    "identity": say("12 chữ số của căn cước hoặc 9 chữ số của CMND; ô đã đặt dạng chữ nên không mất số 0."),
    "unit": say("Chọn khối trước, rồi chọn đơn vị trong danh sách."),
    "title": say("Chỉ ghi chức vụ; đơn vị ghi ở cột đơn vị."),
}
_DAY_HINT = say("Ngày/tháng/năm, ví dụ 05/03/1980.")
_REQUIRED = ("name", "born", "sex")


@dataclass(frozen=True)
class TemplateRow:
    """A row to prefill. key: what the program knows the row by, in a hidden column; values: field -> text."""

    key: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class TemplateContents:
    """What the template offers.

    office: named in the title; as_of: text of the day the list is to speak of; units: block -> its units, for
    the dependent list; lists: field -> choices, in addition to the code lists; rows: people already known.
    """

    office: str = ""
    as_of: str = ""
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fields: Sequence[str] = DEFAULT_FIELDS
    rows: Sequence[TemplateRow] = ()


def template_workbook(contents: TemplateContents) -> bytes:
    """The template as xlsx. `propose` reads it by its hidden keys whatever its headings are changed to."""
    import xlsxwriter  # loaded where it is used: workers that only show pages do without

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": str(say("Mẫu danh sách cán bộ")), "comments": f"{VERSION_PROPERTY} {VERSION}"}
    )
    book.set_custom_property(VERSION_PROPERTY, VERSION)
    page = book.add_worksheet(_SHEET)
    names = _write_lists(book, contents)
    keys = ("row_key", *contents.fields)
    _write_head(book, page, contents, keys)
    text = book.add_format({"num_format": "@", "text_wrap": False})
    filled = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    last = _FIRST_ROW + max(len(contents.rows), 1) + _BLANK_ROWS
    for column, key in enumerate(keys):
        page.set_column(column, column, _width(key), text, {"hidden": key == "row_key"})
        rule = _validation(key, keys, names, contents)
        if rule:
            page.data_validation(_FIRST_ROW, column, last, column, rule)
    for offset, row in enumerate(contents.rows):
        lines = max((-(-len(text) // (_width(key) - 1)) for key, text in row.values.items()), default=1)
        page.set_row(_FIRST_ROW + offset, _LINE_HEIGHT * lines)
        for column, key in enumerate(keys):
            value = row.key if key == "row_key" else row.values.get(key, "")
            if value:
                page.write_string(_FIRST_ROW + offset, column, value, filled)
            elif column:
                page.write_blank(_FIRST_ROW + offset, column, None, filled)
    page.freeze_panes(_FIRST_ROW, 2)
    _set_print(page, keys)
    book.close()
    return stream.getvalue()


def _set_print(page: Any, keys: Sequence[str]) -> None:
    """A4 across, as many pages side by side as letters of readable size need, names and headings on each of them."""
    width = sum(_width(key) for key in keys if key != "row_key")
    pages = max(1, -(-(width - _width("name")) // (_PRINTED_WIDTH - _width("name"))))
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(pages, 0)
    page.repeat_rows(_HEADING_ROW)
    page.repeat_columns(1)
    page.set_footer("&C" + str(say("Trang &P/&N")))


def _write_head(book: Any, page: Any, contents: TemplateContents, keys: Sequence[str]) -> None:
    page.write_string(0, 1, contents.office.upper(), book.add_format({"bold": True}))
    page.write_string(
        1, 1, str(say("DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC")), book.add_format({"bold": True})
    )
    if contents.as_of:
        page.write_string(2, 1, str(say("(Tính đến ngày {day})", day=contents.as_of)))
    heading = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF7"}
    )
    required = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#FBE3D6"}
    )
    for column, key in enumerate(keys):
        page.write_string(_KEY_ROW, column, f"{KEY_PREFIX}{key}")
        label = vocabulary.fields()[key].label
        page.write_string(_HEADING_ROW, column, label, required if key in _REQUIRED else heading)
    page.set_row(_KEY_ROW, None, None, {"hidden": True})


def _write_lists(book: Any, contents: TemplateContents) -> dict[str, str]:
    """Writes the choices to a hidden sheet; field -> defined name. Blocks' units are named DV_1, DV_2, ..."""
    page = book.add_worksheet(LISTS_SHEET)
    page.very_hidden()
    names: dict[str, str] = {}
    column = 0

    def add(name: str, choices: Sequence[str]) -> None:
        nonlocal column
        for row, choice in enumerate(choices):
            page.write_string(row, column, choice)
        letters = column_letters(column)
        book.define_name(name, f"='{LISTS_SHEET}'!${letters}$1:${letters}${max(1, len(choices))}")
        column += 1

    for key, choices in _choices(contents).items():
        names[key] = f"DM_{key.upper()}"
        add(names[key], choices)
    for number, units in enumerate(contents.units.values(), start=1):
        add(f"DV_{number}", units)
    return names


def _choices(contents: TemplateContents) -> dict[str, Sequence[str]]:
    lists: dict[str, Sequence[str]] = {"sex": ("Nam", "Nữ")}
    for key in contents.fields:
        code_list = vocabulary.fields()[key].code_list
        if code_list:
            lists[key] = [code.label for code in vocabulary.code_lists()[code_list]]
    if contents.units:
        lists["block"] = list(contents.units)
    lists.update({key: choices for key, choices in contents.lists.items() if choices})
    return {key: choices for key, choices in lists.items() if key in contents.fields}


def _validation(
    key: str, keys: Sequence[str], names: Mapping[str, str], contents: TemplateContents
) -> dict[str, Any] | None:
    reads = vocabulary.fields()[key].reads
    hint = _HINTS.get(key) or (_DAY_HINT if reads == "day" else None)
    rule: dict[str, Any] = {"validate": "any"}
    if key in names:
        rule = {"validate": "list", "source": f"={names[key]}", "error_type": "warning"}
    elif key == "unit" and contents.units and "block" in keys:
        block = f"${column_letters(list(keys).index('block'))}{_FIRST_ROW + 1}"
        source = f'=INDIRECT("DV_"&MATCH({block},DM_BLOCK,0))'
        rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
    elif key == "identity":
        cell = f"{column_letters(list(keys).index(key))}{_FIRST_ROW + 1}"
        rule = {"validate": "custom", "value": f"=OR(LEN({cell})=12,LEN({cell})=9)", "error_type": "warning"}
    elif hint is None:
        return None
    if rule["validate"] != "any":
        rule["error_title"] = str(say("Kiểm tra lại"))
        rule["error_message"] = str(say("Giá trị không có trong danh mục hoặc không đúng dạng."))
    if hint:
        rule["input_title"] = vocabulary.fields()[key].label[:32]
        rule["input_message"] = str(hint)[:_LONGEST_HINT]
    return rule


_WIDTHS = {
    "name": 26, "unit": 28, "title": 26, "party_title": 20, "home_place": 24, "residence": 24, "note": 24, "email": 24,
    "born": 12, "sex": 8, "phone": 13, "ethnicity": 11, "religion": 11, "step": 7, "coefficient": 8,
    "appointed_on": 12, "recruited_on": 12, "party_joined": 12, "party_official": 12,
}  # fmt: skip


def _width(key: str) -> int:
    return _WIDTHS.get(key, 15)
