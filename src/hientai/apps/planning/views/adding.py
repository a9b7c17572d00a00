"""Screen of people whom a review proposes to add: from units' lists, from the source of a seat, from a search."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning import ahead, desk, proposals, reviews, selectors, services
from hientai.apps.planning.forms import AddForm, AdditionForm
from hientai.apps.planning.types import CameFrom, CandidateState, ProposalState, ReviewRow
from hientai.foundation import audit
from hientai.foundation.errors import NotFound, Refused
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

PAGE = 50
MOST_SEATS = 500


def additions(request: HttpRequest, number: int) -> HttpResponse:
    """Who is put forward to be added by a review, with where they were found and why; people decide."""
    review = reviews.review(actor=request.actor, as_of=request.as_of, number=number)
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, number))
            return redirect(request.get_full_path())
        except Refused as error:
            problem = sentence(error.message)
    sent = request.POST if problem else None
    case = reviews.open_case(actor=request.actor, as_of=request.as_of, number=number)
    may_write = review.closed_on is None and case is None and request.actor.may(services.WRITE)
    rows = reviews.additions(actor=request.actor, as_of=request.as_of, number=number)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    context: dict[str, object] = {
        "review": review, "rows": rows, "problem": problem, "may_decide": may_write, "decide": AdditionForm(sent),
        "add": AddForm(sent, initial={"came_from": _from(request), "codes": request.GET.get("codes", "")}),
        "crumbs": [
            {"label": _("Rà soát quy hoạch"), "url": reverse("plan-reviews")},
            {"label": review.term, "url": reverse("plan-review", args=[number])}, {"label": _("Bổ sung")},
        ],
    }  # fmt: skip
    if may_write:
        context |= _lists(request, review) | _source(request, review)
    return render(request, "planning/additions.html", context, status=409 if problem else 200)


def _from(request: HttpRequest) -> str:
    asked = request.GET.get("from", "")
    return asked if asked in CameFrom.values else str(CameFrom.POOL)


def _lists(request: HttpRequest, review: ReviewRow) -> dict[str, object]:
    """Candidates of lists that units have sent for this plan and nobody has decided about."""
    sent = [
        row.id for row in proposals.proposals(actor=request.actor, as_of=request.as_of, term=review.term)
        if row.state == ProposalState.SUBMITTED
    ]  # fmt: skip
    found = proposals.candidates(
        actor=request.actor, as_of=request.as_of, proposal_ids=sent, states=[CandidateState.PROPOSED]
    )
    taken = {
        (row.person_id, row.seat_id)
        for row in reviews.additions(actor=request.actor, as_of=request.as_of, number=review.id)
    }
    return {"candidates": [row for row in found if (row.person_id, row.seat_id) not in taken]}


def _source(request: HttpRequest, review: ReviewRow) -> dict[str, object]:
    """The seats to choose from, and the source of the one that was chosen, on the day of the review."""
    unit = request.GET.get("unit", "")
    units = organization.choices(actor=request.actor, as_of=review.held_on)
    known = {code for code, _name, _id in units}
    seats = selectors.seats_of(
        actor=request.actor, as_of=review.held_on, unit_code=unit if unit in known else ""
    )[:MOST_SEATS]
    chosen = request.POST.get("seat") or request.GET.get("seat", "")
    seat = next((seat for seat in seats if str(seat.id) == chosen), None)
    context: dict[str, object] = {"seats": seats, "seat": seat, "units": units, "unit": unit}
    return context if seat is None else context | _pool(request, review, seat)


def _pool(request: HttpRequest, review: ReviewRow, seat: SeatRow) -> dict[str, object]:
    rows = desk.pool(
        actor=request.actor, as_of=review.held_on, permission=services.WRITE, plan_id=review.plan_id, seat=seat,
        unit_id=seat.unit_id,
    )  # fmt: skip
    if _from(request) == CameFrom.UNPLANNED:
        free = set(ahead.ahead(actor=request.actor, as_of=review.held_on, years=1).unplanned)
        rows = [row for row in rows if row.person_id in free]
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    number = nearest_page(page_number(request.GET.get("page")), len(rows), PAGE)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    rules = desk.rules_of(actor=request.actor, as_of=review.held_on, title=seat.title_code)
    return {"pool": shown, "page": page_of(shown, len(rows), number, PAGE), "rules": rules}


def _act(request: HttpRequest, number: int) -> str:
    """Does what a button of the page asks; answers what was done."""
    act, asked = request.POST.get("act", ""), request.POST
    if act == "decide":
        form = AdditionForm(asked)
        chosen = _numbers(asked.getlist("addition"))
        if not chosen or not form.is_valid():
            raise Refused("nothing_chosen", _("Chưa chọn ai, hoặc chưa chọn bổ sung hay không."))
        count = services.decide_additions(
            actor=request.actor, addition_ids=chosen, decision=form.cleaned_data["decision"],
            said=form.cleaned_data["said"],
        )  # fmt: skip
        return _("Đã quyết định {count} lượt.").format(count=count)
    if act == "take":
        chosen = _numbers(asked.getlist("candidate"))
        if not chosen:
            raise Refused("nobody_chosen", _("Chưa chọn ai."))
        made = services.take_into_review(
            actor=request.actor, review_id=number, candidate_ids=chosen, reason=asked.get("take_reason", "")
        )
        return _("Đã đưa {count} người vào danh sách.").format(count=len(made))
    if act == "add":
        return _add(request, number)
    raise NotFound(act)


def _add(request: HttpRequest, number: int) -> str:
    form, seat = AddForm(request.POST), request.POST.get("seat", "")
    codes = [*request.POST.getlist("person"), *re.split(r"[\s,;]+", request.POST.get("codes", "").strip())]
    codes = [code for code in codes if code]
    if not codes or not seat.isdigit():
        raise Refused("nobody_chosen", _("Chưa chọn ai."))
    if not form.is_valid():
        raise Refused("reason_missing", _("Phải ghi lý do."), "reason")
    people = []
    for code in codes:
        try:
            people.append(cadres.person_id_of(actor=request.actor, code=code))
        except NotFound as error:
            raise Refused("unknown_person", _("Không có cán bộ mã {code}.").format(code=code)) from error
    made = services.add_to_review(
        actor=request.actor, review_id=number, person_ids=people, seat_id=int(seat),
        came_from=form.cleaned_data["came_from"], reason=form.cleaned_data["reason"],
        origin=form.cleaned_data["origin"],
    )  # fmt: skip
    return _("Đã đưa {count} người vào danh sách.").format(count=len(made))


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdigit()]
