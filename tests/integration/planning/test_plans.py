"""Plans through services: entering and removing slots, within the scope."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from tests.factories.province import TODAY, Province

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import Role
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.models import Seat
from hientai.apps.planning import desk, selectors, services
from hientai.apps.planning.models import ProgrammeStep, Slot
from hientai.apps.planning.types import SlotDraft
from hientai.foundation import registry
from hientai.foundation.actor import Actor, ActorGrant
from hientai.foundation.errors import Forbidden, NotFound, Refused

pytestmark = pytest.mark.django_db
TERM = "2025-2030"
ON = date(2026, 1, 1)


@pytest.fixture
def seat(province: Province) -> int:
    return Seat.objects.get(unit_id=province.units["T.H1.X1"], title__code="commune.specialist").id


def _officer_of(province: Province, unit: str) -> Actor:
    grant = ActorGrant(Role.BOARD_OFFICER, PERMISSIONS[Role.BOARD_OFFICER], province.units[unit])
    return Actor(1, "thử", TODAY, (grant,))


def _held_by(province: Province, unit: str) -> int:
    from hientai.apps.cadres.models import Person

    return Person.objects.filter(held_by_id=province.units[unit]).values_list("id", flat=True).first()


def test_an_officer_plans_people_of_the_own_scope(province: Province, seat: int) -> None:
    person = _held_by(province, "T.H1.X2")
    made = services.plan_people(
        actor=_officer_of(province, "T.H1"), term=TERM, drafts=[SlotDraft(person, seat, ON)], source="QĐ 3"
    )
    assert made == 1 and Slot.objects.known_on().filter(person_id=person, seat_id=seat).exists()


def test_somebody_outside_the_scope_does_not_exist_for_the_officer(province: Province, seat: int) -> None:
    person = _held_by(province, "T.H2.X1")
    with pytest.raises(NotFound):
        services.plan_people(
            actor=_officer_of(province, "T.H1"),
            term=TERM,
            drafts=[SlotDraft(person, seat, ON)],
            source="QĐ 3",
        )
    assert not Slot.objects.filter(person_id=person, seat_id=seat).exists()


def test_planning_somebody_twice_for_one_seat_writes_nothing(
    officer: Actor, province: Province, seat: int
) -> None:
    twice = [SlotDraft(province.people[0], seat, ON), SlotDraft(province.people[0], seat, date(2026, 2, 1))]
    with pytest.raises(Refused, match="chưa ghi gì"):
        services.plan_people(actor=officer, term=TERM, drafts=twice, source="QĐ 3")
    assert not Slot.objects.filter(person_id=province.people[0], seat_id=seat).exists()


def test_a_slot_removed_stays_readable_before_the_day(officer: Actor, province: Province) -> None:
    slot = Slot.objects.known_on().order_by("id").first()
    services.remove_from_plan(actor=officer, slot_id=slot.pk, on=ON, source="Rà soát")
    of = Slot.objects.filter(line=slot.line)
    assert of.as_of(date(2025, 12, 31)).exists() and not of.as_of(ON).exists()


def test_a_head_may_not_plan(district_head: Actor, province: Province, seat: int) -> None:
    with pytest.raises(Forbidden):
        services.plan_people(
            actor=district_head, term=TERM, drafts=[SlotDraft(province.people[0], seat, ON)], source="QĐ 3"
        )


def test_a_term_has_one_plan(officer: Actor, province: Province) -> None:
    with pytest.raises(Refused, match="đã có"):
        services.open_plan(
            actor=officer, term=TERM, government_term="2026-2031", begins_on=ON, ends_on=date(2031, 1, 1)
        )


def test_the_slots_of_seats_that_end_are_void_and_their_people_remain(
    officer: Actor, province: Province
) -> None:
    seats = Seat.objects.filter(unit_id=province.units["T.H1.X1"]).values_list("id", flat=True)
    before = Slot.objects.as_of(date(2025, 12, 31)).filter(seat_id__in=seats)
    lines, people = set(before.values_list("line", flat=True)), before.values("person_id").distinct().count()
    assert len(lines) > 3
    voided = services.void_slots(actor=officer, seat_ids=list(seats), on=ON, reason="Sắp xếp", source="NQ 1")
    ended = Slot.objects.as_of(date(2025, 12, 31)).filter(line__in=lines)
    assert voided == len(lines) == ended.count() and ended.values("person_id").distinct().count() == people
    assert set(ended.values_list("reason", "source", "outcome")) == {("Sắp xếp", "NQ 1", "title_abolished")}
    assert not Slot.objects.as_of(ON).filter(line__in=lines).exists()


def test_a_slot_that_had_not_begun_is_taken_back(officer: Actor, province: Province, seat: int) -> None:
    later = [SlotDraft(province.people[0], seat, date(2026, 2, 1))]
    services.plan_people(actor=officer, term=TERM, drafts=later, source="QĐ 3")
    services.void_slots(actor=officer, seat_ids=[seat], on=ON, reason="Sắp xếp", source="NQ 1")
    assert not Slot.objects.known_on().filter(seat_id=seat).exists()
    assert Slot.objects.filter(seat_id=seat).count() == 1


def test_slots_are_not_voided_without_a_reason_or_by_a_head(
    officer: Actor, district_head: Actor, seat: int
) -> None:
    with pytest.raises(Refused, match="lý do"):
        services.void_slots(actor=officer, seat_ids=[seat], on=ON, reason=" ", source="NQ 1")
    with pytest.raises(Forbidden):
        services.void_slots(actor=district_head, seat_ids=[seat], on=ON, reason="Sắp xếp", source="NQ 1")


def test_people_of_void_slots_are_listed_until_they_are_planned_again(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    slot = Slot.objects.as_of(date(2025, 12, 31)).filter(seat__unit_id=province.units["T.H1.X1"]).first()
    mine = Slot.objects.as_of(date(2025, 12, 31)).filter(person_id=slot.person_id)
    services.void_slots(
        actor=officer,
        seat_ids=list(mine.values_list("seat_id", flat=True)),
        on=ON,
        reason="Sắp xếp",
        source="NQ 1",
    )
    listed = {row.person_id: row for row in selectors.voided(actor=officer, as_of=ON)}
    assert listed[slot.person_id].reason == "Sắp xếp" and listed[slot.person_id].void_from == ON
    assert slot.person_id not in {
        row.person_id for row in selectors.voided(actor=officer, as_of=date(2025, 12, 31))
    }
    seen = {row.person_id for row in selectors.voided(actor=district_head, as_of=ON)}
    assert seen <= set(listed) and all(listed[person].code for person in seen)
    again = [SlotDraft(slot.person_id, slot.seat_id, date(2026, 2, 1))]
    services.plan_people(actor=officer, term=TERM, drafts=again, source="QĐ 9")
    assert slot.person_id not in {
        row.person_id for row in selectors.voided(actor=officer, as_of=date(2026, 2, 1))
    }


def test_a_seat_of_the_chart_names_its_successors(officer: Actor, province: Province) -> None:
    seats = list(Seat.objects.filter(unit_id=province.units["T.H1.X1"]).values_list("id", flat=True))
    panel = next(panel for panel in registry.seat_panels() if panel.code == "successors")
    found = panel.content(actor=officer, seat_ids=seats, as_of=TODAY)
    planned = Slot.objects.as_of(TODAY).filter(seat_id__in=seats)
    assert {seat: len(rows) for seat, rows in found.items()} == dict(
        Counter(planned.values_list("seat_id", flat=True))
    )
    assert all(
        row["text"] and row["url"].startswith("/can-bo/") and row["note"]
        for rows in found.values()
        for row in rows
    )


def test_the_number_wanted_for_a_seat_changes_by_day_and_shows_on_its_bench(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    seat = Seat.objects.get(unit_id=province.units["T.H1.X1"], title__code="commune.chair").id
    asked = {"actor": officer, "term": TERM, "seat_id": seat, "source": "Kế hoạch 3"}
    services.set_wanted(number=3, on=date(2025, 8, 1), **asked)
    services.set_wanted(number=2, on=ON, **asked)
    services.set_wanted(number=1, on=ON, **asked)
    plan = selectors.plan_of(actor=officer, term=TERM).id
    row = organization.seats(actor=officer, as_of=ON, ids=[seat])
    found = {
        day: desk.bench(actor=officer, as_of=day, plan_id=plan, seats=row)[0].wanted
        for day in (date(2025, 7, 31), date(2025, 12, 31), ON)
    }
    assert list(found.values()) == [None, 3, 1]
    with pytest.raises(Forbidden):
        services.set_wanted(actor=district_head, term=TERM, seat_id=seat, number=1, on=ON, source="")


def test_a_programme_of_action_has_steps_with_days(officer: Actor, province: Province) -> None:
    slot = Slot.objects.as_of(ON).order_by("id").first()
    asked = {"actor": officer, "term": TERM, "on": ON}
    step = services.add_step(
        person_id=slot.person_id, text="Học cao cấp lý luận", due_on=date(2026, 12, 31), **asked
    )
    second = services.add_step(
        person_id=slot.person_id, text="Luân chuyển", due_on=date(2027, 6, 30), **asked
    )
    assert (step.number, second.number) == (1, 2)
    done = services.finish_step(actor=officer, step_id=step.pk, on=date(2026, 11, 1))
    assert done.done_on == date(2026, 11, 1)
    assert (
        ProgrammeStep.objects.as_of(date(2026, 10, 31)).get(number=1, person_id=slot.person_id).done_on
        is None
    )
    with pytest.raises(Refused, match="đã hoàn thành"):
        services.finish_step(actor=officer, step_id=done.pk, on=date(2026, 12, 1))
    with pytest.raises(Refused, match="Hạn hoàn thành"):
        services.add_step(person_id=slot.person_id, text="Trễ", due_on=date(2025, 1, 1), **asked)
    planned = set(Slot.objects.known_on().values_list("person_id", flat=True))
    free = next(person for person in province.people if person not in planned)
    with pytest.raises(Refused, match="không có trong quy hoạch"):
        services.add_step(person_id=free, text="Học", due_on=date(2027, 1, 1), **asked)
