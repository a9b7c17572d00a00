"""The page of impact: units folded, every number opening its list, without JavaScript."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.screening import changes

pytestmark = pytest.mark.django_db
ADDRESS = (
    "/ra-soat/thay-doi/?standard=plan.commune.secretary&before=qd-50-2021&after=qd-377-2025&as_of=2025-11-01"
)
NUMBER = re.compile(r'<a href="([^"]*\bwho=[^"]*)#list">(?:<b>)?([\d.]+)(?:</b>)?</a>')


@pytest.fixture
def officer(client: Client, province: Province) -> Client:
    sign_in(client, "bantochuc")
    return client


def _page(client: Client, query: str = "") -> str:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return response.content.decode()


def _units(page: str) -> str:
    return page[page.index('id="units"') :]


def test_every_number_of_the_page_opens_a_list_of_that_length(officer: Client) -> None:
    numbers = NUMBER.findall(_page(officer, "&units=all"))
    assert any("in=" in address for address, _ in numbers) and any("who=everybody" in a for a, _ in numbers)
    for address, number in numbers:
        shown = officer.get("/ra-soat/thay-doi/" + html.unescape(address)).content.decode()
        assert f"Danh sách: {number} người" in shown, address


def test_units_come_by_pages_the_most_changed_first_and_all_at_once_when_asked(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = re.findall(r'<tr><th scope="row">([^<]*)</th>', _units(_page(officer, "&units=all")))
    monkeypatch.setattr(changes, "UNITS", 2)
    first, second = (_units(_page(officer, query)) for query in ("", "&units=2"))
    names = [re.findall(r'<tr><th scope="row">([^<]*)</th>', part) for part in (first, second)]
    assert len(every) > 3 and names == [every[:2], every[2:4]]
    assert "units=2" in first and "units=all" in first and "#units" in first
    beyond = _units(_page(officer, "&units=999"))
    assert re.findall(r'<tr><th scope="row">([^<]*)</th>', beyond) == every[-(len(every) % 2 or 2) :]
    assert re.findall(r'<tr><th scope="row">([^<]*)</th>', _units(_page(officer, "&units=xyz"))) == every[:2]


def test_turning_the_page_of_units_keeps_the_list_that_is_open(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "UNITS", 1)
    page = _units(_page(officer, "&who=everybody"))
    assert re.search(r'href="\?[^"]*who=everybody[^"]*units=2#units"', page)


def test_a_list_that_no_number_opens_is_not_there(officer: Client) -> None:
    assert officer.get(ADDRESS + "&who=khong-co").status_code == 404
    assert "Danh sách: 0 người" in _page(officer, "&who=gains&in=999999")
