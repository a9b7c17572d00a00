"""Two files of one person: everything moves, nothing is lost, and undoing gives each file back as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories.province import Province, actor_named

from hientai.apps.cadres import file_selectors, merging, models, selectors, services
from hientai.apps.cadres.drafts import (
    GradeDraft,
    ManagementDraft,
    PersonDraft,
    PositionDraft,
    QualificationDraft,
    RatingDraft,
    TextDraft,
)
from hientai.apps.cadres.types import Born, DoubleAnswer
from hientai.apps.organization.models import Seat
from hientai.apps.planning.models import Slot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused

pytestmark = pytest.mark.usefixtures("own_database")
BECAUSE = "Cùng giấy khai sinh"


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str) -> Any:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def board(_open: None, province: Province) -> Actor:
    return actor_named("bantochuc")


def _draft(unit: int, seat: int, name: str, numbers: tuple[str, ...], **more: Any) -> PersonDraft:
    return PersonDraft(
        full_name=name, sex="male", born=Born(1980, 5, 3), identities=numbers,
        management=(ManagementDraft(unit, "commune", date(2012, 1, 1)),),
        positions=(PositionDraft(seat, date(2012, 1, 1)),), **more,
    )  # fmt: skip


@pytest.fixture
def twins(board: Actor, province: Province) -> tuple[int, int]:
    """One person entered twice: partly the same, partly more, partly otherwise."""
    unit = province.units["T.H1.X1"]
    seats = list(Seat.objects.filter(unit_id=unit).order_by("id").values_list("id", flat=True)[:2])
    kept = _draft(
        unit, seats[0], "Lò Văn Song", ("011080000777",), ratings=(RatingDraft(2020, "good"),),
        qualifications=(QualificationDraft("professional", "bachelor", date(2004, 6, 1), "Luật"),),
        grades=(GradeDraft("01.003", date(2015, 1, 1), 3),),
    )  # fmt: skip
    gone = _draft(
        unit, seats[0], "Lò Văn Song", ("045000777",), biography={"phone": "0912000777"},
        ratings=(RatingDraft(2020, "outstanding"), RatingDraft(2021, "good")),
        qualifications=(QualificationDraft("professional", "bachelor", date(2004, 6, 1), "Luật"),
                        QualificationDraft("political_theory", "advanced", date(2018, 6, 1))),
        grades=(GradeDraft("01.004", date(2010, 1, 1), 2),),
        texts=(TextDraft("strengths", "Dân vận", date(2020, 1, 1)),),
    )  # fmt: skip
    first, second = services.enter_people(actor=board, drafts=[kept, gone], source="Danh sách")
    return first, second


def _versions(board: Actor, keep: int, gone: int) -> tuple[str, str]:
    codes = selectors.codes(actor=board, as_of=board.today, ids=[keep, gone])
    return file_selectors.compared(actor=board, as_of=board.today, left=codes[keep], right=codes[gone])[0]


def merge(board: Actor, twins: tuple[int, int], **more: Any) -> models.PersonMerge:
    keep, gone = twins
    return services.merge_people(
        actor=board, keep=keep, other=gone, versions=_versions(board, keep, gone), because=BECAUSE, **more
    )


def everything(person: int) -> dict[str, list[tuple[Any, ...]]]:
    """All that is on record now about a person, but for when and why it was written down."""
    left_out = {"id", "recorded_from", "recorded_to", "reason"}
    found = {}
    for model in merging.OWN:
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in left_out]
        rows = model.objects.known_on().filter(person_id=person).order_by("line", "valid_from")
        found[model.__name__] = [
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in rows.values_list(*names)
        ]
    return found


def test_what_only_one_file_had_is_in_the_kept_one_and_what_both_had_is_there_once(
    board: Actor, twins: tuple[int, int]
) -> None:
    merge(board, twins)
    keep, gone = twins
    kept = selectors.files(actor=board, as_of=board.today, ids=[keep])[keep]
    assert sorted(kept.identities) == ["011080000777", "045000777"]
    assert sorted(kept.qualifications) == [("political_theory", "advanced"), ("professional", "bachelor")]
    assert kept.ratings == {2020: "good", 2021: "good"}
    assert len(kept.posts) == 1 and kept.texts["strengths"]
    grades = models.Grade.objects.known_on().filter(person_id=keep).order_by("valid_from")
    assert [(g.grade, g.valid_from, g.valid_to) for g in grades] == [
        ("01.004", date(2010, 1, 1), date(2015, 1, 1)),
        ("01.003", date(2015, 1, 1), None),
    ]
    assert not any(everything(gone).values())


def test_the_old_code_and_both_numbers_lead_to_the_kept_file(board: Actor, twins: tuple[int, int]) -> None:
    codes = selectors.codes(actor=board, as_of=board.today, ids=twins)
    merge(board, twins)
    for word in (codes[twins[0]], codes[twins[1]], "011080000777", "045000777"):
        assert selectors.person_id_of(actor=board, code=word) == twins[0]


def test_the_side_that_was_chosen_keeps_the_time_and_fields_are_taken_one_by_one(
    board: Actor, twins: tuple[int, int]
) -> None:
    merge(board, twins, sides={"cadres.yearrating": "other"}, fixes={"phone": "0912000777"})
    kept = selectors.files(actor=board, as_of=board.today, ids=[twins[0]])[twins[0]]
    assert kept.ratings == {2020: "outstanding", 2021: "good"} and kept.biography["phone"] == "0912000777"


@pytest.mark.parametrize("more", [{}, {"sides": {"cadres.grade": "other"}, "fixes": {"phone": "0912000777"}}])
def test_undoing_gives_each_file_back_exactly(
    board: Actor, twins: tuple[int, int], more: dict[str, Any]
) -> None:
    before = [everything(person) for person in twins]
    made = merge(board, twins, **more)
    assert [everything(person) for person in twins] != before
    services.undo_merge(actor=board, merge_id=made.pk, because="Hai người khác nhau")
    assert [everything(person) for person in twins] == before
    assert selectors.person_id_of(actor=board, code="045000777") == twins[1]
    person = models.Person.objects.get(pk=twins[1])
    assert person.held_by is not None and person.tier == "commune"


def test_what_was_said_before_the_merge_stays_readable(board: Actor, twins: tuple[int, int]) -> None:
    made = merge(board, twins)
    moment = made.merged_at
    known = models.Qualification.objects.filter(person_id=twins[1], recorded_to=moment)
    assert known.count() == 2 and models.BiographicalRecord.objects.filter(person_id=twins[1]).exists()


def test_what_was_changed_after_the_merge_stops_its_undoing(board: Actor, twins: tuple[int, int]) -> None:
    made = merge(board, twins)
    moved = models.Qualification.objects.known_on().get(person_id=twins[0], kind="political_theory")
    services.withdraw_record(actor=board, slug="trinh-do", row_id=moved.pk, because="Nhầm")
    with pytest.raises(Conflict):
        services.undo_merge(actor=board, merge_id=made.pk, because="Hai người")
    made.refresh_from_db()
    assert made.undone_at is None


def test_what_was_added_after_the_merge_stays_with_the_kept_file(
    board: Actor, twins: tuple[int, int]
) -> None:
    made = merge(board, twins)
    values = {"title": "Bằng khen"}
    services.add_record(
        actor=board,
        person_id=twins[0],
        slug="khen-thuong",
        values=values,
        since=date(2025, 1, 1),
        source="QĐ",
    )
    services.undo_merge(actor=board, merge_id=made.pk, because="Hai người")
    assert models.Commendation.objects.known_on().filter(person_id=twins[0]).exists()


def test_turns_of_the_plan_follow_and_come_back(
    board: Actor, province: Province, twins: tuple[int, int]
) -> None:
    slot = Slot.objects.known_on().order_by("id").first()
    assert slot is not None
    keep, gone = twins[0], slot.person_id
    made = services.merge_people(
        actor=board, keep=keep, other=gone, versions=_versions(board, keep, gone), because=BECAUSE
    )
    assert Slot.objects.known_on().get(line=slot.line).person_id == keep
    services.undo_merge(actor=board, merge_id=made.pk, because="Hai người")
    assert Slot.objects.known_on().get(line=slot.line).person_id == gone


def test_a_file_changed_since_it_was_compared_is_not_merged(board: Actor, twins: tuple[int, int]) -> None:
    seen = _versions(board, *twins)
    services.correct_biography(actor=board, person_id=twins[1], because="Gõ sai", phone="0900000000")
    with pytest.raises(Conflict):
        services.merge_people(actor=board, keep=twins[0], other=twins[1], versions=seen, because=BECAUSE)


def test_one_file_twice_or_no_reason_or_another_province_is_refused(
    board: Actor, twins: tuple[int, int]
) -> None:
    seen = _versions(board, *twins)
    with pytest.raises(Refused):
        services.merge_people(actor=board, keep=twins[0], other=twins[0], versions=seen, because=BECAUSE)
    with pytest.raises(Refused):
        services.merge_people(actor=board, keep=twins[0], other=twins[1], versions=seen, because=" ")
    with pytest.raises(NotFound):
        services.merge_people(actor=board, keep=twins[0], other=10**9, versions=seen, because=BECAUSE)


def test_doubles_are_found_explained_told_apart_and_not_shown_again(
    board: Actor, twins: tuple[int, int]
) -> None:
    assert services.find_doubles(actor=board) >= 1
    page = file_selectors.doubles(actor=board, as_of=board.today)
    pair = next(p for p in page if {p.first.id, p.second.id} == set(twins))
    assert pair.points >= 5 and sum(points for _said, points in pair.reasons) == pair.points
    services.tell_apart(actor=board, pair_id=pair.id, because="Sinh đôi, khác số định danh")
    services.find_doubles(actor=board)
    left = file_selectors.doubles(actor=board, as_of=board.today)
    assert all({p.first.id, p.second.id} != set(twins) for p in left)
    told = file_selectors.doubles(actor=board, as_of=board.today, answer=DoubleAnswer.DIFFERENT)
    assert [p.because for p in told] == ["Sinh đôi, khác số định danh"]


def test_no_identity_number_is_kept_with_the_reasons(board: Actor, twins: tuple[int, int]) -> None:
    services.find_doubles(actor=board)
    kept = str(list(models.LikelyDouble.objects.values_list("reasons", flat=True)))
    assert "011080000777" not in kept and "045000777" not in kept
