"""Lists as of a day, as known on another; what differs between two pictures of one file, and of a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.factories.province import Province

from hientai.apps.cadres import models, selectors, services
from hientai.apps.cadres.differences import Moment, of_list, of_person
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
LATER = date(2026, 6, 5)


@pytest.fixture
def moved(officer: Actor, province: Province) -> int:
    """Everything was written a month ago; today somebody moves to another phone, and gives up the post in May."""
    with connection.cursor() as cursor:
        for table in (
            "biographicalrecord",
            "position",
            "management",
            "qualification",
            "yearrating",
            "identitynumber",
        ):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE cadres_{table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE cadres_{table} SET recorded_from = now() - interval '30 days'")
            cursor.execute(f"ALTER TABLE cadres_{table} ENABLE TRIGGER USER")
    person = province.people[-1]
    services.correct_biography(actor=officer, person_id=person, because="ghi sót", phone="0912 000 111")
    post = models.Position.objects.known_on().get(person_id=person)
    services.end_record(actor=officer, slug="chuc-vu", row_id=post.pk, on=date(2026, 5, 1), source="QĐ 9")
    services.add_record(
        actor=officer, person_id=person, slug="khen-thuong", values={"title": "Bằng khen"}, since=date(2026, 4, 1),
        source="QĐ 10",
    )  # fmt: skip
    return person


def code_of(person: int) -> str:
    return models.Person.objects.get(pk=person).code


def ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def test_a_file_differs_by_day_and_by_what_was_known(officer: Actor, moved: int) -> None:
    asked = {"actor": officer, "as_of": DAY, "code": code_of(moved)}
    now = of_person(**asked, one=Moment(DAY), other=Moment(LATER))
    kinds = {kind.kind.slug: kind for kind in now.kinds}
    assert not now.fields and set(kinds) == {"chuc-vu", "khen-thuong"}
    ((before, after),) = kinds["chuc-vu"].changed
    assert before.last_day is None and after.last_day == date(2026, 4, 30)
    assert kinds["khen-thuong"].came[0].shown[0][1] == "Bằng khen"

    knowing = of_person(**asked, one=Moment(DAY, ago(5)), other=Moment(DAY))
    assert knowing.fields == (("Điện thoại", "", "0912 000 111"),) and not knowing.kinds

    back = of_person(**asked, one=Moment(LATER), other=Moment(LATER, ago(5)))
    assert {kind.kind.slug: bool(kind.went) for kind in back.kinds}["khen-thuong"]
    assert of_person(**asked, one=Moment(DAY), other=Moment(DAY)).is_nothing


def test_identity_numbers_are_compared_only_where_they_may_be_read(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    person = next(
        p for p in province.people
        if models.Person.objects.get(pk=p).held_by_id == province.units["T.H1.X1"]
    )  # fmt: skip
    row = models.IdentityNumber.objects.known_on().get(person_id=person)
    services.correct_record(
        actor=officer, slug="so-dinh-danh", row_id=row.pk, values={"number": "011012345678"}, since=row.valid_from,
        until=None, because="gõ nhầm",
    )  # fmt: skip
    asked = {"as_of": DAY, "code": code_of(person), "one": Moment(DAY, ago(0)), "other": Moment(DAY)}
    assert all(k.kind.slug != "so-dinh-danh" for k in of_person(actor=district_head, **asked).kinds)


def test_a_file_out_of_scope_has_no_differences(district_head: Actor, province: Province) -> None:
    person = next(
        p for p in province.people
        if models.Person.objects.get(pk=p).held_by_id == province.units["T.H2.X1"]
    )  # fmt: skip
    with pytest.raises(NotFound):
        of_person(actor=district_head, as_of=DAY, code=code_of(person), one=Moment(DAY), other=Moment(LATER))


def test_a_list_is_asked_as_known_on_an_earlier_day(officer: Actor, moved: int) -> None:
    held = models.Position.objects.known_on().get(person_id=moved)
    title = models.Position.objects.select_related("seat__title").get(pk=held.pk).seat.title.code
    wanted = PeopleFilter(title=title)
    now = {row.id for row in selectors.everybody(actor=officer, as_of=LATER, wanted=wanted)}
    then = {
        row.id: row for row in selectors.everybody(actor=officer, as_of=LATER, wanted=wanted, known_on=ago(5))
    }
    assert moved not in now and moved in then and then[moved].position
    assert selectors.people(actor=officer, as_of=LATER, known_on=ago(40)).paginator.count == 0


def test_a_list_says_who_came_who_left_and_whose_line_changed(
    officer: Actor, moved: int, province: Province
) -> None:
    found = of_list(actor=officer, as_of=DAY, one=Moment(DAY), other=Moment(LATER))
    assert (found.came, found.left) == ((), ()) and found.before == found.after == len(province.people)
    ((row, said),) = found.changed
    assert row.id == moved and said[0][0] == "position" and said[0][1] and not said[0][2]
    unit = models.Person.objects.get(pk=moved).held_by_id
    services.add_record(
        actor=officer, person_id=moved, slug="quan-ly", values={"unit": province.units["T.H1.X1"], "tier": "commune"},
        since=date(2026, 5, 1), source="QĐ 11",
    )  # fmt: skip
    left = of_list(actor=officer, as_of=DAY, one=Moment(DAY), other=Moment(LATER), unit_id=unit)
    came = of_list(
        actor=officer, as_of=DAY, one=Moment(DAY), other=Moment(LATER), unit_id=province.units["T.H1.X1"]
    )
    assert [r.id for r in left.left] == [moved] and [r.id for r in came.came] == [moved]


def test_the_pages_and_the_api_ask_the_same(signed_in: Client, moved: int) -> None:
    earlier = (timezone.localdate() - timedelta(days=5)).isoformat()
    before = (timezone.localdate() - timedelta(days=60)).isoformat()
    page = signed_in.get("/can-bo/", {"known_on": earlier}).content.decode()
    assert "như đã biết vào một ngày trước" in page and "Về danh sách như đang biết" in page
    assert "Không có ai khớp" in signed_in.get("/can-bo/", {"known_on": before}).content.decode()
    answer = signed_in.get("/api/v1/people", {"known_on": before}).json()
    assert (answer["known_on"], answer["total"]) == (before, 0)
    assert signed_in.get("/api/v1/people").json()["known_on"] is None
    asked = {"from_day": "05/03/2026", "to_day": "05/06/2026"}
    one = signed_in.get(f"/can-bo/{code_of(moved)}/khac-biet/", asked).content.decode()
    assert "Bằng khen" in one and "QĐ 9" in one
    several = signed_in.get("/can-bo/khac-biet/", asked).content.decode()
    assert code_of(moved) in several and "Danh sách sau" in several


@pytest.mark.parametrize("address", ["/can-bo/khac-biet/", "/can-bo/{}/khac-biet/"])
def test_days_that_are_none_or_not_yet_known_are_refused(signed_in: Client, moved: int, address: str) -> None:
    place = address.format(code_of(moved))
    wrong = {"from_day": "31/02/2026", "to_day": "05/06/2026"}
    assert signed_in.get(place, wrong).status_code == 400
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
    later = {"from_day": "05/03/2026", "to_day": "05/06/2026", "to_known": tomorrow}
    assert signed_in.get(place, later).status_code == 400
    assert signed_in.get(place).status_code == 200
    assert signed_in.get("/can-bo/", {"known_on": tomorrow}).status_code == 400
