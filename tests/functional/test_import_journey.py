"""An officer imports a list in a real browser: map, look, mend a cell, write, take back; without scripts too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.province import Province
from tests.integration.exchange.workbooks import LINES, changed, saved, workbook
from tests.support.browser import Watch, accessibility_faults, sideways_overflow, take_pictures

from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import ManagementDraft, PersonDraft
from hientai.apps.cadres.types import Born

UNIT = "T.H1.X1"


@pytest.fixture
def wrong_list(tmp_path: Path) -> Path:
    """Three people, one with a day that the calendar does not have."""
    return saved(tmp_path, workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))


def _faults(page: Page, name: str) -> list[str]:
    take_pictures(page, name)
    faults = []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{name} at {width}: {fault}" for fault in accessibility_faults(page)]
        if wider := sideways_overflow(page):
            faults.append(f"{name} at {width}: {wider} pixels too wide")
    page.set_viewport_size({"width": 1440, "height": 900})
    return faults


def _journey(page: Page, file: Path) -> list[str]:
    faults = []
    page.goto("/nhap/don-vi/")
    faults += _faults(page, "import-0-units")
    page.goto("/nhap/")
    faults += _faults(page, "import-1-file")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("input[name=unit]").fill(UNIT)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.locator("h1")).to_have_text("Ghép cột")
    faults += _faults(page, "import-2-columns")
    page.get_by_role("button", name="Đối chiếu với hồ sơ").click()
    expect(page.locator("h1")).to_have_text("Xem trước")
    faults += _faults(page, "import-3-preview")
    page.get_by_label("Sửa ô C5").fill("28/02/1983")
    page.get_by_role("button", name="Đọc lại với các ô đã sửa").click()
    expect(page.get_by_role("link", name="Bị từ chối 0")).to_be_visible()
    page.get_by_role("link", name="Ghi 3 dòng vào hồ sơ…").click()
    faults += _faults(page, "import-4-confirm")
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    expect(page.locator("h1")).to_have_text("Đã ghi vào hồ sơ")
    faults += _faults(page, "import-5-result")
    return faults


def test_a_list_is_brought_mended_written_and_taken_back(
    page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None], wrong_list: Path
) -> None:
    sign_in(page, "bantochuc")
    faults = _journey(page, wrong_list)
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Đã ghi vào hồ sơ")
    page.get_by_role("link", name="Hoàn tác").click()
    faults += _faults(page, "import-6-undo")
    page.get_by_label("Lý do hoàn tác").fill("Nhầm danh sách")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Lần nhập này đã được hoàn tác")).to_be_visible()
    assert not faults, "\n".join(faults)


def test_the_same_journey_works_without_scripts(
    new_context: Callable[..., BrowserContext], live_server: object, transactional_db: None, province: Province,
    sign_in: Callable[..., None], wrong_list: Path,
) -> None:  # fmt: skip
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()  # type: ignore[attr-defined]
    sign_in(page, "bantochuc")
    page.goto("/nhap/")
    page.locator("input[type=file]").set_input_files(wrong_list)
    page.locator("input[name=unit]").fill(UNIT)
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("button", name="Đối chiếu với hồ sơ").click()
    page.get_by_label("Sửa ô C5").fill("28/02/1983")
    page.get_by_role("button", name="Đọc lại với các ô đã sửa").click()
    page.get_by_role("link", name="Ghi 3 dòng vào hồ sơ…").click()
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    expect(page.locator("h1")).to_have_text("Đã ghi vào hồ sơ")


def _brought(page: Page, file: Path, unit: str = UNIT) -> None:
    page.goto("/nhap/")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("input[name=unit]").fill(unit)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.locator("h1")).to_have_text("Ghép cột")


def test_the_back_button_and_a_changed_record_in_the_middle_write_nothing_unseen(
    page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None], wrong_list: Path,
    watched: list[Watch],
) -> None:  # fmt: skip
    watched[0].allowed.append("409")
    sign_in(page, "bantochuc")
    _brought(page, wrong_list)
    page.get_by_role("button", name="Đối chiếu với hồ sơ").click()
    first = page.get_by_role("link", name="Ghi 2 dòng vào hồ sơ…").get_attribute("href") or ""
    page.get_by_label("Sửa ô C5").fill("28/02/1983")
    page.get_by_role("button", name="Đọc lại với các ô đã sửa").click()
    expect(page.get_by_role("link", name="Bị từ chối 0")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Ghi 3 dòng vào hồ sơ…")).to_be_visible()
    page.goto(first)  # as a window does that still shows the first preview
    expect(page.get_by_text("Bản xem trước này đã cũ")).to_be_visible()
    faults = _faults(page, "import-7-old")
    page.get_by_role("button", name="Đối chiếu lại").click()
    page.get_by_role("link", name="Ghi 3 dòng vào hồ sơ…").click()
    _enter_one_of_them_by_hand(province)
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    expect(page.get_by_text("chưa ghi gì cả")).to_be_visible()
    page.get_by_role("link", name="Xem bản xem trước").click()
    page.get_by_role("button", name="Đối chiếu lại").click()
    expect(page.get_by_role("link", name="Thay đổi 1")).to_be_visible()
    page.get_by_role("link", name="Ghi 3 dòng vào hồ sơ…").click()
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    expect(page.locator("h1")).to_have_text("Đã ghi vào hồ sơ")
    assert not faults, "\n".join(faults)


def _enter_one_of_them_by_hand(province: Province) -> None:
    """Meanwhile another officer enters one of the three people by hand."""
    held = (ManagementDraft(province.units[UNIT], "commune", date(2024, 9, 30)),)
    same = PersonDraft(
        full_name="Lò Thị Mai Hương", sex="female", born=Born(1980, 3, 5), management=held,
        identities=("011180000011",),
    )  # fmt: skip
    cadres.enter_people(actor=province.maker, source="nhập tay", drafts=[same])


def test_a_list_without_a_unit_is_asked_for_it_once(
    page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None], tmp_path: Path,
    watched: list[Watch],
) -> None:  # fmt: skip
    watched[0].allowed.append("400")
    sign_in(page, "bantochuc")
    _brought(page, saved(tmp_path, workbook()), unit="")
    page.get_by_role("button", name="Đối chiếu với hồ sơ").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("không có cột đơn vị")
    faults = _faults(page, "import-8-unit")
    page.locator("input[name=unit]").fill("Xã Nà Hoa")
    page.get_by_role("button", name="Đối chiếu với hồ sơ").click()
    page.locator("select[name=unit]").select_option("T.H1.X2")
    page.get_by_role("button", name="Đối chiếu với hồ sơ").click()
    expect(page.get_by_role("link", name="Ghi 3 dòng vào hồ sơ…")).to_be_visible()
    assert not faults, "\n".join(faults)
