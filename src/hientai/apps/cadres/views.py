"""Screens of people: the list and the person page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.accounts import selectors as accounts
from hientai.apps.cadres import selectors
from hientai.apps.cadres.knowledge import asked_knowledge, end_of_day
from hientai.apps.cadres.labels import detail_label
from hientai.apps.cadres.listing import asked_for
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.cadres.summary import FORMS, summary_docx
from hientai.apps.cadres.tables import PeopleTable
from hientai.foundation import audit, registry, snapshot
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.people_lists import extract_item
from hientai.foundation.web.answers import DOCX, XLSX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.pills import filter_pills

ONLY_BY_LINK = (
    "professional",
    "political_theory",
    "missing",
    "age",
)  # filters that figures of the home page lead to


def people(request: HttpRequest) -> HttpResponse:
    """The people list; `?format=xlsx` saves exactly this list."""
    request.actor.check_may(selectors.READ)
    known = asked_knowledge(request)
    moment = end_of_day(known) if known else None
    part = "#people-list" if request.htmx.target == "people-list" else ""
    form, wanted = asked_for(
        actor=request.actor, as_of=request.as_of, asked=request.GET, with_choices=not part
    )
    if request.GET.get("format") == "xlsx":
        return _workbook(request, wanted, known)
    page = selectors.people(
        actor=request.actor, as_of=request.as_of, wanted=wanted, page=page_number(request.GET.get("page")),
        known_on=moment,
    )  # fmt: skip
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    exports = [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}]
    context = {
        "form": form,
        "page": page,
        "table": PeopleTable(page.object_list),
        "may_write": request.actor.may(selectors.WRITE),
        "exports": exports if known else [*extract_item(request, "people"), *exports],
        "known_on": known,
        "kept": [(name, request.GET[name]) for name in ONLY_BY_LINK if request.GET.get(name)],
        "filters": filter_pills(request, "people", form.said(), _kept(request)),
    }
    return render(request, f"cadres/people.html{part}", context)


def _kept(request: HttpRequest) -> Any:
    return accounts.saved_views(actor=request.actor, as_of=request.as_of, page="people")


def _workbook(request: HttpRequest, wanted: PeopleFilter, known: date | None) -> HttpResponse:
    request.actor.check_may("exchange.export")
    rows = selectors.everybody(
        actor=request.actor, as_of=request.as_of, wanted=wanted, known_on=end_of_day(known) if known else None
    )
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    header, lines = PeopleTable(rows).sheet()
    base = _("{count} người").format(count=len(rows))
    if known:
        base += _(", như đã biết đến hết ngày {day}").format(day=f"{known:%d/%m/%Y}")
    document = ListDocument(_("Danh sách cán bộ"), request.as_of, base, header, lines)
    return download(write_list(document), f"danh-sach-can-bo-{request.as_of:%Y-%m-%d}.xlsx", XLSX)


def person(request: HttpRequest, code: str) -> HttpResponse:
    """The person page: card, timeline, and the panels that capabilities add; `?known_on=` reads earlier records."""
    known = asked_knowledge(request)
    card = selectors.card(
        actor=request.actor, as_of=request.as_of, code=code, known_on=end_of_day(known) if known else None
    )
    audit.record_reading(actor=request.actor, what="person", details={"person_id": card.row.id})
    with snapshot.one_copy():
        panels: list[dict[str, Any]] = [
            {"title": panel.title, "template": panel.template, "content": panel.content(
                actor=request.actor, person_id=card.row.id, code=card.row.code, as_of=request.as_of)}
            for panel in registry.panels()
            if known is None and request.actor.may(panel.permission)
        ]  # fmt: skip
    details = [{"label": detail_label(name), "value": value} for name, value in card.details]
    context = {
        "card": card,
        "known_on": known,
        "forms": _forms(card.row.code, request.as_of),
        "may_export": request.actor.may("exchange.export") or card.row.code == request.actor.person_code,
        "details": details,
        "panels": panels,
        "may_write": request.actor.may(selectors.WRITE),
        "may_ask": request.actor.may("record.propose") or card.row.code == request.actor.person_code,
        "initials": "".join(word[0] for word in card.row.name.split()[-2:]),
        "crumbs": [{"label": _("Cán bộ"), "url": reverse("people")}, {"label": card.row.name}],
    }
    return render(request, "cadres/person.html", context)


def summary(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A prescribed biographical form as a Word file: for who may export, and for everybody of the own file."""
    if code != request.actor.person_code:
        request.actor.check_may("exchange.export")
    content = summary_docx(actor=request.actor, as_of=request.as_of, code=code, form=form)
    person = selectors.person_id_of(actor=request.actor, code=code)
    audit.record_reading(actor=request.actor, what="form", details={"person_id": person, "form": form})
    name = "so-yeu-ly-lich" if form == "tom-tat-2c" else form
    return download(content, f"{name}-{code}-{request.as_of:%Y-%m-%d}.docx", DOCX)


def _forms(code: str, as_of: date) -> list[dict[str, str]]:
    day = f"?as_of={as_of:%Y-%m-%d}"
    return [
        {"label": str(form.label), "url": reverse("person-form", args=[code, form.slug]) + day}
        for form in FORMS.values()
    ]
