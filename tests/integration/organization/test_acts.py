"""Acts on units: what each does, what stands in its way, and taking it back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.factories.province import TODAY, Province

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import PositionDraft
from hientai.apps.cadres.models import Person, Position
from hientai.apps.organization import selectors, services
from hientai.apps.organization.models import SeatPlaces
from hientai.apps.organization.types import ActDraft, ActKind, Heir, UnitChange, UnitDraft
from hientai.apps.planning import services as planning
from hientai.foundation.actor import Actor, ActorGrant
from hientai.foundation.errors import Conflict, NotFound, Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
BEFORE = date(2025, 12, 31)
DECISION = "Quyết định 12-QĐ/TU ngày 15/12/2025"


def _office(code: str, parent: str = "T.H1.X1", name: str = "Văn phòng", level: str = "commune") -> UnitDraft:
    return UnitDraft(code, name, "division", "government", level, parent, DAY)


def _establish(actor: Actor, *codes: str, parent: str = "T.H1.X1", day: date = date(2024, 1, 1)) -> None:
    drafts = tuple(_office(code, parent, f"Phòng {code[-1]}") for code in codes)
    services.carry_out(actor=actor, drafts=[ActDraft(ActKind.ESTABLISH, day, DECISION, begins=drafts)])


def _name(actor: Actor, code: str, day: date) -> str:
    return selectors.unit_by_code(actor=actor, as_of=day, code=code).name


def test_a_renamed_unit_is_called_by_both_names_on_the_right_sides(
    officer: Actor, province: Province
) -> None:
    draft = ActDraft(ActKind.RENAME, DAY, DECISION, changes=(UnitChange("T.H1.X1", {"name": "Xã  Bản Mới"}),))
    services.carry_out(actor=officer, drafts=[draft])
    assert _name(officer, "T.H1.X1", BEFORE) == "Xã Bản Lạnh 1"
    assert _name(officer, "T.H1.X1", DAY) == "Xã Bản Mới"


def test_a_moved_unit_brings_everything_below_it(officer: Actor, province: Province) -> None:
    _establish(officer, "N1")
    draft = ActDraft(ActKind.MOVE, DAY, DECISION, changes=(UnitChange("T.H1.X1", parent="T.H2"),))
    services.carry_out(actor=officer, drafts=[draft])
    office = selectors.unit_by_code(actor=officer, as_of=DAY, code="N1").id
    above = [
        [u.code for u in selectors.path(actor=officer, as_of=day, unit_id=office)] for day in (BEFORE, DAY)
    ]
    assert above == [["T", "T.H1", "T.H1.X1", "N1"], ["T", "T.H2", "T.H1.X1", "N1"]]
    assert selectors.closure_differences() == []


def test_a_merged_unit_ends_the_day_its_successor_begins(officer: Actor, province: Province) -> None:
    _establish(officer, "N1", "N2")
    merge = ActDraft(
        ActKind.MERGE, DAY, DECISION, begins=(_office("N3", name="Phòng chung"),), ends=("N1", "N2"),
        heirs=(Heir("N1", "N3", Fraction(1)), Heir("N2", "N3", Fraction(1))),
    )  # fmt: skip
    services.carry_out(actor=officer, drafts=[merge])
    for code in ("N1", "N2"):
        assert _name(officer, code, BEFORE)
        with pytest.raises(NotFound):
            _name(officer, code, DAY)
    lineage = selectors.lineage(actor=officer, as_of=DAY, unit_id=selectors.unit_id_of("N3") or 0)
    assert [(lineage.units[e.before].code, e.share) for e in lineage.edges] == [("N1", 1), ("N2", 1)]


def _split(*shares: Fraction | None, keepers: tuple[bool, ...] = (True, False)) -> ActDraft:
    heirs = tuple(Heir("N1", f"N{n}", s, k) for n, (s, k) in enumerate(zip(shares, keepers, strict=True), 2))
    return ActDraft(ActKind.SPLIT, DAY, DECISION, (_office("N2"), _office("N3")), ("N1",), (), heirs)


def test_the_shares_of_a_split_are_exact_and_add_up_to_the_whole(officer: Actor, province: Province) -> None:
    _establish(officer, "N1")
    for shares in ((Fraction(1, 3), Fraction(1, 3)), (Fraction(2, 3), Fraction(1, 2))):
        with pytest.raises(Refused, match="đúng bằng một"):
            services.carry_out(actor=officer, drafts=[_split(*shares)])
    with pytest.raises(Refused, match="đúng một đơn vị kế thừa giữ hồ sơ"):
        services.carry_out(actor=officer, drafts=[_split(None, None, keepers=(True, True))])
    services.carry_out(actor=officer, drafts=[_split(Fraction(1, 3), Fraction(2, 3))])
    lineage = selectors.lineage(actor=officer, as_of=DAY, unit_id=selectors.unit_id_of("N1") or 0)
    assert [e.share for e in lineage.edges] == [Fraction(1, 3), Fraction(2, 3)]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (ActDraft(ActKind.DISSOLVE, DAY, DECISION, ends=("T.H1",)), "children_left"),
        (ActDraft(ActKind.DISSOLVE, DAY, DECISION, ends=("T.SNV",)), "not_empty"),
        (ActDraft(ActKind.DISSOLVE, DAY, "  ", ends=("T.SNV",)), "decision_missing"),
        (ActDraft(ActKind.DISSOLVE, date(2010, 1, 1), DECISION, ends=("T.SNV",)), "not_there_yet"),
        (ActDraft(ActKind.RENAME, DAY, DECISION, changes=(UnitChange("T.H9", {"name": "?"}),)), "unknown_unit"),
        (ActDraft(ActKind.RENAME, DAY, DECISION, changes=(UnitChange("T.H1", parent="T.H2"),)), "not_of_its_kind"),
        (ActDraft(ActKind.MOVE, DAY, DECISION, changes=(UnitChange("T.H1", parent="T.H1.X1"),)), "above_its_parent"),
        (ActDraft(ActKind.ESTABLISH, DAY, DECISION, begins=(_office("T.SNV", "T"),)), "unit_exists"),
        (ActDraft(ActKind.ESTABLISH, DAY, DECISION, begins=(_office("N", "T.H1.X1", level="province"),)),
         "above_its_parent"),
        (ActDraft(ActKind.MERGE, DAY, DECISION, ends=("T.H1.X1", "T.H1.X2"),
                  heirs=(Heir("T.H1.X1", "T.H1.X3"),)), "not_of_its_kind"),
    ],
)  # fmt: skip
def test_an_act_that_cannot_be_is_refused(
    officer: Actor, province: Province, draft: ActDraft, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        services.carry_out(actor=officer, drafts=[draft])
    assert refusal.value.code == code
    assert selectors.closure_differences() == []


def test_two_units_cannot_stand_below_each_other(officer: Actor, province: Province) -> None:
    _establish(officer, "N1")
    _establish(officer, "N2", parent="N1")
    with pytest.raises(Refused, match="trực thuộc chính nó"):
        services.carry_out(
            actor=officer,
            drafts=[ActDraft(ActKind.MOVE, DAY, DECISION, changes=(UnitChange("N1", parent="N2"),))],
        )


def test_a_day_before_a_later_change_is_refused(officer: Actor, province: Province) -> None:
    rename = ActDraft(ActKind.RENAME, DAY, DECISION, changes=(UnitChange("T.H1.X1", {"name": "Xã Mới"}),))
    services.carry_out(actor=officer, drafts=[rename])
    with pytest.raises(Refused, match="thay đổi sau ngày"):
        services.carry_out(
            actor=officer,
            drafts=[
                ActDraft(ActKind.MOVE, BEFORE, DECISION, changes=(UnitChange("T.H1.X1", parent="T.H2"),))
            ],
        )


def test_seats_of_a_unit_that_ends_have_no_places_any_more(officer: Actor, province: Province) -> None:
    _establish(officer, "N1")
    pair = (selectors.unit_id_of("N1") or 0, province.titles["commune.specialist"])
    seat = services.open_seats(actor=officer, wanted=[pair], valid_from=date(2024, 1, 1), places=3)[pair]
    act = services.carry_out(actor=officer, drafts=[ActDraft(ActKind.DISSOLVE, DAY, DECISION, ends=("N1",))])
    assert [SeatPlaces.objects.as_of(day).filter(seat_id=seat).count() for day in (BEFORE, DAY)] == [1, 0]
    services.undo_acts(actor=officer, act_ids=act, because="nhầm")
    assert SeatPlaces.objects.as_of(DAY).get(seat_id=seat).places == 3


def test_an_act_undone_leaves_everything_as_it_was_and_stays_readable(
    officer: Actor, province: Province
) -> None:
    unit = selectors.unit_id_of("T.H1.X1") or 0
    draft = ActDraft(ActKind.RENAME, DAY, DECISION, changes=(UnitChange("T.H1.X1", {"name": "Xã Mới"}),))
    act = services.carry_out(actor=officer, drafts=[draft])
    services.undo_acts(actor=officer, act_ids=act, because="Nghị quyết bị thay")
    assert _name(officer, "T.H1.X1", DAY) == "Xã Bản Lạnh 1"
    row = selectors.acts(actor=officer, as_of=TODAY, unit_id=unit)[0]
    assert (row.decision, row.undone_because, row.changed) == (DECISION, "Nghị quyết bị thay", ("Xã Mới",))
    with pytest.raises(NotFound):
        services.undo_acts(actor=officer, act_ids=act, because="lần hai")


def test_an_act_that_a_later_act_rests_on_is_not_undone(officer: Actor, province: Province) -> None:
    draft = ActDraft(ActKind.RENAME, DAY, DECISION, changes=(UnitChange("T.H1.X1", {"name": "Xã Mới"}),))
    first = services.carry_out(actor=officer, drafts=[draft])
    later = ActDraft(ActKind.MOVE, date(2026, 2, 1), "QĐ 99", changes=(UnitChange("T.H1.X1", parent="T.H2"),))
    second = services.carry_out(actor=officer, drafts=[later])
    with pytest.raises(Conflict, match="QĐ 99"):
        services.undo_acts(actor=officer, act_ids=first, because="nhầm")
    services.undo_acts(actor=officer, act_ids=second, because="nhầm")
    services.undo_acts(actor=officer, act_ids=first, because="nhầm")
    assert _name(officer, "T.H1.X1", DAY) == "Xã Bản Lạnh 1"


def test_a_unit_somebody_was_appointed_to_is_not_undone_and_the_refusal_says_who(
    officer: Actor, province: Province
) -> None:
    act = services.carry_out(
        actor=officer, drafts=[ActDraft(ActKind.ESTABLISH, DAY, DECISION, begins=(_office("N1"),))]
    )
    pair = (selectors.unit_id_of("N1") or 0, province.titles["commune.specialist"])
    seat = services.open_seats(actor=officer, wanted=[pair], valid_from=DAY)[pair]
    person = Person.objects.get(pk=province.people[0])
    cadres.take_up_position(
        actor=officer, person_id=person.pk, position=PositionDraft(seat, DAY), source="QĐ 5"
    )
    with pytest.raises(Conflict, match=person.code):
        services.undo_acts(actor=officer, act_ids=act, because="nhầm")


def _actor_at(*units: int) -> Actor:
    grant = "board_officer"
    return Actor(9, "thử", TODAY, tuple(ActorGrant(grant, PERMISSIONS[grant], unit) for unit in units))


def test_an_officer_acts_on_the_own_subtree_only(province: Province) -> None:
    own = _actor_at(province.units["T.H1"])
    rename = {"name": "Xã Mới"}
    services.carry_out(
        actor=own, drafts=[ActDraft(ActKind.RENAME, DAY, DECISION, changes=(UnitChange("T.H1.X1", rename),))]
    )
    for change in (UnitChange("T.H2.X1", rename), UnitChange("T", rename)):
        with pytest.raises(NotFound):
            services.carry_out(actor=own, drafts=[ActDraft(ActKind.RENAME, DAY, DECISION, changes=(change,))])
    with pytest.raises(NotFound):
        services.carry_out(
            actor=own,
            drafts=[
                ActDraft(
                    ActKind.MOVE, date(2026, 2, 2), DECISION, changes=(UnitChange("T.H1.X1", parent="T.H2"),)
                )
            ],
        )
    with pytest.raises(NotFound):
        services.establish_units(
            actor=own, drafts=[UnitDraft("R", "Tỉnh", "area", "government", "province", "", DAY)]
        )


def test_a_frozen_unit_takes_no_appointment_transfer_or_plan_until_the_window_ends(
    officer: Actor, province: Province
) -> None:
    seat = (
        Position.objects.known_on()
        .filter(seat__unit_id=province.units["T.H1.X1"])
        .values_list("seat_id", flat=True)[0]
    )
    elsewhere = (
        Position.objects.known_on()
        .filter(seat__unit_id=province.units["T.H2.X1"])
        .values_list("seat_id", flat=True)[0]
    )
    services.freeze(actor=officer, code="T.H1", kinds=["planning", "transfer", "appointment"], from_day=DAY,
                    to_day=date(2026, 3, 1), decision="Kết luận 128-KL/TW")  # fmt: skip
    person, last = province.people[-1], date(2026, 2, 28)
    with pytest.raises(Refused, match=r"Bổ nhiệm.*Huyện Sông Đà.*28/02/2026.*128-KL/TW"):
        cadres.take_up_position(
            actor=officer, person_id=person, position=PositionDraft(seat, last), source="QĐ"
        )
    held = list(Position.objects.as_of(last).filter(person_id=person).values_list("pk", flat=True))
    with pytest.raises(Refused, match="Điều động"):
        cadres.take_up_position(
            actor=officer, person_id=person, position=PositionDraft(seat, last), ending=held, source="QĐ"
        )
    from hientai.apps.planning.types import SlotDraft

    with pytest.raises(Refused, match="Quy hoạch"):
        planning.plan_people(
            actor=officer, term="2025-2030", drafts=[SlotDraft(person, seat, last)], source="QĐ"
        )
    cadres.take_up_position(
        actor=officer, person_id=person, position=PositionDraft(elsewhere, last, kind="acting"), source="QĐ"
    )
    cadres.take_up_position(
        actor=officer,
        person_id=person,
        position=PositionDraft(seat, date(2026, 3, 1), kind="acting"),
        source="QĐ",
    )


def test_windows_of_one_kind_do_not_overlap_and_can_be_lifted(officer: Actor, province: Province) -> None:
    window = services.freeze(
        actor=officer, code="T.H1", kinds=["planning"], from_day=DAY, to_day=None, decision="KL 128"
    )[0]
    with pytest.raises(Refused, match="trùng"):
        services.freeze(
            actor=officer, code="T.H1", kinds=["planning"], from_day=TODAY, to_day=None, decision="KL"
        )
    with pytest.raises(Refused, match="phải sau"):
        services.freeze(
            actor=officer, code="T.H2", kinds=["planning"], from_day=DAY, to_day=DAY, decision="KL"
        )
    services.lift_freeze(actor=officer, window_id=window.pk, on=date(2026, 2, 1), source="KL 150")
    assert [row.last_day for row in selectors.freezes(actor=officer, as_of=TODAY)] == [date(2026, 1, 31)]


def test_texts_of_a_unit_are_dated(officer: Actor, province: Province) -> None:
    unit = province.units["T.SNV"]
    for day, text in (
        (DAY, "Tham mưu A"),
        (date(2026, 2, 1), "Tham mưu B"),
        (date(2025, 1, 1), "Tham mưu cũ"),
    ):
        services.describe_unit(actor=officer, code="T.SNV", kind="functions", text=text, on=day, source="QĐ")
    said = [
        selectors.texts(actor=officer, as_of=day, unit_id=unit)[0][1]
        for day in (BEFORE, DAY, date(2026, 2, 1))
    ]
    assert said == ["Tham mưu cũ", "Tham mưu A", "Tham mưu B"]


def test_a_unit_is_given_posts_once_for_a_time(officer: Actor, province: Province) -> None:
    unit, year = province.units["T.SNV"], (date(2026, 1, 1), date(2027, 1, 1))
    services.allot_posts(actor=officer, drafts=[(unit, 40)], from_day=year[0], to_day=year[1], source="QĐ 1")
    assert selectors.establishment(actor=officer, as_of=date(2026, 12, 31)) == {unit: 40}
    assert selectors.establishment(actor=officer, as_of=date(2027, 1, 1)) == {}
    with pytest.raises(Refused, match="đã được giao"):
        services.allot_posts(actor=officer, drafts=[(unit, 41)], from_day=TODAY, to_day=None, source="QĐ 2")
