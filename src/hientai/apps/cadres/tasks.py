"""Long work on personal records."""

from __future__ import annotations

from hientai.apps.cadres import services
from hientai.foundation.actor import Actor
from hientai.foundation.jobs import Progress


def find_doubles(progress: Progress, actor: Actor) -> None:
    """Looks for people with two files among everybody."""
    services.find_doubles(actor=actor, progress=progress)


KINDS = {"cadres.find_doubles": find_doubles}
