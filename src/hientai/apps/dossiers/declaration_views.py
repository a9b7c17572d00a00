"""Screens of declarations: who owes one, which step is late, and the drawing of those to be verified."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import selectors, services
from hientai.apps.dossiers.drawing import digest_of
from hientai.apps.dossiers.forms import DrawForm, DutyForm, StepForm
from hientai.apps.dossiers.types import DECLARATIONS_WRITE
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.errors import Refused
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

SIZE = 100


def declarations(request: HttpRequest) -> HttpResponse:
    """Declarations of a year: `?year=`, `?only=late|open|chosen`; a new list of those who owe one."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else request.as_of.year
    asked = {"actor": request.actor, "as_of": request.as_of, "year": year}
    form = DutyForm(request.POST or None, initial={"year": year})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(f"{reverse('declarations')}?year={_opened(request, form)}")
        except BadInput as error:
            form.add_error(error.where if error.where in form.fields else "codes", sentence(error.message))
    rows = selectors.declarations(**asked)
    only = request.GET.get("only", "")
    kept = selectors.declarations(**asked, only=only) if only else rows
    number = nearest_page(page_number(request.GET.get("page")), len(kept), SIZE)
    may_write = request.actor.may(DECLARATIONS_WRITE)
    listed = selectors.declarants(**asked) if may_write else []
    context = {
        "year": year, "rows": rows, "page": page_of(kept[(number - 1) * SIZE : number * SIZE], len(kept), number, SIZE),
        "filed": sum(row.filed_on is not None for row in rows), "late": sum(row.is_late for row in rows),
        "chosen": sum(row.chosen for row in rows), "form": form, "step_form": StepForm(), "draw_form": DrawForm(),
        "drawing": selectors.drawing(**asked), "may_write": may_write, "listed": len(listed),
        "digest": digest_of(one.code for one in listed),
    }  # fmt: skip
    return render(request, "dossiers/declarations.html", context, status=400 if form.errors else 200)


def _opened(request: HttpRequest, form: DutyForm) -> int:
    asked = form.cleaned_data
    ids = [cadres.person_id_of(actor=request.actor, code=code) for code in form.wanted()]
    posts = cadres.posts_that_lead(actor=request.actor, as_of=request.today, ids=ids)
    without = [code for code, person in zip(form.wanted(), ids, strict=True) if person not in posts]
    if without:
        raise Refused(
            "no_post", say("{codes}: không giữ vị trí nào hôm nay.", codes=", ".join(without)), "codes"
        )
    services.open_declarations(
        actor=request.actor, kind=asked["kind"], year=asked["year"], event=asked["event"],
        people=[(person, *posts[person]) for person in ids],
    )  # fmt: skip
    return int(asked["year"])


@require_POST
def record_step(request: HttpRequest) -> HttpResponse:
    """A step was done for the declarations that are ticked."""
    form = StepForm(request.POST)
    ids = [int(text) for text in request.POST.getlist("id") if text.isdecimal()]
    request.actor.check_may(DECLARATIONS_WRITE)
    if not ids or not form.is_valid():
        raise Refused("nothing_ticked", say("Chọn bản kê khai và ghi ngày đã làm."), "id")
    made = services.record_step(actor=request.actor, declaration_ids=ids, **form.cleaned_data)
    messages.success(request, _("Đã ghi cho %(n)d bản kê khai.") % {"n": made})
    return redirect(f"{reverse('declarations')}?year={request.POST.get('year', '')}")


@require_POST
def draw_lots(request: HttpRequest, year: int) -> HttpResponse:
    """Draws those to be verified from the published seed."""
    form = DrawForm(request.POST)
    request.actor.check_may(DECLARATIONS_WRITE)
    if not form.is_valid():
        raise Refused("seed_missing", say("Ghi mã băm của danh sách đã chốt và số đã bốc."), "seed")
    services.draw_lots(actor=request.actor, year=year, **form.cleaned_data)
    return redirect(f"{reverse('declarations')}?year={year}&only=chosen")
