"""Screens of imports: bring a list, map its columns, look at the preview, write it, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hientai.apps.exchange import documents, selectors, services
from hientai.apps.exchange.forms import (
    BringForm,
    MappingForm,
    NamesUnit,
    ReasonForm,
    RequestForm,
    UnitForm,
)
from hientai.apps.exchange.types import IMPORT, BatchRow, BatchState, RowStatus, token_of
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import UnitKind
from hientai.engines.errors import BadInput
from hientai.foundation import jobs
from hientai.foundation.errors import NotFound
from hientai.foundation.jobs import starting
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

MOST_UNITS = 600
STEPS = (
    gettext_lazy("Chọn tệp"),
    gettext_lazy("Ghép cột"),
    gettext_lazy("Xem trước"),
    gettext_lazy("Ghi vào hồ sơ"),
)
PAGES = {
    BatchState.MAPPING: "import-columns",
    BatchState.PREVIEW: "import-preview",
    BatchState.COMMITTED: "import-result",
    BatchState.UNDONE: "import-result",
    BatchState.ABANDONED: "import-result",
}


def _batch(request: HttpRequest, token: str) -> BatchRow:
    request.actor.check_may(IMPORT)
    return selectors.batch(actor=request.actor, as_of=request.as_of, token=token_of(token))


def _at(name: str, batch: BatchRow) -> str:
    return reverse(name, args=[batch.token])


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    """Units to pick from while typing; any other is found by its name or code."""
    known = organization.units(actor=request.actor, as_of=request.as_of)
    return [(unit.code, unit.name) for unit in known if unit.kind != UnitKind.DIVISION][:MOST_UNITS]


def _ask_which(request: HttpRequest, form: NamesUnit, error: BadInput) -> None:
    alike = selectors.units_alike(actor=request.actor, as_of=request.today, text=form.data.get("unit", ""))
    said = _("Chưa rõ là đơn vị nào; hãy chọn trong danh sách.") if alike else sentence(error.message)
    form.ask_which(said, alike)


@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    """Bring a list; the imports so far."""
    request.actor.check_may(IMPORT)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("import-columns", _begun(request, form))
        except BadInput as error:
            if error.where == "unit":
                _ask_which(request, form, error)
                if "workbook" in request.FILES:
                    form.add_error("workbook", _("Hãy chọn lại tệp: trình duyệt không giữ tệp đã chọn."))
            else:
                form.add_error("workbook", sentence(error.message))
    done = selectors.batches(actor=request.actor, as_of=request.as_of)
    context = {"form": form, "batches": done, "units": _units(request), "steps": STEPS}
    return render(request, "exchange/imports.html", context, status=400 if form.errors else 200)


def _begun(request: HttpRequest, form: BringForm) -> str:
    unit = selectors.unit_named(actor=request.actor, as_of=request.today, text=form.cleaned_data["unit"])
    name, content = form.brought()
    begun = services.begin(actor=request.actor, name=name, content=content, unit_id=unit.id if unit else None)
    return str(begun.token)


def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with the lists of this installation."""
    request.actor.check_may(IMPORT)
    content = documents.template_document(actor=request.actor, as_of=request.as_of)
    return download(content, "mau-danh-sach-can-bo.xlsx", XLSX)


@never_cache
def requests(request: HttpRequest) -> HttpResponse:
    """Workbooks of units: send one out, see who has not returned it."""
    request.actor.check_may(IMPORT)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("unit-request", _sent(request, form))
        except BadInput as error:
            _ask_which(request, form, error)
    rows = selectors.requests(actor=request.actor, as_of=request.as_of)
    open_ones = sum(1 for row in rows if not row.batch_token)
    context = {
        "form": form,
        "rows": rows,
        "open_ones": open_ones,
        "units": _units(request),
        "today": request.today,
    }
    return render(request, "exchange/requests.html", context, status=400 if form.errors else 200)


def _sent(request: HttpRequest, form: RequestForm) -> str:
    unit = selectors.unit_named(actor=request.actor, as_of=request.today, text=form.cleaned_data["unit"])
    if unit is None:
        raise NotFound("unit")
    sent = services.send_request(
        actor=request.actor,
        unit_id=unit.id,
        as_of=request.as_of,
        title=unit.name,
        due_on=form.cleaned_data["due_on"],
    )
    return str(sent.token)


def request_workbook(request: HttpRequest, token: str) -> HttpResponse:
    """The prefilled workbook of a unit."""
    name, content = selectors.request_workbook(
        actor=request.actor, as_of=request.as_of, token=token_of(token)
    )
    return download(content, name, XLSX)


@never_cache
def current(request: HttpRequest, token: str) -> HttpResponse:
    """Leads to the step where the import stands."""
    batch = _batch(request, token)
    return redirect(PAGES[BatchState(batch.state)], batch.token)


@never_cache  # the back button asks again, so a passed step leads on
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Which column holds what."""
    batch = _batch(request, token)
    if batch.state not in (BatchState.MAPPING, BatchState.PREVIEW):
        return redirect("import", batch.token)
    tables, mapping = selectors.tables(actor=request.actor, as_of=request.as_of, token=token_of(token))
    form = MappingForm(
        request.POST or None,
        tables=tables,
        mapping=mapping,
        initial={"unit": batch.unit_name or batch.unit_code},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _mapped(request, batch, form)
        except BadInput as error:
            _ask_which(request, form, error)
    context = {"form": form, "batch": batch, "units": _units(request), "steps": STEPS}
    return render(request, "exchange/columns.html", context, status=400 if form.errors else 200)


def _mapped(request: HttpRequest, batch: BatchRow, form: MappingForm) -> HttpResponse:
    asked = form.cleaned_data
    text = asked["unit"]
    if text == batch.unit_name and batch.unit_code:
        text = batch.unit_code
    unit = selectors.unit_named(actor=request.actor, as_of=request.today, text=text)
    services.set_mapping(
        actor=request.actor, batch_id=batch.id, mapping=form.mapping(), unit_id=unit.id if unit else None,
        remember=asked["remember"],
    )  # fmt: skip
    return _judge(request, batch)


def _judge(request: HttpRequest, batch: BatchRow) -> HttpResponse:
    begun = jobs.start(
        actor=request.actor, kind="exchange.judge", label=_("Đọc và đối chiếu {name}").format(name=batch.name),
        arguments={"batch": batch.id}, back_to=_at("import", batch),
    )  # fmt: skip
    return redirect("work", begun.token)


@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What a commit would do, row by row; asks for the unit of rows that name none."""
    batch = _batch(request, token)
    if batch.state != BatchState.PREVIEW:
        return redirect("import", batch.token)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _with_unit(request, batch, form)
        except BadInput as error:
            _ask_which(request, form, error)
    status = request.GET.get("status", "")
    status = status if status in RowStatus.values else ""
    page = selectors.staged_rows(
        actor=request.actor, as_of=request.as_of, token=token_of(token), status=status,
        page=page_number(request.GET.get("page")),
    )  # fmt: skip
    unplaced = selectors.without_unit(actor=request.actor, as_of=request.as_of, token=token_of(token))
    context = {
        "batch": batch, "page": page, "tabs": documents.tabs(batch, status), "steps": STEPS, "form": form,
        "status": status, "mendable": any(row.shown.get("mend") for row in page.object_list),
        "unplaced": unplaced, "units": _units(request) if unplaced else (),
        "spellings": selectors.unexplained(actor=request.actor, as_of=request.as_of, token=token_of(token)),
    }  # fmt: skip
    return render(request, "exchange/preview.html", context, status=400 if form.errors else 200)


def _with_unit(request: HttpRequest, batch: BatchRow, form: UnitForm) -> HttpResponse:
    unit = selectors.unit_named(actor=request.actor, as_of=request.today, text=form.cleaned_data["unit"])
    if unit is None:
        raise NotFound("unit")
    services.choose_unit(actor=request.actor, batch_id=batch.id, unit_id=unit.id)
    return _judge(request, batch)


@require_POST
def mend(request: HttpRequest, token: str) -> HttpResponse:
    """Cells typed anew; the list is read again with them."""
    batch = _batch(request, token)
    fixes = {}
    for name, text in request.POST.items():
        if name.startswith("fix:") and text.strip():
            sheet, _bar, cell = name.removeprefix("fix:").rpartition("|")
            fixes[sheet, cell] = text.strip()
    if fixes:
        services.mend_cells(actor=request.actor, batch_id=batch.id, fixes=fixes)
    return _judge(request, batch)


@require_POST
def spelling(request: HttpRequest, token: str) -> HttpResponse:
    """What the office means by a spelling; the list is read again with it."""
    batch = _batch(request, token)
    services.teach_spelling(
        actor=request.actor, batch_id=batch.id, code_list=request.POST.get("list", ""),
        text=request.POST.get("text", "")[:200], code=request.POST.get("code", ""),
    )  # fmt: skip
    return _judge(request, batch)


@require_POST
def who(request: HttpRequest, token: str) -> HttpResponse:
    """A row in doubt: the person on file, or somebody new."""
    batch = _batch(request, token)
    row = request.POST.get("row", "")
    services.choose_person(
        actor=request.actor, batch_id=batch.id, sheet=request.POST.get("sheet", ""),
        row=int(row) if row.isdecimal() and len(row) < 8 else 0, code=request.POST.get("code", ""),
    )  # fmt: skip
    return _judge(request, batch)


@require_POST
def side(request: HttpRequest, token: str) -> HttpResponse:
    """A conflict: whose word counts."""
    batch = _batch(request, token)
    row = request.POST.get("row", "")
    services.choose_side(
        actor=request.actor, batch_id=batch.id, sheet=request.POST.get("sheet", ""),
        row=int(row) if row.isdecimal() and len(row) < 8 else 0, side=request.POST.get("side", ""),
    )  # fmt: skip
    return _judge(request, batch)


@never_cache
def commit(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then writes; a preview that is no longer the newest is refused, with the offer to judge again."""
    batch = _batch(request, token)
    if batch.state != BatchState.PREVIEW:
        return redirect("import", batch.token)
    version = request.POST.get("version", request.GET.get("version", ""))
    if batch.is_old or (version and version != str(batch.version)):
        return render(request, "exchange/old.html", {"batch": batch, "steps": STEPS}, status=409)
    if request.method != "POST":
        return render(request, "exchange/commit.html", {"batch": batch, "steps": STEPS})
    begun = jobs.start(
        actor=request.actor, kind="exchange.commit", label=_("Ghi {name} vào hồ sơ").format(name=batch.name),
        arguments={
            "batch": batch.id, "version": int(version) if version.isdecimal() else 0,
            "partial": int("partial" in request.POST),
        },
        back_to=_at("import", batch),
    )  # fmt: skip
    return redirect("work", begun.token)


@never_cache
def result(request: HttpRequest, token: str) -> HttpResponse:
    """What was written, the workbook of results, and the way back."""
    batch = _batch(request, token)
    if batch.state in (BatchState.MAPPING, BatchState.PREVIEW):
        return redirect("import", batch.token)
    status = request.GET.get("status", "")
    page = selectors.staged_rows(
        actor=request.actor, as_of=request.as_of, token=token_of(token), page=page_number(request.GET.get("page")),
        status=status if status in RowStatus.values else "",
    )  # fmt: skip
    context = {"batch": batch, "page": page, "tabs": documents.tabs(batch, status), "steps": STEPS}
    return render(request, "exchange/result.html", context)


def error_workbook(request: HttpRequest, token: str) -> HttpResponse:
    """The office's own file with a column of results."""
    batch = _batch(request, token)
    content = services.results_of(actor=request.actor, batch_id=batch.id)
    return download(content, f"{batch.name.rpartition('.')[0] or batch.name}-ket-qua.xlsx", XLSX)


@never_cache
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the reason, then takes the list back."""
    batch = _batch(request, token)
    if batch.state != BatchState.COMMITTED:
        return redirect("import", batch.token)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.undo_batch(actor=request.actor, batch_id=batch.id, because=form.cleaned_data["because"])
        messages.success(request, _("Đã hoàn tác. Các bản ghi vẫn đọc được trong lịch sử."))
        return redirect("import-result", batch.token)
    context = {"batch": batch, "form": form}
    return render(request, "exchange/undo.html", context, status=400 if form.errors else 200)


@require_POST
def abandon(request: HttpRequest, token: str) -> HttpResponse:
    """Gives a list up."""
    batch = _batch(request, token)
    services.abandon(actor=request.actor, batch_id=batch.id)
    messages.success(request, _("Đã bỏ lần nhập {name}; chưa ghi gì.").format(name=batch.name))
    return redirect("imports")


@never_cache
def work(request: HttpRequest, token: str) -> HttpResponse:
    """How far long work is; leads on when it is done."""
    found = jobs.work_of(actor=request.actor, token=token_of(token))
    if found.state == "done" and found.back_to:
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": found.back_to})
        return redirect(found.back_to)
    failed = found.kind == "exchange.commit" and found.state == "failed"
    back_label = _("Xem bản xem trước") if failed else _("Trở lại")
    context = {
        "work": found,
        "left": starting.seconds_left(found),
        "back": found.back_to,
        "back_label": back_label,
    }
    part = "#work" if request.htmx.target == "work" else ""
    return render(request, f"exchange/work.html{part}", context)


@require_POST
def cancel_work(request: HttpRequest, token: str) -> HttpResponse:
    """Asks long work to stop."""
    found = jobs.cancel(actor=request.actor, token=token_of(token))
    return redirect("work", found.token)
