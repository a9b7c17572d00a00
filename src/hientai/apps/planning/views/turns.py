"""The turns of a plan as a list: who is planned for what; every figure of a plan opens a part of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hientai.apps.organization import selectors as organization
from hientai.apps.planning import selectors
from hientai.apps.planning.forms import TurnsForm
from hientai.apps.planning.tables import TurnsTable, VoidedTable
from hientai.foundation import audit
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number

PAGE = 50


def turns(request: HttpRequest) -> HttpResponse:
    """The turns that the filter keeps; `?format=xlsx` saves exactly this list."""
    request.actor.check_may(selectors.READ)
    form, term = _asked(request)
    if not term:
        return render(request, "planning/turns.html", {"form": form, "term": ""})
    found = selectors.turns(actor=request.actor, as_of=request.as_of, term=term, wanted=form.wanted())
    if request.GET.get("format") == "xlsx":
        return _workbook(request, term, found)
    number = nearest_page(page_number(request.GET.get("page")), found.height, PAGE)
    shown = selectors.turn_rows(
        actor=request.actor, as_of=request.as_of, found=found.slice((number - 1) * PAGE, PAGE),
        plan_id=selectors.plan_of(actor=request.actor, term=term).id,
    )  # fmt: skip
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    context = {
        "form": form,
        "term": term,
        "page": page_of(shown, found.height, number, PAGE),
        "people": found.get_column("person_id").n_unique(),
        "table": TurnsTable(shown, exclude=("code",)),
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}],
    }
    part = "#plan-turns" if request.htmx.target == "plan-turns" else ""
    return render(request, f"planning/turns.html{part}", context)


def _asked(request: HttpRequest) -> tuple[TurnsForm, str]:
    plans = selectors.plans(actor=request.actor, as_of=request.as_of)
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    titles = organization.titles(actor=request.actor, as_of=request.as_of)
    form = TurnsForm(
        request.GET or None,
        terms=[plan.term for plan in plans],
        units=[unit[:2] for unit in units],
        titles=[(title.code, title.name) for title in titles if title.is_leadership],
    )
    chosen = form.cleaned_data.get("term") if form.is_bound and form.is_valid() else ""
    usual = selectors.plan_on(actor=request.actor, as_of=request.as_of)
    return form, chosen or (usual.term if usual else "")


def _workbook(request: HttpRequest, term: str, found: selectors.pl.DataFrame) -> HttpResponse:
    request.actor.check_may("exchange.export")
    plan = selectors.plan_of(actor=request.actor, term=term)
    rows = selectors.turn_rows(actor=request.actor, as_of=request.as_of, found=found, plan_id=plan.id)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    header, lines = TurnsTable(rows).sheet()
    base = _("nhiệm kỳ {term}, {count} lượt").format(term=term, count=len(rows))
    document = ListDocument(_("Danh sách quy hoạch"), request.as_of, base, header, lines)
    return download(write_list(document), f"danh-sach-quy-hoach-{term}-{request.as_of:%Y-%m-%d}.xlsx", XLSX)


def voided(request: HttpRequest) -> HttpResponse:
    """People whose turns are void because the title or the unit ended: where re-planning starts."""
    rows = selectors.voided(actor=request.actor, as_of=request.as_of)
    if request.GET.get("format") == "xlsx":
        request.actor.check_may("exchange.export")
        audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
        header, lines = VoidedTable(rows).sheet()
        base = _("{count} người").format(count=len(rows))
        document = ListDocument(_("Quy hoạch không còn hiệu lực"), request.as_of, base, header, lines)
        return download(write_list(document), f"quy-hoach-het-hieu-luc-{request.as_of:%Y-%m-%d}.xlsx", XLSX)
    number = nearest_page(page_number(request.GET.get("page")), len(rows), PAGE)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    context = {
        "page": page_of(shown, len(rows), number, PAGE),
        "table": VoidedTable(shown, exclude=("code",)),
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}],
    }
    return render(request, "planning/voided.html", context)
