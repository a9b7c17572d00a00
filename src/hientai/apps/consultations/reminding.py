"""What consultations put on the home page: what one has to answer, and who has not answered what one leads."""

from __future__ import annotations

from datetime import date
from typing import Any

from hientai.apps.consultations import selectors
from hientai.apps.consultations.types import LEAD
from hientai.foundation.actor import Actor


def reminders(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """Nobody is forgotten: those asked see what waits for them, those who lead see who is silent."""
    leads = selectors.unanswered(actor=actor, as_of=as_of) if actor.may(LEAD) else []
    waiting = selectors.waiting_for(actor=actor, as_of=as_of) if not actor.may(LEAD) else []
    return {
        "leads": [{"row": row, "late": row.is_late(as_of)} for row in leads],
        "waiting": [{"row": row, "addressee": one, "late": as_of > row.due_on} for row, one in waiting],
    }
