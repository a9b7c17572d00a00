"""What must agree with itself: audit seals, history, overlaps, the tree, the scope of people, the snapshot, files."""

from __future__ import annotations

from datetime import date

from django.db import connection

from hientai.apps.dossiers import selectors as dossiers
from hientai.apps.integrity import selectors as records
from hientai.apps.organization.selectors import closure_differences
from hientai.foundation import audit, expunging, history, snapshot, vault
from hientai.foundation.actor import Actor, system
from hientai.foundation.models import AuditSeal

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
        "lịch sử": history.faults(),
        "trùng thời gian": history.overlaps(),
        "chốt bảo vệ": history.switched_off(),
        "cây đơn vị": closure_differences(),
        "phạm vi hồ sơ": _scopes(),
        "bản chụp cột": _snapshot(),
        "tệp giấy tờ": _files(),
        "hồ sơ đã hủy": _destroyed(),
    }


def seal(actor: Actor) -> AuditSeal | None:
    """Seals the history written since the last time, then the audit trail that says so; the newest head."""
    history.seal(actor)
    return audit.seal()


def _scopes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_DRIFTED_SCOPE)
        drifted = [row[0] for row in cursor.fetchall()]
    return [f"Hồ sơ {code}: đơn vị giữ hồ sơ khác với bản ghi quản lý mới nhất." for code in drifted]


def _snapshot() -> list[str]:
    """The newest generation against the database, table by table, row by row."""
    drifted = snapshot.drifted(snapshot.current())
    return [f"Bảng {table}: bản chụp không còn khớp với cơ sở dữ liệu." for table in drifted]


def _files() -> list[str]:
    """Every file that a version of a paper or a proposal rests on, opened and hashed again."""
    asked = {"actor": system(date.max), "as_of": date.max}
    kept = {**dossiers.versions_kept(**asked), **records.evidence_kept(**asked)}
    return [
        f"Tệp {digest[:12]}…: không còn, hoặc đã bị thay đổi trên đĩa ({kept[digest]} bản giấy tờ dựa vào)."
        for digest in vault.lost_or_altered(sorted(kept))
    ]


def _destroyed() -> list[str]:
    """Every tombstone stands in the audit trail, and nothing of the file is left."""
    return expunging.faults(records.left_of_destroyed(actor=system(date.max), as_of=date.max))
