"""The real database for every test that asks for one, and a small province in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from tests.factories.province import Province

    from hientai.foundation.actor import Actor


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Starts the embedded server for the session and lets the tests own their tables."""
    from config import database, env
    from django.db import connections

    from hientai.foundation import embedded_postgres

    environment = env.read()
    if environment.database_url:
        yield
        return
    with embedded_postgres.start(environment.home, durable=False) as server:
        wanted = database.parse(server.owner_url)
        connections["default"].settings_dict.update(
            {key: wanted[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
        )
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Makes the test database for any test that asks, also for those that work on a copy of it unmarked."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(0, interactive=False, keepdb=django_db_keepdb, aliases={"default"})
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def _committed_province(django_db_setup: None, django_db_blocker: Any) -> None:
    """Commits the province before the first test opens its transaction: the snapshot reads committed rows only."""
    from tests.factories import province as factory

    with django_db_blocker.unblock():
        factory.ensure_province()


@pytest.fixture
def province(_committed_province: None, django_db_blocker: Any) -> Province:
    """The small province of tests/factories; made again after a test with a live server emptied the tables."""
    from tests.factories import province as factory

    with django_db_blocker.unblock():
        return factory.ensure_province()


@pytest.fixture
def today() -> date:
    """The day the province's questions are asked from; nothing below the edge looks at a clock."""
    from tests.factories.province import TODAY

    return TODAY


@pytest.fixture
def officer(province: Province, db: None) -> Actor:
    """An officer of the organisation board, who may see everybody."""
    from tests.factories.province import actor_named

    return actor_named("bantochuc")


@pytest.fixture
def district_head(province: Province, db: None) -> Actor:
    """The head of district 1, who sees that district only."""
    from tests.factories.province import actor_named

    return actor_named("huyen1")


@pytest.fixture
def staff(province: Province, db: None) -> Actor:
    """Somebody who sees the own record only."""
    from tests.factories.province import actor_named

    return actor_named("canbo")


@pytest.fixture
def signed_in(province: Province, db: None, client: Client) -> Client:
    """A browser session of the board officer."""
    return sign_in(client, "bantochuc")


def sign_in(client: Client, username: str) -> Client:
    """Signs an account of the province in without going through the form."""
    from hientai.apps.accounts.models import User

    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def own_database(province: Province, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the test database for a test that must commit; it is dropped afterwards."""
    import psycopg
    from django.db import connection

    from hientai.foundation.snapshot import generation

    with django_db_blocker.unblock():
        template = str(connection.settings_dict["NAME"])
        address = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        server = {
            key: connection.settings_dict[name]
            for key, name in address.items()
            if connection.settings_dict[name]
        }
        connection.close()
        with psycopg.connect(dbname="postgres", autocommit=True, **server) as control:
            control.execute(f'DROP DATABASE IF EXISTS "{template}_own"')
            control.execute(f'CREATE DATABASE "{template}_own" TEMPLATE "{template}"')
            connection.settings_dict["NAME"] = f"{template}_own"
            generation._identity.cache_clear()
            try:
                yield f"{template}_own"
            finally:
                connection.close()
                connection.settings_dict["NAME"] = template
                try:
                    control.execute(f'DROP DATABASE "{template}_own" WITH (FORCE)')
                except psycopg.errors.InsufficientPrivilege:  # a worker of autovacuum; a plain drop ends it
                    control.execute(f'DROP DATABASE "{template}_own"')
