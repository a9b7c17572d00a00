"""Reads one person from a JSON file, so that a rule can be asked about somebody who is in no database.

The file is an object. Every part may be left out; what is left out is unknown:

    {"born": "1967-10-05", "sex": "male", "recruited": "1990-09-01",
     "records": {"positions": [{"title_rank": 20, "kind": "appointed", "valid_from": "2021-06-15"}],
                 "ratings": [{"year": 2024, "rating": 3}]},
     "facts": {"dossier_complete": true}}

born: a day, a month (1967-10) or a year. Further columns of the table `persons` stand beside `sex`. records: tables and
columns as docs/reference/snapshot.md names them, without `person_id` and numbers of rows. facts: catalogue codes with
their answers (null: unknown); they take the place of what the records say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from hientai.engines.errors import BadInput
from hientai.engines.facts.compute import compute_person
from hientai.engines.facts.evidence import KnownPerson
from hientai.engines.facts.opening import POLARS_TYPES
from hientai.engines.facts.standard import standard_catalogue
from hientai.engines.facts.tables import PERSONS, POSITIONS, TABLES, Table
from hientai.engines.interval import PartialDate, Sex, retirement
from hientai.engines.vitext import parse_day, search_key
from hientai.engines.wording import Sentence, say
from hientai.rulebook.retirement_schedule import load_retirement_schedule
from hientai.site.problem_file import read_json

ALONE = 1
SEXES: Mapping[str, tuple[str, Sex]] = {
    word: pair
    for pair, words in ((("M", "male"), "m male nam"), (("F", "female"), "f female nu"))
    for word in words.split()
}
OTHERS = {table.name: table for table in TABLES if table is not PERSONS}
COMPUTED = ("person_id", "born_year", "born_month", "born_day")


def read_person(path: str, as_of: date) -> KnownPerson:
    """Every catalogue fact of the person in a file as of a day, with its evidence.

    Raises BadInput with the place in the file: no JSON, an unknown key, table, column or fact, a value of another kind.
    """
    raw = _object(read_json(path), path)
    own = [name for name in PERSONS.columns if name not in COMPUTED]
    _check_keys(raw, ("name", "born", "records", "facts", *own), "")
    rows = {PERSONS.name: [_biography(raw, own)]}
    for name, listed in _object(raw.get("records", {}), "records").items():
        _check_keys({name: None}, OTHERS, "records")
        rows[name] = _rows(OTHERS[name], listed)
    tables = {name: _frame(table, rows[name]) for table in TABLES if (name := table.name) in rows}
    catalogue = standard_catalogue()
    found = compute_person(catalogue, tables, as_of, ALONE)
    given = _object(raw.get("facts", {}), "facts")
    catalogue.check_values(given)
    evidence = {code: seen for code, seen in found.evidence.items() if code not in given}
    return KnownPerson(ALONE, as_of, {**found.values, **given}, evidence)


def _biography(raw: Mapping[str, Any], own: list[str]) -> dict[str, Any]:
    row = {name: _value(PERSONS, name, raw[name], name) for name in own if name in raw and name != "sex"}
    row["person_id"] = ALONE
    sex = SEXES.get(search_key(str(raw["sex"]))) if raw.get("sex") else None
    if raw.get("sex") and sex is None:
        raise BadInput("unknown_sex", say("Giới tính ghi male (nam) hoặc female (nữ)."), "sex")
    row["sex"] = sex[0] if sex else None
    if raw.get("born"):
        parsed = parse_day(str(raw["born"]), where="born")
        born = PartialDate(parsed.year, parsed.month, parsed.day)
        row |= {"born_year": born.year, "born_month": born.month, "born_day": born.day}
        if sex and row.get("retires_on") is None:
            row["retires_on"] = retirement(born, sex[1], load_retirement_schedule()).retires_on
    return row


def _rows(table: Table, listed: Any) -> list[dict[str, Any]]:
    place = f"records.{table.name}"
    if not isinstance(listed, list):
        raise BadInput("not_a_list", say("Bảng là một danh sách các dòng."), place)
    number, *columns = [name for name in table.columns if name != "person_id"]
    made = []
    for count, one in enumerate(listed, start=1):
        row = _object(one, f"{place}[{count}]")
        _check_keys(row, (number, *columns), f"{place}[{count}]")
        values = {name: _value(table, name, value, f"{place}[{count}].{name}") for name, value in row.items()}
        made.append({"person_id": ALONE, number: count, **_own_place(table, count, values), **values})
    return made


def _own_place(table: Table, count: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """A seat, unit and title of its own for a position that names none; titles of one rank are one title."""
    if table is not POSITIONS:
        return {}
    return {"seat_id": count, "unit_id": count, "title_code": f"rank {values.get('title_rank')}"}


def _value(table: Table, column: str, value: Any, place: str) -> Any:
    """A value of the kind of its column; days from ISO text."""
    kind = table.columns[column]
    if value is None:
        return None
    if kind == "DATE":
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise _no_day(value, place) from error
    wanted = {"VARCHAR": str, "BOOLEAN": bool}.get(kind, int)
    if type(value) is not wanted:
        raise BadInput("wrong_kind", say("Giá trị “{value}” không đúng kiểu của cột.", value=value), place)
    return value


def _frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            name: pl.Series([row.get(name) for row in rows], dtype=POLARS_TYPES[kind])
            for name, kind in table.columns.items()
        }
    )


def _object(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise BadInput("not_an_object", say("Cần một đối tượng JSON."), place)
    return raw


def _check_keys(raw: Mapping[str, Any], known: Any, place: str) -> None:
    for key in raw:
        if key not in known:
            named: Sentence = say("Không có mục “{key}”; các mục: {known}.", key=key, known=", ".join(known))
            raise BadInput("unknown_key", named, f"{place}.{key}".lstrip("."))


def _no_day(value: Any, place: str) -> BadInput:
    return BadInput(
        "no_day", say("“{value}” không phải là ngày; ghi năm-tháng-ngày, như 1967-10-05.", value=value), place
    )
