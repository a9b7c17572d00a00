"""Tables of succession planning."""

from __future__ import annotations

import pgtrigger
from django.db import models

from hientai.apps.planning.types import (
    AdditionDecision,
    Audience,
    CameFrom,
    CandidateState,
    Finding,
    PoliticalState,
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
    note = models.CharField(
        max_length=300, blank=True, default="", help_text="hồ sơ quy trình kết thúc không phê duyệt"
    )

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "held_on"], name="one_review_per_plan_and_day")
        ]


class ReviewLine(models.Model):
    """What a review found about one slot, and what people decided.

    measured: the finding by records and rules where people recorded a conclusion on the political standard instead;
    political_state, political_on: the state of that conclusion and its day. Its content has no place here.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="lines")
    slot_line = models.UUIDField()
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="+")
    finding = models.CharField(max_length=20, choices=Finding)
    measured = models.CharField(max_length=20, choices=Finding, blank=True, default="")
    decisive = models.BooleanField(default=True, help_text="không dựa trên trị số chưa đối chiếu")
    automatic = models.BooleanField(default=False)
    political_state = models.CharField(max_length=12, choices=PoliticalState, blank=True, default="")
    political_on = models.DateField(null=True)
    decision = models.CharField(max_length=8, choices=ReviewDecision, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "slot_line"], name="one_line_per_review_and_slot"),
            models.CheckConstraint(
                name="political_state_has_its_day",
                condition=models.Q(political_state="", political_on__isnull=True)
                | (~models.Q(political_state="") & models.Q(political_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="political_finding_has_no_text",
                condition=~models.Q(political_state=PoliticalState.NOT_ASSURED) | models.Q(reason=""),
            ),
        ]


class ReviewAddition(models.Model):
    """Somebody whom a review proposes to add to the plan: found where, why, and what people decided."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="additions")
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="+")
    came_from = models.CharField(max_length=12, choices=CameFrom)
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=12, choices=Source, default=Source.ON_SPOT)
    reason = models.CharField(max_length=300, help_text="vì sao đề nghị bổ sung")
    verdict = models.CharField(max_length=12, blank=True, default="")
    under = models.CharField(max_length=60, blank=True, default="")
    decision = models.CharField(max_length=12, choices=AdditionDecision, blank=True, default="")
    said = models.CharField(max_length=300, blank=True, default="", help_text="lý do của quyết định")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person", "seat"], name="one_addition_per_review_person_and_seat"
            ),
            models.CheckConstraint(name="an_addition_has_a_reason", condition=~models.Q(reason="")),
        ]


def _never_deleted() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]


class Publication(models.Model):
    """A list of the plan that was published, as it stood on a day. A wrong one is withdrawn, with why; it stays."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="publications")
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    lists_on = models.DateField(help_text="danh sách tính đến ngày")
    published_on = models.DateField()
    published_by = models.CharField(max_length=150)
    user_id = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=300)
    audience = models.CharField(max_length=12, choices=Audience)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=150, blank=True, default="")
    because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-published_on", "-id"]
        triggers = _never_deleted()
        constraints = [
            models.CheckConstraint(name="a_publication_has_a_decision", condition=~models.Q(decision="")),
            models.CheckConstraint(
                name="a_withdrawal_has_a_reason",
                condition=models.Q(withdrawn_on__isnull=True, because="")
                | (models.Q(withdrawn_on__gte=models.F("published_on")) & ~models.Q(because="")),
            ),
        ]


class PublishedTurn(models.Model):
    """One turn on a published list."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="turns")
    slot_line = models.UUIDField()
    person = models.ForeignKey("cadres.Person", models.PROTECT, related_name="+")
    seat = models.ForeignKey("organization.Seat", models.PROTECT, related_name="+")
    origin = models.CharField(max_length=12, choices=Source)
    place = models.PositiveIntegerField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "slot_line"], name="one_line_per_publication_and_slot"
            )
        ]
