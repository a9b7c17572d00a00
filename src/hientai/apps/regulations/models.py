"""Tables of the register: what an office adds to the documents that the program brings."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Now

from hientai.apps.regulations.types import Kind, Outcome, Secrecy
from hientai.engines.criteria.tree import Direction


def _hashed(column: str) -> Func:
    """A text column as a range of one number: GiST indexes ranges of numbers without any extension."""
    number = Func(F(column), Value(0), function="hashtextextended")
    return Func(number, number, Value("[]"), function="int8range")


def _place() -> Func:
    """The unit of a local value as a range of one number; 0 is the whole office."""
    number = Coalesce(F("at_unit"), Value(0), output_field=models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


def _days() -> Func:
    return Func(
        F("valid_from"), F("valid_to"), Value("[)"), function="daterange", output_field=DateRangeField()
    )


class OfficeDocument(models.Model):
    """A document that the program does not bring: of the province, or newer than the program."""

    code = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=400)
    issuer = models.CharField(max_length=150)
    signed_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    secrecy = models.CharField(max_length=12, choices=Secrecy, default=Secrecy.OPEN)
    replaces = models.JSONField(default=list)
    note = models.TextField(blank=True, default="")
    added_by = models.BigIntegerField(null=True)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_runs_forwards",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
            )
        ]


class DocumentText(models.Model):
    """A file of the text of a document, never of a classified one."""

    document = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_by = models.BigIntegerField(null=True)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "digest"], name="one_copy_of_a_text")]


class OfficeTarget(models.Model):
    """A target of a document that the program does not know by itself."""

    document = models.CharField(max_length=60, db_index=True)
    key = models.CharField(max_length=80)
    measure = models.CharField(max_length=80)
    scope = models.CharField(max_length=200, blank=True, default="")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=6)
    measured_in = models.CharField(max_length=40)
    direction = models.CharField(max_length=8, choices=[(d.value, d.value) for d in Direction])
    due_on = models.DateField(null=True)
    article = models.CharField(max_length=80, blank=True, default="")
    added_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="one_target_per_key")]


class DraftRules(models.Model):
    """A rule file that is not in force: it answers questions of what would be, and judges nobody."""

    code = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=400)
    standards = models.JSONField(default=list)
    text = models.TextField()
    added_by = models.BigIntegerField(null=True)
    added_at = models.DateTimeField(db_default=Now())


class ValueProposal(models.Model):
    """A value somebody read in the text (or set in a local document), waiting for a second person.

    starts_on: first day of the version confirmed, null for a value without a figure so far. valid_from, valid_to: days
    of a local value, half-open. at_unit: for whose subtree a local value is set, null for the whole office.
    """

    kind = models.CharField(max_length=12, choices=Kind)
    document = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    starts_on = models.DateField(null=True)
    value = models.JSONField()
    unit = models.CharField(max_length=40)
    article = models.CharField(max_length=80, blank=True, default="")
    quotation = models.TextField()
    text = models.ForeignKey(DocumentText, models.PROTECT, null=True, related_name="+")
    local_document = models.CharField(max_length=60, blank=True, default="")
    pilot = models.BooleanField(default=False)
    at_unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    proposed_by = models.BigIntegerField(null=True)
    proposer = models.CharField(max_length=150)
    proposed_at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PROPOSED)
    decided_by = models.BigIntegerField(null=True)
    decider = models.CharField(max_length=150, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_value_takes_two_people",
                condition=~Q(outcome=Outcome.CONFIRMED)
                | Q(proposed_by__isnull=False, decided_by__isnull=False) & ~Q(proposed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="a_value_is_read_in_a_text",
                condition=Q(kind=Kind.CONFIRMATION, text__isnull=False, local_document="")
                | Q(kind=Kind.LOCAL, valid_from__isnull=False) & ~Q(local_document=""),
            ),
            models.CheckConstraint(
                name="only_a_local_value_has_a_unit", condition=Q(kind=Kind.LOCAL) | Q(at_unit__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["document", "key", "starts_on"],
                condition=Q(kind=Kind.CONFIRMATION, outcome=Outcome.CONFIRMED),
                name="one_confirmed_value",
                nulls_distinct=False,
            ),
            ExclusionConstraint(
                name="one_local_value_a_day",
                expressions=[
                    (_hashed("document"), "&&"),
                    (_hashed("key"), "&&"),
                    (_place(), "&&"),
                    (_days(), "&&"),
                ],
                condition=Q(kind=Kind.LOCAL, outcome=Outcome.CONFIRMED),
            ),
        ]
        indexes = [models.Index(fields=["outcome", "document", "key"], name="proposals_by_outcome")]
