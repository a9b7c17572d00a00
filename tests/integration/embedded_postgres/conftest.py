"""Home folders that any account may pass through, one shared server, and other processes that use one."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hientai.foundation import embedded_postgres
from hientai.foundation.embedded_postgres import Server, sharing

SOURCES = Path(embedded_postgres.__file__).resolve().parents[3]
USER = Path(__file__).with_name("user_of_the_server.py")


@pytest.fixture(autouse=True)
def _nobody_left_behind() -> Iterator[None]:
    """A test that fails must not make the next one share its server."""
    before = {home: held.times for home, held in sharing._held.items()}
    yield
    for home, held in list(sharing._held.items()):
        for _ in range(held.times - before.get(home, 0)):
            embedded_postgres.stop(home)


@pytest.fixture(scope="session")
def shared_home() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "var"


@pytest.fixture(scope="session")
def server(shared_home: Path) -> Iterator[Server]:
    with embedded_postgres.start(shared_home, durable=False) as server:
        yield server


@pytest.fixture
def home(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A home folder of this test's own, without a database."""
    with open_folder() as folder:
        yield folder / "var"
        embedded_postgres.stop(folder / "var")


@pytest.fixture(scope="session")
def stopped_home() -> Iterator[Path]:
    with open_folder() as folder:
        embedded_postgres.start(folder / "var", durable=False)
        embedded_postgres.stop(folder / "var")
        yield folder / "var"


@pytest.fixture
def used_home(stopped_home: Path) -> Iterator[Path]:
    """A home folder with a database that has been stopped; tests use it in turn and leave it whole."""
    yield stopped_home
    embedded_postgres.stop(stopped_home)
    assert not embedded_postgres.status(stopped_home).running


@pytest.fixture
def own_home(stopped_home: Path, home: Path) -> Path:
    """The same, for this test alone."""
    subprocess.run(["cp", "-a", stopped_home, home], check=True)
    return home


@dataclass
class Process:
    """Another process that uses the server and waits for orders; see user_of_the_server.py.

    first: what it answered when it had started the server.
    """

    popen: subprocess.Popen[str]
    first: dict[str, Any]

    def order(self, **order: Any) -> dict[str, Any]:
        """Sends one order and waits for the answer."""
        assert self.popen.stdin is not None
        self.popen.stdin.write(json.dumps(order) + "\n")
        self.popen.stdin.flush()
        return self.read()

    def read(self) -> dict[str, Any]:
        """Waits for an answer; what the process complained of when it has none."""
        assert self.popen.stdout is not None
        line = self.popen.stdout.readline()
        if not line:
            assert self.popen.stderr is not None
            raise AssertionError(self.popen.stderr.read())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self, with_signal: int = signal.SIGKILL) -> int:
        """Ends the process by a signal and waits until it is gone; its exit status."""
        if self.popen.poll() is None:
            os.kill(self.popen.pid, with_signal)
        self.popen.communicate()
        return self.popen.returncode


@pytest.fixture
def another_process() -> Iterator[Callable[..., Process]]:
    """Makes processes `another_process(home, account=None)` that start the server; they end with the test."""
    with contextlib.ExitStack() as ending:

        def begin(home: Path, account: pwd.struct_passwd | None = None) -> Process:
            rights: dict[str, Any] = {}
            if account is not None:
                rights = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            popen = subprocess.Popen(
                [python_for(account), "-P", str(USER), str(home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd="/",
                env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(module_folders())},
                **rights,
            )
            process = Process(popen, {})
            ending.callback(process.end)
            process.first = process.read()
            return process

        yield begin


@pytest.fixture
def plain_account() -> pwd.struct_passwd | None:
    """An account without any rights; None when this process is not root and so has one itself."""
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam("nobody")
    try:
        done = subprocess.run(
            [python_for(account), "-c", "import hientai.foundation.embedded_postgres"],
            env={"PYTHONPATH": os.pathsep.join(module_folders())},
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        )
    except OSError as error:
        pytest.skip(f"the account nobody cannot read this checkout: {error}")
    if done.returncode != 0:
        pytest.skip("the account nobody cannot read this checkout")
    return account


def python_for(account: pwd.struct_passwd | None) -> str:
    """A Python of this version; the system's for another account: ours may lie in a private folder."""
    system = shutil.which(f"python3.{sys.version_info[1]}", path="/usr/bin")
    return system if account is not None and system else sys.executable


def module_folders() -> list[str]:
    """Where the processes find hientai and psycopg."""
    return [str(SOURCES), *(path for path in sys.path if path.endswith("site-packages"))]


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder others may pass through; pytest's own lies below a private one."""
    folder = Path(tempfile.mkdtemp(prefix="hientai-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
