"""Proposals of change: before and after, three people, evidence, and nothing lost when two change one file at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import papers
from tests.factories.province import Province, actor_named

from hientai.apps.cadres import models as cadres
from hientai.apps.integrity import models, selectors, services
from hientai.apps.integrity.types import ProposalState
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Forbidden, NotFound, Refused
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(officer: Actor) -> Actor:
    """A second officer of the board."""
    return replace(officer, user_id=900_001, name="Cán bộ Ban Tổ chức thứ hai")


@pytest.fixture
def own(staff: Actor) -> tuple[int, dict[str, str]]:
    """The id and the fields of the file that belongs to `staff`."""
    file, values = selectors.file_to_change(actor=staff, as_of=staff.today, code=staff.person_code)
    return file.id, values


def _propose(actor: Actor, own: tuple[int, dict[str, str]], **typed: str) -> models.Proposal:
    person, seen = own
    return services.propose(
        actor=actor, person_id=person, seen=seen, typed=typed, reason="Theo giấy khai sinh"
    )


def _record(person: int) -> cadres.BiographicalRecord:
    return cadres.BiographicalRecord.objects.known_on().get(person_id=person)


def test_a_change_is_proposed_confirmed_and_approved_by_three_people(
    staff: Actor, officer: Actor, board: Actor, own: tuple[int, dict[str, str]]
) -> None:
    made = _propose(
        staff, own, phone="0912 000 111", party_joined_on="3/2/2004", full_name=own[1]["full_name"]
    )
    row = selectors.proposal(actor=staff, as_of=staff.today, proposal_id=made.pk)
    assert [(c.name, c.before, c.after) for c in row.changes] == [
        ("phone", "", "0912 000 111"),
        ("party_joined_on", own[1]["party_joined_on"], "03/02/2004"),
    ]
    with pytest.raises(Refused, match="bước"):
        services.approve(actor=board, proposal_id=made.pk)
    services.confirm(actor=officer, proposal_id=made.pk)
    assert _record(own[0]).phone == ""
    services.approve(actor=board, proposal_id=made.pk)
    record = _record(own[0])
    assert (record.phone, record.party_joined_on) == ("0912 000 111", date(2004, 2, 3))
    assert "Theo giấy khai sinh" in record.reason
    before = cadres.BiographicalRecord.objects.filter(person_id=own[0], recorded_to__isnull=False).get()
    assert before.phone == ""


def test_proposer_unit_and_board_are_different_people(
    staff: Actor, officer: Actor, own: tuple[int, dict[str, str]]
) -> None:
    by_officer = _propose(officer, own, phone="1")
    with pytest.raises(Refused) as refused:
        services.confirm(actor=officer, proposal_id=by_officer.pk)
    assert refused.value.code == "same_person"
    by_staff = _propose(staff, own, phone="2")
    services.confirm(actor=officer, proposal_id=by_staff.pk)
    with pytest.raises(Refused):
        services.approve(actor=officer, proposal_id=by_staff.pk)


def test_nobody_decides_about_the_own_file(
    staff: Actor, officer: Actor, own: tuple[int, dict[str, str]]
) -> None:
    made = _propose(officer, own, phone="1")
    himself = replace(officer, user_id=900_002, person_code=staff.person_code)
    with pytest.raises(Refused):
        services.confirm(actor=himself, proposal_id=made.pk)
    with pytest.raises(Refused) as refused:
        services.correct_record(
            actor=himself, person_id=own[0], seen=own[1], typed={"phone": "1"}, reason="x"
        )
    assert refused.value.code == "own_record"


def test_two_officers_change_one_file_and_the_second_is_told_what_changed(
    officer: Actor, board: Actor, own: tuple[int, dict[str, str]]
) -> None:
    person, seen = own
    services.correct_record(
        actor=officer, person_id=person, seen=seen, typed={"phone": "111"}, reason="Bổ sung"
    )
    with pytest.raises(Conflict) as conflict:
        services.correct_record(
            actor=board, person_id=person, seen=seen, typed={"residence": "Phường Mới"}, reason="Bổ sung"
        )
    assert conflict.value.where == "phone" and "Điện thoại" in str(conflict.value.message)
    assert _record(person).residence == ""
    _, now = selectors.file_to_change(actor=board, as_of=board.today, code=_record(person).person.code)
    services.correct_record(
        actor=board, person_id=person, seen=now, typed={"residence": "Phường Mới"}, reason="Bổ sung"
    )
    record = _record(person)
    assert (record.phone, record.residence) == ("111", "Phường Mới")


def test_a_field_changed_since_the_proposal_is_approved_only_knowingly(
    staff: Actor, officer: Actor, board: Actor, own: tuple[int, dict[str, str]]
) -> None:
    made = _propose(staff, own, phone="222")
    services.confirm(actor=officer, proposal_id=made.pk)
    third = replace(board, user_id=900_003)
    services.correct_record(
        actor=third, person_id=own[0], seen=own[1], typed={"phone": "111"}, reason="Bổ sung"
    )
    row = selectors.proposal(actor=board, as_of=board.today, proposal_id=made.pk)
    assert [(c.before, c.after, c.now, c.moved) for c in row.changes] == [("", "222", "111", True)]
    with pytest.raises(Conflict):
        services.approve(actor=board, proposal_id=made.pk)
    services.approve(actor=board, proposal_id=made.pk, knowing=True)
    assert _record(own[0]).phone == "222"


def test_another_field_changed_since_does_not_stand_in_the_way(
    staff: Actor, officer: Actor, board: Actor, own: tuple[int, dict[str, str]]
) -> None:
    made = _propose(staff, own, phone="222")
    services.confirm(actor=officer, proposal_id=made.pk)
    third = replace(board, user_id=900_003)
    services.correct_record(
        actor=third, person_id=own[0], seen=own[1], typed={"residence": "X"}, reason="Bổ sung"
    )
    services.approve(actor=board, proposal_id=made.pk)
    assert (_record(own[0]).phone, _record(own[0]).residence) == ("222", "X")


def test_evidence_is_kept_and_a_hostile_one_refuses_the_whole_proposal(
    staff: Actor, own: tuple[int, dict[str, str]]
) -> None:
    person, seen = own
    asked = {"actor": staff, "person_id": person, "seen": seen, "typed": {"phone": "1"}, "reason": "x"}
    with pytest.raises(BadInput):
        services.propose(**asked, papers=[("a.pdf", papers.HTML)])  # type: ignore[arg-type]
    assert not models.Proposal.objects.exists()
    made = services.propose(**asked, papers=[("a.pdf", papers.pdf())])  # type: ignore[arg-type]
    paper = models.Evidence.objects.get(proposal=made)
    assert selectors.evidence(actor=staff, as_of=staff.today, evidence_id=paper.pk)[1:] == (
        "pdf",
        staff.person_code,
        person,
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({}, "nothing_changed"),
        ({"born": "31/02/1980"}, "not_a_birthday"),
        ({"recruited_on": "hôm qua"}, "not_a_day"),
        ({"full_name": " "}, "field_required"),
    ],
)
def test_what_cannot_be_is_refused(
    staff: Actor, own: tuple[int, dict[str, str]], typed: dict[str, str], code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        _propose(staff, own, **typed)
    assert refused.value.code == code
    assert not models.Proposal.objects.exists()


def test_a_refusal_has_a_reason_and_a_proposer_may_take_back(
    staff: Actor, officer: Actor, own: tuple[int, dict[str, str]]
) -> None:
    made = _propose(staff, own, phone="1")
    with pytest.raises(Refused):
        services.refuse(actor=officer, proposal_id=made.pk, note=" ")
    services.refuse(actor=officer, proposal_id=made.pk, note="Thiếu giấy tờ")
    with pytest.raises(Refused):
        services.withdraw(actor=staff, proposal_id=made.pk)
    other = _propose(staff, own, phone="2")
    with pytest.raises(Refused):
        services.withdraw(actor=officer, proposal_id=other.pk)
    assert services.withdraw(actor=staff, proposal_id=other.pk).state == ProposalState.WITHDRAWN


def test_one_proposes_for_oneself_and_the_unit_for_its_people_only(
    staff: Actor, district_head: Actor, province: Province, own: tuple[int, dict[str, str]]
) -> None:
    with pytest.raises(NotFound):
        services.propose(
            actor=staff, person_id=province.people[-1], seen=own[1], typed={"phone": "1"}, reason="x"
        )
    with pytest.raises(NotFound):
        services.propose(actor=district_head, person_id=own[0], seen=own[1], typed={"phone": "1"}, reason="x")
    with pytest.raises(Forbidden):
        services.confirm(actor=staff, proposal_id=1)
    with pytest.raises(Forbidden):
        services.propose(actor=actor_named("kythuat"), person_id=own[0], seen={}, typed={}, reason="x")


def test_values_are_sealed_at_rest_and_out_of_the_audit(
    staff: Actor, own: tuple[int, dict[str, str]]
) -> None:
    made = _propose(staff, own, phone="0912345678")
    assert b"0912345678" not in bytes(models.Proposal.objects.get(pk=made.pk).changes)
    event = AuditEvent.objects.filter(action="record.propose").get()
    assert event.details == {"proposal_id": made.pk, "person_id": own[0]}


def test_one_sees_who_read_the_own_record_and_nobody_elses(
    staff: Actor, own: tuple[int, dict[str, str]], province: Province
) -> None:
    from hientai.foundation import audit

    audit.record_reading(
        actor=actor_named("bantochuc"), what="paper", details={"person_id": own[0], "purpose": "appraisal"}
    )
    found = selectors.readings(actor=staff, as_of=staff.today, person_id=own[0])
    assert (found[0].who, str(found[0].what), str(found[0].purpose)) == (
        "Cán bộ Ban Tổ chức", "Một giấy tờ", "Thẩm định hồ sơ",
    )  # fmt: skip
    with pytest.raises(NotFound):
        selectors.readings(actor=staff, as_of=staff.today, person_id=province.people[-1])
