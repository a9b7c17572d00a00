"""Tables of personal records. Everything that can change or be wrong is effective-dated."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.functions import TransactionNow
from django.db import models

from hientai.apps.cadres.types import (
    DisciplineForm,
    DoubleAnswer,
    HealthClass,
    PositionKind,
    QualificationKind,
    Rating,
    Relation,
    Sex,
)
from hientai.apps.organization.types import Tier
from hientai.foundation.actor import Actor
from hientai.foundation.temporal import EffectiveDated, boxed_history


class Code(models.Model):
    """One value of a code list (dân tộc, tôn giáo, bằng cấp, ngạch...), with the time it is in use."""

    list = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    rank = models.SmallIntegerField(default=0)
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="one_code_per_list")]


class CodeAlias(models.Model):
    """How an office writes a code ("ĐH", "Kỹ sư" -> bachelor), learned from confirmed imports."""

    list = models.CharField(max_length=40)
    folded = models.CharField(max_length=200)
    code = models.ForeignKey(Code, models.CASCADE, related_name="aliases")
    unit = models.ForeignKey("organization.Unit", models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "folded", "unit"],
                name="one_meaning_per_alias_and_office",
                nulls_distinct=False,
            )
        ]


class PersonQuerySet(models.QuerySet):
    """People within the scope of an actor."""

    def visible_to(self, actor: Actor, permission: str) -> Self:
        """Those whose file the actor may read under `permission` today."""
        seen = actor.scope(permission).sql(unit="held_by_id", tier="tier", person="code")
        return self if seen is None else self.filter(seen)


class Person(models.Model):
    """Somebody with a personnel file. All that is known about them is in dated records.

    held_by and tier repeat the newest Management record, because every question filters by them.
    """

    code = models.CharField(max_length=40, unique=True)
    held_by = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    tier = models.CharField(max_length=20, choices=Tier, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()


class BiographicalRecord(EffectiveDated):
    """Sơ yếu lý lịch: names, birth, origin, party, army, recruitment."""

    KEY = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="biographies")
    full_name = models.CharField(max_length=150)
    other_names = models.CharField(max_length=200, blank=True, default="")
    sort_key = models.CharField(max_length=400, editable=False)
    search_key = models.CharField(max_length=400, editable=False)
    sex = models.CharField(max_length=6, choices=Sex)
    born_year = models.PositiveSmallIntegerField()
    born_month = models.PositiveSmallIntegerField(null=True)
    born_day = models.PositiveSmallIntegerField(null=True)
    ethnicity = models.CharField(max_length=60, blank=True, default="")
    religion = models.CharField(max_length=60, blank=True, default="")
    birth_place = models.CharField(max_length=250, blank=True, default="")
    home_place = models.CharField(max_length=250, blank=True, default="")
    home_unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    residence = models.CharField(max_length=250, blank=True, default="")
    permanent_residence = models.CharField(max_length=250, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.CharField(max_length=150, blank=True, default="")
    personnel_number = models.CharField(max_length=40, blank=True, default="")
    social_insurance = models.CharField(max_length=30, blank=True, default="")
    academic_rank = models.CharField(max_length=100, blank=True, default="")
    party_card = models.CharField(max_length=30, blank=True, default="")
    party_joined_on = models.DateField(null=True)
    party_official_on = models.DateField(null=True)
    army_joined_on = models.DateField(null=True)
    army_left_on = models.DateField(null=True)
    army_rank = models.CharField(max_length=60, blank=True, default="")
    recruited_on = models.DateField(null=True)
    recruited_by = models.CharField(max_length=200, blank=True, default="")

    class Meta(EffectiveDated.Meta):
        constraints = [
            *boxed_history("biography", "person_id"),
            models.CheckConstraint(
                name="birth_is_a_date",
                condition=models.Q(born_day__isnull=True)
                | models.Q(born_month__isnull=False, born_day__range=(1, 31)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["sort_key", "person"],
                name="biography_sorted",
                condition=models.Q(recorded_to__isnull=True),
            ),
        ]


class IdentityNumber(EffectiveDated):
    """A 12-digit or old 9-digit identity number, encrypted; found again through a keyed hash.

    The hash stands on current versions only: a closed version keeps just the ciphertext.
    """

    KEY = ("person_id", "kind")

    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=10, choices=[("cccd", "CCCD"), ("cmnd", "CMND")])
    sealed = models.BinaryField()

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("identity", "person_id", text="kind")


class IdentityIndex(models.Model):
    """Blind index: the keyed hash of each current identity number."""

    fingerprint = models.BinaryField(max_length=32, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="fingerprints")


class Management(EffectiveDated):
    """Which unit keeps a person's file and which authority manages the person (diện quản lý): row scope."""

    KEY = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="managements")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    tier = models.CharField(max_length=20, choices=Tier)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("management", "person_id")


class Position(EffectiveDated):
    """A person in a seat for a time. Concurrent posts are lawful, so the key is person and seat."""

    KEY = ("person_id", "seat_id")

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="positions")
    kind = models.CharField(max_length=12, choices=PositionKind, default=PositionKind.FULL_TIME)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("position", "person_id", "seat_id")


class Grade(EffectiveDated):
    """Ngạch, bậc, hệ số lương."""

    KEY = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=60)
    step = models.PositiveSmallIntegerField(null=True)
    coefficient = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    allowance = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("grade", "person_id")


class Qualification(EffectiveDated):
    """A degree or certificate; valid_from is the day it was awarded (or first known)."""

    KEY = ("line",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="qualifications", db_index=False)
    kind = models.CharField(max_length=20, choices=QualificationKind)
    level = models.CharField(max_length=60)
    field = models.CharField(max_length=200, blank=True, default="")
    institution = models.CharField(max_length=200, blank=True, default="")
    mode = models.CharField(max_length=100, blank=True, default="", db_default="")
    studied_from = models.DateField(null=True)
    studied_to = models.DateField(null=True)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("qualification", line=True)
        indexes = [models.Index(fields=["person", "kind"], name="qualification_of_person")]


class EarlierWork(EffectiveDated):
    """Quá trình công tác at a place that is no unit here: before recruitment, another province, the army, studies."""

    KEY = ("line",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_work", db_index=False)
    place = models.CharField(max_length=250)
    work = models.CharField(max_length=250, blank=True, default="")

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("earlier_work", line=True)
        indexes = [models.Index(fields=["person"], name="earlier_work_of_person")]


class YearRating(EffectiveDated):
    """The yearly rating; valid from the last day of the year rated."""

    KEY = ("person_id", "year")

    person = models.ForeignKey(Person, models.PROTECT, related_name="ratings")
    year = models.PositiveSmallIntegerField()
    rating = models.CharField(max_length=20, choices=Rating)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("year_rating", "person_id", "year")


class Commendation(EffectiveDated):
    """Khen thưởng: valid from the day of the decision."""

    KEY = ("line",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="commendations")
    title = models.CharField(max_length=200)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("commendation", line=True)


class Discipline(EffectiveDated):
    """Kỷ luật: form, valid from the decision; `expires_on` is the first day it no longer stands."""

    KEY = ("line",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="disciplines")
    form = models.CharField(max_length=30, choices=DisciplineForm)
    expires_on = models.DateField(null=True)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("discipline", line=True)


class FamilyRelation(EffectiveDated):
    """A relative who also has a file here, as far as conflicts of interest need it: no other family data."""

    KEY = ("person_id", "relative_id")

    person = models.ForeignKey(Person, models.PROTECT, related_name="relatives")
    relative = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=Relation)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("relation", "person_id", "relative_id")


class HealthState(EffectiveDated):
    """Health class as certified on a day: the state only."""

    KEY = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="health_states")
    health_class = models.CharField(max_length=2, choices=HealthClass)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("health_state", "person_id")


class ListedText(EffectiveDated):
    """What an office's list says that has no field of its own or could not be read, word for word: nothing is lost."""

    KEY = ("person_id", "kind")

    person = models.ForeignKey(Person, models.PROTECT, related_name="listed_texts")
    kind = models.CharField(max_length=40)
    text = models.TextField(max_length=2000)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("listed_text", "person_id", text="kind")


class Photo(EffectiveDated):
    """The portrait of the personnel file, a small JPEG or PNG, encrypted like the identity number."""

    KEY = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="photos")
    sealed = models.BinaryField()
    content_type = models.CharField(max_length=20)

    class Meta(EffectiveDated.Meta):
        constraints = boxed_history("photo", "person_id")


class PersonMerge(models.Model):
    """Two files found to be one person: `person` is kept, the records of `other` were moved; undone_at: put back.

    moved: what was written and closed, by table and id, so that it can be put back exactly; never a value.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="merged_in")
    other = models.ForeignKey(Person, models.PROTECT, related_name="merged_into")
    reason = models.CharField(max_length=300)
    merged_at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["other"], name="a_file_is_merged_once", condition=models.Q(undone_at__isnull=True)
            )
        ]


class LikelyDouble(models.Model):
    """Two files that may be one person, as the last search found them; person has the smaller id.

    reasons: sentences with their points, without identity numbers; answer: what an officer said, kept when found again.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    likeness = models.CharField(max_length=10)
    points = models.SmallIntegerField()
    reasons = models.JSONField(default=list)
    answer = models.CharField(max_length=10, choices=DoubleAnswer, default=DoubleAnswer.OPEN)
    because = models.CharField(max_length=300, blank=True, default="")
    found_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="one_row_per_likely_double"),
            models.CheckConstraint(name="doubles_in_order", condition=models.Q(person__lt=models.F("other"))),
        ]
        indexes = [models.Index(fields=["answer", "-points"], name="doubles_by_answer")]
