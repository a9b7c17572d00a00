"""The audit trail: append-only events, sealed in batches by a chained Merkle root.

An event says who did what when, with ids and codes only. The app role may insert and read, nothing else; a
trigger refuses change even to the owner. `seal` closes the open events into a batch; `faults` recomputes all.
Only an anchor kept outside finds an attacker who recomputes everything, so the newest head can be printed.

Source: R. Merkle, A Certified Digital Signature (1989); RFC 6962 section 2.1 (leaf and node prefixes).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hientai.foundation.actor import Actor
from hientai.foundation.models import AuditEvent, AuditSeal

_SEAL_LOCK = 7_203_001


def record(*, actor: Actor, action: str, details: dict[str, Any]) -> None:
    """Writes one event inside the running transaction."""
    AuditEvent.objects.create(user_id=actor.user_id, actor=actor.name, action=action, details=details)


def record_reading(*, actor: Actor, what: str, details: dict[str, Any]) -> None:
    """The one write a GET may cause: that sensitive data was read, by whom, of whom."""
    AuditEvent.objects.create(user_id=actor.user_id, actor=actor.name, action=f"read.{what}", details=details)


def readings_of(person_id: int, most: int = 200) -> list[tuple[datetime, str, str, dict[str, Any]]]:
    """The newest readings whose event names a person: at, who, what (`read.person`), details."""
    found = AuditEvent.objects.filter(action__startswith="read.", details__person_id=person_id).order_by(
        "-id"
    )
    return list(found.values_list("at", "actor", "action", "details")[:most])


def seal() -> AuditSeal | None:
    """Seals the events that are not sealed yet and visible; None when there are none."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
        previous = AuditSeal.objects.order_by("-id").first()
        events = list(AuditEvent.objects.filter(seal__isnull=True).order_by("id"))
        if not events:
            return None
        root = merkle_root([_leaf(event) for event in events])
        before = previous.head if previous else ""
        new = AuditSeal.objects.create(
            events=len(events), root=root, previous=before, head=_chain(before, root, len(events))
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO foundation_auditmembership (event_id, seal_id) SELECT unnest(%s::bigint[]), %s",
                [[event.id for event in events], new.id],
            )
        return new


def faults() -> list[str]:
    """What is wrong with the sealed trail, one sentence each; empty when every batch recomputes."""
    found, before = [], ""
    for batch in AuditSeal.objects.order_by("id"):
        events = list(AuditEvent.objects.filter(seal__seal_id=batch.id).order_by("id"))
        root = merkle_root([_leaf(event) for event in events])
        if len(events) != batch.events or root != batch.root:
            found.append(f"Lô kiểm toán số {batch.id}: nội dung đã bị thay đổi sau khi niêm phong.")
        if batch.previous != before or batch.head != _chain(before, batch.root, batch.events):
            found.append(f"Lô kiểm toán số {batch.id}: chuỗi niêm phong bị đứt.")
        before = batch.head
    return found


def merkle_root(leaves: Sequence[str]) -> str:
    """The root over hexadecimal leaf hashes; the hash of nothing for an empty sequence."""
    level = list(leaves) or [hashlib.sha256(b"").hexdigest()]
    while len(level) > 1:
        paired = [_node(level[i : i + 2]) for i in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def _leaf(event: AuditEvent) -> str:
    said = json.dumps(
        [event.id, event.at.isoformat(), event.user_id, event.actor, event.action, event.details],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(b"\0" + said.encode()).hexdigest()


def _node(pair: Iterable[str]) -> str:
    return hashlib.sha256(b"\1" + "".join(pair).encode()).hexdigest()


def _chain(previous: str, root: str, events: int) -> str:
    return hashlib.sha256(f"{previous}:{root}:{events}".encode()).hexdigest()
