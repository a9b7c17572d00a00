"""The whole line as an officer walks it: list, person, standard, explanation, coverage, files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.factories.province import PASSWORD, Province, ensure_province
from tests.support.browser import accessibility_faults

AS_OF = "05/09/2025"
STANDARD = "plan.commune.committee_member"


@pytest.fixture
def live_province(transactional_db: None) -> Province:
    return ensure_province()


@pytest.fixture
def officer_page(page: Page, live_province: Province) -> Page:
    """Signed in through the form, as of a day on which a planning regime with figures is in force."""
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("bantochuc")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(f"/?as_of={AS_OF}")
    return page


def test_the_line_from_a_name_to_the_reason_behind_a_verdict(officer_page: Page) -> None:
    page = officer_page
    page.get_by_role("link", name="Cán bộ", exact=True).first.click()
    page.get_by_label("Tên, mã hoặc số định danh").fill("luong")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("#people-list tbody th").first).to_contain_text("Lường")
    expect(page.locator("#people-list")).not_to_contain_text("Nguyễn")
    assert "q=luong" in page.url

    page.locator("#people-list tbody th a").first.click()
    expect(page.get_by_role("heading", name="Quá trình công tác")).to_be_visible()
    assert accessibility_faults(page) == []

    page.get_by_role("link", name="Quy hoạch ủy viên ban chấp hành đảng bộ cấp xã").click()
    expect(page.get_by_text("Còn đủ tuổi công tác trọn một nhiệm kỳ").first).to_be_visible()
    expect(page.get_by_text("50-QĐ/TW").first).to_be_visible()
    assert accessibility_faults(page) == []


def test_the_line_from_a_standard_to_a_workbook_of_those_who_lack_something(
    officer_page: Page, tmp_path: Path
) -> None:
    page = officer_page
    page.get_by_role("link", name="Rà soát tiêu chuẩn").first.click()
    page.get_by_label("Tiêu chuẩn", exact=True).select_option(STANDARD)
    page.get_by_label("Kết quả").select_option("not_met")
    page.get_by_role("button", name="Lọc").click()
    found = page.get_by_text(re.compile(r"\d+–\d+ trong \d+"))
    expect(found).to_be_visible()
    shown = re.search(r"trong (\d+)", found.inner_text())
    assert shown and accessibility_faults(page) == []

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải danh sách này về Excel").click()
    file = tmp_path / "list.xlsx"
    waiting.value.save_as(file)
    sheet = load_workbook(file).active
    assert sheet.max_row - 4 == int(shown.group(1))


def test_the_line_from_a_plan_to_its_report(officer_page: Page, tmp_path: Path) -> None:
    page = officer_page
    page.get_by_role("link", name="Độ phủ quy hoạch").first.click()
    assert accessibility_faults(page) == []
    row = page.locator("#coverage tbody tr", has_text="Chủ tịch UBND xã")
    figure = row.locator("td a").nth(1)
    printed = figure.inner_text()
    figure.click()
    expect(page.get_by_text(f"trong {printed} người")).to_be_visible()

    page.go_back()
    page.locator("summary", has_text="Xuất").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Báo cáo Word").click()
    file = tmp_path / "report.docx"
    waiting.value.save_as(file)
    text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "BÁO CÁO ĐỘ PHỦ QUY HOẠCH" in text and "làm tròn" in text


def test_slash_goes_to_the_search_and_english_is_one_click_away(officer_page: Page) -> None:
    page = officer_page
    page.keyboard.press("/")
    expect(page.locator("#global-search")).to_be_focused()
    page.locator("#global-search").fill("nguyen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("^Nguyễn")).first).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_everything_works_without_scripts(
    new_page: Callable[..., Page], sign_in: Callable[[Page, str], None], live_province: Province
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, "bantochuc")
    page.goto(f"/can-bo/?as_of={AS_OF}")
    page.get_by_label("Tên, mã hoặc số định danh").fill("giang")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("#people-list tbody th").first).to_contain_text("Giàng")
    page.goto("/quy-hoach/do-phu/")
    expect(page.locator("#coverage tbody tr").first).to_be_visible()


def test_a_unit_head_meets_nobody_of_another_district(
    page: Page, sign_in: Callable[[Page, str], None], live_province: Province, watched: list[Any]
) -> None:
    sign_in(page, "huyen1")
    page.goto("/can-bo/")
    expect(page.locator("#people-list")).to_contain_text("Bản Lạnh 1")
    expect(page.locator("#people-list")).not_to_contain_text("Bản Lạnh 2")
