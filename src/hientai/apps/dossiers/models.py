"""Tables of dossiers: purposes, the dossier of each person, versions of papers, what was said of them.

Versions, appraisals and waivers are only ever added: the database refuses every change.
"""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hientai.apps.dossiers.types import DeclarationKind, Outcome
from hientai.foundation.actor import Actor


def append_only() -> pgtrigger.Protect:
    """A trigger that refuses update and delete."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Purpose(models.Model):
    """What dossiers are made for: a template adopted by the office, and the day the papers are needed.

    reference: what asked for it, as its capability names it (`procedure:12`); "" for none.
    """

    title = models.CharField(max_length=200)
    template = models.CharField(max_length=80)
    needed_on = models.DateField(null=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    reference = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], name="one_purpose_per_reference", condition=~Q(reference="")
            )
        ]


class DossierQuerySet(models.QuerySet):
    """Dossiers of people within the scope of an actor."""

    def visible_to(self, actor: Actor, permission: str) -> Self:
        """Those of people whose file the actor may reach under `permission` today."""
        seen = actor.scope(permission).sql(
            unit="person__held_by_id", tier="person__tier", person="person__code"
        )
        return self if seen is None else self.filter(seen)


class Dossier(models.Model):
    """The papers of one person for one purpose."""

    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="dossiers")
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="dossiers")
    opened_on = models.DateField()

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "person"], name="one_dossier_per_purpose")]


class PaperVersion(models.Model):
    """One paper as it was brought. A later version of the same line and part replaces it; nothing is overwritten.

    digest: SHA-256 of the content, "" where only the state is kept; valid_to: the first day it is no longer good.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="versions")
    item = models.CharField(max_length=60)
    part = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(max_length=10, blank=True, default="")
    name = models.CharField(max_length=200, blank=True, default="")
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    certified = models.BooleanField(default=False)
    signed = models.BooleanField(default=False)
    scanned = models.BooleanField(default=False)
    record = models.CharField(max_length=80, blank=True, default="")
    user_id = models.BigIntegerField(null=True)
    uploaded_by = models.CharField(max_length=150)
    received_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = [append_only()]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "item", "part", "number"], name="one_number_per_version"
            ),
            models.CheckConstraint(
                name="version_ends_after_its_day",
                condition=Q(valid_to__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_to__gt=F("issued_on")),
            ),
            models.CheckConstraint(
                name="a_file_has_all_or_nothing",
                condition=Q(digest="", kind="", size__isnull=True, name="")
                | (~Q(digest="") & ~Q(kind="") & Q(size__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="version_by_digest")]


class Appraisal(models.Model):
    """What a second person said of one version; the newest counts."""

    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="appraisals")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=500, blank=True, default="")
    user_id = models.BigIntegerField(null=True)
    appraised_by = models.CharField(max_length=150)
    appraised_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="by_a_second_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT 1 FROM dossiers_paperversion v
                               WHERE v.id = NEW.version_id AND v.user_id IS NOT DISTINCT FROM NEW.user_id) THEN
                        RAISE EXCEPTION 'a paper is appraised by another person than the one who brought it'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'by_a_second_person';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_return_has_a_reason", condition=~Q(outcome=Outcome.RETURNED) | ~Q(reason="")
            )
        ]


class Waiver(models.Model):
    """A paper that need not be brought, with the ground; ended when the ground falls away."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="waivers")
    item = models.CharField(max_length=60)
    granted = models.BooleanField(
        default=True, help_text="false: lời miễn trước được rút / the waiver is taken back"
    )
    ground = models.CharField(max_length=500)
    user_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=150)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = [append_only()]
        constraints = [models.CheckConstraint(name="a_waiver_has_a_ground", condition=~Q(ground=""))]


class Declaration(models.Model):
    """A duty to declare assets and income: why, for which year, until when, and the day of each step. No content.

    unit: the body declared at; leads: head or deputy of it then; reference: the procedure it serves, "" for none.
    """

    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=12, choices=DeclarationKind)
    year = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=80, blank=True, default="")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    leads = models.BooleanField(default=False)
    opened_on = models.DateField()
    due_on = models.DateField()
    filed_on = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    handed_over_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)

    class Meta:
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "year", "reference"], name="one_declaration_per_duty"
            ),
            models.CheckConstraint(
                name="steps_follow_each_other",
                condition=(Q(checked_on__isnull=True) | Q(checked_on__gte=F("filed_on")))
                & (Q(handed_over_on__isnull=True) | Q(handed_over_on__gte=F("filed_on")))
                & (Q(published_on__isnull=True) | Q(published_on__gte=F("handed_over_on"))),
            ),
        ]


class Drawing(models.Model):
    """Who is verified for a year: the closed list's digest, the published seed, and whom the lots took."""

    year = models.PositiveSmallIntegerField(unique=True)
    seed = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    declarants = models.PositiveIntegerField()
    chosen = models.JSONField()
    user_id = models.BigIntegerField(null=True)
    drawn_by = models.CharField(max_length=150)
    drawn_on = models.DateField()

    class Meta:
        triggers = [append_only()]
