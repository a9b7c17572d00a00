"""Files that people bring: what each really is, and everything hostile refused with a code of its own."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import Any

import pytest
from tests.factories import papers

from hientai.engines.errors import BadInput
from hientai.foundation.documents import incoming
from hientai.foundation.documents.incoming import inspect


@pytest.mark.parametrize(
    ("content", "name", "kind", "pages"),
    [
        (papers.pdf(pages=3), "lý lịch.PDF", "pdf", 3),
        (papers.word(), "tự kiểm điểm.docx", "docx", None),
        (papers.picture("JPEG"), "ảnh.jpg", "jpeg", 1),
        (papers.picture("JPEG"), "ảnh.jpeg", "jpeg", 1),
        (papers.picture("PNG"), "ảnh.png", "png", 1),
    ],
)
def test_a_paper_is_what_its_content_says(content: bytes, name: str, kind: str, pages: int | None) -> None:
    brought = inspect(content, name)
    assert (brought.kind, brought.pages, brought.scanned) == (kind, pages, False)


def _pdf_and_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("x.html", papers.HTML)
    return papers.pdf() + packed.getvalue()


def _pdf_and_zip_before_its_end() -> bytes:
    """The polyglot that ends like a PDF: the archive stands in the middle."""
    packed = _pdf_and_zip()
    return packed + b"\n%%EOF\n"


def _bomb() -> bytes:
    return papers.word_with({"word/media/image1.bmp": b"\0" * (60 * 1024 * 1024)})


def _outside() -> bytes:
    relations = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://example.invalid/x.dotm" TargetMode="External"/></Relationships>'
    )
    return papers.word_with({"word/_rels/settings.xml.rels": relations})


def _linked() -> bytes:
    relations = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'hyperlink" Target="http://example.invalid/" TargetMode="External"/></Relationships>'
    )
    return papers.word_with({"word/_rels/footnotes.xml.rels": relations})


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "x.pdf", "empty_file"),
        (papers.HTML, "x.pdf", "unknown_kind"),
        (papers.SVG, "x.svg", "unknown_kind"),
        (papers.SVG, "x.png", "unknown_kind"),
        (b"GIF89a" + papers.pdf(), "x.pdf", "unknown_kind"),
        (b"\n" + papers.pdf(), "x.pdf", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "x.doc", "old_word"),
        (papers.pdf(), "x.docx", "wrong_extension"),
        (papers.pdf(), "x.pdf.exe", "wrong_extension"),
        (papers.picture("PNG"), "x.jpg", "wrong_extension"),
        (papers.pdf() + papers.HTML, "x.pdf", "two_files"),
        (papers.pdf()[:-40], "x.pdf", "two_files"),
        (_pdf_and_zip(), "x.pdf", "two_files"),
        (_pdf_and_zip_before_its_end(), "x.pdf", "two_files"),
        (b"%PDF-1.7\nnothing\n%%EOF", "x.pdf", "damaged"),
        (papers.pdf_with_script(), "x.pdf", "runs_something"),
        (papers.pdf_with_attachment(), "x.pdf", "runs_something"),
        (papers.locked_pdf(), "x.pdf", "locked"),
        (_bomb(), "x.docx", "bomb"),
        (papers.word_with({"word/vbaProject.bin": b"x"}), "x.docx", "runs_something"),
        (papers.word_with({"word/embeddings/oleObject1.bin": b"x"}), "x.docx", "runs_something"),
        (_outside(), "x.docx", "reaches_outside"),
        (papers.word() + papers.HTML, "x.docx", "two_files"),
        (papers.word()[:-300], "x.docx", "damaged"),
        (papers.picture("PNG") + papers.HTML, "x.png", "two_files"),
        (papers.picture("JPEG") + papers.pdf(), "x.jpg", "two_files"),
        (papers.picture("PNG")[:60] + b"IEND\xaeB`\x82", "x.png", "damaged"),
    ],
)
def test_a_hostile_or_broken_file_is_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        inspect(content, name)
    assert (refused.value.code, refused.value.where) == (code, "file")


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("a.txt", "x")
    with pytest.raises(BadInput, match="Word"):
        inspect(packed.getvalue(), "x.docx")


def test_a_word_document_with_an_ordinary_link_is_accepted() -> None:
    assert inspect(_linked(), "x.docx").kind == "docx"


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(incoming, "MOST_PIXELS", 200 * 280 - 1)
    with pytest.raises(BadInput) as refused:
        inspect(papers.picture(), "x.png")
    assert refused.value.code == "bomb"


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    content = papers.pdf()
    monkeypatch.setattr(incoming, "LARGEST", len(content))
    assert inspect(content, "x.pdf").pages == 1
    monkeypatch.setattr(incoming, "LARGEST", len(content) - 1)
    with pytest.raises(BadInput) as refused:
        inspect(content, "x.pdf")
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(("status", "code"), [(1, "infected"), (2, "not_scanned")])
def test_a_scanner_that_finds_something_or_cannot_answer_refuses(
    settings: Any, status: int, code: str
) -> None:
    settings.VIRUS_SCAN = (sys.executable, "-c", f"import sys; sys.stdin.buffer.read(); sys.exit({status})")
    with pytest.raises(BadInput) as refused:
        inspect(papers.pdf(), "x.pdf")
    assert refused.value.code == code


def test_a_missing_scanner_refuses(settings: Any) -> None:
    settings.VIRUS_SCAN = ("no-such-scanner-here",)
    with pytest.raises(BadInput) as refused:
        inspect(papers.pdf(), "x.pdf")
    assert refused.value.code == "not_scanned"


def test_a_clean_scan_is_remembered(settings: Any) -> None:
    script = "import sys; sys.exit(0 if sys.stdin.buffer.read().startswith(b'%PDF') else 1)"
    settings.VIRUS_SCAN = (sys.executable, "-c", script)
    assert inspect(papers.pdf(), "x.pdf").scanned
