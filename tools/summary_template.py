"""Draws the Word templates of the biographical forms; run it after changing one, then look at the results.

    python tools/summary_template.py

An office may edit the files in Word instead: names between {{ }} are filled by `apps/cadres/summary.py`.

The items of 2C-TCTW-98, 2C-BNV/2008 and HS02-VC/BNV stand here as they are remembered; nobody has laid them beside the
printed forms yet, which every page printed from them says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).resolve().parent.parent / "src/hientai/apps/cadres/templates_word"
NOT_KEPT = "(phần mềm không lưu; người khai tự ghi)"
STUDY = (
    ("Tên trường", "institution", 45),
    ("Chuyên ngành đào tạo, bồi dưỡng", "field", 36),
    ("Từ tháng, năm - đến tháng, năm", "period", 30),
    ("Hình thức đào tạo", "mode", 22),
    ("Văn bằng, chứng chỉ, trình độ gì", "degree", 37),
)
CAREER = (
    ("Từ tháng, năm đến tháng, năm", "period", 42),
    ("Chức danh, chức vụ, đơn vị công tác", "post", 128),
)
PAY = (
    ("Tháng/năm", "since", 30), ("Mã ngạch", "code", 35), ("Tên ngạch", "grade", 50), ("Bậc", "step", 20),
    ("Hệ số lương", "coefficient", 35),
)  # fmt: skip
FAMILY = (
    "Mối quan hệ",
    "Họ và tên",
    "Năm sinh",
    "Quê quán, nghề nghiệp, chức danh, chức vụ, đơn vị công tác, nơi ở",
)
SIGNED_ON = "Ngày ....... tháng ....... năm 20......."
DECLARES = (
    "Người khai",
    "Tôi xin cam đoan những lời khai trên đây là đúng sự thật",
    "(Ký tên, ghi rõ họ tên)",
)


@dataclass(frozen=True)
class Form:
    """head: lines under the title; items: before the tables; tables: caption, loop, columns; ends: caption, kind."""

    file: str
    title: str
    head: tuple[str, ...]
    items: tuple[str, ...]
    tables: tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...]
    ends: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, ...], ...]


SUMMARY_ITEMS = (
    "1) Họ và tên khai sinh: {{ name }}    Giới tính: {{ sex }}",
    "2) Tên gọi khác: {{ other_names }}",
    "3) Ngày sinh: {{ born }}    Nơi sinh: {{ birth_place }}",
    "4) Quê quán: {{ home_place }}",
    "5) Dân tộc: {{ ethnicity }}    6) Tôn giáo: {{ religion }}",
    "7) Nơi đăng ký thường trú: {{ permanent_residence }}",
    "8) Nơi ở hiện nay: {{ residence }}",
    "9) Nghề nghiệp khi được tuyển dụng: {{ work_when_recruited }}",
    "10) Ngày tuyển dụng: {{ recruited }}    Cơ quan tuyển dụng: {{ recruited_by }}",
    "11) Chức vụ hiện tại: {{ post }}    Từ ngày: {{ since }}",
    "      Chức vụ kiêm nhiệm: {{ concurrent }}",
    "12) Công việc chính được giao: {{ main_work }}",
    "13) Ngạch: {{ grade }}    Bậc: {{ step }}    Hệ số: {{ coefficient }}    Ngày hưởng: {{ paid_since }}",
    "14) Trình độ giáo dục phổ thông: {{ general }}",
    "15) Trình độ chuyên môn cao nhất: {{ professional }}",
    "16) Lý luận chính trị: {{ political_theory }}    17) Quản lý nhà nước: {{ state_management }}",
    "18) Ngoại ngữ: {{ language }}    19) Tin học: {{ informatics }}",
    "20) Ngày vào Đảng: {{ party_joined }}    Ngày chính thức: {{ party_official }}    Số thẻ: {{ party_card }}",
    "21) Tham gia tổ chức chính trị - xã hội: {{ social_organisations }}",
    "22) Ngày nhập ngũ: {{ army_joined }}    Ngày xuất ngũ: {{ army_left }}    Quân hàm: {{ army_rank }}",
    "23) Danh hiệu, học hàm: {{ academic_rank }}    24) Sở trường công tác: {{ strengths }}",
    "25) Khen thưởng: {{ commendations }}",
    "26) Kỷ luật: {{ disciplines }}",
    "27) Tình trạng sức khỏe: {{ health }}    28) Thương binh, gia đình chính sách: {{ policy_family }}",
    "29) Số căn cước: {{ identity }}    Số sổ bảo hiểm xã hội: {{ social_insurance }}",
)
SUMMARY_TABLES = (
    (
        "30) Đào tạo, bồi dưỡng về chuyên môn, nghiệp vụ, lý luận chính trị, ngoại ngữ, tin học",
        "study",
        (
            ("Loại", "kind", 30),
            ("Văn bằng, chứng chỉ", "level", 45),
            ("Chuyên ngành", "field", 40),
            ("Nơi cấp", "institution", 35),
            ("Từ ngày", "since", 20),
        ),
    ),
    (
        "31) Tóm tắt quá trình công tác",
        "career",
        (
            ("Từ ngày", "since", 26),
            ("Đến ngày", "until", 26),
            ("Chức danh, chức vụ, đơn vị công tác", "post", 118),
        ),
    ),
    (
        "32) Diễn biến quá trình lương",
        "pay",
        (("Từ ngày", "since", 35), ("Ngạch", "grade", 60), ("Bậc", "step", 35), ("Hệ số", "coefficient", 40)),
    ),
    ("33) Xếp loại hằng năm", "ratings", (("Năm", "year", 40), ("Xếp loại", "rating", 130))),
)
UNIT_SIGNS = ("Thủ trưởng cơ quan, đơn vị", "Xác nhận của cơ quan quản lý hồ sơ", "(Ký tên, đóng dấu)")
SUMMARY = Form(
    "so-yeu-ly-lich-2c.docx", "TÓM TẮT SƠ YẾU LÝ LỊCH CÁN BỘ, CÔNG CHỨC", ("(theo các mục của mẫu 2C)",),
    SUMMARY_ITEMS, SUMMARY_TABLES,
    (
        ("34) Đặc điểm lịch sử bản thân", "history"),
        ("35) Quan hệ gia đình", "blank"),
        (f"36) Quan hệ với nước ngoài {NOT_KEPT}", "blank"),
        (f"37) Hoàn cảnh kinh tế {NOT_KEPT}", "blank"),
    ),
    (("Người khai", "Tôi xin cam đoan những lời khai trên đây là đúng sự thật", "(ký, ghi rõ họ tên)"), UNIT_SIGNS),
)  # fmt: skip
PARTY = Form(
    "2c-tctw-98.docx", "SƠ YẾU LÝ LỊCH CÁN BỘ", ("Mẫu 2C/TCTW-98",),
    (
        "1) Họ và tên khai sinh: {{ name }}    Nam, nữ: {{ sex }}",
        "2) Tên gọi khác: {{ other_names }}",
        "3) Cấp ủy hiện tại, chức vụ kiêm nhiệm: {{ concurrent }}",
        "    Chức vụ hiện tại: {{ post }}    Từ ngày: {{ since }}    Phụ cấp chức vụ: {{ allowance }}",
        "4) Sinh ngày: {{ born }}    5) Nơi sinh: {{ birth_place }}",
        "6) Quê quán: {{ home_place }}",
        "7) Nơi ở hiện nay: {{ residence }}    Điện thoại: {{ phone }}",
        "8) Dân tộc: {{ ethnicity }}    9) Tôn giáo: {{ religion }}",
        "10) Thành phần gia đình xuất thân: {{ blank }}",
        "11) Nghề nghiệp bản thân trước khi được tuyển dụng: {{ work_when_recruited }}",
        "12) Ngày được tuyển dụng: {{ recruited }}    Vào cơ quan nào: {{ recruited_by }}",
        "13) Ngày vào cơ quan hiện đang công tác: {{ blank }}    Ngày tham gia cách mạng: {{ blank }}",
        "14) Ngày vào Đảng: {{ party_joined }}    Ngày chính thức: {{ party_official }}    Số thẻ: {{ party_card }}",
        "15) Ngày tham gia các tổ chức chính trị, xã hội: {{ social_organisations }}",
        "16) Ngày nhập ngũ: {{ army_joined }}    Ngày xuất ngũ: {{ army_left }}    Quân hàm cao nhất: {{ army_rank }}",
        "17) Trình độ giáo dục phổ thông: {{ general }}    Học hàm, học vị cao nhất: {{ academic_rank }}",
        "    Trình độ chuyên môn cao nhất: {{ professional }}",
        "    Lý luận chính trị: {{ political_theory }}    Quản lý nhà nước: {{ state_management }}",
        "    Ngoại ngữ: {{ language }}    Tin học: {{ informatics }}",
        "18) Công tác chính đang làm: {{ main_work }}",
        "19) Ngạch công chức: {{ grade }}    Bậc lương: {{ step }}    Hệ số: {{ coefficient }}    Từ tháng: {{ paid_since }}",  # noqa: E501
        "20) Danh hiệu được phong: {{ blank }}",
        "21) Sở trường công tác: {{ strengths }}    Công việc đã làm lâu nhất: {{ longest_work }}",
        "22) Khen thưởng: {{ commendations }}",
        "23) Kỷ luật: {{ disciplines }}",
        "24) Tình trạng sức khỏe: {{ health }}    Chiều cao: {{ blank }}    Cân nặng: {{ blank }}    Nhóm máu: {{ blank }}",  # noqa: E501
        "25) Số căn cước: {{ identity }}    Thương binh, gia đình liệt sĩ: {{ policy_family }}",
        "    Số sổ bảo hiểm xã hội: {{ social_insurance }}",
    ),
    (
        ("26) Đào tạo, bồi dưỡng về chuyên môn, nghiệp vụ, lý luận chính trị, ngoại ngữ", "study", STUDY),
        ("27) Tóm tắt quá trình công tác", "career", CAREER),
    ),
    (
        ("28) Đặc điểm lịch sử bản thân", "history"),
        (f"29) Quan hệ với nước ngoài {NOT_KEPT}", "blank"),
        (f"30) Quan hệ gia đình {NOT_KEPT}", "family"),
        (f"31) Hoàn cảnh kinh tế gia đình {NOT_KEPT}", "blank"),
    ),
    (DECLARES, UNIT_SIGNS),
)  # fmt: skip
_STATE = (
    "1) Họ và tên khai sinh: {{ name }}",
    "2) Tên gọi khác: {{ other_names }}",
    "3) Sinh ngày: {{ born }}    Giới tính: {{ sex }}",
    "4) Nơi sinh: {{ birth_place }}",
    "5) Quê quán: {{ home_place }}",
    "6) Dân tộc: {{ ethnicity }}    7) Tôn giáo: {{ religion }}",
    "8) Nơi đăng ký thường trú: {{ permanent_residence }}",
    "9) Nơi ở hiện nay: {{ residence }}    Điện thoại: {{ phone }}",
    "10) Nghề nghiệp khi được tuyển dụng: {{ work_when_recruited }}",
    "11) Ngày tuyển dụng: {{ recruited }}    Cơ quan tuyển dụng: {{ recruited_by }}",
)
_STATE_REST = (
    "16) Ngày vào Đảng Cộng sản Việt Nam: {{ party_joined }}    Ngày chính thức: {{ party_official }}",
    "17) Ngày tham gia tổ chức chính trị - xã hội: {{ social_organisations }}",
    "18) Ngày nhập ngũ: {{ army_joined }}    Ngày xuất ngũ: {{ army_left }}    Quân hàm cao nhất: {{ army_rank }}",
    "19) Danh hiệu được phong tặng cao nhất: {{ blank }}    Học hàm: {{ academic_rank }}",
    "20) Sở trường công tác: {{ strengths }}",
    "21) Khen thưởng: {{ commendations }}",
    "22) Kỷ luật: {{ disciplines }}",
    (
        "23) Tình trạng sức khỏe: {{ health }}    Chiều cao: {{ blank }}    Cân nặng: {{ blank }}"
        "    Nhóm máu: {{ blank }}"
    ),
    "24) Thương binh, con gia đình chính sách: {{ policy_family }}",
    "25) Số căn cước: {{ identity }}    Ngày cấp: {{ blank }}",
    "26) Số sổ bảo hiểm xã hội: {{ social_insurance }}",
)
CIVIL_SERVANT = Form(
    "2c-bnv-2008.docx", "SƠ YẾU LÝ LỊCH CÁN BỘ, CÔNG CHỨC", ("Mẫu 2C-BNV/2008",),
    (
        *_STATE,
        "12) Chức vụ hiện tại: {{ post }}    Từ ngày: {{ since }}",
        "    Chức vụ kiêm nhiệm: {{ concurrent }}",
        "13) Công việc chính được giao: {{ main_work }}",
        "14) Ngạch công chức: {{ grade }}    Bậc lương: {{ step }}    Hệ số: {{ coefficient }}    Ngày hưởng: {{ paid_since }}",  # noqa: E501
        "    Phụ cấp chức vụ: {{ allowance }}    Phụ cấp khác: {{ blank }}",
        "15.1) Trình độ giáo dục phổ thông: {{ general }}    15.2) Trình độ chuyên môn cao nhất: {{ professional }}",
        "15.3) Lý luận chính trị: {{ political_theory }}    15.4) Quản lý nhà nước: {{ state_management }}",
        "15.5) Ngoại ngữ: {{ language }}    15.6) Tin học: {{ informatics }}",
        *_STATE_REST,
    ),
    (
        ("27) Đào tạo, bồi dưỡng về chuyên môn, nghiệp vụ, lý luận chính trị, ngoại ngữ, tin học", "study", STUDY),
        ("28) Tóm tắt quá trình công tác", "career", CAREER),
    ),
    (
        ("29) Đặc điểm lịch sử bản thân", "history"),
        (f"30) Quan hệ với nước ngoài {NOT_KEPT}", "blank"),
        (f"31) Quan hệ gia đình {NOT_KEPT}", "family"),
        ("32) Diễn biến quá trình lương", "pay"),
        ("33) Nhận xét, đánh giá của cơ quan, đơn vị quản lý và sử dụng", "blank"),
    ),
    (DECLARES, UNIT_SIGNS),
)  # fmt: skip
PUBLIC_EMPLOYEE = Form(
    "hs02-vc-bnv.docx", "SƠ YẾU LÝ LỊCH VIÊN CHỨC", ("Mẫu HS02-VC/BNV",),
    (
        *_STATE,
        "12) Chức vụ hiện tại: {{ post }}    Từ ngày: {{ since }}",
        "    Chức vụ kiêm nhiệm: {{ concurrent }}",
        "13) Công việc chính được giao: {{ main_work }}",
        "14) Chức danh nghề nghiệp: {{ grade }}    Bậc lương: {{ step }}    Hệ số: {{ coefficient }}    Ngày hưởng: {{ paid_since }}",  # noqa: E501
        "    Phụ cấp chức vụ: {{ allowance }}    Phụ cấp khác: {{ blank }}",
        "15.1) Trình độ giáo dục phổ thông: {{ general }}    15.2) Trình độ chuyên môn cao nhất: {{ professional }}",
        "15.3) Lý luận chính trị: {{ political_theory }}    15.4) Quản lý nhà nước: {{ state_management }}",
        "15.5) Nghiệp vụ theo chuyên ngành: {{ blank }}",
        "15.6) Ngoại ngữ: {{ language }}    15.7) Tin học: {{ informatics }}",
        *_STATE_REST,
    ),
    (
        ("27) Quá trình đào tạo, bồi dưỡng", "study", STUDY),
        ("28) Tóm tắt quá trình công tác", "career", CAREER),
    ),
    (
        ("29) Đặc điểm lịch sử bản thân", "history"),
        (f"30) Quan hệ gia đình {NOT_KEPT}", "family"),
        (f"31) Hoàn cảnh kinh tế gia đình {NOT_KEPT}", "blank"),
        ("32) Quá trình lương của bản thân", "pay"),
        ("33) Nhận xét, đánh giá của đơn vị quản lý và sử dụng viên chức", "blank"),
    ),
    (DECLARES, ("Thủ trưởng đơn vị", "Xác nhận của đơn vị quản lý viên chức", "(Ký tên, đóng dấu)")),
)  # fmt: skip
FORMS = (SUMMARY, PARTY, CIVIL_SERVANT, PUBLIC_EMPLOYEE)


def draw(form: Form) -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(3)
    _head(document, form)
    for line in form.items:
        document.add_paragraph(line)
    for title, name, columns in form.tables:
        _table(document, title, name, columns)
    for title, kind in form.ends:
        _end(document, title, kind)
    _sign(document, form.signs)
    FOLDER.mkdir(exist_ok=True)
    document.save(FOLDER / form.file)


def _end(document: Any, title: str, kind: str) -> None:
    if kind == "pay":
        _table(document, title, "pay", PAY)
        return
    _caption(document, title)
    if kind == "family":
        _blank_table(document)
        return
    if kind == "history":
        document.add_paragraph("{{ personal_history }}")
        return
    for _ in range(3):
        document.add_paragraph("." * 155)


def _blank_table(document: Any) -> None:
    table = document.add_table(rows=7, cols=len(FAMILY), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for number, (label, width) in enumerate(zip(FAMILY, (25, 45, 18, 82), strict=True)):
        table.columns[number].width = Mm(width)
        for row in table.rows:
            row.cells[number].width = Mm(width)
            row.height = Mm(8)
        head = table.rows[0].cells[number].paragraphs[0]
        head.paragraph_format.keep_with_next = True
        _bold(head, label)


def _head(document: Any, form: Form) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    table.autofit = False
    for place, width in enumerate((Mm(40), Mm(130))):
        table.columns[place].width = table.rows[0].cells[place].width = width
    frame = left.paragraphs[0]
    frame.alignment = WD_ALIGN_PARAGRAPH.CENTER
    frame.add_run("{{ photo }}")
    for text, bold in (
        ("{{ agency }}", True),
        ("Số hiệu: {{ personnel_number }}    Mã hồ sơ: {{ code }}", False),
    ):
        paragraph = right.paragraphs[0] if bold else right.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = bold
    title = right.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Pt(10)
    run = title.add_run(form.title)
    run.bold, run.font.size = True, Pt(14)
    for text in (*form.head, "Tính đến ngày {{ as_of }}", "{{ banner }}"):
        line = right.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(text).italic = True
    document.add_paragraph()


def _table(document: Any, title: str, name: str, columns: Any) -> None:
    _caption(document, title)
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    loops = (None, f"{{%tr for row in {name} %}}", None, "{%tr endfor %}")
    for number, (label, key, width) in enumerate(columns):
        table.columns[number].width = Mm(width)
        for row in table.rows:
            row.cells[number].width = Mm(width)
        head = table.rows[0].cells[number].paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _bold(head, label)
        table.rows[2].cells[number].paragraphs[0].add_run(f"{{{{ row.{key} }}}}")
    for place, loop in enumerate(loops):
        if loop:
            table.rows[place].cells[0].paragraphs[0].add_run(loop)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _caption(document: Any, title: str) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(8)
    _bold(caption, title)


def _bold(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).bold = True


def _sign(document: Any, signs: tuple[tuple[str, ...], ...]) -> None:
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    table.rows[0].height = Mm(45)  # the words, a signature, the name under it
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, day, lines in zip(table.rows[0].cells, ("", SIGNED_ON), signs, strict=True):
        for place, text in enumerate((day, *lines)):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(text)
            run.bold, run.italic = place == 1, place in (0, 2)


if __name__ == "__main__":
    for form in FORMS:
        draw(form)
