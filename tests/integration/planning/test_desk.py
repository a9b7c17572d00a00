"""The desk of a plan: benches, the source of a seat, what a change would do, summaries; all within scope."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.province import TODAY, Province

from hientai.apps.organization import selectors as organization
from hientai.apps.organization.models import Seat
from hientai.apps.planning import desk, selectors
from hientai.apps.planning.ahead import ahead, vacancy_rows
from hientai.apps.planning.models import Slot
from hientai.apps.planning.turns import TurnFilter
from hientai.apps.planning.what_if import Addition
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden

pytestmark = pytest.mark.django_db
TERM, DAY = "2025-2030", date(2025, 9, 5)


@pytest.fixture
def plan(officer: Actor) -> int:
    return selectors.plan_of(actor=officer, term=TERM).id


def test_a_bench_names_holders_successors_and_what_they_lack(officer: Actor, plan: int) -> None:
    seats = selectors.seats_of(actor=officer, as_of=DAY, title="commune.chair")
    found = desk.bench(actor=officer, as_of=DAY, plan_id=plan, seats=seats)
    planned = Slot.objects.as_of(DAY).filter(seat__title__code="commune.chair")
    assert len(found) == 6 and sum(len(bench.planned) for bench in found) == planned.count()
    assert all(bench.holders and bench.places == 1 and bench.most == 3 for bench in found)
    someone = next(one for bench in found for one in bench.planned)
    assert someone.age and someone.months_left is not None and someone.prospect is not None
    assert {
        gap.criterion.fact for b in found for one in b.planned if one.prospect for gap in one.prospect.gaps
    }


def test_people_on_a_bench_stand_by_name(officer: Actor, plan: int) -> None:
    seats = selectors.seats_of(actor=officer, as_of=DAY, title="commune.committee_member")
    for bench in desk.bench(actor=officer, as_of=DAY, plan_id=plan, seats=seats):
        ids = [one.person_id for one in bench.planned]
        assert ids == desk.snapshot.by_name(ids)


def test_a_head_sees_benches_of_the_own_district_only(
    officer: Actor, district_head: Actor, plan: int
) -> None:
    own = selectors.seats_of(actor=district_head, as_of=DAY, title="commune.chair")
    assert 0 < len(own) < len(selectors.seats_of(actor=officer, as_of=DAY, title="commune.chair"))
    everybody = desk.bench(actor=officer, as_of=DAY, plan_id=plan, seats=own)
    seen = desk.bench(actor=district_head, as_of=DAY, plan_id=plan, seats=own)
    assert sum(len(b.planned) for b in seen) < sum(len(b.planned) for b in everybody)


def test_the_source_of_a_seat_leaves_out_holders_and_the_planned(
    officer: Actor, plan: int, province: Province
) -> None:
    seat = Seat.objects.get(unit_id=province.units["T.H1.X1"], title__code="commune.chair").id
    row = organization.seats(actor=officer, as_of=DAY, ids=[seat])[0]
    rows = desk.pool(
        actor=officer, as_of=DAY, permission="planning.propose", plan_id=plan, seat=row,
        unit_id=province.units["T.H1.X1"],
    )  # fmt: skip
    people = {line.person_id for line in rows}
    planned = set(Slot.objects.as_of(DAY).filter(seat_id=seat).values_list("person_id", flat=True))
    holder = desk.bench(actor=officer, as_of=DAY, plan_id=plan, seats=[row])[0].holders[0].code
    assert people and not people & planned and holder not in {line.code for line in rows}
    assert all(not line.judged.refuses for line in rows)


def test_the_grid_holds_every_planned_person_once_and_by_name(officer: Actor, plan: int) -> None:
    seats = selectors.seats_of(actor=officer, as_of=DAY, title="commune.committee_member")
    grid = desk.grid(actor=officer, as_of=DAY, plan_id=plan, seats=seats)
    turns = [one.turn_id for _, cells in grid.rows for cell in cells for one in cell.people]
    assert len(turns) == len(set(turns)) == grid.people > 10
    for _, cells in grid.rows:
        for cell in cells:
            ids = [one.person_id for one in cell.people]
            assert ids == desk.snapshot.by_name(ids)


def test_a_thought_moves_the_figures_and_writes_nothing(officer: Actor) -> None:
    turns = selectors.turns(actor=officer, as_of=DAY, term=TERM, wanted=TurnFilter(title="commune.chair"))
    first = turns.row(0, named=True)
    before = Slot.objects.count()
    moved = selectors.thought(actor=officer, as_of=DAY, term=TERM, drops=[first["slot_id"]], adds=[])
    assert ("turns", turns.height, turns.height - 1) in {(d.figure, d.before, d.after) for d in moved}
    back = [Addition(first["person_id"], first["seat_id"], first["readiness"])]
    assert selectors.thought(actor=officer, as_of=DAY, term=TERM, drops=[first["slot_id"]], adds=back) == []
    assert Slot.objects.count() == before


def test_two_days_differ_by_what_began_between_them(officer: Actor) -> None:
    moved = selectors.between(actor=officer, as_of=DAY, term=TERM, since=date(2025, 6, 15))
    chair = {(d.figure, d.before) for d in moved if d.title_code == "commune.chair"}
    assert ("turns", 0) in chair
    assert selectors.between(actor=officer, as_of=DAY, term=TERM, since=DAY) == []


@pytest.mark.parametrize("by", ["level", "block", "unit"])
def test_summaries_hold_every_turn_once(officer: Actor, by: str) -> None:
    rows = selectors.summary(actor=officer, as_of=DAY, term=TERM, by=by)
    every = selectors.turns(actor=officer, as_of=DAY, term=TERM)
    assert sum(row.turns for row in rows) == every.height
    for row in rows:
        wanted = TurnFilter(**{by: row.code})
        assert selectors.turns(actor=officer, as_of=DAY, term=TERM, wanted=wanted).height == row.turns


def test_staff_have_no_desk(staff: Actor) -> None:
    with pytest.raises(Forbidden):
        selectors.seats_of(actor=staff, as_of=DAY)
    with pytest.raises(Forbidden):
        selectors.thought(actor=staff, as_of=DAY, term=TERM, drops=[], adds=[])


def test_looking_ahead_counts_what_its_lists_hold(officer: Actor) -> None:
    found = ahead(actor=officer, as_of=TODAY, years=5)
    for kind, column in (("retires", "retirements"), ("term_ends", "term_ends"), ("short", "shortages")):
        rows = vacancy_rows(actor=officer, as_of=TODAY, found=found, kind=kind)
        assert len(rows) == found.by_year.get_column(column).sum()
        assert len(rows) == sum(sum(getattr(title, column)) for title in found.titles)
    assert found.by_year.get_column("retirements").sum() > 3
    short = vacancy_rows(actor=officer, as_of=TODAY, found=found, kind="short")
    assert short and all(row.unit and row.title and row.on > TODAY for row in short)


def test_who_is_ready_without_a_slot_is_in_no_plan(officer: Actor) -> None:
    found = ahead(actor=officer, as_of=DAY, years=1)
    planned = set(Slot.objects.as_of(DAY).values_list("person_id", flat=True))
    assert found.unplanned and not planned & set(found.unplanned)


def test_a_head_looks_ahead_in_the_own_district(officer: Actor, district_head: Actor) -> None:
    everything = ahead(actor=officer, as_of=TODAY, years=5)
    own = ahead(actor=district_head, as_of=TODAY, years=5)
    assert 0 < own.vacancies.height < everything.vacancies.height
    below = ahead(actor=officer, as_of=TODAY, years=5, unit_code="T.H1")
    assert below.vacancies.height <= everything.vacancies.height
