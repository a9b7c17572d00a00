"""What people and titles give to the global search."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from hientai.apps.cadres import selectors
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import Level
from hientai.foundation.actor import Actor

MOST = 10
Found = list[tuple[str, str, str]]


def find_people(*, actor: Actor, text: str, as_of: date) -> Found:
    """The first ten people whose name, code or identity number matches: name, post, address."""
    page = selectors.people(actor=actor, as_of=as_of, wanted=PeopleFilter(text=text), size=MOST)
    return [
        (
            row.name,
            ", ".join(filter(None, (row.position, row.unit, row.code))),
            reverse("person", args=[row.code]),
        )
        for row in page.object_list
    ]


def find_titles(*, actor: Actor, text: str, as_of: date) -> Found:
    """The first ten titles in use whose name matches: name, level, the list of those who hold it."""
    found = organization.titles_named(actor=actor, as_of=as_of, text=text, most=MOST)
    return [
        (title.name, str(Level(title.level).label), f"{reverse('people')}?{urlencode({'title': title.code})}")
        for title in found
    ]
