"""Every component in a real browser: accessible, fitting, printable, usable by keys and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.support.browser import WIDTHS, accessibility_faults, sideways_overflow, take_pictures

from hientai.apps.accounts.models import User


@pytest.fixture
def open_gallery(board_officer: User, sign_in: Callable[..., None]) -> Callable[[Page], None]:
    def opened(page: Page) -> None:
        sign_in(page, board_officer.username)
        page.goto(reverse("gallery"))

    return opened


@pytest.fixture
def gallery(page: Page, open_gallery: Callable[[Page], None]) -> Page:
    open_gallery(page)
    return page


def test_every_component_is_accessible_and_fits_at_every_width(gallery: Page) -> None:
    take_pictures(gallery, "gallery")
    for width in (*WIDTHS, 320):
        gallery.set_viewport_size({"width": width, "height": 900})
        assert accessibility_faults(gallery) == [], f"{width} pixels wide"
        assert sideways_overflow(gallery) == 0, f"{width} pixels wide"


def test_every_component_is_accessible_in_the_dark(
    new_page: Callable[..., Page], open_gallery: Callable[[Page], None]
) -> None:
    page = new_page(color_scheme="dark")
    open_gallery(page)
    assert accessibility_faults(page) == []


def test_letters_are_drawn_in_the_vendored_typeface(gallery: Page) -> None:
    gallery.evaluate("document.fonts.ready.then(() => true)")
    faces = gallery.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert '"Be Vietnam Pro"' in faces or "Be Vietnam Pro" in faces


def test_icons_are_drawn_under_the_content_security_policy(gallery: Page) -> None:
    box = gallery.locator(".verdict .icon use").first.bounding_box()
    assert box is not None
    assert box["width"] > 4


def test_skip_link_is_seen_when_focused_and_leads_to_the_content(gallery: Page) -> None:
    gallery.locator(".skip").focus()
    expect(gallery.locator(".skip")).to_be_in_viewport()
    gallery.keyboard.press("Enter")
    expect(gallery.locator("main")).to_be_focused()


def test_slash_goes_to_the_search_but_can_be_typed_into_a_field(gallery: Page) -> None:
    gallery.locator("h1").click()
    gallery.keyboard.press("/")
    search = gallery.get_by_role("searchbox", name="Tìm người, đơn vị, chức danh")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    gallery.keyboard.press("/")
    expect(search).to_have_value("/")


def test_escape_closes_a_menu_and_gives_the_focus_back(gallery: Page) -> None:
    menu = gallery.locator("main details.menu").first
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Danh sách (Excel)")).to_be_visible()
    menu.get_by_role("link", name="Danh sách (Excel)").focus()
    gallery.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Danh sách (Excel)")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_explanation_folds_and_unfolds_without_scripts(
    new_page: Callable[..., Page], open_gallery: Callable[[Page], None]
) -> None:
    page = new_page(java_script_enabled=False)
    open_gallery(page)
    leaf = page.get_by_text("Đã giữ chức vụ cấp phó")
    expect(leaf).to_be_visible()
    page.locator("summary", has_text="Kinh nghiệm hoặc thành tích").click()
    expect(leaf).to_be_hidden()


def test_on_a_phone_the_navigation_opens_without_scripts(
    new_page: Callable[..., Page], open_gallery: Callable[[Page], None]
) -> None:
    page = new_page(java_script_enabled=False)
    page.set_viewport_size({"width": 390, "height": 800})
    open_gallery(page)
    expect(page.locator(".rail")).to_be_hidden()
    page.locator(".menu--page summary").click()
    page.get_by_role("navigation", name="Điều hướng").get_by_role("link", name="Cán bộ", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cán bộ")


def test_paper_shows_the_document_header_and_no_frame(gallery: Page) -> None:
    expect(gallery.locator(".print-head")).to_be_hidden()
    gallery.emulate_media(media="print")
    expect(gallery.locator(".print-head")).to_be_visible()
    for part in (".topbar", ".rail", ".foot", ".pages"):
        expect(gallery.locator(part).first).to_be_hidden()
    expect(gallery.locator(".table tbody th").first).to_be_visible()


def test_date_switch_asks_the_same_page_as_of_that_day(gallery: Page) -> None:
    field = gallery.get_by_label("Tính đến ngày")
    field.fill("30/6/2025")
    field.press("Enter")
    expect(gallery).to_have_url(re.compile("as_of=30%2F6%2F2025"))
    expect(field).to_have_value("30/06/2025")
    gallery.get_by_role("link", name="Về hôm nay").click()
    expect(gallery.get_by_role("link", name="Về hôm nay")).to_be_hidden()
