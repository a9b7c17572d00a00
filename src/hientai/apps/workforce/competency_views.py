"""Screens of competencies: the framework, gaps of a unit, the people behind a number, levels of a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.workforce import drawing, gaps, services
from hientai.apps.workforce.forms import OUTCOMES, AssessForm, GapForm
from hientai.apps.workforce.types import ASSESS, READ, GapLine
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.errors import Conflict, NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence
from hientai.rulebook.workforce import framework

PAGE = 50


def competencies(request: HttpRequest) -> HttpResponse:
    """The framework: every competency with its five levels."""
    request.actor.check_may(READ)
    known = framework()
    groups = [
        (name, [one for one in known.competencies.values() if one.group == code])
        for code, name in known.groups.items()
    ]
    return render(request, "workforce/competencies.html", {"framework": known, "groups": groups})


def gap(request: HttpRequest) -> HttpResponse:
    """Required against assessed in a unit and below it, as a chart and a table; every number opens its people."""
    request.actor.check_may(READ)
    unit_id, code, form = _unit(request)
    rows = gaps.of_unit(actor=request.actor, as_of=request.as_of, unit_id=unit_id)
    names = {
        row.id: row
        for row in organization.rows_of(actor=request.actor, as_of=request.as_of, ids=[unit_id or 0])
    }
    context = {
        "form": form, "rows": rows, "chart": drawing.unit_chart(rows) if rows else None, "unit_code": code,
        "unit": names[unit_id].name if unit_id in names else "", "framework": framework(),
        "counts": [(row, row.number("met"), row.number("below"), row.number("unknown")) for row in rows],
    }  # fmt: skip
    part = "#gap" if request.htmx.target == "gap" else ""
    return render(request, f"workforce/gap.html{part}", context)


def _unit(request: HttpRequest) -> tuple[int | None, str, GapForm]:
    """The unit asked about; raises NotFound for a code that no unit has on the day."""
    code = request.GET.get("unit", "")
    units = organization.choices(actor=request.actor, as_of=request.as_of, also=code)
    form = GapForm(request.GET or None, units=[unit[:2] for unit in units])
    ids = {one: number for one, _name, number in units}
    if code and code not in ids:
        raise NotFound(code)
    return ids.get(code), code, form


def behind(request: HttpRequest) -> HttpResponse:
    """The people behind one number of the gaps; `?format=xlsx` saves exactly this list."""
    request.actor.check_may(READ)
    unit_id, code, _form = _unit(request)
    competency, outcome = request.GET.get("nang-luc", ""), request.GET.get("ket-qua", "")
    found = gaps.people_behind(
        actor=request.actor, as_of=request.as_of, unit_id=unit_id, competency=competency, outcome=outcome
    )
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(found)})
    if request.GET.get("format") == "xlsx":
        return _workbook(request, competency, outcome, found)
    number = nearest_page(page_number(request.GET.get("page")), len(found), PAGE)
    lines = _lines(request, found[(number - 1) * PAGE : number * PAGE])
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    context = {
        "lines": lines, "page": page_of(lines, len(found), number, PAGE), "one": framework().competencies[competency],
        "outcome": OUTCOMES.get(outcome, _("Tất cả")), "unit_code": code,
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}]
        if request.actor.may("exchange.export") else [],
        "crumbs": [{"label": _("Khoảng cách năng lực"), "url": f"{reverse('competency-gap')}?unit={code}"},
                   {"label": _("Danh sách")}],
    }  # fmt: skip
    return render(request, "workforce/behind.html", context)


def _lines(request: HttpRequest, found: list[tuple[int, GapLine]]) -> list[tuple[Any, GapLine]]:
    rows = {
        row.id: row
        for row in cadres.rows(actor=request.actor, as_of=request.as_of, ids=[person for person, _ in found])
    }
    return [(rows[person], line) for person, line in found if person in rows]


def _workbook(
    request: HttpRequest, competency: str, outcome: str, found: list[tuple[int, GapLine]]
) -> HttpResponse:
    request.actor.check_may("exchange.export")
    header = [_("Họ và tên"), _("Mã"), _("Chức vụ"), _("Đơn vị"), _("Mức yêu cầu"), _("Mức đánh giá"), _("Kết quả"),
              _("Người đánh giá"), _("Ngày")]  # fmt: skip
    lines = [
        [row.name, row.code, row.position, row.unit, line.required, line.assessed.level if line.assessed else None,
         line.outcome_name, line.assessed.by if line.assessed else "", line.assessed.on if line.assessed else None]
        for row, line in _lines(request, found)
    ]  # fmt: skip
    title = f"{framework().competencies[competency].name}: {OUTCOMES.get(outcome, _('Tất cả'))}"
    document = ListDocument(title, request.as_of, _("{count} người").format(count=len(lines)), header, lines)
    return download(write_list(document), f"nang-luc-{request.as_of:%Y-%m-%d}.xlsx", XLSX)


def assess(request: HttpRequest, code: str) -> HttpResponse:
    """What a person's job position asks for against what was judged; a new judgement."""
    request.actor.check_may(ASSESS)
    person = cadres.person_id_of(actor=request.actor, code=code)
    row = cadres.row_of(actor=request.actor, as_of=request.as_of, code=code)
    job, lines = gaps.of_person(actor=request.actor, as_of=request.as_of, person_id=person)
    audit.record_reading(actor=request.actor, what="person", details={"person_id": person})
    known = {line.competency: line.assessed.level for line in lines if line.assessed}
    form = AssessForm(
        request.POST or None, levels=known, none=_("Không đánh giá lần này"), initial={"day": request.as_of}
    )
    if request.method == "POST" and form.is_valid() and _assessed(request, form, person):
        messages.success(request, _("Đã ghi kết quả đánh giá."))
        return redirect(
            f"{reverse('person-competencies', args=[code])}?as_of={form.cleaned_data['day'].isoformat()}"
        )
    context = {
        "row": row, "job": job, "lines": lines, "chart": drawing.person_chart(lines) if lines else None, "form": form,
        "framework": framework(), "crumbs": [{"label": row.name, "url": reverse("person", args=[code])},
                                             {"label": _("Năng lực")}],
    }  # fmt: skip
    return render(request, "workforce/assess.html", context, status=400 if form.errors else 200)


def _assessed(request: HttpRequest, form: AssessForm, person: int) -> bool:
    asked = form.cleaned_data
    levels = [(person, key, level) for key, level in form.levels().items() if level is not None]
    if not levels:
        form.add_error(None, _("Chưa chọn mức nào."))
        return False
    try:
        services.assess(
            actor=request.actor, levels=levels, by=asked["by"], on=asked["day"], source=asked["decision"]
        )
    except (BadInput, Conflict) as error:
        where = getattr(error, "where", "")
        form.add_error(
            {"on": "day"}.get(where, where) if where in ("by", "on") else None, sentence(error.message)
        )
        return False
    return True
