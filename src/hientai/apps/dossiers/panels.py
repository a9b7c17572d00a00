"""What dossiers add to the person page and the home page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hientai.apps.dossiers import selectors
from hientai.apps.dossiers.types import READ, PaperState
from hientai.foundation.actor import Actor
from hientai.foundation.registry import PersonPanel, Tile, TileSource
from hientai.foundation.web.templatetags.formats import number


def papers(*, actor: Actor, person_id: int, code: str, as_of: date) -> dict[str, Any]:
    """The person's dossiers: purpose, how many papers are in order, what is not."""
    rows = [
        {
            "title": purpose.title,
            "url": reverse("dossier", args=[row.id]),
            "settled": row.settled,
            "asked": len(row.cells),
            "complete": row.is_complete,
            "open": [
                {"title": purpose.template.paper(cell.item).title, "state": cell.label}
                for cell in row.cells
                if cell.state not in (PaperState.ACCEPTED, PaperState.WAIVED, PaperState.OPTIONAL)
            ],
        }
        for purpose, row in selectors.dossiers_of(actor=actor, as_of=as_of, person_id=person_id)
    ]
    return {"rows": rows}


def tiles(*, actor: Actor, as_of: date) -> list[Tile]:
    """Reminders: papers returned, expired, and waiting for a second person, in open purposes."""
    counts = selectors.reminders(actor=actor, as_of=as_of)
    total = sum(counts.values())
    base = _("trên %(total)s giấy tờ của các đợt đang mở")
    shown = (
        (PaperState.RETURNED, _("Giấy tờ bị trả lại")),
        (PaperState.EXPIRED, _("Giấy tờ hết hạn")),
        (PaperState.AWAITING, _("Giấy tờ chờ thẩm định")),
    )
    if not total:
        return []
    return [
        Tile(
            label,
            counts[state],
            _("giấy tờ"),
            base % {"total": number(total)},
            reverse("papers-in-state", args=[state]),
        )
        for state, label in shown
    ]


PANELS = (PersonPanel("papers", _("Giấy tờ hồ sơ"), "dossiers/panel.html", papers, READ, 30),)
TILES = TileSource(tiles, READ, 40)
