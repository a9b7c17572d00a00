"""Screens of standards: screen everybody, explain one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hientai.apps.organization import selectors as organization
from hientai.apps.screening import selectors
from hientai.apps.screening.documents import screening_xlsx
from hientai.apps.screening.forms import ScreeningForm
from hientai.apps.screening.tables import ScreenedTable
from hientai.apps.screening.types import ScreeningAnswer
from hientai.engines.criteria.wording import found_text
from hientai.engines.facts.fact import Clock
from hientai.foundation import audit
from hientai.foundation.people_lists import extract_item
from hientai.foundation.snapshot.everybody import catalogue
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number

SETS = 5


def screening(request: HttpRequest) -> HttpResponse:
    """Everybody against one standard: counts, criteria, and the list; `?format=xlsx` saves the list."""
    known = selectors.standards(actor=request.actor, as_of=request.as_of)
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    asked_something = "standard" in request.GET
    form = ScreeningForm(
        request.GET if asked_something else None, standards=known, units=[u[:2] for u in units]
    )
    if not form.is_bound or not form.is_valid():
        return render(request, "screening/screening.html", {"form": form, "known": known})
    asked = form.cleaned_data
    unit = {code: unit_id for code, _name, unit_id in units}.get(asked["unit"])
    answer = selectors.screen(actor=request.actor, as_of=request.as_of, code=asked["standard"], unit_id=unit)
    if request.GET.get("format") == "xlsx":
        return _workbook(request, answer, asked["verdict"])
    page = selectors.people(
        actor=request.actor, as_of=request.as_of, answer=answer, verdict=asked["verdict"],
        page=page_number(request.GET.get("page")),
    )  # fmt: skip
    context = {
        "form": form,
        "answer": answer,
        "page": page,
        "table": ScreenedTable(page.object_list, standard=answer.standard.code),
        "exports": extract_item(request, "screening"),
    }
    part = "#screening-answer" if request.htmx.target == "screening-answer" else ""
    return render(request, f"screening/screening.html{part}", context)


def _workbook(request: HttpRequest, answer: ScreeningAnswer, verdict: str) -> HttpResponse:
    request.actor.check_may("exchange.export")
    rows = selectors.everybody(actor=request.actor, as_of=request.as_of, answer=answer, verdict=verdict)
    name = f"ra-soat-{answer.standard.code}-{answer.as_of:%Y-%m-%d}.xlsx"
    return download(screening_xlsx(answer, rows), name, XLSX)


def explanation(request: HttpRequest, code: str, standard: str) -> HttpResponse:
    """Why one person meets a standard or not, criterion by criterion."""
    answer = selectors.explain(
        actor=request.actor, as_of=request.as_of, person_code=code, standard_code=standard
    )
    person = selectors.cadres.row_of(actor=request.actor, as_of=request.as_of, code=code)
    audit.record_reading(actor=request.actor, what="person", details={"person_id": person.id})
    sets = selectors.changes(
        actor=request.actor, as_of=request.as_of, person_code=code, standard_code=standard
    )
    context = {"answer": answer, "person": person, "sets": sets[:SETS]}
    return render(request, "screening/explanation.html", context)


def facts(request: HttpRequest, code: str) -> HttpResponse:
    """Every known fact of one person with its source and the day of the record; statistics-only facts stay out."""
    known = selectors.facts(actor=request.actor, as_of=request.as_of, person_code=code)
    person = selectors.cadres.row_of(actor=request.actor, as_of=request.as_of, code=code)
    audit.record_reading(actor=request.actor, what="person", details={"person_id": person.id})
    named = selectors.fact_names(actor=request.actor, as_of=request.as_of, known=known)
    rows = [
        {
            "label": fact.label,
            "definition": fact.definition,
            "value": named.get(fact.code) or found_text(fact, known.values[fact.code]),
            "source": fact.source,
            "day": known.evidence[fact.code].day
            if fact.code in known.evidence and fact.clock is not Clock.SHRINKS
            else None,
        }
        for fact in catalogue()
        if not fact.statistics_only
    ]
    return render(request, "screening/facts.html", {"person": person, "rows": rows})
