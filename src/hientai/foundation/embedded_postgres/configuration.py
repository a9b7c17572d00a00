"""The three configuration files of the server, written anew at every start."""

from __future__ import annotations

import os
from pathlib import Path

from hientai.foundation.embedded_postgres.roles import ADMINISTRATOR

MEGABYTE = 1024 * 1024
SHARED_MEMORY, LEAST_SHARED_MEMORY = Path("/dev/shm"), 256 * MEGABYTE
OWN_SETTINGS = "postgres.conf"
HEAD = (
    f"# Written by the program at every start. Own settings belong into {OWN_SETTINGS} in the home folder.\n"
)
SAFE = "fsync = on"
AUTHENTICATION = f"""{HEAD}
local all {ADMINISTRATOR} peer map=server
local all all scram-sha-256
"""


def settings(socket_folder: Path, durable: bool, own_settings: str = "") -> str:
    """postgresql.conf for a small machine.

    socket_folder: the only way in. durable: False trades safety against a power cut for speed (tests, demo).
    own_settings: lines of the administrator, which win.
    Errors of statements stay out of the log, because their text may carry personal data.
    """
    memory = _memory_in_megabytes()
    switch = "on" if durable else "off"
    return f"""{HEAD}
listen_addresses = ''
unix_socket_directories = '{_quoted(str(socket_folder))}'
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = {min(512, max(64, memory // 16))}MB
effective_cache_size = {max(256, memory // 2)}MB
work_mem = 16MB
maintenance_work_mem = {min(256, max(64, memory // 32))}MB
dynamic_shared_memory_type = {_shared_memory(SHARED_MEMORY)}
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
password_encryption = 'scram-sha-256'
fsync = {switch}
synchronous_commit = {switch}
full_page_writes = {switch}
{own_settings}"""


def identities(account_name: str) -> str:
    """pg_ident.conf: only the server's own account may be the administrator."""
    return f'{HEAD}\nserver "{account_name}" {ADMINISTRATOR}\n'


def is_durable(cluster: Path) -> bool:
    """Whether the settings last written ask for safety against a power cut."""
    try:
        return SAFE in (cluster / "postgresql.conf").read_text(encoding="utf-8")
    except OSError:
        return True


def _quoted(path: str) -> str:
    """A path as one element of a list setting: quoted for the list, then for the file."""
    return ('"' + path.replace('"', '""') + '"').replace("\\", "\\\\").replace("'", "''")


def _shared_memory(folder: Path) -> str:
    """Where parallel queries exchange rows; containers often give /dev/shm 64 MB, or none."""
    try:
        room = os.statvfs(folder)
    except OSError:
        return "mmap"
    return "posix" if room.f_bavail * room.f_frsize >= LEAST_SHARED_MEMORY else "mmap"


def _memory_in_megabytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
