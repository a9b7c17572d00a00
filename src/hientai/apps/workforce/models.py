"""Tables of the workforce: job positions with what they ask for, who holds them, assessed levels, who left."""

from __future__ import annotations

from django.db import models

from hientai.apps.workforce.types import Scheme
from hientai.foundation.temporal import EffectiveDated, history_constraints


def _is_a_level(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=models.Q(level__gte=1, level__lte=5))


class JobPosition(models.Model):
    """Vị trí việc làm of one unit. All that can change about it is in its versions; it lives as long as its unit."""

    code = models.CharField(max_length=80, unique=True)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="job_positions")


class JobVersion(EffectiveDated):
    """What a job position is called, under which decree and group, how many posts it has, for a time."""

    KEY = ("job_id",)

    job = models.ForeignKey(JobPosition, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=250)
    search_key = models.CharField(max_length=250, editable=False)
    decree = models.CharField(max_length=40)
    group = models.CharField(max_length=20)
    posts = models.PositiveIntegerField(default=1)
    description = models.TextField(max_length=10000, blank=True, default="")
    requirements = models.TextField(max_length=10000, blank=True, default="")
    title = models.ForeignKey("organization.Title", models.PROTECT, null=True, related_name="+")

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("job_version", "job_id")


class RequiredLevel(EffectiveDated):
    """The level of a competency that a job position asks for, 1 to 5."""

    KEY = ("job_id", "competency")

    job = models.ForeignKey(JobPosition, models.PROTECT, related_name="levels")
    competency = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()

    class Meta(EffectiveDated.Meta):
        constraints = [
            *history_constraints("required_level", "job_id", text=("competency",)),
            _is_a_level("required_level_1_to_5"),
        ]


class Placement(EffectiveDated):
    """Somebody is placed in a job position by a decision; one at a time."""

    KEY = ("person_id",)

    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="placements")
    job = models.ForeignKey(JobPosition, models.PROTECT, related_name="placements")

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("placement", "person_id")


class Assessment(EffectiveDated):
    """The level of a competency that somebody judged a person to have, from the day of judging until the next one."""

    KEY = ("person_id", "competency")

    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="assessments")
    competency = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    assessed_by = models.CharField(max_length=150)

    class Meta(EffectiveDated.Meta):
        constraints = [
            *history_constraints("assessment", "person_id", text=("competency",)),
            _is_a_level("assessed_level_1_to_5"),
        ]


class Leaving(EffectiveDated):
    """Somebody left by slimming-down or a reorganisation: scheme, months ahead of retirement, post and posts cut."""

    KEY = ("person_id",)

    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="leavings")
    scheme = models.CharField(max_length=20, choices=Scheme)
    months_early = models.PositiveSmallIntegerField(null=True)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    title = models.ForeignKey("organization.Title", models.PROTECT, related_name="+")
    posts_cut = models.PositiveSmallIntegerField(null=True)

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("leaving_of_person", "person_id")
