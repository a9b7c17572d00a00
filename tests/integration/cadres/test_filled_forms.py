"""A filled biographical form comes back as changes: read, compared, and what nobody can read is not lost."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from docx import Document
from tests.factories import papers
from tests.factories.province import Province

from hientai.apps.cadres import models, services
from hientai.apps.cadres.filled_form import Filled, read_form, said
from hientai.apps.cadres.form_changes import FormChanges, changes_of
from hientai.apps.cadres.summary import DOTS, FORMS, summary_docx
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor
from hientai.foundation.documents.filled import Grid, Line, read_filled
from hientai.foundation.errors import NotFound, Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


@pytest.fixture
def code(province: Province) -> str:
    return models.Person.objects.get(pk=province.people[-1]).code


def printed(officer: Actor, code: str, form: str) -> bytes:
    return summary_docx(actor=officer, as_of=DAY, code=code, form=form)


def edited(
    content: bytes, changes: Iterable[tuple[str, str]] = (), rows: Iterable[tuple[int, tuple[str, ...]]] = ()
) -> bytes:
    """The form as somebody fills it in: words replaced in its lines, rows added to its tables (by number)."""
    document = Document(io.BytesIO(content))
    for old, new in changes:
        paragraph = next(p for p in document.paragraphs if old in p.text)
        paragraph.text = paragraph.text.replace(old, new)
    for number, cells in rows:
        row = document.tables[number].add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def compared(actor: Actor, code: str, content: bytes, name: str = "ly-lich.docx") -> FormChanges:
    return changes_of(actor=actor, as_of=DAY, code=code, filled=read_form(read_filled(content, name)))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_as_it_was_printed_changes_nothing(officer: Actor, code: str, form: str) -> None:
    from hientai.apps.integrity.desk import read_fields

    found = compared(officer, code, printed(officer, code, form))
    changes, unreadable = read_fields(actor=officer, person_id=found.person_id, typed=found.typed)
    assert (changes, unreadable, found.records, found.differing, found.unread) == ([], [], [], [], [])
    assert found.known >= 3 and found.typed["full_name"] and found.not_kept == []


def test_what_was_filled_in_is_told_field_by_field_and_record_by_record(officer: Actor, code: str) -> None:
    content = edited(
        printed(officer, code, "2c-bnv-2008"),
        [
            (f"Nơi sinh: {DOTS}", "Nơi sinh: Xã Bản Lạnh, tỉnh Thử Nghiệm"),
            (f"Ngày nhập ngũ: {DOTS}", "Ngày nhập ngũ: 05/02/2001"),
            (f"Sở trường công tác: {DOTS}", "Sở trường công tác: Công tác dân vận"),
            ("Ngày vào Đảng Cộng sản Việt Nam:", "Ngày vào Đảng Cộng sản Việt Nam: 31/02/2009 hay"),
        ],
        [
            (1, ("Đại học Luật Hà Nội", "Luật", "09/1990 - 06/1994", "Chính quy", "Bằng thạc sĩ luật")),
            (1, ("Trường Chính trị", "", "2001 - 2002", "Tại chức", "Bằng khen gì đó")),
            (2, ("01/2003 - 12/2004", "Kế toán, Hợp tác xã Mường Thanh")),
            (2, ("hồi trẻ", "Làm ruộng")),
        ],
    )
    found = compared(officer, code, content)
    assert found.typed["birth_place"] == "Xã Bản Lạnh, tỉnh Thử Nghiệm"
    assert found.typed["army_joined_on"] == "05/02/2001"
    by_kind = {draft.slug: draft for draft in found.records}
    assert by_kind["ghi-them"].values == {"kind": "strengths", "text": "Công tác dân vận"}
    study = by_kind["trinh-do"]
    assert study.values["level"] == "professional:master" and study.since == date(1994, 6, 1)
    elsewhere = by_kind["noi-khac"]
    assert (elsewhere.since, elsewhere.until) == (date(2003, 1, 1), date(2005, 1, 1))
    assert elsewhere.values["place"] == "Kế toán, Hợp tác xã Mường Thanh"
    lost = " | ".join(text for text, _why in found.unread)
    assert "Bằng khen gì đó" in lost and "Làm ruộng" in lost
    from hientai.apps.integrity.desk import read_fields

    _changes, unreadable = read_fields(actor=officer, person_id=found.person_id, typed=found.typed)
    assert [text.split(":")[0] for text, _why in unreadable] == ["Ngày vào Đảng"]


def test_what_is_never_stored_is_named_but_not_repeated(officer: Actor, code: str) -> None:
    document = Document(io.BytesIO(printed(officer, code, "2c-tctw-98")))
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.text.startswith("31) Hoàn cảnh kinh tế"):
            document.paragraphs[number + 1].text = "Nhà cấp bốn, thu nhập mười triệu đồng"
    out = io.BytesIO()
    document.save(out)
    found = compared(officer, code, out.getvalue())
    assert found.not_kept == ["Hoàn cảnh kinh tế"]
    assert "mười triệu" not in repr(found)


def test_a_workbook_with_labels_and_a_table_is_read_likewise(officer: Actor, code: str) -> None:
    record = models.BiographicalRecord.objects.get(person__code=code, recorded_to=None)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    lines = [
        ("SƠ YẾU LÝ LỊCH VIÊN CHỨC",), ("1) Họ và tên khai sinh:", record.full_name.upper()),
        ("3) Sinh ngày:", str(record.born_year)), ("9) Nơi ở hiện nay:", "Tổ 9, phường Mới"),
        ("Sở thích:", "Đọc sách"), (),
        ("Tên trường", "Chuyên ngành", "Từ tháng, năm - đến tháng, năm", "Hình thức đào tạo", "Văn bằng, chứng chỉ"),
        ("Trường Chính trị tỉnh", "", "03/2019 - 11/2019", "Tập trung", "Bằng cao cấp lý luận chính trị"),
    ]  # fmt: skip
    for number, cells in enumerate(lines):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text)
    book.close()
    held = models.Qualification.objects.filter(
        person__code=code, kind="political_theory", level="advanced"
    ).exists()
    found = compared(officer, code, out.getvalue(), "khai.xlsx")
    assert found.typed["residence"] == "Tổ 9, phường Mới"
    assert ("Sở thích: Đọc sách" in [text for text, _ in found.unread]) and len(found.unread) == 1
    assert len(found.records) == (0 if held else 1) and found.known == (1 if held else 0)


def test_pay_from_left_to_right_is_read_too(officer: Actor, code: str) -> None:
    models.Code.objects.get_or_create(list="grade", code="01.003", defaults={"name": "Chuyên viên"})
    name = models.BiographicalRecord.objects.get(person__code=code, recorded_to=None).full_name
    blocks = [
        Line(f"1) Họ và tên khai sinh: {name}"), Line("6) Dân tộc: Kinh    7) Tôn giáo: Không"),
        Line("2) Tên gọi khác: Mai"),
        Grid((("Tháng/năm", "04/2019", "04/2022"), ("Mã ngạch", "01.003", "99.999"), ("Hệ số lương", "2,34", "2,67"))),
    ]  # fmt: skip
    found = changes_of(actor=officer, as_of=DAY, code=code, filled=read_form(blocks))
    pay = [draft for draft in found.records if draft.slug == "ngach-luong"]
    assert [(d.values["grade"], d.values["coefficient"], d.since) for d in pay] == [
        ("01.003", Decimal("2.34"), date(2019, 4, 1))
    ]
    assert any("99.999" in text for text, _why in found.unread)


@pytest.mark.parametrize(
    ("content", "name", "code_of_refusal"),
    [
        (b"", "a.docx", "empty_file"),
        (papers.pdf(), "a.docx", "wrong_extension"),
        (papers.pdf(), "a.pdf", "unknown_kind"),
        (papers.word_with({"word/vbaProject.bin": b"x"}), "a.docx", "runs_something"),
        (papers.word()[:-40], "a.docx", "damaged"),
        (b"PK\x03\x04 nothing", "a.xlsx", None),
        (b"x" * (11 * 1024 * 1024), "a.xlsx", "too_large"),
    ],
)  # fmt: skip
def test_hostile_and_foreign_files_are_refused_with_words(
    content: bytes, name: str, code_of_refusal: str | None
) -> None:
    with pytest.raises(BadInput) as refused:
        read_filled(content, name)
    assert str(refused.value)
    if code_of_refusal:
        assert refused.value.code == code_of_refusal


def test_a_letter_is_no_biographical_form(officer: Actor, code: str) -> None:
    with pytest.raises(Refused, match="không phải sơ yếu lý lịch"):
        compared(officer, code, papers.word("Kính gửi Ban Tổ chức: đề nghị xem xét."))


def test_the_form_of_somebody_else_is_refused(officer: Actor, province: Province, code: str) -> None:
    other = models.Person.objects.get(pk=province.people[0]).code
    with pytest.raises(Refused, match="người khác"):
        compared(officer, code, printed(officer, other, "hs02-vc-bnv"))


def test_nobody_hands_in_a_form_for_a_file_out_of_reach(staff: Actor, officer: Actor, code: str) -> None:
    with pytest.raises(NotFound):
        compared(staff, code, printed(officer, code, "2c-bnv-2008"))


def test_a_text_said_before_becomes_a_change_from_today(
    officer: Actor, province: Province, code: str
) -> None:
    services.add_record(
        actor=officer, person_id=province.people[-1], slug="ghi-them",
        values={"kind": "strengths", "text": "Công tác dân vận"}, since=date(2020, 1, 1), source="thử",
    )  # fmt: skip
    content = edited(printed(officer, code, "2c-tctw-98"), [("Công tác dân vận", "Công tác tổ chức")])
    found = compared(officer, code, content)
    assert [(d.doing, d.before[0][1], d.after[0][1], d.since) for d in found.records] == [
        ("thay-doi", "Công tác dân vận", "Công tác tổ chức", DAY)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" .......... ", ""),
        ("……", ""),
        ("Không", "Không"),
        ("Bản Lạnh ......", "Bản Lạnh"),
        ("____", ""),
        ("- ", ""),
    ],
)
def test_dotted_lines_say_nothing(text: str, value: str) -> None:
    assert said(text) == value


def test_a_label_inside_a_sentence_does_not_end_the_answer() -> None:
    found = read_form([Line("13) Công việc chính được giao: Theo dõi ngạch, bậc của viên chức")])
    assert found.values == {"main_work": "Theo dõi ngạch, bậc của viên chức"}
    assert isinstance(found, Filled) and found.unread == []
