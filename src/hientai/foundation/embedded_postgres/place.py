"""Where the server keeps its data, its socket and its small files for one home folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.embedded_postgres.account import Account, account_for

ELSEWHERE = (Path("/var/lib/hientai"), Path("/var/tmp/hientai"))
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 107 including the name of the socket
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Place:
    """home: folder of this installation; folder: what the server's account owns; account: who that is."""

    home: Path
    folder: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server writes about itself (no statements, no values)."""
        return self.folder / "server.log"

    @property
    def secret(self) -> Path:
        """Passwords of the two roles, readable by the owner of the home folder only."""
        return self.home / "postgres.secret"

    def socket_folder(self) -> Path:
        """A folder for the Unix socket that only the account may enter; inside the data if short enough."""
        inside = str(self.folder)
        if PLAIN_PATH.fullmatch(inside) and len(inside) + 1 + len(SOCKET) <= SOCKET_PATH_LIMIT:
            return self.folder
        name = f"hientai-{self.account.uid}-{_digest(self.folder)}"
        for base in (Path("/run") if os.geteuid() == 0 else Path("/tmp"), Path("/tmp"), Path("/var/tmp")):
            if _make_private(base / name, self.account):
                return base / name
        made = Path(tempfile.mkdtemp(prefix="hientai-", dir="/tmp"))
        _give(made, self.account)
        return made


def locate(home: Path) -> Place | None:
    """The place of a home folder where a server has been started before, changing nothing; else None."""
    home = home.absolute()
    folder = _recorded(home) or home / "postgres"
    try:
        return Place(home, folder, account_for(folder, home)) if folder.is_dir() else None
    except PermissionError:
        return None


def prepare(home: Path) -> Place:
    """Makes the folders and answers where they are.

    Raises BadInput when the path is a file, cannot be written, or belongs to somebody else.
    """
    home = home.absolute()
    _make_home(home)
    folder = _recorded(home) or home / "postgres"
    account = account_for(folder, home)
    if folder.parent != home:
        _record(home, folder)  # the home may have been moved
    elif not folder.exists() and not account.may_enter(home):
        folder = _elsewhere(home)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _give_when_new(folder, account)
    except OSError as error:
        raise _not_writable(folder, error) from error
    if folder.lstat().st_uid != account.uid:
        raise BadInput(
            "database_folder_of_another_account",
            say(
                "Thư mục dữ liệu {folder} thuộc về tài khoản khác. Hãy chạy bằng tài khoản đã tạo ra nó.",
                folder=folder,
            ),
            str(folder),
        )
    if not account.may_enter(folder):
        raise BadInput(
            "database_folder_not_reachable",
            say(
                "Tài khoản “{name}” không đi vào được thư mục dữ liệu {folder}. "
                "Hãy cho tài khoản đó quyền đi qua các thư mục cha.",
                name=account.name,
                folder=folder,
            ),
            str(folder),
        )
    return Place(home, folder, account)


def write_private(path: Path, content: str) -> None:
    """Replaces a small file of the home folder at once; only the owner of that folder may read it."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        give_to_owner_of_home(Path(temporary))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def give_to_owner_of_home(path: Path) -> None:
    """Lets the owner of the folder start the program later without root, after root has started it once."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def _make_home(home: Path) -> None:
    if home.exists() and not home.is_dir():
        raise BadInput(
            "home_is_a_file",
            say("{home} là một tệp, không phải thư mục dữ liệu. Hãy đặt HIENTAI_HOME khác.", home=home),
            str(home),
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(home, error) from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise _not_writable(home, PermissionError("permission denied"))


def _not_writable(folder: Path, error: OSError) -> BadInput:
    return BadInput(
        "home_not_writable",
        say(
            "Không ghi được vào thư mục dữ liệu {folder} ({error}). "
            "Hãy cấp quyền ghi, giải phóng đĩa, hoặc đặt HIENTAI_HOME đến thư mục khác.",
            folder=folder,
            error=error.strerror or error,
        ),
        str(folder),
    )


def _record_of(home: Path) -> Path:
    return home / "postgres.location"


def _recorded(home: Path) -> Path | None:
    """The folder noted in `home`. A copied home must not share its original's data; a moved one keeps it."""
    try:
        note = json.loads(_record_of(home).read_text(encoding="utf-8"))
        noted_home, folder = Path(note["home"]), Path(note["folder"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            "database_location_unreadable",
            say("Không đọc được tệp ghi nơi đặt dữ liệu {path}: {error}", path=_record_of(home), error=error),
            str(_record_of(home)),
        ) from error
    if noted_home != home and _record_of(noted_home).exists():
        return None
    return folder


def _record(home: Path, folder: Path) -> None:
    write_private(_record_of(home), json.dumps({"home": str(home), "folder": str(folder)}))


def _elsewhere(home: Path) -> Path:
    """A folder outside `home`, because the server's account cannot pass through the parents of `home`."""
    for base in ELSEWHERE:
        with contextlib.suppress(OSError):
            base.mkdir(mode=0o711, parents=True, exist_ok=True)
            if base.lstat().st_uid != os.geteuid():  # planted
                continue
            folder = base / _digest(home)
            _record(home, folder)
            return folder
    raise _not_writable(ELSEWHERE[0], PermissionError("permission denied"))


def _give_when_new(folder: Path, account: Account) -> None:
    if os.geteuid() == 0 and folder.lstat().st_uid == 0 and not any(folder.iterdir()):
        _give(folder, account)


def _give(folder: Path, account: Account) -> None:
    folder.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def _make_private(folder: Path, account: Account) -> bool:
    """Whether `folder` is now a folder of the account that nobody else may enter, and was not planted."""
    try:
        folder.mkdir(mode=0o700)
        _give(folder, account)
    except FileExistsError:
        pass
    except OSError:
        return False
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and not found.st_mode & 0o077


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
