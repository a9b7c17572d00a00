"""Tables of procedures: cases and what happened to them, meetings, ballots counted on paper."""

from __future__ import annotations

import uuid
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hientai.apps.procedures.types import BallotState, CaseStatus
from hientai.foundation.actor import Actor


def _append_only() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class KeptDefinition(models.Model):
    """A definition with its ballot rules, as it was when the first case began under it; cases keep it for good."""

    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    document = models.JSONField()

    class Meta:
        triggers = _append_only()


class CaseQuerySet(models.QuerySet):
    """Cases within the reach of an actor."""

    def visible_to(self, actor: Actor, permission: str) -> Self:
        """By the unit of the post, or the unit where the person works now."""
        scope = actor.scope(permission)
        here, there = scope.sql(unit="unit_id"), scope.sql(unit="other_unit_id")
        return self if here is None or there is None else self.filter(here | there)


class Case(models.Model):
    """One use of a procedure. Everything below `version` repeats what its events say, so that lists can ask it.

    version: how many events there are; a page sends back the version it showed.
    """

    code = models.CharField(max_length=20, unique=True)
    kept = models.ForeignKey(KeptDefinition, models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    other_unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.CharField(max_length=40, blank=True, default="")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opened_on = models.DateField()
    opened_by = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=CaseStatus, default=CaseStatus.OPEN)
    step = models.CharField(max_length=40)
    ending = models.CharField(max_length=40, blank=True, default="")
    entered_on = models.DateField()
    due_on = models.DateField(null=True)
    due_certain = models.BooleanField(default=True)
    whole_due_on = models.DateField(null=True)
    whole_due_certain = models.BooleanField(default=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["status", "step", "entered_on"], name="cases_by_step")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=~Q(subject_kind="") & ~Q(status="ended"),
                name="one_open_case_per_subject",
            ),
            models.CheckConstraint(
                name="an_ended_case_says_how", condition=Q(status="ended", ending__gt="") | ~Q(status="ended")
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]


class CaseName(models.Model):
    """Somebody put forward. Events name them by `str(pk)`; label: as printed, told apart within the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="names")
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField()
    label = models.CharField(max_length=200)
    position = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "seat"], name="nobody_twice_in_a_case", nulls_distinct=False
            ),
            models.UniqueConstraint(fields=["case", "label"], name="names_of_a_case_told_apart"),
        ]
        triggers = _append_only()


class CaseEvent(models.Model):
    """One thing that happened to a case. token: of the form that sent it; the same form is taken once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    payload = models.JSONField()
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="events_of_a_case_in_one_row")]
        triggers = _append_only()


class Sitting(models.Model):
    """A meeting called at a step. minutes: the words of the minutes, until the step ends."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sittings")
    step = models.CharField(max_length=40)
    meeting_on = models.DateField()
    place = models.CharField(max_length=200, blank=True, default="")
    chair = models.CharField(max_length=150, blank=True, default="")
    secretary = models.CharField(max_length=150, blank=True, default="")
    minutes = models.TextField(blank=True, default="")


class Summons(models.Model):
    """Somebody on the list of those summoned; present is null until the meeting took place."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="people")
    place = models.PositiveIntegerField()
    person = models.ForeignKey("cadres.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    present = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "place"], name="one_line_per_summons"),
            models.UniqueConstraint(
                fields=["sitting", "person"], condition=Q(person__isnull=False), name="nobody_summoned_twice"
            ),
        ]


class Ballot(models.Model):
    """A ballot on paper at one meeting: totals only. No voter and no choice are stored anywhere."""

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="ballot")
    first_teller = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    second_teller = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=BallotState, default=BallotState.COUNTING)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="two_tellers", condition=~Q(first_teller=F("second_teller")))
        ]


class TellerCount(models.Model):
    """What one teller read off the ballots; entered anew, never changed."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="counts")
    teller = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    attempt = models.PositiveIntegerField()
    issued = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()
    votes = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "teller", "attempt"], name="attempts_in_a_row"),
            models.CheckConstraint(name="teller_valid_within_issued", condition=Q(valid__lte=F("issued"))),
        ]
        triggers = _append_only()


class FinalCount(models.Model):
    """A final count. The first closes the ballot; a later one corrects it, says why, and leaves the first as it was."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="finals")
    version = models.PositiveIntegerField()
    issued = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()
    votes = models.JSONField()
    because = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "version"], name="final_counts_in_a_row"),
            models.CheckConstraint(name="final_valid_within_issued", condition=Q(valid__lte=F("issued"))),
            models.CheckConstraint(name="a_correction_says_why", condition=Q(version=1) | ~Q(because="")),
        ]
        triggers = _append_only()


class DocumentTemplate(models.Model):
    """An office's own Word template for one kind of document; the newest version of an office and kind is used."""

    kind = models.CharField(max_length=40)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=150)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)

    class Meta:
        triggers = _append_only()
        indexes = [models.Index(fields=["kind", "-id"], name="templates_by_kind")]
