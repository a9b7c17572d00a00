"""Screens that lay two pictures of the records side by side: one person's file, the list of a unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import differences, selectors
from hientai.apps.cadres.differences import Moment
from hientai.apps.cadres.forms import BetweenForm, ListBetweenForm
from hientai.apps.cadres.knowledge import end_of_day
from hientai.apps.organization import selectors as organization
from hientai.engines.wording import say
from hientai.foundation import audit
from hientai.foundation.errors import Refused

_A_YEAR = timedelta(days=365)
_WORDS = {
    "name": lambda: _("Họ và tên"),
    "position": lambda: _("Chức vụ"),
    "unit": lambda: _("Đơn vị"),
    "professional": lambda: _("Chuyên môn"),
    "theory": lambda: _("Lý luận chính trị"),
}
MOST_LINES = 500


def person_between(request: HttpRequest, code: str) -> HttpResponse:
    """What the records of one person say differently on two days, each as known on a day."""
    card = selectors.row_of(actor=request.actor, as_of=request.as_of, code=code)
    form = BetweenForm(request.GET if "to_day" in request.GET else None, initial=_days(request.as_of))
    crumbs = [
        {"label": card.name, "url": reverse("person", args=[card.code])},
        {"label": _("So hai ngày")},
    ]
    context: dict[str, Any] = {"person": card, "form": form, "crumbs": crumbs}
    if form.is_bound and form.is_valid():
        one, other = _moments(request, form)
        found = differences.of_person(
            actor=request.actor, as_of=request.as_of, code=code, one=one, other=other
        )
        audit.record_reading(actor=request.actor, what="person", details={"person_id": found.person_id})
        context |= {"found": found, "one": one, "other": other}
    return render(request, "cadres/person_between.html", context, status=400 if form.errors else 200)


def people_between(request: HttpRequest) -> HttpResponse:
    """Who came into the list of a unit, who left it, and whose line changed between two days."""
    request.actor.check_may(selectors.READ)
    units = organization.choices(actor=request.actor, as_of=request.as_of)
    form = ListBetweenForm(
        request.GET if "to_day" in request.GET else None, units=[unit[:2] for unit in units],
        initial=_days(request.as_of) | {"unit": request.GET.get("unit", "")},
    )  # fmt: skip
    context: dict[str, Any] = {
        "form": form, "crumbs": [{"label": _("Cán bộ"), "url": reverse("people")}, {"label": _("So hai ngày")}],
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        one, other = _moments(request, form)
        ids = {code: unit for code, _name, unit in units}
        found = differences.of_list(
            actor=request.actor, as_of=request.as_of, one=one, other=other,
            unit_id=ids.get(form.cleaned_data["unit"]),
        )  # fmt: skip
        people = len(found.came) + len(found.left) + len(found.changed)
        audit.record_reading(actor=request.actor, what="people_list", details={"people": people})
        changed = [
            (row, [(_WORDS[name](), old, new) for name, old, new in said])
            for row, said in found.changed[:MOST_LINES]
        ]
        context |= {
            "found": found, "one": one, "other": other, "changed": changed, "came": found.came[:MOST_LINES],
            "left": found.left[:MOST_LINES], "most": MOST_LINES,
        }  # fmt: skip
    return render(request, "cadres/people_between.html", context, status=400 if form.errors else 200)


def _days(as_of: date) -> dict[str, str]:
    return {"from_day": f"{as_of - _A_YEAR:%d/%m/%Y}", "to_day": f"{as_of:%d/%m/%Y}"}


def _moments(request: HttpRequest, form: BetweenForm) -> tuple[Moment, Moment]:
    asked = form.cleaned_data
    for name in ("from_known", "to_known"):
        if asked[name] and asked[name] > request.today:
            raise Refused(
                "known_later",
                say("Chưa thể biết hồ sơ của một ngày chưa tới; hãy chọn hôm nay hoặc ngày trước."), name,
            )  # fmt: skip
    return (
        Moment(asked["from_day"], end_of_day(asked["from_known"]) if asked["from_known"] else None),
        Moment(asked["to_day"], end_of_day(asked["to_known"]) if asked["to_known"] else None),
    )
