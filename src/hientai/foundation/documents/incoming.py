"""Files that people bring: what they really are, told by their content, and refused when they could do harm.

A file must be one thing from its first byte to its last: a PDF, a Word document (.docx), a JPEG or a PNG. Whatever runs
(scripts, macros), reaches outside (links to templates), hides a second file or explodes when opened is refused.
"""

from __future__ import annotations

import io
import re
import subprocess
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from PIL import Image

from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_RATIO = 100  # text packs about ten to one; a bomb a thousand
MOST_ENTRIES = 2000
MOST_PIXELS = 80_000_000
MOST_PAGES = 2000
SCAN_SECONDS = 60

PDF, DOCX, JPEG, PNG = "pdf", "docx", "jpeg", "png"
CONTENT_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    JPEG: "image/jpeg",
    PNG: "image/png",
}
EXTENSIONS = {".pdf": PDF, ".docx": DOCX, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG}


@dataclass(frozen=True)
class Incoming:
    """kind: one of pdf, docx, jpeg, png; pages: of a PDF, one for a picture, None for Word; scanned: by a scanner."""

    kind: str
    content: bytes
    pages: int | None
    scanned: bool = False


def inspect(content: bytes, name: str) -> Incoming:
    """What was brought. Raises BadInput with a code of its own for every reason to refuse."""
    if not content:
        raise _refused("empty_file", say("Tệp trống."))
    if len(content) > LARGEST:
        raise _refused("too_large", say("Tệp vượt mức {most} MB.", most=LARGEST // MEGABYTE))
    kind = _kind_of(content)
    said = EXTENSIONS.get(PurePath(name).suffix.lower())
    if said != kind:
        raise _refused(
            "wrong_extension",
            say(
                "Đuôi tệp không khớp nội dung: nội dung là {kind}. Hãy lưu lại đúng loại rồi đưa lên.",
                kind=kind.upper(),
            ),
        )
    pages = {PDF: _check_pdf, DOCX: _check_docx, JPEG: _check_picture, PNG: _check_picture}[kind](content)
    return Incoming(kind, content, pages, scanned=_is_scanned(content))


def _refused(code: str, message: Sentence) -> BadInput:
    return BadInput(code, message, "file")


def _kind_of(content: bytes) -> str:
    """By the very first bytes: what a reader would have to search for is not that kind."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"PK\x03\x04"):
        return DOCX
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(
            "old_word", say("Tệp Word kiểu cũ (.doc) không nhận được; hãy lưu lại thành .docx hoặc PDF.")
        )
    raise _refused(
        "unknown_kind", say("Chỉ nhận PDF, Word (.docx), ảnh JPEG hoặc PNG; tệp này là loại khác.")
    )


_TRAILER = re.compile(rb"%%EOF[\s\x00]*\Z")
_SECOND_FILE = (b"PK\x03\x04", b"PK\x05\x06", b"<script", b"<html", b"MZ\x90\x00", b"\x7fELF")


def _check_pdf(content: bytes) -> int:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if not _TRAILER.search(content[-2048:]):
        raise _refused(
            "two_files",
            say("Sau phần kết của PDF còn dữ liệu khác, hoặc PDF bị cắt cụt; tệp không được nhận."),
        )
    if b"PK\x05\x06" in content[-66_000:]:
        raise _refused("two_files", say("Tệp vừa là PDF vừa là tệp nén; tệp không được nhận."))
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _refused("locked", say("PDF đặt mật khẩu; hãy gỡ mật khẩu rồi đưa lên."))
        pages = len(reader.pages)
        acting = _acting(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise _refused("damaged", say("PDF hỏng, không đọc được.")) from error
    if acting:
        raise _refused(
            "runs_something",
            say(
                "PDF có phần tự chạy hoặc tệp kèm bên trong ({what}); hãy in ra PDF thường rồi đưa lên.",
                what=acting,
            ),
        )
    if not 0 < pages <= MOST_PAGES:
        raise _refused("no_pages", say("PDF không có trang nào, hoặc quá nhiều trang."))
    return pages


_ACTS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/GoToR",
    "/Rendition",
    "/RichMediaExecute",
}


def _acting(reader: Any) -> str:
    """The first thing in a PDF that runs, reaches outside or carries a file; "" when there is none."""
    root = reader.trailer["/Root"].get_object()
    names = root.get("/Names")
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if names is not None and key in names.get_object():
            return key
    if "/AcroForm" in root and "/XFA" in root["/AcroForm"].get_object():
        return "/XFA"
    places = [root, *(page for page in reader.pages)]
    for page in reader.pages:
        annotations = page.get("/Annots")
        places += [one.get_object() for one in (annotations.get_object() if annotations else ())]
    for place in places:
        if place.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Screen", "/3D"):
            return str(place["/Subtype"])
        for action in _actions_of(place):
            if action.get("/S") in _ACTS:
                return str(action["/S"])
    return ""


def _actions_of(place: Any) -> list[Any]:
    found: list[Any] = []
    for key in ("/OpenAction", "/A"):
        value = place.get(key)
        value = value.get_object() if value is not None else None
        while isinstance(value, dict) and len(found) < 100:
            found.append(value)
            following = value.get("/Next")
            value = following.get_object() if following is not None else None
    more = place.get("/AA")
    if more is not None:
        found += [one.get_object() for one in more.get_object().values()]
    return [one for one in found if isinstance(one, dict)]


def _check_docx(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_unpacks(packed)
            names = {entry.filename for entry in packed.infolist()}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise _refused("unknown_kind", say("Tệp nén này không phải tài liệu Word (.docx)."))
            if packed.comment or packed.infolist()[0].header_offset != 0:
                raise _refused("two_files", say("Tệp Word có dữ liệu lạ ghép thêm; tệp không được nhận."))
            _check_parts(packed, names)
            if packed.testzip() is not None:
                raise _refused("damaged", say("Tệp Word hỏng, không đọc được."))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise _refused("damaged", say("Tệp Word hỏng, không đọc được.")) from error
    if not content.endswith(b"\x00\x00") or b"PK\x05\x06" not in content[-22:]:
        raise _refused("two_files", say("Tệp Word có dữ liệu lạ ghép thêm; tệp không được nhận."))


def _check_unpacks(packed: zipfile.ZipFile) -> None:
    """By the directory before anything is unpacked; zipfile stops reading an entry at the size the directory says."""
    entries = packed.infolist()
    if not entries or len(entries) > MOST_ENTRIES:
        raise _refused("bomb", say("Tệp nén có quá nhiều phần; tệp không được nhận."))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or any(
        entry.file_size > MEGABYTE and entry.file_size > LARGEST_RATIO * max(1, entry.compress_size)
        for entry in entries
    ):
        raise _refused("bomb", say("Tệp nén nở ra quá lớn; tệp không được nhận."))


_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']")
_HARMLESS_LINK = re.compile(
    rb"<Relationship\b[^>]*relationships/hyperlink[\"'][^>]*>|<Relationship\b[^>]*TargetMode\s*=\s*[\"']Internal[^>]*>"
)


def _check_parts(packed: zipfile.ZipFile, names: set[str]) -> None:
    lower = {name.lower() for name in names}
    if any(part.endswith(("vbaproject.bin", ".exe", ".js", ".vbs", ".dll")) for part in lower) or any(
        "/activex/" in part or "/embeddings/" in part for part in lower
    ):
        raise _refused("runs_something", say("Tệp Word có macro hoặc tệp nhúng; hãy bỏ đi rồi đưa lên."))
    types = packed.read("[Content_Types].xml").lower()
    if b"macroenabled" in types:
        raise _refused("runs_something", say("Tệp Word có macro hoặc tệp nhúng; hãy bỏ đi rồi đưa lên."))
    for name in names:
        if name.endswith(".rels") and _OUTSIDE.search(_HARMLESS_LINK.sub(b"", packed.read(name))):
            raise _refused(
                "reaches_outside", say("Tệp Word lấy thêm nội dung từ nơi khác khi mở; tệp không được nhận.")
            )
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(name)[:1024]:
            raise _refused("damaged", say("Tệp Word hỏng, không đọc được."))


def _check_picture(content: bytes) -> int:
    ends = {b"\xff\xd8": b"\xff\xd9", b"\x89P": b"IEND\xaeB`\x82"}[content[:2]]
    if not content.rstrip(b"\x00").endswith(ends) or any(mark in content[-66_000:] for mark in _SECOND_FILE):
        raise _refused("two_files", say("Sau phần kết của ảnh còn dữ liệu khác; tệp không được nhận."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _refused("bomb", say("Ảnh quá lớn; tệp không được nhận."))
                picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _refused("bomb", say("Ảnh quá lớn; tệp không được nhận.")) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise _refused("damaged", say("Ảnh hỏng, không đọc được.")) from error
    return 1


def _is_scanned(content: bytes) -> bool:
    """Whether a scanner looked at it and found nothing; a scanner that cannot answer refuses the file."""
    command: tuple[str, ...] = settings.VIRUS_SCAN
    if not command:
        return False
    try:
        ran = subprocess.run(command, input=content, capture_output=True, timeout=SCAN_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(
            "not_scanned", say("Chưa quét được vi-rút nên chưa nhận tệp; hãy thử lại sau.")
        ) from error
    if ran.returncode == 1:
        raise _refused("infected", say("Máy quét vi-rút báo tệp có mã độc; tệp không được nhận."))
    if ran.returncode != 0:
        raise _refused("not_scanned", say("Chưa quét được vi-rút nên chưa nhận tệp; hãy thử lại sau."))
    return True
