"""Copies for one reader: a mark across every page that says who reads it, when and why. Originals stay untouched."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from hientai.foundation.documents.incoming import CONTENT_TYPES, DOCX, JPEG, PDF, PNG
from hientai.foundation.documents.typeset import FONTS
from hientai.foundation.documents.typst_text import escaped, pdf_of

A4 = (595.276, 841.89)  # points
LARGEST_SIDE = 2400  # pixels of a picture shown


def marked(content: bytes, kind: str, mark: str) -> tuple[bytes, str]:
    """The copy and its content type. kind: of foundation.documents.incoming; mark: one line of text."""
    made = {PDF: _marked_pdf, DOCX: _marked_word, JPEG: _marked_picture, PNG: _marked_picture}[kind](
        content, mark
    )
    return made, CONTENT_TYPES[JPEG if kind == PNG else kind]


def _marked_pdf(content: bytes, mark: str) -> bytes:
    """Pages only are copied: scripts, forms and attachments of the original do not come along."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(content)).pages:
        writer.add_page(page)
    for page in writer.pages:
        lay_over(page, overlay(mark, ""))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def lay_over(page: Any, sheet: bytes) -> None:
    """Puts a sheet of A4 over a page of any size, stretched evenly to its width or height and put in its middle."""
    from pypdf import PdfReader, Transformation

    page.transfer_rotation_to_content()
    box = page.mediabox
    width, height = float(box.width), float(box.height)
    scale = min(width / A4[0], height / A4[1])
    move = (
        float(box.left) + (width - A4[0] * scale) / 2,
        float(box.bottom) + (height - A4[1] * scale) / 2,
    )
    page.merge_transformed_page(
        PdfReader(io.BytesIO(sheet)).pages[0], Transformation().scale(scale).translate(*move), expand=False
    )


@lru_cache(maxsize=256)
def overlay(mark: str, foot: str) -> bytes:
    """A transparent sheet of A4: the mark across it and in its head, `foot` at its foot."""
    demo = " · DỮ LIỆU HƯ CẤU" if settings.DEMO else ""
    return pdf_of(
        f"""#set page(paper: "a4", margin: 8mm, fill: none)
#set text(font: "Liberation Serif", size: 8pt, fill: rgb("#8a1c1c"))
#place(top + center, [{escaped(mark + demo)}])
#place(center + horizon, rotate(-38deg, text(size: 21pt, fill: rgb(152, 32, 31, 30))[{escaped(mark)}]))
#place(bottom + center, [{escaped(foot)}])
"""
    )


def _marked_picture(content: bytes, mark: str) -> bytes:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as original:
        picture = original.convert("RGBA")
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    layer = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    draw = ImageDraw.Draw(layer)
    size = max(11, round(min(picture.size[0] / max(len(mark), 1) * 1.7, picture.size[1] / 12)))
    font = ImageFont.truetype(str(Path(FONTS) / "LiberationSerif-Regular.ttf"), size)
    step = max(size * 5, picture.size[1] // 4)
    for place in range(size, picture.size[1], step):
        draw.text((size, place), mark, font=font, fill=(152, 32, 31, 110))
    out = io.BytesIO()
    Image.alpha_composite(picture, layer).convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def _marked_word(content: bytes, mark: str) -> bytes:
    """The mark stands in the head of every section: Word files are edited, a mark across pages would not hold."""
    from docx import Document
    from docx.shared import Pt, RGBColor

    document = Document(io.BytesIO(content))
    for section in document.sections:
        heads = [section.header]
        heads += [section.first_page_header] if section.different_first_page_header_footer else []
        for head in heads:
            head.is_linked_to_previous = False
            run = head.add_paragraph().add_run(mark)
            run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x8A, 0x1C, 0x1C)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
