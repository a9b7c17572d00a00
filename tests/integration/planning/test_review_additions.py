"""Who comes into the plan by a review: put forward with a reason, decided by people, judged once more at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.province import Province, actor_named

from hientai.apps.cadres.models import Discipline, Management, Person
from hientai.apps.organization.models import Seat
from hientai.apps.planning import appendices, proposals, reviews, services
from hientai.apps.planning.models import Candidate, Proposal, Review, ReviewAddition, ReviewLine, Slot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused

TERM = "2025-2030"
UNDER_50, LATER, UNDER_377 = date(2025, 9, 5), date(2025, 9, 20), date(2026, 1, 5)
OPEN = "commune.committee_member"
DECISION, WHY = "Kết luận 7-KL/TU", "Nguồn tại chỗ, có triển vọng"


def seat_of(province: Province, unit: str = "T.H1.X2", title: str = OPEN) -> int:
    return Seat.objects.get(unit_id=province.units[unit], title__code=title).id


def free(province: Province, count: int, unit: str = "T.H1.X1") -> list[int]:
    """People of a unit, young enough, who are in no plan."""
    planned = set(Slot.objects.known_on().values_list("person_id", flat=True))
    held = Management.objects.as_of(UNDER_50).filter(unit_id=province.units[unit]).values("person_id")
    young = Person.objects.filter(id__in=held, biographies__born_year__gt=1975).order_by("id")
    found = [person for person in young.values_list("id", flat=True) if person not in planned][:count]
    assert len(found) == count
    return found


def put(actor: Actor, review: Review, people: list[int], seat: int, **more: Any) -> list[ReviewAddition]:
    asked = {"came_from": "pool", "reason": WHY} | more
    return services.add_to_review(actor=actor, review_id=review.pk, person_ids=people, seat_id=seat, **asked)


def keep_the_rest(actor: Actor, review: Review) -> None:
    rest = review.lines.filter(decision="").exclude(finding__in=("stays", "unknown"))
    if rest.exists():
        services.decide_lines(
            actor=actor,
            line_ids=list(rest.values_list("id", flat=True)),
            decision="keep",
            reason="Xem xét sau",
        )


@pytest.mark.django_db
def test_people_put_forward_come_into_the_plan_only_by_a_decision_of_people(
    officer: Actor, province: Province
) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    first, second = free(province, 2)
    seat = seat_of(province)
    made = put(officer, review, [first, second], seat)
    assert {(one.verdict, one.under, one.decision) for one in made} == {("met", "50-QĐ/TW", "")}
    keep_the_rest(officer, review)
    with pytest.raises(Refused, match="chưa quyết định"):
        services.close_review(actor=officer, review_id=review.pk, on=LATER, decision=DECISION)
    services.decide_additions(actor=officer, addition_ids=[made[0].pk], decision="add")
    with pytest.raises(Refused, match="lý do"):
        services.decide_additions(actor=officer, addition_ids=[made[1].pk], decision="leave_out")
    services.decide_additions(
        actor=officer, addition_ids=[made[1].pk], decision="leave_out", said="Chờ đợt sau"
    )
    assert not Slot.objects.filter(person_id=first).exists()
    services.close_review(actor=officer, review_id=review.pk, on=LATER, decision=DECISION)
    slot = Slot.objects.known_on().get(person_id=first, seat_id=seat)
    assert (slot.valid_from, slot.source) == (LATER, DECISION) and slot.readiness
    assert not Slot.objects.filter(person_id=second).exists()
    rows = reviews.additions(actor=officer, as_of=LATER, number=review.pk)
    assert {(row.decision, row.said, row.reason) for row in rows} == {
        ("add", "", WHY),
        ("leave_out", "Chờ đợt sau", WHY),
    }
    row = reviews.review(actor=officer, as_of=LATER, number=review.pk)
    assert (row.additions, row.adding, row.to_decide) == (2, 1, 0)
    options = {"review": str(review.pk)}
    report = appendices.review_report(actor=officer, as_of=LATER, unit="", options=options)
    added = next(table for table in report.tables if "Bổ sung" in table.caption)
    assert len(added.lines) == 2 and report.answer is not None and len(report.answer["added"]) == 1


@pytest.mark.django_db
def test_nobody_is_put_forward_without_a_reason_twice_or_past_the_scope(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    (person,), seat = free(province, 1), seat_of(province)
    with pytest.raises(Refused, match="lý do"):
        put(officer, review, [person], seat, reason=" ")
    with pytest.raises(Forbidden):
        put(district_head, review, [person], seat)
    with pytest.raises(NotFound):
        put(officer, review, [person], 10**9)
    planned = Slot.objects.as_of(UNDER_50).order_by("id").first()
    assert planned is not None
    with pytest.raises(Refused, match="đã ở trong quy hoạch"):
        put(officer, review, [planned.person_id], planned.seat_id)
    put(officer, review, [person], seat)
    with pytest.raises(Refused, match="đã có trong danh sách"):
        put(officer, review, [person], seat)
    assert ReviewAddition.objects.count() == 1


@pytest.mark.django_db
def test_the_candidates_of_a_unit_are_decided_by_the_review_that_took_them_up(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    people, seat = free(province, 2), seat_of(province)
    made = services.open_proposal(
        actor=district_head, term=TERM, unit_id=province.units["T.H1.X1"], on=UNDER_50
    )
    services.propose(actor=district_head, proposal_id=made.pk, person_ids=people, seat_id=seat, on=UNDER_50)
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    asked = list(Candidate.objects.filter(proposal=made).order_by("id").values_list("id", flat=True))
    with pytest.raises(NotFound):  # the unit has not sent it
        services.take_into_review(actor=officer, review_id=review.pk, candidate_ids=asked, reason=WHY)
    services.submit_proposal(actor=district_head, proposal_id=made.pk, on=UNDER_50)
    rows = services.take_into_review(actor=officer, review_id=review.pk, candidate_ids=asked, reason=WHY)
    with pytest.raises(Refused, match="đợt rà soát sẽ quyết định"):
        services.approve_proposals(
            actor=officer, term=TERM, proposal_ids=[made.pk], on=LATER, decision=DECISION
        )
    with pytest.raises(Refused, match="đợt rà soát sẽ quyết định"):
        services.start_procedure(actor=officer, proposal_id=made.pk, on=LATER)
    services.decide_additions(actor=officer, addition_ids=[rows[0].pk], decision="add")
    services.decide_additions(actor=officer, addition_ids=[rows[1].pk], decision="leave_out", said="Đủ người")
    keep_the_rest(officer, review)
    services.close_review(actor=officer, review_id=review.pk, on=LATER, decision=DECISION)
    states = {row.person_id: (row.state, row.reason) for row in Candidate.objects.filter(proposal=made)}
    assert states == {people[0]: ("approved", ""), people[1]: ("refused", "Đủ người")}
    assert Proposal.objects.get(pk=made.pk).state == "approved"
    listed = proposals.candidates(actor=officer, as_of=LATER, proposal_ids=[made.pk])
    assert {row.decided_under for row in listed} == {"50-QĐ/TW"}


@pytest.mark.django_db
def test_a_review_adds_nobody_past_a_confirmed_limit(officer: Actor, province: Province) -> None:
    """Three posts of one level for one person (50-QĐ/TW): the fourth is refused, and nothing of the review is done."""
    (person,) = free(province, 1)
    seats = [seat_of(province, unit) for unit in ("T.H1.X1", "T.H1.X2", "T.H1.X3", "T.H2.X1")]
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    made = [row for seat in seats for row in put(officer, review, [person], seat)]
    services.decide_additions(actor=officer, addition_ids=[row.pk for row in made], decision="add")
    keep_the_rest(officer, review)
    with pytest.raises(Refused, match="4 chức danh cùng cấp"):
        services.close_review(actor=officer, review_id=review.pk, on=LATER, decision=DECISION)
    assert Review.objects.get().closed_on is None and not Slot.objects.filter(person_id=person).exists()
    services.decide_additions(
        actor=officer, addition_ids=[made[3].pk], decision="leave_out", said="Đã đủ ba chức danh"
    )
    services.close_review(actor=officer, review_id=review.pk, on=LATER, decision=DECISION)
    assert Slot.objects.known_on().filter(person_id=person).count() == 3


@pytest.mark.django_db
def test_the_political_standard_is_a_state_and_a_day_and_nothing_else(
    officer: Actor, province: Province
) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    line = review.lines.filter(finding="stays").order_by("id").first()
    assert line is not None
    record: dict[str, Any] = {"actor": officer, "line_ids": [line.pk]}
    with pytest.raises(Refused, match="ngày"):
        services.record_political(**record, state="requested", on=None)
    with pytest.raises(Refused, match="ngày"):
        services.record_political(**record, state="requested", on=date(2026, 3, 6))
    services.record_political(**record, state="requested", on=UNDER_50)
    line.refresh_from_db()
    assert (line.finding, line.political_state, line.political_on) == ("stays", "requested", UNDER_50)
    count = services.record_political(**record, state="not_assured", on=LATER)
    own = ReviewLine.objects.filter(review=review, person_id=line.person_id)
    assert count == own.count() and set(own.values_list("finding", "automatic", "decision")) == {
        ("political", True, "remove")
    }  # 50-QĐ/TW: removed without a vote
    for asked in ({"decision": "keep", "reason": "Xem xét"}, {"decision": "remove", "reason": "vì …"}):
        with pytest.raises(Refused, match="chỉ ghi tình trạng và ngày"):
            services.decide_lines(**record, **asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        own.update(reason="nội dung kết luận")
    services.record_political(**record, state="issued", on=LATER)
    line.refresh_from_db()
    assert (line.finding, line.automatic, line.decision, line.measured) == ("stays", False, "", "")
    services.record_political(**record, state="", on=None)
    line.refresh_from_db()
    assert (line.political_state, line.political_on) == ("", None)


@pytest.mark.django_db
def test_under_a_regime_without_automatic_removal_the_conclusion_is_decided_about_by_people(
    officer: Actor, province: Province
) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_377)
    line = review.lines.filter(finding="stays").order_by("id").first()
    assert line is not None
    services.record_political(actor=officer, line_ids=[line.pk], state="not_assured", on=UNDER_377)
    line.refresh_from_db()
    assert (line.finding, line.automatic, line.decision) == ("political", False, "")
    services.decide_lines(actor=officer, line_ids=[line.pk], decision="remove")
    keep_the_rest(officer, review)
    services.close_review(actor=officer, review_id=review.pk, on=UNDER_377, decision=DECISION)
    assert Slot.objects.known_on().get(line=line.slot_line).outcome == "political"


@pytest.fixture
def committed(own_database: str, province: Province, django_db_blocker: Any) -> Iterator[Actor]:
    with django_db_blocker.unblock():
        yield actor_named("bantochuc")


def test_somebody_disciplined_between_being_put_forward_and_the_end_stays_out(
    committed: Actor, province: Province
) -> None:
    review = services.hold_review(actor=committed, term=TERM, on=UNDER_50)
    first, second = free(province, 2)
    made = put(committed, review, [first, second], seat_of(province))
    services.decide_additions(actor=committed, addition_ids=[row.pk for row in made], decision="add")
    keep_the_rest(committed, review)
    Discipline.objects.create(person_id=first, form="reprimand", valid_from=date(2025, 9, 10))
    services.close_review(actor=committed, review_id=review.pk, on=LATER, decision=DECISION)
    assert (
        not Slot.objects.filter(person_id=first).exists() and Slot.objects.filter(person_id=second).exists()
    )
    out = ReviewAddition.objects.get(person_id=first)
    assert out.decision == "leave_out" and "khiển trách" in out.said


def test_two_reviews_beside_each_other_tell_who_came_who_went_and_what_changed(
    committed: Actor, province: Province
) -> None:
    first = services.hold_review(actor=committed, term=TERM, on=UNDER_50)
    leaving = first.lines.filter(finding="stays").order_by("id").first()
    changing = first.lines.filter(finding="stays").exclude(person_id=leaving.person_id).order_by("id").last()
    (new,), seat = free(province, 1), seat_of(province)
    made = put(committed, first, [new], seat)
    services.decide_additions(actor=committed, addition_ids=[made[0].pk], decision="add")
    services.decide_lines(actor=committed, line_ids=[leaving.pk], decision="remove", reason="Xin rút")
    keep_the_rest(committed, first)
    services.close_review(actor=committed, review_id=first.pk, on=UNDER_50, decision=DECISION)
    Discipline.objects.create(person_id=changing.person_id, form="reprimand", valid_from=date(2025, 9, 10))
    second = services.hold_review(actor=committed, term=TERM, on=LATER)
    before, rows = reviews.compared(actor=committed, as_of=LATER, number=second.pk)
    assert before is not None and before.id == first.pk
    codes = dict(Person.objects.values_list("id", "code"))
    kinds = {(row.kind, row.code, row.why) for row in rows}
    assert ("added", codes[new], "") in kinds
    assert ("removed", codes[leaving.person_id], "Đưa ra theo quyết định") in kinds
    assert ("changed", codes[changing.person_id], "") in kinds
    assert next(row for row in rows if row.kind == "changed").after == "Bị kỷ luật"
    third_with = reviews.compared(actor=committed, as_of=LATER, number=second.pk, with_number=10**6)
    assert third_with == (None, [])
