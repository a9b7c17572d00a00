"""How work tells how far it is, and hears that it is to stop: over a connection of its own, outside its transaction."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any

import psycopg
from django.db import connection

EVERY = 1.0  # seconds between two heartbeats


class Cancelled(Exception):
    """Somebody asked that the work stop; whatever it wrote is rolled back."""


class Progress:
    """Told by the work: `step(done, total)`. Where nobody watches it only counts."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self._stop = threading.Event()

    def step(self, done: int, total: int) -> None:
        """So far `done` of `total`; raises Cancelled when the work is to stop."""
        self.done, self.total = done, total
        if self._stop.is_set():
            raise Cancelled

    def stop(self) -> None:
        """The next step raises Cancelled."""
        self._stop.set()


class Pulse:
    """While the work runs, writes its progress and heartbeat every second and looks whether it is to stop."""

    def __init__(self, work_id: int, progress: Progress) -> None:
        self._work_id = work_id
        self._progress = progress
        self._ended = threading.Event()
        at = connection.settings_dict
        keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        self._address: dict[str, Any] = {key: at[name] for key, name in keys.items() if at[name]}
        self._thread = threading.Thread(target=self._beat, daemon=True, name=f"pulse of work {work_id}")

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        with psycopg.connect(autocommit=True, **self._address) as own:
            while not self._ended.wait(EVERY):
                row = own.execute(
                    """UPDATE foundation_longwork SET done = %s, total = %s, heartbeat_at = now()
                       WHERE id = %s RETURNING cancel_wanted""",
                    [self._progress.done, self._progress.total, self._work_id],
                ).fetchone()
                if row and row[0]:
                    self._progress.stop()
