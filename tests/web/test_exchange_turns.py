"""What may happen between a preview and its commit: the back button, a second officer, a changed record or file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import FOUNDED, PASSWORD, Province
from tests.integration.exchange.workbooks import HEADINGS, LINES, changed, workbook
from tests.web.test_exchange_wizard import _bring, _commit, _latest, _map, _owner, _previewed

from hientai.apps.accounts import services as accounts
from hientai.apps.accounts.types import Role
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.models import BiographicalRecord, Person
from hientai.apps.exchange.models import ImportBatch

pytestmark = pytest.mark.django_db


def _link(client: Client, batch: ImportBatch) -> str:
    """The address that the preview leads to for writing; "" when it leads nowhere."""
    page = client.get(f"/nhap/{batch.token}/xem/").content.decode()
    start = page.find(f"/nhap/{batch.token}/ghi/?version=")
    return page[start : page.index('"', start)] if start >= 0 else ""


def test_every_page_of_an_import_is_asked_for_anew_by_the_back_button(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    token = _latest().token
    steps = ["/nhap/", "/nhap/don-vi/", *(f"/nhap/{token}/{step}" for step in ("", "cot/", "xem/", "ghi/"))]
    for address in steps:
        assert "no-store" in signed_in.get(address)["Cache-Control"], address
    _commit(signed_in)
    for address in (f"/nhap/{token}/ket-qua/", f"/nhap/{token}/hoan-tac/"):
        assert "no-store" in signed_in.get(address)["Cache-Control"], address


def test_a_preview_left_open_is_not_written_after_a_cell_was_mended_elsewhere(signed_in: Client) -> None:
    _previewed(signed_in, workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))
    old = _link(signed_in, _latest())
    signed_in.post(f"/nhap/{_latest().token}/sua/", {"fix:Sheet|C5": "28/02/1983"}, follow=True)
    people = Person.objects.count()
    for response in (signed_in.get(old), signed_in.post(old, {"version": old.rpartition("=")[2]})):
        page = response.content.decode()
        assert response.status_code == 409 and "Bản xem trước này đã cũ" in page and "Đối chiếu lại" in page
    assert Person.objects.count() == people
    assert signed_in.get(_link(signed_in, _latest())).status_code == 200


def test_going_back_to_the_columns_makes_the_preview_old(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    old = _link(signed_in, _latest())
    _map(signed_in, **{"0:H": ""})
    response = signed_in.post(old, {"version": old.rpartition("=")[2]})
    assert response.status_code == 409 and not BiographicalRecord.objects.filter(residence="Bản Mé").exists()


def test_a_record_changed_between_preview_and_commit_is_never_overwritten(
    signed_in: Client, province: Province
) -> None:
    _previewed(signed_in, workbook())
    _commit(signed_in)
    person = _owner("011180000011")
    _previewed(signed_in, workbook(changed(LINES, 0, "Nơi ở hiện nay", "Tổ 7")))
    assert _latest().counts["updated"] == 1
    cadres.correct_biography(
        actor=province.maker, person_id=person.id, because="đính chính", home_place="Tủa Chùa"
    )
    page = _commit(signed_in).content.decode()
    assert "chưa ghi gì cả" in page and _latest().state == "preview"
    assert not BiographicalRecord.objects.filter(residence="Tổ 7").exists()
    page = signed_in.get(f"/nhap/{_latest().token}/xem/").content.decode()
    assert "Bản xem trước này đã cũ" in page and "Đối chiếu lại" in page and "/ghi/" not in page
    page = signed_in.post(f"/nhap/{_latest().token}/sua/", {}, follow=True).content.decode()
    assert "Bản xem trước này đã cũ" not in page and _latest().counts["updated"] == 1
    _commit(signed_in)
    newest = BiographicalRecord.objects.known_on().filter(person=person).latest("valid_from")
    assert (newest.home_place, newest.residence) == ("Tủa Chùa", "Tổ 7")


def test_what_a_new_person_would_be_is_held_too(signed_in: Client, province: Province) -> None:
    """A spelling explained meanwhile changes what a new file would say: the preview no longer holds."""
    _previewed(signed_in, workbook(changed(LINES, 0, "Trình độ chuyên môn", "Tốt nghiệp trường lớn")))
    cadres.learn_alias(
        actor=province.maker, code_list="professional", text="Tốt nghiệp trường lớn", code="bachelor"
    )
    people = Person.objects.count()
    assert "chưa ghi gì cả" in _commit(signed_in).content.decode() and Person.objects.count() == people


def test_a_second_officer_who_imports_the_same_people_doubles_nobody(
    signed_in: Client, client: Client, province: Province
) -> None:
    second = accounts.open_account(
        actor=province.maker, username="bantochuc2", display_name="Cán bộ thứ hai", password=PASSWORD
    )
    accounts.grant_role(
        actor=province.maker, user=second, role=Role.BOARD_OFFICER, unit_id=None, valid_from=FOUNDED
    )
    _previewed(signed_in, workbook())
    first, link = _latest(), _link(signed_in, _latest())
    other = sign_in(Client(), "bantochuc2")
    _previewed(other, workbook())
    _commit(other)
    people = Person.objects.count()
    page = signed_in.post(link, {"version": link.rpartition("=")[2]}, follow=True).content.decode()
    assert "chưa ghi gì cả" in page and Person.objects.count() == people
    signed_in.post(f"/nhap/{first.token}/sua/", {}, follow=True)
    first.refresh_from_db()
    assert first.counts["unchanged"] == 3 and first.counts["created"] == 0
    assert other.get(f"/nhap/{first.token}/xem/").status_code == 404


@pytest.mark.parametrize("left", [b"PK other bytes", None])
def test_a_file_that_changed_or_went_between_preview_and_commit_is_refused(
    signed_in: Client, left: bytes | None
) -> None:
    _previewed(signed_in, workbook())
    kept = Path(settings.HOME) / "imports" / str(_latest().token)
    kept.unlink() if left is None else kept.write_bytes(left)
    people = Person.objects.count()
    page = _commit(signed_in).content.decode()
    assert "hãy tải lên lại" in page and Person.objects.count() == people and _latest().state == "preview"


def test_cells_pasted_from_excel_are_written_and_taken_back(signed_in: Client) -> None:
    text = "\n".join("\t".join(str(v) for v in line) for line in (HEADINGS, *LINES))
    assert signed_in.post("/nhap/", {"pasted": text, "unit": "T.H1.X1"}).status_code == 302
    _map(signed_in)
    assert _latest().counts["created"] == 3
    assert "Đã ghi vào hồ sơ" in _commit(signed_in).content.decode()
    record = BiographicalRecord.objects.known_on().get(person=_owner("011180000011"))
    assert (record.full_name, record.born_year, record.born_month) == ("Lò Thị Mai Hương", 1980, 3)
    signed_in.post(f"/nhap/{_latest().token}/hoan-tac/", {"because": "Dán nhầm"}, follow=True)
    assert _latest().state == "undone"
    assert not BiographicalRecord.objects.known_on().filter(full_name="Lò Thị Mai Hương").exists()


def test_a_list_without_its_own_day_holds_from_the_day_it_is_read(signed_in: Client) -> None:
    assert _bring(signed_in, workbook(as_of="")).status_code == 302
    _map(signed_in)
    assert _latest().as_of >= date(2026, 1, 1)
