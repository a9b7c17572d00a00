"""Slimming-down: somebody leaves by a scheme, what that leaves, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.province import TODAY, Province

from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import PositionDraft
from hientai.apps.cadres.models import Management, Position
from hientai.apps.organization import selectors as organization
from hientai.apps.organization import services as units
from hientai.apps.planning.models import Slot
from hientai.apps.workforce import selectors, services
from hientai.apps.workforce.decrees import remark_on
from hientai.apps.workforce.models import Leaving
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)
DECISION = "Quyết định 30/QĐ-UBND ngày 20/01/2026"


@pytest.fixture
def allotted(officer: Actor, province: Province) -> Province:
    """The province with posts given to the first commune for the year."""
    units.allot_posts(
        actor=officer, drafts=[(province.units["T.H1.X1"], 12)], from_day=date(2026, 1, 1), to_day=date(2027, 1, 1),
        source="Giao biên chế 2026",
    )  # fmt: skip
    return province


def _secretary(province: Province) -> int:
    seat = {"seat__unit_id": province.units["T.H1.X1"], "seat__title__code": "commune.secretary"}
    return int(Position.objects.as_of(TODAY).get(**seat).person_id)


def _leave(actor: Actor, person: int, cut: int = 1, day: date = DAY) -> Leaving:
    return services.leave(
        actor=actor, person_id=person, scheme="154/2025/NĐ-CP", on=day, source=DECISION, posts_cut=cut
    )


def _posts(actor: Actor, province: Province, day: date) -> int | None:
    unit = province.units["T.H1.X1"]
    return organization.establishment(actor=actor, as_of=day, unit_ids=[unit]).get(unit)


def test_who_leaves_holds_nothing_from_the_day_on_and_the_posts_are_fewer(
    officer: Actor, allotted: Province
) -> None:
    person = _secretary(allotted)
    row = _leave(officer, person)
    assert Position.objects.as_of(date(2026, 1, 31)).filter(person_id=person).exists()
    assert not Position.objects.as_of(DAY).filter(person_id=person).exists()
    assert not Management.objects.as_of(DAY).filter(person_id=person).exists()
    assert [_posts(officer, allotted, d) for d in (date(2026, 1, 31), DAY, date(2026, 12, 31))] == [
        12,
        11,
        11,
    ]
    assert _posts(officer, allotted, date(2027, 1, 1)) is None
    listed = selectors.leavings(actor=officer, as_of=TODAY)
    assert [(one.id, one.cut, one.title) for one in listed] == [(row.pk, 1, "Bí thư Đảng ủy xã")]
    assert selectors.leavings(actor=officer, as_of=date(2026, 1, 31)) == []


def test_what_is_left_names_the_vacant_seat_the_gaps_in_the_plan_and_the_posts(
    officer: Actor, allotted: Province
) -> None:
    person = _secretary(allotted)
    eve = date(2026, 1, 31)
    turns = (
        Slot.objects.as_of(eve).filter(person_id=person).values_list("seat_id", flat=True).distinct().count()
    )
    _leave(officer, person)
    (row,) = selectors.leavings(actor=officer, as_of=TODAY)
    left = selectors.aftermath(actor=officer, as_of=TODAY, row=row)
    (seat,) = left.seats
    planned = Slot.objects.as_of(TODAY).filter(seat__title__code="commune.secretary",
                                               seat__unit_id=allotted.units["T.H1.X1"])  # fmt: skip
    others = set(planned.exclude(person_id=person).values_list("person_id", flat=True))
    assert (seat.places, seat.holders, seat.vacant, seat.successors) == (1, 0, 1, len(others))
    assert len(left.turns) == turns
    assert (left.posts_before, left.posts_after, left.present) == (12, 11, 11)


def test_taken_back_everything_is_as_before(officer: Actor, allotted: Province) -> None:
    person = _secretary(allotted)
    row = _leave(officer, person, cut=2)
    with pytest.raises(Refused, match="lý do"):
        services.undo_leaving(actor=officer, leaving_id=row.pk, because=" ")
    services.undo_leaving(actor=officer, leaving_id=row.pk, because="Quyết định bị huỷ")
    assert Position.objects.as_of(TODAY).filter(person_id=person).exists()
    assert Management.objects.as_of(TODAY).filter(person_id=person).exists()
    assert {_posts(officer, allotted, d) for d in (date(2026, 1, 31), DAY, date(2026, 12, 31))} == {12}
    assert selectors.leavings(actor=officer, as_of=TODAY) == []
    with pytest.raises(NotFound):
        services.undo_leaving(actor=officer, leaving_id=row.pk, because="lần hai")


def test_posts_changed_since_keep_a_leaving_from_being_taken_back(officer: Actor, allotted: Province) -> None:
    row = _leave(officer, _secretary(allotted))
    units.cut_posts(
        actor=officer, unit_id=allotted.units["T.H1.X1"], fewer=3, on=DAY, source="Quyết định khác"
    )
    with pytest.raises(Conflict, match="biên chế"):
        services.undo_leaving(actor=officer, leaving_id=row.pk, because="nhầm")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scheme": "1/1900/NĐ-CP"}, "no_scheme"),
        ({"source": " "}, "decision_missing"),
        ({"posts_cut": 13}, "not_so_many_posts"),
    ],
)
def test_a_leaving_that_cannot_be_is_refused_and_changes_nothing(
    officer: Actor, allotted: Province, change: dict[str, object], code: str
) -> None:
    person = _secretary(allotted)
    said = {
        "person_id": person,
        "scheme": "154/2025/NĐ-CP",
        "on": DAY,
        "source": DECISION,
        "posts_cut": 0,
    } | change
    with pytest.raises(Refused) as caught:
        services.leave(actor=officer, **said)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert Position.objects.as_of(TODAY).filter(person_id=person).exists() and not Leaving.objects.exists()


def test_nobody_leaves_twice_nor_without_a_post(officer: Actor, allotted: Province) -> None:
    person = _secretary(allotted)
    _leave(officer, person)
    with pytest.raises(Refused, match="đã có quyết định nghỉ"):
        _leave(officer, person, day=date(2026, 3, 1))
    other = Position.objects.as_of(TODAY).filter(seat__unit_id=allotted.units["T.H2.X1"]).first()
    assert other is not None
    with pytest.raises(Refused, match="không giữ vị trí"):
        _leave(officer, other.person_id, day=date(2014, 1, 1))


def test_the_head_of_one_district_sees_only_who_left_there(
    officer: Actor, district_head: Actor, allotted: Province
) -> None:
    _leave(officer, _secretary(allotted))
    elsewhere = Position.objects.as_of(TODAY).filter(
        seat__unit_id=allotted.units["T.H2.X1"], seat__title__code="commune.secretary"
    )
    services.leave(actor=officer, person_id=elsewhere[0].person_id, scheme="other", on=DAY, source="QĐ 31")
    assert len(selectors.leavings(actor=officer, as_of=TODAY)) == 2
    assert [row.unit for row in selectors.leavings(actor=district_head, as_of=TODAY)] == ["Xã Bản Lạnh 1"]
    only = selectors.leavings(actor=officer, as_of=TODAY, unit_id=allotted.units["T.H2"])
    assert [row.unit for row in only] == ["Xã Bản Lạnh 2"]


@pytest.mark.parametrize(
    ("months", "scheme", "remark"),
    [
        (23, "154/2025/NĐ-CP", "too_late"), (24, "154/2025/NĐ-CP", ""), (60, "154/2025/NĐ-CP", ""),
        (61, "154/2025/NĐ-CP", "too_early"), (None, "154/2025/NĐ-CP", ""), (100, "178/2024/NĐ-CP", ""),
    ],
)  # fmt: skip
def test_months_outside_the_decree_are_remarked_and_unknown_ones_are_not(
    months: int | None, scheme: str, remark: str
) -> None:
    assert remark_on(scheme, months, TODAY) == remark


def test_a_vacancy_filled_since_is_no_vacancy(officer: Actor, allotted: Province) -> None:
    person = _secretary(allotted)
    seat = Position.objects.as_of(TODAY).get(person_id=person).seat_id
    _leave(officer, person)
    (row,) = selectors.leavings(actor=officer, as_of=TODAY)
    successor = Position.objects.as_of(TODAY).filter(
        seat__unit_id=allotted.units["T.H1.X1"], seat__title__code="commune.committee_member"
    )[0]
    cadres.take_up_position(
        actor=officer,
        person_id=successor.person_id,
        position=PositionDraft(seat, date(2026, 3, 1)),
        source="QĐ 40",
    )
    left = selectors.aftermath(actor=officer, as_of=TODAY, row=row)
    assert (left.seats[0].holders, left.seats[0].vacant) == (1, 0)
