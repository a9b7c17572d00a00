"""A yearly review under two regimes: what is found, what people decide, what ends, and what stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.factories.province import Province, actor_named

from hientai.apps.cadres.models import Discipline, YearRating
from hientai.apps.planning import reviews, services
from hientai.apps.planning.models import Review, ReviewLine, Slot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused

TERM = "2025-2030"
UNDER_50, UNDER_377 = date(2025, 9, 5), date(2026, 1, 5)
DECISION = "Kết luận 7-KL/TU"


@pytest.mark.django_db
def test_every_slot_is_judged_once_and_nothing_changes_before_the_end(
    officer: Actor, province: Province
) -> None:
    before = Slot.objects.as_of(UNDER_50).count()
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    row = reviews.review(actor=officer, as_of=UNDER_50, number=review.pk)
    assert row.total == before == sum(count for _, _, count in row.counts) == review.lines.count()
    assert row.document == "50-QĐ/TW" and set(row.rules.values()) == {"50-QĐ/TW"}
    assert Slot.objects.as_of(UNDER_50).count() == before


@pytest.mark.django_db
def test_only_confirmed_findings_are_automatic_and_only_under_a_regime_that_says_so(
    officer: Actor, province: Province
) -> None:
    first = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    automatic = first.lines.filter(automatic=True)
    assert automatic.exists() and set(automatic.values_list("finding", "decision", "decisive")) == {
        ("over_age", "remove", True)
    }
    _keep_the_rest(officer, first)
    services.close_review(actor=officer, review_id=first.pk, on=UNDER_50, decision=DECISION)
    second = services.hold_review(actor=officer, term=TERM, on=UNDER_377)
    assert not second.lines.filter(automatic=True).exists()
    assert second.lines.filter(finding="over_age", decisive=False, decision="").exists()


@pytest.mark.django_db
def test_a_review_ends_slots_that_people_decided_to_remove(officer: Actor, province: Province) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    with pytest.raises(Refused, match="văn bản"):
        services.close_review(actor=officer, review_id=review.pk, on=UNDER_50, decision=" ")
    _keep_the_rest(officer, review)
    leaving = list(review.lines.filter(decision="remove").values_list("slot_line", flat=True))
    services.close_review(actor=officer, review_id=review.pk, on=UNDER_50, decision=DECISION)
    ended = Slot.objects.as_of(date(2025, 9, 4)).filter(line__in=leaving)
    assert leaving and ended.count() == len(leaving)
    assert set(ended.values_list("outcome", "source", "valid_to")) == {("over_age", DECISION, UNDER_50)}
    assert not Slot.objects.as_of(UNDER_50).filter(line__in=leaving).exists()
    with pytest.raises(Refused, match="đã kết thúc"):
        services.close_review(actor=officer, review_id=review.pk, on=UNDER_50, decision=DECISION)


@pytest.mark.django_db
def test_keeping_whom_the_rule_removes_needs_a_reason(officer: Actor, province: Province) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    line = review.lines.filter(automatic=True).first()
    stays = review.lines.filter(finding="stays").first()
    assert line is not None and stays is not None
    with pytest.raises(Refused, match="lý do"):
        services.decide_lines(actor=officer, line_ids=[line.pk], decision="keep")
    with pytest.raises(Refused, match="lý do"):
        services.decide_lines(actor=officer, line_ids=[stays.pk], decision="remove")
    services.decide_lines(actor=officer, line_ids=[line.pk], decision="keep", reason="Trung ương cho kéo dài")
    services.decide_lines(actor=officer, line_ids=[stays.pk], decision="remove", reason="Xin rút")
    _keep_the_rest(officer, review)
    services.close_review(actor=officer, review_id=review.pk, on=UNDER_50, decision=DECISION)
    assert Slot.objects.as_of(UNDER_50).filter(line=line.slot_line).exists()
    assert Slot.objects.known_on().get(line=stays.slot_line).outcome == "removed"


@pytest.mark.django_db
def test_one_review_at_a_time_and_one_a_day(officer: Actor, province: Province) -> None:
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    with pytest.raises(Refused, match="vào ngày đó"):
        services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    with pytest.raises(Refused, match="chưa kết thúc"):
        services.hold_review(actor=officer, term=TERM, on=UNDER_377)
    assert Review.objects.get() == review


@pytest.mark.django_db
def test_a_review_is_of_the_board_and_its_lines_are_within_scope(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    with pytest.raises(Forbidden):
        services.hold_review(actor=district_head, term=TERM, on=UNDER_50)
    review = services.hold_review(actor=officer, term=TERM, on=UNDER_50)
    everybody = reviews.lines(actor=officer, as_of=UNDER_50, number=review.pk)
    seen = reviews.lines(actor=district_head, as_of=UNDER_50, number=review.pk)
    assert 0 < len(seen) < len(everybody) == review.lines.count()
    assert reviews.review(actor=district_head, as_of=UNDER_50, number=review.pk).total == len(seen)
    with pytest.raises(NotFound):
        services.decide_lines(actor=officer, line_ids=[0], decision="keep")


@pytest.fixture
def committed(own_database: str, province: Province, django_db_blocker: Any) -> Iterator[Actor]:
    with django_db_blocker.unblock():
        yield actor_named("bantochuc")


def test_the_next_review_tells_what_became_otherwise(committed: Actor, province: Province) -> None:
    """Under 50-QĐ/TW a reprimand removes at once; under 377-QĐ/TW a failed year is proposed; both show as changes."""
    first = services.hold_review(actor=committed, term=TERM, on=UNDER_50)
    _keep_the_rest(committed, first)
    fine = list(first.lines.filter(finding="stays").order_by("id"))
    punished = fine[0].person_id
    failed = next(line.person_id for line in fine if line.person_id != punished)
    Discipline.objects.create(person_id=punished, form="reprimand", valid_from=date(2025, 9, 10))
    YearRating.objects.filter(person_id=failed, year__gte=2025).update(recorded_to="2026-01-01T00:00:00Z")
    YearRating.objects.create(
        person_id=failed, year=2025, rating="unsatisfactory", valid_from=date(2025, 12, 20)
    )
    services.close_review(actor=committed, review_id=first.pk, on=UNDER_50, decision=DECISION)
    middle = services.hold_review(actor=committed, term=TERM, on=date(2025, 9, 15))
    assert set(
        ReviewLine.objects.filter(review=middle, person_id=punished).values_list("finding", "automatic")
    ) == {("disciplined", True)}
    _keep_the_rest(committed, middle)
    services.close_review(actor=committed, review_id=middle.pk, on=date(2025, 9, 15), decision=DECISION)
    last = services.hold_review(actor=committed, term=TERM, on=UNDER_377)
    assert set(
        ReviewLine.objects.filter(review=last, person_id=failed).values_list("finding", "automatic")
    ) == {("not_completed", False)}
    before, rows = reviews.compared(actor=committed, as_of=UNDER_377, number=last.pk)
    assert before is not None and before.id == middle.pk
    assert ("Bị kỷ luật", "") in {(row.before, row.after) for row in rows}
    assert ("Còn đủ điều kiện", "Không hoàn thành nhiệm vụ") in {(row.before, row.after) for row in rows}


def _keep_the_rest(actor: Actor, review: Review) -> None:
    rest = review.lines.filter(decision="").exclude(finding__in=("stays", "unknown"))
    services.decide_lines(
        actor=actor, line_ids=list(rest.values_list("id", flat=True)), decision="keep", reason="Xem xét sau"
    )
