"""A spelling that no code list knows is explained once on the preview and understood in the next list of the office."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.integration.exchange.workbooks import LINES, changed, workbook
from tests.web.test_exchange_wizard import _bring, _commit, _latest, _map, _owner, _previewed

from hientai.apps.cadres.models import CodeAlias, Qualification

pytestmark = pytest.mark.django_db
ODD = "Tốt nghiệp trường lớn"


def _odd(row: int = 0, text: str = ODD) -> bytes:
    return workbook(changed(LINES, row, "Trình độ chuyên môn", text))


def _teach(client: Client, text: str = ODD, code: str = "bachelor") -> int:
    data = {"list": "professional", "text": text, "code": code}
    return client.post(f"/nhap/{_latest().token}/cach-viet/", data, follow=True).status_code


def _level(identity: str) -> str:
    return Qualification.objects.known_on().get(person=_owner(identity), kind="professional").level


def test_a_spelling_is_taught_once_and_understood_next_time(signed_in: Client) -> None:
    page = _previewed(signed_in, _odd())
    assert f"“{ODD}”" in page and "Cách viết chưa rõ nghĩa" in page and "Chưa nhận ra" in page
    assert _teach(signed_in) == 200
    page = signed_in.get(f"/nhap/{_latest().token}/xem/").content.decode()
    assert "Cách viết chưa rõ nghĩa" not in page and "được hiểu là “Đại học”" in page
    assert CodeAlias.objects.get(folded="tot nghiep truong lon").unit.code == "T.H1.X1"
    _commit(signed_in)
    assert _level("011180000011") == "bachelor"
    page = _previewed(signed_in, _odd(1))
    assert "Cách viết chưa rõ nghĩa" not in page
    _commit(signed_in)
    assert {"bachelor", "master"} >= {_level("011083000022")}


def test_another_office_is_not_told_what_this_one_means(signed_in: Client) -> None:
    _previewed(signed_in, _odd())
    _teach(signed_in)
    _bring(signed_in, _odd(), unit="T.H2.X1")
    assert "Cách viết chưa rõ nghĩa" in _map(signed_in, unit="T.H2.X1")


def test_what_nobody_explains_is_kept_as_written(signed_in: Client) -> None:
    _previewed(signed_in, _odd())
    _commit(signed_in)
    assert _level("011180000011") == ODD


@pytest.mark.parametrize("code", ["", "khong-co-ma"])
def test_a_meaning_that_is_none_is_refused(signed_in: Client, code: str) -> None:
    _previewed(signed_in, _odd())
    version = _latest().version
    assert _teach(signed_in, code=code) == 400
    assert _latest().version == version and not CodeAlias.objects.exists()


def test_an_import_already_written_is_not_taught(signed_in: Client) -> None:
    _previewed(signed_in, _odd())
    _commit(signed_in)
    assert _teach(signed_in) == 409


def test_hostile_spellings_are_shown_as_text(signed_in: Client) -> None:
    page = _previewed(signed_in, _odd(text="<script>alert(1)</script> trường"))
    assert "<script>alert(1)" not in page
