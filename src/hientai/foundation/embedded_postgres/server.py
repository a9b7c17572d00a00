"""Starts, shares and stops the server of one home folder."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.embedded_postgres import configuration, roles, sharing
from hientai.foundation.embedded_postgres.binaries import MAJOR, programs_for
from hientai.foundation.embedded_postgres.place import Place, locate, prepare, write_private
from hientai.foundation.embedded_postgres.processes import (
    Ping,
    kill_remains,
    ping,
    postmaster_of,
    socket_folder_of,
)

READY_SECONDS = 120
SETTLE_SECONDS = 10.0
LARGEST_LOG = 4 * 1024 * 1024


@dataclass(frozen=True)
class Server:
    """A running server.

    owner_url: for migrations, owns the tables; app_url: for everything else; folder: where the data is.
    Leaving a `with` block is one `stop`.
    """

    owner_url: str
    app_url: str
    folder: Path

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stop(_homes[self.folder])


@dataclass(frozen=True)
class Status:
    """running: accepts connections; used: some process uses it; pid of the postmaster and folder if known."""

    running: bool
    used: bool
    pid: int | None
    folder: Path | None
    durable: bool


_homes: dict[Path, Path] = {}


def start(home: Path, *, durable: bool = True) -> Server:
    """Starts the server of `home`, or shares the one that runs; this process counts as a user until `stop`.

    home: data folder of the installation; made when missing. durable: False gives up safety against a power cut
    for speed (tests, demo); a running server is made durable when asked, never the other way round.
    Raises BadInput when the folder cannot be used, belongs to another version, or the server does not come up.
    """
    place = prepare(home)
    with sharing.turn(place.home):
        sharing.join(place.home)
        try:
            passwords = _ensure_running(place, durable)
        except BaseException:
            sharing.leave(place.home)
            raise
    _homes[place.folder] = place.home
    return Server(
        owner_url=_url(place, roles.OWNER, passwords.owner),
        app_url=_url(place, roles.APPLICATION, passwords.application),
        folder=place.folder,
    )


def stop(home: Path) -> bool:
    """Takes back one `start`; the last user of all processes stops the server. True when it did.

    From a process that did not start it, stops a server that nobody uses any more.
    """
    place = locate(home)
    if place is None:
        return False
    with sharing.turn(place.home):
        sharing.leave(place.home)
        if sharing.has_users(place.home) or not _is_alive(place):
            return False
        _shut_down(place)
        return True


def status(home: Path) -> Status:
    """What is known about the server of `home`, changing nothing."""
    place = locate(home)
    if place is None:
        return Status(False, False, None, None, True)
    with sharing.turn(place.home):
        return Status(
            running=_is_alive(place) and _ping(place) is Ping.READY,
            used=sharing.has_users(place.home),
            pid=postmaster_of(place.cluster),
            folder=place.folder,
            durable=configuration.is_durable(place.cluster),
        )


@atexit.register
def _leave_at_exit() -> None:
    """A command that ends without `stop` (Ctrl-C, an error) leaves no server behind."""
    for home in sharing.leave_altogether():
        with contextlib.suppress(BadInput):
            stop(home)


def _ensure_running(place: Place, durable: bool) -> roles.Passwords:
    programs = programs_for(place.account)
    if _is_alive(place) and not _settles(place):
        _recover(place)
    if not _is_alive(place):
        _initialise(place, programs, durable)
        _launch(place, programs, durable)
    elif durable and not configuration.is_durable(place.cluster):
        _make_durable(place, programs)
    return roles.read_passwords(place.secret) or _set_up_roles(place, programs)


def _is_alive(place: Place) -> bool:
    return sharing.has_server(place.home) or postmaster_of(place.cluster) is not None


def _ping(place: Place) -> Ping:
    return ping(place.account, programs_for(place.account), socket_folder_of(place.cluster) or place.folder)


def _settles(place: Place) -> bool:
    """Whether the living server answers: it may be starting, ending, or be leftovers of a killed one."""
    quickly = postmaster_of(place.cluster) is None and not sharing.others_use(place.home)
    deadline = time.monotonic() + (SETTLE_SECONDS if not quickly else SETTLE_SECONDS / 2)
    while _is_alive(place):
        answer = _ping(place)
        if answer is Ping.READY:
            return True
        if answer is Ping.STARTING:
            deadline = max(deadline, time.monotonic() + SETTLE_SECONDS)
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _recover(place: Place) -> None:
    """Ends what is left of a server that does not answer, unless somebody still works with it."""
    if postmaster_of(place.cluster) is not None:
        if sharing.others_use(place.home):
            raise BadInput(
                "database_does_not_answer",
                say(
                    "Cơ sở dữ liệu đang chạy nhưng không trả lời, và tiến trình khác đang dùng nó. "
                    "Hãy dừng các tiến trình đó rồi chạy lại.\n{lines}",
                    lines=_last_lines(place),
                ),
                str(place.folder),
            )
        _shut_down(place)
        return
    kill_remains(place.cluster)
    if not _becomes(lambda: not _is_alive(place)):
        raise _does_not_start(place)


def _initialise(place: Place, programs: Path, durable: bool) -> None:
    version = _version_of(place)
    if version is not None:
        if version != str(MAJOR):
            raise BadInput(
                "database_of_another_version",
                say(
                    "Dữ liệu trong {folder} do PostgreSQL {version} tạo ra, bản đi kèm là {major}. "
                    "Hãy sao lưu bằng bản phần mềm cũ rồi khôi phục bằng bản này.",
                    folder=place.cluster,
                    version=version,
                    major=MAJOR,
                ),
                str(place.cluster),
            )
        return
    if place.cluster.exists():
        raise BadInput(
            "database_folder_is_not_a_database",
            say(
                "Thư mục {folder} không phải dữ liệu PostgreSQL. Hãy chuyển nó đi nơi khác.",
                folder=place.cluster,
            ),
            str(place.cluster),
        )
    unfinished = place.folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    command: list[str | Path] = [programs / "initdb", "-D", unfinished, f"--username={roles.ADMINISTRATOR}"]
    command += ["--auth=peer", "--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"]
    command += ["--data-checksums", *([] if durable else ["--no-sync"])]
    outcome = place.account.run(command)
    if outcome.status != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise BadInput(
            "database_not_created",
            say(
                "Không tạo được cơ sở dữ liệu trong {folder}:\n{lines}",
                folder=place.folder,
                lines=outcome.last_lines(),
            ),
            str(place.folder),
        )
    place.secret.unlink(missing_ok=True)
    unfinished.rename(place.cluster)


def _version_of(place: Place) -> str | None:
    try:
        return (place.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError:
        return None


def _launch(place: Place, programs: Path, durable: bool) -> None:
    (place.cluster / "postmaster.pid").unlink(missing_ok=True)  # nobody lives: see _is_alive
    socket_folder = place.socket_folder()
    _configure(place, socket_folder, durable)
    if place.log.is_file() and place.log.lstat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    command = [
        programs / "pg_ctl",
        "start",
        "-D",
        place.cluster,
        "-l",
        place.log,
        "-w",
        "-s",
        "-t",
        READY_SECONDS,
    ]
    try:
        with sharing.mark_server(place.home) as descriptor:
            outcome = place.account.run([str(part) for part in command], keep_open=[descriptor])
    except BaseException:  # Ctrl-C while starting
        if postmaster_of(place.cluster) is not None:
            _shut_down(place)
        raise
    if outcome.status != 0:
        raise _does_not_start(place)


def _configure(place: Place, socket_folder: Path, durable: bool) -> None:
    own = place.home / configuration.OWN_SETTINGS
    settings = configuration.settings(
        socket_folder, durable, own.read_text(encoding="utf-8") if own.is_file() else ""
    )
    place.account.write(place.cluster / "postgresql.conf", settings)
    place.account.write(place.cluster / "pg_hba.conf", configuration.AUTHENTICATION)
    place.account.write(place.cluster / "pg_ident.conf", configuration.identities(place.account.name))


def _make_durable(place: Place, programs: Path) -> None:
    _configure(place, socket_folder_of(place.cluster) or place.folder, durable=True)
    place.account.run([programs / "pg_ctl", "reload", "-D", place.cluster, "-s"])
    _administer(place, programs, "CHECKPOINT;")
    os.sync()  # what was written while fsync was off


def _set_up_roles(place: Place, programs: Path) -> roles.Passwords:
    passwords = roles.new_passwords()
    _administer(place, programs, roles.script(passwords))
    write_private(place.secret, roles.as_text(passwords))
    return passwords


def _administer(place: Place, programs: Path, script: str) -> None:
    folder = socket_folder_of(place.cluster) or place.folder
    command = [
        programs / "psql",
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        folder,
        "-U",
        roles.ADMINISTRATOR,
    ]
    outcome = place.account.run([*command, "-d", "template1"], typed=script)
    if outcome.status != 0:
        raise BadInput(
            "database_not_set_up",
            say("Không thiết lập được quyền trong cơ sở dữ liệu:\n{lines}", lines=outcome.last_lines()),
            str(place.folder),
        )


def _shut_down(place: Place) -> None:
    programs = programs_for(place.account)
    command = [programs / "pg_ctl", "stop", "-D", place.cluster, "-w", "-s"]
    outcome = place.account.run([*command, "-m", "fast", "-t", "60"])
    if outcome.status != 0 and _is_alive(place):
        place.account.run([*command, "-m", "immediate", "-t", "20"])
    if not _becomes(lambda: not _is_alive(place)):
        pid = postmaster_of(place.cluster)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        kill_remains(place.cluster)
    socket_folder = place.socket_folder()
    if socket_folder != place.folder:
        with contextlib.suppress(OSError):
            socket_folder.rmdir()


def _becomes(condition: Callable[[], bool], seconds: float = SETTLE_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _does_not_start(place: Place) -> BadInput:
    return BadInput(
        "database_does_not_start",
        say(
            "Cơ sở dữ liệu trong {folder} không khởi động được:\n{lines}",
            folder=place.folder,
            lines=_last_lines(place),
        ),
        str(place.folder),
    )


def _last_lines(place: Place, count: int = 5) -> str:
    outcome = place.account.run(["/usr/bin/tail", "-n", str(count), place.log])
    return outcome.output.strip()


def _url(place: Place, role: str, password: str) -> str:
    folder = socket_folder_of(place.cluster) or place.folder
    return f"postgresql://{role}:{password}@/{roles.DATABASE}?host={quote(str(folder), safe='/')}"
