"""The reform of the demo province in a browser: preview, a correction, a comment, carried out, asked again, undone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from tests.support.browser import WIDTHS, Watch, accessibility_faults, sideways_overflow, take_pictures

from hientai.site import demo

pytestmark = pytest.mark.long
EMPTY = """
TRUNCATE cadres_person, cadres_code, organization_unit, organization_title, planning_plan, accounts_user CASCADE
"""
OLD = "ĐB.H095"  # a district that ends with the reform


@pytest.fixture
def eve(transactional_db: None, page: Page, sign_in: Callable[..., None]) -> Page:
    """The demo province on the eve of the reform, seen by the board officer."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    demo.load(scenario="dien-bien", people=400, seed=1, report=lambda _: None, before_reform=True)
    sign_in(page, "bantochuc")
    return page


def faults_of(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, by axe and by its width."""
    take_pictures(page, name)
    found = [f"{name}: {fault}" for fault in accessibility_faults(page)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wider := sideways_overflow(page):
            found.append(f"{name} at {width}: {wider} pixels too wide")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def test_the_reform_is_previewed_corrected_carried_out_asked_as_of_three_days_and_undone(
    eve: Page, new_page: Callable[..., Page], sign_in: Callable[..., None], watched: list[Watch]
) -> None:
    watched[0].allowed.append("400")  # a choice that says too little is answered so
    eve.set_default_timeout(120_000)  # the whole province is carried out and taken back as one act each
    faults = preview(eve)
    gone = correct(eve)
    comment(new_page(), sign_in)
    faults += carry_out(eve)
    faults += ask_again(eve, gone)
    faults += lineage(eve)
    undo(eve)
    assert not faults, "\n".join(sorted(set(faults)))


def preview(page: Page) -> list[str]:
    page.goto("/sap-xep/")
    page.get_by_role("link", name="Sắp xếp đơn vị hành chính hai cấp năm 2025", exact=True).click()
    expect(page.get_by_text("Đơn vị kết thúc").first).to_be_visible()
    faults = faults_of(page, "reform-preview")
    page.get_by_role("link", name=re.compile("^Nghỉ [0-9]")).click()
    expect(page.locator("#people")).to_contain_text("Không có ai trong nhóm này")
    page.get_by_role("link", name=re.compile("^Có vị trí mới [0-9]")).click()
    expect(page.locator("#people tbody tr").first).to_be_visible()
    return faults


def correct(page: Page) -> str:
    """One person leaves by a scheme instead of being placed; answers the code."""
    page.locator("#people tbody tr").first.get_by_role("link", name=re.compile("^Sửa")).click()
    code = page.url.split("/nguoi/")[1].split("/")[0]
    page.get_by_label("Quyết định").select_option("leave")
    page.get_by_role("button", name="Ghi").click()
    expect(page.locator(".error-summary")).to_contain_text("chế độ nào")
    page.get_by_label("Quyết định").select_option("leave")
    page.get_by_label("Chế độ").select_option("178/2024/NĐ-CP")
    page.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("Đã ghi quyết định cho một người.")).to_be_visible()
    return code


def comment(page: Page, sign_in: Callable[..., None]) -> None:
    """The head of a district says what the unit thinks."""
    sign_in(page, "huyen")
    page.goto("/sap-xep/")
    page.get_by_role("link", name=re.compile("^Ý kiến")).first.click()
    unit = own_unit()
    page.get_by_label("Mã đơn vị").fill(unit)
    page.get_by_label("Ý kiến").fill("Đề nghị bố trí thêm một phó trưởng phòng.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_text("Đề nghị bố trí thêm một phó trưởng phòng.")).to_be_visible()


def own_unit() -> str:
    """The code of the unit that the head's account was given."""
    from hientai.apps.accounts.models import Grant
    from hientai.apps.organization.models import Unit

    grant = Grant.objects.filter(user__username="huyen", unit_id__isnull=False).order_by("pk").first()
    assert grant is not None
    return str(Unit.objects.get(pk=grant.unit_id).code)


def carry_out(page: Page) -> list[str]:
    page.goto("/sap-xep/")
    page.get_by_role("link", name="Sắp xếp đơn vị hành chính hai cấp năm 2025", exact=True).click()
    expect(page.get_by_role("link", name="Ý kiến đơn vị (1)")).to_be_visible()
    expect(page.get_by_text("Đề nghị bố trí thêm một phó trưởng phòng.")).to_be_visible()
    page.get_by_role("link", name="Thực hiện…").click()
    faults = faults_of(page, "reform-commit")
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_text("Đã thực hiện sắp xếp như một việc")).to_be_visible(timeout=120_000)
    return faults + faults_of(page, "reform-done")


def numbers(page: Page, day: str) -> dict[str, int]:
    """How many units of each level stand on a day, as the page of units says."""
    page.goto(f"/to-chuc/don-vi/?as_of={day}")
    found: dict[str, int] = {}
    for tile in page.locator(".tile").all():
        label = tile.locator(".tile__label").inner_text()
        found[label] = int(tile.locator(".tile__number").inner_text().replace(".", ""))
    return found


def ask_again(page: Page, gone: str) -> list[str]:
    """The same questions as of 2019, 2024 and 2026: how many districts, what one of them is, where one person is."""
    then, before, now = (numbers(page, day) for day in ("31/12/2019", "31/12/2024", "05/03/2026"))
    assert then["Cấp huyện"] == before["Cấp huyện"] > 0
    assert "Cấp huyện" not in now and now["Cấp xã"] != before["Cấp xã"]
    faults = faults_of(page, "reform-units-2026")
    page.goto(f"/to-chuc/don-vi/{OLD}/?as_of=31/12/2024")
    expect(page.get_by_text("Đơn vị không có vào ngày đang xem")).to_have_count(0)
    page.goto(f"/to-chuc/don-vi/{OLD}/?as_of=05/03/2026")
    expect(page.get_by_text("Đơn vị không có vào ngày đang xem")).to_be_visible()
    page.goto(f"/can-bo/?q={gone}&as_of=31/12/2024")
    expect(page.locator("#people-list")).to_contain_text(gone)
    page.goto("/tinh-gian/?as_of=05/03/2026")
    expect(page.locator("#leavings")).to_contain_text("178/2024/NĐ-CP")
    return faults + faults_of(page, "reform-leavings")


def lineage(page: Page) -> list[str]:
    """From the district that ended to a commune that took from it, and back."""
    page.goto(f"/to-chuc/don-vi/{OLD}/?as_of=31/12/2024")
    expect(page.get_by_role("heading", name="Nguồn gốc và kế thừa")).to_be_visible()
    expect(page.locator("svg.org--one-page")).to_be_visible()
    faults = faults_of(page, "reform-lineage")
    table = page.locator("table").filter(has_text="Các bước kế thừa")
    expect(table).to_be_visible()
    successor = table.locator("tbody tr td:nth-child(3) a").last
    name = successor.inner_text()
    page.goto(str(successor.get_attribute("href")) + "?as_of=05/03/2026")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return faults


def undo(page: Page) -> None:
    page.goto("/sap-xep/")
    page.get_by_role("link", name="Sắp xếp đơn vị hành chính hai cấp năm 2025", exact=True).click()
    page.get_by_role("link", name="Hoàn tác…").click()
    page.get_by_label("Lý do hoàn tác").fill("Nghị quyết được thay")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác").first).to_be_visible()
    assert numbers(page, "05/03/2026")["Cấp huyện"] > 0
