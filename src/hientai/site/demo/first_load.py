"""The first load of an empty database: what the database checks row by row is dropped and added again at the end.

Everything happens in one transaction of the owner of the tables, so either all rows are in and every constraint and
index stands as before, or nothing happened. Adding a constraint checks all rows at once, about ten times faster
for the exclusion constraints of histories than row by row. Only tables without rows are treated so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, models, transaction

from hientai.apps.cadres import models as cadres
from hientai.apps.planning import models as planning
from hientai.apps.workforce import models as workforce

_MEMORY = "256MB"
_LATER = ["x", "f"]  # exclusion and foreign keys; checks are cheap, primary keys and unique constraints stay


@dataclass(frozen=True)
class Statement:
    """How to drop something and how to add it again."""

    drop: str
    add: str


@contextmanager
def first_load() -> Iterator[None]:
    """Loads faster inside. Without the owner's rights, or where rows are in already, it is a plain transaction."""
    with _as_owner(), transaction.atomic():
        later = [found for table in _tables() if _may_rebuild(table) for found in _rebuilt(table)]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for statement in later:
                cursor.execute(statement.drop)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [_MEMORY])
            for statement in reversed(later):
                cursor.execute(statement.add)
            for table in _tables():
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


@contextmanager
def _as_owner() -> Iterator[None]:
    """Works as the owner of the tables where an address for that is known; afterwards as before."""
    from config import database

    url = os.environ.get("DATABASE_OWNER_URL")
    if not url or connection.in_atomic_block:
        yield
        return
    usual = connection.settings_dict
    connection.close()
    connection.settings_dict = usual | {key: database.parse(url)[key] for key in ("USER", "PASSWORD")}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


def _tables() -> Sequence[str]:
    """Tables that get many rows, those that others refer to first."""
    first = [cadres.Person]
    dated = [
        model
        for module in (cadres, planning, workforce)
        for model in vars(module).values()
        if _is_large(model)
    ]
    return list(dict.fromkeys(model._meta.db_table for model in [*first, *dated]))


def _is_large(model: object) -> bool:
    return (
        isinstance(model, type)
        and issubclass(model, models.Model)
        and not model._meta.abstract
        and model._meta.app_label in ("cadres", "planning", "workforce")
        and any(f.name == "person" for f in model._meta.concrete_fields)
    )


def _may_rebuild(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass", [table]
        )
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")
        return not cursor.fetchone()[0]


def _rebuilt(table: str) -> list[Statement]:
    """Constraints and plain indexes of a table, as the database itself writes them."""
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = ANY(%s) ORDER BY contype DESC, conname",
            [table, _LATER],
        )
        constraints = [
            Statement(
                f"ALTER TABLE {name} DROP CONSTRAINT {c}", f"ALTER TABLE {name} ADD CONSTRAINT {c} {how}"
            )
            for c, how in cursor.fetchall()
        ]
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = %s::regclass AND NOT indisunique AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1",
            [table],
        )
        indexes = [Statement(f"DROP INDEX {index}", how) for index, how in cursor.fetchall()]
    return [*constraints, *indexes]
