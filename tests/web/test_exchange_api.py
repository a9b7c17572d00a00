"""Imports over the API: the same answers as the command, the same refusals as the screens."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.integration.exchange.workbooks import LINES, changed, workbook

from hientai.apps.cadres.models import Person

pytestmark = pytest.mark.django_db


def _sent(client: Client, content: bytes, **more: str) -> Any:
    data = {"workbook": SimpleUploadedFile("ds.xlsx", content), "unit": "T.H1.X1"} | more
    return client.post("/api/v1/imports", data)


def test_a_dry_run_accounts_for_every_row_and_writes_nothing(signed_in: Client) -> None:
    people = Person.objects.count()
    answer = _sent(signed_in, workbook()).json()
    assert answer["counts"]["created"] == 3 and answer["committed"] is False
    assert [(row["sheet"], row["row"]) for row in answer["rows"]] == [
        ("Sheet", 4),
        ("Sheet", 5),
        ("Sheet", 6),
    ]
    assert answer["rows"][0]["fields"]["name"] == "Lò Thị Mai Hương"
    assert Person.objects.count() == people


def test_a_commit_writes_and_the_second_changes_nothing(signed_in: Client) -> None:
    assert _sent(signed_in, workbook(), commit="true").json()["committed"] is True
    again = _sent(signed_in, workbook(), commit="true").json()
    assert again["counts"]["unchanged"] == 3


def test_one_bad_row_keeps_all_out_unless_part_is_allowed(signed_in: Client) -> None:
    people, content = Person.objects.count(), workbook(changed(LINES, 0, "Ngày sinh", "31/02/1980"))
    answer = _sent(signed_in, content, commit="true").json()
    assert answer["committed"] is False and Person.objects.count() == people
    assert {"field": "born", "cell": "C4"}.items() <= answer["rows"][0]["reasons"][0].items()
    assert _sent(signed_in, content, commit="true", allow_partial="true").json()["committed"] is True
    assert Person.objects.count() == people + 2


def test_a_mapping_can_be_sent_along(signed_in: Client) -> None:
    mapping = "worksheet_mapping: 1\nheadings:\n  Nơi ở hiện nay: ''\n"
    answer = _sent(signed_in, workbook(), mapping=mapping).json()
    assert "residence" not in answer["rows"][0]["fields"]


@pytest.mark.parametrize(
    ("content", "more", "code"),
    [
        (b"%PDF-1.7", {}, "wrong_type"),
        (workbook(), {"mapping": "worksheet_mapping: 1\nheadings: {Tên: khong_co}"}, "unknown_field"),
        (workbook(), {"mapping": "- 1"}, "bad_mapping"),
        (workbook(), {"unit": "KHONG.CO"}, "not_found"),
    ],
)
def test_a_bad_request_is_a_problem_with_its_code(
    signed_in: Client, content: bytes, more: dict[str, str], code: str
) -> None:
    response = _sent(signed_in, content, **more)
    assert response.status_code in (400, 404) and response.json()["code"] == code


def test_a_request_without_a_file_is_refused(signed_in: Client) -> None:
    assert signed_in.post("/api/v1/imports", {"unit": "T.H1.X1"}).status_code == 422


def test_an_import_of_the_browser_is_seen_by_its_owner(signed_in: Client) -> None:
    address = signed_in.post(
        "/nhap/", {"workbook": SimpleUploadedFile("a.xlsx", workbook()), "unit": "T.H1.X1"}
    )["Location"]
    token = address.split("/")[2]
    answer = signed_in.get(f"/api/v1/imports/{token}").json()
    assert answer["state"] == "mapping" and answer["unit"] == "T.H1.X1"
    assert signed_in.get("/api/v1/imports/khong-phai").status_code == 404
