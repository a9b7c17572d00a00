"""Searches that somebody kept."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hientai.foundation.actor import Actor


class SavedSearchQuerySet(models.QuerySet):
    """Searches an actor may run again."""

    def visible_to(self, actor: Actor) -> Self:
        """The own ones and those that were shared."""
        return self if actor.is_system else self.filter(Q(user_id=actor.user_id) | Q(shared=True))


class SavedSearch(models.Model):
    """The conditions of a search, never its hits: whoever runs it sees the people of their own scope."""

    user_id = models.BigIntegerField(null=True)
    owner = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    conditions = models.JSONField()
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "name"], name="one_search_per_name")]
