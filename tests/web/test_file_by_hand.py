"""A personnel file written by hand: add, change, correct, end, withdraw, each with its refusals."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.cadres import models
from hientai.apps.cadres.kinds import KINDS
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, province: Province) -> Client:
    sign_in(client, "bantochuc")
    return client


@pytest.fixture
def person(province: Province, db: None) -> models.Person:
    held = models.Position.objects.known_on().filter(valid_to__isnull=True).order_by("id").first()
    assert held is not None
    return held.person


VALUES = {
    "so-dinh-danh": {"number": "045678901", "since": "1/1/2020"},
    "quan-ly": {"unit": "T.H1.X1", "tier": "province", "since": "1/2/2026"},
    "chuc-vu": {"unit": "T.H1.X1", "title": "Chủ tịch UBND xã", "kind": "concurrent", "since": "1.2.2026"},
    "noi-khac": {
        "place": "Trung đoàn 82",
        "work": "Tiểu đội trưởng",
        "since": "01-02-2001",
        "last": "31/1/2004",
    },
    "trinh-do": {
        "level": "professional:master",
        "field": "Luật",
        "since": "5/3/2024",
        "mode": "Vừa làm vừa học",
    },
    "xep-loai": {"year": "2011", "rating": "good"},
    "khen-thuong": {"title": "Bằng khen của Chủ tịch UBND tỉnh", "since": "2/9/2023"},
    "ky-luat": {"form": "reprimand", "since": "5/5/2023", "expires_on": "5/5/2024"},
    "suc-khoe": {"health_class": "2", "since": "5/5/2025"},
    "ghi-them": {"kind": "strengths", "text": "Tham mưu tổng hợp", "since": "1/1/2024"},
}


def _post(client: Client, path: str, values: dict[str, str], **more: str):
    return client.post(path, {"source": "QĐ 12-QĐ/TU", **values, **more})


@pytest.mark.parametrize("slug", VALUES)
def test_each_kind_is_added_shown_and_kept_with_its_source(
    officer: Client, person: models.Person, slug: str
) -> None:
    answer = _post(officer, f"/can-bo/{person.code}/ghi/{slug}/them/", VALUES[slug])
    assert answer.status_code == 302, re.findall(r"error-summary.*?</div>", answer.content.decode(), re.S)
    page = officer.get(f"/can-bo/{person.code}/ghi/").content.decode()
    assert "QĐ 12-QĐ/TU" in page
    event = AuditEvent.objects.order_by("-id").first()
    assert event is not None and event.details["person_id"] == person.pk


def test_an_empty_form_of_each_kind_names_what_is_missing(officer: Client, person: models.Person) -> None:
    for slug, kind in KINDS.items():
        if not kind.adds:
            continue
        answer = officer.post(f"/can-bo/{person.code}/ghi/{slug}/them/", {})
        assert answer.status_code == 400 and b"error-summary" in answer.content


def test_a_new_value_of_a_kind_that_follows_ends_the_one_before(
    officer: Client, person: models.Person
) -> None:
    models.Grade.objects.create(person=person, grade="01.003", step=3, valid_from=date(2020, 1, 1))
    values = {"grade": "01.003", "step": "4", "coefficient": "3,33", "since": "1/1/2023"}
    models.Code.objects.get_or_create(list="grade", code="01.003", defaults={"name": "Chuyên viên"})
    assert _post(officer, f"/can-bo/{person.code}/ghi/ngach-luong/them/", values).status_code == 302
    states = models.Grade.objects.known_on().filter(person=person).order_by("valid_from")
    assert [(g.step, g.valid_from, g.valid_to) for g in states] == [
        (3, date(2020, 1, 1), date(2023, 1, 1)),
        (4, date(2023, 1, 1), None),
    ]
    again = _post(officer, f"/can-bo/{person.code}/ghi/ngach-luong/them/", values)
    assert again.status_code == 400 and "đính chính" in again.content.decode()


def test_a_birth_that_was_wrong_is_corrected_with_a_reason_and_both_stay_readable(
    officer: Client, person: models.Person
) -> None:
    old = models.BiographicalRecord.objects.known_on().get(person=person)
    path = f"/can-bo/{person.code}/ghi/so-yeu/{old.pk}/dinh-chinh/"
    page = officer.get(path)
    values = {
        name: ("" if field.initial is None else str(field.initial))
        for name, field in page.context["form"].fields.items()
    }
    values |= {"born": "7/4/1979", "because": ""}
    assert officer.post(path, values).status_code == 400
    values["because"] = "Theo giấy khai sinh"
    assert officer.post(path, values).status_code == 302
    new = models.BiographicalRecord.objects.known_on().get(person=person)
    assert (new.born_year, new.born_month, new.born_day) == (1979, 4, 7)
    assert new.reason == "Theo giấy khai sinh" and new.line == old.line and new.full_name == old.full_name
    old.refresh_from_db()
    assert old.recorded_to is not None


def test_the_second_of_two_officers_is_told_and_nothing_is_overwritten(
    officer: Client, person: models.Person
) -> None:
    row = models.Qualification.objects.known_on().filter(person=person).first()
    assert row is not None
    path = f"/can-bo/{person.code}/ghi/trinh-do/{row.pk}/rut/"
    assert officer.post(path, {"because": "Ghi nhầm người"}).status_code == 302
    assert officer.post(path, {"because": "Ghi nhầm người"}).status_code in (404, 409)


def test_a_position_ends_on_its_last_day(officer: Client, person: models.Person) -> None:
    held = models.Position.objects.known_on().filter(person=person, valid_to__isnull=True).first()
    assert held is not None
    path = f"/can-bo/{person.code}/ghi/chuc-vu/{held.pk}/ket-thuc/"
    assert officer.post(path, {"last": "31/12/2025", "source": "QĐ nghỉ"}).status_code == 302
    ended = models.Position.objects.known_on().get(line=held.line)
    assert ended.valid_to == date(2026, 1, 1)


def test_a_number_of_somebody_else_is_refused_and_a_corrected_one_found_by_its_new_form(
    officer: Client, person: models.Person
) -> None:
    path = f"/can-bo/{person.code}/ghi/so-dinh-danh/them/"
    other = models.Person.objects.exclude(pk=person.pk).exclude(fingerprints=None).order_by("id").first()
    assert _post(officer, path, {"number": "12345", "since": "1/1/2020"}).status_code == 400
    assert _post(officer, path, {"number": "045678901", "since": "1/1/2020"}).status_code == 302
    twin = models.Person.objects.exclude(pk__in=[person.pk, other.pk if other else 0]).order_by("id").first()
    assert twin is not None
    taken = _post(
        officer, f"/can-bo/{twin.code}/ghi/so-dinh-danh/them/", {"number": "045678901", "since": "1/1/2020"}
    )
    assert taken.status_code == 400 and "người khác" in taken.content.decode()
    row = models.IdentityNumber.objects.known_on().filter(person=person).order_by("-id").first()
    assert row is not None
    fixed = officer.post(
        f"/can-bo/{person.code}/ghi/so-dinh-danh/{row.pk}/dinh-chinh/",
        {"number": "045678902", "since": "1/1/2020", "because": "Gõ nhầm số cuối"},
    )
    assert fixed.status_code == 302
    assert officer.get("/can-bo/?q=045678902").content.decode().count(person.code) >= 1
    assert person.code not in officer.get("/can-bo/?q=045678901").content.decode()


def test_a_file_moves_to_another_unit_and_scope_follows(officer: Client, person: models.Person) -> None:
    values = {"unit": "T.H1.X1", "tier": "commune", "since": "1/3/2026"}
    assert _post(officer, f"/can-bo/{person.code}/ghi/quan-ly/them/", values).status_code == 302
    person.refresh_from_db()
    assert person.held_by.code == "T.H1.X1" and person.tier == "commune"


def test_a_file_is_opened_and_a_person_who_looks_alike_is_shown_first(
    officer: Client, person: models.Person
) -> None:
    known = models.BiographicalRecord.objects.known_on().get(person=person)
    values = {
        "full_name": known.full_name.upper(), "sex": known.sex,
        "born": f"{known.born_day}/{known.born_month}/{known.born_year}" if known.born_day else str(known.born_year),
        "unit": "T.H1.X1", "tier": "commune", "since": "1/3/2026", "source": "QĐ tuyển dụng",
    }  # fmt: skip
    before = models.Person.objects.count()
    shown = officer.post("/can-bo/mo-ho-so/", values)
    assert shown.status_code == 400 and person.code in shown.content.decode()
    assert models.Person.objects.count() == before
    assert officer.post("/can-bo/mo-ho-so/", {**values, "another": "on"}).status_code == 302
    assert models.Person.objects.count() == before + 1
    assert officer.post("/can-bo/mo-ho-so/", {}).status_code == 400


def test_words_that_name_nothing_are_not_found(officer: Client, person: models.Person) -> None:
    assert officer.get(f"/can-bo/{person.code}/ghi/khong-co/them/").status_code == 404
    assert officer.get(f"/can-bo/{person.code}/ghi/so-yeu/them/").status_code == 404
    assert officer.get(f"/can-bo/{person.code}/ghi/trinh-do/1/nhay/").status_code == 404
    assert officer.get("/can-bo/KHONG-CO/ghi/").status_code == 404
