"""Rules in a real browser: a value read in the text and confirmed by a second person, a draft asked about, people
explained under several documents, put side by side, and a search kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect
from tests.factories.province import Province
from tests.integration.regulations.test_register import DRAFT
from tests.support.browser import WIDTHS, Watch, accessibility_faults, sideways_overflow, take_pictures

from hientai.apps.accounts.services import grant_role, open_account
from hientai.apps.accounts.types import Role
from hientai.apps.cadres.models import Person
from hientai.foundation.actor import system

DAY = "?as_of=05/03/2026"
KEY = "plan.min_remaining_months"
PDF = b"%PDF-1.4 a text"


@pytest.fixture
def office(page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None]) -> Page:
    """A board officer of the small province, signed in; a second one has an account."""
    maker = system(date(2026, 3, 5))
    second = open_account(
        actor=maker, username="bantochuc2", display_name="Quàng Văn Bình", password="mat khau de thu"
    )
    grant_role(actor=maker, user=second, role=Role.BOARD_OFFICER, valid_from=date(2020, 1, 1))
    sign_in(page, "bantochuc")
    return page


def faults_of(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, by axe and by its width."""
    take_pictures(page, name)
    found = [f"{name}: {fault}" for fault in accessibility_faults(page)]
    for width in (*WIDTHS, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if wider := sideways_overflow(page):
            found.append(f"{name} at {width}: {wider} pixels too wide")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def test_a_value_takes_two_people_and_then_judges(
    office: Page,
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    watched: list[Watch],
    tmp_path: Path,
) -> None:
    watched[0].allowed.append("400")
    office.goto(reverse("parameters") + DAY)
    faults = faults_of(office, "parameters")
    office.locator("th").get_by_role("link", name="Tuổi công tác còn lại khi quy hoạch").first.click()
    office.get_by_label("Tham số của văn bản").select_option("377-QĐ/TW")
    office.get_by_label("Giá trị đọc được").fill("nhiều")
    office.get_by_label("Câu của văn bản").fill("phải đủ tuổi công tác 2 nhiệm kỳ trở lên")
    office.get_by_role("button", name="Gửi đề xuất").click()
    expect(office.locator(".error-summary")).to_be_visible()
    faults += faults_of(office, "parameter-refused")
    text = tmp_path / "qd377.pdf"
    text.write_bytes(PDF)
    office.get_by_label("Giá trị đọc được").fill("120")
    office.locator("input[type=file]").set_input_files(text)
    office.get_by_role("button", name="Gửi đề xuất").click()
    expect(office.get_by_text("cần một người khác xác nhận")).to_be_visible()
    office.get_by_role("link", name="Xác nhận theo văn bản").click()
    expect(office.get_by_text("Người đề xuất không được tự xác nhận")).to_be_visible()
    expect(office.get_by_role("button", name="Xác nhận", exact=True)).to_have_count(0)
    faults += faults_of(office, "proposal-own")
    other = new_page()
    sign_in(other, "bantochuc2")
    other.goto(office.url)
    faults += faults_of(other, "proposal")
    other.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(other.get_by_text("Đã ghi quyết định.")).to_be_visible()
    other.goto(reverse("parameter", args=[KEY]) + DAY)
    row = other.locator("tr", has_text="377-QĐ/TW").first
    expect(row).to_contain_text("120")
    expect(row).not_to_contain_text("Chưa kiểm chứng")
    faults += faults_of(other, "parameter")
    assert not faults, "\n".join(sorted(set(faults)))


def test_a_draft_is_told_its_faults_and_then_asked_what_it_would_change(
    office: Page, watched: list[Watch], tmp_path: Path
) -> None:
    watched[0].allowed.append("400")
    wrong, sound = tmp_path / "sai.yaml", tmp_path / "du-thao.yaml"
    wrong.write_text(DRAFT.replace("unit: tháng", "unit: năm"))
    sound.write_text(DRAFT)
    office.goto(reverse("drafts") + DAY)
    faults = faults_of(office, "drafts-empty")
    office.locator("input[type=file]").set_input_files(wrong)
    office.get_by_role("button", name="Kiểm tra và nhận").click()
    expect(office.get_by_text("Lỗi và cách sửa")).to_be_visible()
    faults += faults_of(office, "drafts-faulty")
    office.locator("input[type=file]").set_input_files(sound)
    office.get_by_role("button", name="Kiểm tra và nhận").click()
    expect(office.get_by_text("Đã nhận dự thảo 99-QĐ/TW")).to_be_visible()
    faults += faults_of(office, "drafts")
    office.get_by_role("link", name="Thay đổi gì cho ai").click()
    expect(office.locator("#impact")).to_contain_text("99-QĐ/TW")
    office.goto(reverse("drafts"))
    office.get_by_role("button", name="Bỏ 99-QĐ/TW").click()
    expect(office.get_by_text("Chưa có dự thảo nào")).to_be_visible()
    assert not faults, "\n".join(sorted(set(faults)))


def test_ten_people_are_explained_under_three_documents_on_the_page_and_on_paper(
    office: Page, province: Province, tmp_path: Path
) -> None:
    codes = list(
        Person.objects.filter(held_by__code__startswith="T.H1")
        .order_by("code")
        .values_list("code", flat=True)[:10]
    )
    office.goto(reverse("under-regimes") + DAY)
    faults = faults_of(office, "regimes-ask")
    office.get_by_label("Tiêu chuẩn", exact=True).select_option("plan.commune.chair")
    office.get_by_label("Mã cán bộ").fill("\n".join(codes))
    office.set_default_timeout(60_000)  # thirty explanations with their records
    office.get_by_role("button", name="Giải thích", exact=True).click()
    for document in ("15-HD/BTCTW", "50-QĐ/TW", "377-QĐ/TW"):
        expect(office.locator("table thead").first).to_contain_text(document)
    assert office.locator("table tbody").first.locator("tr").count() == len(codes) == 10
    faults += faults_of(office, "regimes")
    with office.expect_download() as saved:
        office.get_by_role("link", name="Tải bản Word").click()
    saved.value.save_as(tmp_path / "a.docx")
    cells = {
        c.text for t in Document(io.BytesIO((tmp_path / "a.docx").read_bytes())).tables for c in t._cells
    }
    assert {"15-HD/BTCTW", "50-QĐ/TW", "377-QĐ/TW"} <= cells
    assert not faults, "\n".join(sorted(set(faults)))


def test_people_are_searched_kept_and_put_side_by_side(office: Page) -> None:
    office.goto(reverse("talent-search") + DAY)
    faults = faults_of(office, "search-empty")
    office.get_by_label("Dữ kiện").first.select_option("months_to_retirement")
    office.get_by_label("So sánh").first.select_option(">=")
    office.get_by_label("Giá trị").first.fill("120")
    office.get_by_role("button", name="Tìm", exact=True).click()
    faults += faults_of(office, "search")
    office.get_by_label("Tên phép tìm").fill("Còn hai nhiệm kỳ")
    office.get_by_role("button", name="Lưu", exact=True).click()
    expect(office.get_by_role("link", name="Còn hai nhiệm kỳ")).to_be_visible()
    boxes = office.locator("input[name=p]")
    for place in range(3):
        boxes.nth(place).check()
    office.get_by_role("button", name="So sánh những người đã chọn").click()
    expect(office.get_by_role("heading", level=1)).to_be_visible()
    faults += faults_of(office, "compare")
    assert not faults, "\n".join(sorted(set(faults)))


def test_documents_their_days_and_targets_are_accessible(office: Page) -> None:
    faults = []
    for name, args in (
        ("regulations", []), ("regimes", []), ("targets", []), ("enter-regulation", []),
        ("regulation", ["qd-50-2021"]), ("regulation-citing", ["qd-50-2021"]), ("almost", []),
    ):  # fmt: skip
        office.goto(reverse(name, args=args) + ("?as_of=05/03/2024" if name == "targets" else DAY))
        faults += faults_of(office, f"rules-{name}")
    office.goto(reverse("targets") + "?as_of=05/03/2024")
    expect(office.locator("table")).to_contain_text("nữ trong quy hoạch")
    assert not faults, "\n".join(sorted(set(faults)))
