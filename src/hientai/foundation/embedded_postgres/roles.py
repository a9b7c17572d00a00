"""The roles of the database and their passwords.

`hientai_owner` owns database and tables and migrates them; `hientai_app` reads and writes rows, so that it
can neither disable the triggers that write history nor change what the owner withdraws from it (the audit).
The owner is a member of the application's role, so that it may end its sessions (dropping a database).
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

OWNER = "hientai_owner"
APPLICATION = "hientai_app"
ADMINISTRATOR = "hientai_admin"
DATABASE = "hientai"


@dataclass(frozen=True)
class Passwords:
    """owner, application: random passwords of the two roles, letters and digits only."""

    owner: str
    application: str


def new_passwords() -> Passwords:
    """Two random passwords of 192 bits."""
    return Passwords(secrets.token_hex(24), secrets.token_hex(24))


def read_passwords(path: Path) -> Passwords | None:
    """The passwords kept in `path`, or None when the file is missing or damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Passwords(str(kept["owner"]), str(kept["application"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def as_text(passwords: Passwords) -> str:
    """What is written into the file of passwords."""
    return json.dumps({"owner": passwords.owner, "application": passwords.application})


def script(passwords: Passwords) -> str:
    """psql input that makes or repairs roles, rights and the database; may be run again at any time.

    The rights on future tables are set in template1, so that every database made later has them too.
    """
    return f"""
SELECT format('CREATE ROLE %I', name) FROM (VALUES ('{OWNER}'), ('{APPLICATION}')) AS wanted (name)
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
ALTER ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS
    PASSWORD '{passwords.owner}';
ALTER ROLE {APPLICATION} LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS
    PASSWORD '{passwords.application}';
GRANT {APPLICATION} TO {OWNER};
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO {OWNER};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE ON SCHEMAS TO {APPLICATION};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION};
\\connect postgres
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""
