"""Runs one `branch` in a process of its own, so that it can use the second core and be ended at any time.

Neither SCIP nor HiGHS can be interrupted through MathOpt's Python face (OR-Tools 9.15); a process can.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import time
import weakref
from pathlib import Path
from typing import Any

from hientai.engines.rotation.mixed_integer import Branching, branch
from hientai.engines.rotation.problem import Indices
from hientai.engines.rotation.programme import Programme
from hientai.engines.rotation.stop import Budget, Stop


class Worker:
    """A `branch` call under way in a child process. Use as a context: leaving it ends the process."""

    def __init__(self, programme: Programme, columns: Indices, seconds: float | None, **options: Any) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="rotation-")
        self._answer = Path(self._folder.name) / "answer.pickle"
        task = Path(self._folder.name) / "task.pickle"
        task.write_bytes(pickle.dumps((programme, columns, seconds, options)))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "hientai.engines.rotation.worker", str(task), str(self._answer)],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            process_group=0,
        )  # fmt: skip
        # Ctrl-C goes to the caller, who keeps the best plan; when the caller leaves, the process goes too.
        self.end = weakref.finalize(self, _end, self._process, self._folder)

    def answer(self) -> Branching | None:
        """What it found, or None while it still runs or when it failed."""
        if self._process.poll() is None or not self._answer.is_file():
            return None
        found = pickle.loads(self._answer.read_bytes())
        return found if isinstance(found, Branching) else None

    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait(self, seconds: float) -> None:
        """Returns when it has ended, or after so many seconds."""
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *problem: object) -> None:
        self.end()


def _end(process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    folder.cleanup()


def _main(task: str, answer: str) -> None:
    programme, columns, seconds, options = pickle.loads(Path(task).read_bytes())
    found = branch(programme, columns, Budget(Stop(seconds=seconds, clock=time.monotonic)), **options)
    part = Path(answer + ".part")
    part.write_bytes(pickle.dumps(found))
    part.rename(answer)


if __name__ == "__main__":
    _main(*sys.argv[1:3])
