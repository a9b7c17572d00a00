"""What was on record at a moment: needs real commits, so each test works on its own copy of the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from tests.factories.province import TODAY, Province

from hientai.apps.cadres import selectors, services
from hientai.apps.cadres.models import BiographicalRecord, Person
from hientai.foundation import audit, snapshot
from hientai.foundation.actor import system

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str) -> Any:
    with django_db_blocker.unblock():
        yield


def test_correcting_keeps_what_was_known_before(province: Province) -> None:
    person = Person.objects.get(pk=province.people[0])
    was, before = _name(person), _now()

    services.correct_biography(
        actor=province.maker, person_id=person.id, because="ghi sai tên", full_name="Nguyễn Thị Đúng"
    )

    assert _name(person) == "Nguyễn Thị Đúng"
    of = BiographicalRecord.objects.filter(person=person)
    assert of.as_of(TODAY, known_on=before).get().full_name == was


def test_a_correction_is_found_by_its_new_name_at_once(province: Province) -> None:
    services.correct_biography(
        actor=province.maker, person_id=province.people[3], because="ghi sai tên", full_name="Đặng Thuỳ Trâm"
    )

    found = selectors.people(
        actor=system(TODAY), as_of=TODAY, wanted=selectors.PeopleFilter(text="dang thuy tram")
    )
    assert [row.name for row in found] == ["Đặng Thuỳ Trâm"]


def test_the_snapshot_is_taken_anew_after_a_commit_and_only_then(province: Province) -> None:
    first = snapshot.current()
    again = snapshot.current()
    services.correct_biography(
        actor=province.maker, person_id=province.people[0], because="ghi sai năm sinh", born_year=1970
    )
    after = snapshot.current()

    assert again == first
    assert after.number == first.number + 1
    born = after.frame("persons").filter(person_id=province.people[0]).get_column("born_year").to_list()
    assert born == [1970]


def test_reading_leaves_a_trace_and_does_not_age_the_snapshot(province: Province) -> None:
    first = snapshot.current()
    audit.record_reading(actor=province.maker, what="person", details={"person_id": province.people[0]})
    assert snapshot.current() == first


def _name(person: Person) -> str:
    return selectors.card(actor=system(TODAY), as_of=date(2026, 1, 1), code=person.code).row.name


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
