"""What was written since a generation was taken: which of its tables still hold, and whose rows do not.

PostgreSQL keeps in every row the transaction that wrote it (`xmin`), so rows that the earlier database snapshot may not
have seen are found whatever act wrote them. Versions of records are never deleted and name their person: where only
such tables were written, the people concerned are known. Everything else that was written is copied whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from hientai.foundation.registry import OF_SOME_PEOPLE, Export
from hientai.foundation.temporal import EffectiveDated

Ask = Callable[[str], Sequence[Any]]
MOST_PEOPLE = 2_000
_FRESH = "age(xmin) <= age(pg_snapshot_xmin('{database}'::pg_snapshot)::xid)"


@dataclass(frozen=True)
class Written:
    """people: whose rows changed in the tables `by_person`; whole: tables written otherwise, or by too many.

    rows: how many rows each table has now, to notice deletions the next time.
    """

    people: tuple[int, ...]
    by_person: frozenset[str]
    whole: frozenset[str]
    rows: Mapping[str, int]

    def is_unchanged(self, export: Export) -> bool:
        """Whether nothing the export reads from was written."""
        return not sources_of(export.sql) & (self.by_person | self.whole)

    def is_of_people(self, export: Export) -> bool:
        """Whether only rows of `people` can have changed in the export."""
        return not sources_of(export.sql) & self.whole


def written_since(
    ask: Ask, exports: Iterable[Export], database: str, rows: Mapping[str, int], noted: Collection[str]
) -> Written:
    """What transactions wrote that the earlier snapshot had not seen.

    ask: answers a statement with its rows, all from one database snapshot; database: the pg_snapshot of the earlier
    generation; rows: how many each table had then; noted: the tables that may have been written, the others are
    passed over.
    """
    remembering, fresh = _remembering(), _FRESH.format(database=database)
    by_person, whole, now, people = set(), set(), {}, set()
    for table in tables_of(exports):
        if table not in noted and table in rows:
            now[table] = rows[table]
            continue
        named = "array_agg(DISTINCT person_id)" if table in remembering else "NULL"
        # counted apart: an index alone counts, and DISTINCT over all rows would sort them
        ((now[table], new, of),) = ask(
            f"SELECT (SELECT count(*) FROM {table}), count(*), {named} FROM {table} WHERE {fresh}"
        )
        if table not in remembering:
            if new or now[table] != rows.get(table):
                whole.add(table)
        elif now[table] < rows.get(table, 0):
            whole.add(table)
        elif new:
            by_person.add(table)
            people |= set(of)
    if len(people) > MOST_PEOPLE:
        return Written((), frozenset(), frozenset(by_person | whole), now)
    return Written(tuple(sorted(people)), frozenset(by_person), frozenset(whole), now)


def rows_of_tables(ask: Ask, exports: Iterable[Export]) -> dict[str, int]:
    """How many rows each table has that exports read from."""
    return {table: ask(f"SELECT count(*) FROM {table}")[0][0] for table in tables_of(exports)}


def tables_of(exports: Iterable[Export]) -> list[str]:
    """The tables exports read from."""
    return sorted(set().union(*(sources_of(export.sql) for export in exports)))


def of_people(sql: str, people: Sequence[int]) -> str:
    """The same export, of these people only."""
    chosen = f"person_id = ANY(ARRAY[{', '.join(map(str, map(int, people)))}]::bigint[])"
    return f"SELECT * FROM ({sql.replace(OF_SOME_PEOPLE, f'WHERE {chosen}')}) AS everybody WHERE {chosen}"


@cache
def sources_of(sql: str) -> frozenset[str]:
    """The tables an export reads from, by its plan."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        plan = cursor.fetchone()[0]
    return frozenset(_relations(json.loads(plan) if isinstance(plan, str) else plan))


def _relations(plan: Any) -> Iterator[str]:
    if isinstance(plan, dict):
        if "Relation Name" in plan:
            yield plan["Relation Name"]
        for below in plan.values():
            yield from _relations(below)
    elif isinstance(plan, list):
        for below in plan:
            yield from _relations(below)


@cache
def _remembering() -> frozenset[str]:
    """Tables whose rows are versions that name a person: added to and closed, never deleted."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, EffectiveDated)
        and any(f.attname == "person_id" for f in model._meta.concrete_fields)
    )
