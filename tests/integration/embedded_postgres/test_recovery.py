"""What an earlier run may have left behind, and what may be wrong with the folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from hientai.engines.errors import BadInput
from hientai.foundation.embedded_postgres import configuration, start, status, stop
from hientai.foundation.embedded_postgres.place import prepare

from .conftest import Process

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def rows(url: str, question: str = "SELECT 1") -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        cursor = connection.execute(question)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


@contextlib.contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[BadInput]]:
    with pytest.raises(BadInput) as caught:
        yield caught
    assert caught.value.code == code


def test_rows_and_passwords_are_kept_over_a_restart(used_home: Path) -> None:
    with start(used_home, durable=False) as first:
        rows(first.owner_url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'Điện Biên' AS name")
    with start(used_home, durable=False) as second:
        assert second == first
        assert rows(second.app_url, "SELECT name FROM kept") == [("Điện Biên",)]


def test_first_start_of_an_empty_folder_makes_the_database(home: Path) -> None:
    assert not status(home).running
    with start(home) as server:
        assert rows(server.app_url, "SELECT current_user::text") == [("hientai_app",)]
        assert rows(server.app_url, "SHOW fsync") == [("on",)]
        assert server.folder == home / "postgres"
    assert not status(home).running


def test_stale_pid_file_with_the_number_of_a_living_program_is_no_obstacle(used_home: Path) -> None:
    folder = used_home / "postgres" / "data"
    (folder / "postmaster.pid").write_text(f"{os.getppid()}\n{folder}\n1\n5432\n{folder.parent}\n\n\nready\n")
    assert status(used_home).pid is None
    with start(used_home, durable=False) as server:
        assert rows(server.app_url) == [(1,)]


@pytest.mark.parametrize("content", ["", "\n", "not a number\n", "99999999999999999999\n", "\ufffd\ufffd"])
def test_damaged_pid_file_is_no_obstacle(used_home: Path, content: str) -> None:
    (used_home / "postgres" / "data" / "postmaster.pid").write_text(content, encoding="utf-8")
    with start(used_home, durable=False) as server:
        assert rows(server.app_url) == [(1,)]


def test_files_left_in_place_of_socket_and_locks_are_no_obstacle(used_home: Path) -> None:
    living = os.getppid()
    for name in ("postgres.lock", "postgres.users", "postgres.server"):
        (used_home / name).write_text("1")
    (used_home / "postgres" / ".s.PGSQL.5432").touch()
    (used_home / "postgres" / ".s.PGSQL.5432.lock").write_text(f"{living}\n")
    with start(used_home, durable=False) as server:
        assert rows(server.app_url) == [(1,)]


def test_server_whose_socket_was_removed_is_restarted_when_nobody_else_uses_it(
    used_home: Path, another_process: Callable[..., Process]
) -> None:
    killed = another_process(used_home)
    killed.end()
    (used_home / "postgres" / ".s.PGSQL.5432").unlink()
    with start(used_home, durable=False) as server:
        assert rows(server.app_url) == [(1,)]
        assert status(used_home).pid != killed.first["pid"]


@pytest.mark.long
def test_half_made_database_is_made_anew(home: Path) -> None:
    folder = prepare(home).folder
    (folder / "data.unfinished").mkdir()
    (folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    with start(home, durable=False) as server:
        assert rows(server.app_url) == [(1,)]
    assert not (folder / "data.unfinished").exists()


@pytest.mark.parametrize("content", [None, "", "{}", '{"owner": 1'])
def test_lost_or_damaged_passwords_are_replaced(used_home: Path, content: str | None) -> None:
    before = (used_home / "postgres.secret").read_text(encoding="utf-8")
    if content is None:
        (used_home / "postgres.secret").unlink()
    else:
        (used_home / "postgres.secret").write_text(content, encoding="utf-8")
    with start(used_home, durable=False) as server:
        assert rows(server.app_url) == rows(server.owner_url) == [(1,)]
    assert (used_home / "postgres.secret").read_text(encoding="utf-8") != before


def test_own_settings_win(used_home: Path) -> None:
    (used_home / "postgres.conf").write_text("work_mem = 7MB\n")
    with start(used_home, durable=False) as server:
        assert rows(server.app_url, "SHOW work_mem") == [("7MB",)]
    (used_home / "postgres.conf").unlink()


@pytest.mark.parametrize(
    ("folder", "least", "expected"),
    [("/dev/shm", 0, "posix"), ("/dev/shm", 1 << 62, "mmap"), ("/no/shm", 0, "mmap")],
)
def test_server_does_without_shared_memory_where_there_is_little(
    used_home: Path, monkeypatch: pytest.MonkeyPatch, folder: str, least: int, expected: str
) -> None:
    monkeypatch.setattr(configuration, "SHARED_MEMORY", Path(folder))
    monkeypatch.setattr(configuration, "LEAST_SHARED_MEMORY", least)
    with start(used_home, durable=False) as server:
        assert rows(server.app_url, "SHOW dynamic_shared_memory_type") == [(expected,)]


def test_server_that_does_not_come_up_says_what_its_log_says(used_home: Path) -> None:
    (used_home / "postgres.conf").write_text("shared_buffers = 'many'\n")
    with refused("database_does_not_start") as caught, start(used_home, durable=False):
        pass
    (used_home / "postgres.conf").unlink()
    assert "shared_buffers" in str(caught.value.message)
    assert not status(used_home).used
    with start(used_home, durable=False) as server:
        assert rows(server.app_url) == [(1,)]


def test_data_of_another_version_is_refused_and_left_alone(home: Path) -> None:
    version = prepare(home).cluster / "PG_VERSION"
    version.parent.mkdir()
    version.write_text("16\n")
    with refused("database_of_another_version") as caught:
        start(home, durable=False)
    assert "PostgreSQL 16" in str(caught.value.message)
    assert version.read_text() == "16\n"


def test_folder_that_is_no_database_is_refused_and_left_alone(home: Path) -> None:
    letter = prepare(home).cluster / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("keep me")
    with refused("database_folder_is_not_a_database"):
        start(home, durable=False)
    assert letter.read_text() == "keep me"


def test_home_that_is_a_file_is_refused(home: Path) -> None:
    home.touch()
    with refused("home_is_a_file"):
        start(home)
    with refused("home_not_writable"):
        start(home / "inside")


@NOT_ROOT
def test_home_that_may_not_be_written_is_refused(home: Path) -> None:
    home.mkdir(mode=0o500)
    with refused("home_not_writable"):
        start(home)


@pytest.mark.parametrize("note", ["", "[]", '{"home": 1}', "null"])
def test_damaged_note_of_where_the_data_is_stops_everything_rather_than_beginning_anew(
    home: Path, note: str
) -> None:
    home.mkdir()
    (home / "postgres.location").write_text(note)
    for act in (start, stop, status):
        with refused("database_location_unreadable"):
            act(home)
    (home / "postgres.location").unlink()


def test_status_and_stop_of_a_folder_never_started_make_nothing(home: Path) -> None:
    assert status(home).folder is None
    assert not stop(home)
    assert not home.exists()
