"""What is taken from others is exactly what the manifest says; nothing on a page asks an outside address."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hientai"
WEB = SOURCE / "foundation" / "web"
VENDOR = WEB / "static" / "vendor"
OWN = WEB / "static" / "hientai"
PACKAGES = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))["packages"]
VENDORED = {file: digest for package in PACKAGES for file, digest in package["files"].items()}
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
SHEETS = sorted(OWN.glob("*.css"))
READ_BY_BROWSERS = [*TEMPLATES, *SHEETS, *sorted(OWN.glob("*.js")), *sorted(OWN.glob("*.svg"))]


def the_name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("file", sorted(VENDORED))
def test_vendored_file_is_what_the_manifest_says(file: str) -> None:
    assert hashlib.sha256((VENDOR / file).read_bytes()).hexdigest() == VENDORED[file]


def test_every_vendored_file_is_in_the_manifest() -> None:
    there = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert there - {"manifest.json"} == set(VENDORED)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_vendored_package_names_its_version_origin_and_licence_and_carries_the_licence(package: dict) -> None:
    assert re.fullmatch(r"\d+(\.\d+)+", package["version"])
    assert package["origin"] and package["licence"]
    assert any(file.endswith("/LICENSE") for file in package["files"])


def test_third_party_notice_lists_every_package() -> None:
    notice = (SOURCE.parents[1] / "THIRD_PARTY.md").read_text(encoding="utf-8")
    for package in PACKAGES:
        assert f"| {package['name']} | {package['version']} | {package['licence']} |" in notice


def test_every_vendored_script_and_screen_font_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in READ_BY_BROWSERS)
    for file in VENDORED:
        if file.endswith((".js", ".css", ".woff2")):
            assert f"vendor/{file}" in text, f"{file} is vendored but no page uses it"


@pytest.mark.parametrize("path", READ_BY_BROWSERS, ids=the_name)
def test_nothing_a_browser_reads_names_an_outside_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.findall(r"""(?:https?:)?//[\w-]+\.[\w.-]+|@import""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=the_name)
def test_template_keeps_to_the_content_security_policy(path: Path) -> None:
    text = re.sub(
        r"{%.*?%}", "", path.read_text(encoding="utf-8")
    )  # `{% query only=... %}` reaches no browser
    assert not re.findall(r"\sstyle\s*=", text), "no inline style: the policy is style-src 'self'"
    assert not re.findall(r"<style\b", text)
    assert not re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), "no inline script"
    assert not re.findall(r"\son[a-z]+\s*=", text), "no inline event handler"
    assert not re.findall(r"hx-on|hx-vals\s*=\s*['\"]js:|javascript:", text)


@pytest.mark.parametrize("path", SHEETS, ids=the_name)
def test_style_sheet_can_be_read_by_the_oldest_supported_browser(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    too_new = re.findall(
        r":has\(|color-mix\(|oklch\(|oklab\(|@layer|@container|^\s*&|light-dark\(", text, re.MULTILINE
    )
    assert not too_new, "Chrome 109 does not understand these"


@pytest.mark.parametrize("path", SHEETS, ids=the_name)
def test_style_sheet_uses_only_colours_that_are_defined(path: Path) -> None:
    defined = set(
        re.findall(r"^\s*(--[\w-]+):", (OWN / "base.css").read_text(encoding="utf-8"), re.MULTILINE)
    )
    used = set(re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8")))
    assert used <= defined


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (OWN / "icons.svg").read_text(encoding="utf-8")))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(
            r"""(?:<c-icon name|\bicon|icon_after)="([a-z]+)\"""", path.read_text(encoding="utf-8")
        )
    }
    assert named, "no template names an icon"
    assert named <= drawn


def test_there_are_at_most_thirty_components_and_all_are_in_the_gallery() -> None:
    components = sorted(path.stem for path in (WEB / "templates" / "cotton").glob("*.html"))
    shown = "".join(
        path.read_text(encoding="utf-8") for path in (SOURCE / "site/templates/gallery").glob("*.html")
    )
    frame = (WEB / "templates" / "base.html").read_text(encoding="utf-8")
    inside = (WEB / "templates" / "cotton" / "page_header.html").read_text(encoding="utf-8")
    assert len(components) <= 30
    for component in components:
        tag = f"<c-{component.replace('_', '-')} "
        assert tag in shown + frame + inside, f"{component} is not shown in the gallery"


def vietnamese_letters() -> Iterator[str]:
    """The 134 letters beyond plain Latin: ă â đ ê ô ơ ư, and every vowel with every tone; both cases."""
    for vowel in "aăâeêioôơuưy":
        for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"):
            letter = unicodedata.normalize("NFC", vowel + tone)
            if not letter.isascii():
                yield from (letter, letter.upper())
    yield from "đĐ"


def letters_in(font: bytes) -> set[int]:
    """The code points of a TrueType font, by the format 4 subtable of its `cmap` (OpenType)."""
    tables = {
        font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16]) for at in range(12, 12 + 16 * 64, 16)
    }
    cmap, _ = tables[b"cmap"]
    for record in range(struct.unpack(">H", font[cmap + 2 : cmap + 4])[0]):
        place = cmap + struct.unpack(">I", font[cmap + 8 + 8 * record : cmap + 12 + 8 * record])[0]
        if struct.unpack(">H", font[place : place + 2])[0] == 4:
            return set(_segments(font, place))
    raise AssertionError("the font has no format 4 character map")


def _segments(font: bytes, place: int) -> Iterator[int]:
    count = struct.unpack(">H", font[place + 6 : place + 8])[0] // 2
    ends = struct.unpack(f">{count}H", font[place + 14 : place + 14 + 2 * count])
    starts = struct.unpack(f">{count}H", font[place + 16 + 2 * count : place + 16 + 4 * count])
    for start, end in zip(starts, ends, strict=True):
        if start != 0xFFFF:
            yield from range(start, end + 1)


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_document_font_has_every_vietnamese_letter(style: str) -> None:
    wanted = {ord(letter) for letter in vietnamese_letters()}
    assert len(wanted) == 134
    assert wanted <= letters_in((VENDOR / f"liberation-serif/LiberationSerif-{style}.ttf").read_bytes())


def test_screen_font_ranges_cover_every_vietnamese_letter() -> None:
    covered: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]{4})(?:-([0-9A-F]{4}))?", (OWN / "fonts.css").read_text()):
        covered |= set(range(int(first, 16), int(last or first, 16) + 1))
    assert {ord(letter) for letter in vietnamese_letters()} <= covered
