"""Screens of the organisation: units, a unit with its past, acts, the chart, differences, balance, freezes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hientai.apps.organization import drawing, overview, selectors, services
from hientai.apps.organization.forms import ACT_FORMS, ActForm, FreezeForm, OtherDayForm, UndoForm
from hientai.apps.organization.types import ActDraft, ActKind, Level, UnitRow
from hientai.engines.errors import BadInput
from hientai.foundation import registry
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.web.templatetags.formats import sentence

_OWN_FIELDS = ("csrfmiddlewaretoken", "confirmed")
YEARS_BACK = 7  # years before the one asked about in the table of heat
FOLDED = 60  # units from which on a list of differences is folded
MOST_DRAWN = 40  # units of one lineage that are drawn; all are in the table below


def units(request: HttpRequest) -> HttpResponse:
    """Units as of the day: how many of each level, the ones at the top, and a search over all names ever."""
    actor, as_of = request.actor, request.as_of
    text = request.GET.get("q", "").strip()[:100]
    rows = selectors.units(actor=actor, as_of=as_of)
    levels = [(level, sum(row.level == level for row in rows)) for level in Level]
    asked = request.GET.get("cap", "")
    children: dict[int | None, int] = {}
    for row in rows:
        children[row.parent_id] = children.get(row.parent_id, 0) + 1
    shown = (
        [row for row in rows if row.level == asked]
        if asked in Level.values
        else [r for r in rows if r.parent_id is None]
    )
    context = {
        "found": selectors.find(actor=actor, as_of=as_of, text=text, most=50) if text else None,
        "text": text,
        "levels": [(level.label, level.value, number) for level, number in levels if number],
        "rows": [(row, children.get(row.id, 0)) for row in shown],
        "total": len(rows),
        "level": Level(asked).label if asked in Level.values else "",
    }
    return render(request, "organization/units.html", context)


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A unit as of the day: where it stands, what it does, its seats and people, its past and what became of it."""
    actor, as_of = request.actor, request.as_of
    row = selectors.unit_ever(actor=actor, as_of=as_of, code=code)
    path = selectors.path(actor=actor, as_of=as_of, unit_id=row.id)
    children = selectors.children(actor=actor, as_of=as_of, parents=[row.id]).get(row.id, [])
    balances = overview.balances(actor=actor, as_of=as_of, units=[row, *children]) if path else []
    told = selectors.lineage(actor=actor, as_of=as_of, unit_id=row.id)
    context = {
        "unit": row,
        "stands": bool(path),
        "crumbs": [{"label": _("Đơn vị"), "url": reverse("units")}, *_crumbs(path[:-1]), {"label": row.name}],
        "balance": balances[0] if balances else None,
        "children": balances[1:],
        "history": selectors.history(actor=actor, as_of=as_of, unit_id=row.id),
        "acts": selectors.acts(actor=actor, as_of=as_of, unit_id=row.id),
        "texts": selectors.texts(actor=actor, as_of=as_of, unit_id=row.id),
        "freezes": [f for f in selectors.freezes(actor=actor, as_of=as_of, unit_id=row.id) if f.is_on]
        if path
        else [],
        "posts": selectors.establishment_history(actor=actor, as_of=as_of, unit_id=row.id),
        "seats": overview.seat_lines(actor=actor, as_of=as_of, unit_ids=[row.id]).get(row.id, [])
        if path
        else [],
        "lineage": _lineage(told),
        "panels": _panels(request, row) if path else [],
        "kinds": [(kind.value, kind.label) for kind in ActKind] if path and actor.may(services.WRITE) else [],
    }
    return render(request, "organization/unit.html", context)


def _crumbs(path: list[UnitRow]) -> list[dict[str, str]]:
    return [{"label": row.name, "url": reverse("unit", args=[row.code])} for row in path]


def _panels(request: HttpRequest, row: UnitRow) -> list[dict[str, Any]]:
    asked = {"actor": request.actor, "unit_id": row.id, "code": row.code, "as_of": request.as_of}
    return [
        {"title": panel.title, "template": panel.template, "content": panel.content(**asked)}
        for panel in registry.unit_panels()
        if request.actor.may(panel.permission)
    ]


def _lineage(told: Any) -> dict[str, Any] | None:
    """The drawing of a lineage, or only its table when it is too large to read."""
    if not told.edges:
        return None
    names = {unit.id: unit.name for unit in told.units.values()}
    small = len(names) <= MOST_DRAWN
    sheet = drawing.lineage(told.unit_id, names, told.edges, {"part": _("một phần")}) if small else None
    boxes = (
        [(sheet.boxes[unit.id], unit, unit.id == told.unit_id) for unit in told.units.values()]
        if sheet
        else []
    )
    steps = [(told.units[e.before], told.units[e.after], e) for e in told.edges]
    return {"sheet": sheet, "boxes": boxes, "steps": steps}


def act(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A decision about a unit: asked for, shown once more, carried out."""
    request.actor.check_may(services.WRITE)
    row = selectors.unit_ever(actor=request.actor, as_of=request.as_of, code=code)
    if kind not in ACT_FORMS:
        raise NotFound(kind)
    form = ACT_FORMS[kind](request.POST or None, initial={"level": row.level})
    draft = _drafted(request, form, row)
    if draft is not None and "confirmed" in request.POST:
        try:
            services.carry_out(actor=request.actor, drafts=[draft])
        except (BadInput, Conflict) as error:
            form.add_error(None, sentence(error.message))
            draft = None
        else:
            messages.success(request, _("Đã ghi quyết định; có thể hoàn tác khi chưa có gì dựa vào đó."))
            return redirect(_after(draft, row))
    context = {
        "unit": row, "form": form, "draft": draft, "kind": kind, "kind_label": ActKind(kind).label,
        "crumbs": [{"label": row.name, "url": reverse("unit", args=[row.code])}, {"label": ActKind(kind).label}],
        "sent": [(name, value) for name, value in request.POST.items() if name not in _OWN_FIELDS],
    }  # fmt: skip
    return render(request, "organization/act.html", context, status=400 if form.errors else 200)


def _drafted(request: HttpRequest, form: ActForm, row: UnitRow) -> ActDraft | None:
    if request.method != "POST" or not form.is_valid():
        return None
    above = selectors.rows_of(
        actor=request.actor, as_of=request.as_of, ids=[row.parent_id] if row.parent_id else []
    )
    form.cleaned_data["parent_code"] = above[0].code if above else ""
    return form.draft(row)


def _after(draft: ActDraft, row: UnitRow) -> str:
    shown = draft.begins[0].code if draft.begins else row.code
    return f"{reverse('unit', args=[shown])}?as_of={draft.day.isoformat()}"


def undo(request: HttpRequest, act: int) -> HttpResponse:
    """Asks for the reason and takes an act back."""
    request.actor.check_may(services.WRITE)
    rows = selectors.acts(actor=request.actor, as_of=request.as_of, act_ids=[act])
    if not rows or rows[0].undone_at is not None:
        raise NotFound(str(act))
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undo_acts(actor=request.actor, act_ids=[act], because=form.cleaned_data["because"])
        except (BadInput, Conflict) as error:
            form.add_error(None, sentence(error.message))
        else:
            messages.success(request, _("Đã hoàn tác quyết định."))
            return redirect("units")
    context = {"act": rows[0], "kind": ActKind(rows[0].kind).label, "form": form}
    return render(request, "organization/undo.html", context, status=400 if form.errors else 200)


def chart(request: HttpRequest) -> HttpResponse:
    """The organisation chart below a unit; `mo`: opened units; `so`: the day to compare with."""
    actor, as_of = request.actor, request.as_of
    roots = selectors.children(actor=actor, as_of=as_of, parents=[None]).get(None, [])
    code = request.GET.get("goc", "")
    root = (
        selectors.unit_by_code(actor=actor, as_of=as_of, code=code) if code else roots[0] if roots else None
    )
    form = OtherDayForm(request.GET)
    other = form.cleaned_data.get("so") if form.is_valid() else None
    opened = [part for part in request.GET.get("mo", "").split(",") if part][:60]
    drawn = overview.chart(actor=actor, as_of=as_of, root=root, opened=opened, other=other) if root else None
    path = selectors.path(actor=actor, as_of=as_of, unit_id=root.id) if root else []
    context = {
        "chart": drawn, "roots": roots, "opened": opened, "form": form, "other": other,
        "crumbs": [{"label": _("Đơn vị"), "url": reverse("units")}, *_crumbs(path)],
        "toggles": _toggles(request, drawn, opened),
    }  # fmt: skip
    part = "#chart" if request.htmx.target == "chart" else ""
    return render(request, f"organization/chart.html{part}", context)


def _toggles(request: HttpRequest, drawn: overview.Chart | None, opened: list[str]) -> dict[int, str]:
    """Address that opens or closes each unit."""
    found = {}
    for shown in drawn.units if drawn else ():
        code = shown.opens
        query = request.GET.copy()
        query["mo"] = ",".join([c for c in opened if c != code] if shown.is_open else [*opened, code])
        found[shown.unit.id] = f"?{query.urlencode()}"
    return found


def difference(request: HttpRequest) -> HttpResponse:
    """What is otherwise among units between two days, in words and with addresses."""
    form = OtherDayForm(request.GET)
    other = form.cleaned_data.get("so") if form.is_valid() else None
    told = selectors.difference(actor=request.actor, as_of=request.as_of, other=other) if other else None
    above = _names(request, told) if told else {}
    levels = [
        (level, [r for r in told.ended if r.level == level], [r for r in told.begun if r.level == level])
        for level in Level
    ] if told else []  # fmt: skip
    context = {
        "form": form,
        "told": told,
        "above": above,
        "levels": [row for row in levels if row[1] or row[2]],
        "folded": FOLDED,
    }
    return render(request, "organization/difference.html", context)


def _names(request: HttpRequest, told: Any) -> dict[int, str]:
    """Names of the units above those that moved, on either day."""
    names: dict[int, str] = {}
    for place, day in ((0, told.first), (1, told.second)):
        ids = {pair[place].parent_id for pair in told.moved if pair[place].parent_id}
        names |= selectors.unit_names(actor=request.actor, as_of=day, ids=ids)
    return names


def balance(request: HttpRequest) -> HttpResponse:
    """Posts against people of the units below one: a table and a map of rectangles, each number with its list."""
    actor, as_of = request.actor, request.as_of
    code = request.GET.get("goc", "")
    roots = selectors.children(actor=actor, as_of=as_of, parents=[None]).get(None, [])
    root = (
        selectors.unit_by_code(actor=actor, as_of=as_of, code=code) if code else roots[0] if roots else None
    )
    below = selectors.children(actor=actor, as_of=as_of, parents=[root.id]).get(root.id, []) if root else []
    rows = overview.balances(actor=actor, as_of=as_of, units=[*([root] if root else []), *below])
    by_id = {row.unit.id: row for row in rows[1:]}
    tiles = drawing.treemap({key: row.posts or row.present or 0 for key, row in by_id.items()})
    path = selectors.path(actor=actor, as_of=as_of, unit_id=root.id) if root else []
    context = {
        "root": rows[0] if rows else None, "rows": rows[1:], "path": path,
        "tiles": [(tile, by_id[tile.key], _fitting(by_id[tile.key].unit.name, tile.width)) for tile in tiles],
        "crumbs": [{"label": _("Đơn vị"), "url": reverse("units")}, *[
            {"label": r.name, "url": f"{reverse('unit-balance')}?goc={r.code}"} for r in path]],
    }  # fmt: skip
    return render(request, "organization/balance.html", context)


def balance_years(request: HttpRequest) -> HttpResponse:
    """Posts against people of the units below one at the end of each year and on the day; a table of heat."""
    actor, as_of = request.actor, request.as_of
    roots = selectors.children(actor=actor, as_of=as_of, parents=[None]).get(None, [])
    code = request.GET.get("goc", "")
    root = selectors.unit_ever(actor=actor, as_of=as_of, code=code) if code else roots[0] if roots else None
    days = [*(date(as_of.year - back, 12, 31) for back in range(YEARS_BACK, 0, -1)), as_of]
    rows = overview.balance_by_year(actor=actor, as_of=as_of, root=root, days=days) if root else []
    path = selectors.path(actor=actor, as_of=as_of, unit_id=root.id) if root else []
    context = {
        "rows": rows, "days": days, "root": root,
        "crumbs": [{"label": _("Biên chế"), "url": reverse("unit-balance")}, *[
            {"label": r.name, "url": f"{reverse('unit-balance-years')}?goc={r.code}"} for r in path]],
    }  # fmt: skip
    return render(request, "organization/balance_years.html", context)


def _fitting(name: str, width: int) -> tuple[str, ...]:
    """A name in at most two lines of a rectangle."""
    return drawing.wrapped(name, max(6, width // 8), 2)


def bodies(request: HttpRequest) -> HttpResponse:
    """Bodies counted as official reports do, with the rest shown; each number opens its list."""
    groups = overview.bodies(actor=request.actor, as_of=request.as_of)
    level, part = request.GET.get("cap", ""), request.GET.get("nhom", "")
    listed = next(
        (
            (group, label, rows)
            for group in groups
            if group.level == level
            for key, label, rows in group.parts
            if key == part
        ),
        None,
    )
    whole = next((group for group in groups if group.level == level and not part), None)
    if whole is not None:
        rows = sorted((r for _key, _label, rs in whole.parts for r in rs), key=lambda r: (r.order, r.code))
        listed = (whole, _("Tất cả"), rows)
    return render(request, "organization/bodies.html", {"groups": groups, "listed": listed})


def freezes(request: HttpRequest) -> HttpResponse:
    """Freeze windows, and the form of a new one."""
    form = FreezeForm(request.POST or None, initial={"unit": request.GET.get("don-vi", "")})
    if request.method == "POST":
        request.actor.check_may(services.WRITE)
        if form.is_valid() and _frozen(request, form):
            return redirect("freezes")
    rows = selectors.freezes(actor=request.actor, as_of=request.as_of)
    context = {"form": form, "rows": rows, "may_write": request.actor.may(services.WRITE)}
    return render(request, "organization/freezes.html", context, status=400 if form.errors else 200)


def _frozen(request: HttpRequest, form: FreezeForm) -> bool:
    asked = form.cleaned_data
    try:
        services.freeze(
            actor=request.actor, code=asked["unit"].strip(), kinds=asked["kinds"], from_day=asked["first"],
            to_day=asked["last"] + timedelta(days=1) if asked["last"] else None, decision=asked["decision"],
        )  # fmt: skip
    except Refused as error:
        form.add_error(None, sentence(error.message))
        return False
    except NotFound:
        form.add_error("unit", _("Không có đơn vị mã này trong phạm vi của bạn."))
        return False
    messages.success(request, _("Đã ghi thời gian tạm dừng."))
    return True


@require_POST
def lift(request: HttpRequest, window: int) -> HttpResponse:
    """A window ends on the day asked about."""
    services.lift_freeze(actor=request.actor, window_id=window, on=request.as_of, source=_("Bỏ tạm dừng"))
    messages.success(request, _("Đã bỏ tạm dừng từ ngày {day}.").format(day=f"{request.as_of:%d/%m/%Y}"))
    return redirect("freezes")
