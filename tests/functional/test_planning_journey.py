"""A term's plan in a real browser: from the source of a seat to approval, a year's review, publication, a thought."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.factories.province import Province
from tests.support.browser import WIDTHS, Watch, accessibility_faults, sideways_overflow, take_pictures

DAY = "?as_of=05/09/2025"


@pytest.fixture
def office(page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None]) -> Page:
    """A board officer of the small province, signed in."""
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


def test_a_plan_goes_from_the_source_to_approval_and_through_a_review(
    office: Page, watched: list[Watch]
) -> None:
    watched[0].allowed.append("409")
    faults = propose(office)
    faults += approve(office)
    faults += review(office)
    faults += publish(office)
    faults += think(office)
    assert not faults, "\n".join(sorted(set(faults)))


def propose(page: Page) -> list[str]:
    page.goto(reverse("plan-proposals") + DAY)
    page.get_by_label("Đơn vị đề nghị").select_option(label="Xã Bản Lạnh 1")
    faults = faults_of(page, "plan-proposals")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã Bản Lạnh 1")
    page.get_by_role("button", name="Xem nguồn").wait_for()
    page.locator("#seat").select_option(label="Đảng ủy viên – Xã Bản Lạnh 1")
    page.get_by_role("button", name="Xem nguồn").click()
    boxes = page.locator("input[name=person]")
    chosen = [boxes.nth(place).get_attribute("value") for place in range(2)]
    for place in range(2):
        boxes.nth(place).check()
    page.get_by_role("button", name="Đưa vào danh sách").click()
    for code in chosen:
        expect(page.locator("#candidates")).to_contain_text(str(code))
    faults += faults_of(page, "plan-proposal")
    page.get_by_role("button", name="Gửi Ban Tổ chức").click()
    expect(page.get_by_text("Đã gửi danh sách.")).to_be_visible()
    return faults


def approve(page: Page) -> list[str]:
    page.get_by_role("link", name="Tổng hợp, phê duyệt").click()
    page.get_by_role("button", name="Phê duyệt các danh sách này").click()
    expect(page.locator(".error-summary")).to_be_visible()  # no document, no approval
    faults = faults_of(page, "plan-approval")
    page.get_by_label("Văn bản").fill("Quyết định 12-QĐ/TU ngày 05/09/2025")
    page.get_by_role("button", name="Phê duyệt các danh sách này").click()
    expect(page.get_by_text("Đã phê duyệt: 2 lượt vào quy hoạch.")).to_be_visible()
    return faults + faults_of(page, "plan-turns")


def review(page: Page) -> list[str]:
    page.goto(reverse("plan-reviews") + DAY)
    page.get_by_role("button", name="Rà soát", exact=True).click()
    faults = faults_of(page, "plan-review")
    address = page.url.partition("?")[0]
    faults += put_forward(page)
    page.goto(address)
    for finding in ("disciplined", "over_age", "standard_lost", "not_completed", "appointed", "left"):
        page.goto(page.url.partition("?")[0] + f"?finding={finding}")
        boxes = page.locator("input[name=line]")
        if not boxes.count():
            continue
        for place in range(boxes.count()):
            boxes.nth(place).check()
        page.get_by_label("Quyết định", exact=True).select_option("remove")
        page.get_by_role("button", name="Ghi cho các lượt đã chọn").click()
        expect(page.get_by_text("Đã quyết định")).to_be_visible()
    page.get_by_label("Văn bản").fill("Kết luận 7-KL/TU")
    page.get_by_role("button", name="Kết thúc", exact=True).click()
    expect(page.get_by_text("Đã kết thúc đợt rà soát.")).to_be_visible()
    return faults


def put_forward(page: Page) -> list[str]:
    """One person from the source of a seat, with a reason, decided to be added."""
    page.locator("a.tile__link, .tile a").filter(has_text="").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bổ sung vào quy hoạch")
    page.locator("#seat").select_option(label="Đảng ủy viên – Xã Nà Hoa 1")
    page.get_by_role("button", name="Xem nguồn").click()
    page.locator("input[name=person]").first.check()
    page.get_by_role("button", name="Đề nghị bổ sung").click()
    expect(page.get_by_text("Phải ghi lý do.")).to_be_visible()
    page.locator("input[name=person]").first.check()
    page.get_by_label("Lý do đề nghị bổ sung").last.fill("Nguồn tại chỗ, có triển vọng")
    faults = faults_of(page, "plan-additions")
    page.get_by_role("button", name="Đề nghị bổ sung").click()
    expect(page.locator("#additions")).to_contain_text("có triển vọng")
    page.locator("input[name=addition]").check()
    page.get_by_label("Quyết định", exact=True).select_option("add")
    page.get_by_role("button", name="Ghi cho những người đã chọn").click()
    expect(page.get_by_text("Đã quyết định 1 lượt.")).to_be_visible()
    return faults


def publish(page: Page) -> list[str]:
    """The plan as the review left it is published, read, and corrected with a reason; the list stays."""
    page.goto(reverse("plan-publications") + DAY)
    page.get_by_label("Ngày công bố").fill("10/09/2025")
    page.get_by_role("button", name="Công bố", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()  # no document, no publication
    faults = faults_of(page, "plan-publications")
    page.get_by_label("Văn bản").fill("Quyết định 12-QĐ/TU ngày 08/09/2025")
    page.get_by_role("button", name="Công bố", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danh sách quy hoạch đã công bố")
    faults += faults_of(page, "plan-publication")
    page.get_by_label("Lý do đính chính").fill("Nhầm phụ lục")
    page.get_by_role("button", name="Ghi đính chính").click()
    expect(page.locator(".alert--warning")).to_contain_text("Nhầm phụ lục")
    expect(page.locator("table")).to_be_visible()
    return faults


def think(page: Page) -> list[str]:
    page.goto(reverse("plan-bench", args=["commune.chair"]) + DAY)
    faults = faults_of(page, "plan-bench")
    page.get_by_role("link", name="đưa ra").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thử thay đổi")
    expect(page.locator("table")).to_contain_text("Lượt quy hoạch")
    faults += faults_of(page, "plan-what-if")
    page.get_by_role("link", name="bỏ").first.click()
    expect(page.get_by_text("Không có số liệu nào khác")).to_be_visible()
    for name in ("coverage", "plan-depths", "plan-ahead", "plan-summary", "plan-between", "plan-voided"):
        page.goto(reverse(name) + DAY)
        faults += faults_of(page, name)
    page.goto(reverse("plan-grid", args=["commune.committee_member"]) + DAY)
    return faults + faults_of(page, "plan-grid")
