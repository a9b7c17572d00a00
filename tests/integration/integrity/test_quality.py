"""Good records of the province: counts in scope, lists behind numbers, the trend, campaigns and signing off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.province import TODAY, Province, actor_named

from hientai.apps.cadres import services as cadres
from hientai.apps.integrity import evaluating, models, selectors, services
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused
from hientai.rulebook.quality import evaluating as quality
from hientai.rulebook.quality import load_quality_rules
from hientai.rulebook.quality.evaluating import evaluated

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def board(province: Province) -> Actor:
    """The officer of the board, in the copy of the database."""
    return actor_named("bantochuc")


def _spoil(province: Province, person: int) -> None:
    cadres.correct_biography(
        actor=province.maker, person_id=person, because="thử", party_joined_on=date(1950, 1, 1)
    )


def _clean_person(province: Province, board: Actor) -> int:
    """Somebody in whose file no rule finds anything."""
    found = {
        row.person_id
        for row in selectors.records_at_fault(actor=board, as_of=TODAY)
        if row.rule.severity.value == "error"
    }
    return next(person for person in province.people if person not in found)


def _count(actor: Actor, rule: str) -> int:
    found = selectors.quality(actor=actor, as_of=TODAY)
    return next(one.people for one in found.rules if one.rule.code == rule)


def test_a_record_made_contradictory_is_counted_listed_and_counted_off_again(
    province: Province, board: Actor
) -> None:
    before = selectors.quality(actor=board, as_of=TODAY)
    assert before.people == len(province.people) and _count(board, "party_before_18") == 0
    person = _clean_person(province, board)
    _spoil(province, person)
    after = selectors.quality(actor=board, as_of=TODAY)
    assert (_count(board, "party_before_18"), after.clean) == (1, before.clean - 1)
    rows = selectors.records_at_fault(actor=board, as_of=TODAY, rule="party_before_18")
    assert [(row.person_id, row.detail) for row in rows] == [(person, "01/01/1950")]
    assert sum(unit.people for unit in after.units) == after.people
    assert sum(unit.clean for unit in after.units) == after.clean


def test_many_files_are_judged_by_a_process_of_its_own_and_after_an_act_only_the_file_it_touched(
    province: Province, board: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Any] = []

    def counted(*given: Any) -> Any:
        judged.append(list(given[3]) if len(given) > 3 else "everybody")
        return evaluated(*given)

    monkeypatch.setattr(evaluating, "EVALUATED_IN_PLACE", 0)
    monkeypatch.setattr(quality, "evaluated", counted)
    person = _clean_person(province, board)
    assert judged == []
    _spoil(province, person)
    assert _count(board, "party_before_18") == 1
    compared = [rule for rule in load_quality_rules() if rule.compares]
    assert judged == [[person], "everybody"] and len(compared) == 1
    found = evaluating.faults(TODAY).collect()
    tables = snapshot.current().tables
    assert found.equals(evaluated(tables, load_quality_rules(), TODAY))
    monkeypatch.setattr(evaluating.snapshot, "apart", lambda *_given: False)
    assert (
        evaluating.faults(TODAY - timedelta(days=400)).collect().height > 0
    )  # here, where no process can be had


def test_a_unit_sees_the_faults_of_its_own_people_only(province: Province, board: Actor) -> None:
    head = actor_named("huyen1")
    _spoil(province, province.people[0])
    assert _count(board, "party_before_18") == 1 and _count(head, "party_before_18") == 0
    whole = selectors.quality(actor=head, as_of=TODAY)
    assert 0 < whole.people < len(province.people)
    with pytest.raises(Forbidden):
        selectors.quality(actor=actor_named("canbo"), as_of=TODAY)
    with pytest.raises(NotFound):
        selectors.records_at_fault(actor=board, as_of=TODAY, rule="no_such_rule")


def test_the_trend_keeps_one_point_a_day(province: Province, board: Actor) -> None:
    services.keep_day(actor=board)
    services.keep_day(actor=replace(board, today=TODAY + timedelta(days=1)))
    _spoil(province, _clean_person(province, board))
    services.keep_day(actor=replace(board, today=TODAY + timedelta(days=1)))
    points = selectors.trend(actor=board, as_of=TODAY + timedelta(days=1))
    assert [point.day for point in points] == [TODAY, TODAY + timedelta(days=1)]
    assert points[0].clean == points[1].clean + 1
    assert selectors.trend(actor=board, as_of=TODAY)[-1].day == TODAY


def test_a_campaign_has_every_unit_that_keeps_files_and_is_signed_off_unit_by_unit(
    province: Province, board: Actor
) -> None:
    _spoil(province, province.people[-1])
    opened = services.open_campaign(
        actor=board,
        title="Làm sạch ngày vào Đảng",
        rules=["party_before_18"],
        due_on=TODAY + timedelta(days=30),
    )
    row = selectors.campaign(actor=board, as_of=TODAY, campaign_id=opened.pk)
    keeping = selectors.units_with_files(actor=board, as_of=TODAY)
    assert {unit.unit_id: unit.people for unit in row.units} == keeping
    assert (row.at_start, row.left, row.signed, row.units[0].left) == (1, 1, 0, 1)

    worst = row.units[0].unit_id
    with pytest.raises(Refused) as refused:
        services.sign_off(actor=board, campaign_id=opened.pk, unit_id=worst)
    assert refused.value.code == "left_unexplained"
    services.sign_off(actor=board, campaign_id=opened.pk, unit_id=worst, remark="Chờ giấy tờ gốc")
    services.sign_off(actor=board, campaign_id=opened.pk, unit_id=row.units[1].unit_id)
    with pytest.raises(Refused):
        services.sign_off(actor=board, campaign_id=opened.pk, unit_id=worst, remark="lại")
    row = selectors.campaign(actor=board, as_of=TODAY, campaign_id=opened.pk)
    assert row.signed == 2 and row.unsigned == len(keeping) - 2
    assert selectors.campaign(actor=board, as_of=TODAY, campaign_id=opened.pk).left == 1

    cadres.correct_biography(
        actor=province.maker, person_id=province.people[-1], because="sửa", party_joined_on=date(2020, 1, 1)
    )
    assert selectors.campaign(actor=board, as_of=TODAY, campaign_id=opened.pk).left == 0


def test_a_head_signs_for_the_own_unit_and_for_no_other(province: Province, board: Actor) -> None:
    opened = services.open_campaign(
        actor=board, title="Đợt", rules=["party_before_18"], due_on=TODAY + timedelta(days=1)
    )
    head = actor_named("huyen1")
    mine = selectors.campaign(actor=head, as_of=TODAY, campaign_id=opened.pk).units
    everywhere = selectors.campaign(actor=board, as_of=TODAY, campaign_id=opened.pk).units
    others = {unit.unit_id for unit in everywhere} - {unit.unit_id for unit in mine}
    assert mine and others
    services.sign_off(actor=head, campaign_id=opened.pk, unit_id=mine[0].unit_id)
    with pytest.raises(NotFound):
        services.sign_off(actor=head, campaign_id=opened.pk, unit_id=others.pop())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"rules": ["no_such_rule"]}, "rules_missing"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_in_the_past"),
    ],
)
def test_a_campaign_out_of_order_is_refused(board: Actor, changes: dict[str, Any], code: str) -> None:
    asked: dict[str, Any] = {"title": "Đợt", "rules": ["party_before_18"], "due_on": TODAY} | changes
    with pytest.raises(Refused) as refused:
        services.open_campaign(actor=board, **asked)
    assert refused.value.code == code


def test_the_database_keeps_what_is_left_explained_and_clean_ones_among_people(
    province: Province, board: Actor
) -> None:
    opened = services.open_campaign(actor=board, title="Đợt", rules=["party_before_18"], due_on=TODAY)
    line = opened.units.first()
    assert line is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        opened.units.filter(pk=line.pk).update(left_at_signing=1)
    opened.units.filter(pk=line.pk).update(left_at_signing=1, remark="Chờ giấy tờ")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QualityDay.objects.create(day=TODAY, unit_id=line.unit_id, people=1, clean=2)
