"""The working desk of a plan: the bench behind each seat, what a change would do, two days beside each other."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import Block, Level
from hientai.apps.planning import desk, selectors, services
from hientai.apps.planning.forms import CoverageForm
from hientai.apps.planning.labels import figure_label, figure_text
from hientai.apps.planning.types import PlanRow
from hientai.apps.planning.what_if import Addition, Difference
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.days import read_day
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

PAGE = 20
MOST_THOUGHTS = 40
BY = ("level", "block", "unit")


def _asked(request: HttpRequest) -> tuple[CoverageForm, PlanRow, str]:
    """The form, the plan and the unit code that a desk page is about; NotFound without any plan."""
    request.actor.check_may(selectors.READ)
    plans = selectors.plans(actor=request.actor, as_of=request.as_of)
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    form = CoverageForm(request.GET or None, terms=[p.term for p in plans], units=[u[:2] for u in units])
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    usual = selectors.plan_on(actor=request.actor, as_of=request.as_of)
    plan = next((p for p in plans if p.term == chosen.get("term")), usual)
    if plan is None:
        raise NotFound("plan")
    return form, plan, chosen.get("unit", "")


def bench(request: HttpRequest, title: str) -> HttpResponse:
    """Every seat of one title: who holds it, who is planned for it, how ready, what they lack."""
    form, plan, unit = _asked(request)
    entry = next(
        (t for t in organization.titles(actor=request.actor, as_of=request.as_of) if t.code == title), None
    )
    if entry is None:
        raise NotFound(title)
    seats = selectors.seats_of(actor=request.actor, as_of=request.as_of, title=title, unit_code=unit)
    thin = request.GET.get("only") == "thin"
    if thin:
        found = selectors.coverage(actor=request.actor, as_of=request.as_of, term=plan.term, unit_code=unit)
        kept = {seat for row in found.rows if row.title_code == title for seat in row.gaps.ids}
        seats = [seat for seat in seats if seat.id in kept]
    number = nearest_page(page_number(request.GET.get("page")), len(seats), PAGE)
    benches = desk.bench(
        actor=request.actor,
        as_of=request.as_of,
        plan_id=plan.id,
        seats=seats[(number - 1) * PAGE : number * PAGE],
    )
    people = sum(len(seat.planned) for seat in benches)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": people})
    context = {
        "form": form, "plan": plan, "unit": unit, "title": entry, "benches": benches, "thin": thin,
        "may_edit": request.actor.may(services.WRITE),
        "page": page_of(benches, len(seats), number, PAGE),
        "rules": desk.rules_of(actor=request.actor, as_of=request.as_of, title=title),
        "crumbs": [{"label": _("Độ phủ quy hoạch"), "url": reverse("coverage")}, {"label": entry.name}],
    }  # fmt: skip
    return render(request, "planning/bench.html", context)


def thought(request: HttpRequest) -> HttpResponse:
    """What dropping turns or adding people would do to every figure, before it is done.

    `drop` is the id of a turn, `add` is `code@seat`; both may come several times. Nothing is written.
    """
    form, plan, unit = _asked(request)
    drops = [int(text) for text in request.GET.getlist("drop")[:MOST_THOUGHTS] if text.lstrip("-").isdigit()]
    adds, problems = _additions(request)
    moved = selectors.thought(
        actor=request.actor, as_of=request.as_of, term=plan.term, unit_code=unit, drops=drops,
        adds=[add for add, _label in adds],
    )  # fmt: skip
    every = selectors.turns(actor=request.actor, as_of=request.as_of, term=plan.term)
    dropped = every.filter(selectors.pl.col("slot_id").is_in(drops))
    seats = selectors.seats_of(actor=request.actor, as_of=request.as_of, title="", unit_code=unit or "")
    context = {
        "form": form, "plan": plan, "unit": unit, "problems": problems,
        "dropped": [
            (row, _without(request, "drop", str(row.slot_id)))
            for row in selectors.turn_rows(actor=request.actor, as_of=request.as_of, found=dropped)
        ],
        "added": [
            (label, _without(request, "add", asked))
            for (_add, label), asked in zip(adds, _good(request, adds), strict=True)
        ],
        "rows": _shown(moved), "seats": seats[:500], "kept": [("drop", d) for d in request.GET.getlist("drop")]
        + [("add", a) for a in request.GET.getlist("add")],
        "crumbs": [{"label": _("Độ phủ quy hoạch"), "url": reverse("coverage")}, {"label": _("Thử thay đổi")}],
    }  # fmt: skip
    return render(request, "planning/what_if.html", context)


def _additions(request: HttpRequest) -> tuple[list[tuple[Addition, str]], list[str]]:
    """Who is added in thought, with a label each; what could not be understood, in words."""
    asked = [*request.GET.getlist("add")]
    if request.GET.get("code") and request.GET.get("seat"):
        asked.append(f"{request.GET['code'].strip()}@{request.GET['seat']}")
    found, problems = [], []
    for text in asked[:MOST_THOUGHTS]:
        code, _sign, seat = text.rpartition("@")
        try:
            line = cadres.row_of(actor=request.actor, as_of=request.as_of, code=code)
            where = organization.seats(actor=request.actor, as_of=request.as_of, ids=[int(seat)])[0]
        except (NotFound, ValueError, IndexError):
            problems.append(_("Không hiểu “{text}”: không có người hoặc vị trí này.").format(text=text))
            continue
        found.append(
            (Addition(line.id, where.id), f"{line.name} ({line.code}) – {where.title}, {where.unit}")
        )
    return found, problems


def _good(request: HttpRequest, adds: list[tuple[Addition, str]]) -> list[str]:
    """The parameter behind each addition."""
    codes = cadres.codes(
        actor=request.actor, as_of=request.as_of, ids=[add.person_id for add, _label in adds]
    )
    return [f"{codes[add.person_id]}@{add.seat_id}" for add, _label in adds]


def _without(request: HttpRequest, name: str, value: str) -> str:
    """This page's address without one thought."""
    query = request.GET.copy()
    query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    if name == "add":
        query.pop("code", None)
        query.pop("seat", None)
    return f"?{query.urlencode()}"


def _shown(moved: list[Difference]) -> list[dict[str, Any]]:
    return [
        {
            "title": one.title, "code": one.title_code, "figure": figure_label(one.figure, one.place),
            "before": figure_text(one.figure, one.before), "after": figure_text(one.figure, one.after),
        }
        for one in moved
    ]  # fmt: skip


def between(request: HttpRequest) -> HttpResponse:
    """The figures of a plan on two days beside each other, those that differ; `since` is the earlier day."""
    form, plan, unit = _asked(request)
    since, problem = _since(request, plan)
    moved = [] if since is None else selectors.between(
        actor=request.actor, as_of=request.as_of, term=plan.term, unit_code=unit, since=since
    )  # fmt: skip
    context = {
        "form": form, "plan": plan, "unit": unit, "since": since, "problem": problem, "rows": _shown(moved),
        "crumbs": [{"label": _("Độ phủ quy hoạch"), "url": reverse("coverage")}, {"label": _("So hai ngày")}],
    }  # fmt: skip
    return render(request, "planning/between.html", context, status=400 if problem else 200)


def _since(request: HttpRequest, plan: PlanRow) -> tuple[date | None, str]:
    text = request.GET.get("since", "").strip()
    if not text:
        return request.as_of.replace(year=request.as_of.year - 1, day=min(request.as_of.day, 28)), ""
    try:
        return read_day(text, "since"), ""
    except BadInput as error:
        return None, sentence(error.message)


def summary(request: HttpRequest) -> HttpResponse:
    """Turns and people by level, block or unit; every number opens its list."""
    form, plan, _unit = _asked(request)
    by = request.GET.get("by", BY[0])
    by = by if by in BY else BY[0]
    labels = {**dict(Level.choices), **dict(Block.choices)}
    rows = selectors.summary(actor=request.actor, as_of=request.as_of, term=plan.term, by=by)
    context = {
        "form": form, "plan": plan, "by": by,
        "choices": [("level", _("Cấp")), ("block", _("Khối")), ("unit", _("Đơn vị"))],
        "rows": [(row, row.name or labels.get(row.code, row.code)) for row in rows],
        "crumbs": [
            {"label": _("Độ phủ quy hoạch"), "url": reverse("coverage")},
            {"label": _("Theo cấp, khối, đơn vị")},
        ],
    }  # fmt: skip
    return render(request, "planning/summary.html", context)


def grid(request: HttpRequest, title: str) -> HttpResponse:
    """Performance beside readiness for one title, for a discussion: names in cells, no order of merit, nothing kept."""
    form, plan, unit = _asked(request)
    entry = next(
        (t for t in organization.titles(actor=request.actor, as_of=request.as_of) if t.code == title), None
    )
    if entry is None:
        raise NotFound(title)
    seats = selectors.seats_of(actor=request.actor, as_of=request.as_of, title=title, unit_code=unit)
    found = desk.grid(actor=request.actor, as_of=request.as_of, plan_id=plan.id, seats=seats)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": found.people})
    context = {
        "form": form, "plan": plan, "unit": unit, "title": entry, "grid": found,
        "rules": desk.rules_of(actor=request.actor, as_of=request.as_of, title=title),
        "crumbs": [
            {"label": _("Độ phủ quy hoạch"), "url": reverse("coverage")},
            {"label": entry.name, "url": reverse("plan-bench", args=[title])}, {"label": _("Kết quả và sẵn sàng")},
        ],
    }  # fmt: skip
    return render(request, "planning/grid.html", context)
