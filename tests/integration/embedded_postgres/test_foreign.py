"""A PostgreSQL that somebody else runs, named by DATABASE_URL."""

from __future__ import annotations

import uuid
from pathlib import Path

import psycopg
import pytest

from hientai.engines.errors import BadInput
from hientai.foundation.embedded_postgres import (
    Server,
    check_foreign,
    create_database,
    databases,
    drop_database,
)


def test_reachable_server_is_accepted_with_its_version(server: Server) -> None:
    assert check_foreign(server.app_url) == 18


def test_oldest_version_is_accepted_and_the_one_before_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "OLDEST_MAJOR", 18)
    assert check_foreign(server.app_url) == 18
    monkeypatch.setattr(databases, "OLDEST_MAJOR", 19)
    with pytest.raises(BadInput, match="PostgreSQL 18; cần từ 19") as refused:
        check_foreign(server.app_url)
    assert refused.value.code == "database_too_old"


def test_unreachable_server_is_refused_without_showing_the_password(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Không kết nối được") as refused:
        check_foreign(f"postgresql://an:bi-mat@/hientai?host={tmp_path}")
    assert refused.value.code == "database_not_reachable"
    assert "bi-mat" not in f"{refused.value.message} {refused.value.where}"


def test_wrong_password_is_refused(server: Server) -> None:
    with pytest.raises(BadInput, match="password authentication failed"):
        check_foreign(server.app_url.replace("hientai_app:", "hientai_app:0"))


@pytest.mark.parametrize("url", ["not a url", "postgresql://[::1", "mysql://localhost/hientai", ""])
def test_what_is_no_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGHOST", str(tmp_path))
    with pytest.raises(BadInput, match="Không kết nối được"):
        check_foreign(url)


def test_database_that_is_not_utf8_is_refused(server: Server) -> None:
    name = f"ascii_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    try:
        with pytest.raises(BadInput, match="SQL_ASCII"):
            check_foreign(server.app_url.replace("/hientai?", f"/{name}?"))
    finally:
        drop_database(server, name)


def test_copy_of_a_database_has_its_rows(server: Server) -> None:
    first, second = (f"copied_{uuid.uuid4().hex[:8]}" for _ in range(2))
    original = create_database(server, first)
    with psycopg.connect(original.owner_url) as owner:
        owner.execute("CREATE TABLE units AS SELECT 'Phường Ba Đình' AS name")
    copy = create_database(server, second, template=first)
    with psycopg.connect(copy.app_url) as application:
        assert application.execute("SELECT name FROM units").fetchall() == [("Phường Ba Đình",)]
    drop_database(server, second)
    drop_database(server, first)
