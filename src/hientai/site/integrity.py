"""What must agree with itself: the audit seals, the closure of the tree, the scope of people, the snapshot."""

from __future__ import annotations

from django.db import connection

from hientai.apps.organization.selectors import closure_differences
from hientai.foundation import audit, snapshot

_DRIFTED_SCOPE = """
    SELECT p.code FROM cadres_person p
    LEFT JOIN LATERAL (
        SELECT m.unit_id, m.tier FROM cadres_management m
        WHERE m.person_id = p.id AND m.recorded_to IS NULL ORDER BY m.valid_from DESC LIMIT 1
    ) newest ON true
    WHERE p.held_by_id IS DISTINCT FROM newest.unit_id OR p.tier <> coalesce(newest.tier, '')
    ORDER BY p.code LIMIT 20
"""


def faults() -> dict[str, list[str]]:
    """Each check with what it found, one sentence a fault; an empty list where all is well."""
    return {
        "nhật ký kiểm toán": audit.faults(),
        "cây đơn vị": closure_differences(),
        "phạm vi hồ sơ": _scopes(),
        "bản chụp cột": _snapshot(),
    }


def _scopes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_DRIFTED_SCOPE)
        drifted = [row[0] for row in cursor.fetchall()]
    return [f"Hồ sơ {code}: đơn vị giữ hồ sơ khác với bản ghi quản lý mới nhất." for code in drifted]


def _snapshot() -> list[str]:
    """The newest generation against the database, table by table, row by row."""
    drifted = snapshot.drifted(snapshot.current())
    return [f"Bảng {table}: bản chụp không còn khớp với cơ sở dữ liệu." for table in drifted]
