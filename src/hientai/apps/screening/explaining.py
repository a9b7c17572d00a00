"""Screens that explain: who is one criterion away, and some people under several documents, also as a Word file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hientai.apps.organization import selectors as organization
from hientai.apps.screening import selectors
from hientai.apps.screening.documents import regimes_docx
from hientai.apps.screening.forms import AlmostForm, RegimesForm
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.web.answers import DOCX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence


def almost(request: HttpRequest) -> HttpResponse:
    """Everybody one criterion away from a standard; `?by=` keeps one criterion."""
    asked = {"actor": request.actor, "as_of": request.as_of}
    units = organization.choices(**asked)
    known = selectors.standards(**asked)
    form = AlmostForm(
        request.GET if "standard" in request.GET else None, standards=known, units=[u[:2] for u in units]
    )
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        unit = {code: unit_id for code, _name, unit_id in units}.get(form.cleaned_data["unit"])
        answer = selectors.almost(**asked, code=form.cleaned_data["standard"], unit_id=unit)
        page = selectors.almost_people(
            **asked,
            answer=answer,
            criterion=request.GET.get("by", ""),
            page=page_number(request.GET.get("page")),
        )
        context |= {"answer": answer, "page": page, "total": len({person for person, _key in answer.pairs})}
    part = "#almost" if request.htmx.target == "almost" else ""
    return render(request, f"screening/almost.html{part}", context)


def regimes(request: HttpRequest) -> HttpResponse:
    """Up to ten people under the documents chosen; `?format=docx` is the same on paper."""
    request.actor.check_may(selectors.RUN)
    asked = {"actor": request.actor, "as_of": request.as_of}
    standards = selectors.every_standard(**asked)
    code = request.GET.get("standard") or standards[0].code
    documents = selectors.documents_of(**asked, code=code)
    given = request.GET.copy()
    if "people" in given and not set(given.getlist("documents")) & set(dict(documents)):
        given.setlist("documents", [slug for slug, _code in documents[:-1]])
    form = RegimesForm(
        given if "people" in given else None,
        standards=standards,
        documents=documents,
        initial={"standard": code},
    )
    answer = None
    if form.is_bound and form.is_valid():
        try:
            answer = selectors.under_regimes(
                **asked,
                standard_code=code,
                documents=form.cleaned_data["documents"],
                people=form.cleaned_data["people"],
            )
        except BadInput as error:
            form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    if answer is not None:
        for person in answer.people:
            audit.record_reading(actor=request.actor, what="person", details={"person_id": person.id})
        if request.GET.get("format") == "docx":
            request.actor.check_may("exchange.export")
            return download(regimes_docx(answer), f"giai-thich-{code}-{answer.as_of:%Y-%m-%d}.docx", DOCX)
    return render(request, "screening/regimes.html", {"form": form, "answer": answer})
