"""Screens of published lists: publish the plan of a day, read a list, print it, correct a publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.organization import selectors as organization
from hientai.apps.planning import documents, publications, selectors, services
from hientai.apps.planning.appendices import publication_report
from hientai.apps.planning.forms import CorrectionForm, PublishForm
from hientai.foundation import audit
from hientai.foundation.errors import Refused
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import DOCX, PDF, XLSX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

PAGE = 100
KINDS = {"docx": DOCX, "pdf": PDF, "xlsx": XLSX}


def listed(request: HttpRequest) -> HttpResponse:
    """The lists published so far; the board publishes the plan as it stands on the page's day."""
    rows = publications.publications(actor=request.actor, as_of=request.as_of)
    terms = [plan.term for plan in selectors.plans(actor=request.actor, as_of=request.as_of)]
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    form = PublishForm(
        request.POST or None, terms=terms, units=[unit[:2] for unit in units],
        initial={"published_on": request.actor.today},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = services.publish(
                actor=request.actor, term=asked["term"], lists_on=request.as_of, on=asked["published_on"],
                decision=asked["decision"], audience=asked["audience"], unit_code=asked["unit"],
            )  # fmt: skip
            messages.success(request, _("Đã công bố."))
            return redirect(
                f"{reverse('plan-publication', args=[made.pk])}?as_of={made.published_on.isoformat()}"
            )
        except Refused as error:
            form.add_error("term", sentence(error.message))
    context = {"rows": rows, "form": form if request.actor.may(services.WRITE) else None}
    return render(request, "planning/publications.html", context, status=409 if form.errors else 200)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One published list as it was that day; `?format=docx|pdf|xlsx` prints it; the board may correct it."""
    row = publications.publication(actor=request.actor, as_of=request.as_of, number=number)
    lines = publications.lines(actor=request.actor, as_of=request.as_of, number=number)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(lines)})
    wanted = request.GET.get("format", "")
    if wanted in KINDS:
        request.actor.check_may("exchange.export")
        report = publication_report(row, lines)
        name = f"cong-bo-quy-hoach-{row.term}-{row.lists_on:%Y-%m-%d}.{wanted}"
        return download(documents.WRITERS_OF_REPORTS[wanted](report, ""), name, KINDS[wanted])
    form, problem = CorrectionForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_publication(
                actor=request.actor,
                publication_id=number,
                on=request.as_of,
                because=form.cleaned_data["because"],
            )
            messages.success(request, _("Đã ghi đính chính; danh sách vẫn đọc được."))
            return redirect(request.get_full_path())
        except Refused as error:
            problem = sentence(error.message)
    at = nearest_page(page_number(request.GET.get("page")), len(lines), PAGE)
    shown = lines[(at - 1) * PAGE : at * PAGE]
    context = {
        "row": row, "lines": shown, "page": page_of(shown, len(lines), at, PAGE), "form": form, "problem": problem,
        "people": len({line.code for line in lines}), "exports": _exports(request),
        "may_correct": row.stands and request.actor.may(services.WRITE),
        "crumbs": [{"label": _("Công bố quy hoạch"), "url": reverse("plan-publications")}, {"label": row.term}],
    }  # fmt: skip
    status = 409 if problem else 400 if form.errors else 200
    return render(request, "planning/publication.html", context, status=status)


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    if not request.actor.may("exchange.export"):
        return []
    as_of = request.as_of.isoformat()
    labels = (("docx", _("Danh sách Word")), ("pdf", _("Danh sách PDF")), ("xlsx", _("Danh sách Excel")))
    return [{"label": label, "url": f"?format={ending}&as_of={as_of}"} for ending, label in labels]
