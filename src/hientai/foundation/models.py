"""Tables of the foundation: the audit trail."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
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


class Tombstone(models.Model):
    """A lawful destruction: asked for by one person on a decision, confirmed by another; what remains of a file.

    subject: id of the person it was about; code: of the file; removed: rows gone, by table; files: stored files gone.
    """

    subject = models.BigIntegerField()
    code = models.CharField(max_length=40)
    decision = models.CharField(max_length=200)
    decided_on = models.DateField()
    ground = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=150)
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.CharField(max_length=150, blank=True, default="")
    confirmed_by_id = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=150, blank=True, default="")
    refused_at = models.DateTimeField(null=True)
    refused_because = models.CharField(max_length=300, blank=True, default="")
    people = models.JSONField(
        default=list, help_text="hồ sơ đã gộp vào cùng bị hủy / files merged into it go too"
    )
    removed = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_destruction_rests_on_a_decision", condition=~Q(decision="")),
            models.CheckConstraint(
                name="destroyed_by_two_people",
                condition=Q(confirmed_by_id__isnull=True) | ~Q(confirmed_by_id=models.F("asked_by_id")),
            ),
            models.CheckConstraint(
                name="a_destruction_is_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by_id__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by_id__isnull=False, refused_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(refused_at__isnull=True), name="one_destruction_of_a_file"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="what_is_done_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.refused_at IS NOT NULL
                       OR (OLD.confirmed_at IS NOT NULL AND OLD.confirmed_at <> transaction_timestamp()) THEN
                        RAISE EXCEPTION 'a destruction that was carried out or refused is never changed';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]


class Writing(models.Model):
    """That a transaction wrote to an exported table; rows come from a trigger, see snapshot/noting.py."""

    relation = models.CharField(max_length=63, blank=True)
    transaction = TransactionId(db_default=CurrentTransaction(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transaction", "relation"], name="one_note_of_a_transaction")
        ]


# Django finds the tables of a package of the foundation here.
from hientai.foundation.jobs.models import LongWork as LongWork  # noqa: E402
