"""Screens of consultations: drafts sent out, answers clause by clause, replies, versions compared, the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hientai.apps.cadres import selectors as cadres
from hientai.apps.consultations import documents, forms, selectors, services
from hientai.apps.consultations.comparing import compare, read_clauses
from hientai.apps.consultations.types import LEAD, AddresseeDraft, Clause, ConsultationDraft, ConsultationPage
from hientai.apps.organization import selectors as organization
from hientai.engines.errors import BadInput, HienTaiError
from hientai.engines.vitext.letters import search_key
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.web.answers import DOCX, download
from hientai.foundation.web.middleware import status_of
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence


def consultations(request: HttpRequest) -> HttpResponse:
    """Drafts out for opinions, and who has not answered."""
    rows = selectors.consultations(actor=request.actor, as_of=request.as_of)
    lines = [{"row": row, "late": row.is_late(request.as_of)} for row in rows]
    context = {"lines": lines, "may_lead": request.actor.may(LEAD)}
    return render(request, "consultations/list.html", context)


@never_cache
def open_consultation(request: HttpRequest) -> HttpResponse:
    """Sends a draft out."""
    request.actor.check_may(LEAD)
    form = forms.OpenForm(request.POST or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("consultation", _opened(request, form))
        except HienTaiError as error:
            form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    units = [u[:2] for u in organization.choices(actor=request.actor, as_of=request.as_of)]
    context = {"form": form, "units": units}
    return render(request, "consultations/open.html", context, status=400 if form.errors else 200)


def _opened(request: HttpRequest, form: forms.OpenForm) -> str:
    asked, actor = form.cleaned_data, request.actor
    units = {one.code.lower(): one for one in organization.units(actor=actor, as_of=request.today)}
    by_name: dict[str, list[Any]] = {}
    for one in units.values():
        by_name.setdefault(search_key(one.name), []).append(one)
    unit = _unit(asked["unit"], units, by_name, "unit")
    draft = ConsultationDraft(
        kind=asked["kind"], title=asked["title"], unit_id=unit.id, clauses=read_clauses(asked["text"]),
        addressees=_addressees(actor, request, form.lines(), units, by_name), due_on=asked["due_on"],
    )  # fmt: skip
    return services.open_consultation(actor=actor, draft=draft, on=request.today, token=asked["token"]).code


def _addressees(
    actor: Actor,
    request: HttpRequest,
    lines: Sequence[str],
    units: dict[str, Any],
    by_name: dict[str, list[Any]],
) -> list[AddresseeDraft]:
    people = cadres.ids_of(actor=actor, as_of=request.today, codes=lines)
    names = {
        row.id: row.name for row in cadres.rows(actor=actor, as_of=request.today, ids=list(people.values()))
    }
    found = []
    for line in lines:
        if line in people:
            found.append(AddresseeDraft(names[people[line]], person_id=people[line]))
        else:
            unit = _unit(line, units, by_name, "addressees")
            found.append(AddresseeDraft(unit.name, unit_id=unit.id))
    return found


def _unit(text: str, units: dict[str, Any], by_name: dict[str, list[Any]], where: str) -> Any:
    by_code = units.get(text.strip().lower())
    named = by_name.get(search_key(text), [])
    if by_code is None and len(named) != 1:
        message = (
            say("“{text}” khớp nhiều đơn vị; hãy ghi mã đơn vị.", text=text[:80])
            if named
            else say("Không có đơn vị “{text}”.", text=text[:80])
        )
        raise BadInput("unknown_unit", message, where)
    return by_code or named[0]


def _page(request: HttpRequest, code: str) -> ConsultationPage:
    return selectors.consultation(actor=request.actor, as_of=request.as_of, code=code)


@never_cache
def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """One consultation: the draft, who answered what, what became of it."""
    page = _page(request, code)
    context = {"page": page, "late": page.row.is_late(request.as_of), "sentences": documents.summary(page)}
    return render(request, "consultations/consultation.html", context)


@never_cache
def answer(request: HttpRequest, code: str, addressee: str) -> HttpResponse:
    """An addressee agrees or proposes."""
    page = _page(request, code)
    mine = next((one for one in page.mine if str(one.id) == addressee), None)
    if mine is None:
        raise NotFound(addressee)
    form = forms.AnswerForm(request.POST or None, clauses=page.newest.clauses)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                services.answer(
                    actor=request.actor, addressee_id=mine.id, agrees=form.cleaned_data["agrees"] == "yes",
                    proposals=form.said(), token=form.cleaned_data["token"],
                )  # fmt: skip
                messages.success(request, _("Đã gửi ý kiến."))
                return redirect("consultation", code)
            except HienTaiError as error:
                status = status_of(error)
                form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    return render(
        request, "consultations/answer.html", {"page": page, "mine": mine, "form": form}, status=status
    )


@never_cache
def reply(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """What becomes of a proposal, with a reason."""
    page = _page(request, code)
    one = next((p for p in page.proposals if str(p.id) == proposal), None)
    if one is None or not page.may_lead:
        raise NotFound(proposal)
    form = forms.ReplyForm(request.POST or None, initial={"reply": one.reply, "reason": one.reason})
    if request.method == "POST" and form.is_valid():
        try:
            services.reply(actor=request.actor, code=code, proposal_id=one.id, **form.cleaned_data)
            messages.success(request, _("Đã trả lời đề xuất."))
            return redirect("consultation", code)
        except HienTaiError as error:
            form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    context = {"page": page, "proposal": one, "form": form}
    return render(request, "consultations/reply.html", context, status=400 if form.errors else 200)


def _state(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """The acts of those who lead: a new version, a conference, the end."""
    page = _page(request, code)
    if not page.may_lead:
        raise NotFound(code)
    form, submit = _state_form(request, page, name)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                submit(request, page, form)
                messages.success(request, _("Đã ghi."))
                return redirect("consultation", code)
            except HienTaiError as error:
                status = status_of(error)
                if status == 409:
                    form.data = {**form.data.dict(), "expected": str(_page(request, code).version)}
                form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    titles = {
        "version": _("Phiên bản mới của dự thảo"),
        "conference": _("Hội nghị lấy ý kiến"),
        "close": _("Kết thúc lấy ý kiến"),
    }
    context = {"page": page, "form": form, "title": titles[name]}
    return render(request, "consultations/state.html", context, status=status)


def _state_form(request: HttpRequest, page: ConsultationPage, name: str) -> tuple[Any, Any]:
    begun: dict[str, Any] = {"expected": page.version}
    sent = request.POST or None
    if name == "version":
        begun["text"] = "\n\n".join(_written(clause) for clause in page.newest.clauses)
        return forms.VersionForm(sent, initial=begun), _change
    if name == "conference":
        begun["held_on"] = request.today
        return forms.ConferenceForm(sent, clauses=page.newest.clauses, initial=begun), _hold
    begun["on"] = request.today
    return forms.CloseForm(sent, initial=begun), _close


def _written(clause: Clause) -> str:
    return clause.text if clause.label.startswith(("Đoạn", "Mở đầu")) else f"{clause.label}. {clause.text}"


def _change(request: HttpRequest, page: ConsultationPage, form: Any) -> None:
    asked = form.cleaned_data
    services.change_draft(
        actor=request.actor, code=page.row.code, expected=asked["expected"], clauses=read_clauses(asked["text"]),
        note=asked["note"],
    )  # fmt: skip


def _hold(request: HttpRequest, page: ConsultationPage, form: Any) -> None:
    asked = form.cleaned_data
    services.hold_conference(
        actor=request.actor, code=page.row.code, expected=asked["expected"], held_on=asked["held_on"],
        present=asked["present"], minutes=asked["minutes"], place=asked["place"], chair=asked["chair"],
        proposals=form.said(),
    )  # fmt: skip


def _close(request: HttpRequest, page: ConsultationPage, form: Any) -> None:
    asked = form.cleaned_data
    services.close(
        actor=request.actor, code=page.row.code, expected=asked["expected"], on=asked["on"],
        knows_silent=asked["knows_silent"], note=asked["note"],
    )  # fmt: skip


@never_cache
def version(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of the draft."""
    return _state(request, code, "version")


@never_cache
def conference(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes of a conference on the draft."""
    return _state(request, code, "conference")


@never_cache
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Ends a consultation."""
    return _state(request, code, "close")


def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of the draft, clause by clause."""
    page = _page(request, code)
    last = page.newest.number
    new = min(page_number(request.GET.get("new")) if request.GET.get("new") else last, last)
    old = min(page_number(request.GET.get("old")) if request.GET.get("old") else max(1, new - 1), last)
    by_number = {one.number: one for one in page.versions}
    changes = compare(by_number[old].clauses, by_number[new].clauses)
    context = {"page": page, "changes": changes, "old": by_number[old], "new": by_number[new]}
    return render(request, "consultations/versions.html", context)


def report(request: HttpRequest, code: str) -> HttpResponse:
    """The report of a consultation as a Word file."""
    page = _page(request, code)
    if not page.may_lead:
        raise NotFound(code)
    return download(documents.report_docx(page, request.as_of), f"{code}-tong-hop-y-kien.docx", DOCX)
