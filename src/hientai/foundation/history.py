"""Seals of history: what was ever written is hashed in ranges of ids, and the hashes stand in the audit trail.

Rows of histories and append-only tables never change but for `recorded_to`, so the hash of all other columns of the
rows up to an id must stay what it was. `seal` hashes what came since the last seal; `faults` recomputes every range,
looks for versions that overlap, and for rules of the database that somebody switched off. What a lawful destruction
took out of a sealed range stands in the audit trail too, so that the rest still adds up.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection, models, transaction

from hientai.foundation import audit
from hientai.foundation.actor import Actor
from hientai.foundation.models import AuditEvent
from hientai.foundation.temporal import EffectiveDated

ACTION = "history.seal"
DESTROYED = "history.destroyed"
_GUARDS = ("versions_are_never_edited", "append_only")
_HASH = """SELECT count(*), coalesce(sum(hashtextextended((to_jsonb(t) - 'recorded_to')::text, 0)::numeric), 0)::text
           FROM {table} t WHERE id > %s AND id <= %s"""


def seal(actor: Actor) -> int:
    """Hashes the rows written since the last seal into the audit trail; returns how many rows.

    Writers are waited for and kept out for the moment it takes, so that no row with a lower id comes later.
    """
    rows = 0
    for table in _tables():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            since = _last(table)
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            until = int(cursor.fetchone()[0])
            if until <= since:
                continue
            count, digest = _hashed(cursor, table, since, until)
            details = {"table": table, "after": since, "until": until, "rows": count, "digest": digest}
            audit.record(actor=actor, action=ACTION, details=details)
            rows += count
    return rows


def faults() -> list[str]:
    """Ranges whose rows are no longer what was sealed, one sentence each."""
    found = []
    known, destroyed = set(_tables()), _destroyed()
    with connection.cursor() as cursor:
        for event in AuditEvent.objects.filter(action=ACTION).order_by("id"):
            kept = event.details
            if kept["table"] not in known:
                continue
            count, digest = _hashed(cursor, kept["table"], kept["after"], kept["until"])
            gone, gone_digest = destroyed.get((kept["table"], kept["after"], kept["until"]), (0, 0))
            if (count + gone, int(digest) + gone_digest) != (kept["rows"], int(kept["digest"])):
                found.append(
                    f"Bảng {kept['table']}, dòng {kept['after'] + 1}–{kept['until']}: "
                    f"lịch sử đã bị thay đổi sau khi niêm phong ngày {event.at:%d/%m/%Y}."
                )
    return found


def _destroyed() -> dict[tuple[str, int, int], tuple[int, int]]:
    """Rows and hashes that lawful destruction took out of each sealed range, as the audit trail says."""
    found: dict[tuple[str, int, int], tuple[int, int]] = {}
    for details in AuditEvent.objects.filter(action=DESTROYED).values_list("details", flat=True):
        key = details["table"], details["after"], details["until"]
        rows, digest = found.get(key, (0, 0))
        found[key] = rows + details["rows"], digest + int(details["digest"])
    return found


def sealed_share(table: str, ids: list[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """What the rows with these ids add to each sealed range (after, until) of a table: how many, and their hashes."""
    if table not in _tables() or not ids:
        return {}
    found = {}
    with connection.cursor() as cursor:
        for details in AuditEvent.objects.filter(action=ACTION, details__table=table).values_list(
            "details", flat=True
        ):
            cursor.execute(
                f"{_HASH.format(table=table)} AND id = ANY(%s)", [details["after"], details["until"], ids]
            )
            rows, digest = cursor.fetchone()
            if rows:
                found[details["after"], details["until"]] = (int(rows), int(digest))
    return found


def overlaps() -> list[str]:
    """Current versions of one key that overlap in time, one sentence each, at most twenty a table.

    One pass in the order of time: a version that begins before an earlier one of its key ended overlaps.
    """
    found = []
    for model in _dated():
        table = model._meta.db_table
        key = ", ".join(model.KEY)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT before, id FROM (
                        SELECT id, valid_from, lag(id) OVER times AS before,
                               max(coalesce(valid_to, 'infinity'::date)) OVER (
                                   PARTITION BY {key} ORDER BY valid_from, id
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
                        FROM {table} WHERE recorded_to IS NULL
                        WINDOW times AS (PARTITION BY {key} ORDER BY valid_from, id)) each
                    WHERE valid_from < reach ORDER BY 1, 2 LIMIT 20"""
            )
            found += [
                f"Bảng {table}: dòng {one} và {other} cùng hiệu lực trùng thời gian."
                for one, other in cursor.fetchall()
            ]
    return found


def switched_off() -> list[str]:
    """Triggers and constraints of histories that are gone or disabled, one sentence each."""
    found = []
    for model in apps.get_models():
        table = model._meta.db_table
        names = [t.name for t in getattr(model._meta, "triggers", ()) if t.name]
        standing = _standing(table)
        found += [
            f"Bảng {table}: chốt “{name}” đã bị gỡ hoặc tắt."
            for name in names
            if not any(f"_{name}_" in trigger for trigger in standing)
        ]
        wanted = [c.name for c in model._meta.constraints if isinstance(c, ExclusionConstraint)]
        found += [f"Bảng {table}: ràng buộc “{name}” đã bị gỡ." for name in wanted if name not in standing]
    return found


def _standing(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'
               UNION ALL SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass""",
            [table, table],
        )
        return {str(row[0]) for row in cursor.fetchall()}


def _dated() -> list[type[EffectiveDated]]:
    return [model for model in apps.get_models() if issubclass(model, EffectiveDated)]


def _tables() -> list[str]:
    """Tables whose rows never change: histories, and those with the append-only trigger, but not the trail itself."""
    guarded = [
        model
        for model in apps.get_models()
        if any(t.name in _GUARDS for t in getattr(model._meta, "triggers", ()))
        and model._meta.app_label != "foundation"
        and _has_number(model)
    ]
    return sorted(model._meta.db_table for model in guarded)


def _has_number(model: type[models.Model]) -> bool:
    return model._meta.pk is not None and model._meta.pk.name == "id"


def _last(table: str) -> int:
    newest = AuditEvent.objects.filter(action=ACTION, details__table=table).order_by("-id").first()
    return int(newest.details["until"]) if newest else 0


def _hashed(cursor: Any, table: str, after: int, until: int) -> tuple[int, str]:
    cursor.execute(_HASH.format(table=table), [after, until])
    count, digest = cursor.fetchone()
    return int(count), str(digest)
