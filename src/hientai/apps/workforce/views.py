"""Screens of job positions: the register, one of them, a new one, a change, people placed, levels asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.workforce import selectors, services
from hientai.apps.workforce.forms import EndForm, JobFilterForm, JobForm, PlaceForm, RequireForm
from hientai.apps.workforce.tables import JobsTable
from hientai.apps.workforce.types import READ, WRITE, JobCard, JobDraft, JobFilter, summary
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.errors import Conflict, NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence
from hientai.rulebook.workforce import decrees, framework

PAGE = 50


def register(request: HttpRequest) -> HttpResponse:
    """Every job position in scope with posts and people; `?format=xlsx` saves exactly this list."""
    request.actor.check_may(READ)
    units = organization.choices(actor=request.actor, as_of=request.as_of, also=request.GET.get("unit", ""))
    form = JobFilterForm(request.GET or None, units=[unit[:2] for unit in units])
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    ids = {code: unit for code, _name, unit in units}
    wanted = JobFilter(
        ids.get(said.get("unit", "")), said.get("group", ""), said.get("filling", ""), said.get("q", "")
    )
    rows = selectors.jobs(actor=request.actor, as_of=request.as_of, wanted=wanted)
    if request.GET.get("format") == "xlsx":
        return _workbook(request, rows)
    number = nearest_page(page_number(request.GET.get("page")), len(rows), PAGE)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    context = {
        "form": form, "table": JobsTable(shown), "page": page_of(shown, len(rows), number, PAGE),
        "sums": summary(rows), "decrees": decrees().values(), "may_write": request.actor.may(WRITE),
        "may_see_people": request.actor.may(cadres.READ),
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}]
        if request.actor.may("exchange.export") else [],
    }  # fmt: skip
    part = "#jobs-list" if request.htmx.target == "jobs-list" else ""
    return render(request, f"workforce/register.html{part}", context)


def _workbook(request: HttpRequest, rows: Any) -> HttpResponse:
    request.actor.check_may("exchange.export")
    header, lines = JobsTable(rows).sheet()
    document = ListDocument(
        _("Danh sách vị trí việc làm"),
        request.as_of,
        _("{count} vị trí").format(count=len(rows)),
        header,
        lines,
    )
    return download(write_list(document), f"vi-tri-viec-lam-{request.as_of:%Y-%m-%d}.xlsx", XLSX)


def job(request: HttpRequest, code: str) -> HttpResponse:
    """One job position: its texts, posts and people, the levels it asks for, its past."""
    card = selectors.job(actor=request.actor, as_of=request.as_of, code=code)
    people = None
    if request.actor.may(cadres.READ):
        people = selectors.holders(actor=request.actor, as_of=request.as_of, job_id=card.row.id)
        audit.record_reading(actor=request.actor, what="people_list", details={"people": len(people)})
    levels = [
        (one, card.levels[key], one.levels[card.levels[key] - 1])
        for key, one in framework().competencies.items()
        if key in card.levels
    ]
    context = {
        "card": card, "people": people, "levels": levels, "framework": framework(), "crumbs": _crumbs(card),
        "may_write": request.actor.may(WRITE),
    }  # fmt: skip
    return render(request, "workforce/job.html", context)


def _crumbs(card: JobCard, *more: str) -> list[dict[str, str]]:
    row = card.row
    found = [
        {"label": _("Vị trí việc làm"), "url": reverse("jobs")},
        {"label": row.unit, "url": f"{reverse('jobs')}?unit={row.unit_code}"},
    ]
    if not more:
        return [*found, {"label": row.name}]
    return [*found, {"label": row.name, "url": reverse("job", args=[row.code])}, {"label": more[0]}]


def _titles(request: HttpRequest) -> list[tuple[str, str]]:
    return [(t.code, t.name) for t in organization.titles(actor=request.actor, as_of=request.as_of)]


def new(request: HttpRequest) -> HttpResponse:
    """A new job position."""
    request.actor.check_may(WRITE)
    form = JobForm(
        request.POST or None, titles=_titles(request),
        initial={"unit": request.GET.get("don-vi", ""), "day": request.as_of, "posts": 1},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _opened(request, form):
        return redirect(_at(form.cleaned_data["code"].strip(), form.cleaned_data["day"]))
    context = {
        "form": form, "title": _("Vị trí việc làm mới"), "back": reverse("jobs"),
        "crumbs": [{"label": _("Vị trí việc làm"), "url": reverse("jobs")}, {"label": _("Thêm")}],
    }  # fmt: skip
    return render(request, "workforce/job_form.html", context, status=400 if form.errors else 200)


def _at(code: str, day: Any) -> str:
    return f"{reverse('job', args=[code])}?as_of={day.isoformat()}"


def _opened(request: HttpRequest, form: JobForm) -> bool:
    asked = form.cleaned_data
    ids = organization.ids_by_code(actor=request.actor, as_of=asked["day"], codes=[asked["unit"].strip()])
    if not ids:
        form.add_error("unit", _("Không có đơn vị mã này vào ngày áp dụng."))
        return False
    decree, group = form.decree_and_group()
    draft = JobDraft(
        next(iter(ids.values())), asked["code"].strip(), asked["name"], decree, group, asked["posts"], asked["day"],
        asked["description"], asked["requirements"], asked["title"], source=asked["decision"],
    )  # fmt: skip
    return _done(form, lambda: services.open_jobs(actor=request.actor, drafts=[draft]))


def _done(form: Any, act: Any) -> bool:
    """Does an act; what it refuses goes to the field it names, else to the head of the form."""
    try:
        act()
    except NotFound:
        form.add_error(None, _("Ngoài phạm vi của bạn, hoặc không còn."))
    except (BadInput, Conflict) as error:
        where = getattr(error, "where", "")
        form.add_error(where if where in form.fields else None, sentence(error.message))
    else:
        return True
    return False


def change(request: HttpRequest, code: str) -> HttpResponse:
    """A job position reads otherwise from a day, or ends."""
    request.actor.check_may(WRITE)
    card = selectors.job(actor=request.actor, as_of=request.as_of, code=code)
    row = card.row
    ending = request.POST.get("act") == "end"
    form = JobForm(
        None if ending else request.POST or None, titles=[], card=card,
        initial={"name": row.name, "group": f"{row.decree}|{row.group}", "posts": row.posts, "day": request.as_of,
                 "description": card.description, "requirements": card.requirements},
    )  # fmt: skip
    end = EndForm(request.POST if ending else None, prefix="end", initial={"day": request.as_of})
    if ending and end.is_valid() and _done(end, lambda: services.end_job(
        actor=request.actor, code=code, on=end.cleaned_data["day"], source=end.cleaned_data["decision"])):  # fmt: skip
        messages.success(request, _("Đã kết thúc vị trí việc làm."))
        return redirect("jobs")
    if request.method == "POST" and not ending and form.is_valid() and _changed(request, form, code):
        return redirect(_at(code, form.cleaned_data["day"]))
    context = {
        "form": form, "end": end, "title": row.name, "back": reverse("job", args=[code]),
        "crumbs": _crumbs(card, _("Sửa")),
    }  # fmt: skip
    wrong = form.errors if form.is_bound else end.errors if end.is_bound else None
    return render(request, "workforce/job_form.html", context, status=400 if wrong else 200)


def _changed(request: HttpRequest, form: JobForm, code: str) -> bool:
    asked = form.cleaned_data
    decree, group = form.decree_and_group()
    changes = {name: asked[name] for name in ("name", "posts", "description", "requirements")}
    return _done(
        form,
        lambda: services.change_job(
            actor=request.actor, code=code, on=asked["day"], source=asked["decision"],
            changes={**changes, "decree": decree, "group": group},
        ),
    )  # fmt: skip


def place(request: HttpRequest, code: str) -> HttpResponse:
    """People of the unit are placed in a job position."""
    request.actor.check_may(WRITE)
    card = selectors.job(actor=request.actor, as_of=request.as_of, code=code)
    free = selectors.unplaced(actor=request.actor, as_of=request.as_of, unit_id=card.row.unit_id)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(free)})
    form = PlaceForm(
        request.POST or None, people=[(row.code, f"{row.name}, {row.position} ({row.code})") for row in free],
        initial={"day": request.as_of},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _placed(request, form, card):
        messages.success(request, _("Đã bố trí {count} người.").format(count=len(form.codes())))
        return redirect(_at(code, form.cleaned_data["day"]))
    context = {"form": form, "card": card, "crumbs": _crumbs(card, _("Bố trí người"))}
    return render(request, "workforce/place.html", context, status=400 if form.errors else 200)


def _placed(request: HttpRequest, form: PlaceForm, card: JobCard) -> bool:
    try:
        ids = [cadres.person_id_of(actor=request.actor, code=code) for code in form.codes()]
    except NotFound as error:
        form.add_error("code", _("Không có cán bộ mã {code}.").format(code=error.where))
        return False
    asked = form.cleaned_data
    pairs = [(person, card.row.id) for person in dict.fromkeys(ids)]
    return _done(
        form,
        lambda: services.place(actor=request.actor, pairs=pairs, on=asked["day"], source=asked["decision"]),
    )


def levels(request: HttpRequest, code: str) -> HttpResponse:
    """The levels a job position asks for, from a day."""
    request.actor.check_may(WRITE)
    card = selectors.job(actor=request.actor, as_of=request.as_of, code=code)
    form = RequireForm(
        request.POST or None, levels=card.levels, none=_("Không yêu cầu"), initial={"day": request.as_of}
    )
    if request.method == "POST" and form.is_valid():
        wanted = [
            (card.row.id, key, level)
            for key, level in form.levels().items()
            if level is not None or key in card.levels
        ]
        asked = form.cleaned_data
        if _done(form, lambda: services.require_levels(
            actor=request.actor, levels=wanted, on=asked["day"], source=asked["decision"])):  # fmt: skip
            return redirect(_at(code, asked["day"]))
    context = {
        "form": form, "title": card.row.name, "lead": _("Mức năng lực vị trí này yêu cầu"),
        "back": reverse("job", args=[code]), "framework": framework(), "crumbs": _crumbs(card, _("Năng lực")),
    }  # fmt: skip
    return render(request, "workforce/levels.html", context, status=400 if form.errors else 200)
