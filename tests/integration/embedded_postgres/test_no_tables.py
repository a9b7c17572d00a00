"""A command on a database that nobody has set up, or that the program has outgrown, says so and what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hientai.foundation.embedded_postgres import Server, create_database, drop_database
from hientai.site import records


@pytest.fixture
def empty(server: Server) -> Iterator[str]:
    name = f"empty_{os.getpid()}"
    database = create_database(server, name)
    yield database.owner_url
    drop_database(server, name)


def asked(url: str, home: Path, *words: str) -> tuple[int, Any, str]:
    environment = os.environ | {"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "HIENTAI_HOME": str(home)}
    environment.pop("HIENTAI_EMBEDDED", None)
    done = subprocess.run(
        [sys.executable, "-m", "hientai.site.command_line", *words, "--json"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout), done.stderr


def test_without_tables_a_command_says_what_to_run(empty: str, tmp_path: Path) -> None:
    status, document, said = asked(empty, tmp_path, "units")
    assert (status, document["error"]["code"]) == (2, "no_tables")
    assert "go.py migrate" in document["error"]["message"] and "Traceback" not in said


def test_tables_of_an_earlier_version_are_told_from_none(empty: str, tmp_path: Path) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE django_migrations (id bigint, app text, name text, applied timestamptz);"
            "INSERT INTO django_migrations VALUES (1, 'organization', '0001_initial', now())"
        )
    status, document, said = asked(empty, tmp_path, "facts", "CB1")
    assert (status, document["error"]["code"]) == (2, "old_tables")
    assert "Traceback" not in said


def test_a_demo_broken_off_while_it_was_loaded_is_not_served(empty: str, tmp_path: Path) -> None:
    (tmp_path / "demo").write_text('{"loaded": null}', encoding="utf-8")
    status, document, said = asked(empty, tmp_path, "serve")
    assert (status, document["error"]["code"]) == (2, "half_loaded")
    assert "go.py demo" in document["error"]["message"] and "Traceback" not in said


def test_a_demo_that_is_whole_passes(empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIENTAI_HOME", str(tmp_path))
    records.refuse_half_loaded()
    (tmp_path / "demo").write_text('{"loaded": {"people": 100}}', encoding="utf-8")
    records.refuse_half_loaded()
