"""Programs beside this process, for what would leave much memory behind in it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def apart(module: str, *arguments: str) -> bool:
    """Runs a module as a program on the same database and gives all its memory back; whether it went well."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=_surroundings())
    if done.returncode:
        logging.getLogger(__name__).warning("%s ended with status %s", module, done.returncode)
    return done.returncode == 0


def _surroundings() -> dict[str, str]:
    """The environment of this process, with the database it is connected to and its settings."""
    at = connection.settings_dict
    parts = {
        name: quote(str(at[name] or ""), safe="") for name in ("USER", "PASSWORD", "NAME", "HOST", "PORT")
    }
    address = "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**parts)
    told = {"DATABASE_URL": address, "HIENTAI_EMBEDDED": "1", "HIENTAI_HOME": str(settings.HOME)}
    return os.environ | told | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
