"""Tables of frozen reports and of locked days."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models.functions import Now


class FrozenReport(models.Model):
    """A report as it was submitted: what was asked, by whom, of which records, rules and program, and every word of it.

    sealed: the report as text, encrypted, because it may name people; hashes: SHA-256 of each form it is written in;
    everywhere: whoever froze it saw all records, so others who do may read it.
    """

    code = models.CharField(max_length=16, unique=True)
    report = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    as_of = models.DateField()
    unit_code = models.CharField(max_length=60, blank=True)
    options = models.JSONField(default=dict)
    language = models.CharField(max_length=5)
    frozen_at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    frozen_by = models.CharField(max_length=150)
    everywhere = models.BooleanField()
    records = models.CharField(max_length=32)
    rules = models.CharField(max_length=32)
    program = models.CharField(max_length=60)
    sealed = models.BinaryField()
    hashes = models.JSONField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        indexes = [models.Index(fields=["user_id", "-frozen_at"], name="frozen_by_account")]


class LockedDay(models.Model):
    """A day an office declares settled (ngày khóa số liệu). Nothing is copied: records remember what was known when.

    known_at: the moment of the declaration; the same day may be locked again, the newest counts.
    """

    day = models.DateField()
    name = models.CharField(max_length=120)
    known_at = models.DateTimeField(db_default=TransactionNow())
    user_id = models.BigIntegerField(null=True)
    locked_by = models.CharField(max_length=150)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
