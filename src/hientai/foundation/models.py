"""Tables of the foundation: the audit trail."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Now

_APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class TransactionId(models.Field):  # type: ignore[type-arg]  # not subscriptable at run time
    """xid8: the id of the writing transaction, comparable with a pg_snapshot."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class CurrentTransaction(models.Func):
    """The id of the running transaction."""

    template = "pg_current_xact_id()"
    output_field = TransactionId()


class AuditEvent(models.Model):
    """Who did what when; ids and codes only."""

    at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=100)
    details = models.JSONField(default=dict)
    transaction = TransactionId(db_default=CurrentTransaction(), editable=False)

    class Meta:
        triggers = [_APPEND_ONLY]
        indexes = [
            models.Index(fields=["transaction"], name="audit_by_transaction"),
            models.Index(fields=["action", "at"], name="audit_by_action"),
            models.Index(KeyTransform("person_id", "details"), name="audit_of_person"),
        ]


class AuditSeal(models.Model):
    """One sealed batch: the Merkle root of its events, chained to the batch before."""

    at = models.DateTimeField(db_default=Now())
    events = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    head = models.CharField(max_length=64)

    class Meta:
        triggers = [_APPEND_ONLY]


class AuditMembership(models.Model):
    """Which batch an event was sealed in; apart from the event, because events never change."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, primary_key=True, related_name="seal")
    seal = models.ForeignKey(AuditSeal, models.PROTECT, related_name="members")

    class Meta:
        triggers = [_APPEND_ONLY]


# Django finds the tables of a package of the foundation here.
from hientai.foundation.jobs.models import LongWork as LongWork  # noqa: E402
