"""The people of a screening as a list that other screens can take over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from hientai.apps.organization import selectors as organization
from hientai.apps.screening import selectors
from hientai.apps.screening.types import VERDICTS
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.people_lists import FoundPeople, PeopleSource
from hientai.foundation.web.templatetags.formats import number, sentence


def find(*, actor: Actor, as_of: date, asked: Mapping[str, str]) -> FoundPeople:
    """Everybody judged by `standard` at or below `unit`, or those of one `verdict`."""
    unit, verdict = asked.get("unit", ""), asked.get("verdict", "")
    if verdict and verdict not in dict(VERDICTS):
        raise NotFound(verdict)
    place = organization.unit_by_code(actor=actor, as_of=as_of, code=unit) if unit else None
    answer = selectors.screen(
        actor=actor, as_of=as_of, code=asked.get("standard", ""), unit_id=place.id if place else None
    )
    ids = answer.ids[verdict] if verdict else tuple(i for found in answer.ids.values() for i in found)
    said = [
        sentence(answer.standard.title),
        str(dict(VERDICTS)[verdict]) if verdict else "",
        place.name if place else "",
    ]
    base = _("trên {base} người được rà soát").format(base=number(answer.counts.base))
    return FoundPeople(tuple(snapshot.by_name(ids)), " · ".join(filter(None, said)), base)


PEOPLE = PeopleSource("screening", find, selectors.RUN)
