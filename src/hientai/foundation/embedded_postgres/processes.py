"""What the operating system says about the server's processes."""

from __future__ import annotations

import contextlib
import enum
import os
import signal
from pathlib import Path

from hientai.foundation.embedded_postgres.account import Account

PID_LINE, SOCKET_LINE, STATUS_LINE = 0, 4, 7


class Ping(enum.Enum):
    """Answers of pg_isready."""

    READY = 0
    STARTING = 1
    SILENT = 2


def ping(account: Account, programs: Path, socket_folder: Path) -> Ping:
    """Whether the server behind the socket takes connections."""
    status = account.run([programs / "pg_isready", "-q", "-t", "3", "-h", socket_folder]).status
    return Ping(status) if status in (0, 1) else Ping.SILENT


def postmaster_of(cluster: Path) -> int | None:
    """The process id of a living postmaster of this data directory.

    The number in postmaster.pid alone proves nothing: it may belong to another program by now.
    """
    number = _line_of_pid_file(cluster, PID_LINE)
    if not number.isdigit() or not _works_in(int(number), cluster):
        return None
    return int(number)


def socket_folder_of(cluster: Path) -> Path | None:
    """The socket folder that the running server noted, if any."""
    noted = _line_of_pid_file(cluster, SOCKET_LINE)
    return Path(noted) if noted else None


def is_ready(cluster: Path) -> bool:
    """Whether the postmaster just launched has noted that it takes connections."""
    return _line_of_pid_file(cluster, STATUS_LINE) == "ready"


def kill_remains(cluster: Path) -> None:
    """Ends backends that outlived their postmaster; the transaction log makes their work undone."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid() and _is_backend(entry, cluster):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(int(entry.name), signal.SIGKILL)


def _is_backend(entry: Path, cluster: Path) -> bool:
    with contextlib.suppress(OSError):
        return entry.joinpath("comm").read_text(encoding="utf-8").strip() == "postgres" and _works_in(
            int(entry.name), cluster
        )
    return False


def _works_in(process: int, cluster: Path) -> bool:
    """All processes of PostgreSQL, and no other program by chance, have the data directory as their own."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cwd").samefile(cluster)
    return False


def _line_of_pid_file(cluster: Path, index: int) -> str:
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        return ""
    return lines[index].strip() if len(lines) > index else ""
