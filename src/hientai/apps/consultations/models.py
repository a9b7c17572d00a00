"""Tables of consultations: drafts in versions, who is asked, answers and proposals, conferences."""

from __future__ import annotations

import uuid
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hientai.apps.consultations.types import ANSWER, LEAD, DraftKind, Reply
from hientai.foundation.actor import Actor


def _append_only() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class ConsultationQuerySet(models.QuerySet):
    """Consultations within the reach of an actor."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of units one leads for, and those one is asked in."""
        leads = actor.scope(LEAD).sql(unit="unit_id")
        if leads is None:
            return self
        asked = Addressee.objects.answered_by(actor).values("consultation_id")
        return self.filter(leads | Q(pk__in=asked))


class AddresseeQuerySet(models.QuerySet):
    """Who is asked, by who may answer for them."""

    def answered_by(self, actor: Actor) -> Self:
        """Units within the scope of answering, and the actor's own file."""
        own = Q(person__code=actor.person_code) if actor.person_code else Q(pk__in=[])
        if not actor.may(ANSWER):
            return self.filter(own)
        units = actor.scope(ANSWER).sql(unit="unit_id")
        return self if units is None else self.filter(units | own)


class Consultation(models.Model):
    """A draft sent out for opinions. closing: what was said when it was closed, also who had kept silent."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=DraftKind)
    title = models.CharField(max_length=300)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    opened_on = models.DateField()
    due_on = models.DateField(help_text="ngày cuối cùng còn kịp trả lời / the last day in time")
    closed_on = models.DateField(null=True)
    closing = models.TextField(blank=True, default="")
    silent_at_close = models.PositiveIntegerField(null=True)
    changes = models.PositiveIntegerField(default=0)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user_id = models.BigIntegerField(null=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="due_after_opening", condition=Q(due_on__gte=F("opened_on"))),
            models.CheckConstraint(
                name="closed_says_how_many_were_silent",
                condition=Q(closed_on__isnull=True) | Q(silent_at_close__isnull=False),
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]


class DraftVersion(models.Model):
    """The text of a draft, clause by clause: [{"label", "text"}]."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    clauses = models.JSONField()
    note = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="versions_of_a_draft_in_a_row")
        ]
        triggers = _append_only()


class Addressee(models.Model):
    """A unit or a person asked: exactly one of both."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="addressees")
    place = models.PositiveIntegerField()
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("cadres.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=250)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_unit_or_a_person",
                condition=Q(unit__isnull=True, person__isnull=False)
                | Q(unit__isnull=False, person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["consultation", "unit", "person"], name="nobody_asked_twice", nulls_distinct=False
            ),
        ]
        triggers = _append_only()


class Answer(models.Model):
    """An answer to one version of the draft; a later one of the same addressee counts instead."""

    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    agrees = models.BooleanField()
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["addressee", "number"], name="answers_of_an_addressee_in_a_row")
        ]
        triggers = _append_only()


class Conference(models.Model):
    """A conference on the draft and its minutes."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="conferences")
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True, default="")
    chair = models.CharField(max_length=150, blank=True, default="")
    present = models.PositiveIntegerField()
    minutes = models.TextField()
    version = models.PositiveIntegerField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        triggers = _append_only()


class Proposal(models.Model):
    """A proposal on a clause ("" for the whole), from an answer or a conference; its reply comes with a reason."""

    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="proposals")
    conference = models.ForeignKey(Conference, models.PROTECT, null=True, related_name="proposals")
    place = models.PositiveIntegerField()
    clause = models.CharField(max_length=80, blank=True, default="")
    text = models.TextField()
    reply = models.CharField(max_length=10, choices=Reply, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    replied_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="from_an_answer_or_a_conference",
                condition=Q(answer__isnull=True, conference__isnull=False)
                | Q(answer__isnull=False, conference__isnull=True),
            ),
            models.CheckConstraint(name="a_reply_has_a_reason", condition=Q(reply="") | ~Q(reason="")),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]
