"""The text of PDF files, page by page ("trang 2, dòng 5"); scanned pages have none."""

from __future__ import annotations

import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hientai.engines.errors import BadInput
from hientai.engines.figures.draft import Paragraph, Table
from hientai.engines.figures.reading.limits import bytes_of
from hientai.engines.figures.reading.plain import blocks_of
from hientai.engines.wording import say

MOST_PAGES = 1_500
MOST_CHARACTERS = 10_000_000


def read_pdf(path: Path) -> tuple[Paragraph | Table, ...]:
    """Paragraphs of every page. Raises BadInput when the file is broken, encrypted, too long or has no
    text."""
    if not bytes_of(path)[:1024].lstrip().startswith(b"%PDF"):
        raise BadInput("wrong_kind", say("Tệp không phải {kind}", kind="pdf"), path.name)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read(path)
    except BadInput:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        NotImplementedError,
    ) as error:
        raise BadInput("broken", say("Tệp hỏng hoặc không phải {kind}", kind="pdf"), path.name) from error


def _read(path: Path) -> tuple[Paragraph | Table, ...]:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput("encrypted_or_old", say("Tệp được đặt mật khẩu; hãy bỏ mật khẩu"), path.name)
    if len(reader.pages) > MOST_PAGES:
        raise BadInput("too_large", say("Tệp PDF quá {most} trang; hãy chia nhỏ", most=MOST_PAGES), path.name)
    blocks: list[Paragraph | Table] = []
    characters = 0
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise BadInput("too_large", say("Văn bản quá dài"), path.name)
        blocks.extend(blocks_of(text, prefix=f"trang {number}, "))
    if not any(isinstance(block, Paragraph) for block in blocks):
        raise BadInput(
            "no_text", say("Tệp PDF không có chữ (có thể là bản quét); hãy nhận dạng chữ trước"), path.name
        )
    return tuple(blocks)
