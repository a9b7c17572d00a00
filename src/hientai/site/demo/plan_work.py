"""Work on the plan of the day, so that no page of planning is empty: numbers wanted, programmes, lists, reviews, lists
published. Entered through the services once the records are committed: the rules are asked of the copy of the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow, UnitRow
from hientai.apps.planning import desk, proposals, reviews, selectors, services
from hientai.apps.planning.types import PlanRow
from hientai.engines.criteria.tree import Verdict
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor

BEFORE, LATELY = 120, 12  # days before the last day of the records: the review that ended, what is open now
MOST_WANTED, MOST_PROGRAMMES, ENOUGH = 120, 24, 15
LOWER = ("Chuyên viên", "Phó trưởng phòng", "Trưởng phòng")  # who may rise to a committee
SOURCE = "Kế hoạch quy hoạch cán bộ (hư cấu)"
DECISION = "Quyết định số 31-QĐ/TU (hư cấu)"
KEPT = "Trị số chưa đối chiếu văn bản; xem xét khi có hướng dẫn (hư cấu)"
STEPS = (
    ("Hoàn thành chương trình cao cấp lý luận chính trị (hư cấu)", -30, True),
    ("Luân chuyển về cơ sở, giữ chức vụ cấp phó (hư cấu)", -10, False),
    ("Bồi dưỡng quản lý nhà nước theo chức danh (hư cấu)", 240, False),
)


@dataclass(frozen=True)
class Place:
    """A commune with a seat of its committee, and people of the commune who may be planned for it."""

    unit: UnitRow
    seat: SeatRow
    people: tuple[int, ...]


def enter_plan_work(today: date) -> int:
    """Everything named above for the plan of the day; returns how many lists. Nothing where there is too little."""
    officer, head = (actor_of(User.objects.get(username=name), today) for name in ("bantochuc", "huyen"))
    plan = selectors.plan_on(actor=officer, as_of=today)
    before, lately = today - timedelta(days=BEFORE), today - timedelta(days=LATELY)
    if plan is None:
        return 0
    with snapshot.one_copy():  # every act commits; without this each would have all records copied anew
        places = list(_places(head, plan, before))
        if not places:
            return 0
        _wants(officer, plan, before)
        _programmes(officer, plan, before)
        _first_review(officer, head, plan, places[0], before)
    with snapshot.one_copy():
        _publish(officer, plan, before)
        _lists(officer, head, plan, places, lately)
        _open_review(officer, plan, places[0], lately)
    return 6


def _places(head: Actor, plan: PlanRow, on: date) -> Iterator[Place]:
    """Communes in the head's reach with enough people free for their committee, in protocol order."""
    units = organization.units(actor=head, as_of=on, level="commune")
    hidden = organization.units_outside_scope(
        actor=head, as_of=on, ids=[unit.id for unit in units], permission=services.PROPOSE
    )
    for unit in units:
        if unit.id in hidden or unit.kind != "area":
            continue
        seats = organization.seats(actor=head, as_of=on, under=unit.id)
        seat = next((seat for seat in seats if seat.title_code.endswith(".committee_member")), None)
        if seat is None:
            continue
        pool = desk.pool(
            actor=head, as_of=on, permission=services.PROPOSE, plan_id=plan.id, seat=seat, unit_id=unit.id
        )
        fine = [row for row in pool if row.judged.verdict is Verdict.MET and row.position.startswith(LOWER)]
        people = sorted(row.person_id for row in fine)
        if len(people) >= ENOUGH:
            yield Place(unit, seat, tuple(people[:ENOUGH]))


def _wants(officer: Actor, plan: PlanRow, on: date) -> None:
    """Two for a deputy's seat, three for the seat of a head, and now and then four: some seats then lack people."""
    keys = {title.code for title in organization.titles(actor=officer, as_of=on) if title.is_key}
    seats = [seat for seat in selectors.seats_of(actor=officer, as_of=on) if seat.title_code in keys]
    for number, seat in enumerate(seats[:MOST_WANTED]):
        services.set_wanted(
            actor=officer, term=plan.term, seat_id=seat.id, number=4 if number % 17 == 5 else 3 if number % 2 else 2,
            on=on, source=SOURCE,
        )  # fmt: skip


def _programmes(officer: Actor, plan: PlanRow, on: date) -> None:
    """Programmes of the first people planned for key titles: one step done, one late, one to come."""
    keys = {title.code for title in organization.titles(actor=officer, as_of=on) if title.is_key}
    turns = selectors.turns(actor=officer, as_of=on, term=plan.term)
    kept = turns.filter(selectors.pl.col("title_code").is_in(sorted(keys)))
    people = kept.get_column("person_id").unique(maintain_order=True).to_list()[:MOST_PROGRAMMES]
    for person in people:
        for text, days, done in STEPS:
            due = officer.today + timedelta(days=days)
            step = services.add_step(
                actor=officer, term=plan.term, person_id=person, text=text, on=on, due_on=due
            )
            if done:
                services.finish_step(actor=officer, step_id=step.pk, on=due - timedelta(days=5))


def _listed(head: Actor, plan: PlanRow, place: Place, people: Sequence[int], on: date) -> int:
    made = services.open_proposal(actor=head, term=plan.term, unit_id=place.unit.id, on=on)
    services.propose(actor=head, proposal_id=made.pk, person_ids=people, seat_id=place.seat.id, on=on)
    return made.pk


def _sent(head: Actor, plan: PlanRow, place: Place, people: Sequence[int], on: date) -> int:
    number = _listed(head, plan, place, people, on)
    services.submit_proposal(actor=head, proposal_id=number, on=on)
    return number


def _first_review(officer: Actor, head: Actor, plan: PlanRow, place: Place, on: date) -> None:
    """A review that has ended: some leave, a unit's candidates come."""
    sent = _sent(head, plan, place, place.people[:3], on)
    then = replace(officer, today=on + timedelta(days=25))
    number = services.hold_review(actor=then, term=plan.term, on=on).pk
    lines = reviews.lines(actor=then, as_of=on, number=number)
    against = [line for line in lines if line.finding not in ("stays", "unknown")]
    fine = [line.id for line in lines if line.finding == "stays"]
    for ids, state in ((fine[:2], "issued"), (fine[2:3], "requested")):
        if ids:
            services.record_political(actor=then, line_ids=ids, state=state, on=on)
    leaving = [line.id for line in against if line.decisive]
    doubtful = [line.id for line in against if not line.decisive]
    if leaving:
        services.decide_lines(actor=then, line_ids=leaving, decision="remove")
    if doubtful:
        services.decide_lines(actor=then, line_ids=doubtful, decision="keep", reason=KEPT)
    asked = [row.id for row in proposals.candidates(actor=then, as_of=on, proposal_ids=[sent])]
    services.take_into_review(
        actor=then, review_id=number, candidate_ids=asked, reason="Bổ sung nguồn cấp ủy xã (hư cấu)"
    )
    put = [row.id for row in reviews.additions(actor=then, as_of=on, number=number)]
    services.decide_additions(actor=then, addition_ids=put[:2], decision="add")
    services.decide_additions(
        actor=then, addition_ids=put[2:], decision="leave_out", said="Xem xét ở đợt sau (hư cấu)"
    )
    services.close_review(actor=then, review_id=number, on=on + timedelta(days=15), decision=DECISION)


def _publish(officer: Actor, plan: PlanRow, reviewed_on: date) -> None:
    """The list as the review left it: published with the wrong appendix, corrected the next day, published again."""
    then, on = replace(officer, today=reviewed_on + timedelta(days=25)), reviewed_on + timedelta(days=16)
    asked = {"actor": then, "term": plan.term, "lists_on": on, "decision": DECISION}
    wrong = services.publish(on=on, audience="units", **asked)
    services.correct_publication(
        actor=then, publication_id=wrong.pk, on=on + timedelta(days=1),
        because="Kèm nhầm phụ lục của nhiệm kỳ trước (hư cấu)",
    )  # fmt: skip
    services.publish(on=on + timedelta(days=4), audience="named", **asked)


def _lists(officer: Actor, head: Actor, plan: PlanRow, places: Sequence[Place], on: date) -> None:
    """A list being written, two that were sent and name one person for the same seat, one given back, one in a case."""
    one, two, three, four = (places[number % len(places)] for number in range(4))
    _listed(head, plan, two, two.people[4:6], on)
    _sent(head, plan, three, three.people[6:9], on)
    _sent(head, plan, replace(three, unit=four.unit), three.people[6:7], on)
    back = _sent(head, plan, four, four.people[9:11], on)
    services.return_proposal(actor=officer, proposal_id=back, reason="Thiếu biên bản hội nghị (hư cấu)")
    in_case = _sent(head, plan, one, one.people[11:13], on)
    services.start_procedure(actor=officer, proposal_id=in_case, on=on)


def _open_review(officer: Actor, plan: PlanRow, place: Place, on: date) -> None:
    """A review on which people are at work: one person put forward from the source of a seat, nothing decided."""
    number = services.hold_review(actor=officer, term=plan.term, on=on).pk
    services.add_to_review(
        actor=officer, review_id=number, person_ids=place.people[3:4], seat_id=place.seat.id, came_from="pool",
        reason="Nguồn tại chỗ, đủ tiêu chuẩn vào ngày rà soát (hư cấu)",
    )  # fmt: skip
