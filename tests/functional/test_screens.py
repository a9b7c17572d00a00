"""Every screen as an officer meets it: accessible, fitting at every width, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.factories.province import Province
from tests.support.browser import WIDTHS, accessibility_faults, sideways_overflow, take_pictures


@pytest.fixture
def office(page: Page, transactional_db: None, province: Province, sign_in: Callable[..., None]) -> Page:
    """A board officer of the small province, signed in."""
    sign_in(page, "bantochuc")
    return page


def screens(page: Page) -> Iterator[str]:
    """Opens the screens one after the other, each reached by the links of the one before."""
    page.goto(reverse("home"))
    yield "home"
    page.goto(reverse("people"))
    yield "people"
    page.locator(".table tbody a").first.click()
    yield "person"
    page.goto(reverse("search") + "?q=nguyen")
    yield "search"
    page.goto(reverse("screening"))
    yield "screening-empty"
    page.goto(reverse("screening") + "?as_of=05/03/2025")
    page.locator("select[name=standard]").select_option(index=0)
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("#screening-answer .tile").first).to_be_visible()
    yield "screening"
    page.locator("#screening-answer a[href*='tieu-chuan']").first.click()
    expect(page.locator(".why__source a").first).to_be_visible()
    yield "explanation"
    page.goto(reverse("coverage"))
    yield "coverage"
    page.locator("#coverage .table td a").first.click()
    yield "coverage-behind"


def test_every_screen_is_accessible_and_fits(office: Page) -> None:
    faults: list[str] = []
    for name in screens(office):
        take_pictures(office, name)
        for width in (*WIDTHS, 320):
            office.set_viewport_size({"width": width, "height": 900})
            if width in (1440, 390):
                faults += [f"{name} at {width}: {fault}" for fault in accessibility_faults(office)]
            if wider := sideways_overflow(office):
                faults.append(f"{name} at {width}: {wider} pixels too wide")
        office.set_viewport_size({"width": 1440, "height": 900})
    assert not faults, "\n".join(sorted(set(faults)))


def test_every_screen_is_accessible_in_the_dark(office: Page) -> None:
    office.emulate_media(color_scheme="dark")
    faults = [f"{name}: {fault}" for name in screens(office) for fault in accessibility_faults(office)]
    assert not faults, "\n".join(sorted(set(faults)))
