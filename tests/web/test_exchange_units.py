"""Lists that name no unit: asked once, on the page, in words of the page; and the level of titles that follows it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.province import FOUNDED, Province
from tests.integration.exchange.workbooks import LINES, changed, workbook
from tests.web.test_exchange_wizard import _bring, _commit, _latest, _map, _owner

from hientai.apps.cadres.models import Position
from hientai.apps.organization import services as organization
from hientai.apps.organization.types import Level, Tier, TitleDraft

pytestmark = pytest.mark.django_db
AGREED = {"unit": "", "without_unit": "on"}


def _without_unit(client: Client, content: bytes | None = None) -> str:
    assert _bring(client, content or workbook(), unit="").status_code == 302
    return _map(client, **AGREED)


def test_the_mapping_asks_for_the_unit_of_a_list_that_names_none(signed_in: Client) -> None:
    _bring(signed_in, workbook(), unit="")
    address = f"/nhap/{_latest().token}/cot/"
    assert 'name="without_unit"' in signed_in.get(address).content.decode()
    response = signed_in.post(address, {"read:Sheet": "on", "0:B": "name", "unit": ""})
    page = response.content.decode()
    assert response.status_code == 400 and "không có cột đơn vị" in page and "--unit" not in page
    assert _latest().state == "mapping"


def test_a_list_with_a_column_of_units_is_not_asked(signed_in: Client) -> None:
    headings = [
        *("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chức vụ", "Đơn vị công tác", "Ghi chú")
    ]
    lines = changed(LINES, 0, "Trình độ chuyên môn", "Xã Bản Lạnh 1")
    _bring(signed_in, workbook(lines, headings=headings), unit="")
    assert "without_unit" not in signed_in.get(f"/nhap/{_latest().token}/cot/").content.decode()


def test_rows_without_a_unit_are_asked_for_on_the_preview_and_then_taken(signed_in: Client) -> None:
    page = _without_unit(signed_in)
    assert _latest().counts["refused"] == 3 and "3 dòng chưa biết thuộc đơn vị nào" in page
    assert "--unit" not in page and 'list="units"' in page and 'value="T.H1.X1"' in page
    token = _latest().token
    asked = signed_in.post(f"/nhap/{token}/xem/", {"unit": "Xã Bản Lạnh 1"}, follow=True)
    assert "chưa biết thuộc đơn vị nào" not in asked.content.decode()
    assert _latest().counts["created"] == 3 and _latest().unit.code == "T.H1.X1"
    _commit(signed_in)
    assert _owner("011180000011").held_by.code == "T.H1.X1"


def test_a_name_of_several_units_is_chosen_from_a_list(signed_in: Client) -> None:
    _without_unit(signed_in)
    token = _latest().token
    response = signed_in.post(f"/nhap/{token}/xem/", {"unit": "Xã Nà Hoa"})
    page = response.content.decode()
    assert response.status_code == 400
    assert set(re.findall(r'<option value="(T\.[^"]+)">[^<]*Nà Hoa', page)) >= {"T.H1.X2", "T.H2.X2"}
    signed_in.post(f"/nhap/{token}/xem/", {"unit": "T.H2.X2"}, follow=True)
    assert _latest().unit.code == "T.H2.X2" and _latest().counts["refused"] == 0


def test_where_the_unit_is_not_clear_the_page_says_that_the_file_must_be_chosen_again(
    signed_in: Client,
) -> None:
    with_file = _bring(signed_in, workbook(), unit="Xã Nà Hoa")
    assert with_file.status_code == 400 and "chọn lại tệp" in with_file.content.decode()
    pasted = signed_in.post(
        "/nhap/", {"pasted": "Họ và tên\tNgày sinh\nLò Thị Mai\t1980", "unit": "Xã Nà Hoa"}
    )
    page = pasted.content.decode()
    assert pasted.status_code == 400 and "chọn lại tệp" not in page and "Lò Thị Mai" in page


@pytest.mark.parametrize("unit", ["", "  ", "Xã Không Có Đâu"])
def test_a_unit_that_is_none_changes_nothing(signed_in: Client, unit: str) -> None:
    _without_unit(signed_in)
    version = _latest().version
    response = signed_in.post(f"/nhap/{_latest().token}/xem/", {"unit": unit})
    assert response.status_code == 400 and _latest().version == version and _latest().unit is None


# --- the level of titles


def _titled(client: Client, title: str, unit: str, sheet: str = "Sheet") -> str:
    content = workbook(changed(LINES[:1], 0, "Chức vụ", title), sheet=sheet)
    _bring(client, content, unit=unit)
    return _map(client, unit=unit, **{f"read:{sheet}": "on"})


def test_a_title_follows_the_level_of_its_unit(signed_in: Client) -> None:
    page = _titled(signed_in, "Bí thư Đảng ủy", "T.H1.X1")
    assert "Bí thư Đảng ủy xã" in page and "title_level" not in str(_latest().rows.get().shown)


def test_a_commune_title_in_the_list_of_a_province_is_doubted(signed_in: Client, province: Province) -> None:
    page = _titled(signed_in, "Bí thư Đảng ủy phường", "T")
    assert "được hiểu là chức danh cấp xã" in page and "Tỉnh Thử Nghiệm (cấp tỉnh)" in page
    _commit(signed_in)
    held = Position.objects.known_on().get(person=_owner("011180000011"))
    assert held.seat.title_id == province.titles["commune.secretary"]


def test_the_name_of_the_sheet_tells_the_level_too(signed_in: Client) -> None:
    page = _titled(signed_in, "Chủ tịch UBND", "T", sheet="DS phường")
    assert "Chủ tịch UBND xã" in page and "theo “DS phường”" in page


def test_a_title_of_several_levels_is_read_at_the_level_chosen_and_said_so(
    signed_in: Client, province: Province
) -> None:
    organization.enter_titles(
        actor=province.maker,
        drafts=[TitleDraft("province.chair", "Chủ tịch UBND tỉnh", Level.PROVINCE, 96, Tier.SECRETARIAT, FOUNDED,
                           is_leadership=True)],
    )  # fmt: skip
    organization.enter_titles(
        actor=province.maker,
        drafts=[TitleDraft("commune.chair_too", "Chủ tịch UBND phường", Level.COMMUNE, 40, Tier.DISTRICT, FOUNDED,
                           is_leadership=True)],
    )  # fmt: skip
    page = _titled(signed_in, "Chủ tịch UBND", "T")
    assert "có ở nhiều cấp; được hiểu là cấp tỉnh theo đơn vị đã chọn (Tỉnh Thử Nghiệm)" in page
    page = _titled(signed_in, "Chủ tịch UBND", "T.H1.X1")
    assert "có ở nhiều cấp" not in page


def test_a_title_named_for_communes_wards_and_special_zones_is_the_one_a_ward_means(
    signed_in: Client, province: Province
) -> None:
    name = "Bí thư Chi bộ xã, phường, đặc khu"
    organization.enter_titles(
        actor=province.maker,
        drafts=[
            TitleDraft("commune.cell", name, Level.COMMUNE, 40, Tier.DISTRICT, FOUNDED, is_leadership=True)
        ],
    )
    for written in ("Bí thư Chi bộ", "Bí thư Chi bộ phường", "Bí thư Chi bộ xã, phường, đặc khu"):
        assert name in _titled(signed_in, written, "T.H1.X1"), written
        assert "title_new" not in str(_latest().rows.get().shown), written
