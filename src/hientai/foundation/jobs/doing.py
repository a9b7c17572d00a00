"""Does a piece of long work and says how it ended."""

from __future__ import annotations

import contextlib
import logging

from django.contrib.auth import get_user_model
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from hientai.engines.errors import HienTaiError
from hientai.foundation import registry
from hientai.foundation.actor import Actor, system
from hientai.foundation.jobs.models import LongWork, WorkState
from hientai.foundation.jobs.progress import Cancelled, Progress, Pulse
from hientai.foundation.jobs.registering import function_of

_BROKEN = gettext_noop("Lỗi của chương trình; chưa ghi gì. Hãy báo người quản trị.")
_log = logging.getLogger("hientai.jobs")


def run(work_id: int, *, watched: bool) -> None:
    """Does the work unless it was started, finished or cancelled before.

    watched: a worker does it, with heartbeat and cancel; otherwise the asking process does, at once.
    """
    taken = LongWork.objects.filter(pk=work_id, state=WorkState.WAITING, cancel_wanted=False)
    if not taken.update(state=WorkState.RUNNING, started_at=Now(), heartbeat_at=Now()):
        LongWork.objects.filter(pk=work_id, state=WorkState.WAITING).update(
            state=WorkState.CANCELLED, finished_at=Now()
        )
        return
    work = LongWork.objects.get(pk=work_id)
    progress = Progress()
    pulse = Pulse(work_id, progress) if watched else contextlib.nullcontext()
    state, problem = WorkState.DONE, ""
    try:
        with pulse:
            function_of(work.kind)(progress=progress, actor=_owner(work), **work.arguments)
    except Cancelled:
        state = WorkState.CANCELLED
    except HienTaiError as error:
        state, problem = WorkState.FAILED, str(error)[:500]
    except Exception:
        _log.exception("work %s of kind %s failed", work_id, work.kind)
        state, problem = WorkState.FAILED, _BROKEN
        if not watched:
            _finish(work, state, problem, progress)
            raise
    _finish(work, state, problem, progress)


def _finish(work: LongWork, state: str, problem: str, progress: Progress) -> None:
    LongWork.objects.filter(pk=work.pk).update(
        state=state, problem=problem, done=progress.done, total=progress.total, finished_at=Now()
    )


def _owner(work: LongWork) -> Actor:
    if work.user_id is None:
        return system(work.today)
    return registry.actor_of(get_user_model().objects.get(pk=work.user_id), work.today)
