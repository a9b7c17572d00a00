"""A reorganisation from draft to commit and back, and its twins: stale, frozen, resting on."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.province import TODAY, Province, actor_named

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import PositionDraft
from hientai.apps.cadres.models import Management, Person, Position
from hientai.apps.organization import selectors as organization
from hientai.apps.organization import services as units
from hientai.apps.organization.types import ActDraft, ActKind, UnitChange
from hientai.apps.planning.models import Slot
from hientai.apps.reorganisation import selectors, services, starting
from hientai.apps.reorganisation.models import Draft
from hientai.apps.reorganisation.types import Chosen
from hientai.apps.workforce.models import Leaving
from hientai.foundation import audit
from hientai.foundation.actor import Actor, ActorGrant
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2026, 1, 1), date(2025, 12, 31)
ENDS = ("T.H1.X1", "T.H1.X2")
DECISION = "Nghị quyết 15/NQ-HĐND ngày 10/12/2025"


def _draft(
    actor: Actor, ends: tuple[str, ...] = ENDS, into: str = "T.H1.N", name: str = "Xã Hợp Nhất"
) -> Draft:
    plan = starting.merger(actor=actor, day=DAY, decision=DECISION, ends=ends, into=into, name=name)
    return services.open_draft(actor=actor, title="Sắp xếp hai xã", decision=DECISION, day=DAY, plan=plan)


def _at(codes: tuple[str, ...], province: Province, day: date) -> set[int]:
    ids = [organization.unit_id_of(code) for code in codes]
    return set(Position.objects.as_of(day).filter(seat__unit_id__in=ids).values_list("person_id", flat=True))


def _state() -> list[object]:
    return [
        sorted(Position.objects.known_on().values_list("person_id", "seat_id", "valid_from", "valid_to")),
        sorted(
            Management.objects.known_on().values_list(
                "person_id", "unit_id", "tier", "valid_from", "valid_to"
            )
        ),
        sorted(Slot.objects.known_on().values_list("person_id", "seat_id", "valid_from", "valid_to")),
        sorted(Person.objects.values_list("id", "held_by_id", "tier")),
        [
            (r.code, r.name, r.parent_id)
            for r in organization.units(actor=actor_named("bantochuc"), as_of=TODAY)
        ],
    ]


def test_a_draft_changes_nothing_and_shows_where_everybody_goes(officer: Actor, province: Province) -> None:
    before = _state()
    draft = _draft(officer)
    shown = selectors.preview(actor=officer, as_of=TODAY, token=draft.token)
    assert _state() == before
    assert {x.person_id for x in shown.landings} == _at(ENDS, province, BEFORE)
    assert len(shown.moved) == 24 and not shown.undecided
    heads = [x for x in shown.moved if x.title == "commune.secretary"]
    assert len(heads) == 1 and not heads[0].excess
    assert shown.excess and all(x.title == "commune.committee_member" for x in shown.excess)
    assert shown.deadline == date(2031, 1, 1)
    assert shown.void


def test_carried_out_everybody_is_in_the_new_unit_from_the_day_on_and_the_plan_is_void(
    officer: Actor, province: Province
) -> None:
    people = _at(ENDS, province, BEFORE)
    draft = _draft(officer)
    services.commit(actor=officer, token=draft.token)
    assert _at(ENDS, province, BEFORE) == people
    assert _at(ENDS, province, DAY) == set()
    assert _at(("T.H1.N",), province, DAY) == people
    new = organization.unit_id_of("T.H1.N")
    assert set(Person.objects.filter(pk__in=people).values_list("held_by_id", flat=True)) == {new}
    old = [organization.unit_id_of(code) for code in ENDS]
    assert not Slot.objects.as_of(DAY).filter(seat__unit_id__in=old).exists()
    assert Slot.objects.as_of(BEFORE).filter(seat__unit_id__in=old).exists()
    event = AuditEvent.objects.filter(action="reorganisation.commit").latest("pk")
    assert event.details["moved"] == 24 and set(map(type, event.details.values())) == {int}
    assert organization.closure_differences() == [] and audit is not None


def test_undone_everything_is_as_it_was(officer: Actor, province: Province) -> None:
    before = _state()
    draft = _draft(officer)
    services.commit(actor=officer, token=draft.token)
    assert _state() != before
    services.undo(actor=officer, token=draft.token, because="Nghị quyết bị thay")
    assert _state() == before
    with pytest.raises(NotFound):
        services.undo(actor=officer, token=draft.token, because="lần hai")


def test_a_choice_an_officer_made_is_what_happens_and_leaving_leaves_its_record(
    officer: Actor, province: Province
) -> None:
    draft = _draft(officer)
    one, two, three = sorted(_at(ENDS, province, BEFORE))[:3]
    for person, chosen in (
        (one, Chosen("leave", scheme="178/2024/NĐ-CP")),
        (two, Chosen("move", "T.H1.N", "commune.specialist")),
        (three, Chosen("later", note="Chờ kết luận")),
    ):
        draft.refresh_from_db()
        services.choose(
            actor=officer, token=draft.token, person_id=person, chosen=chosen, version=draft.version
        )
    services.commit(actor=officer, token=draft.token)
    leaving = Leaving.objects.known_on().get(person_id=one)
    assert leaving.months_early is None or leaving.months_early >= 0
    assert leaving.unit_id in [organization.unit_id_of(code) for code in ENDS]
    assert not Management.objects.as_of(DAY).filter(person_id=one).exists()
    assert Position.objects.as_of(DAY).get(person_id=two).seat.title.code == "commune.specialist"
    assert not Position.objects.as_of(DAY).filter(person_id=three).exists()
    assert Person.objects.get(pk=three).held_by_id == organization.unit_id_of("T.H1.N")
    services.undo(actor=officer, token=draft.token, because="nhầm")
    assert not Leaving.objects.known_on().exists()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (Chosen("move", "T.H2", "commune.specialist"), "không có vị trí này"),
        (Chosen("leave"), "chế độ nào"),
        (Chosen("later"), "phải ghi lý do"),
    ],
)
def test_a_choice_that_says_too_little_is_refused(
    officer: Actor, province: Province, chosen: Chosen, words: str
) -> None:
    draft = _draft(officer)
    person = min(_at(ENDS, province, BEFORE))
    with pytest.raises(Refused, match=words):
        services.choose(actor=officer, token=draft.token, person_id=person, chosen=chosen, version=1)
    with pytest.raises(Conflict, match="vừa được người khác sửa"):
        services.choose(
            actor=officer, token=draft.token, person_id=person, chosen=Chosen("later", note="x"), version=9
        )


def test_a_second_draft_prepared_at_the_same_time_is_stale_and_says_what_changed(
    officer: Actor, province: Province
) -> None:
    first, second = (
        _draft(officer),
        _draft(officer, ends=("T.H1.X2", "T.H1.X3"), into="T.H1.M", name="Xã Khác"),
    )
    services.commit(actor=officer, token=first.token)
    before = _state()
    shown = selectors.preview(actor=officer, as_of=TODAY, token=second.token)
    assert shown.stale == ["Xã Nà Hoa 1"]
    with pytest.raises(Conflict, match="Xã Nà Hoa 1"):
        services.commit(actor=officer, token=second.token)
    assert _state() == before


def test_a_renamed_unit_makes_a_draft_stale(officer: Actor, province: Province) -> None:
    draft = _draft(officer)
    change = UnitChange("T.H1.X1", {"name": "Xã Tên Mới"})
    units.carry_out(
        actor=officer, drafts=[ActDraft(ActKind.RENAME, date(2025, 6, 1), "QĐ", changes=(change,))]
    )
    with pytest.raises(Conflict, match="Xã Tên Mới"):
        services.commit(actor=officer, token=draft.token)


def test_a_freeze_stops_a_single_appointment_but_not_the_reorganisation_it_was_made_for(
    officer: Actor, province: Province
) -> None:
    units.freeze(actor=officer, code="T.H1", kinds=["appointment", "planning", "transfer"], from_day=date(2025, 12, 1),
                 to_day=date(2026, 2, 1), decision="KL 128-KL/TW")  # fmt: skip
    draft = _draft(officer)
    assert selectors.preview(actor=officer, as_of=TODAY, token=draft.token).frozen
    services.commit(actor=officer, token=draft.token)
    pair = (organization.unit_id_of("T.H1.N") or 0, province.titles["commune.chair"])
    seat = units.open_seats(actor=officer, wanted=[pair], valid_from=DAY)[pair]
    with pytest.raises(Refused, match="KL 128"):
        cadres.take_up_position(
            actor=officer,
            person_id=province.people[-1],
            position=PositionDraft(seat, date(2026, 1, 31)),
            source="QĐ",
        )


def test_after_an_appointment_the_undo_is_refused_and_says_who(officer: Actor, province: Province) -> None:
    draft = _draft(officer)
    services.commit(actor=officer, token=draft.token)
    before = _state()
    pair = (organization.unit_id_of("T.H1.N") or 0, province.titles["commune.chair"])
    seat = units.open_seats(actor=officer, wanted=[pair], valid_from=DAY)[pair]
    newcomer = Person.objects.get(pk=province.people[-1])
    cadres.take_up_position(
        actor=officer, person_id=newcomer.pk, position=PositionDraft(seat, TODAY), source="QĐ"
    )
    with pytest.raises(Conflict, match=newcomer.code):
        services.undo(actor=officer, token=draft.token, because="nhầm")
    assert _state() != before  # the appointment stands
    assert Draft.objects.get(pk=draft.pk).state == "committed"


def test_somebody_who_comes_after_the_day_is_named_in_the_preview_and_stops_it(
    officer: Actor, province: Province
) -> None:
    seat = Position.objects.as_of(BEFORE).filter(seat__unit_id=province.units["T.H1.X1"])[0].seat_id
    late = Person.objects.get(pk=province.people[-1])
    cadres.take_up_position(
        actor=officer, person_id=late.pk, position=PositionDraft(seat, TODAY), source="QĐ"
    )
    draft = _draft(officer)
    assert selectors.preview(actor=officer, as_of=TODAY, token=draft.token).later == [late.code]
    with pytest.raises(Refused, match=late.code):
        services.commit(actor=officer, token=draft.token)


def test_only_the_own_subtree_is_reorganised(province: Province) -> None:
    role = "board_officer"
    own = Actor(9, "thử", TODAY, (ActorGrant(role, PERMISSIONS[role], province.units["T.H2"]),))
    with pytest.raises(NotFound):
        _draft(own)


def test_a_unit_speaks_for_itself_only(officer: Actor, district_head: Actor, province: Province) -> None:
    draft = _draft(officer)
    services.comment(actor=district_head, token=draft.token, unit_code="T.H1.X1", text="Đề nghị giữ tên cũ")
    with pytest.raises(NotFound):
        services.comment(actor=district_head, token=draft.token, unit_code="T.H2.X1", text="…")
    assert selectors.comments(actor=officer, as_of=TODAY, token=draft.token) == [
        ("Xã Bản Lạnh 1", "Đề nghị giữ tên cũ", "Thủ trưởng huyện 1")
    ]
