"""Histories: superseding, correcting, ending, and what the database refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.factories.province import Province

from hientai.apps.cadres.models import Management, Position
from hientai.foundation.errors import Conflict, Refused
from hientai.foundation.temporal import correct, end, supersede, withdraw

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 1)


@pytest.fixture
def held(province: Province) -> Position:
    return Position.objects.known_on().filter(person_id=province.people[0]).get()


def test_superseding_answers_old_before_the_day_and_new_from_it(province: Province) -> None:
    managed = Management.objects.known_on().get(person_id=province.people[0])
    other = province.units["T.SNV"]

    supersede(managed, ON, unit_id=other, source="QĐ 1")

    of = Management.objects.filter(person_id=managed.person_id)
    assert of.as_of(date(2024, 12, 31)).get().unit_id == managed.unit_id
    assert of.as_of(ON).get().unit_id == other
    assert of.as_of(ON).get().line == managed.line


def test_superseding_on_the_first_day_is_refused_because_it_would_be_a_correction(held: Position) -> None:
    with pytest.raises(Refused, match="đính chính"):
        supersede(held, held.valid_from, kind="acting")


def test_ending_leaves_nothing_valid_from_the_day_on(held: Position) -> None:
    end(held, ON, source="QĐ nghỉ")

    of = Position.objects.filter(person_id=held.person_id)
    assert of.as_of(date(2024, 12, 31)).exists()
    assert not of.as_of(ON).exists()


def test_correcting_without_a_reason_is_refused(held: Position) -> None:
    with pytest.raises(Refused, match="lý do"):
        correct(held, because=" ", kind="acting")


def test_withdrawing_leaves_the_record_readable_but_not_current(held: Position) -> None:
    withdraw(held, because="nhập nhầm tệp")

    of = Position.objects.filter(line=held.line)
    assert not of.known_on().exists()
    assert of.count() == 1


def test_the_second_of_two_who_change_one_version_is_told(held: Position) -> None:
    end(held, ON)

    with pytest.raises(Conflict, match="người khác"):
        end(held, date(2025, 2, 1))


@pytest.mark.parametrize(
    "change", [{"valid_from": date(2000, 1, 1)}, {"kind": "acting"}, {"recorded_from": None}]
)
def test_the_database_refuses_to_edit_a_version(held: Position, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError, match=r"never edited|null value"), transaction.atomic():
        Position.objects.filter(pk=held.pk).update(**change)


def test_the_database_refuses_to_delete_a_version(held: Position) -> None:
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Position.objects.filter(pk=held.pk).delete()


def test_two_current_versions_of_one_key_may_touch_but_not_overlap(held: Position) -> None:
    end(held, ON)
    again = Position(person_id=held.person_id, seat_id=held.seat_id, valid_from=ON)
    again.save(force_insert=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Position(person_id=held.person_id, seat_id=held.seat_id, valid_from=date(2025, 6, 1)).save(
            force_insert=True
        )


def test_a_history_that_runs_backwards_is_refused_by_the_database(held: Position) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Position(
            person_id=held.person_id,
            seat_id=held.seat_id,
            valid_from=date(1999, 1, 2),
            valid_to=date(1999, 1, 2),
        ).save(force_insert=True)
