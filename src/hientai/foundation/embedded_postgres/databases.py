"""Further databases beside the main one (tests), and judging a server that somebody else runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

if TYPE_CHECKING:
    from hientai.foundation.embedded_postgres.server import Server

OLDEST_MAJOR = 15
CONNECT_SECONDS = 5


def create_database(server: Server, name: str, template: str = "template1") -> Server:
    """Makes an empty database owned by the owner role and answers the URLs of the same server for it.

    template: a database to copy instead (nobody may be connected to it). Raises psycopg.Error when it exists.
    """
    from psycopg import sql

    _as_owner(
        server,
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)),
    )
    return replace(server, owner_url=_for(server.owner_url, name), app_url=_for(server.app_url, name))


def drop_database(server: Server, name: str) -> None:
    """Removes a database, throwing out whoever is connected to it; nothing when there is none."""
    from psycopg import sql

    _as_owner(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def check_foreign(url: str) -> int:
    """Whether a server named by DATABASE_URL can be used; answers its major version.

    Raises BadInput when it cannot be reached, is older than 15, or does not keep text as UTF-8.
    """
    import psycopg

    shown = _without_password(url)
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            major = connection.info.server_version // 10000
            encoding = connection.info.parameter_status("server_encoding")
    except (psycopg.Error, UnicodeError) as error:
        reason = str(error).strip().splitlines()[-1]
        raise BadInput(
            "database_not_reachable",
            say(
                "Không kết nối được máy chủ PostgreSQL trong DATABASE_URL: {reason}. "
                "Hãy kiểm tra địa chỉ, tài khoản và mật khẩu, hoặc bỏ DATABASE_URL để dùng máy chủ đi kèm.",
                reason=reason,
            ),
            shown,
        ) from error
    if major < OLDEST_MAJOR:
        raise BadInput(
            "database_too_old",
            say(
                "Máy chủ trong DATABASE_URL là PostgreSQL {major}; cần từ {oldest} trở lên.",
                major=major,
                oldest=OLDEST_MAJOR,
            ),
            shown,
        )
    if encoding != "UTF8":
        raise BadInput(
            "database_not_utf8",
            say("Cơ sở dữ liệu trong DATABASE_URL dùng bảng mã {encoding}; cần UTF8.", encoding=encoding),
            shown,
        )
    return int(major)


def _as_owner(server: Server, statement: object) -> None:
    import psycopg

    with psycopg.connect(_for(server.owner_url, "postgres"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _for(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "DATABASE_URL"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
