"""A real browser against a live server: Debian's Chromium, an officer's settings, every page watched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from tests.support.browser import Watch, watch

from hientai.apps.accounts.models import User
from hientai.apps.accounts.services import grant_role, open_account
from hientai.apps.accounts.types import Role
from hientai.foundation.actor import system

# Playwright runs an event loop in this thread, where Django refuses the database; the tests are synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

OPENED = date(2020, 1, 1)
PASSWORD = "mat khau de thu"
BACKEND = "django.contrib.auth.backends.ModelBackend"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "functional" in item.path.parts:
            item.add_marker(pytest.mark.functional)


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """WhiteNoise warns where nothing was collected; the live server finds the files by itself."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Pages get the live server's address; the plugin's own fixture is written in a way pytest 10 drops."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's browser instead of one that Playwright would download."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip("no Chromium here; install it with: apt-get install chromium")
    return {"executable_path": browser, "args": list(QUIET), "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1440, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def watched() -> list[Watch]:
    """The watches of this test's pages; `watched[0].allowed.append("404")` where a complaint is expected."""
    return []


@pytest.fixture
def new_page(
    new_context: Callable[..., BrowserContext], live_server: Any, watched: list[Watch]
) -> Iterator[Any]:
    """Opens watched pages, each in a context of its own: `new_page(color_scheme="dark")`.

    After the test, a page that asked outside or complained fails it.
    """

    def opened(**options: Any) -> Page:
        page = new_context(base_url=live_server.url, **options).new_page()
        page.set_default_timeout(10_000)
        watched.append(watch(page, live_server.url))
        return page

    yield opened
    complaints = [complaint for one in watched for complaint in one.complaints]
    assert not complaints, complaints


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One watched page with the settings of an office computer."""
    return new_page()


@pytest.fixture
def account(transactional_db: None) -> User:
    """An account without any grant."""
    maker = system(OPENED)
    return open_account(actor=maker, username="can.bo", display_name="Lò Thị Mai Hương", password=PASSWORD)


@pytest.fixture
def board_officer(account: User) -> User:
    """The same account, which may see everybody."""
    grant_role(actor=system(OPENED), user=account, role=Role.BOARD_OFFICER, valid_from=OPENED)
    return account


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, str], None]:
    """Signs an account in without the form (test_sign_in.py walks that): `sign_in(page, "can.bo")`."""

    def signed_in(page: Page, username: str) -> None:
        client = Client()
        client.force_login(User.objects.get(username=username), backend=BACKEND)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return signed_in
