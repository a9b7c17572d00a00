"""What people give to the global search."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from hientai.apps.cadres import selectors
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.foundation.actor import Actor


def find_people(*, actor: Actor, text: str, as_of: date) -> list[tuple[str, str, str]]:
    """The first ten people whose name, code or identity number matches: name, post, address."""
    page = selectors.people(actor=actor, as_of=as_of, wanted=PeopleFilter(text=text), size=10)
    return [
        (
            row.name,
            ", ".join(filter(None, (row.position, row.unit, row.code))),
            reverse("person", args=[row.code]),
        )
        for row in page.object_list
    ]
