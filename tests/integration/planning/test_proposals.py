"""From a unit's list to slots of the plan: who may propose whom, and what the rules say at proposal and at approval."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories.province import Province, actor_named

from hientai.apps.cadres.models import Discipline, Management, Person, YearRating
from hientai.apps.organization import services as organization
from hientai.apps.organization.models import Seat
from hientai.apps.planning import proposals, services
from hientai.apps.planning.models import Candidate, Proposal, Slot
from hientai.apps.procedures.models import Case
from hientai.apps.procedures.types import NameDraft
from hientai.foundation import registry
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused

TERM = "2025-2030"
PROPOSED, APPROVED, LATER = date(2025, 9, 5), date(2025, 9, 20), date(2025, 10, 20)
OPEN = "commune.committee_member"  # a committee has no limit of persons for one post
DECISION = "Quyết định 12-QĐ/TU ngày 20/09/2025"


def _seat(province: Province, unit: str, title: str = "commune.secretary") -> int:
    return Seat.objects.get(unit_id=province.units[unit], title__code=title).id


def _people_of(province: Province, unit: str, born_after: int = 1975) -> list[int]:
    held = Management.objects.as_of(PROPOSED).filter(unit_id=province.units[unit]).values("person_id")
    young = Person.objects.filter(id__in=held, biographies__born_year__gt=born_after)
    return list(young.order_by("id").values_list("id", flat=True))


def _free(province: Province, unit: str, *seats: int) -> int:
    """Somebody of the unit who is in no plan yet."""
    planned = set(Slot.objects.known_on().values_list("person_id", flat=True))
    return next(person for person in _people_of(province, unit) if person not in planned)


def _listed(
    actor: Actor, province: Province, unit: str, *pairs: tuple[int, int], on: date = PROPOSED
) -> Proposal:
    made = services.open_proposal(actor=actor, term=TERM, unit_id=province.units[unit], on=on)
    for person, seat in pairs:
        services.propose(actor=actor, proposal_id=made.pk, person_ids=[person], seat_id=seat, on=on)
    return services.submit_proposal(actor=actor, proposal_id=made.pk, on=on)


@pytest.mark.django_db
def test_a_list_goes_from_the_unit_to_slots(district_head: Actor, officer: Actor, province: Province) -> None:
    person, seat = _free(province, "T.H1.X1"), _seat(province, "T.H1.X2", OPEN)
    made = _listed(district_head, province, "T.H1.X1", (person, seat))
    count = services.approve_proposals(
        actor=officer, term=TERM, proposal_ids=[made.pk], on=APPROVED, decision=DECISION
    )
    slot = Slot.objects.known_on().get(person_id=person, seat_id=seat)
    assert count == 1 and (slot.valid_from, slot.valid_to, slot.source) == (
        APPROVED,
        date(2030, 6, 1),
        DECISION,
    )
    assert slot.readiness in ("now", "one_term", "two_terms")
    made.refresh_from_db()
    assert (made.state, made.decision) == ("approved", DECISION)
    row = proposals.candidates(actor=officer, as_of=APPROVED, proposal_ids=[made.pk])[0]
    assert (row.proposed_under, row.decided_under, row.state) == ("50-QĐ/TW", "50-QĐ/TW", "approved")


@pytest.mark.django_db
def test_a_head_proposes_only_people_and_seats_of_the_own_district(
    district_head: Actor, province: Province
) -> None:
    made = services.open_proposal(
        actor=district_head, term=TERM, unit_id=province.units["T.H1.X1"], on=PROPOSED
    )
    own, seat = _free(province, "T.H1.X1"), _seat(province, "T.H1.X1")
    for person, where in ((_free(province, "T.H2.X1"), seat), (own, _seat(province, "T.H2.X1"))):
        with pytest.raises(NotFound):
            services.propose(
                actor=district_head, proposal_id=made.pk, person_ids=[person], seat_id=where, on=PROPOSED
            )
    with pytest.raises(NotFound):
        services.open_proposal(actor=district_head, term=TERM, unit_id=province.units["T.H2.X1"], on=PROPOSED)
    assert not Candidate.objects.exists()


@pytest.mark.django_db
def test_a_head_decides_nothing_and_staff_propose_nobody(
    district_head: Actor, staff: Actor, province: Province
) -> None:
    made = _listed(
        district_head, province, "T.H1.X1", (_free(province, "T.H1.X1"), _seat(province, "T.H1.X2", OPEN))
    )
    with pytest.raises(Forbidden):
        services.approve_proposals(
            actor=district_head, term=TERM, proposal_ids=[made.pk], on=APPROVED, decision=DECISION
        )
    with pytest.raises(Forbidden):
        services.open_proposal(actor=staff, term=TERM, unit_id=province.units["T.H1.X1"], on=PROPOSED)


@pytest.mark.django_db
def test_the_list_of_another_district_does_not_exist_for_a_head(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    made = _listed(officer, province, "T.H2.X1", (_free(province, "T.H2.X1"), _seat(province, "T.H2.X2")))
    assert made.pk not in {row.id for row in proposals.proposals(actor=district_head, as_of=PROPOSED)}
    with pytest.raises(NotFound):
        proposals.proposal(actor=district_head, as_of=PROPOSED, number=made.pk)


@pytest.mark.django_db
def test_a_list_that_was_sent_stands_until_it_is_returned(officer: Actor, province: Province) -> None:
    person, seat = _free(province, "T.H1.X1"), _seat(province, "T.H1.X2", OPEN)
    made = _listed(officer, province, "T.H1.X1", (person, seat))
    with pytest.raises(Refused, match="Đã gửi"):
        services.propose(
            actor=officer,
            proposal_id=made.pk,
            person_ids=[person],
            seat_id=_seat(province, "T.H1.X3", OPEN),
            on=PROPOSED,
        )
    with pytest.raises(Refused, match="lý do"):
        services.return_proposal(actor=officer, proposal_id=made.pk, reason=" ")
    services.return_proposal(actor=officer, proposal_id=made.pk, reason="Thiếu biên bản")
    candidate = made.candidates.get()
    services.withdraw_candidate(actor=officer, candidate_id=candidate.pk, reason="Xin rút")
    with pytest.raises(Refused, match="chưa có ai"):
        services.submit_proposal(actor=officer, proposal_id=made.pk, on=PROPOSED)
    services.propose(actor=officer, proposal_id=made.pk, person_ids=[person], seat_id=seat, on=PROPOSED)
    assert made.candidates.count() == 2  # the withdrawn line stays with its reason


@pytest.mark.django_db
def test_an_empty_list_is_not_sent_and_nobody_is_on_it_twice(officer: Actor, province: Province) -> None:
    made = services.open_proposal(actor=officer, term=TERM, unit_id=province.units["T.H1.X1"], on=PROPOSED)
    with pytest.raises(Refused, match="chưa có ai"):
        services.submit_proposal(actor=officer, proposal_id=made.pk, on=PROPOSED)
    asked: dict[str, Any] = {
        "actor": officer, "proposal_id": made.pk, "person_ids": [_free(province, "T.H1.X1")],
        "seat_id": _seat(province, "T.H1.X2", OPEN), "on": PROPOSED,
    }  # fmt: skip
    services.propose(**asked)
    with pytest.raises(Refused, match="đã có trong danh sách"):
        services.propose(**asked)


@pytest.mark.django_db
def test_a_person_whom_two_units_plan_for_one_seat_is_one_slot(officer: Actor, province: Province) -> None:
    person, seat = _free(province, "T.H1.X1"), _seat(province, "T.H1.X2", OPEN)
    lists = [_listed(officer, province, unit, (person, seat)) for unit in ("T.H1.X1", "T.H1.X2")]
    made = services.approve_proposals(
        actor=officer, term=TERM, proposal_ids=[one.pk for one in lists], on=APPROVED, decision=DECISION
    )
    assert made == 1 and Slot.objects.known_on().filter(person_id=person).count() == 1
    assert set(Candidate.objects.filter(person_id=person).values_list("state", flat=True)) == {"approved"}


@pytest.mark.django_db
def test_a_person_whom_two_units_plan_for_too_many_seats_waits_for_the_board(
    officer: Actor, province: Province
) -> None:
    person = _free(province, "T.H1.X1")
    seats = [_seat(province, "T.H1.X1", "commune.committee_member")]
    seats += [_seat(province, unit, "commune.committee_member") for unit in ("T.H1.X2", "T.H1.X3")]
    seats += [_seat(province, "T.H2.X1", "commune.committee_member")]
    lists = [
        _listed(officer, province, "T.H1.X1", *((person, seat) for seat in seats[:2])),
        _listed(officer, province, "T.H1.X2", *((person, seat) for seat in seats[2:])),
    ]
    asked: dict[str, Any] = {
        "actor": officer, "term": TERM, "proposal_ids": [one.pk for one in lists], "on": APPROVED,
        "decision": DECISION,
    }  # fmt: skip
    with pytest.raises(Refused, match="4 chức danh cùng cấp"):
        services.approve_proposals(**asked)
    assert not Slot.objects.filter(person_id=person).exists()
    last = Candidate.objects.filter(person_id=person).last()
    assert last is not None
    services.refuse_candidate(actor=officer, candidate_id=last.pk, on=APPROVED, reason="Đã đủ ba chức danh")
    assert services.approve_proposals(**asked) == 3


@pytest.fixture
def committed(own_database: str, province: Province, django_db_blocker: Any) -> Any:
    """A database of its own: what happens between proposal and approval is seen by the columns once committed."""
    with django_db_blocker.unblock():
        yield actor_named("bantochuc")


def test_a_candidate_disciplined_in_the_middle_stays_out(committed: Actor, province: Province) -> None:
    first, second = _people_free(province, 2)
    made = services.open_proposal(actor=committed, term=TERM, unit_id=province.units["T.H1.X1"], on=PROPOSED)
    for person in (first, second):
        services.propose(
            actor=committed,
            proposal_id=made.pk,
            person_ids=[person],
            seat_id=_seat(province, "T.H1.X2", OPEN),
            on=PROPOSED,
        )
    Discipline.objects.create(person_id=first, form="reprimand", valid_from=date(2025, 9, 10))
    services.submit_proposal(actor=committed, proposal_id=made.pk, on=date(2025, 9, 12))
    assert _approved(committed, made, APPROVED) == 1
    row = Candidate.objects.get(person_id=first)
    assert (row.state, row.proposed_verdict, row.decided_verdict) == ("refused", "met", "not_met")
    assert "khiển trách" in row.reason and not Slot.objects.filter(person_id=first).exists()
    with pytest.raises(Refused, match="khiển trách"):
        again = services.open_proposal(
            actor=committed, term=TERM, unit_id=province.units["T.H1.X1"], on=APPROVED
        )
        services.propose(
            actor=committed,
            proposal_id=again.pk,
            person_ids=[first],
            seat_id=_seat(province, "T.H1.X3", OPEN),
            on=APPROVED,
        )


def test_a_rule_that_changes_between_proposal_and_approval_shows_both_verdicts(
    committed: Actor, province: Province
) -> None:
    """377-QĐ/TW asks for completed tasks, which 50-QĐ/TW did not; its doubtful 120 months keep nobody out."""
    failed, older = _people_free(province, 2)
    YearRating.objects.filter(person_id=failed, year=2024).update(recorded_to="2026-01-01T00:00:00Z")
    YearRating.objects.create(
        person_id=failed, year=2024, rating="unsatisfactory", valid_from=date(2024, 12, 31)
    )
    made = services.open_proposal(actor=committed, term=TERM, unit_id=province.units["T.H1.X1"], on=PROPOSED)
    for person in (failed, older):
        services.propose(
            actor=committed,
            proposal_id=made.pk,
            person_ids=[person],
            seat_id=_seat(province, "T.H1.X2", OPEN),
            on=PROPOSED,
        )
    services.submit_proposal(actor=committed, proposal_id=made.pk, on=PROPOSED)
    assert _approved(committed, made, LATER) == 1
    rows = {row.person_id: row for row in Candidate.objects.filter(proposal=made)}
    assert {(row.proposed_under, row.decided_under) for row in rows.values()} == {("50-QĐ/TW", "377-QĐ/TW")}
    assert (rows[failed].state, rows[failed].proposed_verdict) == ("refused", "met")
    assert (rows[older].state, rows[older].proposed_verdict) == ("approved", "met")


def _people_free(province: Province, count: int) -> list[int]:
    planned = set(Slot.objects.known_on().values_list("person_id", flat=True))
    free = [person for person in _people_of(province, "T.H1.X1") if person not in planned]
    assert len(free) >= count
    return free[:count]


def _approved(actor: Actor, made: Proposal, on: date) -> int:
    return services.approve_proposals(
        actor=actor, term=TERM, proposal_ids=[made.pk], on=on, decision=DECISION
    )


@pytest.mark.django_db
def test_a_case_of_the_procedure_decides_about_a_list(officer: Actor, province: Province) -> None:
    """While it is open nobody approves past it; whom it names enters the plan, the others do not."""
    first, second = _people_free(province, 2)
    seat = _seat(province, "T.H1.X2", OPEN)
    made = _listed(officer, province, "T.H1.X1", (first, seat), (second, seat))
    code = services.start_procedure(actor=officer, proposal_id=made.pk, on=PROPOSED)
    case = proposals.open_case(actor=officer, as_of=PROPOSED, number=made.pk)
    assert case is not None and case.code == code and case.kind == "planning.on_spot"
    with pytest.raises(Refused, match="quy trình"):
        services.approve_proposals(
            actor=officer, term=TERM, proposal_ids=[made.pk], on=APPROVED, decision=DECISION
        )
    handler = registry.procedure_handlers()["plan_proposal"]
    handler.approved(
        actor=officer,
        subject_id=str(made.pk),
        names=[NameDraft(first, seat)],
        on=APPROVED,
        source=f"Hồ sơ {code}",
    )
    slot = Slot.objects.known_on().get(person_id=first, seat_id=seat)
    assert slot.source == f"Hồ sơ {code}" and not Slot.objects.filter(person_id=second).exists()
    assert Candidate.objects.get(person_id=second).state == "refused"
    assert handler.url(str(made.pk)).endswith(f"/{made.pk}/")


@pytest.mark.django_db
def test_a_case_that_ends_otherwise_gives_the_list_back(officer: Actor, province: Province) -> None:
    person, seat = _free(province, "T.H1.X1"), _seat(province, "T.H1.X2", OPEN)
    made = _listed(officer, province, "T.H1.X1", (person, seat))
    services.start_procedure(actor=officer, proposal_id=made.pk, on=PROPOSED)
    handler = registry.procedure_handlers()["plan_proposal"]
    handler.closed(actor=officer, subject_id=str(made.pk), ending="refused", on=APPROVED, source="Hồ sơ 1")
    made.refresh_from_db()
    assert (made.state, made.note) == ("returned", "Hồ sơ 1") and not Slot.objects.filter(
        person_id=person
    ).exists()


@pytest.mark.django_db
def test_nobody_is_proposed_or_approved_while_planning_stands_still(
    officer: Actor, province: Province
) -> None:
    """128-KL/TW: both sides of the window; a window of other work stops nothing."""
    person, seat = _free(province, "T.H1.X1"), _seat(province, "T.H1.X2", OPEN)
    asked = {"code": "T.H1", "from_day": date(2025, 9, 10), "decision": "128-KL/TW"}
    organization.freeze(actor=officer, kinds=["transfer"], to_day=None, **asked)
    made = _listed(officer, province, "T.H1.X1", (person, seat))
    organization.freeze(actor=officer, kinds=["planning"], to_day=date(2025, 10, 1), **asked)
    with pytest.raises(Refused, match="128-KL/TW"):
        services.approve_proposals(
            actor=officer, term=TERM, proposal_ids=[made.pk], on=APPROVED, decision=DECISION
        )
    with pytest.raises(Refused, match="128-KL/TW"):
        services.open_proposal(
            actor=officer, term=TERM, unit_id=province.units["T.H1.X3"], on=date(2025, 9, 30)
        )
    assert services.open_proposal(
        actor=officer, term=TERM, unit_id=province.units["T.H1.X3"], on=date(2025, 9, 9)
    ).pk
    later = date(2025, 10, 1)
    assert services.approve_proposals(
        actor=officer, term=TERM, proposal_ids=[made.pk], on=later, decision=DECISION
    )


@pytest.mark.django_db
def test_people_from_elsewhere_take_the_procedure_that_asks_their_unit(
    officer: Actor, province: Province
) -> None:
    """One unit is asked for its comments; people of two units are not one list."""
    first, second = _people_free(province, 2)
    other = next(p for p in _people_of(province, "T.H1.X3") if p not in _planned_people())
    seat = _seat(province, "T.H1.X2", OPEN)

    def sent(*people: tuple[int, str]) -> int:
        made = services.open_proposal(
            actor=officer, term=TERM, unit_id=province.units["T.H1.X2"], on=PROPOSED
        )
        for person, origin in people:
            services.propose(
                actor=officer,
                proposal_id=made.pk,
                person_ids=[person],
                seat_id=seat,
                on=PROPOSED,
                origin=origin,
            )
        return services.submit_proposal(actor=officer, proposal_id=made.pk, on=PROPOSED).pk

    def opened(number: int) -> Case:
        return Case.objects.get(code=services.start_procedure(actor=officer, proposal_id=number, on=PROPOSED))

    case = opened(sent((first, "elsewhere"), (second, "elsewhere")))
    assert (case.kind, case.other_unit_id) == ("planning.elsewhere", province.units["T.H1.X1"])
    mixed = opened(sent((first, "elsewhere"), (second, "on_spot")))
    assert (mixed.kind, mixed.other_unit_id) == ("planning.on_spot", None)
    with pytest.raises(Refused, match="mỗi đơn vị một danh sách"):
        opened(sent((first, "elsewhere"), (other, "elsewhere")))


def _planned_people() -> set[int]:
    return set(Slot.objects.known_on().values_list("person_id", flat=True))
