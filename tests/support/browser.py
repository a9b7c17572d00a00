"""What journeys in a real browser share: accessibility by axe, pictures, what a page must never do."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

WIDTHS = (1440, 1024, 390)
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass
class Watch:
    """Collects what a page must not do: ask another host, complain on the console, fail in a script.

    allowed: parts of console messages that a test expects (a page that answers 404 is one).
    """

    host: str
    allowed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.complaints.append(f"asked outside: {request.url}")

    def console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(part in message.text for part in self.allowed):
            self.complaints.append(f"console {message.type}: {message.text}")

    def fault(self, error: object) -> None:
        self.complaints.append(f"script fault: {error}")


def watch(page: Page, address: str) -> Watch:
    """Watches a page of the server at `address` from now on."""
    watched = Watch(urlsplit(address).netloc)
    page.on("request", watched.request)
    page.on("console", watched.console)
    page.on("pageerror", watched.fault)
    return watched


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its best practices: the rule, and each element at fault."""
    options = {"runOnly": {"type": "tag", "values": list(STANDARD)}, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


def sideways_overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 where nobody must scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def take_pictures(page: Page, name: str) -> list[Path]:
    """Saves the page at three widths and as printed in $HIENTAI_PICTURES; nothing where that is not set."""
    folder = os.environ.get("HIENTAI_PICTURES")
    if not folder:
        return []
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    before, saved = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        saved.append(place / f"{name}-{width}.png")
        page.screenshot(path=saved[-1], full_page=True)
    if before:
        page.set_viewport_size(before)
    saved.append(place / f"{name}.pdf")
    page.pdf(path=saved[-1], prefer_css_page_size=True)
    return saved
