"""The question of the office in five clicks: who is planned for which title, does each meet the standard, how deep and
balanced is the plan, with names, reasons and documents. Its twin: the officer of a district sees that district only."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect
from tests.factories.province import Province
from tests.support.browser import accessibility_faults, take_pictures

from hientai.apps.cadres.models import Person

DAY = "05/03/2026"
TITLE = "Chủ tịch UBND xã"


@pytest.fixture
def office(page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None]) -> Page:
    sign_in(page, "bantochuc")
    return page


def codes_below(province: Province, unit: str) -> set[str]:
    units = [held for code, held in province.units.items() if code.startswith(unit)]
    return set(Person.objects.filter(held_by_id__in=units).values_list("code", flat=True))


def people_on(page: Page) -> list[str]:
    """Codes of the people a list shows."""
    links = page.locator(".table tbody a[href^='/can-bo/']")
    return [str(links.nth(n).get_attribute("href")).split("/")[2] for n in range(links.count())]


@pytest.mark.parametrize("start", ["dashboard", "typed"])
def test_the_question_is_answered_in_five_clicks(office: Page, tmp_path: Path, start: str) -> None:
    """From the dashboard with its day, and from a bare address typed by hand: the day chosen before is kept."""
    office.goto(f"{reverse('home')}?as_of={DAY}")
    if start == "typed":
        office.goto(reverse("home"))
        expect(office.get_by_label("Tính đến ngày").first).to_have_value(DAY)
    expect(office.get_by_role("heading", name="Chiều sâu quy hoạch")).to_be_visible()
    office.get_by_role("link", name="Độ phủ của mọi chức danh").click()  # 1: how deep and balanced, per title
    row = office.locator("#coverage .table tbody tr").filter(has_text=TITLE).first
    figure = row.locator("a[href*='planned']").first
    planned = int(figure.inner_text())
    figure.click()  # 2: who, by name
    assert len(people_on(office)) == planned > 0
    office.locator(".table tbody a[href^='/can-bo/']").first.click()  # 3: the person, and every standard
    standing = office.locator("a[href*='/tieu-chuan/']").first
    expect(standing).to_be_visible()
    standing.click()  # 4: why, criterion by criterion, with the article
    expect(office.get_by_role("heading", level=1)).to_be_visible()
    take_pictures(office, "five-clicks-why")
    office.goto(reverse("coverage") if start == "typed" else f"{reverse('coverage')}?as_of={DAY}")
    office.locator("summary", has_text="Xuất").click()
    with office.expect_download() as saved:
        office.get_by_role("link", name="Báo cáo Word").click()  # 5: the document
    saved.value.save_as(tmp_path / "a.docx")
    tables = Document(str(tmp_path / "a.docx")).tables
    cells = [cell.text for table in tables for row_ in table.rows for cell in row_.cells]
    assert TITLE in cells and str(planned) in cells


def test_the_thin_seats_of_the_dashboard_open_their_list(office: Page) -> None:
    office.goto(f"{reverse('home')}?as_of={DAY}")
    link = office.locator("a[href*='only=thin']").first
    thin = int(link.inner_text())
    link.click()
    expect(office.get_by_text("Chỉ các vị trí có 0 hoặc 1 người quy hoạch.")).to_be_visible()
    assert office.locator("[id^=seat-]").count() == min(thin, 20)


def test_the_officer_of_a_district_sees_that_district_on_pages_in_totals_and_in_files(
    page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None], tmp_path: Path
) -> None:
    sign_in(page, "huyen1")
    own = codes_below(province, "T.H1")
    page.goto(f"{reverse('home')}?as_of={DAY}")
    assert page.locator(".tile").first.locator(".tile__number").inner_text() == str(len(own))
    page.get_by_role("link", name="Độ phủ của mọi chức danh").click()
    figures = page.locator("#coverage .table td a[href*='planned']")
    for place in range(figures.count()):
        page.goto(f"{reverse('coverage')}?as_of={DAY}")
        figure = page.locator("#coverage .table td a[href*='planned']").nth(place)
        total = int(figure.inner_text())
        figure.click()
        shown = people_on(page)
        assert len(shown) == total and set(shown) <= own
    page.goto(f"{reverse('extract')}?from=people&cols=code,name&as_of={DAY}")
    assert page.get_by_text(f"{len(own)} người.").first.is_visible()
    assert accessibility_faults(page) == []
    page.locator("summary", has_text="Xuất").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Excel", exact=True).click()
    saved.value.save_as(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).worksheets[0]
    codes = {str(row[1].value) for row in sheet.iter_rows() if isinstance(row[0].value, int)}
    assert codes == own


def test_reports_and_changes_are_accessible(office: Page) -> None:
    faults = []
    for name in ("reports", "changes", "saved-views"):
        office.goto(f"{reverse(name)}?as_of={DAY}")
        take_pictures(office, name)
        faults += [f"{name}: {fault}" for fault in accessibility_faults(office)]
    office.goto(f"{reverse('report', args=['coverage'])}?as_of={DAY}")
    faults += [f"report: {fault}" for fault in accessibility_faults(office)]
    assert faults == []
