"""Everybody as of one day: a column of persons and one column a fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.engines.errors import BadInput
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import UNKNOWN, FactType, Value
from hientai.engines.wording import say

PERSON = "person_id"
FEW = 200  # persons whose rows are exchanged where they are, instead of sorting everybody
POLARS_TYPES: Mapping[FactType, type[pl.DataType]] = {
    FactType.INTEGER: pl.Int32,
    FactType.MONTHS: pl.Int32,
    FactType.YEARS: pl.Int32,
    FactType.SHARE: pl.Float64,
    FactType.BOOLEAN: pl.Boolean,
    FactType.CODE: pl.String,
    FactType.IDENTIFIER: pl.Int64,
}


@dataclass(frozen=True)
class Snapshot:
    """Answers of all facts for all persons.

    frame: `person_id` (Int64, no nulls, ascending, each once), then one column a fact of `catalogue` in its
    order: integer, months and years Int32, share Float64, boolean Boolean, code String, identifier Int64;
    null is unknown.
    as_of: the day asked about. known_on: the day whose state of the records is used, None for today's.
    Raises BadInput where the frame is not of that form.
    """

    frame: pl.DataFrame
    catalogue: Catalogue
    as_of: date
    known_on: date | None = None

    def __post_init__(self) -> None:
        _check_columns(self.frame, self.catalogue)
        _check_persons(self.frame)

    def __len__(self) -> int:
        return self.frame.height

    @property
    def person_ids(self) -> pl.Series:
        """Every person, ascending (Int64)."""
        return self.frame[PERSON]

    def of_person(self, person_id: int) -> dict[str, Value | None]:
        """Every fact of one person; raises BadInput `unknown_person` where the person is not in here."""
        row = self._row_of(person_id)
        answers = dict(self.frame.row(row, named=True))
        del answers[PERSON]
        return answers

    def restricted_to(self, person_ids: Iterable[int] | pl.Series) -> Snapshot:
        """The same answers for these persons only; ids that are not in here are passed over."""
        wanted = (
            person_ids if isinstance(person_ids, pl.Series) else pl.Series(list(person_ids), dtype=pl.Int64)
        )
        kept = self.frame.filter(pl.col(PERSON).is_in(wanted.cast(pl.Int64).implode()))
        return Snapshot(kept, self.catalogue, self.as_of, self.known_on)

    def about(self, codes: Iterable[str]) -> Snapshot:
        """The same persons with these facts only; raises BadInput `unknown_fact` where one is not in here.

        What is asked of everybody should name its facts first: a column that is not named is never read or copied.
        """
        catalogue = self.catalogue.only(codes)
        return Snapshot(self.frame.select(PERSON, *catalogue.codes), catalogue, self.as_of, self.known_on)

    def replacing(self, other: Snapshot) -> Snapshot:
        """These answers with those of `other` put in place of the same persons (or added)."""
        if len(other) <= FEW and other.person_ids.is_in(self.person_ids.implode()).all():
            return Snapshot(_exchanged(self.frame, other.frame), self.catalogue, self.as_of, self.known_on)
        kept = self.frame.join(other.frame.select(PERSON), on=PERSON, how="anti")
        frame = pl.concat([kept, other.frame.select(kept.columns)]).sort(PERSON)
        return Snapshot(frame, self.catalogue, self.as_of, self.known_on)

    def _row_of(self, person_id: int) -> int:
        row = int(self.person_ids.search_sorted(person_id)) if len(self) else 0
        if row >= len(self) or self.person_ids[row] != person_id:
            raise BadInput(
                "unknown_person",
                say(
                    "Không có người mang mã “{person}” trong dữ liệu tính đến ngày {day}.",
                    person=person_id,
                    day=self.as_of.isoformat(),
                ),
                str(person_id),
            )
        return row


def snapshot_of_rows(
    catalogue: Catalogue, as_of: date, rows: Mapping[int, Mapping[str, Value | None]]
) -> Snapshot:
    """A snapshot from plain answers, person by person; a fact that is not named is unknown.

    For small invented populations: tests, cases of rules, what-if questions. Raises BadInput on a wrong
    answer.
    """
    for answers in rows.values():
        catalogue.check_values(answers)
    persons = sorted(rows)
    columns: dict[str, pl.Series] = {PERSON: pl.Series(PERSON, persons, dtype=pl.Int64)}
    for fact in catalogue:
        answers_of_fact = [rows[person].get(fact.code, UNKNOWN) for person in persons]
        columns[fact.code] = pl.Series(fact.code, answers_of_fact, dtype=POLARS_TYPES[fact.type])
    return Snapshot(pl.DataFrame(columns), catalogue, as_of)


def _exchanged(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The frame with rows put in place of those of the same persons, nothing else being moved."""
    places = frame[PERSON].search_sorted(rows[PERSON]).to_list()
    pieces, begins = [], 0
    for number, place in enumerate(places):
        pieces += [frame[begins:place], rows[number : number + 1].select(frame.columns)]
        begins = place + 1
    return pl.concat([*pieces, frame[begins:]])


def _check_columns(frame: pl.DataFrame, catalogue: Catalogue) -> None:
    expected = {PERSON: pl.Int64, **{fact.code: POLARS_TYPES[fact.type] for fact in catalogue}}
    schema = frame.schema
    missing = [name for name in expected if name not in schema]
    surplus = [name for name in schema if name not in expected]
    if missing or surplus:
        raise BadInput(
            "wrong_columns",
            say(
                "Ảnh dữ liệu thiếu cột: {missing}; thừa cột: {surplus}.",
                missing=", ".join(missing) or "–",
                surplus=", ".join(surplus) or "–",
            ),
            (missing + surplus)[0],
        )
    for name, wanted in expected.items():
        if schema[name] != wanted:
            raise BadInput(
                "wrong_column_type",
                say(
                    "Cột “{column}” có kiểu {found}, phải là {wanted}.",
                    column=name,
                    found=str(schema[name]),
                    wanted=str(wanted),
                ),
                name,
            )


def _check_persons(frame: pl.DataFrame) -> None:
    persons = frame[PERSON]
    steps = persons.diff().slice(1)
    if persons.null_count() or not (steps > 0).all():
        raise BadInput(
            "bad_person_column",
            say("Cột {column} phải tăng dần, không trống, không trùng.", column=PERSON),
            PERSON,
        )
