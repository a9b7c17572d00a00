"""The coming years on one page: vacancies, successors and shortages; every number opens its list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.tables import PeopleTable
from hientai.apps.organization import selectors as organization
from hientai.apps.planning import ahead as looking
from hientai.apps.planning.forms import AheadForm
from hientai.apps.planning.tables import VacanciesTable
from hientai.foundation import audit
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web import charts
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number

PAGE = 50


def ahead(request: HttpRequest) -> HttpResponse:
    """Retirements and ends of terms against successors; `kind`, `title` and `year` open the list behind a number."""
    request.actor.check_may(looking.READ)
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    form = AheadForm(request.GET or None, units=[unit[:2] for unit in units])
    years, unit, title, year, kind = form.asked()
    found = looking.ahead(actor=request.actor, as_of=request.as_of, years=years, unit_code=unit)
    names = {one.code: one.name for one in found.titles}
    kind = kind if kind in looking.KINDS else "short"
    rows = looking.vacancy_rows(
        actor=request.actor, as_of=request.as_of, found=found, title=title, year=year, kind=kind
    )
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    if request.GET.get("format") == "xlsx":
        return _workbook(request, rows)
    at = nearest_page(page_number(request.GET.get("page")), len(rows), PAGE)
    shown = rows[(at - 1) * PAGE : at * PAGE]
    labels = [(one["year"], f"{one['begins']:%m/%Y}") for one in found.by_year.iter_rows(named=True)]
    context = {
        "form": form, "found": found, "labels": labels, "years": years, "unit": unit, "kind": kind, "kinds": _kinds(),
        "kind_label": dict(_kinds())[kind], "title_name": names.get(title, ""), "year": year,
        "by_year": list(found.by_year.iter_rows(named=True)), "chart": _chart(request, found),
        "page": page_of(shown, len(rows), at, PAGE), "table": VacanciesTable(shown),
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{_query(request, format='xlsx')}"}],
    }  # fmt: skip
    return render(request, "planning/ahead.html", context)


def unplanned(request: HttpRequest) -> HttpResponse:
    """People who lead, meet the standard of planning, and are in no plan."""
    request.actor.check_may(looking.READ)
    found = looking.ahead(actor=request.actor, as_of=request.as_of, years=1, unit_code="")
    number = nearest_page(page_number(request.GET.get("page")), len(found.unplanned), PAGE)
    shown = found.unplanned[(number - 1) * PAGE : number * PAGE]
    people = cadres.rows(actor=request.actor, as_of=request.as_of, ids=shown)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(people)})
    context = {
        "page": page_of(people, len(found.unplanned), number, PAGE), "table": PeopleTable(people),
        "crumbs": [
            {"label": _("Nhìn trước"), "url": reverse("plan-ahead")},
            {"label": _("Đủ tiêu chuẩn, chưa quy hoạch")},
        ],
    }  # fmt: skip
    return render(request, "planning/unplanned.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [
        ("short", _("Thiếu người kế cận khi nghỉ hưu")),
        ("short_strict", _("Thiếu người kế cận nếu không ai được bổ nhiệm lại")),
        ("retires", _("Nghỉ hưu")),
        ("term_ends", _("Hết nhiệm kỳ, thời hạn giữ chức")),
    ]


def _query(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in {"as_of": request.as_of.isoformat(), **changes}.items():
        query[name] = value
    return query.urlencode()


def _chart(request: HttpRequest, found: looking.Ahead) -> charts.Bars:
    """Retirements and shortages of each year beside each other."""
    data = []
    for year in found.by_year.iter_rows(named=True):
        span = f"{year['begins']:%m/%Y}"
        for kind, label, tone in (("retires", _("nghỉ hưu"), "2"), ("short", _("thiếu người kế cận"), "")):
            value = year["retirements"] if kind == "retires" else year["shortages"]
            url = f"?{_query(request, kind=kind, year=str(year['year']))}#vacancies"
            data.append(charts.Datum(_("Từ {span}: {what}").format(span=span, what=label), value, url, tone))
    return charts.bars(data)


def _workbook(request: HttpRequest, rows: list[looking.VacancyRow]) -> HttpResponse:
    request.actor.check_may("exchange.export")
    header, lines = VacanciesTable(rows).sheet()
    base = _("{count} vị trí").format(count=len(rows))
    document = ListDocument(_("Vị trí sắp khuyết"), request.as_of, base, header, lines)
    return download(write_list(document), f"vi-tri-sap-khuyet-{request.as_of:%Y-%m-%d}.xlsx", XLSX)
