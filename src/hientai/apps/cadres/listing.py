"""From the address of the people list to whom it lists: the page, its workbook and the extract ask the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors
from hientai.apps.cadres.forms import PeopleFilterForm
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.organization import selectors as organization
from hientai.foundation.actor import Actor
from hientai.foundation.people_lists import FoundPeople, PeopleSource
from hientai.foundation.web.templatetags.formats import number


def asked_for(
    *, actor: Actor, as_of: date, asked: Mapping[str, Any] | None, with_choices: bool = True
) -> tuple[PeopleFilterForm, PeopleFilter]:  # fmt: skip
    """The form and what it asks for; everybody when something in it is not possible.

    with_choices: False where the form is not shown, so that only what is asked for has to be looked up.
    """
    given = asked or {}
    units, titles = _choices(actor, as_of, given) if with_choices else _named(actor, as_of, given)
    learned = asked and (asked.get("professional") or asked.get("political_theory"))
    levels = selectors.code_names(actor=actor, as_of=as_of) if learned else {}
    form = PeopleFilterForm(asked or None, units=[unit[:2] for unit in units], titles=titles, levels=levels)
    if not form.is_bound or not form.is_valid():
        return form, PeopleFilter()
    ids = {code: unit for code, _name, unit in units}
    said = form.cleaned_data
    return form, PeopleFilter(
        text=said["q"], unit_id=ids.get(said["unit"]), sex=said["sex"], level=said["level"], block=said["block"],
        title=said["title"], professional=said["professional"], political_theory=said["political_theory"],
        missing=said["missing"], retiring_within=said["retiring"], age=form.ages,
    )  # fmt: skip


def _choices(
    actor: Actor, as_of: date, given: Mapping[str, Any]
) -> tuple[list[tuple[str, str, int]], list[tuple[str, str]]]:
    units = organization.choices(actor=actor, as_of=as_of, also=given.get("unit", ""))
    return units, [(title.code, title.name) for title in organization.titles(actor=actor, as_of=as_of)]


def _named(
    actor: Actor, as_of: date, given: Mapping[str, Any]
) -> tuple[list[tuple[str, str, int]], list[tuple[str, str]]]:
    unit, title = given.get("unit"), given.get("title")
    units = organization.named(actor=actor, as_of=as_of, code=unit) if unit else []
    titles = organization.titles(actor=actor, as_of=as_of) if title else []
    return units, [(one.code, one.name) for one in titles]


def find(*, actor: Actor, as_of: date, asked: Mapping[str, str]) -> FoundPeople:
    """The people list of an address, by given name."""
    form, wanted = asked_for(actor=actor, as_of=as_of, asked=asked, with_choices=False)
    ids = selectors.listed_ids(actor=actor, as_of=as_of, wanted=wanted)
    everybody = selectors.headcount(actor=actor, as_of=as_of)
    base = _("trên tổng số {total} người có hồ sơ trong phạm vi được xem").format(total=number(everybody))
    return FoundPeople(tuple(ids), " · ".join(pill["label"] for pill in form.said()), base)


PEOPLE = PeopleSource("people", find, selectors.READ)
