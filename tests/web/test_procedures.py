"""Pages of cases: the main walk's twins. What is out of order is said, nothing is lost, nothing is done twice."""

from __future__ import annotations

import io
import re
import uuid

import pytest
from django.test import Client
from docx import Document
from tests.conftest import sign_in
from tests.factories import cases
from tests.factories.province import TODAY, Province

from hientai.apps.procedures import services
from hientai.foundation.actor import Actor

pytestmark = pytest.mark.django_db
DAY = f"{TODAY:%d/%m/%Y}"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' day is that of the province."""
    monkeypatch.setattr("hientai.foundation.web.middleware.timezone.localdate", lambda: TODAY)


@pytest.fixture
def code(officer: Actor, province: Province) -> str:
    """An appointment at its first step, its paper in."""
    code = cases.opened(officer, province).row.code
    cases.give(officer, code, "policy")
    return code


def hidden(client: Client, address: str) -> dict[str, str]:
    """The fields a page would send back as they are."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(expected|token|attempt)" value="([^"]*)"', html))


def send(client: Client, code: str, act: str, **typed: object) -> object:
    address = f"/quy-trinh/{code}/viec/{act}/"
    return client.post(address, {**hidden(client, address), "on": DAY, **typed})


def summon(client: Client, code: str, people: int = 3) -> object:
    names = "\n".join(f"Người thứ {n}" for n in range(1, people + 1))
    return send(client, code, "trieu-tap", meeting_on=DAY, people=names)


def shown(client: Client, code: str) -> str:
    return client.get(f"/quy-trinh/{code}/").content.decode()


def test_a_case_page_says_where_it_stands_what_is_missing_and_the_article(
    signed_in: Client, code: str
) -> None:
    html = shown(signed_in, code)
    for words in ("Bước 1: Tập thể lãnh đạo, lần thứ nhất", "Còn thiếu", "Chưa triệu tập: Tập thể lãnh đạo",
                  "Điều 46 115/2020/NĐ-CP", "Triệu tập hội nghị", "Sơ đồ"):  # fmt: skip
        assert words in html


def test_an_unconfirmed_step_says_so_on_the_page(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    html = shown(signed_in, cases.opened(officer, province, cases.PLANNING).row.code)
    assert "Bước này chưa được đối chiếu với văn bản gốc" in html and "Chưa kiểm chứng" in html


def test_a_meeting_is_called_held_and_its_step_ended_on_the_pages(
    signed_in: Client, officer: Actor, code: str
) -> None:
    assert summon(signed_in, code).status_code == 302
    sitting = cases.page(officer, code).sitting
    assert sitting is not None
    present = [one.id for one in sitting.people]
    assert send(signed_in, code, "hop", present=present).status_code == 302
    assert send(signed_in, code, "giay-to", paper="b1.minutes", signed_on=DAY).status_code == 302
    assert "có thể kết thúc bước này" in shown(signed_in, code)
    names = list(cases.page(officer, code).state.names)
    assert send(signed_in, code, "ket-thuc-buoc", outcome="agreed", names=names).status_code == 302
    assert "Bước 2: Tập thể lãnh đạo mở rộng" in shown(signed_in, code)


def test_a_quorum_missed_by_one_is_said_and_a_new_meeting_offered(
    signed_in: Client, officer: Actor, code: str
) -> None:
    summon(signed_in, code, 3)
    sitting = cases.page(officer, code).sitting
    assert sitting is not None
    send(signed_in, code, "hop", present=[sitting.people[0].id])
    html = shown(signed_in, code)
    assert "có mặt 1 trên 3 người được triệu tập, cần 2" in html and "không đủ để họp" in html
    refused = send(signed_in, code, "ket-thuc-buoc", outcome="agreed")
    assert refused.status_code == 400 and "phải triệu tập lại" in refused.content.decode()


def test_a_step_out_of_order_is_refused_with_its_reason_and_what_was_typed(
    signed_in: Client, code: str
) -> None:
    refused = send(signed_in, code, "hop", present=[])
    assert refused.status_code == 400 and "Chưa triệu tập hội nghị" in refused.content.decode()
    html = send(signed_in, code, "khoa-phieu").content.decode()
    assert "Chưa triệu tập hội nghị" in html
    html = send(signed_in, code, "dung", reason="").content.decode()
    assert "error-summary" in html
    assert signed_in.get(f"/quy-trinh/{code}/viec/khong-co/").status_code == 404


def test_the_back_button_is_safe_the_same_form_is_taken_once(
    signed_in: Client, officer: Actor, code: str
) -> None:
    address = f"/quy-trinh/{code}/viec/trieu-tap/"
    form = {**hidden(signed_in, address), "on": DAY, "meeting_on": DAY, "people": "Một\nHai\nBa"}
    assert signed_in.post(address, form).status_code == 302
    assert signed_in.post(address, form).status_code == 302
    assert len(cases.page(officer, code).sittings) == 1
    assert (
        "no-store" in signed_in.get(address)["Cache-Control"]
        or "no-cache" in signed_in.get(address)["Cache-Control"]
    )


def test_a_second_officer_on_an_old_page_gets_a_conflict_with_what_was_typed(
    signed_in: Client, officer: Actor, code: str
) -> None:
    address = f"/quy-trinh/{code}/viec/dung/"
    old = {**hidden(signed_in, address), "on": DAY, "reason": "nhân sự xin rút, theo đơn ngày hôm qua"}
    seen = cases.page(officer, code).version
    services.suspend(actor=officer, code=code, expected=seen, on=TODAY, reason="đang xác minh")
    answer = signed_in.post(address, old)
    html = answer.content.decode()
    assert answer.status_code == 409 and "Người khác vừa ghi vào hồ sơ này" in html
    assert "nhân sự xin rút, theo đơn ngày hôm qua" in html
    assert cases.page(officer, code).row.status == "suspended"
    assert f'name="expected" value="{seen + 1}"' in html


def test_tellers_enter_alone_see_their_differences_and_the_closer_waits(
    client: Client, officer: Actor, province: Province
) -> None:
    code = at_ballot(officer, province)
    client = sign_in(client, "bantochuc")
    wrong = client.post(f"/quy-trinh/{code}/kiem-phieu/", {"first": "canbo", "second": "canbo"})
    assert "hai tài khoản khác nhau" in wrong.content.decode()
    assert (
        client.post(f"/quy-trinh/{code}/kiem-phieu/", {"first": "huyen1", "second": "canbo"}).status_code
        == 302
    )
    token, keys = token_of(code), cases.page(officer, code).state.names
    first = enter(sign_in(client, "huyen1"), token, keys, (16, 8, 6))
    assert first.status_code == 302
    alone = sign_in(client, "canbo").get(f"/kiem-phieu/{token}/").content.decode()
    assert "Người kia" not in alone and 'value="16"' not in alone
    enter(client, token, keys, (15, 9, 6))
    both = client.get(f"/kiem-phieu/{token}/").content.decode()
    assert both.count("khác nhau</b>") == 2
    client = sign_in(client, "bantochuc")
    assert "khác nhau ở 2 dòng" in shown(client, code)
    assert "cùng một số liệu" in send(client, code, "khoa-phieu").content.decode()
    enter(sign_in(client, "canbo"), token, keys, (16, 8, 6))
    client = sign_in(client, "bantochuc")
    assert send(client, code, "khoa-phieu").status_code == 302
    html = shown(client, code)
    assert "53,33 %" in html and "được chọn" in html and "không công bố tại hội nghị" in html


def at_ballot(officer: Actor, province: Province) -> str:
    code = cases.opened(officer, province).row.code
    cases.give(officer, code, "policy")
    cases.meet(officer, code)
    cases.own_papers(officer, code)
    cases.finish(officer, code, "agreed")
    cases.meet(officer, code)
    return code


def token_of(code: str) -> uuid.UUID:
    from hientai.apps.procedures.models import Ballot

    return Ballot.objects.get(sitting__case__code=code, sitting__step="b2").token


def enter(client: Client, token: object, keys: tuple[str, ...], votes: tuple[int, ...]) -> object:
    address = f"/kiem-phieu/{token}/"
    typed = {f"votes_{key}": number for key, number in zip(keys, votes, strict=True)}
    return client.post(address, {**hidden(client, address), "issued": 30, "valid": 30, **typed})


def test_a_count_that_cannot_be_true_is_said_at_its_field(
    client: Client, officer: Actor, province: Province
) -> None:
    code = at_ballot(officer, province)
    cases.tellers(officer, code)
    client = sign_in(client, "canbo")
    answer = enter(client, token_of(code), cases.page(officer, code).state.names, (31, 0, 0))
    assert answer.status_code == 400 and "nhiều hơn 30 phiếu hợp lệ" in answer.content.decode()


def test_nobody_but_a_teller_opens_a_count(client: Client, officer: Actor, province: Province) -> None:
    code = at_ballot(officer, province)
    cases.tellers(officer, code)
    assert sign_in(client, "bantochuc").get(f"/kiem-phieu/{token_of(code)}/").status_code == 404


def test_a_correction_shows_both_counts(signed_in: Client, officer: Actor, province: Province) -> None:
    code = at_ballot(officer, province)
    cases.vote(officer, code, (15, 9, 6))
    page = cases.page(officer, code)
    address = f"/quy-trinh/{code}/dinh-chinh/{page.ballots[0].id}/"
    typed = {f"votes_{key}": n for key, n in zip(page.state.names, (16, 8, 6), strict=True)}
    form = {**hidden(signed_in, address), "on": DAY, "issued": 30, "valid": 30, **typed}
    assert signed_in.post(address, {**form, "because": ""}).status_code == 400
    assert signed_in.post(address, {**form, "because": "cộng nhầm"}).status_code == 302
    html = shown(signed_in, code)
    assert "Số liệu đầu" in html and "<del>15</del>" in html and "cộng nhầm" in html


def test_a_case_is_opened_from_a_form_and_its_faults_stand_at_their_fields(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    from hientai.apps.cadres import selectors as cadres

    person = cadres.codes(actor=officer, as_of=TODAY, ids=province.people[:1])[province.people[0]]
    form = {
        "kind": cases.PLANNING,
        "title": "Quy hoạch thử",
        "on": DAY,
        "unit": "T.H1.X1",
        "people": person,
        "token": uuid.uuid4(),
    }
    assert (
        "Không có hồ sơ “KHÔNG-CÓ”"
        in signed_in.post("/quy-trinh/mo/", {**form, "people": "KHÔNG-CÓ"}).content.decode()
    )
    assert (
        "Không có đơn vị"
        in signed_in.post("/quy-trinh/mo/", {**form, "unit": "Xã không có"}).content.decode()
    )
    answer = signed_in.post("/quy-trinh/mo/", form)
    assert answer.status_code == 302
    assert signed_in.post("/quy-trinh/mo/", form)["Location"] == answer["Location"]
    assert "Quy hoạch thử" in signed_in.get("/quy-trinh/").content.decode()


def test_the_board_lists_by_step_and_deadline_and_filters(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    first = cases.opened(officer, province).row
    cases.opened(officer, province, cases.PLANNING)
    html = signed_in.get("/quy-trinh/").content.decode()
    assert "2 hồ sơ" in html and f"{first.due_on:%d/%m/%Y}" in html and "chưa chắc ngày nghỉ" in html
    assert "1 hồ sơ" in signed_in.get(f"/quy-trinh/?kind={cases.PLANNING}").content.decode()
    assert "Không có hồ sơ nào" in signed_in.get("/quy-trinh/?status=ended").content.decode()
    assert first.code in signed_in.get(f"/quy-trinh/?q={first.code}").content.decode()
    late = signed_in.get("/quy-trinh/?as_of=20/04/2026").content.decode()
    assert "quá hạn" in late


def test_the_home_page_reminds_of_what_is_due_and_overdue(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    cases.opened(officer, province)
    assert "Không có hồ sơ quá hạn" in signed_in.get("/").content.decode()
    assert "hạn</b>" not in signed_in.get("/?as_of=10/04/2026").content.decode()
    assert "Bổ nhiệm chức danh thử" in signed_in.get("/?as_of=10/04/2026").content.decode()
    assert "quá hạn</b>" in signed_in.get("/?as_of=17/04/2026").content.decode()


@pytest.mark.parametrize(
    "kind", ["invitation", "ballot", "minutes", "counting", "aggregate", "proposal", "decision"]
)
@pytest.mark.parametrize("template", ["state", "party"])
def test_every_document_of_a_step_opens_with_its_fields_filled(
    signed_in: Client, officer: Actor, province: Province, kind: str, template: str
) -> None:
    code = at_ballot(officer, province)
    cases.vote(officer, code, (16, 8, 6))
    signer = "authority=KT&principal=Giám đốc&position=Phó Giám đốc&name=Lò Văn An"
    address = f"/quy-trinh/{code}/van-ban/{kind}/?template={template}&{signer}&on=05/03/2026"
    page = signed_in.get(address)
    html = page.content.decode()
    assert page.status_code == 200 and "Trường dùng trong mẫu" in html
    document = Document(io.BytesIO(signed_in.get(address + "&format=docx").content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    assert "{{" not in text and "{%" not in text
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" if template == "party" else "Độc lập - Tự do - Hạnh phúc") in text
    assert "Bổ nhiệm chức danh thử" in text
    if kind == "counting":
        assert "mười sáu" in text and "53,33 %" in text and "ba mươi" in text
    if kind == "decision":
        assert ("K/T GIÁM ĐỐC" if template == "party" else "KT. GIÁM ĐỐC") in text and "PHÓ GIÁM ĐỐC" in text


def test_ballot_papers_carry_nothing_that_tells_one_from_another(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    code = at_ballot(officer, province)
    first, second = (
        signed_in.get(f"/quy-trinh/{code}/van-ban/ballot/?format=docx&template=state").content
        for _ in range(2)
    )
    texts = [[p.text for p in Document(io.BytesIO(one)).paragraphs] for one in (first, second)]
    assert texts[0] == texts[1] and not any("Số phiếu" in text for text in texts[0])


def template(*lines: str) -> io.BytesIO:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    buffer.seek(0)
    buffer.name = "mau.docx"
    return buffer


def test_an_office_brings_its_own_template_and_unknown_fields_are_named_with_their_place(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    code = at_ballot(officer, province)
    bad = signed_in.post(
        "/quy-trinh/mau-van-ban/",
        {"kind": "minutes", "content": template("Tên: {{ ten_ho_so }}", "{{ ten_la }}")},
    )
    assert "ten_la (đoạn 2)" in bad.content.decode()
    good = template("BIÊN BẢN RIÊNG", "{{ ten_ho_so }}: {{ co_mat }}/{{ trieu_tap }}")
    assert (
        signed_in.post(
            "/quy-trinh/mau-van-ban/", {"kind": "minutes", "name": "Mẫu riêng", "content": good}
        ).status_code
        == 302
    )
    html = signed_in.get(f"/quy-trinh/{code}/van-ban/minutes/").content.decode()
    assert "BIÊN BẢN RIÊNG" in html and "Bổ nhiệm chức danh thử: 30/30" in html
    assert "Mẫu riêng" in signed_in.get("/quy-trinh/mau-van-ban/").content.decode()


@pytest.mark.parametrize(
    "line",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ten_ho_so.__class__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% for x in range(999999) %}a{% endfor %}",
        "{{ 9**9**9 }}",
        "{{ lipsum() }}",
        "{% include '/etc/passwd' %}",
        "{% set x = 1 %}",
        "{{ ten_ho_so|attr('__class__') }}",
        "{{ ten_ho_so",
    ],
)
def test_a_hostile_template_is_refused(signed_in: Client, line: str) -> None:
    answer = signed_in.post("/quy-trinh/mau-van-ban/", {"kind": "minutes", "content": template(line)})
    assert answer.status_code == 400


def test_a_file_that_is_no_word_document_is_refused(signed_in: Client) -> None:
    file = io.BytesIO(b"PK\x03\x04 not a package")
    file.name = "a.docx"
    assert (
        "không phải văn bản Word"
        in signed_in.post("/quy-trinh/mau-van-ban/", {"kind": "minutes", "content": file}).content.decode()
    )


def test_every_shipped_procedure_has_a_page_with_its_drawing(signed_in: Client) -> None:
    from hientai.rulebook.procedures import definitions

    assert "Các quy trình" in signed_in.get("/quy-trinh/dinh-nghia/").content.decode()
    for one in definitions():
        html = signed_in.get(f"/quy-trinh/dinh-nghia/{one.code}/").content.decode()
        assert html.count('class="flow__title"') >= len(one.steps) and one.document in html


def test_the_api_tells_cases_and_nothing_of_an_open_count(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    code = at_ballot(officer, province)
    token = cases.tellers(officer, code)
    cases.count(token, "canbo", (16, 8, 6))
    listed = signed_in.get("/api/v1/cases?status=active").json()["cases"]
    assert [one["code"] for one in listed] == [code]
    told = signed_in.get(f"/api/v1/cases/{code}").json()
    assert told["ballots"][0]["outcomes"] == [] and told["demands"][0]["code"] == "ballot_open"
    cases.count(token, "huyen1", (16, 8, 6))
    services.close_ballot(actor=officer, code=code, expected=cases.page(officer, code).version, on=TODAY)
    told = signed_in.get(f"/api/v1/cases/{code}").json()
    assert told["ballots"][0]["outcomes"][0]["outcome"] == "chosen"
