"""A review as a case of the procedure: it waits for the case, ends with its approval, and comes back otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.cases import finish, give, meet, own_papers, page
from tests.factories.province import Province
from tests.integration.planning.test_review_additions import free, keep_the_rest, put, seat_of

from hientai.apps.planning import reviews, services
from hientai.apps.planning.models import Review, Slot
from hientai.apps.procedures import services as procedures
from hientai.foundation import registry
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, Refused

TERM = "2025-2030"
UNDER_50, UNDER_377 = date(2025, 9, 5), date(2026, 1, 5)
pytestmark = pytest.mark.django_db


def _decided(officer: Actor, province: Province, on: date) -> tuple[Review, int, int]:
    """A review with one to leave, one to come: review, line of the slot, person."""
    review = services.hold_review(actor=officer, term=TERM, on=on)
    line = review.lines.filter(finding="stays").order_by("id").first()
    assert line is not None
    services.decide_lines(actor=officer, line_ids=[line.pk], decision="remove", reason="Xin rút")
    (person,) = free(province, 1)
    made = put(officer, review, [person], seat_of(province))
    services.decide_additions(actor=officer, addition_ids=[made[0].pk], decision="add")
    keep_the_rest(officer, review)
    return review, line.slot_line, person


@pytest.mark.parametrize(
    ("held_on", "definition"), [(UNDER_50, "planning.review.qd-50"), (UNDER_377, "planning.review.qd-377")]
)
def test_a_review_goes_through_the_procedure_to_its_end(
    officer: Actor, province: Province, held_on: date, definition: str
) -> None:
    review, leaving, coming = _decided(officer, province, held_on)
    code = services.start_review_procedure(actor=officer, review_id=review.pk, on=held_on)
    case = page(officer, code)
    assert (case.definition.code, case.subject_kind, case.subject_id) == (
        definition,
        "plan_review",
        str(review.pk),
    )
    assert len(case.names) == review.lines.filter(decision="remove").count() + 1
    give(officer, code, "review_list", on=held_on)
    finish(officer, code, on=held_on)
    meet(officer, code, summoned=9, present=8, on=held_on)
    own_papers(officer, code)
    finish(officer, code, "agreed")
    assert Review.objects.get().closed_on is None and Slot.objects.known_on().get(line=leaving).outcome == ""
    ended = finish(officer, code, "approved")
    review.refresh_from_db()
    assert ended.row.status == "ended" and review.closed_on == officer.today and code in review.decision
    gone = Slot.objects.known_on().get(line=leaving)
    assert (gone.valid_to, gone.outcome) == (held_on, "removed") and code in gone.source
    assert Slot.objects.known_on().get(person_id=coming).valid_from == officer.today
    assert registry.procedure_handlers()["plan_review"].url(str(review.pk)).endswith(f"/{review.pk}/")


def test_while_a_case_decides_nothing_of_the_review_is_touched(officer: Actor, province: Province) -> None:
    review, _leaving, _coming = _decided(officer, province, UNDER_50)
    code = services.start_review_procedure(actor=officer, review_id=review.pk, on=UNDER_50)
    line = review.lines.filter(finding="stays").order_by("id").last()
    assert line is not None
    (other,) = [
        person for person in free(province, 2) if not review.additions.filter(person_id=person).exists()
    ]
    acts = (
        lambda: services.decide_lines(actor=officer, line_ids=[line.pk], decision="keep"),
        lambda: services.record_political(actor=officer, line_ids=[line.pk], state="issued", on=UNDER_50),
        lambda: put(officer, review, [other], seat_of(province)),
        lambda: services.close_review(actor=officer, review_id=review.pk, on=UNDER_50, decision="KL 1"),
        lambda: services.start_review_procedure(actor=officer, review_id=review.pk, on=UNDER_50),
    )
    for act in acts:
        with pytest.raises(Refused, match=code):
            act()


def test_a_case_that_was_stopped_gives_the_review_back_unchanged(officer: Actor, province: Province) -> None:
    review, leaving, coming = _decided(officer, province, UNDER_50)
    code = services.start_review_procedure(actor=officer, review_id=review.pk, on=UNDER_50)
    procedures.stop(
        actor=officer,
        code=code,
        expected=page(officer, code).version,
        on=UNDER_50,
        reason="Lấy lại danh sách",
    )
    row = reviews.review(actor=officer, as_of=UNDER_50, number=review.pk)
    assert row.closed_on is None and code in row.note
    assert Slot.objects.known_on().get(line=leaving).outcome == "" and not Slot.objects.filter(
        person_id=coming
    )
    services.close_review(actor=officer, review_id=review.pk, on=UNDER_50, decision="Kết luận 7-KL/TU")
    assert Slot.objects.known_on().get(line=leaving).outcome == "removed"


def test_no_case_is_opened_for_nobody_or_before_everything_is_decided(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_377)
    if review.lines.filter(decision="").exclude(finding__in=("stays", "unknown")).exists():
        with pytest.raises(Refused, match="chưa quyết định"):
            services.start_review_procedure(actor=officer, review_id=review.pk, on=UNDER_377)
    keep_the_rest(officer, review)
    with pytest.raises(Refused, match="Không có ai đưa ra hay bổ sung"):
        services.start_review_procedure(actor=officer, review_id=review.pk, on=UNDER_377)
    with pytest.raises(Forbidden):
        services.start_review_procedure(actor=district_head, review_id=review.pk, on=UNDER_377)
