"""Long work: done at once where no worker is, told how it ended, cancelled, failed when its worker died."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from hientai.engines.wording import say
from hientai.foundation import jobs
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused
from hientai.foundation.jobs import registering
from hientai.foundation.jobs.models import LongWork, WorkState

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind() -> Iterator[Any]:
    """Registers a function as a kind of work for one test."""
    made: list[str] = []

    def registered(do: Any) -> str:
        name = f"test.{len(made)}"
        jobs.register(name, do)
        made.append(name)
        return name

    yield registered
    for name in made:
        del registering._kinds[name]


def _start(actor: Actor, kind: str) -> LongWork:
    return jobs.start(actor=actor, kind=kind, label="Việc thử", arguments={"batch": 7})


def test_without_a_worker_the_work_is_done_at_once_for_its_owner(officer: Actor, kind: Any) -> None:
    seen: dict[str, Any] = {}

    def do(progress: jobs.Progress, actor: Actor, batch: int) -> None:
        seen.update(user=actor.user_id, today=actor.today, batch=batch)
        progress.step(3, 3)

    work = _start(officer, kind(do))
    assert seen == {"user": officer.user_id, "today": officer.today, "batch": 7}
    assert (work.state, work.done, work.total) == (WorkState.DONE, 3, 3)


def test_a_refusal_is_kept_in_the_words_of_the_officer(officer: Actor, kind: Any) -> None:
    def do(progress: jobs.Progress, actor: Actor, batch: int) -> None:
        raise Refused("no", say("Không ghi được dòng {row}.", row=4))

    work = _start(officer, kind(do))
    assert (work.state, work.problem) == (WorkState.FAILED, "Không ghi được dòng 4.")


def test_work_that_was_told_to_stop_stops_at_its_next_step(officer: Actor, kind: Any) -> None:
    def do(progress: jobs.Progress, actor: Actor, batch: int) -> None:
        progress.step(1, 9)
        progress.stop()
        progress.step(2, 9)
        raise AssertionError("must not get here")

    work = _start(officer, kind(do))
    assert (work.state, work.done) == (WorkState.CANCELLED, 2)


def test_waiting_work_is_cancelled_and_never_begun(officer: Actor, kind: Any) -> None:
    def do(progress: jobs.Progress, actor: Actor, batch: int) -> None:
        raise AssertionError("must not begin")

    waiting = LongWork.objects.create(kind=kind(do), label="x", user_id=officer.user_id, today=officer.today)
    assert jobs.cancel(actor=officer, token=waiting.token).state == WorkState.CANCELLED
    jobs.run(waiting.pk, watched=False)
    waiting.refresh_from_db()
    assert waiting.state == WorkState.CANCELLED


def _running(actor: Actor, seconds_silent: int) -> LongWork:
    work = LongWork.objects.create(
        kind="test", label="x", user_id=actor.user_id, today=actor.today, state=WorkState.RUNNING
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE foundation_longwork SET heartbeat_at = now() - make_interval(secs => %s) WHERE id = %s",
            [seconds_silent, work.pk],
        )
    return work


def test_work_whose_worker_died_is_failed_and_work_that_lives_is_not(officer: Actor) -> None:
    dead, alive = _running(officer, 61), _running(officer, 59)
    assert jobs.work_of(actor=officer, token=dead.token).state == WorkState.FAILED
    assert jobs.work_of(actor=officer, token=alive.token).state == WorkState.RUNNING


def test_work_is_seen_by_its_owner_only(officer: Actor, staff: Actor) -> None:
    work = _running(officer, 1)
    with pytest.raises(NotFound):
        jobs.work_of(actor=staff, token=work.token)
    with pytest.raises(NotFound):
        jobs.cancel(actor=staff, token=work.token)


def test_two_functions_for_one_kind_are_refused(kind: Any) -> None:
    name = kind(lambda **_: None)
    with pytest.raises(ValueError, match="registered twice"):
        jobs.register(name, lambda **_: 1)
