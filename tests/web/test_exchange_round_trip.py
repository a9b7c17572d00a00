"""A unit's workbook goes out and comes back: only what the unit touched counts, and conflicts stand side by side."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.factories.province import Province
from tests.integration.exchange.workbooks import workbook
from tests.web.test_exchange_wizard import _bring, _commit, _latest, _owner, _previewed

from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.models import BiographicalRecord
from hientai.apps.exchange.models import UnitRequest

pytestmark = pytest.mark.django_db
HEAD = 5  # the row of headings in our own template


@pytest.fixture
def sent(signed_in: Client) -> Any:
    """The workbook of a unit with three people of known data, opened."""
    _previewed(signed_in, workbook())
    _commit(signed_in)
    response = signed_in.post("/nhap/don-vi/", {"unit": "T.H1.X1", "due_on": "01/01/2026"}, follow=True)
    assert response.status_code == 200, response.content[:2000]
    return load_workbook(io.BytesIO(response.content))


def _columns(book: Any) -> dict[str, int]:
    page = book.active
    return {str(page.cell(HEAD, c).value): c for c in range(1, page.max_column + 1)}


def _row_of(book: Any, name: str) -> int:
    page, column = book.active, _columns(book)["Họ và tên"]
    return next(r for r in range(HEAD + 1, page.max_row + 1) if page.cell(r, column).value == name)


def _touch(book: Any, name: str, heading: str, value: str) -> None:
    book.active.cell(_row_of(book, name), _columns(book)[heading]).value = value


def _returned(client: Client, book: Any) -> str:
    stream = io.BytesIO()
    book.save(stream)
    brought = client.post("/nhap/", {"workbook": SimpleUploadedFile("ve.xlsx", stream.getvalue())})
    assert brought.status_code == 302, brought.content.decode()[-1500:]
    from tests.web.test_exchange_wizard import _map

    return _map(client, unit="")


def test_the_workbook_is_prefilled_with_hidden_keys(sent: Any) -> None:
    row, columns = _row_of(sent, "Lò Thị Mai Hương"), _columns(sent)
    page = sent.active
    assert page.cell(row, columns["Chức vụ"]).value == "Bí thư Đảng ủy xã"
    assert page.cell(row, columns["Nơi ở hiện nay"]).value == "Bản Mé"
    assert (
        page.cell(row, 1).value.endswith(_owner("011180000011").code) and page.column_dimensions["A"].hidden
    )


def test_an_untouched_workbook_changes_nothing(signed_in: Client, sent: Any) -> None:
    _returned(signed_in, sent)
    counts = _latest().counts
    assert counts["unchanged"] == UnitRequest.objects.get().people
    assert counts["updated"] == counts["created"] == counts["refused"] == 0


def test_only_what_the_unit_touched_is_changed(signed_in: Client, sent: Any, province: Province) -> None:
    officer_changed = _owner("011083000022")
    cadres.correct_biography(
        actor=province.maker, person_id=officer_changed.id, because="đính chính", home_place="Tuần Giáo"
    )
    _touch(sent, "Lò Thị Mai Hương", "Nơi ở hiện nay", "Tổ 7")
    _returned(signed_in, sent)
    assert _latest().counts["updated"] == 1 and _latest().counts["refused"] == 0
    _commit(signed_in)
    assert (
        BiographicalRecord.objects.known_on().filter(person=_owner("011180000011"), residence="Tổ 7").exists()
    )
    assert BiographicalRecord.objects.known_on().get(person=officer_changed).home_place == "Tuần Giáo"


@pytest.mark.parametrize(("side", "kept"), [("unit", "Tổ 7"), ("file", "Tổ 9")])
def test_a_conflict_stands_side_by_side_and_is_decided(
    signed_in: Client, sent: Any, province: Province, side: str, kept: str
) -> None:
    person = _owner("011180000011")
    cadres.correct_biography(
        actor=province.maker, person_id=person.id, because="đính chính", residence="Tổ 9"
    )
    _touch(sent, "Lò Thị Mai Hương", "Nơi ở hiện nay", "Tổ 7")
    page = _returned(signed_in, sent)
    assert "“Bản Mé”" in page and "“Tổ 9”" in page and "“Tổ 7”" in page
    assert _latest().counts["refused"] == 1
    row = _latest().rows.get(status="refused")
    where = {"sheet": row.sheet, "row": str(row.row), "side": side}
    signed_in.post(f"/nhap/{_latest().token}/ben/", where, follow=True)
    assert _latest().counts["refused"] == 0
    if side == "unit":
        _commit(signed_in)
    newest = BiographicalRecord.objects.known_on().filter(person=person).order_by("-valid_from").first()
    assert newest is not None and newest.residence == kept


def test_a_side_that_is_none_is_refused(signed_in: Client, sent: Any) -> None:
    _returned(signed_in, sent)
    answer = signed_in.post(f"/nhap/{_latest().token}/ben/", {"sheet": "x", "row": "1", "side": "ai"})
    assert answer.status_code == 400


def test_somebody_added_by_the_unit_is_new_and_somebody_left_out_stays(signed_in: Client, sent: Any) -> None:
    page, columns = sent.active, _columns(sent)
    row = _row_of(sent, "Giàng A Sơn")
    for heading, value in {
        "Họ và tên": "Vàng Thị Mỷ", "Ngày sinh": "01/02/1991", "Giới tính": "Nữ", "Số định danh": "011191000044",
        "Chức vụ": "Chuyên viên", "Ngày bổ nhiệm": "01/05/2025", "Nơi ở hiện nay": "",
    }.items():  # fmt: skip
        page.cell(row, columns[heading]).value = value
    page.cell(row, 1).value = None
    said = _returned(signed_in, sent)
    assert _latest().counts["created"] == 1
    assert "1 người đã gửi đi không có trong tệp trả về" in said


def test_the_board_says_who_has_not_returned_it(signed_in: Client, sent: Any) -> None:
    board = signed_in.get("/nhap/don-vi/").content.decode()
    assert "chưa gửi về, quá hạn" in board and "1 trên 1 bảng chưa gửi về" in board
    _returned(signed_in, sent)
    board = signed_in.get("/nhap/don-vi/").content.decode()
    assert "đã gửi về" in board and "0 trên 1 bảng chưa gửi về" in board


def test_a_workbook_for_nobody_or_nowhere_is_refused(signed_in: Client) -> None:
    for unit in ("", "Xã Không Có"):
        assert signed_in.post("/nhap/don-vi/", {"unit": unit}).status_code == 400
    assert signed_in.get(f"/nhap/don-vi/{'A' * 32}.xlsx").status_code == 404


def test_a_foreign_list_with_odd_keys_is_an_ordinary_list(signed_in: Client) -> None:
    assert _bring(signed_in, workbook()).status_code == 302
