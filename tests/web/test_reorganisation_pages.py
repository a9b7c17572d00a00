"""Screens of reorganisation: from a draft through a correction to the act and back, and who may not."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import PositionDraft
from hientai.apps.cadres.models import Person
from hientai.apps.organization import selectors as organization
from hientai.apps.organization import services as units
from hientai.apps.organization.models import Seat
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Refused

pytestmark = pytest.mark.django_db
START = {
    "title": "Sắp xếp hai xã", "decision": "NQ 15", "day": "01/01/2026", "ends": "T.H1.X1\nT.H1.X2", "into": "T.H1.N",
    "name": "Xã Hợp Nhất",
}  # fmt: skip


def _draft(client: Client) -> str:
    answer = client.post("/sap-xep/moi/", START)
    assert answer.status_code == 302, answer.content.decode()[:500]
    return answer["Location"]


def test_a_draft_is_previewed_corrected_carried_out_and_undone(signed_in: Client, province: Province) -> None:
    address = _draft(signed_in)
    page = signed_in.get(f"{address}?xem=moved").content.decode()
    assert "trong 24 người" in page and "01/01/2031" in page and "Xã Hợp Nhất" in page
    person = signed_in.get(f"{address}?xem=excess").context["lines"][0][0].code
    choice = {"version": 1, "kind": "leave", "scheme": "178/2024/NĐ-CP"}
    assert signed_in.post(f"{address}nguoi/{person}/", {**choice, "scheme": ""}).status_code == 400
    assert signed_in.post(f"{address}nguoi/{person}/", choice).status_code == 302
    assert "vừa được người khác sửa" in signed_in.post(f"{address}nguoi/{person}/", choice).content.decode()
    assert [line[0].code for line in signed_in.get(f"{address}?xem=leaving").context["lines"]] == [person]
    done = signed_in.post(f"{address}thuc-hien/", follow=True).content.decode()
    assert "Đã thực hiện" in done
    assert person in signed_in.get("/tinh-gian/?as_of=05/03/2026").content.decode()
    assert "T.H1.N" in signed_in.get("/to-chuc/don-vi/?cap=commune&as_of=05/03/2026").content.decode()
    assert signed_in.post(f"{address}hoan-tac/", {"because": ""}).status_code == 400
    undone = signed_in.post(f"{address}hoan-tac/", {"because": "nhầm"}, follow=True).content.decode()
    assert "Đã hoàn tác" in undone
    rows = organization.ids_by_code(actor=province.maker, as_of=date(2026, 3, 5), codes=["T.H1.N", "T.H1.X1"])
    assert list(rows) == ["T.H1.X1"]


def test_the_list_of_a_unit_is_a_word_document(signed_in: Client, province: Province) -> None:
    address = _draft(signed_in)
    answer = signed_in.get(f"{address}danh-sach/T.H1.N.docx")
    assert answer.content[:2] == b"PK" and "attachment" in answer["Content-Disposition"]
    assert signed_in.get(f"{address}danh-sach/T.H2.X1.docx").status_code == 404


def test_the_decision_is_drafted_in_words_until_it_is_carried_out(
    signed_in: Client, province: Province
) -> None:
    from io import BytesIO

    from docx import Document

    address = _draft(signed_in)
    written = Document(BytesIO(signed_in.get(f"{address}quyet-dinh.docx").content))
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert (
        "Điều 1. Kết thúc hoạt động 2 đơn vị" in text
        and "Điều 3. Bố trí 24 người" in text
        and "01/01/2031" in text
    )
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    assert {"Xã Bản Lạnh 1", "Xã Hợp Nhất", "toàn bộ"} <= cells
    signed_in.post(f"{address}thuc-hien/")
    assert signed_in.get(f"{address}quyet-dinh.docx").status_code == 404


def test_a_second_draft_says_on_its_pages_that_the_first_changed_its_units(
    signed_in: Client, province: Province
) -> None:
    first = _draft(signed_in)
    second = signed_in.post(
        "/sap-xep/moi/",
        {**START, "title": "Khác", "ends": "T.H1.X2\nT.H1.X3", "into": "T.H1.M", "name": "Xã Khác"},
    )["Location"]
    assert "Thực hiện…" in signed_in.get(second).content.decode()
    signed_in.post(f"{first}thuc-hien/")
    page = signed_in.get(second).content.decode()
    assert "Dự thảo không còn khớp" in page and "Xã Nà Hoa 1" in page and "Thực hiện…" not in page
    refused = signed_in.post(f"{second}thuc-hien/")
    assert refused.status_code == 409 and "Xã Nà Hoa 1" in refused.content.decode()


def test_a_frozen_unit_is_named_and_an_appointment_by_hand_there_is_refused_with_the_reason(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    units.freeze(
        actor=officer, code="T.H1", kinds=["appointment", "transfer"], from_day=date(2025, 12, 1), to_day=None,
        decision="Kết luận 128-KL/TW",
    )  # fmt: skip
    page = signed_in.get(_draft(signed_in)).content.decode()
    assert "Đơn vị đang tạm dừng công tác cán bộ" in page and "Huyện Sông Đà" in page
    frozen = Seat.objects.filter(unit_id=province.units["T.H1.X3"], title__code="commune.chair").get()
    with pytest.raises(Refused, match="Kết luận 128-KL/TW"):
        cadres.take_up_position(
            actor=officer,
            person_id=province.people[-1],
            position=PositionDraft(frozen.pk, date(2026, 2, 1)),
            source="QĐ",
        )


def test_an_undo_after_an_appointment_is_refused_on_the_page_and_names_who_rests_on_it(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    address = _draft(signed_in)
    signed_in.post(f"{address}thuc-hien/")
    unit = organization.unit_id_of("T.H1.N")
    seat = Seat.objects.filter(unit_id=unit, title__code="commune.specialist").get()
    newcomer = Person.objects.get(pk=province.people[-1])
    cadres.take_up_position(
        actor=officer,
        person_id=newcomer.pk,
        position=PositionDraft(seat.pk, date(2026, 2, 1)),
        source="QĐ bổ nhiệm",
    )
    refused = signed_in.post(f"{address}hoan-tac/", {"because": "nhầm"})
    assert refused.status_code == 400 and newcomer.code in refused.content.decode()
    assert "Hoàn tác…" in signed_in.get(address).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": "T.H9"}, "Không có đơn vị “T.H9”"),
        ({"ends": "T.H1.X1", "into": "T.H1.X1", "name": ""}, "T.H1.X1"),
        ({"day": "không"}, "Hiệu lực từ ngày"),
        ({"ends": "T.H1"}, "chưa có nơi về"),
    ],
)
def test_a_draft_that_cannot_be_says_why(
    signed_in: Client, province: Province, change: dict[str, str], words: str
) -> None:
    answer = signed_in.post("/sap-xep/moi/", {**START, **change})
    assert answer.status_code == 400 and words in answer.content.decode()


def test_a_head_of_a_unit_comments_but_sees_nobody(client: Client, province: Province) -> None:
    address = _draft(sign_in(client, "bantochuc"))
    sign_in(client, "huyen1")
    assert client.get(address).status_code == 403
    page = client.get(f"{address}y-kien/")
    assert page.status_code == 200 and "Xã Bản Lạnh 1" in page.content.decode()
    assert client.post(f"{address}y-kien/", {"unit": "T.H1.X1", "text": "Đồng ý"}).status_code == 302
    assert client.post(f"{address}y-kien/", {"unit": "T.H2.X1", "text": "…"}).status_code == 400
