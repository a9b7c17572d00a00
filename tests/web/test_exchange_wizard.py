"""The import in a browser session: bring, map, look, mend, write, take back; and every wrong turn on the way."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.conftest import sign_in
from tests.integration.exchange.workbooks import HEADINGS, LINES, changed, workbook

from hientai.apps.cadres.models import IdentityIndex, Person, Position
from hientai.apps.exchange.models import ImportBatch, LearnedMapping
from hientai.foundation import encryption

pytestmark = pytest.mark.django_db
UNIT = "T.H1.X1"


def _bring(client: Client, content: bytes, name: str = "danh sách.xlsx", unit: str = UNIT) -> Any:
    return client.post("/nhap/", {"workbook": SimpleUploadedFile(name, content), "unit": unit})


def _latest() -> ImportBatch:
    return ImportBatch.objects.latest("id")


def _map(client: Client, **more: str) -> str:
    """Agrees with the mapping as proposed and follows to the preview; returns its page."""
    batch = _latest()
    address = f"/nhap/{batch.token}/cot/"
    page = client.get(address).content.decode()
    data: dict[str, str] = dict(
        re.findall(r'<select name="([^"]+)"(?:(?!</select>).)*?<option value="([^"]*)" selected', page, re.S)
    )
    data |= dict.fromkeys(re.findall(r'<input type="checkbox" name="(read:[^"]+)"', page), "on")
    data |= {"unit": UNIT} | more
    response = client.post(address, data, follow=True)
    assert response.status_code == 200, response.content.decode()[-3000:]
    return str(response.content.decode())


def _previewed(client: Client, content: bytes, **more: str) -> str:
    assert _bring(client, content).status_code == 302
    return _map(client, **more)


def _commit(client: Client, **more: str) -> Any:
    batch = _latest()
    data = {"version": str(batch.version)} | more
    return client.post(f"/nhap/{batch.token}/ghi/", data, follow=True)


def _owner(identity: str) -> Person:
    return Person.objects.get(fingerprints__fingerprint=encryption.fingerprint(identity))


def test_a_list_goes_from_file_to_records_and_back(signed_in: Client) -> None:
    page = _previewed(signed_in, workbook())
    assert "Lò Thị Mai Hương" in page and "Thêm mới" in page and "011180000011" not in page
    people = Person.objects.count()
    result = _commit(signed_in).content.decode()
    assert "Đã ghi vào hồ sơ" in result and Person.objects.count() == people + 3
    assert f"/can-bo/{_owner('011180000011').code}/" in result
    batch = _latest()
    undone = signed_in.post(f"/nhap/{batch.token}/hoan-tac/", {"because": "Nhầm danh sách"}, follow=True)
    assert "đã được hoàn tác" in undone.content.decode()
    assert not IdentityIndex.objects.filter(fingerprint=encryption.fingerprint("011180000011")).exists()
    listed = signed_in.get("/can-bo/?q=mai huong").content.decode()
    assert "Lò Thị Mai Hương" not in listed


def test_after_an_undo_the_same_list_can_be_imported_again(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    _commit(signed_in)
    signed_in.post(f"/nhap/{_latest().token}/hoan-tac/", {"because": "Nhầm"})
    _previewed(signed_in, workbook())
    assert _latest().counts["created"] == 3
    _commit(signed_in)
    assert _owner("011180000011")


def test_the_file_lies_unreadable_for_others_and_is_gone_when_the_import_ends(
    signed_in: Client, django_capture_on_commit_callbacks: Any
) -> None:
    _previewed(signed_in, workbook())
    kept = Path(settings.HOME) / "imports" / str(_latest().token)
    assert kept.stat().st_mode & 0o777 == 0o600
    with django_capture_on_commit_callbacks(execute=True):
        _commit(signed_in)
    assert not kept.exists()


def test_cells_pasted_from_excel_are_a_list_too(signed_in: Client) -> None:
    text = "\n".join("\t".join(str(v) for v in line) for line in (HEADINGS, *LINES))
    response = signed_in.post("/nhap/", {"pasted": text, "unit": UNIT})
    assert response.status_code == 302
    assert "011180000011" not in signed_in.get(response["Location"]).content.decode()
    assert "Quàng Văn Inh" in _map(signed_in)


def test_a_wrong_cell_is_mended_on_the_page(signed_in: Client) -> None:
    page = _previewed(signed_in, workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))
    assert 'name="fix:Sheet|C5"' in page and _latest().counts["refused"] == 1
    page = signed_in.post(
        f"/nhap/{_latest().token}/sua/", {"fix:Sheet|C5": "28/02/1983"}, follow=True
    ).content.decode()
    assert _latest().counts["refused"] == 0 and "28/02/1983" in page


@pytest.mark.parametrize(
    "cell", ["Sheet|C999999", "Sheet|ZZZZ1", "Khong co|C5", "Sheet|5C", "Sheet|", "Sheet|C0"]
)
def test_a_cell_outside_the_file_cannot_be_mended(signed_in: Client, cell: str) -> None:
    _previewed(signed_in, workbook())
    version = _latest().version
    response = signed_in.post(f"/nhap/{_latest().token}/sua/", {f"fix:{cell}": "x"})
    assert response.status_code == 400 and _latest().version == version


def test_refused_rows_keep_everything_out_unless_only_good_rows_are_wanted(signed_in: Client) -> None:
    _previewed(signed_in, workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))
    people = Person.objects.count()
    page = _commit(signed_in).content.decode()
    assert "1 dòng bị từ chối" in page and Person.objects.count() == people
    page = _commit(signed_in, partial="on").content.decode()
    assert "Đã ghi vào hồ sơ" in page and Person.objects.count() == people + 2


def test_the_workbook_of_results_names_the_cell_at_fault(signed_in: Client) -> None:
    _previewed(signed_in, workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))
    for partial in (False, True):
        if partial:
            _commit(signed_in, partial="on")
        response = signed_in.get(f"/nhap/{_latest().token}/tep-ket-qua.xlsx")
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert "C5" in str(sheet.cell(5, len(HEADINGS) + 1).value)


def test_a_likely_double_is_decided_by_the_officer(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    _commit(signed_in)
    code = _owner("011180000011").code
    page = _previewed(signed_in, workbook(changed(LINES, 0, "Số CCCD", "011180000012")))
    assert "Cùng một người với" in page and code in page and "điểm" in page
    batch = _latest()
    where = {"sheet": "Sheet", "row": "4"}
    signed_in.post(f"/nhap/{batch.token}/nguoi/", where | {"code": code}, follow=True)
    assert _latest().counts["updated"] == 1
    signed_in.post(f"/nhap/{batch.token}/nguoi/", where | {"code": ""}, follow=True)
    assert _latest().counts["created"] == 1


def test_columns_can_be_mapped_by_hand_and_are_remembered_for_the_office(signed_in: Client) -> None:
    headings = [h.replace("Nơi ở hiện nay", "Cột lạ của huyện") for h in HEADINGS]
    _previewed(signed_in, workbook(headings=headings), **{"0:H": "residence", "remember": "on"})
    assert LearnedMapping.objects.get(heading="Cột lạ của huyện").field == "residence"
    assert _bring(signed_in, workbook(headings=headings)).status_code == 302
    page = signed_in.get(f"/nhap/{_latest().token}/cot/").content.decode()
    assert re.search(r'<select name="0:H"(?:(?!</select>).)*<option value="residence" selected', page, re.S)


def test_a_mapping_without_any_sheet_is_refused(signed_in: Client) -> None:
    _bring(signed_in, workbook())
    response = signed_in.post(f"/nhap/{_latest().token}/cot/", {"unit": UNIT})
    assert response.status_code == 400 and "ít nhất một trang tính" in response.content.decode()


def test_the_back_button_after_the_end_leads_to_the_result(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    token = _latest().token
    _commit(signed_in)
    positions = Position.objects.count()
    for step in ("cot", "xem", "ghi"):
        assert (
            signed_in.get(f"/nhap/{token}/{step}/", follow=True).redirect_chain[-1][0]
            == f"/nhap/{token}/ket-qua/"
        )
    again = signed_in.post(f"/nhap/{token}/ghi/", {"version": "1"}, follow=True)
    assert again.redirect_chain[-1][0] == f"/nhap/{token}/ket-qua/"
    assert signed_in.post(f"/nhap/{token}/sua/", {"fix:Sheet|C5": "1983"}).status_code == 409
    assert Position.objects.count() == positions


def test_a_preview_in_another_window_that_is_old_is_not_written(signed_in: Client) -> None:
    _previewed(signed_in, workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))
    old = _latest().version
    signed_in.post(f"/nhap/{_latest().token}/sua/", {"fix:Sheet|C5": "28/02/1983"})
    people = Person.objects.count()
    page = _commit(signed_in, version=str(old)).content.decode()
    assert "xem trước lại" in page and "Đối chiếu lại" in page and Person.objects.count() == people


def test_a_second_officer_with_the_same_people_is_told_and_nobody_is_doubled(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    first = _latest()
    _previewed(signed_in, workbook())
    _commit(signed_in)
    people = Person.objects.count()
    page = signed_in.post(
        f"/nhap/{first.token}/ghi/", {"version": str(first.version)}, follow=True
    ).content.decode()
    assert "xem trước lại" in page and Person.objects.count() == people
    page = signed_in.post(f"/nhap/{first.token}/sua/", {}, follow=True).content.decode()
    first.refresh_from_db()
    assert first.counts["unchanged"] == 3


def test_an_undo_needs_a_reason(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    _commit(signed_in)
    response = signed_in.post(f"/nhap/{_latest().token}/hoan-tac/", {"because": "  "})
    assert response.status_code == 400 and _latest().state == "committed"


def test_a_list_given_up_leaves_nothing(signed_in: Client) -> None:
    _previewed(signed_in, workbook())
    batch = _latest()
    assert signed_in.post(f"/nhap/{batch.token}/bo/").status_code == 302
    assert batch.rows.count() == 0
    assert "đã được bỏ" in signed_in.get(f"/nhap/{batch.token}/", follow=True).content.decode()


def test_an_import_is_its_officers_own(signed_in: Client, client: Client) -> None:
    _previewed(signed_in, workbook())
    token = _latest().token
    ImportBatch.objects.filter(token=token).update(user_id=0)
    assert signed_in.get(f"/nhap/{token}/xem/").status_code == 404
    assert sign_in(client, "huyen1").get(f"/nhap/{token}/xem/").status_code == 403


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7 ...", "danh-sach.xlsx", "PDF"),
        (b"", "rong.xlsx", "rỗng"),
        (b"PK\x03\x04 broken", "hong.xlsx", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cu.xls", ""),
        ("Tên hàng;Giá\nBút;3".encode(), "gia.csv", "bảng"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_form(
    signed_in: Client, content: bytes, name: str, said: str
) -> None:
    response = _bring(signed_in, content, name)
    assert response.status_code == 400 and said in response.content.decode()
    assert "data-error-summary" in response.content.decode() and not ImportBatch.objects.exists()


def test_neither_file_nor_cells_and_both_are_refused(signed_in: Client) -> None:
    assert signed_in.post("/nhap/", {"unit": UNIT}).status_code == 400
    both = {"workbook": SimpleUploadedFile("a.xlsx", workbook()), "pasted": "Họ tên", "unit": UNIT}
    assert signed_in.post("/nhap/", both).status_code == 400


def test_an_unknown_unit_is_said_at_its_field(signed_in: Client) -> None:
    response = _bring(signed_in, workbook(), unit="Xã Không Có")
    assert response.status_code == 400 and "Xã Không Có" in response.content.decode()


def test_a_hostile_file_name_is_kept_harmless(signed_in: Client) -> None:
    _bring(signed_in, workbook(), name="../../<script>alert(1)</script>.xlsx")
    name = _latest().name
    assert "/" not in name
    assert "<script>alert" not in signed_in.get("/nhap/").content.decode()


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "<b>Lò</b> Thị Mai"])
def test_hostile_cells_are_shown_as_text(signed_in: Client, name: str) -> None:
    page = _previewed(signed_in, workbook(changed(LINES, 0, "Họ và tên", name)))
    assert "<b>Lò</b>" not in page


def test_long_work_shows_how_it_ended_and_belongs_to_its_owner(signed_in: Client, client: Client) -> None:
    _bring(signed_in, workbook())
    response = signed_in.post(
        f"/nhap/{_latest().token}/cot/", {"read:Sheet": "on", "unit": UNIT, "0:B": "name"}
    )
    assert response.status_code == 302 and response["Location"].startswith("/cong-viec/")
    work = response["Location"]
    assert signed_in.get(work)["Location"].startswith("/nhap/")
    assert signed_in.post(f"{work}huy/").status_code == 302
    assert sign_in(client, "canbo").get(work).status_code == 404


def test_the_template_opens_and_comes_back_as_it_is(signed_in: Client) -> None:
    response = signed_in.get("/nhap/mau.xlsx")
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames[0] == "Danh sách" and book["Danh sách"].data_validations.dataValidation
