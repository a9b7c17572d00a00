"""Screens of slimming-down: who left by which scheme, what each leaves, a new one, taking one back."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.workforce import selectors, services
from hientai.apps.workforce.forms import GapForm, LeavingForm, ReasonForm
from hientai.apps.workforce.types import WRITE, LeavingRow
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.errors import Conflict, NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

PAGE = 50


def listed(request: HttpRequest) -> HttpResponse:
    """Everybody in scope who left by a scheme, with the sums; `?format=xlsx` saves exactly this list."""
    code = request.GET.get("unit", "")
    units = organization.choices(actor=request.actor, as_of=request.as_of, also=code)
    form = GapForm(request.GET or None, units=[unit[:2] for unit in units])
    ids = {one: number for one, _name, number in units}
    if code and code not in ids:
        raise NotFound(code)
    rows = selectors.leavings(actor=request.actor, as_of=request.as_of, unit_id=ids.get(code))
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    if request.GET.get("format") == "xlsx":
        return _workbook(request, rows)
    number = nearest_page(page_number(request.GET.get("page")), len(rows), PAGE)
    lines = _lines(request, rows[(number - 1) * PAGE : number * PAGE])
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    years = sorted({row.day.year for row in rows})
    by = Counter((row.scheme_name, row.day.year) for row in rows)
    schemes = sorted({row.scheme_name for row in rows})
    context = {
        "form": form, "lines": lines, "page": page_of(lines, len(rows), number, PAGE), "total": len(rows),
        "cut": sum(row.cut or 0 for row in rows), "may_write": request.actor.may(WRITE), "years": years,
        "sums": [(name, [by[name, year] for year in years], sum(by[name, year] for year in years)) for name in schemes],
        "unknown": sum(row.months is None for row in rows),
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}]
        if request.actor.may("exchange.export") else [],
    }  # fmt: skip
    part = "#leavings" if request.htmx.target == "leavings" else ""
    return render(request, f"workforce/leavings.html{part}", context)


def _lines(request: HttpRequest, rows: list[LeavingRow]) -> list[tuple[LeavingRow, Any]]:
    people = _people(request, rows)
    return [(row, people.get(row.person_id)) for row in rows]


def _people(request: HttpRequest, rows: list[LeavingRow]) -> dict[int, Any]:
    lines = cadres.rows(actor=request.actor, as_of=request.as_of, ids=[row.person_id for row in rows])
    return {line.id: line for line in lines}


def _workbook(request: HttpRequest, rows: list[LeavingRow]) -> HttpResponse:
    request.actor.check_may("exchange.export")
    people = _people(request, rows)
    header = [_("Họ và tên"), _("Mã"), _("Chức danh đã giữ"), _("Đơn vị đã rời"), _("Chế độ"), _("Nghỉ sớm (tháng)"),
              _("Nghỉ từ ngày"), _("Quyết định"), _("Biên chế cắt")]  # fmt: skip
    lines = [
        [people[r.person_id].name, people[r.person_id].code, r.title, r.unit, str(r.scheme_name), r.months, r.day,
         r.decision, r.cut]
        for r in rows
        if r.person_id in people
    ]  # fmt: skip
    base = _("{count} người").format(count=len(lines))
    document = ListDocument(_("Người nghỉ do sắp xếp, tinh giản"), request.as_of, base, header, lines)
    return download(write_list(document), f"tinh-gian-{request.as_of:%Y-%m-%d}.xlsx", XLSX)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One leaving and what it leaves: seats, turns of the plan, posts of the unit."""
    row = selectors.leaving(actor=request.actor, as_of=request.as_of, number=number)
    person = _people(request, [row]).get(row.person_id)
    audit.record_reading(actor=request.actor, what="person", details={"person_id": row.person_id})
    unit = organization.unit_names(actor=request.actor, as_of=request.as_of, ids=[row.unit_id])
    context = {
        "row": row, "person": person, "left": selectors.aftermath(actor=request.actor, as_of=request.as_of, row=row),
        "unit_stands": row.unit_id in unit, "may_write": request.actor.may(WRITE),
        "crumbs": [{"label": _("Tinh giản biên chế"), "url": reverse("leavings")},
                   {"label": person.name if person else str(number)}],
    }  # fmt: skip
    return render(request, "workforce/leaving.html", context)


def record(request: HttpRequest) -> HttpResponse:
    """Somebody leaves by a scheme."""
    request.actor.check_may(WRITE)
    form = LeavingForm(
        request.POST or None,
        initial={"code": request.GET.get("ma", ""), "day": request.as_of, "posts_cut": 0},
    )
    if request.method == "POST" and form.is_valid():
        made = _recorded(request, form)
        if made is not None:
            messages.success(request, _("Đã ghi; dưới đây là những gì để lại."))
            return redirect(f"{reverse('leaving', args=[made])}?as_of={form.cleaned_data['day'].isoformat()}")
    context = {
        "form": form,
        "crumbs": [{"label": _("Tinh giản biên chế"), "url": reverse("leavings")}, {"label": _("Ghi")}],
    }
    return render(request, "workforce/leaving_form.html", context, status=400 if form.errors else 200)


def _recorded(request: HttpRequest, form: LeavingForm) -> int | None:
    asked = form.cleaned_data
    try:
        person = cadres.person_id_of(actor=request.actor, code=asked["code"])
        made = services.leave(
            actor=request.actor, person_id=person, scheme=asked["scheme"], on=asked["day"],
            source=asked["decision"], posts_cut=asked["posts_cut"],
        )  # fmt: skip
    except NotFound:
        form.add_error("code", _("Không có cán bộ mã này trong phạm vi của bạn."))
        return None
    except (BadInput, Conflict) as error:
        field = {"posts": "posts_cut", "person": "code"}.get(getattr(error, "where", ""))
        form.add_error(field, sentence(error.message))
        return None
    return int(made.pk)


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a leaving back."""
    request.actor.check_may(WRITE)
    row = selectors.leaving(actor=request.actor, as_of=request.as_of, number=number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undo_leaving(
                actor=request.actor, leaving_id=number, because=form.cleaned_data["because"]
            )
        except (BadInput, Conflict) as error:
            form.add_error(None, sentence(error.message))
        else:
            messages.success(request, _("Đã hoàn tác; vị trí, hồ sơ và biên chế trở lại như trước."))
            return redirect("leavings")
    context = {"row": row, "form": form, "person": _people(request, [row]).get(row.person_id)}
    return render(request, "workforce/leaving_undo.html", context, status=400 if form.errors else 200)
