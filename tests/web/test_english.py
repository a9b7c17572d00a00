"""What was said in Vietnamese when it was stored is read in English by whoever reads English."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.province import Province
from tests.integration.exchange.workbooks import LINES, changed, workbook

from hientai.apps.exchange.models import ImportBatch

pytestmark = pytest.mark.django_db
UNIT = "T.H1.X1"


def _speak(client: Client, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language


def _mapping(page: str) -> dict[str, str]:
    choice = r'<select name="([^"]+)"(?:(?!</select>).)*?<option value="([^"]*)" selected'
    sheets = re.findall(r'<input type="checkbox" name="(read:[^"]+)"', page)
    return dict(re.findall(choice, page, re.S)) | dict.fromkeys(sheets, "on") | {"unit": UNIT}


def test_reasons_of_an_import_are_told_in_the_language_of_the_reader(signed_in: Client) -> None:
    wrong = SimpleUploadedFile("a.xlsx", workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))
    signed_in.post("/nhap/", {"workbook": wrong, "unit": UNIT})
    address = f"/nhap/{ImportBatch.objects.latest('id').token}/"
    columns = signed_in.get(f"{address}cot/").content.decode()
    page = signed_in.post(f"{address}cot/", _mapping(columns), follow=True).content.decode()
    assert "tháng 2 năm 1983 chỉ có 28 ngày" in page
    _speak(signed_in, "en")
    page = signed_in.get(f"{address}xem/").content.decode()
    assert "month 2 of 1983 has only 28 days" in page and "chỉ có 28 ngày" not in page
    assert ">Date of birth<" in signed_in.get(f"{address}cot/").content.decode()


def test_places_in_a_checked_draft_are_named_in_english(signed_in: Client) -> None:
    _speak(signed_in, "en")
    text = "Báo cáo\nTrong tổng số 81 đồng chí có nữ 14 đồng chí, chiếm 12,78%."
    answer = signed_in.post("/so-lieu/kiem-tra/", {"text": text}, follow=True).content.decode()
    assert ">line 2<" in answer and "1 place is wrong" in answer


def test_a_sheet_called_like_a_place_keeps_its_name() -> None:
    from django.utils.translation import gettext, override

    from hientai.apps.reports.checking import _place

    with override("en"):
        assert _place("Trang 2!C4", gettext) == "Trang 2!C4"
        assert _place("trang 2, bảng từ dòng 3, C4", gettext) == "page 2, table from line 3, C4"
    assert _place("trang 2, dòng 1", str) == "trang 2, dòng 1"


def test_rules_are_told_in_english(signed_in: Client) -> None:
    _speak(signed_in, "en")
    asked = "/ra-soat/?standard=plan.commune.chair&as_of=05/03/2024"
    page = signed_in.get(asked).content.decode()
    assert "Planning: chair of a commune People&#x27;s Committee" in page
    assert "Enough working age left for one full term" in page
    assert "Còn đủ tuổi công tác trọn một nhiệm kỳ" not in page
    values = signed_in.get("/quy-dinh/tham-so/?as_of=05/03/2024").content.decode()
    assert "Working age left when planned" in values and "Tuổi công tác còn lại khi quy hoạch" not in values


NOTES = (
    (
        "/quy-dinh/van-ban/qd-377-2025/",
        "Counted over titles of the same level.",
        "Tính trên các chức danh cùng cấp",
    ),
    ("/quy-dinh/van-ban/qd-377-2025/", "It has 9 chapters and 57 articles", "Gồm 9 chương"),
    ("/quy-dinh/?as_of=05/03/2024", "Law on Cadres and Civil Servants", "Luật Cán bộ, công chức"),
    (
        "/quy-trinh/dinh-nghia/planning.on_spot.qd-377/",
        "Key-official conference introduces",
        "Hội nghị cán bộ chủ chốt",
    ),
    ("/quy-trinh/dinh-nghia/planning.on_spot.qd-377/", "Approved into the plan", "Được phê duyệt quy hoạch"),
    (
        "/quy-trinh/dinh-nghia/planning.on_spot.qd-377/",
        "The level that manages the title",
        "Cấp quản lý chức danh",
    ),
    ("/quy-trinh/", "Yearly review of the plan", "Rà soát quy hoạch hằng năm"),
)


@pytest.mark.parametrize(("address", "english", "vietnamese"), NOTES)
def test_notes_of_values_and_titles_of_procedures_are_told_in_english(
    signed_in: Client, address: str, english: str, vietnamese: str
) -> None:
    page = signed_in.get(address).content.decode()
    assert vietnamese in page and english not in page
    _speak(signed_in, "en")
    page = signed_in.get(address).content.decode()
    assert english in page and vietnamese not in page


def test_values_of_code_lists_are_told_in_english(signed_in: Client, province: Province) -> None:
    asked = "/can-bo/?as_of=05/03/2024"
    assert "Đại học" in signed_in.get(asked).content.decode()
    _speak(signed_in, "en")
    page = signed_in.get(asked).content.decode()
    assert ">Bachelor<" in page and ">Đại học<" not in page
    listed = signed_in.get("/danh-muc/political_theory/").content.decode()
    assert "Intermediate" in listed and ">Trung cấp<" not in listed
