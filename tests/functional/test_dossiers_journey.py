"""Papers of 81 people, declarations, good records and one's own file in a real browser, with what must be refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect
from tests.factories import papers
from tests.factories.province import FOUNDED, Province
from tests.integration.dossiers.conftest import second_actor
from tests.support.browser import WIDTHS, Watch, accessibility_faults, sideways_overflow, take_pictures

from hientai.apps.accounts import services as accounts
from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.accounts.types import Role
from hientai.apps.dossiers import models
from hientai.apps.dossiers.types import Outcome
from hientai.site.demo.papers import EXPIRED, MISSING, RETURNED, WAIVED, enter_congress


def faults_of(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, by axe and by its width."""
    take_pictures(page, name)
    found = [f"{name}: {fault}" for fault in accessibility_faults(page)]
    for width in (*WIDTHS, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if wider := sideways_overflow(page):
            found.append(f"{name} at {width}: {wider} pixels too wide")
    page.set_viewport_size({"width": 1366, "height": 768})
    return found


@pytest.fixture
def board(transactional_db: None, province: Province, settings: Any, tmp_path: Any) -> models.Purpose:
    """81 people x 11 papers: one missing, one expired, one returned, one waived."""
    second_actor(province)
    today = date.today()
    on = today - timedelta(days=20)
    officer, second = (actor_of(User.objects.get(username=name), on) for name in ("bantochuc", "thamdinh"))
    enter_congress(officer, second, province.people[:81], today)
    return models.Purpose.objects.get()


@pytest.fixture
def office(page: Page, board: models.Purpose, sign_in: Callable[..., None]) -> Page:
    sign_in(page, "bantochuc")
    page.set_viewport_size({"width": 1366, "height": 768})
    return page


def _dossier(board: models.Purpose, place: tuple[int, str]) -> models.Dossier:
    return board.dossiers.order_by("id")[place[0]]


def test_one_missing_one_expired_one_returned_one_waived_are_found_on_the_board(
    office: Page, board: models.Purpose
) -> None:
    office.goto(reverse("dossier-board", args=[board.pk]))
    faults = faults_of(office, "dossier-board")
    table = office.locator(".table--board")
    expect(table.locator("tbody tr")).to_have_count(81)
    expect(table.locator("tbody td.board__cell")).to_have_count(81 * 11)
    for state, (_number, item) in (("missing", MISSING), ("expired", EXPIRED), ("returned", RETURNED)):
        office.goto(reverse("dossier-board", args=[board.pk]) + f"?state={state}")
        expect(office.locator(".table--board tbody tr")).to_have_count(1)
        cell = office.locator(f"td.board__cell--{state} a")
        expect(cell).to_have_count(1)
        assert item in str(cell.get_attribute("href"))
        cell.click()
        faults += faults_of(office, f"paper-{state}")
    expect(office.get_by_text("Thiếu xác nhận của cơ quan quản lý")).to_be_visible()
    office.goto(reverse("paper", args=[_dossier(board, WAIVED).pk, WAIVED[1]]))
    expect(office.get_by_text("Cư trú tại khu tập thể")).to_be_visible()
    office.goto(reverse("dossier", args=[_dossier(board, MISSING).pk]))
    faults += faults_of(office, "dossier")
    office.goto(reverse("papers-expiring"))
    faults += faults_of(office, "papers-expiring")
    office.goto(reverse("purposes"))
    faults += faults_of(office, "purposes")
    assert not faults, "\n".join(sorted(set(faults)))


def test_a_bundle_is_opened_with_a_purpose_and_leaves_a_trace(office: Page, board: models.Purpose) -> None:
    office.goto(reverse("dossier", args=[_dossier(board, (0, "")).pk]))
    office.get_by_role("link", name="Đóng tập PDF").click()
    faults = faults_of(office, "bundle")
    office.get_by_label("Trình cấp có thẩm quyền").check()
    with office.expect_download() as saved:
        office.get_by_role("button", name="Đóng tập").click()
    content = saved.value.path().read_bytes()
    assert content.startswith(b"%PDF-") and len(content) > 10_000
    assert not faults, "\n".join(faults)


def test_a_paper_replaced_after_appraisal_must_be_appraised_again(
    office: Page, board: models.Purpose, new_page: Callable[..., Page], sign_in: Callable[..., None],
    watched: list[Watch],
) -> None:  # fmt: skip
    dossier = _dossier(board, (2, "health"))
    other = new_page()
    sign_in(other, "thamdinh")
    place = reverse("paper", args=[dossier.pk, "health"])
    other.goto(place)
    expect(other.locator(".state--accepted").first).to_be_visible()
    office.goto(place)
    _bring(office, "suc-khoe.pdf", papers.pdf("Giấy khám mới"))
    expect(office.locator(".state--awaiting").first).to_be_visible()
    expect(office.get_by_text("đã được thay")).to_be_visible()
    expect(office.get_by_text("Người đưa lên không tự thẩm định")).to_be_visible()
    other.reload()
    other.get_by_label("Đạt", exact=True).check()
    other.get_by_role("button", name="Ghi kết luận").click()
    expect(other.locator(".state--accepted").first).to_be_visible()
    assert models.PaperVersion.objects.filter(dossier=dossier, item="health").count() == 2
    assert models.Appraisal.objects.filter(version__dossier=dossier, outcome=Outcome.ACCEPTED).count() >= 2


def _bring(page: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("input[name=issued_on]").fill(f"{date.today():%d/%m/%Y}")
    page.get_by_role("button", name="Nhận giấy tờ").click()


def test_a_hostile_file_is_refused_with_words_and_nothing_is_kept(
    office: Page, board: models.Purpose, watched: list[Watch]
) -> None:
    watched[0].allowed.append("400")
    before = models.PaperVersion.objects.count()
    office.goto(reverse("paper", args=[_dossier(board, MISSING).pk, MISSING[1]]))
    _bring(office, "nhan-xet.docx", papers.word_with({"word/vbaProject.bin": b"x"}))
    expect(office.locator(".error-summary")).to_contain_text("macro")
    faults = faults_of(office, "paper-hostile")
    assert models.PaperVersion.objects.count() == before
    assert not faults, "\n".join(faults)


def test_an_officer_without_the_level_sees_that_a_paper_is_there_and_cannot_open_it(
    office: Page, board: models.Purpose, watched: list[Watch]
) -> None:
    from hientai.apps.dossiers.templates_in_use import template_of
    from hientai.rulebook.dossiers import Kept, Secrecy

    secret = next(
        kind.code for kind in template_of(board.template).papers
        if kind.secrecy == Secrecy.SECRET and kind.kept == Kept.FILE
    )  # fmt: skip
    dossier = _dossier(board, (1, secret))
    office.goto(reverse("paper", args=[dossier.pk, secret]))
    expect(office.get_by_text("tài khoản này không được mở nội dung")).to_be_visible()
    expect(office.get_by_role("link", name="Mở hoặc tải bản này")).to_have_count(0)
    watched[0].allowed.append("403")
    version = models.PaperVersion.objects.get(dossier=dossier, item=secret)
    answer = office.goto(reverse("paper-open", args=[version.pk]))
    assert answer is not None and answer.status == 403


def test_declarations_are_opened_filed_and_drawn_by_lot(office: Page, board: models.Purpose) -> None:
    year = date.today().year
    codes = list(board.dossiers.order_by("id").values_list("person__code", flat=True)[:12])
    office.goto(reverse("declarations"))
    office.get_by_label("Loại").select_option("annual")
    office.locator("textarea[name=codes]").fill(", ".join(codes))
    office.get_by_role("button", name="Ghi vào diện kê khai").click()
    expect(office.locator("tbody tr")).to_have_count(12)
    office.locator("[data-choose]").nth(0).check()
    office.locator("[data-choose]").nth(1).check()
    office.locator("select[name=step]").select_option("filed_on")
    office.locator("input[name=on]").fill(f"{date.today():%d/%m/%Y}")
    office.get_by_role("button", name="Ghi cho các bản đã chọn").click()
    expect(office.get_by_text("Đã ghi cho 2 bản kê khai.")).to_be_visible()
    faults = faults_of(office, "declarations")
    office.locator("input[name=digest]").fill(office.locator("main code").first.inner_text())
    office.locator("input[name=seed]").fill("27 04 11")
    office.get_by_role("button", name="Chọn", exact=True).click()
    expect(office.get_by_text("Tính lại ra đúng kết quả này")).to_be_visible()
    assert models.Drawing.objects.get(year=year).declarants == 12
    faults += faults_of(office, "declarations-drawn")
    assert not faults, "\n".join(sorted(set(faults)))


def test_quality_leads_to_records_and_a_campaign_is_signed(office: Page) -> None:
    office.goto(reverse("quality"))
    faults = faults_of(office, "quality")
    office.locator("a[href*='?rule=']").first.click()
    faults += faults_of(office, "quality-records")
    office.goto(reverse("campaigns"))
    office.get_by_label("Tên đợt làm sạch").fill("Làm sạch năm sinh")
    office.get_by_label("Chỉ biết năm sinh").check()
    office.get_by_label("Hạn hoàn thành").fill("31/12/2030")
    office.get_by_role("button", name="Mở đợt").click()
    faults += faults_of(office, "campaign")
    office.goto(reverse("campaigns"))
    expect(office.get_by_role("link", name="Làm sạch năm sinh")).to_be_visible()
    faults += faults_of(office, "campaigns")
    assert not faults, "\n".join(sorted(set(faults)))


def test_somebody_reads_the_own_file_and_hands_in_a_filled_form(
    page: Page, board: models.Purpose, sign_in: Callable[..., None], watched: list[Watch]
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, "canbo")
    page.goto(reverse("own-record"))
    faults = faults_of(page, "own-record")
    code = User.objects.get(username="canbo").person_code
    page.goto(reverse("person", args=[code]))
    page.get_by_text("Xuất", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Mẫu 2C-BNV/2008").click()
    form = _filled(saved.value.path().read_bytes())
    page.goto(reverse("file-ask", args=[code]))
    faults += faults_of(page, "file-ask")
    page.get_by_role("link", name="Nộp bản khai").click()
    faults += faults_of(page, "filled-form")
    file = {"name": "khai.docx", "mimeType": "application/octet-stream", "buffer": form}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Đọc bản khai").click()
    expect(page.get_by_text("Bộ đội biên phòng")).to_be_visible()
    expect(page.get_by_text("Sở thích: Đọc sách")).to_be_visible()
    faults += faults_of(page, "filled-form-read")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đề nghị sửa hồ sơ")
    faults += faults_of(page, "proposal")
    assert not faults, "\n".join(sorted(set(faults)))


def _filled(content: bytes) -> bytes:
    document = Document(io.BytesIO(content))
    line = next(p for p in document.paragraphs if "Nơi sinh:" in p.text)
    line.text = re.sub(r"\.{4,}", "Bản Lạnh", line.text)
    row = document.tables[2].add_row()
    row.cells[0].text, row.cells[1].text = "01/1990 - 12/1992", "Bộ đội biên phòng"
    document.add_paragraph("Sở thích: Đọc sách")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_two_officers_change_one_person_and_the_second_is_told_what_changed(
    office: Page, board: models.Purpose, province: Province, new_page: Callable[..., Page],
    sign_in: Callable[..., None], watched: list[Watch],
) -> None:  # fmt: skip
    user = accounts.open_account(
        actor=province.maker,
        username="bantochuc2",
        display_name="Cán bộ thứ hai",
        password="mật khẩu để thử 3",
    )
    accounts.grant_role(actor=province.maker, user=user, role=Role.BOARD_OFFICER, valid_from=FOUNDED)
    other = new_page()
    sign_in(other, "bantochuc2")
    place = reverse("record-change", args=[board.dossiers.order_by("id")[4].person.code])
    office.goto(place)
    other.goto(place)
    faults = faults_of(office, "record-change")
    for page, field, text in ((office, "phone", "0911 222 333"), (other, "residence", "Phường Thanh Bình")):
        page.locator(f"input[name={field}]").fill(text)
        page.locator("input[name=reason]").fill("Bổ sung")
    office.get_by_role("button", name="Ghi ngay vào hồ sơ").click()
    expect(office.get_by_text("Đã ghi vào hồ sơ")).to_be_visible()
    watched[-1].allowed.append("409")
    other.get_by_role("button", name="Ghi ngay vào hồ sơ").click()
    expect(other.get_by_text("vừa được người khác sửa").first).to_be_visible()
    expect(other.locator("table")).to_contain_text("0911 222 333")
    expect(other.locator("input[name=residence]")).to_have_value("Phường Thanh Bình")
    faults += faults_of(other, "record-change-conflict")
    assert not faults, "\n".join(sorted(set(faults)))


def test_two_days_of_a_person_and_of_a_list_are_laid_side_by_side(
    office: Page, board: models.Purpose
) -> None:
    code = board.dossiers.order_by("id")[3].person.code
    office.goto(reverse("person-between", args=[code]))
    office.locator("input[name=from_day]").fill("01/01/2020")
    office.get_by_role("button", name="So sánh").click()
    expect(office.locator(".diff").first).to_be_visible()
    faults = faults_of(office, "person-between")
    office.goto(reverse("people-between"))
    office.locator("input[name=from_day]").fill("01/01/2022")
    office.get_by_role("button", name="So sánh").click()
    faults += faults_of(office, "people-between")
    office.goto(reverse("people") + f"?known_on={date.today().isoformat()}")
    expect(office.get_by_text("Danh sách như đã biết vào một ngày trước")).to_be_visible()
    faults += faults_of(office, "people-known")
    office.goto(reverse("destructions"))
    faults += faults_of(office, "destructions")
    office.goto(reverse("destruction-ask", args=[code]))
    faults += faults_of(office, "destruction-ask")
    assert not faults, "\n".join(sorted(set(faults)))
