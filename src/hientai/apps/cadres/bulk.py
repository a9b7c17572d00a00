"""Rows into tables by COPY: what entering thousands of people at once needs to be quick."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models

from hientai.foundation.temporal import EffectiveDated

_DATED = ("line", "valid_from", "valid_to", "source", "reason", "person_id")
DatedRow = tuple[int, date, date | None, str, tuple[Any, ...]]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes rows given as values of `columns` (database columns). Django's own errors are raised for broken rules."""
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def copy_dated(model: type[EffectiveDated], columns: Sequence[str], rows: Iterable[DatedRow]) -> None:
    """Writes new lines of a history: (person id, valid from, valid to, source, values of `columns`)."""
    copy_rows(
        model,
        (*_DATED, *columns),
        (
            (uuid.uuid4(), start, end, source, "", person, *values)
            for person, start, end, source, values in rows
        ),
    )


def copied(row: Any, **changes: Any) -> Any:
    """A new version of `row`: the same line and values but for `changes` (field or column names)."""
    own = {"id", "recorded_from", "recorded_to"}
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in own}
    values |= {row._meta.get_field(name).attname: value for name, value in changes.items()}
    return type(row)(**values)
