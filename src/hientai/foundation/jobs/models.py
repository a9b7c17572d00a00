"""The table of long work."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    """Where a piece of long work stands."""

    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Xong")
    FAILED = "failed", _("Dừng vì lỗi")
    CANCELLED = "cancelled", _("Đã hủy")


class LongWork(models.Model):
    """One piece of long work of one account. arguments: ids and codes only; today: the day its owner asked on.

    heartbeat_at: when its worker last said that it lives; back_to: the page that shows what came of it.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    user_id = models.BigIntegerField(null=True)
    today = models.DateField()
    arguments = models.JSONField(default=dict)
    back_to = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    cancel_wanted = models.BooleanField(default=False)
    problem = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "foundation"
        indexes = [models.Index(fields=["user_id", "-created_at"], name="long_work_of_account")]
