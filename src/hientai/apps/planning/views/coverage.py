"""Screens of succession planning: the coverage of a plan, and the list behind each of its figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.tables import PeopleTable
from hientai.apps.organization import selectors as organization
from hientai.apps.planning import depths, desk, documents, selectors
from hientai.apps.planning.forms import CoverageForm, DepthsForm
from hientai.apps.planning.labels import DEPTHS
from hientai.apps.planning.types import Coverage, usual_plan
from hientai.foundation import audit, snapshot
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.people_lists import extract_item
from hientai.foundation.web.answers import DOCX, PDF, XLSX, download
from hientai.foundation.web.numbers import page_number

PAGE = 50


def coverage(request: HttpRequest) -> HttpResponse:
    """The coverage page; `?format=docx|xlsx` saves the same figures."""
    with snapshot.one_copy():
        form, answer = _asked(request)
        tiles = _tiles(request, answer)
    wanted = request.GET.get("format", "")
    if answer is not None and wanted in documents.WRITERS:
        request.actor.check_may("exchange.export")
        kind = {"docx": DOCX, "xlsx": XLSX, "pdf": PDF}[wanted]
        return download(documents.WRITERS[wanted](answer), documents.file_name(answer, wanted), kind)
    part = "#coverage" if request.htmx.target == "coverage" else ""
    return render(
        request,
        f"planning/coverage.html{part}",
        {"form": form, "coverage": answer, "exports": _exports(request), "tiles": tiles},
    )


def _tiles(request: HttpRequest, answer: Coverage | None) -> list[dict[str, object]]:
    """What needs a look, each with its list: seats with too few or too many, key titles without women, people over."""
    if answer is None:
        return []
    query = request.GET.copy()
    query.pop("format", None)
    query["term"] = answer.plan.term
    rows = depths.depths(
        actor=request.actor, as_of=request.as_of, plan=answer.plan, unit_code=request.GET.get("unit", "") if
        answer.unit else "",
    )  # fmt: skip
    found: list[dict[str, object]] = []
    for kind, count in depths.counted(rows).items():
        query["kind"] = kind
        found.append(
            {"label": DEPTHS[kind], "number": count, "unit": _("vị trí"), "total": len(rows),
             "url": f"{reverse('plan-depths')}?{query.urlencode()}" if count else ""}
        )  # fmt: skip
    query.pop("kind", None)
    query["over"] = "on"
    over = {person for row in answer.rows for person in row.over.ids}
    found.append(
        {"label": _("Quá số chức danh cùng cấp"), "number": len(over), "unit": _("người"),
         "total": answer.total_people.value,
         "url": f"{reverse('plan-turns')}?{query.urlencode()}" if over else ""}
    )  # fmt: skip
    return found


def seats(request: HttpRequest) -> HttpResponse:
    """Seats with too few people, too many, or of a key title without women; who could take each today."""
    request.actor.check_may(selectors.READ)
    plans = selectors.plans(actor=request.actor, as_of=request.as_of)
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    form = DepthsForm(
        request.GET or None, terms=[plan.term for plan in plans], units=[unit[:2] for unit in units]
    )
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    usual = usual_plan(plans, request.as_of)
    plan = next((one for one in plans if one.term == chosen.get("term")), usual)
    if plan is None:
        raise NotFound("plan")
    kind = chosen.get("kind") or depths.UNDER
    every = depths.depths(
        actor=request.actor, as_of=request.as_of, plan=plan, unit_code=chosen.get("unit", "")
    )
    rows = [row for row in every if kind in row.kinds]
    number = nearest_page(page_number(request.GET.get("page")), len(rows), PAGE)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    benches = desk.bench(
        actor=request.actor, as_of=request.as_of, plan_id=plan.id, seats=[row.seat for row in shown]
    )
    audit.record_reading(
        actor=request.actor, what="people_list", details={"people": sum(len(one.planned) for one in benches)}
    )
    context = {
        "form": form, "plan": plan, "kind": kind, "kind_label": DEPTHS[kind], "total": len(every),
        "rows": list(zip(shown, benches, strict=True)), "page": page_of(shown, len(rows), number, PAGE),
        "crumbs": [{"label": _("Độ phủ quy hoạch"), "url": reverse("coverage")}, {"label": DEPTHS[kind]}],
    }  # fmt: skip
    return render(request, "planning/depths.html", context)


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
    usual = usual_plan(plans, request.as_of)
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
