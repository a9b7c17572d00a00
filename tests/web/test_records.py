"""Screens of good records: quality and campaigns, the own record, proposing, two officers at once, deciding."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.conftest import sign_in
from tests.factories import papers
from tests.factories.province import FOUNDED, Province

from hientai.apps.accounts import services as accounts
from hientai.apps.accounts.models import User
from hientai.apps.accounts.types import Role
from hientai.apps.cadres.models import BiographicalRecord
from hientai.apps.integrity import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(province: Province) -> Client:
    """The browser of a second officer of the board."""
    user = accounts.open_account(
        actor=province.maker,
        username="bantochuc2",
        display_name="Cán bộ thứ hai",
        password="mật khẩu để thử 3",
    )
    accounts.grant_role(actor=province.maker, user=user, role=Role.BOARD_OFFICER, valid_from=FOUNDED)
    return sign_in(Client(), "bantochuc2")


@pytest.fixture
def code() -> str:
    """The file of the account `canbo`."""
    return User.objects.get(username="canbo").person_code


def _form(client: Client, code: str) -> dict[str, str]:
    page = client.get(f"/can-bo/{code}/sua-ho-so/").content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in ("csrfmiddlewaretoken", "q", "as_of", "paper"):
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def _record(code: str) -> BiographicalRecord:
    return BiographicalRecord.objects.known_on().get(person__code=code)


def test_two_officers_change_one_person_and_nothing_is_lost(
    signed_in: Client, second: Client, province: Province, code: str
) -> None:
    first, other = _form(signed_in, code), _form(second, code)
    saved = signed_in.post(
        f"/can-bo/{code}/sua-ho-so/", first | {"phone": "0911 222 333", "reason": "Bổ sung", "correct": "1"}
    )
    assert saved.status_code == 302
    mine = other | {"residence": "Phường Thanh Bình", "reason": "Chuyển nơi ở", "correct": "1"}
    told = second.post(f"/can-bo/{code}/sua-ho-so/", mine)
    page = told.content.decode()
    assert told.status_code == 409
    for said in ("Điện thoại", "0911 222 333", 'value="Phường Thanh Bình"', "vừa được người khác sửa"):
        assert said in page
    again = {
        name: unescape(value)
        for name, value in re.findall(r'<input[^>]*name="(seen)"[^>]*value="([^"]*)"', page)
    }
    assert (
        second.post(f"/can-bo/{code}/sua-ho-so/", mine | again | {"phone": "0911 222 333"}).status_code == 302
    )
    record = _record(code)
    assert (record.phone, record.residence) == ("0911 222 333", "Phường Thanh Bình")


def test_staff_propose_with_evidence_the_unit_confirms_the_board_approves(
    client: Client, second: Client, province: Province, code: str
) -> None:
    staff = sign_in(client, "canbo")
    page = staff.get("/ho-so-cua-toi/").content.decode()
    assert "Ai đã đọc hồ sơ của tôi" in page and "Đề nghị sửa" in page
    form = _form(staff, code)
    sent = form | {
        "birth_place": "Bản Lạnh", "reason": "Theo giấy khai sinh", "propose": "1",
        "paper": SimpleUploadedFile("khai-sinh.pdf", papers.pdf("Khai sinh")),
    }  # fmt: skip
    made = staff.post(f"/can-bo/{code}/sua-ho-so/", sent)
    address = made["Location"]
    assert "Bản Lạnh" in staff.get(address).content.decode()
    assert staff.post(f"{address}buoc/", {"step": "confirm"}).status_code == 403

    officer = sign_in(Client(), "bantochuc")
    assert "Nơi sinh" in officer.get("/de-nghi/").content.decode()
    evidence = models.Evidence.objects.get()
    shown = officer.get(f"/de-nghi/giay-to/{evidence.pk}/")
    assert shown["Content-Type"] == "application/pdf"
    officer.post(f"{address}buoc/", {"step": "confirm"})
    assert officer.post(f"{address}buoc/", {"step": "approve"}).status_code == 400
    assert second.post(f"{address}buoc/", {"step": "approve"}).status_code == 302
    assert _record(code).birth_place == "Bản Lạnh"
    traces = staff.get("/ho-so-cua-toi/").content.decode()
    assert "Giấy tờ kèm đề nghị" in traces and "Cán bộ Ban Tổ chức" in traces


def test_a_page_that_was_tampered_with_is_refused(signed_in: Client, province: Province, code: str) -> None:
    form = _form(signed_in, code) | {"seen": "khác", "phone": "1", "reason": "x", "correct": "1"}
    response = signed_in.post(f"/can-bo/{code}/sua-ho-so/", form)
    assert response.status_code == 400 and _record(code).phone == ""


def test_what_was_typed_stays_when_a_day_is_wrong(signed_in: Client, province: Province, code: str) -> None:
    form = _form(signed_in, code) | {"recruited_on": "31/2/2000", "reason": "x", "correct": "1"}
    response = signed_in.post(f"/can-bo/{code}/sua-ho-so/", form)
    assert response.status_code == 400 and 'value="31/2/2000"' in response.content.decode()


def test_an_account_without_a_file_is_told_so(signed_in: Client, province: Province) -> None:
    assert "chưa gắn với hồ sơ nào" in signed_in.get("/ho-so-cua-toi/").content.decode()


def test_each_number_of_quality_opens_its_list_and_saves_it(signed_in: Client, province: Province) -> None:
    page = signed_in.get("/chat-luong/?as_of=05/03/2026").content.decode()
    rule = re.search(r'\?rule=(\w+)">([\d.]+)</a>', page)
    assert rule
    listed = signed_in.get(f"/chat-luong/danh-sach/?rule={rule[1]}&as_of=05/03/2026").content.decode()
    assert f"trong {rule[2]}" in listed
    saved = signed_in.get(f"/chat-luong/danh-sach/?rule={rule[1]}&format=xlsx")
    assert saved["Content-Type"].endswith("spreadsheetml.sheet")
    assert signed_in.get("/chat-luong/danh-sach/?rule=none").status_code == 404


def test_a_campaign_is_opened_and_signed_on_the_screen(signed_in: Client, province: Province) -> None:
    sent = {
        "title": "Làm sạch năm sinh",
        "rules": ["birthday_incomplete"],
        "due_on": "31/12/2030",
        "unit": "",
    }
    opened = signed_in.post("/chat-luong/dot/", sent)
    page = signed_in.get(opened["Location"]).content.decode()
    assert "Đơn vị chưa ký" in page
    clean = next(line for line in models.CampaignUnit.objects.order_by("id") if not line.at_start)
    signed_in.post(f"{opened['Location']}{clean.unit_id}/ky/")
    clean.refresh_from_db()
    assert clean.signed_by == "Cán bộ Ban Tổ chức"
    wrong = signed_in.post("/chat-luong/dot/", sent | {"due_on": "1/1/2001"})
    assert wrong.status_code == 400 and "đã qua" in wrong.content.decode()


def _rewritten_later(code: str) -> str:
    """The file was written thirty days ago and corrected ten days ago; what the first version said."""
    first = _record(code)
    said, first.residence = first.residence or "Tổ 1, phường Cũ", "Tổ 99, xã Mới"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cadres_biographicalrecord DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE cadres_biographicalrecord SET residence = %s, recorded_from = now() - interval '30 days',"
            " recorded_to = now() - interval '10 days' WHERE id = %s",
            [said, first.pk],
        )
        first.pk, first._state.adding = None, True
        first.recorded_from = timezone.now() - timedelta(days=10)
        first.save(force_insert=True)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cadres_biographicalrecord ENABLE TRIGGER USER")
    return said


def test_a_file_is_read_as_it_was_known_on_an_earlier_day(signed_in: Client, code: str) -> None:
    said, today = _rewritten_later(code), timezone.localdate()
    earlier = (today - timedelta(days=15)).isoformat()
    now = signed_in.get(f"/can-bo/{code}/").content.decode()
    then = signed_in.get(f"/can-bo/{code}/?known_on={earlier}").content.decode()
    assert "Tổ 99, xã Mới" in now and "như đã biết vào một ngày trước" not in now
    assert said in then and "Tổ 99, xã Mới" not in then
    assert "như đã biết vào một ngày trước" in then and f'<a href="/can-bo/{code}/">' in then
    assert "/mau/2c-tctw-98.docx" in now and "/mau/2c-tctw-98.docx" not in then
    answer = signed_in.get(f"/api/v1/people/{code}?known_on={earlier}").json()
    assert answer["known_on"] == earlier and answer["positions"] == []
    assert signed_in.get(f"/api/v1/people/{code}").json()["known_on"] is None


@pytest.mark.parametrize("address", ["/can-bo/{}/", "/api/v1/people/{}"])
def test_a_day_of_knowing_that_is_none_or_to_come_or_before_the_file_is_refused(
    signed_in: Client, code: str, address: str
) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for day, status in (("31/02/2025", 400), (tomorrow, 400), ("01/01/2001", 404)):
        assert signed_in.get(address.format(code), {"known_on": day}).status_code in (
            (404,) if status == 404 else (400, 422)
        ), day
