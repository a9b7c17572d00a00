"""Screens on which changes of a file are proposed, and on which a file is destroyed."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from tests.conftest import sign_in
from tests.factories import papers
from tests.factories.province import FOUNDED, Province

from hientai.apps.accounts import services as accounts
from hientai.apps.accounts.models import User
from hientai.apps.accounts.types import Role
from hientai.apps.cadres import models as cadres
from hientai.apps.integrity import models
from hientai.foundation.models import Tombstone

pytestmark = pytest.mark.django_db
DAY = "?as_of=2026-03-05"


@pytest.fixture
def second(province: Province) -> Client:
    user = accounts.open_account(
        actor=province.maker,
        username="bantochuc2",
        display_name="Cán bộ thứ hai",
        password="mật khẩu để thử 3",
    )
    accounts.grant_role(actor=province.maker, user=user, role=Role.BOARD_OFFICER, valid_from=FOUNDED)
    return sign_in(Client(), "bantochuc2")


@pytest.fixture
def code(province: Province) -> str:
    return User.objects.get(username="canbo").person_code


def test_staff_ask_for_a_prize_and_see_it_on_the_page_of_the_proposal(
    client: Client, second: Client, province: Province, code: str
) -> None:
    staff = sign_in(client, "canbo")
    page = staff.get(f"/can-bo/{code}/de-nghi/").content.decode()
    assert "Đề nghị thêm" in page and "Đề nghị đính chính" in page and "Nơi giữ hồ sơ" not in page
    empty = staff.post(f"/can-bo/{code}/de-nghi/khen-thuong/them/", {"title": "Bằng khen"})
    assert empty.status_code == 400 and 'value="Bằng khen"' in empty.content.decode()
    hostile = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")
    asked = {"title": "Bằng khen", "since": "02/09/2024", "reason": "QĐ 5"}
    refused = staff.post(f"/can-bo/{code}/de-nghi/khen-thuong/them/", asked | {"paper": hostile})
    assert refused.status_code == 400 and not models.Proposal.objects.exists()
    proof = SimpleUploadedFile("bang-khen.pdf", papers.pdf("Bằng khen"))
    sent = staff.post(f"/can-bo/{code}/de-nghi/khen-thuong/them/", asked | {"paper": proof})
    assert sent.status_code == 302
    shown = staff.get(sent["Location"]).content.decode()
    assert "Bằng khen" in shown and "bang-khen.pdf" in shown and "Rút đề nghị" in shown
    officer = sign_in(Client(), "bantochuc")
    officer.post(f"{sent['Location']}buoc/", {"step": "confirm"})
    second.post(f"{sent['Location']}buoc/", {"step": "approve"})
    assert cadres.Commendation.objects.known_on().get(person__code=code).title == "Bằng khen"


def test_nobody_proposes_about_files_out_of_reach_or_kinds_that_are_not_asked(
    client: Client, province: Province, code: str
) -> None:
    staff = sign_in(client, "canbo")
    other = cadres.Person.objects.exclude(code=code).order_by("id").values_list("code", flat=True)[0]
    assert staff.get(f"/can-bo/{other}/de-nghi/").status_code == 404
    assert staff.get(f"/can-bo/{code}/de-nghi/quan-ly/them/").status_code == 404
    row = cadres.Position.objects.known_on().get(person__code=code).pk
    assert staff.get(f"/can-bo/{code}/de-nghi/chuc-vu/{row}/thay-doi/").status_code == 404
    assert staff.get(f"/can-bo/{code}/de-nghi/chuc-vu/{row}/ket-thuc/").status_code == 200


def _form(client: Client, code: str) -> bytes:
    content = client.get(f"/can-bo/{code}/mau/2c-bnv-2008.docx{DAY}").content
    document = Document(io.BytesIO(content))
    for old, new in (
        ("Nơi sinh: ...", "Nơi sinh: Bản Lạnh"),
        ("Số sổ bảo hiểm xã hội: ...", "Số sổ bảo hiểm xã hội: 7700"),
    ):
        paragraph = next(p for p in document.paragraphs if old in p.text)
        paragraph.text = re.sub(re.escape(old) + r"\.*", new, paragraph.text)
    row = document.tables[2].add_row()
    row.cells[0].text, row.cells[1].text = "01/1990 - 12/1992", "Bộ đội biên phòng"
    document.add_paragraph("Sở thích: Đọc sách")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_filled_form_becomes_a_proposal_of_what_was_ticked(
    client: Client, province: Province, code: str
) -> None:
    staff = sign_in(client, "canbo")
    brought = {"file": SimpleUploadedFile("khai.docx", _form(staff, code))}
    page = staff.post(f"/can-bo/{code}/ban-khai/", brought)
    text = page.content.decode()
    assert page.status_code == 200 and not models.Proposal.objects.exists()
    for said in ("Bản Lạnh", "7700", "Bộ đội biên phòng", "Sở thích: Đọc sách", "Chưa ghi gì cả"):
        assert said in text
    kept = unescape(re.search(r'name="kept" value="([^"]+)"', text)[1])  # type: ignore[index]
    take = ["field:birth_place", "record:0"]
    sent = staff.post(f"/can-bo/{code}/ban-khai/gui/", {"kept": kept, "take": take})
    shown = staff.get(sent["Location"]).content.decode()
    assert "Bản Lạnh" in shown and "Bộ đội biên phòng" in shown and "7700" not in shown
    assert "Sở thích: Đọc sách" in shown and "Theo bản khai" in shown


def test_a_page_of_a_form_that_was_tampered_with_or_taken_elsewhere_is_refused(
    client: Client, signed_in: Client, province: Province, code: str
) -> None:
    text = signed_in.post(
        f"/can-bo/{code}/ban-khai/", {"file": SimpleUploadedFile("khai.docx", _form(signed_in, code))}
    ).content.decode()
    kept = unescape(re.search(r'name="kept" value="([^"]+)"', text)[1])  # type: ignore[index]
    assert signed_in.post(f"/can-bo/{code}/ban-khai/gui/", {"kept": kept[:-3]}).status_code == 400
    other = cadres.Person.objects.exclude(code=code).order_by("id").values_list("code", flat=True)[0]
    assert (
        signed_in.post(f"/can-bo/{other}/ban-khai/gui/", {"kept": kept, "take": "record:0"}).status_code
        == 404
    )
    nothing = signed_in.post(f"/can-bo/{code}/ban-khai/gui/", {"kept": kept})
    assert nothing.status_code == 400 and not models.Proposal.objects.exists()


def test_a_hostile_form_is_refused_with_words(signed_in: Client, province: Province, code: str) -> None:
    macro = papers.word_with({"word/vbaProject.bin": b"x"})
    answer = signed_in.post(f"/can-bo/{code}/ban-khai/", {"file": SimpleUploadedFile("khai.docx", macro)})
    assert answer.status_code == 400 and "macro" in answer.content.decode()


def test_a_file_is_destroyed_on_the_screen_by_two_people(
    signed_in: Client, second: Client, province: Province
) -> None:
    person = cadres.Person.objects.get(pk=province.people[3])
    serving = signed_in.post(
        f"/can-bo/{person.code}/huy-ho-so/",
        {"decision": "QĐ 1", "decided_on": "1/3/2020", "ground": "Hết hạn"},
    )
    assert serving.status_code == 400 and "còn giữ chức vụ" in serving.content.decode()
    post = cadres.Position.objects.known_on().get(person=person).pk
    signed_in.post(
        f"/can-bo/{person.code}/ghi/chuc-vu/{post}/ket-thuc/", {"last": "31/12/2024", "source": "nghỉ hưu"}
    )
    assert signed_in.post(f"/can-bo/{person.code}/huy-ho-so/", {"decision": ""}).status_code == 400
    asked = {"decision": "QĐ 1", "decided_on": "1/3/2020", "ground": "Hết hạn"}
    assert signed_in.post(f"/can-bo/{person.code}/huy-ho-so/", asked).status_code == 302
    stone = Tombstone.objects.get()
    mine = signed_in.get("/huy-ho-so/").content.decode()
    assert "Chờ một người khác xác nhận" in mine and "Xác nhận hủy" not in mine
    assert signed_in.post(f"/huy-ho-so/{stone.pk}/", {"code": person.code}).status_code == 400
    assert "Xác nhận hủy" in second.get("/huy-ho-so/").content.decode()
    assert second.post(f"/huy-ho-so/{stone.pk}/", {"code": "khác"}).status_code == 400
    assert second.post(f"/huy-ho-so/{stone.pk}/", {"code": person.code}).status_code == 302
    done = second.get("/huy-ho-so/").content.decode()
    assert "Đã hủy" in done and person.code in done
    assert second.get(f"/can-bo/{person.code}/").status_code == 404
