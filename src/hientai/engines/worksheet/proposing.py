"""Proposes what the columns of every table hold, from headings, what was learned, and content."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace

from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.content import ColumnContent, describe, fullest_rows, sampled_rows, some_values
from hientai.engines.worksheet.headings import BY_START, guess_field, heading_key
from hientai.engines.worksheet.layout import TableArea, find_tables
from hientai.engines.worksheet.letters import CellText
from hientai.engines.worksheet.machine_keys import LISTS_SHEET, machine_keys_over
from hientai.engines.worksheet.mapping import SURE_ENOUGH, ColumnProposal, SavedMapping, TableProposal
from hientai.engines.worksheet.sheet import Sheet, Workbook
from hientai.engines.worksheet.telling import settle_birth_by_content
from hientai.engines.worksheet.titles import TitleLines, read_title_lines
from hientai.engines.worksheet.unheaded import find_unheaded_table

_NOTHING_SAVED = SavedMapping()
_BY_CONTENT = 0.7
_NAMES = frozenset(("name", "family_name", "given_name"))
_IDENTIFYING = frozenset(
    (
        "born",
        "born_male",
        "born_female",
        "born_year",
        "identity",
        "sex",
        "male_mark",
        "title",
        "title_unit",
        "unit",
        "ethnicity",
        "party_joined",
        "phone",
        "professional",
    )
)


def propose(workbook: Workbook, saved: SavedMapping = _NOTHING_SAVED) -> list[TableProposal]:
    """Every table of people in the workbook, in order of sheets and rows.

    saved: what the office taught before. Hidden sheets and sheets without such a table give nothing;
    `left_out` says which they are.
    """
    proposals: list[TableProposal] = []
    for index, sheet in enumerate(workbook.sheets):
        if sheet.hidden or sheet.name in saved.skip_sheets or not sheet.rows:
            continue
        text = CellText(sheet)
        areas = find_tables(sheet, text)
        if not areas:
            unheaded = find_unheaded_table(sheet, text)
            areas = [unheaded] if unheaded else []
        for position, area in enumerate(areas):
            above = areas[position - 1].end_row if position else 0
            for part in _side_by_side(area):
                table = _propose_table(sheet, index, text, part, saved, above)
                if table is not None:
                    proposals.append(table)
    return proposals


def left_out(workbook: Workbook, proposals: Iterable[TableProposal]) -> list[Sentence]:
    """Which sheets are not read at all, and why."""
    read = {table.sheet_index for table in proposals}
    notes: list[Sentence] = []
    for index, sheet in enumerate(workbook.sheets):
        if index in read or not sheet.rows or sheet.name == LISTS_SHEET:
            continue
        if sheet.hidden:
            notes.append(
                say("Trang tính {sheet} đang ẩn nên không được đọc; bỏ ẩn nếu cần nhập.", sheet=sheet.name)
            )
        else:
            notes.append(
                say(
                    "Trang tính {sheet} không được đọc: không thấy bảng có cột họ tên kèm ngày sinh, "
                    "số định danh hoặc chức vụ.",
                    sheet=sheet.name,
                )
            )
    return notes


def _side_by_side(area: TableArea) -> list[TableArea]:
    """A heading row that names people twice holds two tables side by side; each gets its own columns."""
    fields = {column: guess_field(path) for column, path in area.paths.items()}
    names = sorted(
        c for c, guess in fields.items() if guess and guess.field == "name" and guess.confidence >= BY_START
    )
    if len(names) < 2:
        return [area]
    starts: list[int] = []
    for name in names:
        before = fields.get(name - 1)
        starts.append(name - 1 if before and before.field == "ordinal" else name)
    ends = [*starts[1:], area.right]
    parts = [
        replace(area, left=start, right=end, paths={c: p for c, p in area.paths.items() if start <= c < end})
        for start, end in zip(starts, ends, strict=True)
    ]
    whole = all(
        any((guess := fields.get(c)) and guess.field in _IDENTIFYING for c in part.paths) for part in parts
    )
    return parts if whole else [area]


def _propose_table(
    sheet: Sheet, index: int, text: CellText, area: TableArea, saved: SavedMapping, above: int
) -> TableProposal | None:
    rows = sampled_rows(sheet, area.first_row, area.end_row)
    keys = machine_keys_over(sheet, area)
    contents = {c: describe(sheet, text, rows, c) for c in range(area.left, area.right)}
    columns = [
        ColumnProposal(c, heading_key(area.paths.get(c, ())), keys[c], 1.0)
        if c in keys
        else _propose_column(sheet, c, area.paths.get(c, ()), contents[c], saved)
        for c in range(area.left, area.right)
    ]
    columns = _settle_name(columns, contents)
    columns = _settle_birth(columns, contents)
    columns = _settle_identity(columns, contents)
    columns = _settle_by_content(columns, contents)
    columns = settle_birth_by_content(sheet, text, rows, columns, contents)
    columns = _without_rivals(columns, contents)
    read = {each.field for each in columns if each.is_read}
    has_name = "name" in read or {"family_name", "given_name"} <= read
    if not has_name or not read & _IDENTIFYING:
        return None
    headed = area.header_rows[0] >= 0
    full = fullest_rows(sheet, rows)
    title = read_title_lines(sheet, text, above, area.header_rows[0]) if headed else TitleLines()
    return TableProposal(
        sheet=sheet.name,
        sheet_index=index,
        header_rows=area.header_rows if headed else None,
        first_row=area.first_row,
        end_row=area.end_row,
        columns=tuple(
            replace(each, samples=some_values(sheet, text, full, each.column))
            for each in columns
            if each.heading or each.field or contents[each.column].filled
        ),
        repeated_headers=area.repeated_headers,
        as_of=title.as_of,
        unit=title.unit,
    )


def _propose_column(
    sheet: Sheet, column: int, path: tuple[str, ...], content: ColumnContent, saved: SavedMapping
) -> ColumnProposal:
    empty = ColumnProposal(column, heading_key(path))
    by_hand = saved.columns.get((sheet.name, empty.letters))
    if by_hand is not None:
        return replace(empty, field=by_hand, confidence=1.0 if by_hand else 0.0)
    if not path:
        return empty
    guess = guess_field(path, saved.headings)
    if guess is None:
        return empty
    proposed = replace(empty, field=guess.field, confidence=guess.confidence)
    if empty.heading in saved.headings:
        return proposed
    return _checked(proposed, content)


_EXPECTED: dict[str, Callable[[ColumnContent], float]] = {
    "born": lambda content: content.days + content.years,
    "day": lambda content: content.days + content.years,
    "identity": lambda content: content.identities,
    "sex": lambda content: content.sexes,
    "name": lambda content: content.names,
}


def _checked(proposed: ColumnProposal, content: ColumnContent) -> ColumnProposal:
    """Less trust in a heading when most cells under it are of another kind."""
    known = vocabulary.fields().get(proposed.field)
    expected = _EXPECTED.get(known.reads) if known else None
    if expected is None or content.filled < 3:
        return proposed
    share = expected(content)
    if share >= 0.5 or (share >= 0.2 and proposed.confidence >= 0.9):
        return proposed
    if (
        proposed.field in ("born", "born_male", "born_female")
        and content.marks + content.small_numbers >= 0.8
    ):
        return proposed  # settled with its neighbours
    if (
        proposed.confidence >= 0.9
        and known is not None
        and known.reads in ("born", "identity", "sex", "name")
    ):
        return replace(
            proposed,
            why=say(
                "Phần lớn ô dưới tiêu đề này không giống {field}; hãy kiểm tra cột.",
                field=Sentence(known.label),
            ),
        )
    return replace(
        proposed,
        confidence=proposed.confidence * 0.6,
        why=say(
            "Nội dung cột không giống {field}.", field=Sentence(known.label if known else proposed.field)
        ),
    )


def _settle_name(columns: list[ColumnProposal], contents: dict[int, ColumnContent]) -> list[ColumnProposal]:
    """ "Họ và tên" over two columns: family and middle names first, the given name alone second."""
    settled = [_whole_name(each, columns, contents) for each in columns]
    columns = list(settled)
    for index, (left, right) in enumerate(itertools.pairwise(columns)):
        if left.field != "name" or right.heading not in ("", left.heading):
            continue
        beside = contents[right.column]
        one_heading = (
            right.heading == left.heading
        )  # merged over both: the second can only be more of the name
        if beside.filled * 2 >= contents[left.column].filled and (one_heading or beside.single_words >= 0.8):
            settled[index] = replace(left, field="family_name")
            settled[index + 1] = replace(right, field="given_name", confidence=left.confidence)
    return settled


def _whole_name(
    each: ColumnProposal, columns: list[ColumnProposal], contents: dict[int, ColumnContent]
) -> ColumnProposal:
    """ "Tên" or "Cán bộ" alone over whole names is the column of names."""
    if each.field in ("name", "") or any(other.field in ("name", "family_name") for other in columns):
        return each
    content = contents[each.column]
    alone = each.field in ("given_name", "unit", "title", "note")
    whole = (
        content.filled >= 3
        and content.names >= 0.8
        and content.families >= 0.5
        and content.single_words < 0.3
    )
    return replace(each, field="name", confidence=max(each.confidence, BY_START)) if alone and whole else each


def _settle_birth(columns: list[ColumnProposal], contents: dict[int, ColumnContent]) -> list[ColumnProposal]:
    """Birth in parts and sex by column: what "Nam" or "Ngày sinh" means beside its neighbours."""
    fields = {each.field for each in columns}
    in_parts = bool(fields & {"born_day", "born_month"})
    settled = []
    for each in columns:
        content, key = contents[each.column], each.field
        if in_parts and key in ("born", "born_male", "born_day", "born_year", "male_mark") and content.filled:
            if content.years >= 0.5 and "born_month" in fields:
                key = "born_year"
            elif key == "born" and content.small_numbers >= 0.5 and content.days < 0.2:
                key = "born_day"
        if key == "unit" and content.marks >= 0.5:
            key = "party_mark"  # "ĐV" heads units, and ticks of party members
        if key in ("male_mark", "female_mark") and content.days + content.years >= 0.5:
            key = "born_male" if key == "male_mark" else "born_female"
        elif key in ("born_male", "born_female") and content.filled and content.marks + content.sexes >= 0.8:
            key = "male_mark" if key == "born_male" else "female_mark"
        settled.append(replace(each, field=key) if key != each.field else each)
    return settled


def _settle_identity(
    columns: list[ColumnProposal], contents: dict[int, ColumnContent]
) -> list[ColumnProposal]:
    """Of two columns of numbers ("Số CMND", "Số CCCD") the one with 12 digits is the identity."""
    both = [each for each in columns if each.field == "identity" and contents[each.column].filled]
    new = [each for each in both if contents[each.column].twelve_digits >= 0.8]
    if len(both) != 2 or len(new) != 1:
        return columns
    return [
        replace(each, field="identity_old") if each in both and each not in new else each for each in columns
    ]


def _settle_by_content(
    columns: list[ColumnProposal], contents: dict[int, ColumnContent]
) -> list[ColumnProposal]:
    """Columns whose heading says nothing, where the content alone is plain enough to say it."""
    fields = {each.field for each in columns if each.is_read}
    settled = []
    for each in columns:
        content = contents[each.column]
        key = "" if each.is_read else _by_content(content, fields, first=each is columns[0])
        if key and (not each.heading or not each.field):
            fields.add(key)
            label = vocabulary.fields()[key].label
            why = say("Tiêu đề không rõ; nội dung cột giống {field}.", field=Sentence(label))
            each = replace(each, field=key, confidence=_BY_CONTENT, why=why)
        settled.append(each)
    return settled


def _by_content(content: ColumnContent, taken: set[str], *, first: bool) -> str:
    if content.filled < 5:
        return ""
    if content.identities >= 0.9 and content.twelve_digits >= 0.5 and "identity" not in taken:
        return "identity"
    sure = content.names >= 0.95 or (content.names >= 0.8 and content.families >= 0.5)
    if sure and content.ethnicities + content.sexes < 0.3 and not taken & _NAMES:
        return "name"
    if content.sexes >= 0.95 and not taken & {"sex", "male_mark", "female_mark", "born_male", "born_female"}:
        return "sex"
    if content.ethnicities >= 0.9 and "ethnicity" not in taken:
        return "ethnicity"
    if content.small_numbers >= 0.9 and first and "ordinal" not in taken:
        return "ordinal"
    return ""


def _without_rivals(
    columns: list[ColumnProposal], contents: dict[int, ColumnContent]
) -> list[ColumnProposal]:
    """Of several columns for one field the surest, then the fullest, then the first keeps it."""
    best: dict[str, ColumnProposal] = {}
    for each in columns:
        known = vocabulary.fields().get(each.field)
        if known is None or known.several or each.confidence < SURE_ENOUGH:
            continue
        rival = best.get(each.field)
        if rival is None or _strength(each, contents) > _strength(rival, contents):
            best[each.field] = each
    settled = []
    for each in columns:
        winner = best.get(each.field)
        if winner is not None and winner is not each and each.confidence >= SURE_ENOUGH:
            label = vocabulary.fields()[each.field].label
            why = say("{field} đã lấy từ cột {column}.", field=Sentence(label), column=winner.letters)
            each = replace(each, confidence=0.3, why=why)
        settled.append(each)
    return settled


def _strength(each: ColumnProposal, contents: dict[int, ColumnContent]) -> tuple[float, int]:
    return (round(each.confidence, 2), contents[each.column].filled)
