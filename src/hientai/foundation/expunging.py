"""Takes rows out for good: lawful destruction, the one act that deletes.

The database lets it happen only through a function of its owner, inside the transaction that confirms a tombstone, and
only for rows that name one of its people. What the rows weighed in sealed history goes into the audit trail, so that
`verify` still adds up. Callers say what belongs to a person; nothing here knows a capability.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

from hientai.foundation import audit, history
from hientai.foundation.actor import Actor
from hientai.foundation.models import AuditEvent, Tombstone

CARRIED_OUT = "record.destroy"
_FOLDERS = ("exports", "imports")  # files under way that may name people: results of imports, lists brought
_LARGEST_PART = 200 * 1024 * 1024


def remove(*, actor: Actor, tombstone: Tombstone, table: str, ids: Sequence[int]) -> int:
    """Deletes these rows of a table; returns how many. The database refuses without a confirmed tombstone."""
    if not ids:
        return 0
    wanted = sorted(set(ids))
    before = history.sealed_share(table, wanted)
    with connection.cursor() as cursor:
        cursor.execute("SELECT foundation_expunge(%s, %s, %s)", [tombstone.pk, table, wanted])
        removed = int(cursor.fetchone()[0])
    _say_what_is_gone(actor, tombstone, table, before, {})
    return removed


def blank(
    *, actor: Actor, tombstone: Tombstone, table: str, ids: Sequence[int], words: Mapping[str, str]
) -> int:
    """Replaces words in rows that stay because they belong to others too; returns how many rows.

    words: column -> what it says from now on; `{id}` in it becomes the id of the row.
    """
    if not ids:
        return 0
    wanted = sorted(set(ids))
    before = history.sealed_share(table, wanted)
    changed = 0
    with connection.cursor() as cursor:
        for column, text in words.items():
            cursor.execute(
                "SELECT foundation_blank(%s, %s, %s, %s, %s)", [tombstone.pk, table, column, wanted, text]
            )
            changed = int(cursor.fetchone()[0])
    _say_what_is_gone(actor, tombstone, table, before, history.sealed_share(table, wanted))
    return changed


def _say_what_is_gone(
    actor: Actor, tombstone: Tombstone, table: str,
    before: Mapping[tuple[int, int], tuple[int, int]], after: Mapping[tuple[int, int], tuple[int, int]],
) -> None:  # fmt: skip
    for (start, end), (rows, digest) in before.items():
        left, left_digest = after.get((start, end), (0, 0))
        details = {
            "table": table, "after": start, "until": end, "rows": rows - left, "digest": str(digest - left_digest),
            "tombstone": tombstone.pk,
        }  # fmt: skip
        audit.record(actor=actor, action=history.DESTROYED, details=details)


def forget_files(needles: Iterable[str]) -> int:
    """Removes files under way that contain one of the texts (also inside zipped documents); returns how many."""
    wanted = [needle.encode() for needle in needles if needle]
    gone = 0
    for name in _FOLDERS:
        folder = Path(settings.HOME) / name
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if file.is_file() and _names(file, wanted):
                file.unlink(missing_ok=True)
                gone += 1
    return gone


def _names(file: Path, needles: Sequence[bytes]) -> bool:
    content = file.read_bytes()
    if any(needle in content for needle in needles):
        return True
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(file) as packed:
            return any(
                any(needle in packed.read(part) for needle in needles)
                for part in packed.infolist()
                if part.file_size < _LARGEST_PART
            )
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False


def faults(remaining: Mapping[int, Sequence[str]]) -> list[str]:
    """Tombstones that do not hold, one sentence each. remaining: subject -> tables that still have rows of it."""
    said = {
        event["tombstone"]: event
        for event in AuditEvent.objects.filter(action=CARRIED_OUT).values_list("details", flat=True)
    }
    found = []
    for stone in Tombstone.objects.filter(confirmed_at__isnull=False).order_by("pk"):
        if stone.pk not in said or said[stone.pk].get("person_id") != stone.subject:
            found.append(f"Hồ sơ đã hủy {stone.code}: nhật ký kiểm toán không ghi việc hủy này.")
        if remaining.get(stone.subject):
            tables = ", ".join(remaining[stone.subject])
            found.append(f"Hồ sơ đã hủy {stone.code}: vẫn còn bản ghi ({tables}).")
    for number in sorted(said.keys() - set(Tombstone.objects.values_list("pk", flat=True))):
        found.append(f"Nhật ký ghi một việc hủy hồ sơ (số {number}) nhưng bia ghi không còn.")
    return found
