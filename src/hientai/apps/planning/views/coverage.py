"""Screens of succession planning: the coverage of a plan, and the list behind each of its figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.tables import PeopleTable
from hientai.apps.organization import selectors as organization
from hientai.apps.planning import documents, selectors
from hientai.apps.planning.forms import CoverageForm
from hientai.apps.planning.types import Coverage
from hientai.foundation import snapshot
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.people_lists import extract_item
from hientai.foundation.web.answers import DOCX, PDF, XLSX, download
from hientai.foundation.web.numbers import page_number

PAGE = 50


def coverage(request: HttpRequest) -> HttpResponse:
    """The coverage page; `?format=docx|xlsx` saves the same figures."""
    form, answer = _asked(request)
    wanted = request.GET.get("format", "")
    if answer is not None and wanted in documents.WRITERS:
        request.actor.check_may("exchange.export")
        kind = {"docx": DOCX, "xlsx": XLSX, "pdf": PDF}[wanted]
        return download(documents.WRITERS[wanted](answer), documents.file_name(answer, wanted), kind)
    part = "#coverage" if request.htmx.target == "coverage" else ""
    return render(
        request,
        f"planning/coverage.html{part}",
        {"form": form, "coverage": answer, "exports": _exports(request)},
    )


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    """The files the table can be saved as, with the same question in their address."""
    found = []
    for ending, label in (("docx", _("Báo cáo Word")), ("pdf", _("Báo cáo PDF")), ("xlsx", _("Bảng Excel"))):
        query = request.GET.copy()
        query["format"], query["as_of"] = ending, request.as_of.isoformat()
        found.append({"label": label, "url": f"{reverse('coverage')}?{query.urlencode()}"})
    return found


def _asked(request: HttpRequest) -> tuple[CoverageForm, Coverage | None]:
    request.actor.check_may(selectors.READ)
    plans = selectors.plans(actor=request.actor, as_of=request.as_of)
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    form = CoverageForm(
        request.GET or None, terms=[plan.term for plan in plans], units=[u[:2] for u in units]
    )
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    usual = selectors.plan_on(actor=request.actor, as_of=request.as_of)
    term = chosen.get("term") or (usual.term if usual else "")
    if not term:
        return form, None
    unit = chosen.get("unit", "")
    return form, selectors.coverage(actor=request.actor, as_of=request.as_of, term=term, unit_code=unit)


def behind(request: HttpRequest, title: str, measure: str) -> HttpResponse:
    """The people behind one figure of the coverage table."""
    _unused, answer = _asked(request)
    row = next((r for r in answer.rows if r.title_code == title), None) if answer else None
    if answer is None or row is None or measure not in documents.PEOPLE_MEASURES:
        raise NotFound(f"{title}/{measure}")
    ordered = snapshot.by_name(documents.PEOPLE_MEASURES[measure](row).ids)
    number = nearest_page(page_number(request.GET.get("page")), len(ordered), PAGE)
    shown = ordered[(number - 1) * PAGE : number * PAGE]
    people = cadres.rows(actor=request.actor, as_of=request.as_of, ids=shown)
    page = page_of(people, len(ordered), number, PAGE)
    context = {
        "coverage": answer,
        "row": row,
        "measure": documents.measure_label(measure),
        "page": page,
        "table": PeopleTable(people),
        "exports": extract_item(request, "coverage", title=title, measure=measure),
    }
    return render(request, "planning/behind.html", context)
