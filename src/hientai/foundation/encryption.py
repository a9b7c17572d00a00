"""Identity numbers and files at rest: envelope encryption and a keyed fingerprint for exact look-up.

A data key encrypts the numbers (AES-256-GCM); a wrapping key encrypts the data key. Rotating the wrapping key
re-wraps one small file and leaves history alone. Fingerprints are HMAC-SHA-256 under a key of their own.
Sources: NIST SP 800-38D (GCM), RFC 2104 (HMAC).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def seal(plain: str) -> bytes:
    """The number, encrypted; each call gives other bytes."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_data_key()).encrypt(nonce, plain.encode(), None)


def seal_bytes(plain: bytes) -> bytes:
    """A small file, encrypted likewise."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_data_key()).encrypt(nonce, plain, None)


def reveal_bytes(sealed: bytes) -> bytes:
    """The file behind `sealed`; raises InvalidTag when it was altered."""
    sealed = bytes(sealed)
    return AESGCM(_data_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


def reveal(sealed: bytes) -> str:
    """The number behind `sealed`; raises cryptography.exceptions.InvalidTag when it was altered."""
    sealed = bytes(sealed)
    return AESGCM(_data_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()


def seal_file(plain: bytes, *, bound_to: bytes) -> bytes:
    """The content of a file, encrypted and bound to what it is said to be: swapped files do not open."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_data_key()).encrypt(nonce, plain, bound_to)


def reveal_file(sealed: bytes, *, bound_to: bytes) -> bytes:
    """The content behind `sealed`; raises cryptography.exceptions.InvalidTag when altered or swapped."""
    return AESGCM(_data_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)


def fingerprint(plain: str) -> bytes:
    """32 bytes that are equal for equal numbers and tell nothing without the key."""
    return hmac.new(_key("fingerprint"), plain.encode(), hashlib.sha256).digest()


@cache
def _data_key() -> bytes:
    file = _folder() / "data.wrapped"
    if not file.exists():
        _write(file, _wrap(AESGCM.generate_key(256)))
    wrapped = file.read_bytes()
    return AESGCM(_key("wrapping")).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], None)


def _wrap(key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key("wrapping")).encrypt(nonce, key, None)


@cache
def _key(name: str) -> bytes:
    file = _folder() / name
    if not file.exists():
        _write(file, base64.b64encode(AESGCM.generate_key(256)))
    return base64.b64decode(file.read_bytes())


def _folder() -> Path:
    return Path(settings.HOME) / "keys"


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    try:
        os.link(fresh, file)  # the first of two processes wins; the other reads the winner's key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
