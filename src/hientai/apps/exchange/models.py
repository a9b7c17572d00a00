"""Tables of imports: a list on its way into the records, and what offices taught about their columns."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Now

from hientai.apps.exchange.types import BatchState, RowStatus
from hientai.foundation.actor import Actor


class BatchQuerySet(models.QuerySet):
    """Imports within the reach of an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own; a list is its officer's business until it is in the records."""
        return self if actor.is_system else self.filter(user_id=actor.user_id)


class ImportBatch(models.Model):
    """One list brought by an officer. The file itself lies in the data folder and is removed when the import ends.

    digest: of the file; version: counted up by every change and every judging; seen: what the preview showed, held
    against the records again at commit, empty when it must be looked at again; choices: sealed, because a mended cell
    may hold an identity number.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.MAPPING)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    read_on = models.DateField()
    mapping = models.TextField(blank=True, default="")
    choices = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    as_of = models.DateField(null=True)
    seen = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    committed_at = models.DateTimeField(null=True)
    error_file = models.CharField(max_length=300, blank=True, default="")

    objects = BatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-created_at"], name="import_of_account")]


class ImportRow(models.Model):
    """One row as the preview shows it. shown: name, reasons, changes; identity numbers only by their last digits.

    person: whose file the row changed or would change, or the new one it opened.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=RowStatus)
    shown = models.JSONField(default=dict)
    person = models.ForeignKey("cadres.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="one_place_per_import_row")]
        indexes = [models.Index(fields=["batch", "status", "place"], name="import_rows_by_status")]


class LearnedMapping(models.Model):
    """What an office taught about the headings of its lists: heading -> field, by unit (null: everybody's)."""

    unit = models.ForeignKey("organization.Unit", models.CASCADE, null=True, related_name="+")
    heading = models.CharField(max_length=300)
    field = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "heading"], name="one_field_per_heading_and_office", nulls_distinct=False
            )
        ]


class UnitRequest(models.Model):
    """A unit's workbook sent out to be filled in and brought back. sent: sealed fields by person code."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    user_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    as_of = models.DateField()
    due_on = models.DateField(null=True)
    sent = models.BinaryField()
    people = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    returned = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="answers")
