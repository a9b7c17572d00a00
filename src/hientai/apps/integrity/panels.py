"""What good records add to the person page and the home page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hientai.apps.integrity import selectors
from hientai.apps.integrity.types import READ
from hientai.foundation.actor import Actor
from hientai.foundation.registry import PersonPanel, Tile, TileSource
from hientai.foundation.web.templatetags.formats import number


def faults(*, actor: Actor, person_id: int, code: str, as_of: date) -> dict[str, Any]:
    """What the rules find in this file."""
    return {"rows": selectors.faults_of(actor=actor, as_of=as_of, person_id=person_id)}


def tiles(*, actor: Actor, as_of: date) -> list[Tile]:
    """How many files are clean."""
    found = selectors.quality(actor=actor, as_of=as_of)
    if not found.people:
        return []
    base = _("trên %(people)s người đang quản lý, không có lỗi phải sửa") % {"people": number(found.people)}
    return [Tile(_("Hồ sơ sạch"), found.clean, _("người"), base, reverse("quality"))]


FAULTS = PersonPanel("quality", _("Chất lượng dữ liệu"), "integrity/panel.html", faults, READ, 60)
TILES = TileSource(tiles, READ, 50)
