"""What plans add to the seats of an organisation chart: the successors on the seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.planning import publications, selectors
from hientai.apps.planning.types import Readiness
from hientai.foundation.actor import Actor
from hientai.foundation.registry import PersonPanel, SeatPanel


def successors(*, actor: Actor, seat_ids: Sequence[int], as_of: date) -> dict[int, list[dict[str, Any]]]:
    """Who is planned for each seat in the plan to show on a day, with the readiness the plan records."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in selectors.planned_for(actor=actor, as_of=as_of, seat_ids=seat_ids):
        note = Readiness(row.readiness).label if row.readiness else _("chưa ghi mức sẵn sàng")
        found.setdefault(row.seat_id, []).append(
            {"text": row.name, "url": reverse("person", args=[row.code]), "note": str(note)}
        )
    return found


def address_of_proposal(subject_id: str) -> str:
    """The page of the list that a case decides about."""
    return reverse("plan-proposal", args=[int(subject_id)])


def address_of_review(subject_id: str) -> str:
    """The page of the review that a case decides about."""
    return reverse("plan-review", args=[int(subject_id)])


def published(*, actor: Actor, person_id: int, code: str, as_of: date) -> dict[str, Any]:
    """The published lists on which the person stands, as far as the reader may see them."""
    found = publications.of_person(actor=actor, as_of=as_of, person_id=person_id, code=code)
    linked = actor.may(selectors.READ)
    return {
        "rows": [
            {"title": title, "at": at, "publication": row,
             "url": reverse("plan-publication", args=[row.id]) if linked else ""}
            for row, title, at in found
        ]
    }  # fmt: skip


PERSON_PANELS = (
    PersonPanel(
        "published",
        gettext_lazy("Quy hoạch đã công bố"),
        "planning/published.html",
        published,
        "person.read_own",
        25,
    ),
)
SEAT_PANELS = (SeatPanel("successors", gettext_lazy("Quy hoạch"), successors, selectors.READ, 20),)
