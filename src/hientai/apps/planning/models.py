"""Tables of succession planning."""

from __future__ import annotations

from django.db import models

from hientai.apps.planning.types import (
    CandidateState,
    Finding,
    ProposalState,
    Readiness,
    ReviewDecision,
    Source,
)
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
    outcome = models.CharField(
        max_length=20,
        choices=Finding,
        blank=True,
        default="",
        help_text="vì sao lượt kết thúc / why it ended",
    )

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("slot", "plan_id", "person_id", "seat_id")


class Wanted(EffectiveDated):
    """How many people a plan wants for one seat."""

    KEY = ("plan_id", "seat_id")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="wanted")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("plan_wanted", "plan_id", "seat_id")


class ProgrammeStep(EffectiveDated):
    """One step of the programme of action of a planned person: what is to be done, by when."""

    KEY = ("plan_id", "person_id", "number")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="programme")
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("programme_step", "plan_id", "person_id", "number")


class Proposal(models.Model):
    """What one unit proposes for the plan of a term: a list of candidates, on its way to a decision."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, related_name="+")
    opened_on = models.DateField()
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    submitted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decision = models.CharField(max_length=300, blank=True, default="", help_text="văn bản phê duyệt")
    note = models.CharField(max_length=300, blank=True, default="", help_text="vì sao trả lại")

    class Meta:
        ordering = ["-opened_on", "-id"]


class Candidate(models.Model):
    """One person proposed for one seat, with the verdict of the rule at proposal and again at approval."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="candidates")
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="+")
    origin = models.CharField(max_length=12, choices=Source, default=Source.ON_SPOT)
    state = models.CharField(max_length=12, choices=CandidateState, default=CandidateState.PROPOSED)
    reason = models.CharField(max_length=300, blank=True, default="")
    proposed_on = models.DateField()
    proposed_verdict = models.CharField(max_length=12, blank=True, default="")
    proposed_under = models.CharField(max_length=60, blank=True, default="", help_text="văn bản khi đề nghị")
    decided_on = models.DateField(null=True)
    decided_verdict = models.CharField(max_length=12, blank=True, default="")
    decided_under = models.CharField(max_length=60, blank=True, default="", help_text="văn bản khi phê duyệt")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person", "seat"],
                condition=~models.Q(state=CandidateState.WITHDRAWN),
                name="one_candidate_per_proposal_person_and_seat",
            )
        ]


class Review(models.Model):
    """A yearly review of a plan on one day under the rules of that day."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    document = models.CharField(
        max_length=60, blank=True, default="", help_text="quy định quy hoạch của ngày rà soát"
    )
    rules = models.JSONField(default=dict, help_text="mã tiêu chuẩn: văn bản / standard code: document")
    closed_on = models.DateField(null=True)
    decision = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "held_on"], name="one_review_per_plan_and_day")
        ]


class ReviewLine(models.Model):
    """What a review found about one slot, and what people decided."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="lines")
    slot_line = models.UUIDField()
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="+")
    finding = models.CharField(max_length=20, choices=Finding)
    decisive = models.BooleanField(default=True, help_text="không dựa trên trị số chưa đối chiếu")
    automatic = models.BooleanField(default=False)
    decision = models.CharField(max_length=8, choices=ReviewDecision, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "slot_line"], name="one_line_per_review_and_slot")
        ]
