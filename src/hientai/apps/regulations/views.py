"""Screens of the register: documents, the picture of regimes, values and their confirmation, targets, drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hientai.apps.organization import selectors as organization
from hientai.apps.regulations import selectors, services
from hientai.apps.regulations.drafts import FaultyDraft
from hientai.apps.regulations.forms import (
    DocumentForm,
    DraftForm,
    EndForm,
    ProposalForm,
    ReasonForm,
    RegisterForm,
    TargetForm,
    TextForm,
)
from hientai.apps.regulations.held import held
from hientai.apps.regulations.types import Outcome, Status
from hientai.engines.criteria.tree import Direction
from hientai.engines.errors import BadInput
from hientai.foundation.web.answers import download
from hientai.foundation.web.templatetags.formats import sentence

FILE = "application/octet-stream"


def register(request: HttpRequest) -> HttpResponse:
    """The register of documents on the day."""
    asked = {"actor": request.actor, "as_of": request.as_of}
    form = RegisterForm(request.GET or None, issuers=selectors.issuers(**asked))
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = selectors.documents(
        **asked, text=chosen.get("q", ""), status=chosen.get("status", ""), issuer=chosen.get("issuer", "")
    )
    waiting = selectors.proposals(**asked, waiting=True)
    part = "#register" if request.htmx.target == "register" else ""
    context = {"form": form, "rows": rows, "waiting": waiting, "may_write": request.actor.may(services.WRITE)}
    return render(request, f"regulations/register.html{part}", context)


def timeline(request: HttpRequest) -> HttpResponse:
    """Which document governed which subject when."""
    found = selectors.timeline(actor=request.actor, as_of=request.as_of)
    return render(request, "regulations/timeline.html", {"timeline": found})


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One document: its days, texts, values, standards, targets; officers add texts and targets here."""
    page = selectors.document(actor=request.actor, as_of=request.as_of, slug=slug)
    is_target = request.method == "POST" and "key" in request.POST
    posted = request.POST if request.method == "POST" else None
    units = organization.choices(actor=request.actor, as_of=request.as_of, also=request.POST.get("unit", ""))
    target = TargetForm(posted if is_target else None, units=[one[:2] for one in units])
    text_form = TextForm(None if is_target else posted, None if is_target else request.FILES or None)
    form = target if is_target else text_form
    if (
        posted is not None
        and form.is_valid()
        and _done(
            form, lambda: _added(request, page.row.code, form, {code: unit for code, _name, unit in units})
        )
    ):
        messages.success(request, _("Đã ghi vào sổ."))
        return redirect("regulation", slug=page.row.slug)
    context = {
        "page": page,
        "targets": held(
            actor=request.actor,
            as_of=request.as_of,
            rows=page.targets,
            judging=page.row.status == Status.IN_FORCE,
        ),
        "text_form": text_form,
        "target_form": target,
        "may_write": request.actor.may(services.WRITE),
    }
    return render(request, "regulations/document.html", context, status=400 if form.errors else 200)


def _added(request: HttpRequest, code: str, form: forms.Form, units: Mapping[str, int]) -> None:
    if isinstance(form, TextForm):
        _keep_text(request, code, form.cleaned_data["text"])
        return
    given = form.cleaned_data | {"direction": Direction(form.cleaned_data["direction"])}
    given["unit_id"] = units.get(given.pop("unit"))
    services.set_target(actor=request.actor, document=code, **given)


def _keep_text(request: HttpRequest, code: str, file: UploadedFile) -> int:
    if file.size > services.LARGEST_TEXT:
        raise services.too_large()
    kept = services.add_text(actor=request.actor, document=code, name=str(file.name), content=file.read())
    return int(kept.pk)


def _done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Runs an act; what it refuses is said at its field."""
    try:
        act()
    except BadInput as error:
        form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
        return False
    return True


def citing(request: HttpRequest, slug: str) -> HttpResponse:
    """How many records name the document as their source."""
    found = selectors.citing(actor=request.actor, as_of=request.as_of, slug=slug)
    page = selectors.document(actor=request.actor, as_of=request.as_of, slug=slug)
    return render(request, "regulations/citing.html", {"page": page, "rows": found})


def text(request: HttpRequest, number: int) -> HttpResponse:
    """A file of a text, to save."""
    name, content = selectors.text_content(actor=request.actor, as_of=request.as_of, text_id=number)
    return download(content, name, FILE)


def enter(request: HttpRequest) -> HttpResponse:
    """Enter a document of the office."""
    request.actor.check_may(services.WRITE)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("text")
        if _done(
            form, lambda: services.enter_document(actor=request.actor, draft=services.DocumentDraft(**given))
        ):
            if file is not None and not _done(form, lambda: _keep_text(request, given["code"], file)):
                messages.warning(request, "; ".join(e for errors in form.errors.values() for e in errors))
            return redirect(selectors.document_url(given["code"]))
    return render(request, "regulations/enter.html", {"form": form}, status=400 if form.errors else 200)


def targets(request: HttpRequest) -> HttpResponse:
    """Targets of the documents in force on the day."""
    rows = held(actor=request.actor, as_of=request.as_of)
    return render(request, "regulations/targets.html", {"rows": rows})


def parameters(request: HttpRequest) -> HttpResponse:
    """Values of the documents in force on the day, confirmed or not."""
    doubtful = request.GET.get("only") == "doubtful"
    asked = {"actor": request.actor, "as_of": request.as_of}
    every = selectors.parameters(**asked)
    context = {
        "rows": selectors.parameters(**asked, doubtful=True) if doubtful else every,
        "doubtful": doubtful,
        "count": len(every),
        "open": sum(row.parameter is None or not row.parameter.verified for row in every),
        "waiting": selectors.proposals(**asked, waiting=True),
    }
    return render(request, "regulations/parameters.html", context)


def parameter(request: HttpRequest, key: str) -> HttpResponse:
    """One value through all documents, its proposals, and a form to propose one."""
    asked = {"actor": request.actor, "as_of": request.as_of}
    rows = selectors.parameters(**asked, key=key)
    if not rows:
        raise selectors.NotFound(key)
    named = list(dict.fromkeys(row.document for row in rows))
    units = organization.choices(**asked, also=request.POST.get("at_unit", ""))
    form = ProposalForm(
        request.POST or None,
        request.FILES or None,
        documents=named,
        units=[one[:2] for one in units],
        initial={"document": request.GET.get("document")},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(form, lambda: _proposed(request, key, form, {code: unit for code, _name, unit in units}))
    ):
        messages.success(request, _("Đã gửi đề xuất; cần một người khác xác nhận."))
        return redirect("parameter", key=key)
    context = {
        "key": key,
        "rows": rows,
        "form": form,
        "proposals": selectors.proposals(**asked, key=key),
        "may_write": request.actor.may(services.WRITE),
    }
    return render(request, "regulations/parameter.html", context, status=400 if form.errors else 200)


def _proposed(request: HttpRequest, key: str, form: ProposalForm, units: Mapping[str, int]) -> None:
    given = dict(form.cleaned_data)
    given["at_unit_id"] = units.get(given.pop("at_unit"))
    file, code = given.pop("text"), given["document"]
    request.actor.check_may(services.WRITE)
    text_id = None
    if not given["local_document"]:
        kept = selectors.texts_of(actor=request.actor, as_of=request.as_of, code=code)
        text_id = _keep_text(request, code, file) if file is not None else (kept[-1].id if kept else None)
    services.propose_value(actor=request.actor, draft=services.ValueDraft(key=key, text_id=text_id, **given))


def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal beside its text; a second person confirms or turns it down; a local value is ended here."""
    found = selectors.proposal(actor=request.actor, as_of=request.as_of, proposal_id=number)
    form: forms.Form = EndForm() if found.outcome == Outcome.CONFIRMED else ReasonForm()
    if request.method == "POST":
        form = _decision_form(request, found.outcome)
        if form.is_valid() and _done(form, lambda: _decide(request, number, form)):
            messages.success(request, _("Đã ghi quyết định."))
            return redirect("value-proposal", number=number)
    context = {
        "proposal": found,
        "form": form,
        "may_write": request.actor.may(services.WRITE),
        "is_own": found.proposed_by == request.actor.user_id,
    }
    return render(request, "regulations/proposal.html", context, status=400 if form.errors else 200)


def _decision_form(request: HttpRequest, outcome: Outcome) -> forms.Form:
    if outcome == Outcome.CONFIRMED:
        return EndForm(request.POST)
    return forms.Form(request.POST) if "confirm" in request.POST else ReasonForm(request.POST)


def _decide(request: HttpRequest, number: int, form: forms.Form) -> None:
    actor = request.actor
    if isinstance(form, EndForm):
        services.end_local_value(actor=actor, proposal_id=number, on=form.cleaned_data["on"])
    elif isinstance(form, ReasonForm):
        services.refuse_value(actor=actor, proposal_id=number, reason=form.cleaned_data["reason"])
    else:
        services.confirm_value(actor=actor, proposal_id=number)


def drafts(request: HttpRequest) -> HttpResponse:
    """Drafts of rules, and a form to bring one; its faults are listed with line and key."""
    request.actor.check_may(selectors.READ)
    form, findings = DraftForm(request.POST or None, request.FILES or None), ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["rules"]
        try:
            kept = services.bring_draft(actor=request.actor, name=str(file.name), content=file.read())
            messages.success(request, _("Đã nhận dự thảo {code}.").format(code=kept.code))
            return redirect("drafts")
        except BadInput as error:
            findings = error.findings if isinstance(error, FaultyDraft) else ()
            form.add_error("rules", sentence(error.message))
    context = {
        "form": form,
        "findings": findings,
        "rows": selectors.drafts(actor=request.actor, as_of=request.as_of),
        "may_write": request.actor.may(services.WRITE),
    }
    return render(request, "regulations/drafts.html", context, status=400 if form.errors else 200)


@require_POST
def drop_draft(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft away."""
    services.drop_draft(actor=request.actor, draft_id=number)
    return redirect("drafts")
