"""Lists that were begun and forgotten: given up after thirty days, their files removed."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories.province import Province, actor_named
from tests.integration.exchange.workbooks import workbook

from hientai.apps.exchange import services, staging
from hientai.apps.exchange.models import ImportBatch, ImportRow
from hientai.apps.exchange.types import BatchState
from hientai.foundation.actor import system

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(province: Province, db: None) -> ImportBatch:
    actor = actor_named("bantochuc")
    batch = services.begin(actor=actor, name="ds.xlsx", content=workbook(), unit_id=province.units["T.H1.X1"])
    batch = services.judge_batch(actor=actor, batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(("days", "state"), [(30, BatchState.PREVIEW), (31, BatchState.ABANDONED)])
def test_a_forgotten_list_is_given_up_after_thirty_days(
    begun: ImportBatch, django_capture_on_commit_callbacks, days: int, state: str
) -> None:
    begun_on = begun.created_at.astimezone().date()
    file = staging.folder() / str(begun.token)
    with django_capture_on_commit_callbacks(execute=True):
        services.sweep(actor=system(begun_on + timedelta(days=days)))
    begun.refresh_from_db()
    kept = state == BatchState.PREVIEW
    assert begun.state == state
    assert file.exists() is kept and ImportRow.objects.filter(batch=begun).exists() is kept
    assert (begun.choices is None) or kept


def test_an_officer_sweeps_only_own_lists(begun: ImportBatch) -> None:
    board = actor_named("bantochuc")
    later = begun.created_at.date() + timedelta(days=90)
    assert services.sweep(actor=replace(board, user_id=-1, today=later)) == 0
    assert services.sweep(actor=replace(board, today=later)) == 1


def test_a_file_that_no_list_owns_is_removed_but_not_on_its_day(
    begun: ImportBatch, django_capture_on_commit_callbacks
) -> None:
    stray = staging.folder() / "of-nobody"
    stray.write_bytes(b"x")
    today = begun.created_at.astimezone().date()
    with django_capture_on_commit_callbacks(execute=True):
        services.sweep(actor=system(today))
    assert stray.exists()
    old = stray.stat().st_mtime - 2 * 86400
    os.utime(stray, (old, old))
    with django_capture_on_commit_callbacks(execute=True):
        services.sweep(actor=system(today))
    assert not stray.exists() and (staging.folder() / str(begun.token)).exists()
