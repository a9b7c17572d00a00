"""PostgreSQL's data directory and the processes working on it: made, launched, asked, shut down.

Callers hold the turn (sharing.py): nobody else starts or stops the same server meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.embedded_postgres import configuration, roles, sharing
from hientai.foundation.embedded_postgres.binaries import MAJOR
from hientai.foundation.embedded_postgres.place import SOCKET, Place, write_private
from hientai.foundation.embedded_postgres.processes import (
    Ping,
    is_ready,
    kill_remains,
    ping,
    postmaster_of,
    socket_folder_of,
)

READY_SECONDS = 120.0  # replaying the log after a kill may take long
SILENCE_SECONDS = 2.0
FAST_STOP_SECONDS, IMMEDIATE_STOP_SECONDS = 60.0, 5.0
# Not by pg_ctl, which hands paths to a shell unquoted. The shell ends at once and leaves the server behind.
LAUNCH = '"$1" -D "$2" </dev/null >>"$3" 2>&1 &'
LARGEST_LOG = 4 * 1024 * 1024


def is_alive(place: Place) -> bool:
    """Whether any process works on the data: the postmaster, or backends that outlived it."""
    return sharing.has_server(place.home) or postmaster_of(place.cluster) is not None


def answers(place: Place, programs: Path) -> Ping:
    """Whether connections are taken."""
    return ping(place.account, programs, socket_in_use(place))


def settles(place: Place, programs: Path) -> bool:
    """Waits until a living server answers or is gone; False when it does neither.

    Just now it may be starting, ending, or be what a killed postmaster left behind.
    """
    began = time.monotonic()
    while is_alive(place):
        answer = answers(place, programs)
        if answer is Ping.READY:
            return True
        patience = READY_SECONDS if answer is Ping.STARTING else SILENCE_SECONDS
        if time.monotonic() - began > patience:
            return False
        time.sleep(0.05)
    return True


def socket_in_use(place: Place) -> Path:
    """The socket folder of the running server."""
    return socket_folder_of(place.cluster) or place.folder


def create(place: Place, programs: Path, durable: bool) -> None:
    """Makes the data directory when there is none; half-made ones of a killed process are removed.

    Raises BadInput when there is one of another version, something else, or initdb fails.
    """
    version = _version_of(place)
    if version == str(MAJOR):
        return
    if version is not None or place.cluster.exists():
        raise _not_ours(place, version)
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
                "Không tạo được cơ sở dữ liệu trong {folder}. Kiểm tra đĩa còn trống và quyền ghi.\n{lines}",
                folder=place.folder,
                lines=outcome.last_lines(),
            ),
            str(place.folder),
        )
    place.secret.unlink(missing_ok=True)
    unfinished.rename(place.cluster)


def launch(place: Place, programs: Path, durable: bool) -> None:
    """Starts the server and waits until it takes connections; BadInput carries the last lines of its log."""
    socket_folder = place.socket_folder()
    # Nobody is alive, but PostgreSQL would believe a number in these files that is somebody else's by now.
    for stale in (place.cluster / "postmaster.pid", socket_folder / SOCKET, socket_folder / f"{SOCKET}.lock"):
        stale.unlink(missing_ok=True)
    _configure(place, socket_folder, durable)
    if place.log.is_file() and place.log.lstat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    command: list[str | Path] = [
        "/bin/sh",
        "-c",
        LAUNCH,
        "sh",
        programs / "postgres",
        place.cluster,
        place.log,
    ]
    try:
        with sharing.mark_server(place.home) as descriptor:
            place.account.run(command, keep_open=[descriptor])
        if not becomes(lambda: not is_alive(place) or is_ready(place.cluster), READY_SECONDS):
            raise does_not_start(place)
    except KeyboardInterrupt:
        becomes(lambda: not is_alive(place) or postmaster_of(place.cluster) is not None)
        shut_down(place)
        raise
    if not is_alive(place):
        raise does_not_start(place)


def make_durable(place: Place, programs: Path) -> None:
    """Turns on safety against a power cut in a running server, for what was written before, too."""
    _configure(place, socket_in_use(place), durable=True)
    _tell(place, signal.SIGHUP)
    _administer(place, programs, "CHECKPOINT;")
    os.sync()


def set_up_roles(place: Place, programs: Path) -> roles.Passwords:
    """Makes or repairs roles and rights; the file of passwords comes last and says that all is done."""
    passwords = roles.new_passwords()
    _administer(place, programs, roles.script(passwords))
    write_private(place.secret, roles.as_text(passwords))
    return passwords


def shut_down(place: Place, *, at_once: bool = False) -> None:
    """Stops the server, with a checkpoint unless `at_once`; what does not obey is killed."""
    socket_folder = socket_in_use(place)
    stages = [(signal.SIGQUIT, IMMEDIATE_STOP_SECONDS), (signal.SIGKILL, IMMEDIATE_STOP_SECONDS)]
    if not at_once:
        stages.insert(0, (signal.SIGINT, FAST_STOP_SECONDS))
    if not any(_ends(place, means, seconds) for means, seconds in stages):
        end_remains(place)
    if socket_folder != place.folder:
        with contextlib.suppress(OSError):
            socket_folder.rmdir()


def end_remains(place: Place) -> None:
    """Ends backends that a killed postmaster left and that do not notice."""
    kill_remains(place.cluster)
    if not becomes(lambda: not is_alive(place)):
        raise does_not_start(place)


def does_not_start(place: Place) -> BadInput:
    """The error of a server that does not come up, with the last lines of its log."""
    return BadInput(
        "database_does_not_start",
        say(
            "Cơ sở dữ liệu trong {folder} không khởi động được. Nhật ký của nó ghi:\n{lines}",
            folder=place.folder,
            lines=last_lines(place),
        ),
        str(place.folder),
    )


def last_lines(place: Place, count: int = 5) -> str:
    """The end of the server's log."""
    return place.account.run(["/usr/bin/tail", "-n", str(count), place.log]).last_lines(count)


def becomes(condition: Callable[[], bool], seconds: float = IMMEDIATE_STOP_SECONDS) -> bool:
    """Waits for a condition; whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _ends(place: Place, means: signal.Signals, seconds: float) -> bool:
    _tell(place, means)
    return becomes(lambda: not is_alive(place), seconds)


def _tell(place: Place, means: signal.Signals) -> None:
    postmaster = postmaster_of(place.cluster)
    if postmaster is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(postmaster, means)


def _version_of(place: Place) -> str | None:
    try:
        return (place.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError:
        return None


def _not_ours(place: Place, version: str | None) -> BadInput:
    if version is None:
        return BadInput(
            "database_folder_is_not_a_database",
            say(
                "Thư mục {folder} không phải dữ liệu PostgreSQL. Hãy chuyển nó đi nơi khác.",
                folder=place.cluster,
            ),
            str(place.cluster),
        )
    return BadInput(
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


def _configure(place: Place, socket_folder: Path, durable: bool) -> None:
    own = place.home / configuration.OWN_SETTINGS
    own_settings = own.read_text(encoding="utf-8") if own.is_file() else ""
    texts = {
        "postgresql.conf": configuration.settings(socket_folder, durable, own_settings),
        "pg_hba.conf": configuration.AUTHENTICATION,
        "pg_ident.conf": configuration.identities(place.account.name),
    }
    for name, text in texts.items():
        path = place.cluster / name
        if not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != text:
            place.account.write(path, text)


def _administer(place: Place, programs: Path, script: str) -> None:
    command: list[str | Path] = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "template1"]
    command += ["-h", socket_in_use(place), "-U", roles.ADMINISTRATOR]
    outcome = place.account.run(command, typed=script)
    if outcome.status != 0:
        raise BadInput(
            "database_not_set_up",
            say("Không thiết lập được quyền trong cơ sở dữ liệu:\n{lines}", lines=outcome.last_lines()),
            str(place.folder),
        )
