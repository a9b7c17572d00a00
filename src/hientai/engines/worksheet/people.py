"""Reads the person of one row: the identifying fields strictly, the others with remarks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.cells.days import from_parts, party_days, read_birth, read_day
from hientai.engines.worksheet.cells.identity import NEW, agrees, read_identity, sex_told_by
from hientai.engines.worksheet.cells.names import name_and_birth, other_name_in, read_name
from hientai.engines.worksheet.cells.outcome import NOTHING, Reading, Remark, refused
from hientai.engines.worksheet.cells.positions import read_positions
from hientai.engines.worksheet.cells.values import (
    is_plain,
    read_code,
    read_email,
    read_number,
    read_phone,
    read_sex,
    read_text,
)
from hientai.engines.worksheet.columns import TableColumns
from hientai.engines.worksheet.content import DITTOS_BEGIN, is_ditto, is_mark, is_no_mark, sampled_rows
from hientai.engines.worksheet.legend import sex_legend
from hientai.engines.worksheet.letters import CellText, phrase
from hientai.engines.worksheet.mapping import TableProposal
from hientai.engines.worksheet.record import Coded, PersonRecord, Position, Reason
from hientai.engines.worksheet.sheet import CellFlag, CellValue, Sheet, cell_address
from hientai.engines.worksheet.swapped import columns_month_first, columns_with_swapped_days, may_be_swapped

_KIND_OF_POSITION = {
    "title": "main",
    "title_unit": "main",
    "party_title": "party",
    "concurrent_title": "concurrent",
}
_FLAG_MESSAGES = {
    CellFlag.UNCOMPUTED: (
        "formula_uncomputed",
        say(
            "Ô là công thức nhưng tệp không lưu kết quả của công thức, nên không đọc được. Hãy mở tệp bằng Excel, "
            "lưu lại rồi đưa lại."
        ),
    ),
    CellFlag.ERROR: ("cell_error", say("Ô báo lỗi của Excel (#REF!, #N/A...). Hãy sửa ô rồi đưa lại.")),
}


class Surroundings(NamedTuple):
    """What the rows and titles above a row say of it: used where the row itself says nothing."""

    block: str = ""
    unit: str = ""
    unit_source: str = ""
    sections: tuple[str, ...] = ()


class PersonReader:
    """Reads the rows of one table. Bad name, birth, sex or identity refuse the row; the rest is remarked."""

    def __init__(
        self, sheet: Sheet, text: CellText, table: TableProposal, columns: TableColumns, as_of: date
    ) -> None:
        self._sheet = sheet
        self._text = text
        self._columns = columns
        self._as_of = as_of
        self._blank_is_male = (
            columns.first("female_mark") is not None
            and not {"male_mark", "sex", "born_male", "born_female"} & columns.by_field.keys()
        )
        self._mapped = frozenset(
            each.column for each in table.columns if each.is_read and each.field != "ordinal"
        )
        sample = sampled_rows(sheet, table.first_row, table.end_row)
        self._swapped = columns_with_swapped_days(sheet, text, sample, columns)
        self._month_first, self._both_ways = columns_month_first(sheet, text, sample, columns)
        sex = columns.first("sex")
        self._born_with_name = bool(columns.births) and not columns.tells_birth
        self._legend = sex_legend(next((each.heading for each in table.columns if each.column == sex), ""))
        self._reasons: list[Reason] = []
        self._unread: dict[str, str] = {}
        self._row = 0
        self._shown: dict[int, str] = {}
        self._from: dict[int, int] = {}
        self._above: tuple[int, dict[int, str], dict[int, int]] = (0, {}, {})
        self._telling = {*columns.names, *columns.births, *columns.identities}

    def notes(self) -> Iterable[Sentence]:
        """What holds for the whole table."""
        for column in sorted(self._swapped):
            yield say(
                "Trang tính {sheet}, cột {column}: ngày và tháng có thể đã bị máy đổi chỗ (mọi ô kiểu ngày "
                "đều có ngày không quá 12, mọi ô chữ đều quá 12). Các ô kiểu ngày bị từ chối; "
                "hãy ghi lại dạng chữ ngày/tháng/năm.",
                sheet=self._sheet.name,
                column=cell_address(0, column).rstrip("1"),
            )
        for column in sorted(self._month_first):
            yield say(
                "Trang tính {sheet}, cột {column}: ngày có vẻ ghi tháng trước ngày sau. Các ô không chắc bị từ chối; "
                "hãy ghi lại ngày/tháng/năm.",
                sheet=self._sheet.name,
                column=cell_address(0, column).rstrip("1"),
            )
        for column in sorted(self._both_ways):
            yield say(
                "Trang tính {sheet}, cột {column}: có ô ghi ngày trước tháng, có ô ghi tháng trước ngày. Các ô đọc "
                "được cả hai cách bị từ chối; hãy ghi lại ngày/tháng/năm.",
                sheet=self._sheet.name,
                column=cell_address(0, column).rstrip("1"),
            )
        if not self._columns.tells_sex:
            yield say(
                "Trang tính {sheet} không có cột giới tính: lấy theo chữ số thứ 4 của số định danh 12 số.",
                sheet=self._sheet.name,
            )

    def read(
        self, row: int, shown: dict[int, str], around: Surroundings
    ) -> tuple[PersonRecord, tuple[Reason, ...]]:
        """The person of a zero-based row whose filled cells are `shown`, and the reasons found on the way."""
        self._row, self._shown = row, shown
        self._reasons, self._unread = [], {}
        self._fill_dittos()
        if self._sheet.flags:
            self._note_flags()
        name, told = self._name()
        born, sex = self._birth_and_sex(told)
        identity, old = self._identity(born.value, sex)
        self._doubt_serial_day(born.value, identity)
        if sex is None and not self._columns.tells_sex:
            sex = told or sex_told_by(identity)
            if sex is None:
                self._say("sex", None, _missing_sex())
            else:
                self._say("sex", self._columns.first("identity"), _SEX_FROM_IDENTITY)
        days, codes, texts, numbers, positions = self._ordinary()
        unit = self._text_of("unit")
        person = PersonRecord(
            name=name,
            sex=sex,
            born=born.value,
            born_month=born.extra,
            identity=identity,
            identity_old=old,
            phone=self._simple("phone"),
            email=self._simple("email"),
            block=self._text_of("block") or around.block,
            unit=unit or around.unit,
            unit_source="column" if unit else around.unit_source,
            sections=around.sections,
            positions=positions,
            days=days,
            codes=codes,
            texts=texts,
            numbers=numbers,
            unread=self._unread,
        )
        return person, tuple(self._reasons)

    # --- what is said about cells

    def _say(self, key: str, column: int | None, remark: Remark, *, refuses: bool | None = None) -> None:
        cell = cell_address(self._row, column) if column is not None else ""
        refusing = remark.refuses if refuses is None else refuses
        self._reasons.append(Reason(key, cell, remark.code, remark.message, refusing))

    def _strict(self, key: str, column: int | None, reading: Reading) -> str | None:
        for remark in reading.remarks:
            self._say(key, column, remark)
        return reading.value

    def _loose(self, key: str, column: int, reading: Reading) -> str | None:
        """A value that may be left out: what refused it becomes a remark, and the text is kept as unread."""
        for remark in reading.remarks:
            self._say(key, column, remark, refuses=False)
            if remark.refuses:
                self._unread[key] = self._shown.get(column, "")[:500]
        return reading.value

    def _plain(self, key: str, column: int, shown: str) -> str | None:
        return shown if is_plain(shown) else self._loose(key, column, read_text(shown))

    def _fill_dittos(self) -> None:
        """A cell that says "as above" is read as the cell of the person above, never in what tells people apart."""
        row, above, sources = self._above
        self._from = {}
        dittos = [c for c, shown in self._shown.items() if shown[0] in DITTOS_BEGIN and is_ditto(shown)]
        for column in dittos:
            if column in self._telling:
                continue
            del self._shown[column]
            if column in above:
                self._from[column] = sources.get(column, row)
                self._shown[column] = above[column]
            self._say(self._field_of(column), column, _DITTO if column in above else _DITTO_OF_NOTHING)
        self._above = (self._row, self._shown, self._from)

    def _source_row(self, column: int) -> int:
        """The row whose cell is read: that of the person above where the cell says "as above"."""
        return self._from.get(column, self._row)

    def _value(self, column: int) -> CellValue:
        return self._sheet.value(self._source_row(column), column)

    def _cell(self, key: str) -> tuple[int | None, str]:
        column = self._columns.first(key)
        return column, self._shown.get(column, "") if column is not None else ""

    def _note_flags(self) -> None:
        for column in self._mapped:
            flag = self._sheet.flags.get((self._row, column))
            if flag is CellFlag.FORMULA:
                self._note_formula(column)
            elif flag is not None:
                code, message = _FLAG_MESSAGES[flag]
                key = self._field_of(column)
                self._say(key, column, Remark(code, message, refuses=_is_strict(key)))

    def _note_formula(self, column: int) -> None:
        """A blank result is worth a word only where the row cannot do without it."""
        if column in self._shown:
            self._say("", column, _FORMULA)
        elif _is_strict(self._field_of(column)):
            self._say(self._field_of(column), column, _FORMULA_EMPTY)

    def _field_of(self, column: int) -> str:
        for key, columns in self._columns.by_field.items():
            if column in columns:
                return key
        return ""

    def _flagged(self, column: int | None) -> bool:
        flag = self._sheet.flags.get((self._row, column)) if column is not None else None
        return flag in (CellFlag.UNCOMPUTED, CellFlag.ERROR)

    def _doubt_serial_day(self, born: str | None, identity: str | None) -> None:
        """A day that had lost its format is believed unless the identity number states another year."""
        for each in self._reasons:
            if each.code != "serial_day" or not each.field.startswith("born"):
                continue
            if identity and len(identity) == NEW and agrees(identity, born, None) is False:
                self._say(each.field, self._columns.births[0], _SERIAL_DISAGREES)
                return

    # --- the identifying fields

    def _name(self) -> tuple[str | None, str | None]:
        column, shown = self._cell("name")
        family, given = self._cell("family_name"), self._cell("given_name")
        if column is None or (given[1] and " " not in shown):
            column = family[0] if family[0] is not None else column
            shown = " ".join(filter(None, (family[1] or shown, given[1])))
        if self._born_with_name:
            shown = name_and_birth(shown)[0]
        value = self._value(column) if column is not None else ""
        if isinstance(value, datetime | date | float | int | bool) and not given[1]:
            self._say(
                "name", column, refused("name_characters", say("Ô họ tên không phải là chữ.")).remarks[0]
            )
            return None, None
        reading = read_name(shown)
        if reading is NOTHING and not self._flagged(column):
            self._say("name", column, _NO_NAME)
        other = other_name_in(shown) if "(" in shown else None
        if other:
            self._unread.setdefault("other_name", other)
        return self._strict("name", column, reading), reading.extra

    def _birth_and_sex(self, told: str | None) -> tuple[Reading, str | None]:
        by_column = (
            self._columns.first("born_male") is not None or self._columns.first("born_female") is not None
        )
        if by_column:
            return self._birth_by_sex()
        born = self._birth()
        return born, self._sex(told)

    def _birth_by_sex(self) -> tuple[Reading, str | None]:
        """The column of the birth date tells the sex."""
        male, male_shown = self._cell("born_male")
        female, female_shown = self._cell("born_female")
        if male_shown and female_shown:
            self._say("sex", female, _BOTH_COLUMNS)
            return NOTHING, None
        column = female if female_shown else male if male_shown else male if male is not None else female
        born = self._read_birth(column, male_shown or female_shown)
        if male_shown or female_shown:
            return born, "female" if female_shown else "male"
        sex = self._sex(None) if self._columns.first("sex") is not None else None
        if sex is None and self._columns.first("sex") is None:
            self._say("sex", column, _missing_sex())
        return born, sex

    def _birth(self) -> Reading:
        column, shown = self._cell("born")
        if self._born_with_name:
            column, whole = self._cell("name")
            apart = name_and_birth(whole)[1]
            born = read_birth(apart, apart, self._as_of)
            if born is NOTHING:
                self._say("born", column, _NO_BIRTH)
            self._strict("born", column, born)
            return born
        if column is None and self._columns.first("born_year") is not None:
            (_, day), (_, month) = self._cell("born_day"), self._cell("born_month")
            column, year = self._cell("born_year")
            whole = from_parts(day, month, year)
            born = read_birth(whole, whole, self._as_of)
            if born is NOTHING:
                self._say("born", column, _NO_BIRTH)
            self._strict("born", column, born)
            return born
        return self._read_birth(column, shown)

    def _read_birth(self, column: int | None, shown: str) -> Reading:
        value = self._value(column) if column is not None else ""
        if doubt := self._doubt_about_order(column, value, shown):
            self._say("born", column, doubt)
            return NOTHING
        born = read_birth(value, shown, self._as_of)
        if born is NOTHING and not self._flagged(column):
            self._say("born", column, _NO_BIRTH)
        self._strict("born", column, born)
        return born

    def _sex(self, told: str | None) -> str | None:
        column, shown = self._cell("sex")
        if column is not None:
            if not shown and told:
                return told
            if (code := phrase(shown)) in self._legend and not self._flagged(column):
                return self._legend[code]
            if not shown and not self._flagged(column):
                self._say("sex", column, _missing_sex())
            return self._strict("sex", column, read_sex(shown))
        male, female = self._tick("male_mark"), self._tick("female_mark")
        if male[0] is None and female[0] is None:
            return None
        if male[1] and female[1]:
            self._say("sex", female[0], _BOTH_COLUMNS)
            return None
        marked, shown = (female[0], female[1]) if female[1] else (male[0], male[1])
        if not shown:
            if self._blank_is_male:
                return "male"
            self._say("sex", marked if marked is not None else female[0], _missing_sex())
            return None
        expected = "female" if female[1] else "male"
        if is_mark(shown) or read_sex(shown).value == expected:
            return expected
        self._say("sex", marked, _UNREADABLE_MARK)
        return None

    def _tick(self, key: str) -> tuple[int | None, str]:
        """A cell kept for a tick; empty where it says that there is none."""
        column, shown = self._cell(key)
        return column, "" if is_no_mark(shown) else shown

    def _identity(self, born: str | None, sex: str | None) -> tuple[str | None, str | None]:
        column, shown = self._cell("identity")
        old_column, old_shown = self._cell("identity_old")
        untyped = self._sheet.untyped
        reading = NOTHING
        if column is not None:
            reading = read_identity(self._value(column), shown, born, sex, untyped=untyped)
        identity = self._strict("identity", column, reading)
        old = reading.extra
        if old_column is not None and old_shown:
            old_reading = read_identity(self._value(old_column), old_shown, born, sex, untyped=untyped)
            old = self._loose("identity_old", old_column, old_reading) or old
        if not shown and not self._flagged(column):
            if old is not None:
                return old, None
            if column is not None:
                self._say("identity", column, _NO_IDENTITY)
        return identity, old

    # --- the other fields

    def _simple(self, key: str) -> str | None:
        column, shown = self._cell(key)
        if column is None or not shown:
            return None
        reading = read_phone(self._value(column), shown) if key == "phone" else read_email(shown)
        return self._loose(key, column, reading)

    def _text_of(self, key: str) -> str:
        column, shown = self._cell(key)
        return (self._plain(key, column, shown) or "") if column is not None and shown else ""

    def _ordinary(
        self,
    ) -> tuple[dict[str, str], dict[str, Coded], dict[str, str], dict[str, float], tuple[Position, ...]]:
        days: dict[str, str] = {}
        codes: dict[str, Coded] = {}
        texts: dict[str, str] = {}
        numbers: dict[str, float] = {}
        positions: list[Position] = []
        for key, reads, code_list, columns in self._columns.reading:
            for column in columns:
                shown = self._shown.get(column)
                if not shown:
                    continue
                if reads == "coded":
                    self._coded(codes, key, column, shown, code_list)
                elif reads == "day":
                    both = party_days(shown, self._as_of) if key == "party_joined" else None
                    day = both[0] if both else self._loose(key, column, self._day(column, shown))
                    if day:
                        days[key] = day
                    if both:
                        days.setdefault("party_official", both[1])
                elif reads == "position":
                    positions += self._posts(key, column, shown)
                elif reads == "number":
                    self._number(numbers, key, column, shown)
                else:
                    text = self._plain(key, column, shown)
                    if text:
                        texts[key] = f"{texts[key]}; {text}" if key in texts else text
        self._marked(codes)
        return days, codes, texts, numbers, tuple(positions)

    def _doubt_about_order(self, column: int | None, value: CellValue, shown: str) -> Remark | None:
        """Why day and month of a cell may have changed places, by what its column shows; None where they have not."""
        if isinstance(value, date):
            return _SWAPPED if column in self._swapped else None
        if column in self._month_first and may_be_swapped(shown):
            return _SWAPPED
        return _EITHER_ORDER if column in self._both_ways and may_be_swapped(shown) else None

    def _day(self, column: int, shown: str) -> Reading:
        value = self._value(column)
        if doubt := self._doubt_about_order(column, value, shown):
            return Reading(None, (doubt,))
        return read_day(value, shown, self._as_of)

    def _posts(self, key: str, column: int, shown: str) -> tuple[Position, ...]:
        if self._plain(key, column, shown) is None:
            return ()
        return read_positions(
            "\n".join(self._text.lines(self._source_row(column), column)), _KIND_OF_POSITION.get(key, "main")
        )

    def _number(self, numbers: dict[str, float], key: str, column: int, shown: str) -> None:
        number = read_number(self._value(column), shown)
        if number is None:
            self._loose(key, column, refused("number_unreadable", say("Ô này không phải là số.")))
        else:
            numbers[key] = number

    def _coded(self, codes: dict[str, Coded], key: str, column: int, shown: str, code_list: str) -> None:
        if self._plain(key, column, shown) is None:
            return
        found = read_code(shown, code_list)
        codes[key] = found
        if found.code is None:
            label = vocabulary.fields()[key].label
            message = say(
                "Chưa nhận ra {field}: “{text}”; giữ nguyên chữ.", field=Sentence(label), text=shown[:60]
            )
            self._say(key, column, Remark("code_unknown", message))

    def _marked(self, codes: dict[str, Coded]) -> None:
        """Columns that are answers: a mark under "Cao cấp" means cao cấp; other text is kept."""
        for choice in self._columns.choices:
            shown = self._shown.get(choice.column)
            if not shown or is_no_mark(shown):
                continue
            code = next(
                each for each in vocabulary.code_lists()[choice.code_list] if each.code == choice.code
            )
            if choice.code_list in codes:
                self._say(choice.code_list, choice.column, _SEVERAL_MARKS)
            elif is_mark(shown):
                codes[choice.code_list] = Coded(code.label, code.code, code.label, choice.code_list)
            else:
                codes[choice.code_list] = Coded(
                    f"{code.label}: {shown}"[:500], code.code, code.label, choice.code_list
                )


def _is_strict(key: str) -> bool:
    return key in (
        "name",
        "family_name",
        "given_name",
        "sex",
        "male_mark",
        "female_mark",
        "identity",
    ) or key.startswith("born")


def _missing_sex() -> Remark:
    return _NO_SEX


_NO_NAME = Remark("name_missing", say("Thiếu họ tên."), refuses=True)
_NO_BIRTH = Remark("born_missing", say("Thiếu ngày sinh hoặc năm sinh."), refuses=True)
_NO_SEX = Remark("sex_missing", say("Thiếu giới tính."), refuses=True)
_NO_IDENTITY = Remark("identity_missing", say("Chưa có số định danh."))
_BOTH_COLUMNS = Remark("sex_twice", say("Cả cột Nam và cột Nữ đều được ghi; chỉ được ghi một."), refuses=True)
_UNREADABLE_MARK = Remark("sex_unreadable", say("Cột Nam/Nữ phải đánh dấu x."), refuses=True)
_SEX_FROM_IDENTITY = Remark(
    "sex_from_identity", say("Giới tính lấy theo số định danh (Nghị định 137/2015, điều 13).")
)
_SWAPPED = Remark("day_month_swapped", say("Ngày và tháng của ô này có thể đã bị máy đổi chỗ."), refuses=True)
_EITHER_ORDER = Remark(
    "day_month_either",
    say(
        "Cột này có ô ghi ngày trước, có ô ghi tháng trước nên không biết ô này theo cách nào. Hãy ghi lại "
        "ngày/tháng/năm cho cả cột."
    ),
    refuses=True,
)
_SERIAL_DISAGREES = Remark(
    "serial_day_disagrees",
    say("Ngày mất định dạng này không khớp năm trong số định danh. Hãy đặt lại định dạng ngày cho ô."),
    refuses=True,
)
_DITTO = Remark("ditto", say("Ô ghi “như trên”; lấy theo người ở dòng trên."))
_DITTO_OF_NOTHING = Remark(
    "ditto_of_nothing", say("Ô ghi “như trên” nhưng ô của người ở dòng trên để trống.")
)
_SEVERAL_MARKS = Remark("several_marks", say("Đánh dấu nhiều mức; chỉ lấy mức đầu tiên."))
_FORMULA = Remark("formula", say("Ô là công thức; lấy kết quả đã lưu trong tệp."))
_FORMULA_EMPTY = Remark(
    "formula_empty",
    say(
        "Ô là công thức, kết quả đã lưu là rỗng. Nếu mở bằng Excel thấy có nội dung, hãy lưu lại rồi đưa lại."
    ),
)
