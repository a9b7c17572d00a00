"""The SQL of facts: macros for months and runs of years, one statement for facts that share a relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hientai.engines.facts.fact import Fact, FactType, Reading, Value

SQL_TYPES: Mapping[FactType, str] = {
    FactType.INTEGER: "INTEGER",
    FactType.MONTHS: "INTEGER",
    FactType.YEARS: "INTEGER",
    FactType.SHARE: "DOUBLE",
    FactType.BOOLEAN: "BOOLEAN",
    FactType.CODE: "VARCHAR",
    FactType.IDENTIFIER: "BIGINT",
}

# month_of: a running number of the calendar month, so that differences are months by (year, month)
# arithmetic. complete_months: the largest n for which `from` moved n months on (to the last day of a shorter
#     month) is not after `till`; Civil Code 2015 article 148 ends a term of months on the same day number.
# time_served, total_months: one stretch as months and days left over (months times a million plus days), and
#     the months of a sum of these, thirty days left over to a month; as `interval.service`.
# stretch: the length on a day of a stretch that `facts.stretches` joined, null where none opens.
# newest_first: octal digits without the zeros before the newest year; good_digits, one_digits: a one for
#     each digit that is 3 or 4, or 1; run_of_digits: how many of these follow each other from the first on.
# as_day: an incomplete birth date counts from its first possible day (Decree 135/2020 takes 1 January).
MACROS = """
CREATE OR REPLACE MACRO month_of(d) AS year(d) * 12 + month(d);
CREATE OR REPLACE MACRO complete_months(since, till) AS
    month_of(till) - month_of(since)
    - CASE WHEN day(till) < day(since) AND till <> last_day(till) THEN 1 ELSE 0 END;
CREATE OR REPLACE MACRO time_served(since, till) AS
    complete_months(since, till) * 1000000
    + (till - CAST(since + to_months(CAST(complete_months(since, till) AS INTEGER)) AS DATE));
CREATE OR REPLACE MACRO stretch(since, till, served, on_day) AS
    CASE WHEN till <= on_day THEN served WHEN till IS NOT NULL THEN time_served(since, on_day) END;
CREATE OR REPLACE MACRO total_months(served) AS
    served::BIGINT // 1000000 + (served::BIGINT % 1000000) // 30;
CREATE OR REPLACE MACRO main_place(main) AS (main + 4294967295) >> 32;
CREATE OR REPLACE MACRO main_rank(main) AS nullif(((main_place(main) + 262143) >> 18) - 2, -1);
CREATE OR REPLACE MACRO main_day(main) AS
    DATE '1800-01-01' + CAST((((main_place(main) + 262143) >> 18) << 18) - main_place(main) AS INTEGER);
CREATE OR REPLACE MACRO trailing_zeros(bits) AS bit_count((bits & -bits) - 1);
CREATE OR REPLACE MACRO newest_first(history) AS history >> (trailing_zeros(history) // 3 * 3);
CREATE OR REPLACE MACRO good_digits(history) AS (history >> 2 | (history >> 1 & history)) &
1317624576693539401; CREATE OR REPLACE MACRO one_digits(history) AS history & ~(history >> 1) & ~(history >>
2) & 1317624576693539401; CREATE OR REPLACE MACRO run_of_digits(digits) AS trailing_zeros(xor(digits,
1317624576693539401)) // 3; CREATE OR REPLACE MACRO as_day(y, m, d) AS
    CASE WHEN m IS NULL THEN make_date(y, 1, 1)
         ELSE make_date(y, m, least(coalesce(d, 1), day(last_day(make_date(y, m, 1))))) END;
"""


# Greater for the main post: by rank, then length, then the older record. Rank and first day are read back out of it
# (`main_rank`, `main_day`), so that one maximum answers for both.
MAIN_ORDER = """(((coalesce(title_rank, -1) + 2)::BIGINT * 262144 - (valid_from - DATE '1800-01-01')) * 4294967296
    - position_id % 4294967296)"""
MAIN_POSTS = "main_posts"
# Tables of one day that several facts start from; made only where a wanted fact names them.
TABLES_OF_THE_DAY: Mapping[str, str] = {
    MAIN_POSTS: f"""
SELECT person_id, arg_max(title_code, {MAIN_ORDER}) AS title, arg_max(title_rank, {MAIN_ORDER}) AS rank,
       arg_max(unit_id, {MAIN_ORDER}) AS unit, arg_max(position_id, {MAIN_ORDER}) AS position,
       arg_max(valid_from, {MAIN_ORDER}) AS since
FROM positions WHERE valid_from <= $as_of AND seat_until > $as_of GROUP BY person_id
"""
}


def tables_of_the_day(facts: Iterable[Fact]) -> dict[str, str]:
    """The tables of the day that these facts start from: name -> SQL."""
    relations = [fact.reading.relation for fact in facts if fact.reading is not None]
    return {
        name: query
        for name, query in TABLES_OF_THE_DAY.items()
        if any(name in relation for relation in relations)
    }


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
