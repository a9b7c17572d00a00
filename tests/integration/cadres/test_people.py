"""People through services and selectors: entering, changing, finding, and who may."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.province import TODAY, Province

from hientai.apps.cadres import selectors, services
from hientai.apps.cadres.drafts import ManagementDraft, PersonDraft, PositionDraft
from hientai.apps.cadres.models import Person, Position
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.cadres.types import Born
from hientai.apps.organization.models import Seat
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 1)
NUMBER = "011085000777"


def _draft(province: Province, **changes: object) -> PersonDraft:
    unit = province.units["T.H1.X1"]
    seat = Seat.objects.get(unit_id=unit, title__code="commune.specialist")
    known = {
        "full_name": "  Lò  Thị   Kim Thuỷ ",
        "sex": "female",
        "born": Born(1985, 3, 5),
        "management": (ManagementDraft(unit, "commune", SINCE),),
        "identities": (NUMBER,),
        "positions": (PositionDraft(seat.id, SINCE),),
    }
    return PersonDraft(**(known | changes))  # type: ignore[arg-type]


def _enter(actor: Actor, draft: PersonDraft) -> Person:
    return Person.objects.get(pk=services.enter_people(actor=actor, drafts=[draft], source="QĐ 1")[0])


@pytest.mark.parametrize(
    "typed", ["lo thi kim thuy", "LÒ THỊ KIM THỦY", "Kim Thuỷ", NUMBER, "0110 8500 0777"]
)
def test_a_person_is_found_by_name_in_any_spelling_or_by_number(
    officer: Actor, province: Province, typed: str
) -> None:
    person = _enter(officer, _draft(province))
    found = selectors.people(actor=officer, as_of=TODAY, wanted=PeopleFilter(text=typed))
    assert [row.id for row in found] == [person.id]


def test_a_number_is_kept_encrypted_and_told_to_nobody_by_accident(
    officer: Actor, province: Province
) -> None:
    person = _enter(officer, _draft(province))
    sealed = bytes(person.identities.get().sealed)
    assert NUMBER.encode() not in sealed
    assert NUMBER not in str(AuditEvent.objects.order_by("-id").first().details)


def test_one_number_belongs_to_one_person_and_nothing_is_half_written(
    officer: Actor, province: Province
) -> None:
    _enter(officer, _draft(province))
    before = Person.objects.count()
    with pytest.raises(Refused, match="chưa ghi gì"):
        services.enter_people(
            actor=officer, drafts=[_draft(province, identities=()), _draft(province)], source="QĐ 2"
        )
    assert Person.objects.count() == before


def test_nobody_holds_one_seat_twice_at_once(officer: Actor, province: Province) -> None:
    seat = Seat.objects.get(unit_id=province.units["T.H1.X1"], title__code="commune.specialist").id
    twice = (PositionDraft(seat, SINCE), PositionDraft(seat, date(2025, 1, 1)))
    with pytest.raises(Refused):
        _enter(officer, _draft(province, positions=twice))


def test_taking_up_a_post_ends_the_one_named_and_both_stay_on_the_timeline(
    officer: Actor, province: Province
) -> None:
    person = _enter(officer, _draft(province))
    held = Position.objects.known_on().get(person=person)
    chair = Seat.objects.get(unit_id=province.units["T.H1.X1"], title__code="commune.chair").id
    services.take_up_position(
        actor=officer,
        person_id=person.id,
        position=PositionDraft(chair, date(2025, 6, 1)),
        ending=[held.pk],
        source="QĐ 15",
    )
    timeline = selectors.card(actor=officer, as_of=TODAY, code=person.code).positions
    assert [(p.title, p.valid_from, p.last_day) for p in timeline] == [
        ("Chủ tịch UBND xã", date(2025, 6, 1), None),
        ("Chuyên viên", SINCE, date(2025, 5, 31)),
    ]
    before = selectors.card(actor=officer, as_of=date(2025, 5, 31), code=person.code)
    assert before.row.position == "Chuyên viên"


def test_the_person_page_of_a_past_day_does_not_know_the_future(officer: Actor, province: Province) -> None:
    person = _enter(officer, _draft(province))
    card = selectors.card(actor=officer, as_of=date(2023, 12, 31), code=person.code)
    assert card.positions == () and card.row.position == ""


def test_a_head_may_read_the_own_district_and_write_nothing(
    district_head: Actor, officer: Actor, province: Province
) -> None:
    inside = _enter(officer, _draft(province))
    assert selectors.person_id_of(actor=district_head, code=inside.code) == inside.id
    with pytest.raises(Forbidden):
        services.correct_biography(actor=district_head, person_id=inside.id, because="thử", full_name="X")


def test_a_head_does_not_meet_people_of_another_district_even_by_number(
    district_head: Actor, officer: Actor, province: Province
) -> None:
    elsewhere = (ManagementDraft(province.units["T.H2.X1"], "commune", SINCE),)
    outside = _enter(officer, _draft(province, management=elsewhere))
    for asked in (outside.code, NUMBER):
        with pytest.raises(NotFound):
            selectors.person_id_of(actor=district_head, code=asked)


def test_staff_find_themselves_and_nobody_else(staff: Actor, province: Province) -> None:
    own = Person.objects.get(code=staff.person_code)
    other = Person.objects.exclude(pk=own.pk).first()
    assert selectors.card(actor=staff, as_of=TODAY, code=own.code).row.code == own.code
    with pytest.raises(NotFound):
        selectors.card(actor=staff, as_of=TODAY, code=other.code)
    with pytest.raises(Forbidden):
        selectors.headcount(actor=staff, as_of=TODAY)


def test_a_year_of_birth_alone_is_shown_as_a_year(officer: Actor, province: Province) -> None:
    person = _enter(officer, _draft(province, born=Born(1985)))
    row = selectors.row_of(actor=officer, as_of=TODAY, code=person.code)
    assert str(row.born) == "1985" and row.born.iso == "1985"


def test_every_act_leaves_one_event_with_ids_and_no_names(officer: Actor, province: Province) -> None:
    before = AuditEvent.objects.count()
    _enter(officer, _draft(province))
    event = AuditEvent.objects.order_by("-id").first()
    assert AuditEvent.objects.count() == before + 1
    assert (event.action, event.user_id, event.details) == (
        "cadres.enter_people",
        officer.user_id,
        {"people": 1},
    )
