"""Which PostgreSQL the process talks to, and as whom.

Either the server named by DATABASE_URL or the embedded one, whose addresses `hientai.site.records` puts into the
environment when it starts it, so that child processes share it. The app role can neither disable triggers nor
change the audit trail; migrations run as the owner.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from config.env import Environment


def connections(environment: Environment) -> dict[str, Any]:
    """The DATABASES setting."""
    return {"default": parse(address(environment))}


def address(environment: Environment) -> str:
    """The URL to connect to; an unreachable placeholder while no server has been started."""
    if environment.as_owner and environment.database_owner_url:
        return environment.database_owner_url
    return environment.database_url or "postgresql:///hientai?host=/nonexistent"


def parse(url: str) -> dict[str, Any]:
    """A postgresql:// address as Django wants it; `?host=/folder` is a unix socket."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "hientai",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TEST": {"TEMPLATE": "template1"},  # where the rights of the application on new tables are set
    }
