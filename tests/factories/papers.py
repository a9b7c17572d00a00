"""Small invented papers: real PDF, Word and picture files, and hostile ones that only pretend."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from PIL import Image

from hientai.foundation.documents.typst_text import escaped, pdf_of


def pdf(text: str = "Giấy tờ thử", pages: int = 1) -> bytes:
    """A PDF of so many pages."""
    body = "#pagebreak()\n".join(escaped(f"{text} {number}") for number in range(1, pages + 1))
    return pdf_of(f'#set text(font: "Liberation Serif")\n{body}')


def word(text: str = "Bản tự kiểm điểm") -> bytes:
    """A Word document of one line."""
    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (200, 280)) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, (40, 90, 140)).save(out, kind)
    return out.getvalue()


def word_with(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word document with more parts, or with other content in its own parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as plain, zipfile.ZipFile(out, "w", compression) as made:
        for entry in plain.infolist():
            if entry.filename not in entries:
                made.writestr(entry.filename, plain.read(entry))
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def pdf_with_script() -> bytes:
    """A PDF that runs a script when it is opened."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_attachment() -> bytes:
    """A PDF that carries another file."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.add_attachment("x.exe", b"MZ")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF with a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("mat-khau", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
