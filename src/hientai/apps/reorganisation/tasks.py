"""Long work of reorganisation: carrying out a draft."""

from __future__ import annotations

from uuid import UUID

from hientai.apps.reorganisation import services
from hientai.foundation.actor import Actor
from hientai.foundation.jobs import Progress


def commit(*, progress: Progress, actor: Actor, token: str) -> None:
    """Carries a draft out as one act; nothing is written when it is refused or stopped."""
    progress.step(0, 1)
    services.commit(actor=actor, token=UUID(token))
    progress.step(1, 1)
