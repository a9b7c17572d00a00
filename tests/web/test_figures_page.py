"""The page that checks figures: what it shows is what the engine found; what it keeps, keeps for one hour and one
reader; what it cannot read, it says at the field."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from docx import Document
from openpyxl import Workbook
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.reports import checking, drafts, forms
from hientai.apps.reports.types import Verdict
from hientai.engines.figures.answer import as_document
from hientai.engines.figures.check import check_draft
from hientai.engines.figures.marked import marked_html
from hientai.engines.figures.reading import limits
from hientai.engines.figures.reading.plain import draft_of

pytestmark = pytest.mark.django_db
ASK = "/so-lieu/kiem-tra/"
API = "/api/v1/figures/check"
RIGHT = "Cấp ủy có 81 đồng chí, trong đó tái cử 47 đồng chí (58,02%), lần đầu 34 đồng chí (41,98%)."
WRONG = "Số ứng cử 328 đồng chí, gồm cơ quan tỉnh 125 đồng chí và cấp huyện 151 đồng chí."
DRAFT = f"{RIGHT}\n{WRONG}\nTrong tổng số 81 đồng chí có nữ 14 đồng chí, chiếm 12,78%.\nĐã họp 17 kỳ."
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Drafts of this test only."""
    settings.HOME = tmp_path
    yield tmp_path / "drafts"


def send(client: Client, text: str = "", file: SimpleUploadedFile | None = None) -> HttpResponse:
    return client.post(ASK, {"text": text} | ({"file": file} if file else {}))


def page_of(client: Client, text: str = "", file: SimpleUploadedFile | None = None) -> tuple[str, str]:
    """The address of the answer page and the page."""
    sent = send(client, text, file)
    assert sent.status_code == 302, sent.content.decode()
    return sent["Location"], client.get(sent["Location"]).content.decode()


def uploaded(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def docx_of(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def xlsx_of(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# What the page shows


def test_the_page_shows_exactly_what_the_engine_marks(signed_in: Client) -> None:
    draft = draft_of(DRAFT)
    _, page = page_of(signed_in, DRAFT)
    assert marked_html(draft, check_draft(draft)) in page


def test_every_count_is_the_number_of_lines_its_pill_opens(signed_in: Client) -> None:
    address, page = page_of(signed_in, DRAFT)
    pills = re.findall(r'href="(\?verdict=(\w+))"[^>]*>.*?<b>(\d+)</b>', page, re.DOTALL)
    counts = as_document(check_draft(draft_of(DRAFT)))["counts"]
    assert {code: int(n) for _, code, n in pills if code in Verdict.values} == {
        code: n for code, n in counts.items() if n
    }
    for query, _code, printed in pills:
        listed = signed_in.get(address + query).content.decode()
        assert listed.count('<th scope="row">') == int(printed), query


def test_a_wrong_figure_is_listed_first_with_place_sum_and_slip(signed_in: Client) -> None:
    _, page = page_of(signed_in, DRAFT)
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert ">dòng 2</a>" in table and ">328</td>" in table and ">276</td>" in table
    assert "thiếu phần còn lại 52" in table and "đảo hai chữ số; đúng là 17,28%" in table
    assert "58,02" not in table  # what is right is behind its own pill


def test_every_link_to_a_mark_or_its_words_has_its_place(signed_in: Client) -> None:
    address, _ = page_of(signed_in, DRAFT)
    page = signed_in.get(f"{address}?verdict=all").content.decode()
    links = set(re.findall(r'href="#(figure-[\w-]+)"', page))
    assert links and links <= set(re.findall(r'id="(figure-[\w-]+)"', page))


def test_figures_without_a_claim_are_listed_and_not_judged(signed_in: Client) -> None:
    _, page = page_of(signed_in, DRAFT)
    assert "<b>17 kỳ</b>" in page or "<b>17</b>" in page
    assert "1 số đứng riêng, không xét" in page


def test_a_right_draft_is_called_right_and_lists_everything(signed_in: Client) -> None:
    _, page = page_of(signed_in, RIGHT)
    assert "Không thấy chỗ nào sai" in page
    assert page.count('<th scope="row">') == 3


def test_a_draft_without_any_share_or_sum_says_so(signed_in: Client) -> None:
    _, page = page_of(signed_in, "Hội nghị thống nhất cao.")
    assert "Không có tỷ lệ hay phép cộng nào" in page and 'id="findings"' in page


def test_the_fragment_of_a_pill_equals_the_same_part_of_a_fresh_page(signed_in: Client) -> None:
    address, _ = page_of(signed_in, DRAFT)
    for verdict in ("wrong", "all", "exact", "no-such-verdict"):
        whole = signed_in.get(f"{address}?verdict={verdict}").content.decode()
        part = signed_in.get(
            f"{address}?verdict={verdict}", headers={"HX-Request": "true", "HX-Target": "findings"}
        ).content.decode()
        assert "<html" not in part and 'id="findings"' in part
        assert " ".join(part.split()) in " ".join(whole.split())


def test_a_long_list_comes_in_pages_and_a_page_beyond_the_last_is_the_last(signed_in: Client) -> None:
    address, page = page_of(signed_in, "\n".join([RIGHT] * 30))
    assert "1–50 trong 90" in page
    assert "51–90 trong 90" in signed_in.get(f"{address}?page=99").content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao cao.docx", docx_of(WRONG)),
        (
            "bảng.xlsx",
            xlsx_of(
                ("Cấp", "Nam", "Nữ"), ("Tỉnh", 40, 12), ("Huyện", 31, 9), ("Xã", 5, 4), ("Tổng cộng", 76, 26)
            ),
        ),
        ("bao-cao.TXT", WRONG),
        ("so-lieu.json", '{"sums": [{"label": "cấp", "parts": [125, 151], "total": 328}]}'),
    ],
)
def test_every_kind_of_file_is_read(signed_in: Client, name: str, content: bytes | str) -> None:
    _, page = page_of(signed_in, file=uploaded(name, content))
    assert "Có 1 chỗ sai" in page and name in page


def test_figures_as_data_have_findings_and_no_text(signed_in: Client) -> None:
    content = '{"percentages": [{"label": "nữ", "num": 14, "den": 81, "printed": "12,78%"}]}'
    address, page = page_of(signed_in, file=uploaded("so-lieu.json", content))
    assert "percentages[0]" in page and 'href="#figure-1"' not in page
    assert "format=docx" not in page
    assert signed_in.get(f"{address}?format=docx").status_code == 400


def test_english_gets_the_sentences_of_the_switch_after_the_upload(signed_in: Client) -> None:
    address, _ = page_of(signed_in, DRAFT)
    signed_in.post("/ngon-ngu/", {"language": "en", "next": "/"})
    page = signed_in.get(address).content.decode()
    assert 'lang="en"' in page and "276" in page


# Downloads


def test_the_word_copy_carries_a_comment_at_every_figure_that_is_not_right(signed_in: Client) -> None:
    address, _ = page_of(signed_in, file=uploaded("dự thảo.docx", docx_of(RIGHT, WRONG)))
    saved = signed_in.get(f"{address}?format=docx")
    assert "d%E1%BB%B1%20th%E1%BA%A3o-chu-thich.docx" in saved["Content-Disposition"]
    assert "no-store" in saved["Cache-Control"]
    copy = Document(io.BytesIO(saved.content))
    assert [p.text for p in copy.paragraphs] == [RIGHT, WRONG]
    assert ["125 + 151 = 276" in comment.text for comment in copy.comments] == [True]


def test_the_json_is_the_answer_of_the_command(signed_in: Client) -> None:
    address, _ = page_of(signed_in, DRAFT)
    saved = signed_in.get(f"{address}?format=json")
    assert json.loads(saved.content) == json.loads(json.dumps(as_document(check_draft(draft_of(DRAFT)))))


# Nothing from a draft is trusted


@pytest.mark.parametrize(
    "text",
    [
        f"Nữ 14/81 đồng chí {SCRIPT} (12,78%).",
        f'{SCRIPT}\nTổng số 328 đồng chí, gồm "><img src=x onerror=alert(1)> 125 đồng chí và nam 151 đồng chí.',
        "{{ 7|add:7 }} {% csrf_token %} Nữ 14/81 đồng chí (12,78%).",
    ],
)
def test_hostile_text_stays_text(signed_in: Client, text: str) -> None:
    _, page = page_of(signed_in, text)
    assert SCRIPT not in page and "<img" not in page
    assert "{% csrf_token %}" in page or "csrf_token" not in text
    assert not re.search(r"<[^>]*\s(onerror|style)=", page)


@pytest.mark.parametrize(
    "name",
    [
        f"{SCRIPT}.txt",
        '"><b>.txt',
        "../../etc/passwd.txt",
        "a%0D%0AX-Evil: 1.txt",
        "n" * 200 + ".txt",
        ".txt.txt",
    ],
)
def test_hostile_file_names_are_only_shown(signed_in: Client, own_folder: Path, name: str) -> None:
    address, page = page_of(signed_in, file=uploaded(name, WRONG))
    assert SCRIPT not in page and "Có 1 chỗ sai" in page
    saved = signed_in.get(f"{address}?format=json")
    assert (
        saved.status_code == 200
        and "\n" not in saved["Content-Disposition"]
        and "X-Evil" not in saved.headers
    )
    assert [path.suffix for path in own_folder.iterdir()] == [".draft"]


# What cannot be read


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("anh.png", b"\x89PNG", "Không đọc được loại tệp này"),
        ("khong-duoi", b"abc", "Không đọc được loại tệp này"),
        ("trong.docx", b"", "Tệp trống"),
        ("trang.txt", b"  \n ", "Tệp trống"),
        ("hong.docx", b"PK\x03\x04 not a zip", "Tệp hỏng hoặc không phải docx"),
        ("mat-khau.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "đặt mật khẩu"),
        ("bang.docx", xlsx_of(("a", 1)), "Tệp không phải docx"),
        ("hong.pdf", b"%PDF-1.7 nothing", "Tệp hỏng hoặc không phải pdf"),
        ("la.pdf", b"hello", "Tệp không phải pdf"),
        ("tcvn.txt", b"\xb5\xb8\xff 12", "UTF-8"),
        ("hong.json", b"{", "không phải JSON đúng"),
        ("khac.json", b'{"people": []}', "Chỉ hiểu các khóa"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_at_the_field(
    signed_in: Client, own_folder: Path, name: str, content: bytes, said: str
) -> None:
    refused = send(signed_in, file=uploaded(name, content))
    page = refused.content.decode()
    assert refused.status_code == 422
    field = page[page.index('<div class="field field--wrong">') :]
    assert said in field[: field.index("</ul>")] and "data-error-summary" in page
    assert list(own_folder.iterdir()) == []


def test_a_zip_bomb_is_refused_by_what_it_says_it_unpacks_to(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 1_000_000)
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 1_000_000)
    assert "không phải docx" in send(signed_in, file=uploaded("bom.docx", buffer.getvalue())).content.decode()
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 999_999)
    refused = send(signed_in, file=uploaded("bom.docx", buffer.getvalue()))
    assert "Nội dung giải nén quá lớn" in refused.content.decode()


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(WRONG.encode())
    for module in (checking, forms):
        monkeypatch.setattr(module, "LARGEST_FILE", size)
    assert send(signed_in, file=uploaded("a.txt", WRONG)).status_code == 302
    refused = send(signed_in, file=uploaded("a.txt", WRONG + "."))
    assert refused.status_code == 422 and "Tệp lớn hơn" in refused.content.decode()


def test_a_draft_of_the_longest_length_is_read_and_one_letter_more_is_not(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "LONGEST_DRAFT", len(WRONG))
    assert send(signed_in, WRONG).status_code == 302
    assert "hãy chia nhỏ" in send(signed_in, WRONG + ".").content.decode()


def test_nothing_sent_is_said_at_the_field(signed_in: Client) -> None:
    assert "Chưa có gì để kiểm tra" in send(signed_in, " \n").content.decode()


def test_text_beside_a_bad_file_is_not_lost(signed_in: Client) -> None:
    for file in (uploaded("anh.png", b"\x89PNG"), uploaded("dung.txt", RIGHT)):
        refused = send(signed_in, WRONG, file)
        assert refused.status_code == 422 and WRONG in refused.content.decode()
        assert "Có cả tệp lẫn văn bản" in refused.content.decode()


def test_text_that_is_too_long_is_not_lost(signed_in: Client) -> None:
    refused = send(signed_in, "ă" * 500_001)
    assert refused.status_code == 422 and "ă" * 500_001 in refused.content.decode()


# What is kept, for whom, how long


def test_the_kept_file_can_be_read_by_its_address_only(signed_in: Client, own_folder: Path) -> None:
    address, _ = page_of(signed_in, DRAFT)
    (kept,) = own_folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and stat.S_IMODE(own_folder.stat().st_mode) == 0o700
    assert b"328" not in kept.read_bytes() and "đồng chí".encode() not in kept.read_bytes()
    assert address.rstrip("/").rsplit("/", 1)[1] not in kept.name


def test_nothing_of_a_draft_enters_the_database(signed_in: Client) -> None:
    from django.contrib.sessions.models import Session

    before = {s.session_key: s.session_data for s in Session.objects.all()}
    page_of(signed_in, DRAFT)
    assert {s.session_key: s.session_data for s in Session.objects.all()} == before


def test_another_account_gets_the_answer_of_a_draft_that_does_not_exist(
    client: Client, province: Province
) -> None:
    address, _ = page_of(sign_in(client, "bantochuc"), DRAFT)
    other = sign_in(Client(), "huyen1")
    theirs, unknown = other.get(address), other.get(f"{ASK}{'A' * 32}/")
    assert theirs.status_code == unknown.status_code == 404
    assert "328" not in theirs.content.decode() and "không còn trên máy chủ" in theirs.content.decode()
    other.post(address)
    assert client.get(address).status_code == 200


def test_a_renamed_file_of_another_owner_does_not_open(signed_in: Client, own_folder: Path) -> None:
    checked = checking.check("a.txt", WRONG.encode(), drafts.folder(), "vi", str)
    token = drafts.keep(checked, WRONG.encode(), owner=1, now=100.0)
    (kept,) = own_folder.iterdir()
    kept.rename(kept.with_name(kept.name.replace("1-", "2-", 1)))
    with pytest.raises(drafts.Gone):
        drafts.opened(token, owner=2, now=100.0)


def test_a_draft_is_there_for_an_hour_and_gone_after_it(own_folder: Path) -> None:
    checked = checking.check("a.txt", WRONG.encode(), drafts.folder(), "vi", str)
    token = drafts.keep(checked, WRONG.encode(), owner=1, now=1000.0)
    assert drafts.opened(token, owner=1, now=1000.0 + 3599).content == WRONG.encode()
    with pytest.raises(drafts.Gone):
        drafts.opened(token, owner=1, now=1000.0 + 3600)
    assert list(own_folder.iterdir()) == []


def test_the_next_start_clears_what_a_broken_check_has_left(own_folder: Path) -> None:
    left = drafts.folder() / "reading-x"
    left.mkdir()
    (left / "du-thao.txt").write_text(WRONG, encoding="utf-8")
    drafts.sweep(left.stat().st_mtime + 3599)
    assert left.exists()
    drafts.sweep(left.stat().st_mtime + 3600)
    assert not left.exists()


def test_one_reader_keeps_ten_drafts_and_the_eleventh_pushes_the_oldest_out(own_folder: Path) -> None:
    checked = checking.check("a.txt", WRONG.encode(), drafts.folder(), "vi", str)
    tokens = [drafts.keep(checked, b"x", owner=1, now=1000.0 + n) for n in range(11)]
    other = drafts.keep(checked, b"x", owner=11, now=1000.0)
    with pytest.raises(drafts.Gone):
        drafts.opened(tokens[0], owner=1, now=1011.0)
    assert drafts.opened(tokens[1], owner=1, now=1011.0) and drafts.opened(other, owner=11, now=1011.0)


@pytest.mark.parametrize("token", ["x", "A" * 31, "..%2F..%2Fkeys", "A" * 33, "é" * 32])
def test_an_address_that_was_never_given_out_is_not_found(signed_in: Client, token: str) -> None:
    assert signed_in.get(f"{ASK}{token}/").status_code == 404


def test_a_draft_is_removed_at_once_on_request(signed_in: Client, own_folder: Path) -> None:
    address, _ = page_of(signed_in, DRAFT)
    assert "Đã xóa bản dự thảo" in signed_in.post(address, follow=True).content.decode()
    assert list(own_folder.iterdir()) == [] and signed_in.get(address).status_code == 404


def test_sending_and_removing_need_the_token_of_our_own_pages(province: Province) -> None:
    strict = sign_in(Client(enforce_csrf_checks=True), "bantochuc")
    assert strict.post(ASK, {"text": WRONG}).status_code == 403
    refused = strict.post(API, {"text": WRONG}, content_type="application/json")
    assert refused.status_code == 403 and refused.json()["code"] == "csrf_token_missing"
    strict.get(ASK)
    token = strict.cookies["csrftoken"].value
    answered = strict.post(
        API, {"text": WRONG}, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answered.status_code == 200


# The interface


def test_the_interface_answers_as_the_command_does(signed_in: Client) -> None:
    answered = signed_in.post(API, {"text": DRAFT}, content_type="application/json")
    expected = json.loads(json.dumps(as_document(check_draft(draft_of(DRAFT)))))
    assert answered.json() == expected
    assert signed_in.post(API, {"file": uploaded("a.txt", DRAFT)}).json() == expected


def test_figures_as_data_keep_their_printed_decimals(signed_in: Client) -> None:
    body = '{"percentages": [{"label": "x", "num": 581, "den": 1000, "printed": 58.10}]}'
    answered = signed_in.post(API, body, content_type="application/json").json()
    assert answered["percentages"][0]["digits"] == 2 and answered["percentages"][0]["verdict"] == "exact"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"data": "{", "content_type": "application/json"}, "broken_json"),
        ({"data": '{"text": 5}', "content_type": "application/json"}, "wrong_type"),
        ({"data": '{"text": " "}', "content_type": "application/json"}, "empty"),
        ({"data": "[1]", "content_type": "application/json"}, "not_an_object"),
        ({"data": '{"people": []}', "content_type": "application/json"}, "unknown_key"),
        ({"data": "a" * 21_100_000, "content_type": "application/json"}, "too_large"),
        ({"data": "x=1", "content_type": "application/x-www-form-urlencoded"}, "wrong_content_type"),
        ({"data": {"other": "x"}}, "file_missing"),
        ({"data": {"file": SimpleUploadedFile("anh.png", b"x")}}, "wrong_kind"),
    ],
)
def test_bad_input_to_the_interface_is_a_problem_with_its_code(
    signed_in: Client, own_folder: Path, sent: dict[str, Any], code: str
) -> None:
    refused = signed_in.post(API, **sent)
    assert refused.status_code == 400 and refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == code and refused.json()["title"]
    assert not own_folder.exists() or list(own_folder.iterdir()) == []


def test_the_interface_keeps_nothing(signed_in: Client, own_folder: Path) -> None:
    signed_in.post(API, {"file": uploaded("a.txt", DRAFT)})
    assert list(own_folder.iterdir()) == []


def test_statements_of_the_pages_stay_within_the_budget(
    signed_in: Client, django_assert_max_num_queries: Any
) -> None:
    address, _ = page_of(signed_in, DRAFT)
    for page in (ASK, address):
        with django_assert_max_num_queries(6):
            signed_in.get(page)
