"""Peers of screening that do not belong to the project: OpenFisca in an environment of its own, PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from hientai.engines.criteria.tree import Standard
from hientai.engines.facts.snapshot import PERSON, Snapshot
from hientai.engines.screening.sql import verdict_sql
from hientai.foundation import embedded_postgres

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv-openfisca"
Ask: TypeAlias = Callable[[], dict[str, Any]]  # seconds, cpu_seconds and memory_mb where known, counts
SCRIPT = Path(__file__).with_name("openfisca_screening.py")


class Missing(Exception):
    """A peer that cannot be had here, and why."""


@contextmanager
def openfisca(snapshot: Snapshot, standards: list[Standard]) -> Iterator[Ask]:
    """Asks OpenFisca once a call, in a process that has read everything before. Raises Missing."""
    python = ENVIRONMENT / "bin" / "python"
    _make(python)
    with tempfile.TemporaryDirectory() as folder:
        people, rules = Path(folder) / "people.npz", Path(folder) / "rules.json"
        _write_people(snapshot, people)
        rules.write_text(json.dumps(_rules(snapshot, standards)))
        command = [python, SCRIPT, people, rules]
        with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as process:
            assert process.stdin is not None and process.stdout is not None and process.stderr is not None
            if process.stdout.readline() != "ready\n":
                raise Missing((process.stderr.read().strip() or "no answer").splitlines()[-1])

            def ask() -> dict[str, Any]:
                process.stdin.write("\n")  # type: ignore[union-attr]
                process.stdin.flush()  # type: ignore[union-attr]
                return json.loads(process.stdout.readline())  # type: ignore[union-attr, no-any-return]

            yield ask
            process.stdin.close()


def _make(python: Path) -> None:
    """The environment of OpenFisca, made where it is not there yet or was left half made."""
    if python.exists() and subprocess.run([python, "-c", "import openfisca_core"]).returncode == 0:
        return
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "openfisca-core"], check=True, timeout=600)
    except (subprocess.SubprocessError, OSError) as error:
        raise Missing(f"openfisca-core could not be installed: {error}") from error


def _write_people(snapshot: Snapshot, file: Path) -> None:
    columns = {}
    for code in snapshot.frame.columns:
        if code != PERSON:
            column = snapshot.frame[code]
            columns[code] = column.cast(pl.Int32).fill_null(0).to_numpy()
            columns[f"{code}_known"] = column.is_not_null().to_numpy()
    np.savez(file, **columns)


def _rules(snapshot: Snapshot, standards: list[Standard]) -> dict[str, Any]:
    distinct = list(dict.fromkeys(c.comparison for standard in standards for c in standard.criteria()))
    return {
        "facts": [code for code in snapshot.frame.columns if code != PERSON],
        "criteria": [[fact, int(required)] for fact, _, required in distinct],  # type: ignore[arg-type]
        "standards": [[distinct.index(c.comparison) for c in one.criteria()] for one in standards],
    }


@contextmanager
def postgres(snapshot: Snapshot, standards: list[Standard]) -> Iterator[Ask]:
    """Asks one statement over a table that counts met and failed of every standard; nothing is fetched."""
    import psycopg

    verdicts = ", ".join(f"({verdict_sql(standard.rule)}) AS v{n}" for n, standard in enumerate(standards))
    counts = ", ".join(
        f"count(*) FILTER (WHERE v{n}), count(*) FILTER (WHERE NOT v{n})" for n in range(len(standards))
    )
    query = f"SELECT {counts} FROM (SELECT {verdicts} FROM everybody) AS judged"
    with (
        tempfile.TemporaryDirectory() as folder,
        embedded_postgres.start(Path(folder), durable=False) as server,
        psycopg.connect(server.owner_url, autocommit=True) as connection,
    ):
        _load(connection, snapshot)

        def ask() -> dict[str, Any]:
            started = time.perf_counter()
            row = connection.execute(query).fetchone()  # type: ignore[arg-type]
            assert row is not None
            seconds = time.perf_counter() - started
            return {"seconds": seconds, "counts": [list(row[n : n + 2]) for n in range(0, len(row), 2)]}

        yield ask


def _load(connection: Any, snapshot: Snapshot) -> None:
    kinds = {pl.Int64: "bigint", pl.Int32: "integer", pl.Boolean: "boolean"}
    frame = snapshot.frame
    columns = ", ".join(f"{name} {kinds[type(kind)]}" for name, kind in frame.schema.items())  # type: ignore[index]
    connection.execute(f"CREATE UNLOGGED TABLE everybody ({columns})")
    with connection.cursor() as cursor, cursor.copy("COPY everybody FROM STDIN (FORMAT csv)") as copy:
        for part in frame.iter_slices(100_000):
            copy.write(part.write_csv(include_header=False))
    connection.execute("ANALYZE everybody")


if __name__ == "__main__":
    sys.exit("run: python3 go.py bench screening --peers")
