"""Reads a rotation problem folder: units.csv, seats.csv, people.csv, pairs.csv, rules.yaml."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from hientai.engines.errors import BadInput
from hientai.engines.rotation.problem import LARGEST, Flags, Indices, Pairs, People, Problem, Seats, Units
from hientai.engines.rotation.rules_file import read_rules
from hientai.engines.wording import say

COLUMNS = {
    "units.csv": ("id", "level", "province"),
    "seats.csv": ("id", "unit", "head", "holder"),
    "people.csv": ("id", "seat", "home_unit", "home_province", "relatives"),
    "pairs.csv": ("person", "seat", "round", "score"),
}
_NOT_MEASURES = {"person", "seat", "round", "score", "non_local"}


def read_folder(folder: Path | str) -> Problem:
    """The problem in `folder`.

    Raises BadInput naming file and row for: a missing file or column, an unknown or repeated id, something
    that is no whole number, a round below 1, a repeated pair, a seat with two holders, a person in two
    seats, and rules that are not understood.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise BadInput(
            "missing_folder", say("Không có thư mục bài toán {path}", path=folder.name), str(folder)
        )
    units_table = _table(folder, "units.csv")
    seats_table = _table(folder, "seats.csv")
    people_table = _table(folder, "people.csv")
    provinces = _Codes(units_table["province"].to_list() + people_table["home_province"].to_list())
    units = Units(
        _ids(units_table, "units.csv"),
        _whole(units_table, "level", "units.csv", minimum=1),
        provinces.of(units_table["province"].to_list()),
        _names(units_table),
    )
    unit_index = _index(units.ids)
    people_ids = _ids(people_table, "people.csv")
    seats = _seats(seats_table, unit_index, _index(people_ids))
    people = _people(people_table, people_ids, seats, unit_index, provinces)
    pairs = _pairs(_table(folder, "pairs.csv"), units, seats, people)
    rules = read_rules(folder / "rules.yaml", people, seats, pairs)
    return Problem(units, seats, people, pairs, rules, provinces.names)


class _Codes:
    """Names to numbers in order of first appearance."""

    def __init__(self, names: list[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._code = {name: code for code, name in enumerate(self.names)}

    def of(self, names: list[str]) -> Indices:
        return np.array([self._code[name] for name in names], dtype=np.int64)


def _table(folder: Path, name: str) -> pl.DataFrame:
    path = folder / name
    if not path.is_file():
        raise BadInput("missing_file", say("Thiếu tệp {file} trong thư mục bài toán", file=name), str(path))
    try:
        table = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        text = say("Không đọc được tệp {file}: phải là CSV mã UTF-8 có dòng tiêu đề", file=name)
        raise BadInput("unreadable_file", text, str(path)) from error
    table = table.rename({column: column.strip().lstrip("\ufeff") for column in table.columns})
    for column in COLUMNS[name]:
        if column not in table.columns:
            raise BadInput(
                "missing_column", say("Thiếu cột {column} trong {file}", column=column, file=name), name
            )
    if not table.height and name != "pairs.csv":
        raise BadInput("empty_table", say("{file} không có dòng nào", file=name), name)
    return table.with_columns(pl.all().fill_null("").str.strip_chars())


def _at(file: str, row: int) -> str:
    """Where a row stands, counting the header as line 1."""
    return f"{file}:{row + 2}"


def _ids(table: pl.DataFrame, file: str) -> tuple[str, ...]:
    ids = tuple(table["id"].to_list())
    seen: set[str] = set()
    for row, name in enumerate(ids):
        if not name:
            raise BadInput("empty_id", say("Mã để trống trong {file}", file=file), _at(file, row))
        if name in seen:
            raise BadInput(
                "repeated_id", say("Mã {id} có hai lần trong {file}", id=name, file=file), _at(file, row)
            )
        seen.add(name)
    return ids


def _names(table: pl.DataFrame) -> tuple[str, ...]:
    """The optional column `name`, for people who read the plan; an empty cell leaves the id to speak."""
    return tuple(table["name"].to_list()) if "name" in table.columns else ()


def _index(ids: tuple[str, ...]) -> dict[str, int]:
    return {name: position for position, name in enumerate(ids)}


def _whole(table: pl.DataFrame, column: str, file: str, minimum: int | None = None) -> Indices:
    values = table[column].cast(pl.Int64, strict=False)
    wrong = values.is_null().to_numpy()
    if wrong.any():
        row = int(np.argmax(wrong))
        text = say("Cột {column}: “{value}” không phải số nguyên", column=column, value=table[column][row])
        raise BadInput("not_a_whole_number", text, _at(file, row))
    numbers = values.to_numpy().astype(np.int64)
    if minimum is not None and len(numbers) and numbers.min() < minimum:
        row = int(np.argmin(numbers))
        text = say("Cột {column} phải từ {minimum} trở lên", column=column, minimum=minimum)
        raise BadInput("number_too_small", text, _at(file, row))
    if len(numbers) and np.abs(numbers).max() > LARGEST:
        row = int(np.argmax(np.abs(numbers)))
        text = say("Cột {column} không được quá {maximum}", column=column, maximum=LARGEST)
        raise BadInput("number_too_large", text, _at(file, row))
    return numbers


def _flags(table: pl.DataFrame, column: str, file: str) -> Flags:
    numbers = _whole(table, column, file)
    wrong = (numbers != 0) & (numbers != 1)
    if wrong.any():
        text = say("Cột {column} chỉ nhận 0 hoặc 1", column=column)
        raise BadInput("not_a_flag", text, _at(file, int(np.argmax(wrong))))
    return np.asarray(numbers == 1, dtype=np.bool_)


def _references(table: pl.DataFrame, column: str, file: str, index: dict[str, int], empty: bool) -> Indices:
    """Indices that a column of ids points to; an empty cell is -1 where `empty` allows it."""
    found = table[column].replace_strict(list(index), list(index.values()), default=-2, return_dtype=pl.Int64)
    numbers = found.to_numpy().astype(np.int64)
    if empty:
        numbers = np.where((table[column] == "").to_numpy(), -1, numbers)
    if len(numbers) and numbers.min() == -2:
        row = int(np.argmin(numbers))
        text = say("Cột {column}: không có mã “{value}”", column=column, value=table[column][row])
        raise BadInput("unknown_id", text, _at(file, row))
    return numbers


def _seats(table: pl.DataFrame, units: dict[str, int], people: dict[str, int]) -> Seats:
    ids = _ids(table, "seats.csv")
    holder = _references(table, "holder", "seats.csv", people, empty=True)
    held, count = np.unique(holder[holder >= 0], return_counts=True)
    if (count > 1).any():
        person = int(held[np.argmax(count > 1)])
        row = int(np.flatnonzero(holder == person)[1])
        text = say("{person} giữ hai vị trí cùng lúc", person=list(people)[person])
        raise BadInput("person_in_two_seats", text, _at("seats.csv", row))
    unit = _references(table, "unit", "seats.csv", units, empty=False)
    return Seats(ids, unit, _flags(table, "head", "seats.csv"), holder, _names(table))


def _people(
    table: pl.DataFrame, ids: tuple[str, ...], seats: Seats, units: dict[str, int], provinces: _Codes
) -> People:
    file = "people.csv"
    seat = _references(table, "seat", file, _index(seats.ids), empty=True)
    _check_holders(ids, seat, seats)
    _references(table, "home_unit", file, units, empty=True)
    index = _index(ids)
    tenure = _whole(table, "tenure_months", file, minimum=0) if "tenure_months" in table.columns else None
    related: set[tuple[int, int]] = set()
    for row, cell in enumerate(table["relatives"].to_list()):
        for name in filter(None, (part.strip() for part in cell.split(";"))):
            if name not in index:
                text = say("Cột {column}: không có mã “{value}”", column="relatives", value=name)
                raise BadInput("unknown_id", text, _at(file, row))
            if index[name] != row:
                related.add((min(row, index[name]), max(row, index[name])))
    unit = np.where(seat >= 0, seats.unit[np.maximum(seat, 0)], -1) if len(seats.ids) else seat
    pairs = np.array(sorted(related), dtype=np.int64).reshape(-1, 2)
    home = provinces.of(table["home_province"].to_list())
    return People(ids, seat, unit, home, pairs, tenure, _names(table))


def _check_holders(ids: tuple[str, ...], seat: Indices, seats: Seats) -> None:
    """people.csv and seats.csv tell the same story."""
    taken: dict[int, int] = {}
    for person, where in enumerate(seat.tolist()):
        if where < 0:
            continue
        if where in taken:
            text = say(
                "Vị trí {seat} có hai người giữ: {first} và {second}",
                seat=seats.ids[where],
                first=ids[taken[where]],
                second=ids[person],
            )
            raise BadInput("seat_with_two_holders", text, _at("people.csv", person))
        taken[where] = person
    for place, holder in enumerate(seats.holder.tolist()):
        if taken.get(place, -1) != holder:
            text = say(
                "Vị trí {seat}: seats.csv và people.csv ghi người giữ khác nhau", seat=seats.ids[place]
            )
            raise BadInput("holders_disagree", text, _at("seats.csv", place))


def _pairs(table: pl.DataFrame, units: Units, seats: Seats, people: People) -> Pairs:
    file = "pairs.csv"
    person = _references(table, "person", file, _index(people.ids), empty=False)
    seat = _references(table, "seat", file, _index(seats.ids), empty=False)
    rounds = _whole(table, "round", file, minimum=1)
    key = (person * max(1, len(seats.ids)) + seat) * (int(rounds.max(initial=0)) + 1) + rounds
    order = np.argsort(key, kind="stable")
    repeated = np.flatnonzero(key[order][1:] == key[order][:-1])
    if len(repeated):
        row = int(order[repeated[0] + 1])
        text = say(
            "Nước đi {person} → {seat} đợt {round} có hai lần",
            person=people.ids[person[row]],
            seat=seats.ids[seat[row]],
            round=int(rounds[row]),
        )
        raise BadInput("repeated_pair", text, _at(file, row))
    own = np.flatnonzero(people.seat[person] == seat)
    if len(own):
        row = int(own[0])
        text = say(
            "{person} đang giữ chính vị trí {seat}", person=people.ids[person[row]], seat=seats.ids[seat[row]]
        )
        raise BadInput("move_to_own_seat", text, _at(file, row))
    if "non_local" in table.columns:
        non_local = _flags(table, "non_local", file)
    else:
        outside = people.home_province[person] != units.province[seats.unit[seat]] if len(seat) else seat
        non_local = np.asarray(outside, dtype=np.bool_)
    measures = {
        name: _whole(table, name, file)
        for name in table.columns
        if name not in _NOT_MEASURES and table[name].str.contains(r"^-?\d+$").all()
    }
    return Pairs(person, seat, rounds, _whole(table, "score", file), non_local, measures)
