"""The first load of an empty database: what the database checks row by row is dropped and added again at the end.

Adding a constraint checks all rows at once, about ten times faster for the exclusion constraints of histories than row
by row. A second connection does it, table by table, as soon as nothing more comes into a table, beside what is entered
then. Only tables without rows are treated so. A load that fails leaves a database to be emptied and loaded again: the
mark of the demo says so. Inside a transaction of the caller there is one connection, and all or nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection, models, transaction

from hientai.apps.cadres import models as cadres
from hientai.apps.planning import models as planning
from hientai.apps.workforce import models as workforce

_MEMORY = "256MB"


@dataclass(frozen=True)
class Statement:
    """How to drop something and how to add it again. alone: adding it touches no other table."""

    drop: str
    add: str
    alone: bool


@dataclass
class FirstLoad:
    """What was dropped, by table, and who adds it again."""

    dropped: dict[str, list[Statement]]
    beside: ThreadPoolExecutor | None
    address: dict[str, Any]
    _adding: list[Future[None]] = field(default_factory=list)

    def is_full(self, *apps: str) -> None:
        """Nothing more is entered into the large tables of these capabilities: they are bound beside the rest."""
        if self.beside is not None:
            for table in [one for one in self.dropped if one.partition("_")[0] in apps]:
                adding = self.beside.submit(_added_beside, self.address, self._take(table), table)
                self._adding.append(adding)

    def finish(self) -> None:
        """Adds all that is still away, references last; raises what adding anything raised."""
        self.is_full(*{table.partition("_")[0] for table in self.dropped})
        for adding in self._adding:
            adding.result()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [_MEMORY])
            for table, statements in self.dropped.items():
                for statement in statements:
                    cursor.execute(statement.add)
                if self.beside is None:
                    cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")

    def _take(self, table: str) -> list[str]:
        """What is added beside: never something that needs another table, so nobody waits for each other."""
        taken = [statement for statement in self.dropped[table] if statement.alone]
        self.dropped[table] = [statement for statement in self.dropped[table] if not statement.alone]
        return [statement.add for statement in taken]


@contextmanager
def first_load() -> Iterator[FirstLoad]:
    """Loads faster inside. Without the owner's rights, or where rows are in already, it is a plain transaction."""
    with _as_owner(), ExitStack() as stack:
        tables = [table for table in _tables() if _may_rebuild(table)]
        beside = None
        if tables and not connection.in_atomic_block:
            beside = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="constraints"))
        else:
            stack.enter_context(transaction.atomic())
        loading = FirstLoad({table: list(reversed(_rebuilt(table))) for table in tables}, beside, _address())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for statements in loading.dropped.values():
                for statement in reversed(statements):
                    cursor.execute(statement.drop)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield loading
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        loading.finish()


def _added_beside(address: dict[str, Any], statements: Sequence[str], table: str) -> None:
    """Adds what belongs to one table by a connection of its own."""
    with psycopg.connect(**address, autocommit=True) as other, other.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [_MEMORY])
        for statement in [*statements, f'ANALYZE "{table}"']:
            cursor.execute(statement.encode())


def _address() -> dict[str, Any]:
    """Where the connection goes, for another one."""
    at = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: at[key] for name, key in names.items() if at[key]}


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
    """Exclusion constraints, references and plain indexes of a table, as the database itself writes them.

    Checks are cheap, and primary keys and unique constraints stay.
    """
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(conname), pg_get_constraintdef(oid), contype = 'x' FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('x', 'f') ORDER BY contype DESC, conname",
            [table],
        )
        constraints = [
            Statement(
                f"ALTER TABLE {name} DROP CONSTRAINT {c}",
                f"ALTER TABLE {name} ADD CONSTRAINT {c} {how}",
                alone,
            )
            for c, how, alone in cursor.fetchall()
        ]
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = %s::regclass AND NOT indisunique AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1",
            [table],
        )
        indexes = [Statement(f"DROP INDEX {index}", how, True) for index, how in cursor.fetchall()]
    return [*constraints, *indexes]
