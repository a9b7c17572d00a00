"""From mapped tables to rows: each non-empty row below a heading once, with status and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet.columns import TableColumns, columns_of
from hientai.engines.worksheet.duplicates import mark_duplicates
from hientai.engines.worksheet.letters import CellText
from hientai.engines.worksheet.mapping import TableProposal
from hientai.engines.worksheet.people import PersonReader, Surroundings
from hientai.engines.worksheet.proposing import left_out
from hientai.engines.worksheet.record import ExtractedRow, Extraction, Reason, Status
from hientai.engines.worksheet.rowkinds import (
    REASONS,
    RowCells,
    RowKind,
    Section,
    is_full,
    kind_of,
    may_be_person,
    section_of,
)
from hientai.engines.worksheet.sheet import CellFlag, Sheet, Workbook, column_letters

_ENOUGH_PEOPLE = 4


def extract(workbook: Workbook, tables: Sequence[TableProposal], read_on: date) -> Extraction:
    """Reads every row of the given tables.

    tables: from `propose`, possibly edited; read_on: the day of reading, used for what is in the future
    where the
    list itself states no day. The rows come in order of sheet, table and row.
    """
    as_of = next((table.as_of for table in tables if table.as_of), None)
    rows: list[ExtractedRow] = []
    notes: list[Sentence] = [*workbook.notes, *left_out(workbook, tables)]
    texts: dict[int, CellText] = {}
    for table in tables:
        sheet = workbook.sheets[table.sheet_index]
        text = texts.setdefault(table.sheet_index, CellText(sheet))
        beside = any(
            other is not table
            and other.sheet_index == table.sheet_index
            and other.first_row == table.first_row
            for other in tables
        )
        reading = _TableReading(sheet, text, table, table.as_of or as_of or read_on, alone=not beside)
        rows.extend(_headings_below(table, tables))
        rows.extend(reading.rows())
        notes.extend(reading.notes())
    days = {table.as_of for table in tables if table.as_of}
    if len(days) > 1:
        listed = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(days))
        notes.append(say("Các bảng ghi thời điểm khác nhau: {days}.", days=listed))
    return Extraction(tuple(mark_duplicates(rows)), as_of, tuple(tables), tuple(notes))


def _headings_below(table: TableProposal, tables: Sequence[TableProposal]) -> list[ExtractedRow]:
    """The heading rows of a table that stands below another one of its sheet: they too are accounted for."""
    same = [other for other in tables if other.sheet_index == table.sheet_index]
    above = [other for other in same if other.first_row < table.first_row]
    beside = [other for other in same if other.first_row == table.first_row]
    if table.header_rows is None or not above or beside[0] is not table:
        return []
    first, last = table.header_rows
    reason = Reason("", "", RowKind.HEADING.value, REASONS[RowKind.HEADING])
    return [
        ExtractedRow(table.sheet, row + 1, Status.IGNORED, None, (reason,), table, kind=RowKind.HEADING.value)
        for row in range(first, last + 1)
    ]


@dataclass
class _Place:
    """The sections a row stands under."""

    block: str = ""
    unit: str = ""
    lines: dict[int, str] = field(default_factory=dict)

    def enter(self, section: Section) -> None:
        self.lines = {level: line for level, line in self.lines.items() if level < section.level}
        self.lines[section.level] = section.text
        if section.block:
            self.block, self.unit = section.block, ""
        elif section.unit:
            self.unit = section.unit
        elif section.level < 2:
            self.unit = ""


class _TableReading:
    """Goes through the rows of one table once."""

    def __init__(
        self, sheet: Sheet, text: CellText, table: TableProposal, as_of: date, *, alone: bool
    ) -> None:
        self._alone = alone
        self._sheet = sheet
        self._text = text
        self._table = table
        self._columns: TableColumns = columns_of(table)
        self._people = PersonReader(sheet, text, table, self._columns, as_of)
        self._repeated = {row for first, last in table.repeated_headers for row in range(first, last + 1)}
        self._place = _Place()
        self._wide = {*self._columns.by_field.get("unit", ()), *self._columns.by_field.get("block", ())}
        self._thin: set[int] = set()
        self._last_seen: dict[int, str] = {}
        self._signed = False
        self._hidden = 0
        self._tail = len(sheet.rows)
        self._headings = self._heading_texts()
        self._carried, self._continued = self._merged_downwards()
        telling = {*self._columns.names, *self._columns.births, *self._columns.identities}
        self._unreckoned = {
            row
            for (row, column), flag in sheet.flags.items()
            if flag is CellFlag.UNCOMPUTED and column in telling
        }

    def _heading_texts(self) -> dict[int, str]:
        if self._table.header_rows is None:
            return {}
        last = self._table.header_rows[1]
        return {
            column: shown
            for column, value in enumerate(self._sheet.rows[last])
            if value != "" and (shown := self._text.of(value, last, column))
        }

    def _merged_downwards(self) -> tuple[dict[int, dict[int, tuple[int, int]]], set[int]]:
        """Row -> column -> anchor of units merged over people; rows inside one person's merged name."""
        carried: dict[int, dict[int, tuple[int, int]]] = {}
        continued: set[int] = set()
        for each in self._sheet.merged:
            if each.top < self._table.first_row or each.bottom == each.top or each.left != each.right:
                continue
            rows = range(each.top + 1, min(each.bottom + 1, len(self._sheet.rows)))
            if each.left in self._wide:
                for row in rows:
                    carried.setdefault(row, {})[each.left] = (each.top, each.left)
            elif each.left in self._columns.names:
                continued.update(rows)
        return carried, continued

    def rows(self) -> list[ExtractedRow]:
        table = self._table
        every = range(table.first_row, min(table.end_row, len(self._sheet.rows)))
        lost = self._unreckoned
        filled = [
            (row, cells)
            for row in every
            if (cells := self._cells(row)).shown or row in lost or self._beside(row)
        ]
        self._tail = self._after_the_people(filled)
        self._thin = self._written_once(filled)
        return [self._row(row, cells) for row, cells in filled]

    def _after_the_people(self, filled: Sequence[tuple[int, RowCells]]) -> int:
        """The first row below the last person and a blank row: totals, signatures, titles of the next table."""
        last = next((row for row, cells in reversed(filled) if is_full(cells)), None)
        if last is None:
            return len(self._sheet.rows)
        after = [row for row, _ in filled if row > last]
        return next((row for n, row in enumerate(after, last + 1) if row != n), len(self._sheet.rows))

    def _written_once(self, filled: Sequence[tuple[int, RowCells]]) -> set[int]:
        """Columns of units filled only for the first person of each: for half the people or fewer."""
        if not self._wide:
            return set()
        people = [cells.shown for row, cells in filled if row not in self._carried and is_full(cells)]
        return {
            column
            for column in self._wide
            if len(people) >= _ENOUGH_PEOPLE
            and column in people[0]
            and sum(column in shown for shown in people) * 2 <= len(people)
        }

    def _fill_units(self, shown: dict[int, str]) -> None:
        """A unit written once stands for the people below it, up to the next one or the next section."""
        for column in self._thin:
            if column in shown:
                self._last_seen[column] = shown[column]
            elif column in self._last_seen:
                shown[column] = self._last_seen[column]

    def notes(self) -> list[Sentence]:
        """What was noticed about the table as a whole."""
        notes = list(self._people.notes())
        for column in sorted(self._thin):
            notes.append(
                say(
                    "Trang tính {sheet}, cột {column}: đơn vị chỉ ghi ở người đầu tiên; những người dưới lấy theo.",
                    sheet=self._sheet.name,
                    column=column_letters(column),
                )
            )
        if self._hidden:
            notes.append(
                say(
                    "Trang tính {sheet} có {count} dòng đang ẩn; vẫn được đọc.",
                    sheet=self._sheet.name,
                    count=self._hidden,
                )
            )
        if self._text.repaired:
            notes.append(
                say(
                    "Trang tính {sheet}: đã chuyển {count} nội dung từ phông chữ cũ "
                    "(TCVN3, VNI) sang Unicode.",
                    sheet=self._sheet.name,
                    count=self._text.repaired,
                )
            )
        return notes

    def _shown(self, row: int) -> dict[int, str]:
        """The filled cells of a row inside the table's columns."""
        of = self._text.of
        left, right = self._columns.left, self._columns.right
        return {
            column: shown
            for column, value in enumerate(self._sheet.rows[row][left:right], left)
            if value != "" and (shown := of(value, row, column))
        }

    def _beside(self, row: int) -> bool:
        """Whether a row has something, but only outside the columns of the only table it can belong to."""
        return self._alone and any(value != "" for value in self._sheet.rows[row])

    def _cells(self, row: int) -> RowCells:
        return RowCells(self._shown(row), self._columns, self._headings)

    def _row(self, row: int, cells: RowCells) -> ExtractedRow:
        if row in self._repeated:
            return self._ignored(row, RowKind.HEADING)
        if row in self._continued:
            return self._ignored(row, RowKind.CONTINUATION)
        shown = cells.shown
        if not shown and row not in self._unreckoned:
            return self._ignored(row, RowKind.OTHER)
        kind = kind_of(cells, after_signature=self._signed) if shown else RowKind.OTHER
        if row in self._unreckoned and kind in (RowKind.OTHER, RowKind.ONLY_ORDINAL):
            kind = RowKind.PERSON
        if kind is RowKind.PERSON and row >= self._tail and not may_be_person(cells):
            kind = RowKind.AFTER
        if kind is RowKind.SIGNATURE:
            self._signed = True
        if kind is RowKind.SECTION:
            section = section_of(cells)
            if section is not None:
                self._place.enter(section)
                self._last_seen.clear()
        if kind is not RowKind.PERSON:
            return self._ignored(row, kind)
        self._hidden += row in self._sheet.hidden_rows
        for column, anchor in self._carried.get(row, {}).items():
            shown.setdefault(column, self._text.at(*anchor))
        self._fill_units(shown)
        place, unit = self._place, self._table.unit
        source = "section" if place.unit else "sheet" if unit else ""
        around = Surroundings(
            place.block,
            place.unit or unit,
            source,
            tuple(place.lines[level] for level in sorted(place.lines)),
        )
        person, reasons = self._people.read(row, shown, around)
        status = Status.REFUSED if any(each.refuses for each in reasons) else Status.PERSON
        return ExtractedRow(self._sheet.name, row + 1, status, person, reasons, self._table)

    def _ignored(self, row: int, kind: RowKind) -> ExtractedRow:
        reason = Reason("", "", kind.value, REASONS[kind])
        return ExtractedRow(
            self._sheet.name, row + 1, Status.IGNORED, None, (reason,), self._table, kind=kind.value
        )
