"""Screens of procedures: the board, one case and its acts, definitions, documents."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.procedures import documents, forms, pages, selectors, services
from hientai.apps.procedures.fields import KINDS, LAYOUTS, fields_with
from hientai.apps.procedures.types import LEAD, CaseDraft, CasePage, NameDraft
from hientai.engines.errors import BadInput, HienTaiError
from hientai.engines.procedure.diagram import diagram
from hientai.engines.wording import say
from hientai.foundation.documents.word_templates import as_text
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.web.answers import DOCX, download
from hientai.foundation.web.middleware import status_of
from hientai.foundation.web.templatetags.formats import sentence


def board(request: HttpRequest) -> HttpResponse:
    """Cases by step, age and deadline."""
    kinds = pages.kind_choices(request.actor, request.as_of)
    form = forms.BoardForm(request.GET or None, kinds=kinds, statuses=pages.STATUSES)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = selectors.cases(
        actor=request.actor, as_of=request.as_of, status=asked.get("status") or "active", kind=asked.get("kind", ""),
        step=asked.get("step", ""), text=asked.get("q", ""),
    )  # fmt: skip
    part = "#board" if request.htmx.target == "board" else ""
    context = {"form": form, "rows": pages.board_rows(rows, request.as_of), "steps": pages.by_step(rows),
               "may_lead": request.actor.may(LEAD)}  # fmt: skip
    return render(request, f"procedures/board.html{part}", context)


@never_cache
def open_case(request: HttpRequest) -> HttpResponse:
    """Opens a case."""
    request.actor.check_may(LEAD)
    kinds = selectors.kinds(actor=request.actor, as_of=request.as_of)
    begun = {"token": uuid.uuid4(), "on": request.as_of, "kind": request.GET.get("kind", "")}
    form = forms.OpenForm(request.POST or None, kinds=kinds, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("case", _opened(request, form))
        except HienTaiError as error:
            form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    units = [u[:2] for u in organization.choices(actor=request.actor, as_of=request.as_of)]
    context = {"form": form, "units": units}
    return render(request, "procedures/open.html", context, status=400 if form.errors else 200)


def _opened(request: HttpRequest, form: forms.OpenForm) -> str:
    asked, actor = form.cleaned_data, request.actor
    codes = form.codes()
    known = cadres.ids_of(actor=actor, as_of=request.today, codes=codes)
    strangers = [code for code in codes if code not in known]
    if strangers:
        raise Refused(
            "not_on_file", say("Không có hồ sơ “{code}” trong phạm vi.", code=strangers[0]), "people"
        )
    unit = pages.unit_named(actor, asked["on"], asked["unit"], "unit")
    other = (
        pages.unit_named(actor, asked["on"], asked["other_unit"], "other_unit")
        if asked["other_unit"]
        else None
    )
    draft = CaseDraft(
        asked["kind"], asked["title"], unit, tuple(NameDraft(known[code]) for code in codes), other
    )
    return services.open_case(actor=actor, draft=draft, on=asked["on"], token=asked["token"]).code


def definitions(request: HttpRequest) -> HttpResponse:
    """The procedures in force on the day, and those of other days."""
    found = selectors.all_definitions(actor=request.actor, as_of=request.as_of)
    return render(request, "procedures/definitions.html", {"definitions": found})


def definition(request: HttpRequest, procedure: str) -> HttpResponse:
    """One procedure: its diagram, and every demand with its article."""
    found = selectors.definition(actor=request.actor, as_of=request.as_of, code=procedure)
    rules = selectors.rules_of(actor=request.actor, as_of=request.as_of, code=found.code)
    context = {
        "definition": found,
        "drawing": diagram(pages.worded(found)),
        "steps": pages.step_lines(found, rules),
    }
    return render(request, "procedures/definition.html", context)


@never_cache  # the back button asks again, so a page never shows a step that has passed
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Where a case stands, who acts next, what is missing, and why."""
    page = selectors.case(actor=request.actor, as_of=request.as_of, code=code)
    return render(request, "procedures/case.html", pages.case_context(page, request))


@require_POST
def open_dossiers(request: HttpRequest, code: str) -> HttpResponse:
    """Opens the dossiers of the people in a case, then their board."""
    try:
        purpose = services.open_dossiers(
            actor=request.actor, code=code, template=request.POST.get("template", "")
        )
    except Refused as error:
        messages.error(request, sentence(error.message))
        return redirect("case", code)
    return redirect("dossier-board", purpose)


@never_cache
def act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """One act on a case: what it needs, or the deed."""
    page = selectors.case(actor=request.actor, as_of=request.as_of, code=code)
    if act not in ACTS or not page.capacities:
        raise NotFound(act)
    make, do = ACTS[act]
    begun = {"paper": request.GET.get("paper", "")} if request.GET.get("paper") else {}
    form = make(request.POST or None, page=page, today=request.today, initial=begun)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                do(request, page, form)
                messages.success(request, _("Đã ghi."))
                return redirect("case", code)
            except HienTaiError as error:
                status = status_of(error)
                form = _shown_again(request, page, make, form, error)
    context = {"page": page, "form": form, "act": act, **pages.act_words(act, page)}
    return render(request, "procedures/act.html", context, status=status)


def _shown_again(request: HttpRequest, page: CasePage, make: Any, form: Any, error: HienTaiError) -> Any:
    """The same form with what was typed; after a conflict it carries the case as it is now."""
    typed = request.POST.copy()
    if isinstance(error, Conflict):
        page = selectors.case(actor=request.actor, as_of=request.as_of, code=page.row.code)
        typed["expected"], typed["token"] = str(page.version), str(uuid.uuid4())
    again = make(typed, page=page, today=request.today)
    again.is_valid()
    again.add_error(error.where if error.where in again.fields else None, sentence(error.message))
    return again


def _common(request: HttpRequest, page: CasePage, form: forms.ActForm) -> dict[str, Any]:
    asked = form.cleaned_data
    return {"actor": request.actor, "code": page.row.code, "expected": asked["expected"], "on": asked["on"],
            "token": asked["token"]}  # fmt: skip


def _reason(service: Callable[..., Any]) -> Callable[..., None]:
    def do(request: HttpRequest, page: CasePage, form: Any) -> None:
        service(**_common(request, page, form), reason=form.cleaned_data["reason"])

    return do


def _summon(request: HttpRequest, page: CasePage, form: Any) -> None:
    asked = form.cleaned_data
    people = pages.people_named(request.actor, request.today, form.lines())
    more = {key: asked[key] for key in ("meeting_on", "place", "chair", "secretary")}
    services.summon(**_common(request, page, form), people=people, **more)


def _meet(request: HttpRequest, page: CasePage, form: Any) -> None:
    present = [int(line) for line in form.cleaned_data["present"]]
    services.hold_meeting(**_common(request, page, form), present=present)


def _paper(request: HttpRequest, page: CasePage, form: Any) -> None:
    more = {key: form.cleaned_data[key] for key in ("paper", "signed_on", "number")}
    services.give_paper(**_common(request, page, form), **more)


def _waive(request: HttpRequest, page: CasePage, form: Any) -> None:
    more = {key: form.cleaned_data[key] for key in ("what", "by", "ground")}
    services.waive(**_common(request, page, form), **more)


def _finish(request: HttpRequest, page: CasePage, form: Any) -> None:
    outcome, names, ground = form.chosen()
    services.finish_step(**_common(request, page, form), outcome=outcome, names=names, ground=ground)


def _return(request: HttpRequest, page: CasePage, form: Any) -> None:
    asked = form.cleaned_data
    services.send_back(**_common(request, page, form), to=asked["to"], reason=asked["reason"])


def _close(request: HttpRequest, page: CasePage, form: Any) -> None:
    services.close_ballot(**_common(request, page, form))


ACTS: dict[str, tuple[Any, Callable[..., None]]] = {
    "trieu-tap": (forms.SummonForm, _summon),
    "hop": (forms.MeetForm, _meet),
    "giay-to": (forms.PaperForm, _paper),
    "mien": (forms.WaiveForm, _waive),
    "ket-thuc-buoc": (forms.FinishForm, _finish),
    "khoa-phieu": (forms.CloseForm, _close),
    "tam-dung": (forms.ReasonForm, _reason(services.suspend)),
    "tiep-tuc": (forms.ReasonForm, _reason(services.resume)),
    "tra-ve": (forms.ReturnForm, _return),
    "dung": (forms.ReasonForm, _reason(services.stop)),
}


@never_cache
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The words of the minutes of the present meeting."""
    page = selectors.case(actor=request.actor, as_of=request.as_of, code=code)
    if page.sitting is None or not page.capacities:
        raise NotFound(code)
    form = forms.MinutesForm(request.POST or None, sitting=page.sitting)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        services.write_minutes(
            actor=request.actor, code=code, sitting_id=asked["sitting"], text=asked["text"]
        )
        messages.success(request, _("Đã lưu nội dung biên bản."))
        return redirect("case", code)
    return render(request, "procedures/minutes.html", {"page": page, "form": form})


def document(request: HttpRequest, code: str, document: str) -> HttpResponse:
    """A document of a step: preview, the fields and their values; `?format=docx` saves it."""
    kind = document
    page = selectors.case(actor=request.actor, as_of=request.as_of, code=code)
    if kind not in KINDS:
        raise NotFound(kind)
    form = pages.document_form(request, page, kind)
    wanted, step = pages.wanted_document(request, kind, form), request.GET.get("step", "")
    try:
        content, problem = documents.write(
            actor=request.actor, as_of=request.as_of, page=page, wanted=wanted, step=step
        ), ""  # fmt: skip
    except BadInput as error:
        content, problem = b"", sentence(error.message)
    if request.GET.get("format") == "docx" and content:
        return download(content, documents.file_name(page, kind, step), DOCX)
    context = {
        "page": page, "form": form, "kind": kind, "kind_label": KINDS[kind], "problem": problem, "wanted": wanted,
        "blocks": as_text(content) if content else [], "fields": documents.fields_of(page, wanted, step),
        "download": pages.download_query(request), "kinds": pages.kind_tabs(page, kind, step),
    }  # fmt: skip
    return render(request, "procedures/document.html", context)


def templates(request: HttpRequest) -> HttpResponse:
    """The office's Word templates: bring one, see the fields there are."""
    request.actor.check_may(LEAD)
    form = forms.TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            services.add_template(
                actor=request.actor, kind=asked["kind"], name=asked["name"], content=asked["content"].read()
            )
            messages.success(request, _("Đã nhận mẫu."))
            return redirect("case-templates")
        except BadInput as error:
            form.add_error("content", sentence(error.message))
    rows = selectors.office_templates(actor=request.actor, as_of=request.as_of)
    context = {"form": form, "rows": rows, "kinds": KINDS, "layouts": LAYOUTS, "fields": fields_with({})}
    return render(request, "procedures/templates.html", context, status=400 if form.errors else 200)


def shipped_template(request: HttpRequest, layout: str, document: str) -> HttpResponse:
    """A template that comes with the program, to start from."""
    request.actor.check_may(LEAD)
    return download(documents.shipped(document, layout), f"{document}-{layout}.docx", DOCX)
