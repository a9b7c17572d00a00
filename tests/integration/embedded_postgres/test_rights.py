"""What the two roles may do, and how the server can be reached at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import errors

from hientai.foundation.embedded_postgres import Server, create_database, drop_database


@pytest.fixture(scope="module")
def database(server: Server) -> Iterator[Server]:
    """A database with a table of the owner's that has a row, a trigger, a sequence and a second schema."""
    name = f"rights_{uuid.uuid4().hex[:8]}"
    database = create_database(server, name)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("CREATE TABLE people (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE)")
        owner.execute("INSERT INTO people (name) VALUES ('Lò Thị Ánh')")
        owner.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$"
        )
        owner.execute("CREATE TRIGGER guard BEFORE DELETE ON people EXECUTE FUNCTION refuse()")
        owner.execute("CREATE SCHEMA apart CREATE TABLE apart.kept (id int)")
    yield database
    drop_database(server, name)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name FROM people",
        "INSERT INTO people (name) VALUES ('Quàng Văn Bình')",
        "UPDATE people SET name = name || ' '",
        "DELETE FROM apart.kept",
        "SELECT nextval('people_id_seq')",
    ],
)
def test_application_reads_and_writes_rows_of_tables_the_owner_made_later(
    database: Server, statement: str
) -> None:
    with psycopg.connect(database.app_url) as application:
        assert application.execute(statement).rowcount >= 0
        application.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE people DISABLE TRIGGER guard",
        "ALTER TABLE people DISABLE TRIGGER ALL",
        "DROP TRIGGER guard ON people",
        "CREATE TRIGGER mine BEFORE INSERT ON people EXECUTE FUNCTION refuse()",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
        "SET session_replication_role = replica",
        "TRUNCATE people",
        "DROP TABLE people",
        "ALTER TABLE people ADD COLUMN note text",
        "CREATE TABLE mine (id int)",
        "CREATE ROLE mine SUPERUSER",
        "ALTER ROLE hientai_app SUPERUSER",
        "SET ROLE hientai_owner",
        "SET SESSION AUTHORIZATION hientai_owner",
        "GRANT hientai_owner TO hientai_app",
        "CREATE DATABASE mine",
        "SELECT pg_read_file('PG_VERSION')",
        "COPY people TO PROGRAM 'cat'",
        "ALTER SYSTEM SET fsync = off",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_application_changes_neither_triggers_nor_tables_nor_roles(database: Server, statement: str) -> None:
    with (
        psycopg.connect(database.app_url, autocommit=True) as application,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        application.execute(statement)


def test_owner_is_not_a_superuser_but_may_make_databases(database: Server) -> None:
    with psycopg.connect(database.owner_url) as owner:
        row = owner.execute("SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = user")
        assert row.fetchone() == (False, False, True)


def test_trigger_of_the_owner_stops_the_application(database: Server) -> None:
    with (
        psycopg.connect(database.app_url) as application,
        pytest.raises(errors.RaiseException, match="refused"),
    ):
        application.execute("DELETE FROM people")


@pytest.mark.parametrize("password", ["", "hientai", "0" * 48])
@pytest.mark.parametrize("role", ["hientai_owner", "hientai_app"])
def test_nobody_comes_in_without_the_password(
    server: Server, role: str, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", os.devnull)
    folder = server.owner_url.rpartition("host=")[2]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=folder, user=role, dbname="hientai", password=password)


@pytest.mark.root_only
@pytest.mark.skipif(os.geteuid() != 0, reason="the server runs as the account of this process")
def test_administrator_is_reached_only_by_the_servers_own_account(server: Server) -> None:
    folder = server.owner_url.rpartition("host=")[2]
    with pytest.raises(psycopg.OperationalError, match=r"[Pp]eer"):
        psycopg.connect(host=folder, user="hientai_admin", dbname="postgres")


def test_application_does_not_reach_the_databases_of_the_server_itself(server: Server) -> None:
    for name in ("postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(urlsplit(server.app_url)._replace(path=f"/{name}").geturl())


def test_files_and_folders_are_private(server: Server, shared_home: Path) -> None:
    assert (shared_home / "postgres.secret").stat().st_mode & 0o777 == 0o600
    assert server.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SHOW listen_addresses", ""),
        ("SHOW server_encoding", "UTF8"),
        ("SHOW data_checksums", "on"),
        (
            "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'hientai'",
            "b C.UTF-8",
        ),
        ("SELECT lower('ĐẶNG THỊ ƯỚC')", "đặng thị ước"),
        ("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'hientai'", "hientai_owner"),
    ],
)
def test_server_is_set_up_as_the_architecture_says(server: Server, question: str, answer: str) -> None:
    with psycopg.connect(server.app_url) as connection:
        assert connection.execute(question).fetchone() == (answer,)


def test_values_of_failed_statements_do_not_reach_the_log(database: Server) -> None:
    planted = "014301000123"
    with psycopg.connect(database.app_url, autocommit=True) as application:
        application.execute("INSERT INTO people (name) VALUES (%s)", [planted])
        with pytest.raises(errors.UniqueViolation, match=planted):
            application.execute(f"INSERT INTO people (name) VALUES ('{planted}')")
        with pytest.raises(errors.InvalidTextRepresentation, match=planted):
            application.execute(f"SELECT 'x{planted}'::int")
    log = (database.folder / "server.log").read_text(encoding="utf-8")
    assert "ready to accept connections" in log
    assert planted not in log


def test_dropping_a_database_throws_out_whoever_is_connected(server: Server) -> None:
    name = f"dropped_{uuid.uuid4().hex[:8]}"
    dropped = create_database(server, name)
    with psycopg.connect(dropped.app_url, autocommit=True) as application:
        drop_database(server, name)
        with pytest.raises(psycopg.OperationalError):
            application.execute("SELECT 1")
    drop_database(server, name)
