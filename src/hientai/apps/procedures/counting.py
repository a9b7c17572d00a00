"""Screens of counting: name two tellers, each enters alone, differences, corrections."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hientai.apps.procedures import forms, pages, selectors, services
from hientai.apps.procedures.types import BallotRow
from hientai.engines.errors import HienTaiError
from hientai.foundation.errors import NotFound
from hientai.foundation.web.middleware import status_of
from hientai.foundation.web.templatetags.formats import sentence


@never_cache
def tellers(request: HttpRequest, code: str) -> HttpResponse:
    """Names the two accounts that count."""
    page = selectors.case(actor=request.actor, as_of=request.as_of, code=code)
    accounts = selectors.account_names(actor=request.actor, as_of=request.as_of)
    form = forms.TellersForm(request.POST or None, accounts=accounts)
    if request.method == "POST" and form.is_valid():
        try:
            services.name_tellers(actor=request.actor, code=code, **form.cleaned_data)
            messages.success(
                request, _("Đã cử hai người kiểm phiếu; mỗi người nhập số liệu ở mục Kiểm phiếu của mình.")
            )
            return redirect("case", code)
        except HienTaiError as error:
            form.add_error(None, sentence(error.message))
    return render(
        request, "procedures/tellers.html", {"page": page, "form": form}, status=400 if form.errors else 200
    )


def mine(request: HttpRequest) -> HttpResponse:
    """The ballots this account counts."""
    rows = selectors.my_ballots(actor=request.actor, as_of=request.as_of)
    shown = [
        {
            "row": row,
            "token": selectors.ballot_token(actor=request.actor, as_of=request.as_of, ballot_id=row.id),
        }
        for row in rows
    ]
    return render(request, "procedures/my_ballots.html", {"ballots": shown, "me": request.actor.user_id})


@never_cache
def count(request: HttpRequest, token: str) -> HttpResponse:
    """A teller enters what the ballots say; the other teller's numbers show only after the own."""
    ballot = _ballot(request, token)
    own = ballot.entered.get(request.actor.user_id)
    attempt = selectors.next_attempt(actor=request.actor, as_of=request.as_of, ballot_id=ballot.id)
    begun = {
        "attempt": attempt,
        "issued": ballot.present,
        **({} if own is None else forms.CountForm.filled(own)),
    }
    form = forms.CountForm(request.POST or None, ballot=ballot, initial=begun)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                services.enter_count(
                    actor=request.actor,
                    token=UUID(token),
                    attempt=form.cleaned_data["attempt"],
                    totals=form.totals(),
                )
                messages.success(request, _("Đã ghi số liệu của anh/chị."))
                return redirect("ballot-count", token)
            except HienTaiError as error:
                status = status_of(error)
                form.add_error(pages.count_field(error.where, ballot, form), sentence(error.message))
    context = {
        "ballot": ballot,
        "form": form,
        "own": own,
        "lines": pages.count_lines(ballot, request.actor.user_id),
    }
    return render(request, "procedures/count.html", context, status=status)


def _ballot(request: HttpRequest, token: str) -> BallotRow:
    try:
        wanted = UUID(token)
    except ValueError as error:
        raise NotFound(token) from error
    return selectors.ballot_to_count(actor=request.actor, as_of=request.as_of, token=wanted)


@never_cache
def correct(request: HttpRequest, code: str, ballot: str) -> HttpResponse:
    """Corrects a closed count; the first stays beside it."""
    page = selectors.case(actor=request.actor, as_of=request.as_of, code=code)
    row = next((one for one in page.ballots if str(one.id) == ballot and one.finals), None)
    if row is None or "board" not in page.capacities:
        raise NotFound(ballot)
    form = forms.CorrectForm(request.POST or None, page=page, today=request.today, ballot=row)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            asked = form.cleaned_data
            try:
                services.correct_ballot(
                    actor=request.actor, code=code, expected=asked["expected"], on=asked["on"], token=asked["token"],
                    ballot_id=row.id, totals=form.totals(), because=asked["because"],
                )  # fmt: skip
                messages.success(request, _("Đã đính chính; số liệu đầu vẫn còn."))
                return redirect("case", code)
            except HienTaiError as error:
                status = status_of(error)
                form.add_error(pages.count_field(error.where, row, form), sentence(error.message))
    return render(
        request, "procedures/correct.html", {"page": page, "form": form, "ballot": row}, status=status
    )
