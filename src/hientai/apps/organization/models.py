"""Tables of the organisation: units with their versions, the acts behind them, titles, seats, closures of the tree."""

from __future__ import annotations

from django.contrib.postgres.functions import TransactionNow
from django.db import models

from hientai.apps.organization.types import ActKind, Block, FrozenWork, Level, TextKind, Tier, UnitKind
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


class UnitAct(models.Model):
    """A decision about units: what it did is in its entries, who succeeds whom in its edges. Undone, it stays readable.

    bulk: joins the acts that one reorganisation carried out together.
    """

    kind = models.CharField(max_length=14, choices=ActKind)
    day = models.DateField()
    decision = models.CharField(max_length=300)
    bulk = models.UUIDField(null=True, db_index=True)
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["day"], name="unit_act_day")]


class ActEntry(models.Model):
    """One version of a history that an act closed, wrote, or both; `table` says of which history."""

    act = models.ForeignKey(UnitAct, models.CASCADE, related_name="entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="act_entries")
    table = models.CharField(max_length=8, choices=[("unit", "unit"), ("places", "places")])
    closed = models.BigIntegerField(null=True)
    written = models.BigIntegerField(null=True)


class LineageEdge(models.Model):
    """Unit `before` went to unit `after`, whole or in a part; a share that the decision does not name is null."""

    act = models.ForeignKey(UnitAct, models.CASCADE, related_name="edges")
    before = models.ForeignKey(Unit, models.PROTECT, related_name="edges_onward")
    after = models.ForeignKey(Unit, models.PROTECT, related_name="edges_back")
    numerator = models.PositiveIntegerField(null=True)
    denominator = models.PositiveIntegerField(null=True)
    keeps_records = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "before", "after"], name="one_edge_per_pair_and_act"),
            models.UniqueConstraint(
                fields=["act", "before"], condition=models.Q(keeps_records=True), name="one_keeper_of_records"
            ),
            models.CheckConstraint(
                name="edge_leads_elsewhere", condition=~models.Q(before=models.F("after"))
            ),
            models.CheckConstraint(
                name="share_is_a_part",
                condition=models.Q(numerator__isnull=True, denominator__isnull=True)
                | models.Q(numerator__gt=0, denominator__gte=models.F("numerator")),
            ),
        ]


class UnitKeeping(models.Model):
    """`keeper` may read what ended unit `unit` left, from day `since`; rebuilt with the tree from acts and versions."""

    keeper = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    since = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["keeper", "since"], name="unit_keeping_keeper")]


class UnitText(EffectiveDated):
    """Functions and tasks of a unit as a decision words them, for a time."""

    KEY = ("unit_id", "kind")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=10, choices=TextKind)
    text = models.TextField(max_length=20000)

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("unit_text", "unit_id", text=("kind",))


class FreezeWindow(EffectiveDated):
    """During its validity one kind of work stands still in a unit and below it (KL 128-KL/TW)."""

    KEY = ("unit_id", "kind")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="freezes")
    kind = models.CharField(max_length=12, choices=FrozenWork)

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("freeze_window", "unit_id", text=("kind",))


class Establishment(EffectiveDated):
    """Biên chế: how many posts a unit was given, by decision; usually for a calendar year."""

    KEY = ("unit_id",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="establishments")
    posts = models.PositiveIntegerField()

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("establishment", "unit_id")
