"""The SQL of facts: macros for months and runs of years, one statement for facts that share a relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hientai.engines.facts.fact import Fact, FactType, Reading, Value
from hientai.engines.facts.tables import POSITIONS, RANK_STRETCHES

SQL_TYPES: Mapping[FactType, str] = {
    FactType.INTEGER: "INTEGER",
    FactType.MONTHS: "INTEGER",
    FactType.YEARS: "INTEGER",
    FactType.SHARE: "DOUBLE",
    FactType.BOOLEAN: "BOOLEAN",
    FactType.CODE: "VARCHAR",
    FactType.IDENTIFIER: "BIGINT",
}

# mark: a day as a number, 32 to a month, so that months are plain arithmetic of integers; tables keep the marks of
#     days that many facts count from (`facts.stretches`). $mark is that of the day asked about, $end_mark the same with
#     the last day of a month reaching every day number, $before the days of the month before.
# months_from: the largest n for which a day moved n months on (to the last day of a shorter month) is not after the day
#     of `end_mark`; Civil Code 2015 article 148 ends a term of months on the same day number.
# time_served: one stretch up to the day as months and days left over (months times 65,536 plus days), 29 at most: a
#     stretch alone never fills a month before the calendar does.
# stretch: the length on the day of a stretch that `facts.stretches` joined, null where none opens.
# total_months: of all stretches of one key, no two of which share a day, thirty days left over to a month; as
#     `interval.service`. One sum without nulls is fastest, and exact: DOUBLE holds whole numbers beyond any career,
#     and is added faster than HUGEINT.
# main_rank, main_mark, main_day: read back out of `main_order` of `facts.stretches`.
# newest_first: octal digits without the zeros before the newest year; good_digits, one_digits: a one for
#     each digit that is 3 or 4, or 1; run_of_digits: how many of these follow each other from the first on.
MACROS = """
CREATE OR REPLACE MACRO mark(d) AS ((year(d) * 12 + month(d) - 1) * 32 + day(d))::INTEGER;
CREATE OR REPLACE MACRO months_from(since_mark, end_mark) AS (end_mark - since_mark) >> 5;
CREATE OR REPLACE MACRO time_served(since, mark, end_mark, before) AS
    months_from(since, end_mark) * 65536
    + least(29, CASE WHEN (mark & 31) >= (since & 31) THEN (mark & 31) - (since & 31) WHEN end_mark > mark THEN 0
           ELSE (mark & 31) + greatest(before - (since & 31), 0) END);
CREATE OR REPLACE MACRO stretch(since, till, served, on_day, mark, end_mark, before) AS
    CASE WHEN till <= on_day THEN served WHEN till IS NOT NULL THEN time_served(since, mark, end_mark, before) END;
CREATE OR REPLACE MACRO months_of_sum(served) AS (served >> 16) + (served & 65535) // 30;
CREATE OR REPLACE MACRO total_months(since, till, served, on_day, mark, end_mark, before) AS months_of_sum(
    sum(CAST(CASE WHEN till <= on_day THEN served WHEN till > on_day THEN time_served(since, mark, end_mark, before)
                  ELSE 0 END AS DOUBLE))::BIGINT);
CREATE OR REPLACE MACRO main_place(main) AS (main + 4294967295) >> 32;
CREATE OR REPLACE MACRO main_rank(main) AS nullif(((main_place(main) + 262143) >> 18) - 2, -1);
CREATE OR REPLACE MACRO main_mark(main) AS 710401 + (-main_place(main) & 262143);
CREATE OR REPLACE MACRO day_of_mark(mark) AS
    make_date((mark >> 5) // 12, (mark >> 5) % 12 + 1, mark & 31);
CREATE OR REPLACE MACRO main_day(main) AS day_of_mark(main_mark(main));
CREATE OR REPLACE MACRO trailing_zeros(bits) AS bit_count((bits & -bits) - 1);
CREATE OR REPLACE MACRO newest_first(history) AS history >> (trailing_zeros(history) // 3 * 3);
CREATE OR REPLACE MACRO good_digits(history) AS (history >> 2 | (history >> 1 & history)) & 1317624576693539401;
CREATE OR REPLACE MACRO one_digits(history) AS
    history & ~(history >> 1) & ~(history >> 2) & 1317624576693539401;
CREATE OR REPLACE MACRO run_of_digits(digits) AS trailing_zeros(xor(digits, 1317624576693539401)) // 3;
"""


MAIN_POSTS = "main_posts"
# Tables of one day that several facts start from; made only where a wanted fact names them.
TABLES_OF_THE_DAY: Mapping[str, str] = {
    MAIN_POSTS: """
SELECT person_id, arg_max(title_code, main_order) AS title, arg_max(title_rank, main_order) AS rank,
       arg_max(unit_id, main_order) AS unit, arg_max(position_id, main_order) AS position,
       arg_max(valid_from, main_order) AS since
FROM positions WHERE valid_from <= $as_of AND seat_until > $as_of GROUP BY person_id
"""
}

JOINED: Mapping[str, str] = {RANK_STRETCHES: POSITIONS.name}


def tables_of_the_day(facts: Iterable[Fact]) -> dict[str, str]:
    """The tables of the day that these facts start from: name -> SQL."""
    relations = [fact.reading.relation for fact in facts if fact.reading is not None]
    return {
        name: query
        for name, query in TABLES_OF_THE_DAY.items()
        if any(name in relation for relation in relations)
    }


def tables_read_by(facts: Sequence[Fact]) -> set[str]:
    """The tables that the statement of some facts may read, those behind tables of the day and stretches as well.

    Every word of it, to be compared with names of tables: rather one that is no table than one too few.
    """
    words = set(re.findall(r"\w+", statement(facts)))
    for name, query in TABLES_OF_THE_DAY.items():
        if name in words:
            words |= set(re.findall(r"\w+", query))
    return words | {source for name, source in JOINED.items() if name in words}


def parameters(query: str, as_of: date) -> dict[str, Any]:
    """What a query says about the day asked about: those of its parameters that it names."""
    mark = (as_of.year * 12 + as_of.month - 1) * 32 + as_of.day
    at_end = (as_of + timedelta(days=1)).day == 1
    before = (as_of.replace(day=1) - timedelta(days=1)).day
    known = {"as_of": as_of, "mark": mark, "end_mark": mark | 31 if at_end else mark, "before": before}
    return {name: value for name, value in known.items() if re.search(rf"\${name}\b", query)}


def grouped(facts: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """Facts that share a relation, together."""
    groups: dict[tuple[str, bool], list[Fact]] = {}
    for fact in facts:
        if fact.reading is not None:
            groups.setdefault((fact.reading.relation, fact.reading.one_row), []).append(fact)
    return [tuple(facts) for facts in groups.values()]


def statement(facts: Sequence[Fact], *, everybody: bool = False, with_evidence: bool = False) -> str:
    """The SQL that answers facts sharing one relation, for everybody or for the persons of table `wanted`."""
    readings = [(fact, fact.reading) for fact in facts if fact.reading is not None]
    shared = readings[0][1]
    columns = [_value_column(fact, reading) for fact, reading in readings]
    if with_evidence:
        columns += [column for fact, reading in readings for column in _evidence_columns(fact.code, reading)]
    restriction = "" if everybody else "\nWHERE person_id IN (SELECT person_id FROM wanted)"
    grouping = "" if shared.one_row else "\nGROUP BY person_id"
    return (
        "SELECT person_id,\n       "
        + ",\n       ".join(columns)
        + f"\nFROM ({shared.relation.strip()}) AS lines{restriction}{grouping}"
    )


def _value_column(fact: Fact, reading: Reading) -> str:
    kind = SQL_TYPES[fact.type]
    if reading.present == "TRUE":
        return f"CAST({reading.value} AS {kind}) AS {fact.code}"
    absent = f"CAST({_literal(fact.absent_means)} AS {kind})"
    return (
        f"CASE WHEN {reading.present} THEN CAST({reading.value} AS {kind}) ELSE {absent} END AS {fact.code}"
    )


def _evidence_columns(code: str, reading: Reading) -> Iterator[str]:
    yield f"{reading.present} AS {code}__present"
    yield f"{reading.record} AS {code}__record"
    yield f"CAST({reading.day} AS DATE) AS {code}__day"
    yield f"CAST({reading.anchor} AS DATE) AS {code}__anchor"


def _literal(value: Value | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value).upper() if isinstance(value, bool) else str(value)
