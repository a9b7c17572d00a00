"""Starts what the records need before a command or the server can work: PostgreSQL, then Django."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation import embedded_postgres

SETTINGS = "config.settings.dev"


def start(*, as_owner: bool = False, make_tables: bool = False, tables_come: bool = False) -> None:
    """Shares or starts the database and sets Django up; a second call does nothing.

    as_owner: migrations run with the role that owns the tables. make_tables: an embedded database that is new gets its
    tables first. tables_come: they are being made beside this. Raises BadInput when no database can be had, or when
    its tables are missing or of an earlier version.
    """
    from django.apps import apps

    if apps.ready:
        return
    start_database(as_owner=as_owner)
    if make_tables and "HIENTAI_EMBEDDED" in os.environ and not _migrations_applied():
        migrate()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    if not as_owner and not tables_come:
        _check_tables()


def _check_tables() -> None:
    """Raises BadInput `no_tables` for a database nobody has set up, `old_tables` for one the program has outgrown."""
    from config import env

    applied, stamp = _migrations_applied(), env.read().home / "migrated"
    if applied and stamp.exists() and stamp.read_text(encoding="ascii") == f"{_migration_files()}:{applied}":
        return
    where = str(env.read().home) if "HIENTAI_EMBEDDED" in os.environ else "DATABASE_URL"
    if not applied:
        raise BadInput(
            "no_tables",
            say(
                "Cơ sở dữ liệu này chưa có bảng nào. Hãy chạy “python3 go.py migrate” để tạo, hoặc "
                "“python3 go.py demo” để nạp dữ liệu mẫu, rồi chạy lại lệnh này."
            ),
            where,
        )
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BadInput(
            "old_tables",
            say(
                "Cơ sở dữ liệu này thuộc phiên bản trước của chương trình. Hãy sao lưu, chạy “python3 go.py migrate”, "
                "rồi chạy lại lệnh này."
            ),
            where,
        )


def refuse_half_loaded() -> None:
    """Raises BadInput `half_loaded` for a demo whose load was broken off: it lacks records and constraints."""
    import json

    from config import env

    home = env.read().home
    mark = home / "demo"
    if not mark.exists():
        return
    try:
        loaded = json.loads(mark.read_text(encoding="utf-8")).get("loaded")
    except ValueError:
        loaded = None
    if not loaded:
        raise BadInput(
            "half_loaded",
            say(
                "Bản trình diễn ở {home} mới nạp được một phần vì lần nạp trước bị dừng. Hãy chạy "
                "“python3 go.py demo” để nạp lại từ đầu.",
                home=home,
            ),
            str(home),
        )


def start_database(*, as_owner: bool = False) -> None:
    """Puts the address of the database into the environment, starting the embedded server when none is named."""
    from config import env

    if as_owner:
        os.environ["HIENTAI_DATABASE_ROLE"] = "owner"
    environment = env.read()
    if environment.database_url:
        if "HIENTAI_EMBEDDED" not in os.environ:
            embedded_postgres.check_foreign(environment.database_url)
        return
    server = embedded_postgres.start(environment.home, durable=not environment.demo)
    os.environ["HIENTAI_EMBEDDED"] = "1"
    os.environ["DATABASE_URL"] = server.app_url
    os.environ["DATABASE_OWNER_URL"] = server.owner_url


def migrate(meanwhile: Callable[[], Any] = lambda: None) -> None:
    """Brings the tables up to date, in a process of its own that works as their owner; quick when they are.

    meanwhile: done beside it; asks the database nothing.
    """
    import subprocess

    from config import env

    start_database()
    stamp = env.read().home / "migrated"
    now = _migration_files()
    if stamp.exists() and stamp.read_text(encoding="ascii") == f"{now}:{_migrations_applied()}":
        meanwhile()
        return
    owner = os.environ | {"HIENTAI_DATABASE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": SETTINGS}
    command = [sys.executable, "-m", "django", "migrate", "-v0"]
    with subprocess.Popen(command, env=owner, stdout=sys.stderr) as migrating:
        meanwhile()
    if migrating.returncode:
        raise SystemExit(migrating.returncode)
    stamp.write_text(f"{now}:{_migrations_applied()}", encoding="ascii")


def _migration_files() -> str:
    """A hash of every migration of the program and of the version of what it stands on."""
    import hashlib
    from pathlib import Path

    source = Path(__file__).resolve().parent.parent
    files = sorted(source.rglob("migrations/*.py"))
    seen = [f"{file.relative_to(source)}:{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    requirements = source.parent.parent / "requirements.txt"
    seen += [requirements.read_text(encoding="utf-8")] if requirements.exists() else []
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def _migrations_applied() -> str:
    """Which migrations this very database has had; empty for a new one."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        known = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
        if not known or not known[0]:
            return ""
        row = connection.execute(
            "SELECT md5(string_agg(app || name, ',' ORDER BY app, name)) FROM django_migrations"
        ).fetchone()
        return str(row[0]) if row else ""


def empty_database() -> None:
    """Drops everything in the embedded database, as its owner: for a demo to be filled again."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute("GRANT USAGE ON SCHEMA public TO hientai_app")
