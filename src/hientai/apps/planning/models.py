"""Tables of succession planning."""

from __future__ import annotations

from django.db import models

from hientai.apps.planning.types import Readiness, Source
from hientai.foundation.temporal import EffectiveDated, history_constraints


class Plan(models.Model):
    """The plan of one term: party term 2015-2020 with government term 2016-2021."""

    term = models.CharField(max_length=9, unique=True)
    government_term = models.CharField(max_length=9)
    begins_on = models.DateField()
    ends_on = models.DateField(help_text="ngày đầu tiên không còn thuộc nhiệm kỳ / first day after the term")


class Slot(EffectiveDated):
    """One person planned for one seat in one plan: a turn of the plan (lượt quy hoạch)."""

    KEY = ("plan_id", "person_id", "seat_id")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="slots")
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="slots")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="slots")
    origin = models.CharField(max_length=12, choices=Source, default=Source.ON_SPOT)
    readiness = models.CharField(max_length=12, choices=Readiness, blank=True, default="")

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("slot", "plan_id", "person_id", "seat_id")
