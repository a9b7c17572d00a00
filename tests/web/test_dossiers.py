"""Screens of dossiers: the board, bringing and appraising a paper, opening with a purpose and a trace, packing."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from tests.conftest import sign_in
from tests.factories import papers
from tests.factories.province import Province, actor_named
from tests.integration.dossiers.conftest import second_actor

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import models
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db
TITLE = "Bổ nhiệm đợt thử"


@pytest.fixture
def board(signed_in: Client, province: Province) -> str:
    """The address of a board of two people, made on the screens as an officer makes it."""
    second_actor(province)
    made = signed_in.post(
        "/giay-to/", {"title": TITLE, "template": "appointment.civil_servant", "needed_on": "1/1/2027"}
    )
    officer = actor_named("bantochuc")
    codes = cadres.codes(actor=officer, as_of=officer.today, ids=[province.people[0], province.people[-1]])
    signed_in.post(f"{made['Location']}nguoi/", {"codes": ", ".join(codes.values())})
    return str(made["Location"])


def _dossier() -> int:
    return models.Dossier.objects.order_by("id").values_list("id", flat=True)[0]


def _bring(client: Client, item: str = "diplomas", content: bytes | None = None, name: str = "a.pdf") -> int:
    sent = {
        "file": SimpleUploadedFile(name, content or papers.pdf(item)),
        "issued_on": "5/1/2026",
        "part": "1",
    }
    response = client.post(f"/giay-to/ho-so/{_dossier()}/{item}/", sent)
    assert response.status_code == 302, response.content.decode()
    return models.PaperVersion.objects.latest("id").pk


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content[:300]
    return response.content.decode()


def test_the_board_shows_people_and_papers_and_each_number_opens_its_lines(
    signed_in: Client, board: str
) -> None:
    page = _text(signed_in, board)
    assert page.count('class="board__cell board__cell--missing"') == 20 + 1  # and the legend
    assert 'href="?state=missing"' in page and "20" in page
    version = _bring(signed_in)
    assert (
        len(
            re.findall(
                r'<th scope="row"><a href="/giay-to/ho-so/', _text(signed_in, f"{board}?state=awaiting")
            )
        )
        == 1
    )
    assert "Không có hồ sơ nào khớp" in _text(signed_in, f"{board}?state=returned")
    sign_in(signed_in, "thamdinh")
    said = signed_in.post(
        f"/giay-to/ban/{version}/tham-dinh/", {"outcome": "returned", "reason": "Thiếu dấu giáp lai"}
    )
    assert said.status_code == 302
    assert "Thiếu dấu giáp lai" in _text(signed_in, f"/giay-to/ho-so/{_dossier()}/")


def test_the_board_as_a_fragment_equals_the_board_of_a_fresh_page(signed_in: Client, board: str) -> None:
    whole = _text(signed_in, f"{board}?item=health")
    part = signed_in.get(
        f"{board}?item=health", headers={"HX-Request": "true", "HX-Target": "dossier-board"}
    ).content.decode()
    assert "<html" not in part
    assert re.sub(r"\s+", " ", part).strip() in re.sub(r"\s+", " ", whole)


def test_the_board_is_saved_as_a_workbook_of_exactly_its_lines(signed_in: Client, board: str) -> None:
    from openpyxl import load_workbook

    _bring(signed_in)
    saved = signed_in.get(f"{board}?state=awaiting&format=xlsx")
    sheet = load_workbook(io.BytesIO(saved.content)).active
    assert sheet is not None and sheet.max_row == 4 + 1
    assert "… Chờ thẩm định" in [cell.value for cell in sheet[5]]


def test_opening_asks_what_for_and_leaves_a_trace(signed_in: Client, board: str) -> None:
    version = _bring(signed_in)
    address = f"/giay-to/ban/{version}/mo/"
    assert "Mục đích xem" in _text(signed_in, address)
    assert signed_in.post(address, {}).status_code == 400
    assert not AuditEvent.objects.filter(action="read.paper").exists()

    shown = signed_in.post(address, {"purpose": "appraisal", "show": "1"})
    assert (shown["Content-Type"], shown["Content-Disposition"]) == ("application/pdf", "inline")
    assert shown["X-Content-Type-Options"] == "nosniff" and "no-store" in shown["Cache-Control"]
    text = PdfReader(io.BytesIO(shown.content)).pages[0].extract_text()
    assert "Cán bộ Ban Tổ chức đọc ngày" in text and "Thẩm định hồ sơ" in text
    event = AuditEvent.objects.get(action="read.paper")
    assert event.details["purpose"] == "appraisal" and event.details["version_id"] == version

    saved = signed_in.post(address, {"purpose": "comparing", "save": "1"})
    assert saved["Content-Disposition"].startswith("attachment")


def test_a_word_paper_is_only_ever_saved(signed_in: Client, board: str) -> None:
    version = _bring(signed_in, "self_review", papers.word(), "a.docx")
    shown = signed_in.post(f"/giay-to/ban/{version}/mo/", {"purpose": "appraisal", "show": "1"})
    assert shown["Content-Disposition"].startswith("attachment")


def test_a_picture_is_shown_as_a_new_picture(signed_in: Client, board: str) -> None:
    version = _bring(signed_in, "diplomas", papers.picture("PNG"), "a.png")
    shown = signed_in.post(f"/giay-to/ban/{version}/mo/", {"purpose": "appraisal", "show": "1"})
    assert shown["Content-Type"] == "image/jpeg" and shown.content[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (papers.HTML, "don.pdf", "loại khác"),
        (papers.SVG, "anh.svg", "loại khác"),
        (papers.pdf() + papers.HTML, "a.pdf", "dữ liệu khác"),
        (papers.pdf(), "a.docx", "Đuôi tệp"),
        (papers.word_with({"word/media/a.bmp": b"\0" * (30 * 1024 * 1024)}), "a.docx", "nở ra"),
        (papers.word_with({"word/vbaProject.bin": b"x"}), "a.docx", "macro"),
        (b"", "a.pdf", "trống"),
    ],
)
def test_a_hostile_file_is_refused_on_the_page_and_nothing_is_kept(
    signed_in: Client, board: str, content: bytes, name: str, said: str
) -> None:
    sent = {"file": SimpleUploadedFile(name, content), "issued_on": "5/1/2026", "part": "1"}
    response = signed_in.post(f"/giay-to/ho-so/{_dossier()}/diplomas/", sent)
    assert response.status_code == 400 and said in response.content.decode()
    assert not models.PaperVersion.objects.exists()


def test_what_was_typed_stays_when_the_day_is_wrong(signed_in: Client, board: str) -> None:
    response = signed_in.post(
        f"/giay-to/ho-so/{_dossier()}/asset_declaration/", {"issued_on": "31/2/2026", "part": "1"}
    )
    page = response.content.decode()
    assert response.status_code == 400 and 'value="31/2/2026"' in page and "không phải là ngày" in page
    assert 'type="file"' not in page


def test_an_officer_without_the_level_sees_that_a_secret_paper_is_there_and_no_more(
    signed_in: Client, board: str
) -> None:
    version = _bring(signed_in, "minutes", papers.pdf("Biên bản kín"), "ten-rieng.pdf")
    page = _text(signed_in, f"/giay-to/ho-so/{_dossier()}/minutes/")
    assert "không được mở nội dung" in page and "ten-rieng" not in page and "/mo/" not in page
    assert signed_in.get(f"/giay-to/ban/{version}/mo/").status_code == 403
    assert signed_in.post(f"/giay-to/ban/{version}/mo/", {"purpose": "appraisal"}).status_code == 403
    sign_in(signed_in, "thamdinh")
    assert signed_in.get(f"/giay-to/ban/{version}/mo/").status_code == 200


def test_the_one_who_brought_it_finds_no_form_to_appraise_and_is_refused(
    signed_in: Client, board: str
) -> None:
    version = _bring(signed_in)
    assert "cần người thứ hai" in _text(signed_in, f"/giay-to/ho-so/{_dossier()}/diplomas/")
    refused = signed_in.post(f"/giay-to/ban/{version}/tham-dinh/", {"outcome": "accepted"})
    assert refused.status_code == 400 and not models.Appraisal.objects.exists()


def test_an_old_version_is_answered_with_a_conflict(signed_in: Client, board: str) -> None:
    version = _bring(signed_in)
    _bring(signed_in, content=papers.pdf("bản mới"))
    sign_in(signed_in, "thamdinh")
    assert signed_in.post(f"/giay-to/ban/{version}/tham-dinh/", {"outcome": "accepted"}).status_code == 409


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("zip", b"PK\x03\x04")])
def test_packing_asks_what_for_and_leaves_a_trace(
    signed_in: Client, board: str, form: str, start: bytes
) -> None:
    _bring(signed_in)
    address = f"/giay-to/ho-so/{_dossier()}/tap/{form}/"
    assert signed_in.post(address, {}).status_code == 400
    packed = signed_in.post(address, {"purpose": "procedure"})
    assert packed.content.startswith(start)
    event = AuditEvent.objects.get(action="read.bundle")
    assert event.details == {
        "person_id": models.Dossier.objects.get(pk=_dossier()).person_id, "dossier_id": _dossier(),
        "purpose": "procedure", "papers": 1,
    }  # fmt: skip
    if form == "zip":
        assert "manifest.json" in zipfile.ZipFile(io.BytesIO(packed.content)).namelist()


def test_the_person_page_and_the_home_page_remind(signed_in: Client, board: str) -> None:
    _bring(signed_in)
    code = models.Dossier.objects.get(pk=_dossier()).person.code
    page = _text(signed_in, f"/can-bo/{code}/")
    assert TITLE in page and "0/10" in page
    home = _text(signed_in, "/")
    assert "Giấy tờ chờ thẩm định" in home and "/giay-to/tinh-trang/awaiting/" in home
    listed = _text(signed_in, "/giay-to/tinh-trang/awaiting/")
    assert listed.count("/giay-to/ho-so/") == 2  # the person and the paper


def test_the_template_says_how_sure_each_line_is(signed_in: Client, province: Province) -> None:
    page = _text(signed_in, "/giay-to/danh-muc/congress.committee.ha_noi_2020/")
    assert page.count("Nguồn không công bố</span>") == 1 and page.count("Chưa kiểm chứng</span>") == 10
    sure = _text(signed_in, "/giay-to/danh-muc/appointment.civil_servant/")
    assert sure.count("Chưa kiểm chứng</span>") == 3
    assert signed_in.get("/giay-to/danh-muc/none/").status_code == 404
