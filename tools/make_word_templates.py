"""Writes the Word templates that come with the program, in the state and the party layout.

State: Decree 30/2020, Annex I. Party: guideline 36-HD/VPTW, margins as remembered. Run after changing this file:
`PYTHONPATH=src .venv/bin/python tools/make_word_templates.py`; the result is committed, and offices may start from it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).parent.parent / "src/hientai/apps/procedures/word_templates"
CENTRE, LEFT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
NAMES = [("STT", "stt", 12), ("Họ và tên", "ho_ten", 52), ("Chức vụ, đơn vị công tác", "chuc_vu", 62)]
HELD = "Hội nghị do {{ chu_tri }} chủ trì, thư ký {{ thu_ky }}, họp {{ ngay_hop }} tại {{ dia_diem }}."
CAME = (
    "Được triệu tập: {{ trieu_tap }} người ({{ trieu_tap_bang_chu }}). Có mặt: {{ co_mat }} người "
    "({{ co_mat_bang_chu }}), đạt {{ ty_le_co_mat }} số người được triệu tập; vắng: {{ vang }} người."
)


class Sheet:
    """One document being written."""

    def __init__(self, layout: str, mark: str, size: float = 14) -> None:
        self.layout, self.size = layout, size
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        style.paragraph_format.space_after = Pt(6)
        self._number_pages(section)
        self._head(mark)

    def _number_pages(self, section: Any) -> None:
        """In the middle of the head of the page, from the second page on."""
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = CENTRE
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()
            run.font.size = Pt(13)
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)

    def _head(self, mark: str) -> None:
        table = self.document.add_table(rows=1, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        left, right = table.rows[0].cells
        for column, width in zip(table.columns, (62, 103), strict=True):
            column.width = Mm(width)
        left.width, right.width = Mm(62), Mm(103)
        if self.layout == "party":
            self._lines(
                left,
                [
                    ("{{ co_quan_cap_tren|upper }}", False, 14),
                    ("{{ co_quan|upper }}", True, 14),
                    ("*", True, 14),
                    (f"Số       -{mark}" if mark else "", False, 14),
                ],
            )
            self._lines(
                right, [("ĐẢNG CỘNG SẢN VIỆT NAM", True, 15), ("_______________", False, 8), ("", False, 8)]
            )
        else:
            self._lines(
                left,
                [
                    ("{{ co_quan_cap_tren|upper }}", False, 12),
                    ("{{ co_quan|upper }}", True, 12),
                    ("________", False, 8),
                    (f"Số:       /{mark}" if mark else "", False, 13),
                ],
            )
            self._lines(
                right,
                [
                    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 12),
                    ("Độc lập - Tự do - Hạnh phúc", True, 13),
                    ("_______________________", False, 8),
                ],
            )
        dated = right.add_paragraph()
        dated.alignment = CENTRE
        run = dated.add_run("{{ dia_danh }}, {{ ngay }}")
        run.italic, run.font.size = True, Pt(13)
        self.text("{{ du_lieu_hu_cau }}", align=CENTRE, bold=True, size=11, indent=False)

    def _lines(self, cell: Any, lines: list[tuple[str, bool, float]]) -> None:
        for number, (text, bold, size) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = CENTRE
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(text)
            run.bold, run.font.size = bold, Pt(size)

    def text(
        self,
        said: str,
        *,
        align: Any = BOTH,
        bold: bool = False,
        italic: bool = False,
        size: float = 0,
        indent: bool = True,
    ) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        if indent and align == BOTH:
            paragraph.paragraph_format.first_line_indent = Mm(10)
        run = paragraph.add_run(said)
        run.bold, run.italic = bold, italic
        if size:
            run.font.size = Pt(size)

    def title(self, kind: str, about: str) -> None:
        self.text(kind, align=CENTRE, bold=True, size=self.size)
        self.text(about, align=CENTRE, bold=True)

    def rows(self, over: str, columns: list[tuple[str, str, int]]) -> None:
        """A bordered table: head, then one row for each of a list."""
        table = self.document.add_table(rows=4, cols=len(columns), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, (_, _, width) in zip(table.columns, columns, strict=True):
            column.width = Mm(width)
        texts = [
            [head for head, _, _ in columns],
            [f"{{%tr for dong in {over} %}}", *[""] * (len(columns) - 1)],
            [f"{{{{ dong.{field} }}}}" if field else "" for _, field, _ in columns],
            ["{%tr endfor %}", *[""] * (len(columns) - 1)],
        ]
        for row, line in zip(table.rows, texts, strict=True):
            for cell, text, (_, field, width) in zip(row.cells, line, columns, strict=True):
                cell.width = Mm(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                head = row is table.rows[0] or line is texts[0]
                centred = head or field not in ("ho_ten", "chuc_vu", "chuc_danh", "buoc")
                paragraph.alignment = CENTRE if centred else LEFT
                run = paragraph.add_run(text)
                run.bold, run.font.size = head, Pt(12)
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        self.text("", indent=False, size=6)

    def signatures(self, left: list[tuple[str, bool]], right: list[tuple[str, bool]]) -> None:
        """Two columns; the name stands four lines below."""
        table = self.document.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            self._lines(cell, [(text, bold, 13) for text, bold in lines])

    def signed(self, copies: str = "Lưu: VT, TCCB.") -> None:
        """Recipients left, the signer right, by authority."""
        table = self.document.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        first = left.paragraphs[0]
        run = first.add_run("Nơi nhận:")
        run.bold = run.italic = True
        run.font.size = Pt(12)
        for line in ("- Như trên;", f"- {copies}"):
            added = left.add_paragraph()
            added.paragraph_format.space_after = Pt(0)
            added.add_run(line).font.size = Pt(11)
        self._lines(
            right,
            [
                ("{{ ky_dong_1 }}", True, 14),
                ("{{ ky_dong_2 }}", True, 14),
                ("", False, 14),
                ("", False, 14),
                ("", False, 14),
                ("{{ nguoi_ky }}", True, 14),
            ],
        )

    def bytes(self) -> bytes:
        """The file, the same for the same text: entries carry one fixed day."""
        self.document.core_properties.author = "Hiền Tài"
        raw = io.BytesIO()
        self.document.save(raw)
        fixed = io.BytesIO()
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                target.writestr(
                    zipfile.ZipInfo(entry.filename, (2026, 1, 1, 0, 0, 0)),
                    source.read(entry),
                    zipfile.ZIP_DEFLATED,
                )
        return fixed.getvalue()


def invitation(layout: str) -> Sheet:
    sheet = Sheet(layout, "GTT" if layout == "party" else "GM-TCCB")
    sheet.title("GIẤY TRIỆU TẬP" if layout == "party" else "GIẤY MỜI", "{{ ten_buoc }}")
    sheet.text("Căn cứ {{ can_cu }}, {{ nguoi_trieu_tap }} triệu tập: {{ thanh_phan }}.")
    sheet.text("Nội dung: {{ ten_ho_so }} (bước {{ so_buoc }}: {{ ten_buoc }}).")
    sheet.text("Thời gian: {{ ngay_hop }}. Địa điểm: {{ dia_diem }}. Chủ trì: {{ chu_tri }}.")
    sheet.text("Danh sách triệu tập ({{ trieu_tap }} người):", bold=True)
    sheet.rows("nguoi_du", [("STT", "stt", 14), ("Họ và tên", "ho_ten", 110), ("Ghi chú", "", 40)])
    sheet.signed()
    return sheet


def minutes(layout: str) -> Sheet:
    sheet = Sheet(layout, "BB" if layout == "party" else "BB-TCCB")
    sheet.title("BIÊN BẢN", "{{ ten_buoc }}, {{ ten_ho_so }}")
    sheet.text("Căn cứ {{ can_cu }}.")
    sheet.text(HELD)
    sheet.text(CAME)
    sheet.text("Nội dung", bold=True)
    sheet.text("{{ noi_dung }}", align=LEFT)
    sheet.text("Nhân sự được xem xét", bold=True)
    sheet.rows("nhan_su", [*NAMES, ("Chức danh đề nghị", "chuc_danh", 38)])
    sheet.text("{{ ket_luan }}")
    sheet.text("Biên bản đã được đọc lại tại hội nghị.")
    sheet.signatures(
        [("THƯ KÝ", True), ("", False), ("", False), ("", False), ("{{ thu_ky }}", True)],
        [("CHỦ TRÌ", True), ("", False), ("", False), ("", False), ("{{ chu_tri }}", True)],
    )
    return sheet


def ballot(layout: str) -> Sheet:
    """Nothing on it tells one paper from another."""
    sheet = Sheet(layout, "")
    sheet.title("PHIẾU GIỚI THIỆU NHÂN SỰ", "{{ ten_ho_so }}")
    sheet.text("Hội nghị: {{ ten_buoc }}, {{ ngay_hop }}", align=CENTRE, italic=True)
    sheet.text("Đánh dấu X vào một ô ở mỗi dòng.", align=CENTRE)
    sheet.rows(
        "nhan_su",
        [
            ("STT", "stt", 12),
            ("Họ và tên", "ho_ten", 50),
            ("Chức vụ, đơn vị công tác", "chuc_vu", 55),
            ("Đồng ý", "", 24),
            ("Không đồng ý", "", 24),
        ],
    )
    sheet.text("Phiếu kín: không ký tên, không ghi ký hiệu riêng.", align=CENTRE, italic=True)
    return sheet


def counting(layout: str) -> Sheet:
    sheet = Sheet(layout, "BB" if layout == "party" else "BB-KP")
    sheet.title("BIÊN BẢN KIỂM PHIẾU", "{{ ten_buoc }}, {{ ten_ho_so }}")
    sheet.text("Căn cứ {{ can_cu }}, hội nghị họp {{ ngay_hop }} tại {{ dia_diem }}.")
    sheet.text("Người kiểm phiếu: {{ kiem_phieu_1 }} và {{ kiem_phieu_2 }}.")
    sheet.text(CAME)
    sheet.text(
        "Số phiếu phát ra: {{ phat_ra }} ({{ phat_ra_bang_chu }}). "
        "Số phiếu hợp lệ: {{ hop_le }} ({{ hop_le_bang_chu }}). "
        "Số phiếu không hợp lệ: {{ khong_hop_le }}."
    )
    sheet.rows(
        "nhan_su",
        [
            ("STT", "stt", 12),
            ("Họ và tên", "ho_ten", 48),
            ("Số phiếu", "so_phieu", 18),
            ("Bằng chữ", "so_phieu_bang_chu", 36),
            ("Tỷ lệ", "ty_le", 20),
            ("Kết quả", "ket_qua", 34),
        ],
    )
    sheet.text(
        "Tỷ lệ tính trên {{ goc_tinh }}, làm tròn hai chữ số thập phân, nửa thì làm tròn lên.",
        italic=True,
        size=12,
    )
    sheet.text("Kết luận: {{ ket_luan }} {{ cong_bo }}")
    sheet.text("{{ dinh_chinh }}")
    sheet.signatures(
        [
            ("NGƯỜI KIỂM PHIẾU THỨ NHẤT", True),
            ("", False),
            ("", False),
            ("", False),
            ("{{ kiem_phieu_1 }}", True),
        ],
        [
            ("NGƯỜI KIỂM PHIẾU THỨ HAI", True),
            ("", False),
            ("", False),
            ("", False),
            ("{{ kiem_phieu_2 }}", True),
        ],
    )
    return sheet


def aggregate(layout: str) -> Sheet:
    sheet = Sheet(layout, "TH" if layout == "party" else "TH-TCCB")
    sheet.title("BẢNG TỔNG HỢP KIỂM PHIẾU", "{{ ten_ho_so }}")
    sheet.text(
        "Thực hiện theo {{ can_cu_quy_trinh }}. Tỷ lệ tính trên số người được triệu tập của từng hội nghị."
    )
    sheet.rows(
        "kiem_phieu_cac_buoc",
        [
            ("Bước", "buoc", 44),
            ("Ngày họp", "ngay", 24),
            ("Triệu tập", "trieu_tap", 16),
            ("Có mặt", "co_mat", 15),
            ("Hợp lệ", "hop_le", 15),
            ("Họ và tên", "ho_ten", 40),
            ("Số phiếu", "so_phieu", 15),
            ("Tỷ lệ", "ty_le", 20),
        ],
    )
    sheet.text("{{ dinh_chinh }}")
    sheet.signed()
    return sheet


def proposal(layout: str) -> Sheet:
    sheet = Sheet(layout, "TTr" if layout == "party" else "TTr-TCCB")
    sheet.title("TỜ TRÌNH", "{{ ten_ho_so }}")
    sheet.text(
        "Căn cứ {{ can_cu_quy_trinh }}; {{ co_quan }} đã thực hiện quy trình “{{ quy_trinh }}” tại {{ don_vi }}."
    )
    sheet.text("Kết quả các bước có bỏ phiếu:", bold=True)
    sheet.rows(
        "kiem_phieu_cac_buoc",
        [
            ("Bước", "buoc", 52),
            ("Ngày họp", "ngay", 26),
            ("Họ và tên", "ho_ten", 50),
            ("Số phiếu", "so_phieu", 18),
            ("Tỷ lệ", "ty_le", 22),
        ],
    )
    sheet.text("Kính trình cấp có thẩm quyền xem xét, quyết định đối với các đồng chí:", bold=True)
    sheet.rows("nhan_su", [*NAMES, ("Chức danh đề nghị", "chuc_danh", 38)])
    sheet.signed("Lưu: VT, TCCB (hồ sơ {{ ma_ho_so }}).")
    return sheet


def decision(layout: str) -> Sheet:
    sheet = Sheet(layout, "QĐ" if layout == "party" else "QĐ-TCCB")
    sheet.title("QUYẾT ĐỊNH", "{{ ten_ho_so }}")
    sheet.text("Căn cứ {{ can_cu_quy_trinh }};", italic=True)
    sheet.text("Xét kết quả thực hiện quy trình “{{ quy_trinh }}” (hồ sơ {{ ma_ho_so }}),", italic=True)
    sheet.text("QUYẾT ĐỊNH:", align=CENTRE, bold=True)
    sheet.text("Điều 1. Quyết định đối với các đồng chí có tên sau:")
    sheet.rows("nhan_su", [*NAMES, ("Chức danh", "chuc_danh", 38)])
    sheet.text(
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký. "
        "Các cơ quan, đơn vị liên quan và các đồng chí có tên tại Điều 1 chịu trách nhiệm thi hành."
    )
    sheet.signed()
    return sheet


WRITERS = {
    "invitation": invitation, "minutes": minutes, "ballot": ballot, "counting": counting, "aggregate": aggregate,
    "proposal": proposal, "decision": decision,
}  # fmt: skip


def main() -> None:
    for layout in ("state", "party"):
        (FOLDER / layout).mkdir(parents=True, exist_ok=True)
        for kind, write in WRITERS.items():
            (FOLDER / layout / f"{kind}.docx").write_bytes(write(layout).bytes())


if __name__ == "__main__":
    main()
