"""Several processes with one server: the last one stops it, and no killed one leaves it stuck."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from hientai.foundation.embedded_postgres import start, status, stop

from .conftest import Process

Another = Callable[..., Process]


def test_second_process_shares_the_server_and_the_last_one_stops_it(
    used_home: Path, another_process: Another
) -> None:
    first = another_process(used_home)
    second = another_process(used_home)
    assert first.first["pid"] == second.first["pid"]
    assert first.order(stop=True) == {"stopped": False}
    assert second.order(sql="SELECT 1") == {"rows": [[1]]}
    assert second.order(stop=True) == {"stopped": True}
    assert not status(used_home).running


def test_nested_starts_of_one_process_count(used_home: Path) -> None:
    with start(used_home, durable=False) as outer:
        with start(used_home, durable=False) as inner:
            assert inner == outer
        assert status(used_home).running
    assert not status(used_home).running


def test_killed_user_does_not_keep_the_server_running(used_home: Path, another_process: Another) -> None:
    first = another_process(used_home)
    second = another_process(used_home)
    first.end(signal.SIGKILL)
    assert second.order(stop=True) == {"stopped": True}


def test_server_of_a_killed_last_user_is_shared_by_the_next_and_stopped(
    used_home: Path, another_process: Another
) -> None:
    killed = another_process(used_home)
    killed.order(
        sql="SET synchronous_commit = on; DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS id"
    )
    killed.end(signal.SIGKILL)
    assert status(used_home).running
    assert not status(used_home).used
    following = another_process(used_home)
    assert following.first["pid"] == killed.first["pid"]
    assert following.order(sql="SELECT id FROM kept") == {"rows": [[7]]}
    assert following.order(stop=True) == {"stopped": True}


def test_stop_from_outside_stops_what_a_killed_process_left(
    used_home: Path, another_process: Another
) -> None:
    another_process(used_home).end(signal.SIGKILL)
    assert stop(used_home)
    assert not status(used_home).running
    assert not stop(used_home)


def test_stop_from_outside_leaves_a_server_in_use_alone(used_home: Path, another_process: Another) -> None:
    user = another_process(used_home)
    assert not stop(used_home)
    assert user.order(sql="SELECT 1") == {"rows": [[1]]}


def test_killed_postmaster_is_started_again_while_others_use_it_and_rows_remain(
    used_home: Path, another_process: Another
) -> None:
    first = another_process(used_home)
    postmaster = first.first["pid"]
    first.order(
        sql="SET synchronous_commit = on; DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS id"
    )
    os.kill(postmaster, signal.SIGKILL)
    second = another_process(used_home)
    assert second.first["pid"] != postmaster
    assert second.order(sql="SELECT id FROM kept") == {"rows": [[7]]}
    assert first.order(sql="SELECT id FROM kept") == {"rows": [[7]]}
    assert second.order(stop=True) == {"stopped": False}
    assert first.order(stop=True) == {"stopped": True}


def test_postmaster_killed_with_a_busy_backend_is_started_again(
    used_home: Path, another_process: Another
) -> None:
    first = another_process(used_home)
    with psycopg.connect(first.first["url"]) as busy:
        busy.execute("CREATE TABLE lost (id int)")
        backend = busy.info.backend_pid
        os.kill(backend, signal.SIGSTOP)  # does not notice that its postmaster is gone
        os.kill(first.first["pid"], signal.SIGKILL)
        second = another_process(used_home)
        assert second.order(sql="SELECT to_regclass('lost')") == {"rows": [[None]]}
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")


def test_program_that_ends_without_stop_leaves_no_server(used_home: Path, another_process: Another) -> None:
    user = another_process(used_home)
    with pytest.raises(AssertionError):
        user.order(fail=True)
    user.popen.communicate()
    assert user.popen.returncode == 3
    assert not status(used_home).running


def test_ctrl_c_ends_the_program_which_stops_the_server(used_home: Path, another_process: Another) -> None:
    user = another_process(used_home)
    assert user.end(signal.SIGINT) == -signal.SIGINT
    assert not status(used_home).running


def test_ctrl_c_of_the_terminal_does_not_reach_the_server(used_home: Path) -> None:
    with start(used_home, durable=False):
        postmaster = status(used_home).pid
        assert postmaster is not None
        assert os.getsid(postmaster) != os.getsid(0)


def test_forked_child_that_stops_leaves_its_parent_the_server(used_home: Path) -> None:
    with start(used_home, durable=False) as server:
        child = os.fork()
        if child == 0:
            os._exit(int(stop(used_home)))
        assert os.waitpid(child, 0)[1] == 0
        with psycopg.connect(server.app_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_server_is_made_durable_when_somebody_needs_it_and_stays_so(
    used_home: Path, another_process: Another
) -> None:
    settings = "SELECT string_agg(setting, ' ') FROM pg_settings WHERE name IN "
    settings += "('fsync', 'synchronous_commit', 'full_page_writes')"
    hasty = another_process(used_home)
    assert hasty.order(sql=settings) == {"rows": [["off off off"]]}
    assert not status(used_home).durable
    with start(used_home):
        assert hasty.order(sql=settings) == {"rows": [["on on on"]]}
    with start(used_home, durable=False):
        assert hasty.order(sql=settings) == {"rows": [["on on on"]]}


@pytest.mark.long
def test_many_processes_that_come_and_go_at_once_agree_on_one_server(
    used_home: Path, another_process: Another
) -> None:
    users = [another_process(used_home) for _ in range(6)]
    for _ in range(5):
        for user in users[:3]:
            user.popen.stdin.write('{"stop": true}\n{"start": true}\n')  # type: ignore[union-attr]
            user.popen.stdin.flush()  # type: ignore[union-attr]
        answers = [(user.read(), user.read()) for user in users[:3]]
        assert all(not stopped["stopped"] for stopped, _ in answers)
        assert {started["pid"] for _, started in answers} == {users[3].first["pid"]}
    assert [user.order(stop=True)["stopped"] for user in users] == [False] * 5 + [True]
