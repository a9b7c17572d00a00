"""Who uses the server: locks of the kernel, which vanish with the process, however it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.embedded_postgres.place import give_to_owner_of_home

TURN_SECONDS = 180.0


@dataclass
class _Held:
    descriptor: int
    times: int
    process: int


_held: dict[Path, _Held] = {}


@contextlib.contextmanager
def turn(home: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the server of `home`."""
    descriptor = _open(home / "postgres.lock")
    try:
        _wait_for(descriptor, home)
        yield
    finally:
        os.close(descriptor)


def join(home: Path) -> None:
    """Counts this process among the users of the server until `leave`, or until the process ends."""
    held = _held.get(home)
    if held and held.process == os.getpid():
        held.times += 1
        return
    # A forked child opens the file anew: its parent may leave before it does.
    descriptor = _open(home / "postgres.users")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held[home] = _Held(descriptor, 1, os.getpid())


def leave(home: Path) -> None:
    """Takes back one `join` of this process; nothing when there is none."""
    held = _held.get(home)
    if held is None or held.process != os.getpid():
        return
    held.times -= 1
    if held.times == 0:
        del _held[home]
        os.close(held.descriptor)


def leave_altogether() -> list[Path]:
    """Takes back every `join` of this process and answers for which homes there were any."""
    homes = [home for home, held in _held.items() if held.process == os.getpid()]
    for home in homes:
        _held[home].times = 1
        leave(home)
    return homes


def has_users(home: Path) -> bool:
    """Whether any living process, this one included, uses the server of `home`."""
    return _is_locked(home / "postgres.users")


def has_server(home: Path) -> bool:
    """Whether any process of the server lives: all of them inherit the lock taken in `mark_server`."""
    return _is_locked(home / "postgres.server")


@contextlib.contextmanager
def mark_server(home: Path) -> Iterator[int]:
    """A locked descriptor to hand down to the server, so that the kernel knows whether it lives."""
    descriptor = _open(home / "postgres.server")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield descriptor
    finally:
        os.close(descriptor)


def others_use(home: Path) -> bool:
    """Whether a process other than this one uses the server of `home`."""
    held = _held.get(home)
    if held is None or held.process != os.getpid():
        return has_users(home)
    # The same descriptor may be turned from shared to exclusive only when nobody else shares.
    try:
        fcntl.flock(held.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(held.descriptor, fcntl.LOCK_SH)
        return True
    fcntl.flock(held.descriptor, fcntl.LOCK_SH)
    return False


def _open(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BadInput(
            "home_not_writable",
            say("Không mở được tệp khoá {path}: {error}", path=path, error=error.strerror or error),
            str(path),
        ) from error
    give_to_owner_of_home(path)
    return descriptor


def _wait_for(descriptor: int, home: Path) -> None:
    deadline = time.monotonic() + TURN_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise BadInput(
                    "database_is_busy",
                    say(
                        "Một tiến trình khác đang khởi động hoặc dừng cơ sở dữ liệu trong {home} quá lâu.",
                        home=home,
                    ),
                    str(home),
                ) from None
            time.sleep(0.02)


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
