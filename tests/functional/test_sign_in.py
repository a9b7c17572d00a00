"""Signing in, as a person does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import WIDTHS, accessibility_faults, sideways_overflow, take_pictures

from hientai.apps.accounts.models import User

SIGN_IN = "/dang-nhap/"
PASSWORD = "mat khau de thu"  # of the account in conftest.py


def fill_in(page: Page, username: str, password: str) -> None:
    page.goto(SIGN_IN)
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.mark.parametrize("width", [*WIDTHS, 320])
def test_sign_in_page_is_accessible_and_fits(page: Page, width: int, transactional_db: None) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(SIGN_IN)
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert accessibility_faults(page) == []
    assert sideways_overflow(page) == 0


def test_sign_in_page_is_accessible_in_the_dark(
    new_page: Callable[..., Page], transactional_db: None
) -> None:
    page = new_page(color_scheme="dark")
    page.goto(SIGN_IN)
    assert accessibility_faults(page) == []


def test_wrong_password_is_told_on_top_with_focus_and_keeps_the_name(page: Page, account: User) -> None:
    fill_in(page, account.username, "sai rồi")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("input[name=username]")).to_have_value(account.username)
    expect(page.locator("input[name=password]")).to_have_value("")
    assert accessibility_faults(page) == []


def test_right_password_opens_the_house(page: Page, account: User) -> None:
    fill_in(page, account.username, PASSWORD)
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_attached()
    take_pictures(page, "home-without-grants")
    assert accessibility_faults(page) == []


def test_signing_in_and_out_works_without_scripts(new_page: Callable[..., Page], account: User) -> None:
    page = new_page(java_script_enabled=False)
    fill_in(page, account.username, PASSWORD)
    page.locator("summary", has_text="Tài khoản").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_language_is_switched_by_a_plain_button(
    new_page: Callable[..., Page], transactional_db: None
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(SIGN_IN)
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
