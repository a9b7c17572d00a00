"""Screens of people: the list and the person page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors
from hientai.apps.cadres.forms import PeopleFilterForm
from hientai.apps.cadres.labels import detail_label
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.cadres.tables import PeopleTable
from hientai.apps.organization import selectors as organization
from hientai.foundation import audit, registry
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number

TOP_LEVELS = ("province", "district")


def people(request: HttpRequest) -> HttpResponse:
    """The people list; `?format=xlsx` saves exactly this list."""
    request.actor.check_may(selectors.READ)
    units = organization.choices(actor=request.actor, as_of=request.as_of, also=request.GET.get("unit", ""))
    form = PeopleFilterForm(request.GET or None, units=[(code, name) for code, name, _id in units])
    wanted = _wanted(form, {code: unit for code, _name, unit in units})
    if request.GET.get("format") == "xlsx":
        return _workbook(request, wanted)
    page = selectors.people(
        actor=request.actor, as_of=request.as_of, wanted=wanted, page=page_number(request.GET.get("page"))
    )
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    context = {
        "form": form,
        "page": page,
        "table": PeopleTable(page.object_list),
        "may_write": request.actor.may(selectors.WRITE),
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}],
    }
    part = "#people-list" if request.htmx.target == "people-list" else ""
    return render(request, f"cadres/people.html{part}", context)


def _wanted(form: PeopleFilterForm, ids: dict[str, int]) -> PeopleFilter:
    if not form.is_bound or not form.is_valid():
        return PeopleFilter()
    asked = form.cleaned_data
    return PeopleFilter(
        text=asked["q"], unit_id=ids.get(asked["unit"]), sex=asked["sex"], level=asked["level"], block=asked["block"],
        retiring_within=asked["retiring"],
    )  # fmt: skip


def _workbook(request: HttpRequest, wanted: PeopleFilter) -> HttpResponse:
    request.actor.check_may("exchange.export")
    rows = selectors.everybody(actor=request.actor, as_of=request.as_of, wanted=wanted)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    header, lines = PeopleTable(rows).sheet()
    base = _("{count} người").format(count=len(rows))
    document = ListDocument(_("Danh sách cán bộ"), request.as_of, base, header, lines)
    return download(write_list(document), f"danh-sach-can-bo-{request.as_of:%Y-%m-%d}.xlsx", XLSX)


def person(request: HttpRequest, code: str) -> HttpResponse:
    """The person page: card, timeline, and the panels that capabilities add."""
    card = selectors.card(actor=request.actor, as_of=request.as_of, code=code)
    audit.record_reading(actor=request.actor, what="person", details={"person_id": card.row.id})
    panels: list[dict[str, Any]] = [
        {"title": panel.title, "template": panel.template, "content": panel.content(
            actor=request.actor, person_id=card.row.id, code=card.row.code, as_of=request.as_of)}
        for panel in registry.panels()
        if request.actor.may(panel.permission)
    ]  # fmt: skip
    details = [{"label": detail_label(name), "value": value} for name, value in card.details]
    context = {
        "card": card,
        "details": details,
        "panels": panels,
        "may_write": request.actor.may(selectors.WRITE),
        "initials": "".join(word[0] for word in card.row.name.split()[-2:]),
        "crumbs": [{"label": _("Cán bộ"), "url": reverse("people")}, {"label": card.row.name}],
    }
    return render(request, "cadres/person.html", context)
