"""What is done every night: the share of clean records of the day is kept."""

from __future__ import annotations

from hientai.apps.integrity import services
from hientai.foundation.actor import Actor


def keep_day(actor: Actor) -> None:
    """Keeps today's evaluation; a day evaluated twice has its last figures."""
    services.keep_day(actor=actor)
