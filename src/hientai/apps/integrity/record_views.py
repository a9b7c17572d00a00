"""Screens of one file: the own record, proposing or correcting field by field, and deciding on what was proposed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hientai.apps.dossiers import selectors as dossiers
from hientai.apps.integrity import documents, selectors, services
from hientai.apps.integrity.fields import FIELDS
from hientai.apps.integrity.forms import RecordForm
from hientai.apps.integrity.types import APPROVE, CONFIRM, OPEN, OWN, ProposalState
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.errors import Conflict, NotFound
from hientai.foundation.web.templatetags.formats import sentence


def own_record(request: HttpRequest) -> HttpResponse:
    """What is on file about oneself, one's proposals and papers, and who read it."""
    asked = {"actor": request.actor, "as_of": request.as_of}
    request.actor.check_may(OWN)
    if not request.actor.person_code:
        return render(request, "integrity/no_record.html")
    code = selectors.own_code(**asked)
    file, values = selectors.file_to_change(**asked, code=code)
    context = {
        "code": code, "name": values["full_name"], "proposals": selectors.proposals(**asked, person_id=file.id),
        "fields": [{"label": field.label, "value": values[field.name]} for field in FIELDS],
        "readings": selectors.readings(**asked, person_id=file.id),
        "dossiers": dossiers.dossiers_of(**asked, person_id=file.id),
    }  # fmt: skip
    return render(request, "integrity/own_record.html", context)


def change(request: HttpRequest, code: str) -> HttpResponse:
    """Fields of a file as they should be: sent as a proposal, or by an officer of the board corrected at once."""
    file, values = selectors.file_to_change(actor=request.actor, as_of=request.as_of, code=code)
    audit.record_reading(actor=request.actor, what="person", details={"person_id": file.id})
    form = RecordForm(request.POST or None, request.FILES or None, values=values)
    status, moved = 200, []
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return _sent(request, form, file.id, code)
            except Conflict as conflict:
                status, moved = 409, _moved(form, values, conflict.where)
                form.seen_anew(values)
            except BadInput as error:
                form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    crumbs = [
        {"label": values["full_name"], "url": reverse("person", args=[code])},
        {"label": _("Sửa, đề nghị sửa")},
    ]
    context = {
        "form": form, "code": code, "moved": moved, "crumbs": crumbs,
        "may_correct": request.actor.may("person.write") and request.actor.person_code != code,
    }  # fmt: skip
    return render(request, "integrity/change.html", context, status=status)


def _sent(request: HttpRequest, form: RecordForm, person_id: int, code: str) -> HttpResponse:
    asked = {
        "actor": request.actor, "person_id": person_id, "seen": form.opened_with(), "typed": form.typed(),
        "reason": form.cleaned_data["reason"],
    }  # fmt: skip
    if "correct" in request.POST:
        services.correct_record(**asked)
        messages.success(request, _("Đã ghi vào hồ sơ; giá trị cũ vẫn được giữ."))
        return redirect("person", code)
    paper = form.cleaned_data["paper"]
    made = services.propose(**asked, papers=[(paper.name, paper.read())] if paper else [])
    messages.success(request, _("Đã gửi đề nghị; chờ đơn vị xác nhận."))
    return redirect("proposal", made.pk)


def _moved(form: RecordForm, now: dict[str, str], names: str) -> list[dict[str, str]]:
    seen, typed = form.opened_with(), form.typed()
    return [
        {"label": form.fields[name].label, "before": seen[name], "now": now[name], "typed": typed[name]}
        for name in names.split(",")
    ]


def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals that wait for the unit or the board; `?all=1` shows decided ones too."""
    request.actor.check_may(CONFIRM)
    every = request.GET.get("all") == "1"
    rows = selectors.proposals(actor=request.actor, as_of=request.as_of, only_open=not every)
    return render(request, "integrity/proposals.html", {"rows": rows, "every": every})


def proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """One proposal: before, after, and as it stands now; what may be done next."""
    row = selectors.proposal(actor=request.actor, as_of=request.as_of, proposal_id=proposal)
    audit.record_reading(actor=request.actor, what="person", details={"person_id": row.person_id})
    context = {
        "row": row, "is_mine": row.proposed_by_id == request.actor.user_id,
        "may_confirm": request.actor.may(CONFIRM) and row.state == ProposalState.PROPOSED,
        "may_approve": request.actor.may(APPROVE) and row.state == ProposalState.CONFIRMED,
        "may_refuse": request.actor.may(CONFIRM) and row.state in OPEN,
        "is_open": row.state in OPEN,
    }  # fmt: skip
    several = len(row.changes) + len(row.records) > 1
    context["chooses"] = several and context["may_approve"] and not context["is_mine"]
    return render(request, "integrity/proposal.html", context)


@require_POST
def step(request: HttpRequest, proposal: int) -> HttpResponse:
    """Confirms, approves, refuses or takes back."""
    asked = {"actor": request.actor, "proposal_id": proposal}
    note = request.POST.get("note", "")[:300]
    wanted = request.POST.get("step", "")
    if wanted == "confirm":
        services.confirm(**asked, note=note)
    elif wanted == "approve":
        ticked = set(request.POST.getlist("take"))
        without = [each for each in request.POST.getlist("offered") if each not in ticked]
        services.approve(**asked, note=note, knowing=request.POST.get("knowing") == "1", without=without)
    elif wanted == "refuse":
        services.refuse(**asked, note=note)
    elif wanted == "withdraw":
        services.withdraw(**asked)
    else:
        raise NotFound(wanted)
    messages.success(request, _("Đã ghi."))
    return redirect("proposal", proposal)


@never_cache
def evidence(request: HttpRequest, evidence: int) -> HttpResponse:
    """The paper behind a proposal, as a copy marked for its reader; leaves a trace."""
    request.actor.check_may(OWN)
    digest, kind, code, person_id = selectors.evidence(
        actor=request.actor, as_of=request.as_of, evidence_id=evidence
    )
    details = {"person_id": person_id, "evidence_id": evidence, "purpose": "comparing"}
    audit.record_reading(actor=request.actor, what="evidence", details=details)
    return documents.evidence_copy(digest, kind, code, request.actor)
