"""Acts of succession planning, by room: the plan, lists of candidates, their approval, reviews, publications."""

from __future__ import annotations

from hientai.apps.planning.services.adding import add_to_review, decide_additions, take_into_review
from hientai.apps.planning.services.approving import (
    FROM_ELSEWHERE,
    ON_SPOT,
    SUBJECT,
    approve_proposals,
    approved_by_procedure,
    closed_by_procedure,
    start_procedure,
)
from hientai.apps.planning.services.checks import PROPOSE, WRITE
from hientai.apps.planning.services.plans import (
    add_step,
    finish_step,
    open_plan,
    plan_people,
    remove_from_plan,
    restore_slots,
    set_wanted,
    void_slots,
)
from hientai.apps.planning.services.proposing import (
    open_proposal,
    propose,
    refuse_candidate,
    return_proposal,
    submit_proposal,
    withdraw_candidate,
)
from hientai.apps.planning.services.publishing import correct_publication, publish
from hientai.apps.planning.services.reviewing import (
    REVIEW,
    REVIEW_SUBJECT,
    close_review,
    decide_lines,
    hold_review,
    record_political,
    review_given_back,
    reviewed_by_procedure,
    start_review_procedure,
)

__all__ = [
    "FROM_ELSEWHERE",
    "ON_SPOT",
    "PROPOSE",
    "REVIEW",
    "REVIEW_SUBJECT",
    "SUBJECT",
    "WRITE",
    "add_step",
    "add_to_review",
    "approve_proposals",
    "approved_by_procedure",
    "close_review",
    "closed_by_procedure",
    "correct_publication",
    "decide_additions",
    "decide_lines",
    "finish_step",
    "hold_review",
    "open_plan",
    "open_proposal",
    "plan_people",
    "propose",
    "publish",
    "record_political",
    "refuse_candidate",
    "remove_from_plan",
    "restore_slots",
    "return_proposal",
    "review_given_back",
    "reviewed_by_procedure",
    "set_wanted",
    "start_procedure",
    "start_review_procedure",
    "submit_proposal",
    "take_into_review",
    "void_slots",
    "withdraw_candidate",
]
