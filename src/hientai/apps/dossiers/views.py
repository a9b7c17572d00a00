"""Screens of dossiers: purposes, the board of people and papers, one dossier, one paper, reading and packing."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import documents, selectors, services
from hientai.apps.dossiers.forms import (
    AppraisalForm,
    BoardForm,
    GroundForm,
    PaperForm,
    PeopleForm,
    PurposeForm,
    ReadingForm,
)
from hientai.apps.dossiers.types import (
    APPRAISE,
    READ,
    WRITE,
    Board,
    DossierCard,
    ItemRow,
    PaperState,
)
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.errors import NotFound, Refused
from hientai.foundation.web.answers import XLSX, download, shown
from hientai.foundation.web.templatetags.formats import sentence

SOON = timedelta(days=90)


def purposes(request: HttpRequest) -> HttpResponse:
    """What dossiers are made for, each with its share of complete ones; a new purpose."""
    asked = {"actor": request.actor, "as_of": request.as_of}
    templates = selectors.templates(actor=request.actor, as_of=request.today)
    form = PurposeForm(request.POST or None, templates=templates)
    if request.method == "POST" and form.is_valid():
        opened = services.open_purpose(actor=request.actor, **form.cleaned_data)
        return redirect("dossier-board", opened.pk)
    context = {
        "rows": selectors.purposes(**asked), "form": form, "templates": templates,
        "may_write": request.actor.may(WRITE), "soon": selectors.expiring(**asked, until=request.as_of + SOON),
    }  # fmt: skip
    return render(request, "dossiers/purposes.html", context, status=400 if form.errors else 200)


def template(request: HttpRequest, template: str) -> HttpResponse:
    """The papers a template asks for, with citation and how sure each line is."""
    row = selectors.template(actor=request.actor, as_of=request.as_of, code=template)
    return render(request, "dossiers/template.html", {"template": row, "crumbs": _crumbs()})


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    trail = ((_("Giấy tờ hồ sơ"), reverse("purposes")), *more)
    return [{"label": label, "url": url} for label, url in trail]


def board(request: HttpRequest, purpose: int) -> HttpResponse:
    """People x papers; `?state=`, `?item=`, `?unit=` keep the lines behind a number; `?format=xlsx` saves the list."""
    whole = selectors.board(actor=request.actor, as_of=request.as_of, purpose_id=purpose)
    units = sorted(
        {(str(row.unit_id or ""), row.unit or _("Chưa rõ đơn vị")) for row in whole.rows}, key=lambda u: u[1]
    )
    form = BoardForm(request.GET or None, items=whole.purpose.template.papers, units=units)
    kept = _kept(whole, form.cleaned_data if form.is_bound and form.is_valid() else {})
    if request.GET.get("format") == "xlsx":
        request.actor.check_may("exchange.export")
        audit.record_reading(actor=request.actor, what="dossier_board", details={"people": len(kept.rows)})
        return download(documents.board_workbook(kept, request.as_of), f"bang-giay-to-{purpose}.xlsx", XLSX)
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    context = {
        "whole": whole, "board": kept, "form": form, "people_form": PeopleForm(), "may_write": request.actor.may(WRITE),
        "states": [(state, whole.count(state)) for state in PaperState],
        "columns": [(kind, whole.count(PaperState.MISSING, kind.code)) for kind in whole.purpose.template.papers],
        "shares": whole.shares(), "crumbs": _crumbs((whole.purpose.title, "")),
        "exports": [{"label": _("Bảng Excel"), "url": f"?{query.urlencode()}"}],
    }  # fmt: skip
    part = "#dossier-board" if request.htmx.target == "dossier-board" else ""
    return render(request, f"dossiers/board.html{part}", context)


def _kept(board: Board, asked: dict[str, str]) -> Board:
    """The lines with a paper of that kind in that state, of that unit."""
    state, item, unit = (asked.get(name, "") for name in ("state", "item", "unit"))
    rows = [
        row
        for row in board.rows
        if (not unit or str(row.unit_id or "") == unit)
        and (
            not (state or item)
            or any(state in ("", cell.state) and item in ("", cell.item) for cell in row.cells)
        )
    ]
    return Board(board.purpose, tuple(rows), board.as_of)


@require_POST
def add_people(request: HttpRequest, purpose: int) -> HttpResponse:
    """Opens dossiers for people by code; a code that is not found refuses all."""
    request.actor.check_may(WRITE)
    form = PeopleForm(request.POST)
    if form.is_valid():
        ids = [cadres.person_id_of(actor=request.actor, code=code) for code in form.wanted()]
        made = services.add_people(actor=request.actor, purpose_id=purpose, person_ids=ids)
        said = ngettext("Đã mở %(n)d hồ sơ.", "Đã mở %(n)d hồ sơ.", made) % {"n": made}
        messages.success(request, said)
    return redirect("dossier-board", purpose)


def dossier(request: HttpRequest, dossier: int) -> HttpResponse:
    """One dossier: every paper with its state, and what to do next."""
    card = selectors.dossier(actor=request.actor, as_of=request.as_of, dossier_id=dossier)
    audit.record_reading(
        actor=request.actor, what="dossier", details={"person_id": card.person_id, "dossier_id": card.id}
    )
    return render(
        request, "dossiers/dossier.html", {"card": card, **_rights(request), "crumbs": _trail(card)}
    )


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {"may_write": request.actor.may(WRITE), "may_appraise": request.actor.may(APPRAISE)}


def _trail(card: DossierCard, *more: tuple[str, str]) -> list[dict[str, str]]:
    return _crumbs(
        (card.purpose.title, reverse("dossier-board", args=[card.purpose.id])),
        (card.name, reverse("dossier", args=[card.id]) if more else ""),
        *more,
    )


def _item(card: DossierCard, item: str) -> ItemRow:
    found = next((one for one in card.items if one.kind.code == item), None)
    if found is None:
        raise NotFound(item)
    return found


def paper(request: HttpRequest, dossier: int, item: str) -> HttpResponse:
    """One paper of a dossier: its versions, bringing a new one, appraising the newest."""
    card = selectors.dossier(actor=request.actor, as_of=request.as_of, dossier_id=dossier)
    row = _item(card, item)
    records = cadres.linkable_records(actor=request.actor, as_of=request.as_of, person_id=card.person_id)
    form = PaperForm(request.POST or None, request.FILES or None, kind=row.kind, records=records)
    if request.method == "POST" and form.is_valid():
        try:
            services.bring_papers(actor=request.actor, papers=[(dossier, form.draft())])
        except BadInput as error:
            form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
        else:
            messages.success(request, _("Đã nhận giấy tờ; chờ người thứ hai thẩm định."))
            return redirect("paper", dossier, item)
    context = {
        "card": card, "item": row, "form": form, "appraisal": AppraisalForm(), "ground": GroundForm(),
        "mine": request.actor.user_id, **_rights(request), "crumbs": _trail(card, (row.kind.title, "")),
    }  # fmt: skip
    return render(request, "dossiers/paper.html", context, status=400 if form.errors else 200)


@require_POST
def appraise(request: HttpRequest, version: int) -> HttpResponse:
    """The second person's word on a version."""
    form = AppraisalForm(request.POST)
    if not form.is_valid():
        raise Refused("outcome_missing", sentence(_("Chọn kết luận: đạt hoặc trả lại.")), "outcome")
    said = services.appraise(actor=request.actor, version_ids=[version], **form.cleaned_data)[0]
    messages.success(request, _("Đã ghi kết luận thẩm định."))
    return redirect("paper", said.version.dossier_id, said.version.item)


@require_POST
def waive(request: HttpRequest, dossier: int, item: str) -> HttpResponse:
    """A paper need not be brought, or is asked for again."""
    form = GroundForm(request.POST)
    ground = form.cleaned_data["ground"] if form.is_valid() else ""
    act = services.take_back_waiver if request.POST.get("back") else services.waive
    act(actor=request.actor, dossier_id=dossier, item=item, ground=ground)
    messages.success(request, _("Đã ghi căn cứ."))
    return redirect("paper", dossier, item)


@never_cache
def open_paper(request: HttpRequest, version: int) -> HttpResponse:
    """Asks what for, leaves a trace, then shows or saves a marked copy."""
    opened = selectors.version_to_open(actor=request.actor, as_of=request.as_of, version_id=version)
    form = ReadingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        purpose, saved = form.cleaned_data["purpose"], "save" in request.POST
        details = {
            "person_id": opened.person_id,
            "version_id": version,
            "purpose": purpose,
            "saved": int(saved),
        }
        audit.record_reading(actor=request.actor, what="paper", details=details)
        content, content_type, name = documents.copy_of(opened, actor=request.actor, purpose=purpose)
        as_file = saved or opened.kind == "docx"
        return download(content, name, content_type) if as_file else shown(content, content_type)
    context = {"opened": opened, "form": form}
    return render(request, "dossiers/open.html", context, status=400 if form.errors else 200)


@never_cache
def bundle(request: HttpRequest, dossier: int, form: str) -> HttpResponse:
    """Asks what for, leaves a trace, then packs the dossier: `pdf` with contents, `zip` with a manifest."""
    if form not in ("pdf", "zip"):
        raise NotFound(form)
    asked = {"actor": request.actor, "as_of": request.as_of}
    card, chosen = selectors.papers_to_bundle(**asked, dossier_id=dossier)
    why = ReadingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and why.is_valid():
        purpose = why.cleaned_data["purpose"]
        details = {
            "person_id": card.person_id,
            "dossier_id": card.id,
            "purpose": purpose,
            "papers": len(chosen),
        }
        audit.record_reading(actor=request.actor, what="bundle", details=details)
        if form == "pdf":
            content = documents.bundle_pdf(card, chosen, actor=request.actor, purpose=purpose)
            return download(content, f"ho-so-{card.code}-{card.id}.pdf", "application/pdf")
        content = documents.bundle_zip(card, chosen, actor=request.actor)
        return download(content, f"ho-so-{card.code}-{card.id}.zip", "application/zip")
    context = {
        "card": card,
        "chosen": chosen,
        "form": why,
        "kind": form,
        "crumbs": _trail(card, (_("Đóng tập"), "")),
    }
    return render(request, "dossiers/bundle.html", context, status=400 if why.errors else 200)


def expiring(request: HttpRequest) -> HttpResponse:
    """Papers that stop being good, month by month: a year back to a year ahead."""
    request.actor.check_may(READ)
    rows = selectors.expiring(
        actor=request.actor, as_of=request.as_of, until=request.as_of + timedelta(days=366)
    )
    months = [
        (f"{month:02d}/{year}", list(group))
        for (year, month), group in groupby(
            rows, key=lambda row: (row.valid_until.year, row.valid_until.month)
        )
    ]
    context = {"months": months, "count": len(rows), "crumbs": _crumbs((_("Lịch hết hạn"), ""))}
    return render(request, "dossiers/expiring.html", context)


def in_state(request: HttpRequest, state: str) -> HttpResponse:
    """The papers behind a number of the home page: those of open purposes in one state."""
    if state not in PaperState.values:
        raise NotFound(state)
    rows = selectors.papers_in_state(actor=request.actor, as_of=request.as_of, state=state)
    label = PaperState(state).label
    context = {"rows": rows, "label": label, "crumbs": _crumbs((label, ""))}
    return render(request, "dossiers/in_state.html", context)
