"""What every act on a review checks first: that it is open, and that no case of the procedure decides about it."""

from __future__ import annotations

from hientai.apps.planning import reviews
from hientai.apps.planning.models import Review
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused


def open_review(review_id: int) -> Review:
    """The review, locked so that two ends at once come one after the other; NotFound, or Refused where it has ended."""
    found = Review.objects.select_related("plan").select_for_update(of=("self",)).filter(pk=review_id).first()
    if found is None:
        raise NotFound(str(review_id))
    check_open(found)
    return found


def check_open(review: Review) -> None:
    """Raises Refused where the review has ended."""
    if review.closed_on is not None:
        raise Refused("review_closed", say("Đợt rà soát đã kết thúc."), "review")


def check_no_case(actor: Actor, review: Review) -> None:
    """Raises Refused while a case of the procedure decides about the review."""
    case = reviews.open_case(actor=actor, as_of=actor.today, number=review.pk)
    if case is not None:
        raise Refused(
            "case_decides",
            say("Đợt rà soát đang theo quy trình {code}; muốn sửa, hãy dừng hồ sơ đó trước.", code=case.code),
            "review",
        )
