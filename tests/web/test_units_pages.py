"""Screens of units: figures open their lists, acts are previewed before they are recorded, a frozen unit says so."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.factories.province import Province

from hientai.apps.organization import selectors, services
from hientai.apps.organization.drawing import treemap
from hientai.foundation.actor import Actor

pytestmark = pytest.mark.django_db


def test_a_unit_is_found_by_a_former_name_without_accents(
    signed_in: Client, province: Province, officer: Actor
) -> None:
    from hientai.apps.organization.types import ActDraft, ActKind, UnitChange

    change = UnitChange("T.H1.X1", {"name": "Xã Hoàn Toàn Mới"})
    services.carry_out(
        actor=officer, drafts=[ActDraft(ActKind.RENAME, date(2026, 1, 1), "QĐ", changes=(change,))]
    )
    page = signed_in.get("/to-chuc/don-vi/?q=ban lanh 1&as_of=05/03/2026").content.decode()
    assert "Xã Hoàn Toàn Mới" in page and "T.H1.X1" in page
    assert "Xã Hoàn Toàn Mới" in signed_in.get("/tim/?q=ban lanh 1&as_of=05/03/2026").content.decode()


def test_an_act_is_shown_once_more_before_it_is_recorded(
    signed_in: Client, province: Province, officer: Actor
) -> None:
    address = "/to-chuc/don-vi/T.H1.X1/quyet-dinh/rename/?as_of=05/03/2026"
    sent = {"decision": "QĐ 7", "day": "01/01/2026", "name": "Xã Mới"}
    shown = signed_in.post(address, sent)
    assert "Xem lại trước khi ghi" in shown.content.decode()
    assert (
        selectors.unit_by_code(actor=officer, as_of=date(2026, 1, 1), code="T.H1.X1").name == "Xã Bản Lạnh 1"
    )
    done = signed_in.post(address, {**sent, "confirmed": "1"}, follow=True)
    assert "Xã Mới" in done.content.decode()


def test_a_refused_act_says_why_and_keeps_what_was_typed(signed_in: Client, province: Province) -> None:
    answer = signed_in.post(
        "/to-chuc/don-vi/T.SNV/quyet-dinh/dissolve/",
        {"decision": "QĐ 9", "day": "01/01/2026", "confirmed": "1"},
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Hãy chuyển họ trước" in page and "QĐ 9" in page
    bad = signed_in.post(
        "/to-chuc/don-vi/T.SNV/quyet-dinh/split/", {"decision": "Q", "day": "01/01/2026", "parts": "A; B; x"}
    )
    assert "không phải là một phần" in bad.content.decode()
    assert signed_in.get("/to-chuc/don-vi/T.SNV/quyet-dinh/burn/").status_code == 404


def test_a_frozen_unit_says_so_and_a_window_can_be_lifted(signed_in: Client, province: Province) -> None:
    sent = {
        "unit": "T.H1",
        "kinds": ["planning"],
        "first": "01/01/2026",
        "last": "31/12/2026",
        "decision": "KL 128-KL/TW",
    }
    assert signed_in.post("/to-chuc/tam-dung/?as_of=05/03/2026", sent).status_code == 302
    page = signed_in.get("/to-chuc/don-vi/T.H1.X1/?as_of=05/03/2026").content.decode()
    assert "Đang tạm dừng" in page and "KL 128-KL/TW" in page
    window = selectors.freezes(actor=province.maker, as_of=date(2026, 3, 5))[0]
    signed_in.post(f"/to-chuc/tam-dung/{window.id}/bo/?as_of=05/03/2026")
    assert "Đang tạm dừng" not in signed_in.get("/to-chuc/don-vi/T.H1.X1/?as_of=05/03/2026").content.decode()
    for wrong in ({**sent, "unit": "NO"}, {**sent, "last": "01/01/2025"}, {**sent, "decision": ""}):
        assert signed_in.post("/to-chuc/tam-dung/", wrong).status_code == 400


def test_the_number_of_people_of_a_unit_opens_exactly_that_list(
    signed_in: Client, province: Province, officer: Actor
) -> None:
    from hientai.apps.cadres import units

    commune = province.units["T.H1.X1"]
    number = units.present(actor=officer, as_of=date(2026, 3, 5), unit_ids=[commune])[commune]
    address = units.list_url("T.H1.X1", date(2026, 3, 5))
    assert signed_in.get(address).context["page"].paginator.count == number > 0


def test_people_outside_the_scope_are_not_named_on_a_chart(client: Client, province: Province) -> None:
    from tests.conftest import sign_in

    from hientai.apps.cadres.models import BiographicalRecord, Position

    elsewhere = Position.objects.as_of(date(2026, 3, 5)).filter(
        seat__unit_id=province.units["T.H2.X1"], seat__title__code="commune.secretary"
    )
    name = BiographicalRecord.objects.known_on().get(person_id=elsewhere[0].person_id).full_name
    shown = {}
    for username in ("bantochuc", "huyen1", "canbo"):
        page = sign_in(client, username).get("/to-chuc/so-do/?goc=T.H2&as_of=05/03/2026").content.decode()
        shown[username] = name in page
    assert shown == {"bantochuc": True, "huyen1": False, "canbo": False}


def test_a_chart_names_what_is_otherwise_on_the_other_day(
    signed_in: Client, province: Province, officer: Actor
) -> None:
    from hientai.apps.organization.types import ActDraft, ActKind, UnitChange

    change = UnitChange("T.SNV", {"name": "Sở Tổ chức"})
    services.carry_out(
        actor=officer, drafts=[ActDraft(ActKind.RENAME, date(2026, 1, 1), "QĐ", changes=(change,))]
    )
    page = signed_in.get("/to-chuc/so-do/?as_of=05/03/2026&so=01/01/2025").content.decode()
    assert "org__unit--renamed" in page and "đổi tên: Sở Nội vụ" in page
    opened = signed_in.get(
        "/to-chuc/so-do/?mo=T.H1&as_of=05/03/2026", headers={"HX-Request": "true", "HX-Target": "chart"}
    )
    assert (
        opened.content.decode().lstrip().startswith('<div id="chart"')
        and "Xã Nà Hoa 1" in opened.content.decode()
    )


def test_the_rectangles_of_the_map_cover_the_sheet_in_proportion() -> None:
    sizes = {1: 600, 2: 200, 3: 100, 4: 60, 5: 40, 6: 0}
    tiles = treemap(sizes, 1000, 500)
    area = {tile.key: tile.width * tile.height for tile in tiles}
    assert set(area) == {1, 2, 3, 4, 5}
    assert all(abs(area[key] / 500_000 - sizes[key] / 1000) < 0.01 for key in area)
    assert treemap({}) == ()


def test_units_over_the_api(signed_in: Client, province: Province) -> None:
    listed = signed_in.get("/api/v1/units?under=T.H1&as_of=05/03/2026").json()
    assert listed["total"] == 4 and listed["units"][0]["parent"] == "T"
    assert signed_in.get("/api/v1/units/T.H1.X1").json()["level"] == "commune"
    assert signed_in.get("/api/v1/units/T.H1.X1/lineage").json()["edges"] == []
    assert signed_in.get("/api/v1/units/NO").status_code == 404
