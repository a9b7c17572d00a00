"""Tells from the first bytes what a file is, because its name may lie."""

from __future__ import annotations

from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet.sheet import FileKind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


def _ole_name(name: str) -> bytes:
    return name.encode("utf-16-le")


def wrong_type(found: Sentence) -> BadInput:
    """The refusal of a file that is no workbook; `found` names what it is."""
    return BadInput(
        "wrong_type",
        say(
            "Tệp này {found}, không phải bảng tính. Hãy chọn tệp Excel (.xlsx, .xls), OpenDocument (.ods) "
            "hoặc văn bản phân cách (.csv).",
            found=found,
        ),
    )


def tell_kind(content: bytes) -> FileKind:
    """What the bytes are. XLSM is told apart from XLSX only once the parts are known.

    Raises BadInput `empty`, `wrong_type`, `password`.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise BadInput("empty", say("Tệp rỗng. Hãy kiểm tra lại tệp đã chọn."))
    if content.startswith(_ZIP):
        return FileKind.XLSX
    if content.startswith(_OLE):
        return _tell_ole(content)
    head = content[:4096]
    lowered = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise BadInput(
            "wrong_type",
            say(
                "Tệp này là trang web được đặt tên như bảng tính. Hãy mở bằng Excel, "
                "chọn Lưu thành (Save As) kiểu .xlsx rồi đưa lại."
            ),
        )
    if lowered.startswith(b"<?xml"):
        raise wrong_type(say("là văn bản XML"))
    for magic, found in _KNOWN:
        if head.startswith(magic):
            raise wrong_type(found)
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and _looks_binary(content):
        raise wrong_type(say("là tệp nhị phân không rõ loại"))
    return FileKind.DELIMITED


_KNOWN = (
    (b"%PDF", say("là PDF")),
    (b"{\\rtf", say("là văn bản RTF")),
    (b"\x89PNG", say("là ảnh")),
    (b"\xff\xd8\xff", say("là ảnh")),
    (b"GIF8", say("là ảnh")),
    (b"MZ", say("là chương trình")),
    (b"\x7fELF", say("là chương trình")),
    (b"PK\x05\x06", say("là tệp nén rỗng")),
    (b"Rar!", say("là tệp nén RAR")),
    (b"7z\xbc\xaf", say("là tệp nén 7z")),
    (b"\x1f\x8b", say("là tệp nén gzip")),
    (b"SQLite format 3", say("là cơ sở dữ liệu")),
)


def _tell_ole(content: bytes) -> FileKind:
    if _ole_name("EncryptedPackage") in content:
        raise BadInput(
            "password",
            say(
                "Tệp được đặt mật khẩu mở. Hãy mở bằng Excel, bỏ mật khẩu "
                "(Tệp > Thông tin > Bảo vệ sổ làm việc), lưu rồi đưa lại."
            ),
        )
    if _ole_name("Workbook") in content or _ole_name("Book") in content:
        return FileKind.XLS
    if _ole_name("WordDocument") in content:
        raise wrong_type(say("là văn bản Word"))
    raise wrong_type(say("là tệp Office cũ không chứa bảng tính"))


def _looks_binary(content: bytes) -> bool:
    """Control bytes that no text holds, unless they are the even halves of UTF-16 without a mark."""
    sample = content[:65536]
    if _utf16_without_mark(sample) is not None:
        return False
    return any(byte in sample for byte in (0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18))


def _utf16_without_mark(sample: bytes) -> str | None:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd / half > 0.3 and even / half < 0.05:
        return "utf-16-le"
    if even / half > 0.3 and odd / half < 0.05:
        return "utf-16-be"
    return None


def utf16_without_mark(content: bytes) -> str | None:
    """The byte order of UTF-16 text that has no mark, told by its zero bytes; None for anything else."""
    return _utf16_without_mark(content[:65536])
