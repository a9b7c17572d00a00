"""Screens of the catalogue: what reports there are, one report, and what was frozen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hientai.apps.organization import selectors as organization
from hientai.apps.reports import selectors, services
from hientai.apps.reports.forms import ReportForm, VerifyForm
from hientai.apps.reports.types import Asked
from hientai.apps.reports.words import verdict_of
from hientai.foundation import audit
from hientai.foundation.documents.writing import CONTENT_TYPES, WRITERS
from hientai.foundation.web.answers import download

SHOWN = 200  # lines of a table on the screen; the files hold all


def catalogue(request: HttpRequest) -> HttpResponse:
    """The reports there are, and those that were frozen."""
    request.actor.check_may(selectors.EXPORT)
    asked = {"actor": request.actor, "as_of": request.as_of}
    context = {
        "sources": selectors.catalogue(**asked),
        "frozen": selectors.frozen(**asked),
        "form": VerifyForm(),
    }
    return render(request, "reports/catalogue.html", context)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """One report on the screen; `?format=docx|xlsx|pdf|json` saves it, a POST freezes it."""
    request.actor.check_may(selectors.EXPORT)
    if request.method == "POST":
        return _freeze(request, code)
    source = selectors.source_of(actor=request.actor, as_of=request.as_of, code=code)
    form = _form(request, source, request.GET or None)
    asked = _asked(code, form)
    whole, answer = selectors.answered(actor=request.actor, as_of=request.as_of, asked=asked)
    wanted = request.GET.get("format", "")
    if wanted in WRITERS:
        audit.record_reading(actor=request.actor, what="report", details={"report": code, "form": wanted})
        name = f"{code}-{request.as_of:%Y-%m-%d}.{wanted}"
        return download(WRITERS[wanted](answer, ""), name, CONTENT_TYPES[wanted])
    context = {
        "source": source,
        "form": form,
        "asked": whole,
        "report": answer,
        "tables": [(table, table.lines[:SHOWN], max(0, len(table.lines) - SHOWN)) for table in answer.tables],
        "exports": _exports(request),
        "crumbs": [{"label": _("Báo cáo"), "url": reverse("reports")}, {"label": source.title}],
    }
    part = "#report" if request.htmx.target == "report" else ""
    return render(request, f"reports/report.html{part}", context)


def _form(request: HttpRequest, source: Any, given: Any) -> ReportForm:
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    options = [
        (option.name, option.label, option.choices(actor=request.actor, as_of=request.as_of))
        for option in source.options
    ]
    return ReportForm(given, units=[(code, name) for code, name, _id in units], options=options)


def _asked(code: str, form: ReportForm) -> Asked:
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    options = {name: chosen[name] for name in form.option_names if chosen.get(name)}
    return Asked(code, chosen.get("unit", ""), options)


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    labels = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "json": "JSON"}
    found = []
    for ending, label in labels.items():
        query = request.GET.copy()
        query["format"], query["as_of"] = ending, request.as_of.isoformat()
        found.append({"label": label, "url": f"{request.path}?{query.urlencode()}"})
    return found


def _freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the report as it stands now and leads to the frozen one."""
    source = selectors.source_of(actor=request.actor, as_of=request.as_of, code=code)
    form = _form(request, source, request.POST)
    kept = services.freeze(actor=request.actor, as_of=request.as_of, asked=_asked(code, form))
    messages.success(request, _("Đã giữ bản cố định; các tệp lập lại sau này giống từng byte."))
    return redirect("frozen-report", code=kept)


def frozen(request: HttpRequest, code: str) -> HttpResponse:
    """What one frozen report was made from; `?format=` gives the very bytes that were issued."""
    row = selectors.frozen_of(actor=request.actor, as_of=request.as_of, code=code)
    wanted = request.GET.get("format", "")
    if wanted in row.hashes:
        content = selectors.replay(actor=request.actor, as_of=request.as_of, code=code, ending=wanted)
        audit.record_reading(actor=request.actor, what="report", details={"frozen": code, "form": wanted})
        return download(content, f"{row.asked.report}-{row.as_of:%Y-%m-%d}.{wanted}", CONTENT_TYPES[wanted])
    crumbs = [{"label": _("Báo cáo"), "url": reverse("reports")}, {"label": row.code}]
    return render(
        request, "reports/frozen.html", {"row": row, "exports": _exports(request), "crumbs": crumbs}
    )


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether an uploaded file is a frozen report as issued; the file is looked at and kept nowhere."""
    request.actor.check_may(selectors.EXPORT)
    if request.method == "GET":
        return render(request, "reports/verified.html", {"form": VerifyForm()})
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "reports/verified.html", {"form": form}, status=422)
    content = form.cleaned_data["file"].read()
    found = selectors.verified(actor=request.actor, as_of=request.as_of, content=content)
    context = {"found": found, "said": verdict_of(found), "form": VerifyForm()}
    return render(request, "reports/verified.html", context)
