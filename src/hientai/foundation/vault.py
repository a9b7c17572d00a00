"""Files of people at rest: encrypted, outside the web root, found by what they contain.

A file is known by the SHA-256 of its content; on disk its name is a keyed fingerprint of that, so that whoever sees the
folder cannot tell whether a known file is in it. Content that is kept twice lies there once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from hientai.engines.wording import say
from hientai.foundation import encryption
from hientai.foundation.errors import Refused


def keep(content: bytes) -> str:
    """Stores the content and returns its SHA-256 in hexadecimal; a file that is there already stays as it is."""
    digest = hashlib.sha256(content).hexdigest()
    file = _file(digest)
    if file.exists():
        return digest
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(encryption.seal_file(content, bound_to=digest.encode()))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    return digest


def content_of(digest: str) -> bytes:
    """The content kept under a SHA-256; raises Refused `file_damaged` when it is gone or altered."""
    try:
        plain = encryption.reveal_file(_file(digest).read_bytes(), bound_to=digest.encode())
    except (OSError, InvalidTag) as error:
        raise Refused(
            "file_damaged",
            say("Tệp lưu trữ không còn hoặc đã bị thay đổi; hãy báo người quản trị chạy “verify”."),
            digest[:12],
        ) from error
    return plain


def destroy(digest: str) -> None:
    """The file is gone for good (lawful destruction only)."""
    _file(digest).unlink(missing_ok=True)


def lost_or_altered(digests: Iterable[str]) -> list[str]:
    """Those whose file is missing, was altered on disk, or holds something else."""
    return [digest for digest in digests if not _is_whole(digest)]


def _is_whole(digest: str) -> bool:
    try:
        plain = encryption.reveal_file(_file(digest).read_bytes(), bound_to=digest.encode())
    except (OSError, InvalidTag):
        return False
    return hashlib.sha256(plain).hexdigest() == digest


def _file(digest: str) -> Path:
    name = encryption.fingerprint(f"file:{digest}").hex()
    return Path(settings.HOME) / "papers" / name[:2] / name
