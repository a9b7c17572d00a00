"""The biographical summary (2C): what is stored is printed, the rest is blank, nobody reads more than a page shows."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from docx import Document
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.cadres.models import BiographicalRecord, Person
from hientai.apps.cadres.summary import DOTS, summary_docx, summary_fields
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


def code_in(province: Province, unit: str) -> str:
    return (
        Person.objects.filter(held_by_id=province.units[unit])
        .order_by("id")
        .values_list("code", flat=True)[0]
    )


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_summary_prints_what_the_file_holds(officer: Actor, province: Province) -> None:
    code = code_in(province, "T.H1.X1")
    record = BiographicalRecord.objects.as_of(DAY).get(person__code=code)
    text = text_of(summary_docx(actor=officer, as_of=DAY, code=code))
    assert (
        record.full_name.upper() in text
        and f"Mã hồ sơ: {code}" in text
        and "Tính đến ngày 05/03/2026" in text
    )
    fields = summary_fields(actor=officer, as_of=DAY, code=code)
    assert len(fields["study"]) == 2 and len(fields["career"]) == 1 and fields["career"][0]["until"] == "nay"
    assert fields["ratings"] and str(fields["ratings"][0]["year"]) in text
    assert len(fields["identity"]) == 12 and fields["health"] == DOTS
    assert "{{" not in text and "{%" not in text


def test_what_is_never_stored_is_left_to_be_written_by_hand(officer: Actor, province: Province) -> None:
    text = text_of(summary_docx(actor=officer, as_of=DAY, code=code_in(province, "T.H1.X1")))
    for title in ("36) Quan hệ với nước ngoài", "37) Hoàn cảnh kinh tế"):
        after = text.split(title)[1].split("\n")
        assert "không lưu" in after[0] and set(after[1]) == {"."}


def test_equal_records_give_equal_bytes(officer: Actor, province: Province) -> None:
    code = code_in(province, "T.H1.X1")
    assert summary_docx(actor=officer, as_of=DAY, code=code) == summary_docx(
        actor=officer, as_of=DAY, code=code
    )


def test_a_head_prints_people_of_the_own_district_without_identity_numbers(
    district_head: Actor, province: Province
) -> None:
    fields = summary_fields(actor=district_head, as_of=DAY, code=code_in(province, "T.H1.X1"))
    assert fields["identity"] == DOTS
    with pytest.raises(NotFound):
        summary_docx(actor=district_head, as_of=DAY, code=code_in(province, "T.H2.X1"))


def test_everybody_prints_the_own_summary_and_nobody_elses(
    client: Client, province: Province, staff: Actor
) -> None:
    signed = sign_in(client, "canbo")
    day = "?as_of=2026-03-05"
    assert signed.get(f"/can-bo/{staff.person_code}/mau/tom-tat-2c.docx{day}").content.startswith(b"PK")
    assert signed.get(f"/can-bo/{code_in(province, 'T.H1.X1')}/mau/tom-tat-2c.docx{day}").status_code == 403
