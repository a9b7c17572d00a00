"""The only reader of the environment: every setting that differs between installations is named here."""

from __future__ import annotations

import os
import secrets
import shlex
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Environment:
    """home: where data, keys and snapshots are kept; database_url: a server of one's own, empty for the embedded one;
    as_owner: migrations run with the role that owns the tables; demo: the records are fictional; virus_scan: a command
    that reads an uploaded file on its standard input and ends with 0 when it is clean, 1 when it is not."""

    home: Path
    database_url: str
    database_owner_url: str
    as_owner: bool
    debug: bool
    hosts: tuple[str, ...]
    agency_name: str
    virus_scan: tuple[str, ...] = ()

    @property
    def demo(self) -> bool:
        """A demo database carries a marker file, so that no environment variable can be forgotten."""
        return (self.home / "demo").exists()

    def secret(self, name: str, size: int = 50) -> str:
        """A random secret kept in `home`, made at first use, readable by its owner only."""
        path = self.home / "keys" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                return path.read_text(encoding="ascii")
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(size))
        return path.read_text(encoding="ascii")


def read() -> Environment:
    """Reads the process environment once more; cheap."""
    return Environment(
        home=Path(os.environ.get("HIENTAI_HOME") or PROJECT / "var").resolve(),
        database_url=os.environ.get("DATABASE_URL", ""),
        database_owner_url=os.environ.get("DATABASE_OWNER_URL", ""),
        as_owner=os.environ.get("HIENTAI_DATABASE_ROLE") == "owner",
        debug=os.environ.get("HIENTAI_DEBUG") == "1",
        hosts=tuple(h for h in os.environ.get("HIENTAI_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h),
        agency_name=os.environ.get("HIENTAI_AGENCY", ""),
        virus_scan=tuple(shlex.split(os.environ.get("HIENTAI_VIRUS_SCAN", ""))),
    )
