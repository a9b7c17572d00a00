"""Long work of imports: reading a list against the records, and writing it."""

from __future__ import annotations

from hientai.apps.exchange import services
from hientai.engines.errors import HienTaiError
from hientai.foundation.actor import Actor
from hientai.foundation.jobs import Progress

_OLD = ("preview_is_old", "changed_meanwhile", "records_conflict")


def judge(progress: Progress, actor: Actor, batch: int) -> None:
    """Reads the file of an import and holds it against the records."""
    services.judge_batch(actor=actor, batch_id=batch, progress=progress)


def commit(progress: Progress, actor: Actor, batch: int, version: int, partial: int) -> None:
    """Writes an import as it was previewed; a preview that turns out to be old is marked so."""
    try:
        services.commit_batch(
            actor=actor, batch_id=batch, version=version, allow_partial=bool(partial), progress=progress
        )
    except HienTaiError as error:
        if error.code in _OLD:
            services.mark_old(actor=actor, batch_id=batch)
        raise


def sweep(actor: Actor) -> None:
    """Lists that were begun and forgotten."""
    services.sweep(actor=actor)


KINDS = {"exchange.judge": judge, "exchange.commit": commit}
