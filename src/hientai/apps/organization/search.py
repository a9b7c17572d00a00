"""What units give to the global search."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.organization import selectors
from hientai.apps.organization.types import Level
from hientai.foundation.actor import Actor


def find_units(*, actor: Actor, text: str, as_of: date) -> list[tuple[str, str, str]]:
    """Units by a present or past name: name, level and whether it still stands, address."""
    return [
        (
            row.name,
            " · ".join(
                [str(Level(row.level).label), row.code, *([] if stands else [_("không còn vào ngày này")])]
            ),
            reverse("unit", args=[row.code]),
        )
        for row, stands in selectors.find(actor=actor, as_of=as_of, text=text, most=12)
    ]
