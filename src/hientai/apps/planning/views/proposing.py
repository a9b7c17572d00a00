"""Screens of proposals: a unit's list, the source of a seat, and the board's approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning import desk, proposals, reviews, selectors, services
from hientai.apps.planning.forms import DecisionForm, OpenProposalForm
from hientai.apps.planning.types import CandidateState, ProposalRow, ProposalState, Source
from hientai.foundation import audit
from hientai.foundation.errors import NotFound, Refused
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import day, sentence

PAGE = 50
OPEN = (ProposalState.DRAFT, ProposalState.RETURNED)


def listed(request: HttpRequest) -> HttpResponse:
    """The proposals in scope; a unit begins a new one."""
    request.actor.check_may(selectors.READ)
    terms = [plan.term for plan in selectors.plans(actor=request.actor, as_of=request.as_of)]
    units = organization.units(actor=request.actor, as_of=request.as_of)
    hidden = organization.units_outside_scope(
        actor=request.actor,
        as_of=request.as_of,
        ids=[unit.id for unit in units],
        permission=proposals.PROPOSE,
    )
    own = [unit for unit in units if unit.id not in hidden]
    form = OpenProposalForm(request.POST or None, terms=terms, units=[(unit.code, unit.name) for unit in own])
    if request.method == "POST" and form.is_valid():
        unit = next(unit for unit in own if unit.code == form.cleaned_data["unit"])
        try:
            made = services.open_proposal(
                actor=request.actor, term=form.cleaned_data["term"], unit_id=unit.id, on=request.as_of
            )
            return redirect(_at(request, made.pk))
        except Refused as error:
            form.add_error("unit", sentence(error.message))
    rows = proposals.proposals(actor=request.actor, as_of=request.as_of)
    context = {"form": form if request.actor.may(proposals.PROPOSE) else None, "rows": rows}
    return render(request, "planning/proposals.html", context, status=400 if form.errors else 200)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One list: who is on it with both verdicts; putting people on it, sending, returning it."""
    proposal = proposals.proposal(actor=request.actor, as_of=request.as_of, number=number)
    problem = ""
    if request.method == "POST":
        try:
            said = _act(request, proposal)
            messages.success(request, said)
            return redirect(_at(request, number) + _chosen(request))
        except Refused as error:
            problem = sentence(error.message)
    context = {
        "proposal": proposal,
        "candidates": proposals.candidates(actor=request.actor, as_of=request.as_of, proposal_ids=[number]),
        "may_edit": proposal.state in OPEN and request.actor.may(proposals.PROPOSE),
        "may_decide": proposal.state == ProposalState.SUBMITTED and request.actor.may(services.WRITE),
        "problem": problem,
        "case": proposals.open_case(actor=request.actor, as_of=request.as_of, number=number),
        "may_lead": request.actor.may("procedures.lead"),
        "crumbs": [{"label": _("Đề nghị"), "url": reverse("plan-proposals")}, {"label": proposal.unit}],
    }
    if context["may_edit"]:
        context |= _source(request, proposal)
    return render(request, "planning/proposal.html", context, status=409 if problem else 200)


def _at(request: HttpRequest, number: int) -> str:
    return f"{reverse('plan-proposal', args=[number])}?as_of={request.as_of.isoformat()}"


def _chosen(request: HttpRequest) -> str:
    seat = request.POST.get("seat", "")
    return f"&seat={seat}" if seat.isdigit() else ""


def _act(request: HttpRequest, proposal: ProposalRow) -> str:
    """Does what a button of the page asks; answers what was done."""
    asked, actor, on = request.POST, request.actor, request.as_of
    act = asked.get("act", "")
    if act == "propose":
        codes = [code for code in (*asked.getlist("person"), asked.get("code", "").strip()) if code]
        return _propose(request, proposal, codes)
    if act == "withdraw":
        services.withdraw_candidate(
            actor=actor, candidate_id=_number(asked.get("candidate")), reason=asked.get("reason", "")
        )
        return _("Đã rút khỏi danh sách.")
    if act == "submit":
        services.submit_proposal(actor=actor, proposal_id=proposal.id, on=on)
        return _("Đã gửi danh sách.")
    if act == "case":
        code = services.start_procedure(actor=actor, proposal_id=proposal.id, on=on)
        return _("Đã mở quy trình {code}.").format(code=code)
    if act == "return":
        services.return_proposal(actor=actor, proposal_id=proposal.id, reason=asked.get("reason", ""))
        return _("Đã trả lại danh sách.")
    if act == "refuse":
        services.refuse_candidate(
            actor=actor, candidate_id=_number(asked.get("candidate")), on=on, reason=asked.get("reason", "")
        )
        return _("Đã ghi là không phê duyệt.")
    raise NotFound(act)


def _propose(request: HttpRequest, proposal: ProposalRow, codes: list[str]) -> str:
    if not codes:
        raise Refused("nobody_chosen", _("Chưa chọn ai."))
    origin = Source.ELSEWHERE if request.POST.get("origin") == Source.ELSEWHERE else Source.ON_SPOT
    people = []
    for code in codes:
        try:
            people.append(cadres.person_id_of(actor=request.actor, code=code))
        except NotFound as error:
            raise Refused("unknown_person", _("Không có cán bộ mã {code}.").format(code=code)) from error
    services.propose(
        actor=request.actor, proposal_id=proposal.id, person_ids=people, on=request.as_of,
        seat_id=_number(request.POST.get("seat")), origin=origin,
    )  # fmt: skip
    return _("Đã đưa {count} người vào danh sách.").format(count=len(codes))


def _source(request: HttpRequest, proposal: ProposalRow) -> dict[str, object]:
    """The seats of the unit, and the source of the one that was chosen."""
    found = organization.seats(actor=request.actor, as_of=request.as_of, under=proposal.unit_id)
    leading = {t.id for t in organization.titles(actor=request.actor, as_of=request.as_of) if t.is_leadership}
    seats = [seat for seat in found if seat.title_id in leading]
    chosen = request.POST.get("seat") or request.GET.get("seat", "")
    seat = next((seat for seat in seats if str(seat.id) == chosen), None)
    context: dict[str, object] = {"seats": seats, "seat": seat, "sources": Source.choices}
    return context | (_pool(request, proposal, seat) if seat is not None else {})


def _pool(request: HttpRequest, proposal: ProposalRow, seat: SeatRow) -> dict[str, object]:
    rows = desk.pool(
        actor=request.actor, as_of=request.as_of, permission=proposals.PROPOSE, plan_id=proposal.plan_id, seat=seat,
        unit_id=proposal.unit_id,
    )  # fmt: skip
    audit.record_reading(actor=request.actor, what="people_list", details={"people": len(rows)})
    number = nearest_page(page_number(request.GET.get("page")), len(rows), PAGE)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    rules = desk.rules_of(actor=request.actor, as_of=request.as_of, title=seat.title_code)
    return {"pool": shown, "page": page_of(shown, len(rows), number, PAGE), "rules": rules}


def _number(text: str | None) -> int:
    if text is None or not text.isdigit():
        raise NotFound(str(text))
    return int(text)


def approval(request: HttpRequest, term: str) -> HttpResponse:
    """The board's table: every list that was sent, who would pass a limit, and the decision."""
    request.actor.check_may(services.WRITE)
    plan = selectors.plan_of(actor=request.actor, term=term)
    sent = [
        row for row in proposals.proposals(actor=request.actor, as_of=request.as_of, term=term)
        if row.state == ProposalState.SUBMITTED
    ]  # fmt: skip
    sent, elsewhere = _decided_here(request, sent)
    form = DecisionForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = services.approve_proposals(
                actor=request.actor, term=term, proposal_ids=[row.id for row in sent], on=request.as_of,
                decision=form.cleaned_data["decision"],
            )  # fmt: skip
            messages.success(request, _("Đã phê duyệt: {count} lượt vào quy hoạch.").format(count=made))
            return redirect(f"{reverse('plan-turns')}?term={term}&as_of={request.as_of.isoformat()}")
        except Refused as error:
            problem = sentence(error.message)
    rows = proposals.candidates(
        actor=request.actor, as_of=request.as_of, proposal_ids=[row.id for row in sent],
        states=[CandidateState.PROPOSED],
    )  # fmt: skip
    seats = organization.seats(actor=request.actor, as_of=request.as_of, ids={row.seat_id for row in rows})
    known = {seat.id for seat in seats}
    over = proposals.excesses(
        actor=request.actor, as_of=request.as_of, plan_id=plan.id, seats=seats,
        wanted=[(row.id, row.person_id, row.seat_id) for row in rows if row.seat_id in known],
    )  # fmt: skip
    judged = proposals.judged_again(actor=request.actor, as_of=request.as_of, rows=rows)
    context = {
        "plan": plan, "sent": sent, "rows": [(row, judged.get(row.id)) for row in rows], "over": over, "form": form,
        "problem": problem, "twice": _twice(rows), "elsewhere": elsewhere,
        "crumbs": [{"label": _("Đề nghị"), "url": reverse("plan-proposals")}, {"label": _("Tổng hợp, phê duyệt")}],
    }  # fmt: skip
    return render(request, "planning/approval.html", context, status=409 if problem or form.errors else 200)


def _decided_here(
    request: HttpRequest, sent: list[ProposalRow]
) -> tuple[list[ProposalRow], list[tuple[ProposalRow, str, str]]]:
    """The lists that this page decides about; the others with who decides instead, and where."""
    here, elsewhere = [], []
    for row in sent:
        case = proposals.open_case(actor=request.actor, as_of=request.as_of, number=row.id)
        review = reviews.open_review_of(actor=request.actor, as_of=request.as_of, proposal_id=row.id)
        if case is not None:
            elsewhere.append(
                (row, _("quy trình {code}").format(code=case.code), reverse("case", args=[case.code]))
            )
        elif review is not None:
            said = _("đợt rà soát ngày {day}").format(day=day(review.held_on))
            elsewhere.append((row, said, reverse("plan-review", args=[review.id])))
        else:
            here.append(row)
    return here, elsewhere


def _twice(rows: list[proposals.CandidateRow]) -> list[proposals.CandidateRow]:
    """Candidates whom another list proposes for the same seat as well; they become one turn."""
    seen: dict[tuple[int, int], int] = {}
    for row in rows:
        seen[row.person_id, row.seat_id] = seen.get((row.person_id, row.seat_id), 0) + 1
    return [row for row in rows if seen[row.person_id, row.seat_id] > 1]
