"""Screens of yearly reviews: hold one, decide about each slot, end it, compare with the one before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.planning import reviews, selectors, services
from hientai.apps.planning.forms import DecideForm, DecisionForm, HoldReviewForm
from hientai.apps.planning.types import Finding
from hientai.foundation import audit
from hientai.foundation.errors import NotFound, Refused
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

PAGE = 100
QUIET = (Finding.STAYS, Finding.UNKNOWN)


def listed(request: HttpRequest) -> HttpResponse:
    """The reviews so far; the board holds one as of the page's day."""
    rows = reviews.reviews(actor=request.actor, as_of=request.as_of)
    terms = [plan.term for plan in selectors.plans(actor=request.actor, as_of=request.as_of)]
    form = HoldReviewForm(request.POST or None, terms=terms)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.hold_review(actor=request.actor, term=form.cleaned_data["term"], on=request.as_of)
            return redirect("plan-review", made.pk)
        except Refused as error:
            form.add_error("term", sentence(error.message))
    context = {"rows": rows, "form": form if request.actor.may(services.WRITE) else None}
    return render(request, "planning/reviews.html", context, status=409 if form.errors else 200)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One review: findings by kind, the slots of one kind to decide about, what changed since the review before."""
    row = reviews.review(actor=request.actor, as_of=request.as_of, number=number)
    decide, close, problem = DecideForm(), DecisionForm(), ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, number))
            return redirect(request.get_full_path())
        except Refused as error:
            problem = sentence(error.message)
            decide, close = DecideForm(request.POST), DecisionForm(request.POST)
    finding = _finding(request, row)
    lines = reviews.lines(actor=request.actor, as_of=request.as_of, number=number, finding=finding)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(lines)})
    at = nearest_page(page_number(request.GET.get("page")), len(lines), PAGE)
    shown = lines[(at - 1) * PAGE : at * PAGE]
    before, changed = reviews.compared(actor=request.actor, as_of=request.as_of, number=number)
    context = {
        "review": row, "finding": finding, "finding_label": Finding(finding).label, "lines": shown,
        "page": page_of(shown, len(lines), at, PAGE), "decide": decide, "close": close, "problem": problem,
        "before": before, "changed": changed,
        "may_decide": row.closed_on is None and request.actor.may(services.WRITE),
        "crumbs": [{"label": _("Rà soát quy hoạch"), "url": reverse("plan-reviews")}, {"label": row.term}],
    }  # fmt: skip
    return render(request, "planning/review.html", context, status=409 if problem else 200)


def _finding(request: HttpRequest, row: reviews.ReviewRow) -> str:
    """The finding whose slots are shown: as asked, else the first that somebody has to decide about."""
    asked = request.GET.get("finding", "")
    if asked in Finding.values:
        return asked
    found = [code for code, _label, _count in row.counts]
    return next((code for code in found if code not in QUIET), found[0] if found else str(Finding.STAYS))


def _act(request: HttpRequest, number: int) -> str:
    if request.POST.get("act") == "close":
        form = DecisionForm(request.POST)
        decision = form.cleaned_data["decision"] if form.is_valid() else ""
        services.close_review(actor=request.actor, review_id=number, on=request.as_of, decision=decision)
        return _("Đã kết thúc đợt rà soát.")
    if request.POST.get("act") != "decide":
        raise NotFound("act")
    form = DecideForm(request.POST)
    chosen = [int(line) for line in request.POST.getlist("line") if line.isdigit()]
    if not chosen or not form.is_valid():
        raise Refused("nothing_chosen", _("Chưa chọn lượt nào, hoặc chưa chọn giữ hay đưa ra."))
    count = services.decide_lines(
        actor=request.actor, line_ids=chosen, decision=form.cleaned_data["decision"],
        reason=form.cleaned_data["reason"],
    )  # fmt: skip
    return _("Đã quyết định {count} lượt.").format(count=count)
