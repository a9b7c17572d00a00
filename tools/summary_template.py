"""Draws the Word template of the biographical summary (2C); run it after changing the form, then look at the result.

    python tools/summary_template.py

An office may edit the file in Word instead: names between {{ }} are filled by `apps/cadres/summary.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = (
    Path(__file__).resolve().parent.parent / "src/hientai/apps/cadres/templates_word/so-yeu-ly-lich-2c.docx"
)
LINES = (
    "1) Họ và tên khai sinh: {{ name }}    Giới tính: {{ sex }}",
    "2) Tên gọi khác: {{ other_names }}",
    "3) Ngày sinh: {{ born }}    Nơi sinh: {{ birth_place }}",
    "4) Quê quán: {{ home_place }}",
    "5) Dân tộc: {{ ethnicity }}    6) Tôn giáo: {{ religion }}",
    "7) Nơi đăng ký thường trú: {{ permanent_residence }}",
    "8) Nơi ở hiện nay: {{ residence }}",
    "9) Nghề nghiệp khi được tuyển dụng: {{ blank }}",
    "10) Ngày tuyển dụng: {{ recruited }}    Cơ quan tuyển dụng: {{ recruited_by }}",
    "11) Chức vụ hiện tại: {{ post }}    Từ ngày: {{ since }}",
    "      Chức vụ kiêm nhiệm: {{ concurrent }}",
    "12) Công việc chính được giao: {{ blank }}",
    "13) Ngạch: {{ grade }}    Bậc: {{ step }}    Hệ số: {{ coefficient }}    Ngày hưởng: {{ paid_since }}",
    "14) Trình độ giáo dục phổ thông: {{ general }}",
    "15) Trình độ chuyên môn cao nhất: {{ professional }}",
    "16) Lý luận chính trị: {{ political_theory }}    17) Quản lý nhà nước: {{ state_management }}",
    "18) Ngoại ngữ: {{ language }}    19) Tin học: {{ informatics }}",
    "20) Ngày vào Đảng: {{ party_joined }}    Ngày chính thức: {{ party_official }}    Số thẻ: {{ party_card }}",
    "21) Tham gia tổ chức chính trị - xã hội: {{ blank }}",
    "22) Ngày nhập ngũ: {{ army_joined }}    Ngày xuất ngũ: {{ army_left }}    Quân hàm: {{ army_rank }}",
    "23) Danh hiệu, học hàm: {{ academic_rank }}    24) Sở trường công tác: {{ blank }}",
    "25) Khen thưởng: {{ commendations }}",
    "26) Kỷ luật: {{ disciplines }}",
    "27) Tình trạng sức khỏe: {{ health }}    28) Thương binh, gia đình chính sách: {{ blank }}",
    "29) Số căn cước: {{ identity }}    Số sổ bảo hiểm xã hội: {{ social_insurance }}",
)
TABLES = (
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
BLANKS = (
    "34) Đặc điểm lịch sử bản thân",
    "35) Quan hệ gia đình",
    "36) Quan hệ với nước ngoài (phần mềm không lưu; người khai tự ghi)",
    "37) Hoàn cảnh kinh tế (phần mềm không lưu; người khai tự ghi)",
)


def draw() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(3)
    _head(document)
    for line in LINES:
        document.add_paragraph(line)
    for title, name, columns in TABLES:
        _table(document, title, name, columns)
    for title in BLANKS:
        _bold(document.add_paragraph(), title)
        for _ in range(3):
            document.add_paragraph("." * 118)
    _sign(document)
    TARGET.parent.mkdir(exist_ok=True)
    document.save(TARGET)


def _head(document: Any) -> None:
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
    run = title.add_run("TÓM TẮT SƠ YẾU LÝ LỊCH CÁN BỘ, CÔNG CHỨC")
    run.bold, run.font.size = True, Pt(14)
    for text in ("(theo các mục của mẫu 2C)", "Tính đến ngày {{ as_of }}", "{{ banner }}"):
        line = right.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(text).italic = True
    document.add_paragraph()


def _table(document: Any, title: str, name: str, columns: Any) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    _bold(caption, title)
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


def _bold(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).bold = True


def _sign(document: Any) -> None:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    texts = (
        ("Người khai", "Tôi xin cam đoan những lời khai trên đây là đúng sự thật", "(ký, ghi rõ họ tên)"),
        ("Thủ trưởng cơ quan, đơn vị", "Xác nhận của cơ quan quản lý hồ sơ", "(ký tên, đóng dấu)"),
    )
    for cell, lines in zip(table.rows[0].cells, texts, strict=True):
        for place, text in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(text)
            run.bold, run.italic = place == 0, place == 1


if __name__ == "__main__":
    draw()
