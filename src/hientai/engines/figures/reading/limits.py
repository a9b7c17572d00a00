"""How large a draft may be, and the refusals for files that are missing, empty, too large or zip bombs."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_ENTRIES = 20_000
MOST_PASSAGES = 400_000
MOST_CELLS = 2_000_000
LONGEST_PASSAGE = 200_000


def bytes_of(path: Path) -> bytes:
    """The content of a file within bounds. Raises BadInput when it is missing, no file, empty or too
    large."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BadInput("not_a_file", say("{name} không phải là tệp", name=path.name), path.name)
        if size > LARGEST_FILE:
            raise BadInput(
                "too_large",
                say("Tệp lớn hơn {most} MB; hãy chia nhỏ", most=LARGEST_FILE // 1024**2),
                path.name,
            )
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(
            "unreadable",
            say("Không mở được tệp {name}: {why}", name=path.name, why=error.strerror or ""),
            path.name,
        ) from error
    if not content.strip():
        raise BadInput("empty", say("Tệp {name} trống", name=path.name), path.name)
    return content


_ENCRYPTED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_package(path: Path, kind: str, needed: str) -> None:
    """Refuses an Office package that is broken, encrypted, of another kind or unpacks to too much.

    kind: the ending, for the message; needed: a member that every file of the kind has ("word/document.xml").
    """
    head = bytes_of(path)[:8]
    if head == _ENCRYPTED_OFFICE:
        raise BadInput(
            "encrypted_or_old",
            say(
                "Tệp được đặt mật khẩu hoặc là định dạng cũ (doc, xls); hãy bỏ mật khẩu và lưu lại thành "
                "{kind}",
                kind=kind,
            ),
            path.name,
        )
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadInput("broken", say("Tệp hỏng hoặc không phải {kind}", kind=kind), path.name) from error
    if len(members) > MOST_ENTRIES or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise BadInput("too_large", say("Nội dung giải nén quá lớn"), path.name)
    if any(member.flag_bits & 1 for member in members):
        raise BadInput("encrypted_or_old", say("Tệp được đặt mật khẩu; hãy bỏ mật khẩu"), path.name)
    if needed not in {member.filename for member in members}:
        raise BadInput("wrong_kind", say("Tệp không phải {kind}", kind=kind), path.name)
