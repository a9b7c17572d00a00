"""Vacancies of the coming years against the people planned for the seats.

A seat falls vacant when its holder retires, or, thought more strictly, when a term of office ends and nobody is
reappointed. A successor counts for a vacancy when planned for that seat, ready by that day, and still in service on it.
One successor fills one vacancy: vacancies are matched in order of time, each moved aside for a later one only where
another successor can take its place, so that the number left without anybody is the smallest there can be
(augmenting paths: H. W. Kuhn, The Hungarian method for the assignment problem, 1955). What is left is a shortage of its
year, with its seat; it says nothing about who should be appointed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from hientai.engines.errors import BadInput
from hientai.engines.interval import add_months, add_years
from hientai.engines.wording import say

RETIRES, TERM_ENDS = "retires", "term_ends"
READY_AFTER: Mapping[str, int] = {"now": 0, "one_term": 60, "two_terms": 120}
"""Months from the day asked about until somebody of that readiness counts; any other readiness never does."""
MOST_YEARS = 30
SCHEMAS: Mapping[str, Mapping[str, type[pl.DataType]]] = {
    "holders": {
        "person_id": pl.Int64,
        "seat_id": pl.Int64,
        "since": pl.Date,
        "term_years": pl.Int64,
        "retires_on": pl.Date,
    },
    "planned": {"person_id": pl.Int64, "seat_id": pl.Int64, "readiness": pl.String, "retires_on": pl.Date},
}
"""What `look_ahead` is asked with. since: the day the seat was taken; term_years: null where the title has no term;
retires_on: last day in service, null where not known."""


@dataclass(frozen=True)
class Forecast:
    """vacancies: person_id, seat_id, on (first day without that holder), year (1 is the twelve months from the first
    day), reason, successors (ready and in service that day), short and short_strict (nobody is left for it: counting
    retirements only, and counting the first thing that ends a holder's time), by time, then seat and person.

    years: year, begins, ends (half-open), retirements, term_ends, shortages, strict_shortages.
    unknown: holders whose day of retirement is not known; they leave nobody's seat here.
    """

    vacancies: pl.DataFrame
    years: pl.DataFrame
    unknown: int


def look_ahead(holders: pl.DataFrame, planned: pl.DataFrame, begins: date, years: int) -> Forecast:
    """The vacancies of the years from `begins` on, and those that nobody planned can fill.

    Frames as in SCHEMAS. Raises BadInput `bad_span` where years is not from 1 to 30, `bad_columns` for other columns.
    """
    if not 1 <= years <= MOST_YEARS:
        raise BadInput("bad_span", say("Số năm nhìn trước phải từ 1 đến {most}.", most=MOST_YEARS), "years")
    for name, frame in (("holders", holders), ("planned", planned)):
        if missing := SCHEMAS[name].keys() - set(frame.columns):
            raise BadInput("bad_columns", say("Thiếu cột: {names}.", names=", ".join(sorted(missing))), name)
    ends = add_years(begins, years)
    leaving = sorted(
        {
            (on, seat, person, reason)
            for person, seat, since, term, retires in holders.select(*SCHEMAS["holders"]).iter_rows()
            for on, reason in _leaves(since, term, retires, begins, ends)
        }
    )
    ready = _ready(planned, begins)
    usual = _unfilled([row for row in leaving if row[3] == RETIRES], ready)
    strict = _unfilled(_first_of_each(leaving), ready)
    rows = [
        (
            person, seat, on, _year(begins, on), reason, len(_able(ready, seat, on)),
            reason == RETIRES and (on, seat, person) in usual, (on, seat, person) in strict,
        )
        for on, seat, person, reason in leaving
    ]  # fmt: skip
    names = ("person_id", "seat_id", "on", "year", "reason", "successors", "short", "short_strict")
    types = (pl.Int64, pl.Int64, pl.Date, pl.Int64, pl.String, pl.Int64, pl.Boolean, pl.Boolean)
    vacancies = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    return Forecast(
        vacancies, _by_year(vacancies, begins, years), holders.get_column("retires_on").null_count()
    )


def _leaves(
    since: date | None, term: int | None, retires: date | None, begins: date, ends: date
) -> list[tuple[date, str]]:
    """The days in [begins, ends) from which a holder is away: by retirement, and by the first end of a term before."""
    found = []
    gone = retires + timedelta(days=1) if retires is not None else None
    if gone is not None and begins <= gone < ends:
        found.append((gone, RETIRES))
    if since is not None and term:
        served = max(0, begins.year - since.year) // term
        over = add_years(since, served * term)
        while over <= begins:
            over = add_years(over, term)
        if over < ends and (gone is None or over < gone):
            found.append((over, TERM_ENDS))
    return found


def _ready(planned: pl.DataFrame, begins: date) -> dict[int, list[tuple[int, date, date | None]]]:
    """Seat -> (person, ready from, gone from), by person."""
    found: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for person, seat, readiness, retires in sorted(
        planned.select(*SCHEMAS["planned"]).unique().iter_rows(),
        key=lambda row: (row[1], row[0], row[2] or ""),
    ):
        if readiness in READY_AFTER:
            gone = retires + timedelta(days=1) if retires is not None else None
            found[seat].append((person, add_months(begins, READY_AFTER[readiness]), gone))
    return found


def _able(ready: Mapping[int, list[tuple[int, date, date | None]]], seat: int, on: date) -> list[int]:
    return [
        person for person, since, gone in ready.get(seat, ()) if since <= on and (gone is None or on < gone)
    ]


def _first_of_each(leaving: list[tuple[date, int, int, str]]) -> list[tuple[date, int, int, str]]:
    """Of each holder of a seat the first day that ends it: a term that ends leaves nothing to retire from."""
    first: dict[tuple[int, int], tuple[date, int, int, str]] = {}
    for row in leaving:
        first.setdefault((row[1], row[2]), row)
    return list(first.values())


def _unfilled(
    leaving: list[tuple[date, int, int, str]], ready: Mapping[int, list[tuple[int, date, date | None]]]
) -> set[tuple[date, int, int]]:
    """Vacancies that the best assignment leaves empty, the earlier ones served first."""
    taken: dict[int, int] = {}  # person -> place of the vacancy
    able = [_able(ready, seat, on) for on, seat, _, _ in leaving]
    empty = set()
    for place, (on, seat, person, _reason) in enumerate(leaving):
        if not _fill(place, able, taken):
            empty.add((on, seat, person))
    return empty


def _fill(place: int, able: list[list[int]], taken: dict[int, int]) -> bool:
    """Finds somebody for a vacancy, moving others along an augmenting path (breadth first, no recursion)."""
    came_from: dict[int, int] = {}  # person -> the vacancy from which the search came
    queue, seen = [place], {place}
    while queue:
        now = queue.pop(0)
        for person in able[now]:
            if person in came_from:
                continue
            came_from[person] = now
            holder = taken.get(person)
            if holder is None:
                _move(person, came_from, taken, place)
                return True
            if holder not in seen:
                seen.add(holder)
                queue.append(holder)
    return False


def _move(person: int, came_from: Mapping[int, int], taken: dict[int, int], first: int) -> None:
    while True:
        vacancy = came_from[person]
        before = next((p for p, v in taken.items() if v == vacancy), None)
        taken[person] = vacancy
        if vacancy == first or before is None:
            return
        del taken[before]
        person = before


def _year(begins: date, on: date) -> int:
    year = on.year - begins.year
    return year + 1 if add_years(begins, year) <= on else year


def _by_year(vacancies: pl.DataFrame, begins: date, years: int) -> pl.DataFrame:
    rows = []
    for year in range(1, years + 1):
        of_year = vacancies.filter(pl.col("year") == year)
        rows.append(
            (
                year, add_years(begins, year - 1), add_years(begins, year),
                of_year.filter(pl.col("reason") == RETIRES).height,
                of_year.filter(pl.col("reason") == TERM_ENDS).height,
                int(of_year.get_column("short").sum()), int(of_year.get_column("short_strict").sum()),
            )
        )  # fmt: skip
    names = ("year", "begins", "ends", "retirements", "term_ends", "shortages", "strict_shortages")
    schema = dict.fromkeys(names, pl.Int64) | {"begins": pl.Date, "ends": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")
