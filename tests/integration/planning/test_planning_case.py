"""A real case of planning, step by step and ballot by ballot, from a unit's list to turns and their publication."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.cases import ballot_step, finish, give, meet, own_papers, page
from tests.factories.province import Province
from tests.integration.planning.test_review_additions import free, seat_of

from hientai.apps.planning import proposals, publications, selectors, services
from hientai.apps.planning.models import Candidate, Proposal, Slot
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor

TERM = "2025-2030"
PROPOSED = date(2026, 2, 2)
GROUND = "Quy chế làm việc của Ban Thường vụ, Điều 12"
pytestmark = pytest.mark.django_db


def _case(
    head: Actor, officer: Actor, province: Province, people: int
) -> tuple[Proposal, str, list[int], int]:
    """A list of a unit that was sent, and the case that decides about it."""
    chosen, seat = free(province, people), seat_of(province)
    made = services.open_proposal(actor=head, term=TERM, unit_id=province.units["T.H1.X1"], on=PROPOSED)
    services.propose(actor=head, proposal_id=made.pk, person_ids=chosen, seat_id=seat, on=PROPOSED)
    services.submit_proposal(actor=head, proposal_id=made.pk, on=PROPOSED)
    return made, services.start_procedure(actor=officer, proposal_id=made.pk, on=PROPOSED), chosen, seat


def test_a_case_walks_through_every_step_and_ballot_to_turns_of_the_plan(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    """planning.on_spot.qd-377: source, leaders, ballots of key officials, wider leaders, leaders, approval."""
    made, code, people, seat = _case(district_head, officer, province, 3)
    walked = [page(officer, code).state.step_code]
    with pytest.raises(BadInput, match="Thiếu giấy tờ"):  # without its papers the first step does not end
        finish(officer, code)
    give(officer, code, "plan", "source_list")
    walked.append(finish(officer, code).state.step_code)
    meet(officer, code)
    own_papers(officer, code)
    walked.append(finish(officer, code, "agreed").state.step_code)
    for votes in ((28, 20, 9), (27, 19, 8)):  # ballots are recorded here, they decide nothing
        walked.append(ballot_step(officer, code, votes).state.step_code)
    give(officer, code, "proposal", "personal_files")
    walked.append(ballot_step(officer, code, (26, 18, 11), ground=GROUND).state.step_code)
    assert walked == ["b1", "b2", "b3", "b4", "b5", "approval"]
    passed = [
        name.person_id for name in page(officer, code).names if name.key in page(officer, code).state.names
    ]
    assert passed == people[:2]  # more than half of the 30 summoned
    assert not Slot.objects.filter(person_id__in=people).exists()
    ended = finish(officer, code, "approved")
    assert (ended.row.status, ended.state.ending) == ("ended", "approved")
    slots = Slot.objects.known_on().filter(person_id__in=people)
    assert {slot.person_id for slot in slots} == set(people[:2])
    assert {(slot.seat_id, slot.valid_from) for slot in slots} == {(seat, officer.today)}
    assert all(code in slot.source and slot.readiness for slot in slots)
    states = dict(Candidate.objects.filter(proposal=made).values_list("person_id", "state"))
    assert states == {people[0]: "approved", people[1]: "approved", people[2]: "refused"}
    made.refresh_from_db()
    assert made.state == "approved" and code in made.decision
    assert proposals.open_case(actor=officer, as_of=officer.today, number=made.pk) is None


def test_a_case_that_nobody_passes_gives_the_list_back(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    made, code, people, _seat = _case(district_head, officer, province, 2)
    give(officer, code, "plan", "source_list")
    finish(officer, code)
    meet(officer, code)
    own_papers(officer, code)
    finish(officer, code, "agreed")
    for _step in ("b3", "b4"):
        ballot_step(officer, code, (20, 10))
    give(officer, code, "proposal", "personal_files")
    ended = ballot_step(officer, code, (15, 14), ground=GROUND)  # exactly half of 30 is not more than half
    assert (ended.row.status, ended.state.ending) == ("ended", "nobody")
    made.refresh_from_db()
    assert made.state == "returned" and code in made.note
    assert not Slot.objects.filter(person_id__in=people).exists()


def test_what_a_case_brought_into_the_plan_can_be_published(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    before = selectors.turns(actor=officer, as_of=officer.today, term=TERM).height
    row = services.publish(
        actor=officer, term=TERM, lists_on=officer.today, on=officer.today, decision="QĐ 12", audience="units"
    )
    listed = publications.publication(actor=officer, as_of=officer.today, number=row.pk)
    assert listed.lines == before == row.turns.count()
