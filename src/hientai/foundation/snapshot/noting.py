"""Which exported tables were written: the database notes it itself, whatever act or program writes.

A trigger on every exported table leaves its name and the transaction in `foundation_writing`. Who copies the records
then looks through those tables alone. A table without that trigger counts as written always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DatabaseError, connection, transaction

from hientai.foundation import registry
from hientai.foundation.snapshot.since import sources_of

Ask = Callable[[str], Sequence[Any]]
TRIGGER = "what_is_written_is_noted"
MOST_NOTES = 20_000
EVERYTHING = ""  # in place of a table: notes up to this transaction are gone
_UNSEEN = """transaction >= pg_snapshot_xmin('{database}'::pg_snapshot)
             AND (relation = '' OR NOT pg_visible_in_snapshot(transaction, '{database}'::pg_snapshot))"""


def noted_since(ask: Ask, database: str, tables: Iterable[str]) -> set[str]:
    """Those of `tables` that may have been written by transactions which the pg_snapshot `database` had not seen."""
    wanted = set(tables)
    noting = {row[0] for row in ask(f"""SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                                        WHERE t.tgname = '{TRIGGER}' AND t.tgenabled <> 'D'""")}  # fmt: skip
    unseen = _UNSEEN.format(database=database)
    written = {row[0] for row in ask(f"SELECT DISTINCT relation FROM foundation_writing WHERE {unseen}")}
    return wanted if EVERYTHING in written else (wanted - noting) | (wanted & written)


def note_writing() -> None:
    """Gives every exported table its trigger, after migrations and by the owner of the tables."""
    made = "foundation_writing" in connection.introspection.table_names()
    for table in _exported() if made else ():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s)",
                [table, TRIGGER],
            )
            if cursor.fetchone()[0]:
                continue
            cursor.execute(
                f"CREATE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
                f" ON {connection.ops.quote_name(table)} FOR EACH STATEMENT EXECUTE FUNCTION foundation_note_writing()"
            )
            cursor.execute(
                "INSERT INTO foundation_writing (relation) VALUES (%s) ON CONFLICT DO NOTHING", [table]
            )


def forget_notes(database: str) -> None:
    """Removes notes that the newest copy has seen, once there are many; says up to where, for copies elsewhere."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id) - min(id), 0) FROM foundation_writing")
        if cursor.fetchone()[0] < MOST_NOTES:
            return
        cursor.execute(
            "DELETE FROM foundation_writing WHERE transaction < pg_snapshot_xmin(%s::pg_snapshot)", [database]
        )
        cursor.execute(
            """INSERT INTO foundation_writing (relation, transaction)
               VALUES (%s, (pg_snapshot_xmin(%s::pg_snapshot)::text::bigint - 1)::text::xid8)
               ON CONFLICT DO NOTHING""",
            [EVERYTHING, database],
        )


def _exported() -> list[str]:
    """The tables that exports read from, as far as they are there: a migration may stop half way."""
    found: set[str] = set()
    for export in registry.exports().values():
        try:
            with transaction.atomic():
                found |= sources_of(export.sql)
        except DatabaseError:
            continue
    return sorted(found)
