"""Tables of the organisation: units with their versions, titles, seats, and the closure of the tree."""

from __future__ import annotations

from django.db import models

from hientai.apps.organization.types import Block, Level, Tier, UnitKind
from hientai.foundation.temporal import EffectiveDated, history_constraints


class Unit(models.Model):
    """A body in the organisation tree. All that can change about it is in its versions."""

    code = models.CharField(max_length=60, unique=True)


class UnitVersion(EffectiveDated):
    """What a unit was called, what it was and where it stood, for a time."""

    KEY = ("unit_id",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=250)
    search_key = models.CharField(max_length=250, editable=False)
    kind = models.CharField(max_length=20, choices=UnitKind)
    block = models.CharField(max_length=20, choices=Block)
    level = models.CharField(max_length=20, choices=Level)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="child_versions")
    order = models.PositiveIntegerField(default=0)

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("unit_version", "unit_id")
        indexes = [models.Index(fields=["parent"], name="unit_version_parent")]


class UnitSubtree(models.Model):
    """The closure of the tree over time, rebuilt from current versions by `services.rebuild_subtrees`."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "descendant"], name="unit_subtree_down"),
            models.Index(fields=["descendant", "depth"], name="unit_subtree_up"),
        ]


class Title(models.Model):
    """A kind of post (chức danh): level, rank within the level, managing tier, protocol order."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200, editable=False)
    level = models.CharField(max_length=20, choices=Level)
    rank = models.PositiveSmallIntegerField(
        help_text="số lớn là cao hơn, bằng nhau là tương đương / greater is higher, equal is equivalent"
    )
    is_leadership = models.BooleanField(default=False)
    is_key = models.BooleanField(default=False, help_text="chức danh chủ chốt")
    tier = models.CharField(max_length=20, choices=Tier)
    term_years = models.PositiveSmallIntegerField(default=5)
    standard = models.CharField(
        max_length=80, blank=True, help_text="mã tiêu chuẩn quy hoạch trong kho quy định"
    )
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="title_runs_forwards",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_from__lt=models.F("valid_to")),
            )
        ]


class Seat(models.Model):
    """One title at one unit (vị trí); how many places it has is in its versions."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seats")
    title = models.ForeignKey(Title, models.PROTECT, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="one_seat_per_title_and_unit")]


class SeatPlaces(EffectiveDated):
    """How many places a seat has, for a time."""

    KEY = ("seat_id",)

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="places")
    places = models.PositiveIntegerField(default=1)

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("seat_places", "seat_id")
