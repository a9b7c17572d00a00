"""What people give to the global search and the home page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.cadres.types import Sex
from hientai.foundation.actor import Actor
from hientai.foundation.registry import Tile
from hientai.foundation.web.templatetags.formats import number


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


def headcount_tiles(*, actor: Actor, as_of: date) -> list[Tile]:
    """How many people are on file, and how many of them are women."""
    total = selectors.headcount(actor=actor, as_of=as_of)
    women = selectors.headcount(actor=actor, as_of=as_of, wanted=PeopleFilter(sex=Sex.FEMALE))
    people = reverse("people")
    return [
        Tile(
            _("Cán bộ, công chức, viên chức"), total, _("người"), _("có hồ sơ trong phạm vi được xem"), people
        ),
        Tile(
            _("Nữ"),
            women,
            _("người"),
            _("trên tổng số {total} người").format(total=number(total)),
            f"{people}?sex=female",
        ),
    ]
