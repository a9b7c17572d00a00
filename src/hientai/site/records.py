"""Starts what the records need before a command or the server can work: PostgreSQL, then Django."""

from __future__ import annotations

import os
import sys

from hientai.foundation import embedded_postgres

SETTINGS = "config.settings.dev"


def start(*, as_owner: bool = False) -> None:
    """Shares or starts the database and sets Django up; a second call does nothing.

    as_owner: migrations run with the role that owns the tables. Raises BadInput when no database can be had.
    """
    from django.apps import apps

    if apps.ready:
        return
    start_database(as_owner=as_owner)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


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


def migrate() -> None:
    """Brings the tables up to date, in a process of its own that works as their owner."""
    import subprocess

    start_database()
    owner = os.environ | {"HIENTAI_DATABASE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": SETTINGS}
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0"], env=owner, stdout=sys.stderr, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def empty_database() -> None:
    """Drops everything in the embedded database, as its owner: for a demo to be filled again."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute("GRANT USAGE ON SCHEMA public TO hientai_app")
