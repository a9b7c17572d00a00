"""Checking the figures of a draft in a real browser: by pointer, by keys, without scripts, and back again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect
from tests.factories.province import Province
from tests.support.browser import WIDTHS, accessibility_faults, sideways_overflow, take_pictures

DRAFT = """Báo cáo kết quả đại hội
Cấp ủy khóa mới có 81 đồng chí, trong đó tái cử 47 đồng chí (58,02%), tham gia lần đầu 34 đồng chí (41,98%).
Số ứng cử 328 đồng chí, gồm cơ quan tỉnh 125 đồng chí và cấp huyện 151 đồng chí.
Trong tổng số 81 đồng chí có nữ 14 đồng chí, chiếm 12,78%; dưới 40 tuổi 13 đồng chí, chiếm 16,04%.
Tỷ lệ cán bộ trẻ toàn tỉnh đạt 23,4%.
"""


@pytest.fixture
def officer(
    transactional_db: None, province: Province, sign_in: Callable[..., None]
) -> Callable[[Page], Page]:
    def opened(page: Page) -> Page:
        sign_in(page, "bantochuc")
        page.goto(reverse("figures-check"))
        return page

    return opened


def check_text(page: Page, text: str = DRAFT) -> None:
    page.get_by_label("Hoặc dán văn bản vào đây").fill(text)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả kiểm tra số liệu")


@pytest.fixture
def checked(page: Page, officer: Callable[[Page], Page]) -> Page:
    check_text(officer(page))
    return page


def test_every_state_of_the_check_is_accessible_and_fits(
    page: Page, officer: Callable[[Page], Page], watched: list
) -> None:
    watched[0].allowed.append("422")
    faults: list[str] = []
    for name, open_state in {
        "figures-ask": lambda: officer(page),
        "figures-refused": lambda: page.get_by_role("button", name="Kiểm tra", exact=True).click(),
        "figures-answer": lambda: check_text(page),
        "figures-why": lambda: page.locator("mark a", has_text="328").click(),
    }.items():
        open_state()
        take_pictures(page, name)
        for width in (*WIDTHS, 320):
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{name} at {width}: {fault}" for fault in accessibility_faults(page)]
            if wider := sideways_overflow(page):
                faults.append(f"{name} at {width}: {wider} pixels too wide")
        page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark")
    faults += [f"in the dark: {fault}" for fault in accessibility_faults(page)]
    assert not faults, "\n".join(sorted(set(faults)))
