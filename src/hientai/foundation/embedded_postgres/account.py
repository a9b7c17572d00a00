"""Which account of the operating system the server runs as, and running programs as that account."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

DEDICATED = "hientai"
FIT_FOR_A_DATABASE = (DEDICATED, "postgres")
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True)
class Outcome:
    """status: exit status of a program; output: what it wrote to both streams."""

    status: int
    output: str

    def last_lines(self, count: int = 5) -> str:
        """The last lines written, for an error that a person reads."""
        return "\n".join(self.output.strip().splitlines()[-count:])


@dataclass(frozen=True)
class Account:
    """name, uid, gid: the unprivileged account that owns the data and runs the server."""

    name: str
    uid: int
    gid: int

    def run(
        self, command: Sequence[str | Path], *, typed: str = "", keep_open: Sequence[int] = ()
    ) -> Outcome:
        """Runs a program as this account, apart from the terminal, so that Ctrl-C does not reach it.

        typed: standard input; keep_open: file descriptors the program and its children inherit.
        Raises BadInput when this process may not become the account.
        """
        try:
            done = subprocess.run(
                [str(part) for part in command],
                input=typed,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                env=ENVIRONMENT,
                cwd="/",
                umask=0o077,
                start_new_session=True,
                pass_fds=tuple(keep_open),
                check=False,
                **self._identity(),
            )
        except (PermissionError, ValueError) as error:
            return Outcome(126, str(error))
        except subprocess.SubprocessError as error:
            raise BadInput(
                "database_account_refused",
                say(
                    "Không chạy được chương trình bằng tài khoản “{name}”: {error}",
                    name=self.name,
                    error=error,
                ),
                self.name,
            ) from error
        return Outcome(done.returncode, done.stdout)

    def may_enter(self, folder: Path) -> bool:
        """Whether the account can pass through all parents of `folder` and through `folder` itself."""
        return self.run(["/usr/bin/test", "-x", folder]).status == 0

    def write(self, path: Path, content: str) -> None:
        """Writes a file as the account, so that root never follows a link planted by it."""
        outcome = self.run(["/bin/sh", "-c", 'cat > "$1"', "sh", path], typed=content)
        if outcome.status != 0:
            raise BadInput(
                "database_folder_not_writable",
                say("Không ghi được tệp cấu hình cơ sở dữ liệu: {error}", error=outcome.last_lines()),
                str(path),
            )

    def _identity(self) -> dict[str, Any]:
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(*owned: Path) -> Account:
    """The account for data that is, or will be, in the given places.

    owned: places looked at in order; the first with an owner other than root decides. A process that is not
    root always uses its own account. Otherwise an account kept for databases, made when there is none.
    """
    if os.geteuid() != 0:
        return _own()
    for place in owned:
        found = _owner_of(place)
        if found:
            return found
    for name in FIT_FOR_A_DATABASE:
        found = _named(name)
        if found:
            return found
    return _create_dedicated()


def _own() -> Account:
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = str(uid)
    return Account(name, uid, os.getegid())


def _owner_of(place: Path) -> Account | None:
    try:
        uid = place.lstat().st_uid
        entry = pwd.getpwuid(uid)
    except (OSError, KeyError):
        return None
    return Account(entry.pw_name, uid, entry.pw_gid) if uid else None


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _create_dedicated() -> Account:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", DEDICATED]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
        reason = done.stderr.strip()
    except OSError as error:
        reason = str(error)
    found = _named(DEDICATED)
    if found is None:
        raise BadInput(
            "database_account_missing",
            say(
                "PostgreSQL không chạy bằng tài khoản root và không tạo được tài khoản hệ thống “{name}”: "
                "{reason}. "
                "Hãy tạo tài khoản đó rồi chạy lại, hoặc chạy bằng một tài khoản thường.",
                name=DEDICATED,
                reason=reason,
            ),
            DEDICATED,
        )
    return found
