"""Tables of good records: the trend by day and unit, campaigns, proposals of change with their evidence."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hientai.apps.integrity.types import OPEN, ProposalState
from hientai.foundation.actor import Actor


class QualityDay(models.Model):
    """How many records of a unit were clean on a day; evaluated again, the day is written anew."""

    day = models.DateField()
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    clean = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="one_quality_per_unit_and_day"),
            models.CheckConstraint(name="clean_ones_are_people", condition=Q(clean__lte=models.F("people"))),
        ]


class Campaign(models.Model):
    """Rules to be worked off by a day, in every unit that keeps files below one. rules: codes."""

    title = models.CharField(max_length=200)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    rules = models.JSONField()
    opened_on = models.DateField()
    due_on = models.DateField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="campaign_has_time", condition=Q(due_on__gte=models.F("opened_on")))
        ]


class CampaignUnit(models.Model):
    """A unit in a campaign: people it had and people at fault when it began; who signed off when."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="units")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    at_start = models.PositiveIntegerField()
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=150, blank=True, default="")
    signed_by_id = models.BigIntegerField(null=True)
    left_at_signing = models.PositiveIntegerField(null=True)
    remark = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="one_line_per_campaign_and_unit"),
            models.CheckConstraint(
                name="what_is_left_is_explained",
                condition=Q(left_at_signing__isnull=True) | Q(left_at_signing=0) | ~Q(remark=""),
            ),
        ]


class ProposalQuerySet(models.QuerySet):
    """Proposals about people within the scope of an actor."""

    def visible_to(self, actor: Actor, permission: str) -> Self:
        """Those of people whose file the actor may reach under `permission` today."""
        seen = actor.scope(permission).sql(
            unit="person__held_by_id", tier="person__tier", person="person__code"
        )
        return self if seen is None else self.filter(seen)


class Proposal(models.Model):
    """A change of one file that somebody proposes: field by field, with the value that was seen.

    version: of the file when it was opened (`PersonOnFile.version`); changes: {field: [before, after]}, sealed like the
    identity number, because a field may be one.
    """

    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="proposals")
    version = models.CharField(max_length=64)
    changes = models.BinaryField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    user_id = models.BigIntegerField(null=True)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField(db_default=Now())

    objects = ProposalQuerySet.as_manager()

    class Meta:
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]
        indexes = [models.Index(fields=["person"], name="open_proposals", condition=Q(state__in=OPEN))]


class ProposalStep(models.Model):
    """What was done with a proposal, by whom: confirmed, approved, refused with a reason, withdrawn."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=ProposalState)
    note = models.CharField(max_length=300, blank=True, default="")
    user_id = models.BigIntegerField(null=True)
    done_by = models.CharField(max_length=150)
    done_at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Evidence(models.Model):
    """A paper that proves a proposal; the file lies in the vault."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="papers")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
