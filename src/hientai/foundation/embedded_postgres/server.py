"""Starts, shares and stops the server of one home folder."""

from __future__ import annotations

import atexit
import contextlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.embedded_postgres import cluster, configuration, roles, sharing
from hientai.foundation.embedded_postgres.binaries import programs_for
from hientai.foundation.embedded_postgres.place import Place, locate, prepare
from hientai.foundation.embedded_postgres.processes import Ping, postmaster_of


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
    """What is known about a server.

    running: takes connections; used: some living process uses it; pid: of the postmaster; folder: None before
    the first start; durable: safe against a power cut.
    """

    running: bool
    used: bool
    pid: int | None
    folder: Path | None
    durable: bool


_homes: dict[Path, Path] = {}


def start(home: Path, *, durable: bool = True) -> Server:
    """Starts the server of `home`, or shares the one that runs; this process is a user until `stop`.

    home: data folder of the installation; made when missing. durable: False gives up safety against a power
    cut for speed (tests, demo); a running server is made durable when asked, never the other way round.
    Raises BadInput when the folder cannot be used, is of another version, or the server does not come up.
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
        if sharing.has_users(place.home) or not cluster.is_alive(place):
            return False
        cluster.shut_down(place)
        return True


def status(home: Path) -> Status:
    """What is known about the server of `home`, starting and stopping nothing."""
    place = locate(home)
    if place is None:
        return Status(False, False, None, None, True)
    with sharing.turn(place.home):
        alive = cluster.is_alive(place)
        return Status(
            running=alive and cluster.answers(place, programs_for(place.account)) is Ping.READY,
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
    if not cluster.settles(place, programs):
        _recover(place)
    if not cluster.is_alive(place):
        cluster.create(place, programs, durable)
        cluster.launch(place, programs, durable)
    elif durable and not configuration.is_durable(place.cluster):
        cluster.make_durable(place, programs)
    return roles.read_passwords(place.secret) or cluster.set_up_roles(place, programs)


def _recover(place: Place) -> None:
    """Ends what is left of a server that does not answer, unless somebody still works with it."""
    if postmaster_of(place.cluster) is None:
        cluster.end_remains(place)
    elif sharing.others_use(place.home):
        raise BadInput(
            "database_does_not_answer",
            say(
                "Cơ sở dữ liệu trong {folder} đang chạy nhưng không trả lời, và tiến trình khác đang dùng. "
                "Hãy dừng các tiến trình đó rồi chạy lại. Nhật ký của nó ghi:\n{lines}",
                folder=place.folder,
                lines=cluster.last_lines(place),
            ),
            str(place.folder),
        )
    else:
        cluster.shut_down(place, at_once=True)


def _url(place: Place, role: str, password: str) -> str:
    folder = quote(str(cluster.socket_in_use(place)), safe="/")
    return f"postgresql://{role}:{password}@/{roles.DATABASE}?host={folder}"
