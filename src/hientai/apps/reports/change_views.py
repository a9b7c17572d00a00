"""The screen of what changed since a locked day; each figure opens its list."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hientai.apps.organization import selectors as organization
from hientai.apps.reports import change_selectors as selectors
from hientai.apps.reports import services
from hientai.apps.reports.change_report import (
    GROUP_FIGURES,
    PARTS,
    TOTALS,
    day_of_list,
    ids_of,
    label_of,
    named_groups,
)
from hientai.apps.reports.change_selectors import ChangesAnswer
from hientai.apps.reports.changes import CAME, LEFT, WITHIN
from hientai.apps.reports.forms import ChangesForm, LockForm


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """The balance from a locked day to the day of the screen; a POST locks a day."""
    request.actor.check_may(selectors.READ)
    lock_form = LockForm(request.POST or None)
    if request.method == "POST" and lock_form.is_valid():
        services.lock_day(actor=request.actor, **lock_form.cleaned_data)
        messages.success(
            request, _("Đã khóa số liệu ngày {day}.").format(day=f"{lock_form.cleaned_data['day']:%d/%m/%Y}")
        )
        return redirect("changes")
    known = [
        lock
        for lock in selectors.locked_days(actor=request.actor, as_of=request.as_of)
        if lock.day <= request.as_of
    ]
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    form = ChangesForm(request.GET or None, locks=known, units=[u[:2] for u in units])
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = said.get("lock") or (known[0].day.isoformat() if known else "")
    context: dict[str, Any] = {
        "form": form,
        "locks": known,
        "may_lock": request.actor.may(services.LOCK),
        "lock_form": lock_form,
    }
    if chosen:
        found = selectors.changes(
            actor=request.actor, as_of=request.as_of, lock=chosen, unit=said.get("unit", "")
        )
        context |= _shown(request, found)
    part = "#changes" if request.htmx.target == "changes" else ""
    return render(
        request, f"reports/changes.html{part}", context, status=422 if request.method == "POST" else 200
    )


def _shown(request: HttpRequest, found: ChangesAnswer) -> dict[str, Any]:
    groups = [(label, _cells(request, found, column)) for column, label in PARTS]
    query = {"lock": found.lock.day.isoformat(), "unit": found.unit, "as_of": found.as_of.isoformat()}
    return {
        "found": found,
        "totals": [_figure(found, what) for what in TOTALS],
        "came": [_figure(found, str(kind)) for kind in CAME],
        "left": [_figure(found, str(kind)) for kind in LEFT],
        "within": [_figure(found, str(kind)) for kind in WITHIN],
        "groups": groups,
        "report": f"{reverse('report', args=['changes'])}?{urlencode(query)}",
    }


def _cells(request: HttpRequest, found: ChangesAnswer, column: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lines of a table by group: what the group is called, and each figure with its list."""
    rows = named_groups(actor=request.actor, as_of=request.as_of, found=found, column=column)
    return [
        (
            name,
            [
                {
                    "count": len(getattr(group, what)),
                    "url": _address(found, what, by=column, group=str(group.code or "")),
                }
                for what in GROUP_FIGURES
            ],
        )
        for name, group in rows
    ]


def _figure(found: ChangesAnswer, what: str) -> dict[str, Any]:
    return {"label": label_of(what), "count": len(ids_of(found, what)), "url": _address(found, what)}


def _address(found: ChangesAnswer, what: str, **more: str) -> str:
    query = {
        "from": "changes", "lock": found.lock.day.isoformat(), "to": found.as_of.isoformat(), "in": found.unit,
        "kind": what, "as_of": day_of_list(found, what).isoformat(), **more,
    }  # fmt: skip
    return f"{reverse('extract')}?{urlencode(query)}"
