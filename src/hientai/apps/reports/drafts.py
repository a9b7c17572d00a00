"""Keeps an uploaded draft and its findings for at most an hour, for nobody but the one who sent it.

The file stands in HIENTAI_HOME/drafts, readable by the program's account only, encrypted with a key that is made from
the address of the answer page and kept nowhere: without that address the content cannot be read, not even with the
disk in hand. Nothing goes into the database.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from hientai.apps.reports.types import Checked
from hientai.engines.wording import say
from hientai.foundation.errors import NotFound

SECONDS_KEPT = 3600
MOST_OF_ONE_OWNER = 10
_NONCE = 12
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Kept:
    """A draft with its findings; until: seconds of the epoch from which it is gone."""

    checked: Checked
    content: bytes
    until: float


class Gone(NotFound):
    """There is no such draft (any more), or it was sent by somebody else: both are answered alike."""

    def __init__(self) -> None:
        super().__init__()
        self.code = "draft_gone"
        self.message = say(
            "Bản dự thảo này không còn trên máy chủ: mỗi bản chỉ được giữ một giờ, cho riêng người tải lên. "
            "Hãy tải lên lại."
        )


def folder() -> Path:
    """Where drafts stand; made at first use."""
    place = Path(settings.HOME) / "drafts"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(checked: Checked, content: bytes, *, owner: int, now: float) -> str:
    """The token under which `owner` finds the draft again for an hour from `now` (seconds of the epoch)."""
    sweep(now)
    token = secrets.token_urlsafe(24)
    head = json.dumps(checked.as_fields(), ensure_ascii=False).encode()
    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(_key(token)).encrypt(nonce, head + b"\n" + content, _bound_to(owner))
    path = _path(token, owner)
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
    os.utime(fresh, (now, now))
    fresh.rename(path)
    for old in sorted(folder().glob(f"{owner}-*.draft"), key=_age_of, reverse=True)[MOST_OF_ONE_OWNER:]:
        old.unlink(missing_ok=True)
    return token


def opened(token: str, *, owner: int, now: float) -> Kept:
    """The draft of `owner` behind `token`. Raises Gone when there is none, it is too old, or somebody else's."""
    sweep(now)
    if not _TOKEN.fullmatch(token):
        raise Gone
    path = _path(token, owner)
    try:
        sealed, kept_at = path.read_bytes(), path.stat().st_mtime
        plain = AESGCM(_key(token)).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound_to(owner))
    except (FileNotFoundError, InvalidTag, ValueError) as error:
        raise Gone from error
    head, _, content = plain.partition(b"\n")
    return Kept(Checked.of_fields(json.loads(head)), content, kept_at + SECONDS_KEPT)


def forget(token: str, *, owner: int) -> None:
    """Removes the draft at once; nothing happens when it is gone already."""
    if _TOKEN.fullmatch(token):
        _path(token, owner).unlink(missing_ok=True)


def sweep(now: float) -> None:
    """Removes every draft, and what a broken check has left, older than an hour at `now`."""
    place = Path(settings.HOME) / "drafts"
    if not place.is_dir():
        return
    for path in place.iterdir():
        if now - _age_of(path) < SECONDS_KEPT:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _age_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process was quicker
        return 0.0


def _path(token: str, owner: int) -> Path:
    name = hashlib.sha256(b"hientai draft name " + token.encode()).hexdigest()[:40]
    return folder() / f"{owner}-{name}.draft"


def _key(token: str) -> bytes:
    """The token has 192 random bits, so one hash is enough of a derivation."""
    return hashlib.sha256(b"hientai draft key " + token.encode()).digest()


def _bound_to(owner: int) -> bytes:
    return f"owner {owner}".encode()
