"""Screens of yearly reviews: hold one, decide about each slot, end it, compare with the one before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.planning import reviews, selectors, services
from hientai.apps.planning.forms import DecideForm, DecisionForm, HoldReviewForm, PoliticalForm
from hientai.apps.planning.types import Finding, ReviewRow
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
    """One review: findings by kind, the slots of one kind to decide about, who is added, what changed since another."""
    row = reviews.review(actor=request.actor, as_of=request.as_of, number=number)
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, number))
            return redirect(request.get_full_path())
        except Refused as error:
            problem = sentence(error.message)
    sent = request.POST if problem else None
    finding = _finding(request, row)
    lines = reviews.lines(actor=request.actor, as_of=request.as_of, number=number, finding=finding)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(lines)})
    at = nearest_page(page_number(request.GET.get("page")), len(lines), PAGE)
    shown = lines[(at - 1) * PAGE : at * PAGE]
    case = reviews.open_case(actor=request.actor, as_of=request.as_of, number=number)
    may_write = row.closed_on is None and case is None and request.actor.may(services.WRITE)
    context = {
        "review": row, "finding": finding, "finding_label": Finding(finding).label, "lines": shown,
        "page": page_of(shown, len(lines), at, PAGE), "decide": DecideForm(sent), "close": DecisionForm(sent),
        "political": PoliticalForm(sent), "problem": problem, "case": case, "may_decide": may_write,
        "may_lead": may_write and request.actor.may("procedures.lead"),
        "crumbs": [{"label": _("Rà soát quy hoạch"), "url": reverse("plan-reviews")}, {"label": row.term}],
    } | _compared(request, row)  # fmt: skip
    return render(request, "planning/review.html", context, status=409 if problem else 200)


def _compared(request: HttpRequest, row: ReviewRow) -> dict[str, object]:
    """What differs from an earlier review: the one asked for, else the one just before."""
    asked = request.GET.get("with", "")
    before, changed = reviews.compared(
        actor=request.actor, as_of=request.as_of, number=row.id, with_number=int(asked) if asked.isdigit() else 0
    )  # fmt: skip
    known = reviews.earlier(actor=request.actor, as_of=request.as_of, number=row.id) if before else []
    kinds = [
        {"kind": kind, "label": label, "rows": [one for one in changed if one.kind == kind]}
        for kind, label in (
            (reviews.ADDED, _("Mới vào quy hoạch")), (reviews.REMOVED, _("Không còn trong quy hoạch")),
            (reviews.CHANGED, _("Kết quả rà soát khác")),
        )
    ]  # fmt: skip
    return {"before": before, "kinds": kinds, "differing": len(changed), "earlier": known}


def _finding(request: HttpRequest, row: ReviewRow) -> str:
    """The finding whose slots are shown: as asked, else the first that somebody has to decide about."""
    asked = request.GET.get("finding", "")
    if asked in Finding.values:
        return asked
    found = [code for code, _label, _count in row.counts]
    return next((code for code in found if code not in QUIET), found[0] if found else str(Finding.STAYS))


def _act(request: HttpRequest, number: int) -> str:
    act = request.POST.get("act", "")
    if act == "close":
        form = DecisionForm(request.POST)
        decision = form.cleaned_data["decision"] if form.is_valid() else ""
        services.close_review(actor=request.actor, review_id=number, on=request.as_of, decision=decision)
        return _("Đã kết thúc đợt rà soát.")
    if act == "case":
        code = services.start_review_procedure(actor=request.actor, review_id=number, on=request.as_of)
        return _("Đã mở quy trình {code}.").format(code=code)
    chosen = [int(line) for line in request.POST.getlist("line") if line.isdigit()]
    if act == "political":
        return _political(request, chosen)
    if act != "decide":
        raise NotFound("act")
    form = DecideForm(request.POST)
    if not chosen or not form.is_valid():
        raise Refused("nothing_chosen", _("Chưa chọn lượt nào, hoặc chưa chọn giữ hay đưa ra."))
    count = services.decide_lines(
        actor=request.actor, line_ids=chosen, decision=form.cleaned_data["decision"],
        reason=form.cleaned_data["reason"],
    )  # fmt: skip
    return _("Đã quyết định {count} lượt.").format(count=count)


def _political(request: HttpRequest, chosen: list[int]) -> str:
    """Records the state of the conclusion and its day for the people of the marked lines."""
    form = PoliticalForm(request.POST)
    if not chosen or not form.is_valid():
        raise Refused("nothing_chosen", _("Chưa chọn lượt nào, hoặc ngày không đọc được."))
    count = services.record_political(
        actor=request.actor, line_ids=chosen, state=form.cleaned_data["state"], on=form.cleaned_data["political_on"]
    )  # fmt: skip
    return _("Đã ghi tình trạng kết luận cho {count} lượt.").format(count=count)
