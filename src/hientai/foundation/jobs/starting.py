"""Starts long work, finds it again, asks it to stop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.jobs.doing import run
from hientai.foundation.jobs.models import LongWork, WorkState

DEAD_AFTER = 60  # seconds without a heartbeat
_STOPPED = gettext_noop("Máy chủ đã dừng giữa chừng; chưa ghi gì.")


def start(
    *, actor: Actor, kind: str, label: str, arguments: dict[str, int | str], back_to: str = ""
) -> LongWork:
    """Hands the work to a worker, or does it at once where none is running; returns it as it then stands."""
    work = LongWork.objects.create(
        kind=kind, label=label, user_id=actor.user_id, today=actor.today, arguments=arguments, back_to=back_to
    )
    if has_worker():
        from hientai.foundation.tasks import do

        transaction.on_commit(lambda: do.defer(work_id=work.pk))
    else:
        run(work.pk, watched=False)
    work.refresh_from_db()
    return work


def has_worker() -> bool:
    """Whether a worker has said within half a minute that it lives."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds')"
        )
        return bool(cursor.fetchone()[0])


def work_of(*, actor: Actor, token: UUID) -> LongWork:
    """The actor's own work; raises NotFound. Work whose worker died is failed: its transaction was rolled back."""
    found = LongWork.objects.filter(token=token, user_id=actor.user_id).first()
    if found is None:
        raise NotFound(str(token))
    if found.state == WorkState.RUNNING and _is_dead(found):
        LongWork.objects.filter(pk=found.pk, state=WorkState.RUNNING).update(
            state=WorkState.FAILED, problem=_STOPPED, finished_at=Now()
        )
        found.refresh_from_db()
    return found


def _is_dead(work: LongWork) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - %s > make_interval(secs => %s)", [work.heartbeat_at, DEAD_AFTER])
        return bool(cursor.fetchone()[0])


def cancel(*, actor: Actor, token: UUID) -> LongWork:
    """Asks the work to stop; work that waits is cancelled at once, finished work stays as it is."""
    work = work_of(actor=actor, token=token)
    own = LongWork.objects.filter(pk=work.pk)
    own.filter(state=WorkState.WAITING).update(state=WorkState.CANCELLED, finished_at=Now())
    own.filter(state=WorkState.RUNNING).update(cancel_wanted=True)
    work.refresh_from_db()
    return work


def seconds_left(work: LongWork) -> int | None:
    """How long it will still take at the speed so far; None before it can be told."""
    if work.state != WorkState.RUNNING or not work.done or not work.total or work.started_at is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp() - %s)", [work.started_at])
        spent = float(cursor.fetchone()[0])
    return round(spent * (work.total - work.done) / work.done)


def own_values(work: LongWork) -> dict[str, Any]:
    """What the page and the API show of it."""
    return {
        "state": work.state,
        "label": work.label,
        "done": work.done,
        "total": work.total,
        "problem": work.problem,
        "seconds_left": seconds_left(work),
    }
