"""Tables of bulk reorganisation: drafts, choices about people, comments of units."""

from __future__ import annotations

import uuid

from django.contrib.postgres.functions import TransactionNow
from django.db import models

from hientai.apps.reorganisation.types import ChoiceKind, DraftState
from hientai.apps.workforce.types import Scheme


class Draft(models.Model):
    """A reorganisation in the making. content: codes and numbers (`types.to_json`); seen: versions of the units then.

    bulk, recorded_at: under which it was carried out.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    decision = models.CharField(max_length=300)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.DRAFT)
    content = models.JSONField()
    seen = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    bulk = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)


class Choice(models.Model):
    """What an officer decided for one person in one draft, instead of the proposal."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="choices")
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="reorganisation_choices")
    kind = models.CharField(max_length=6, choices=ChoiceKind)
    unit = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(max_length=80, blank=True, default="")
    scheme = models.CharField(max_length=20, choices=Scheme, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "person"], name="one_choice_per_person_and_draft")
        ]


class Comment(models.Model):
    """What a unit says about a draft."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="comments")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    actor = models.CharField(max_length=150)
    made_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
