"""Screens of lawful destruction: what waits and what was carried out, asking for one, confirming one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hientai.apps.cadres import selectors as cadres
from hientai.apps.integrity import selectors, services
from hientai.apps.integrity.forms import DestructionForm
from hientai.apps.integrity.types import EXPUNGE
from hientai.engines.errors import BadInput
from hientai.foundation.errors import NotFound
from hientai.foundation.web.templatetags.formats import sentence


def destructions(request: HttpRequest) -> HttpResponse:
    """Destructions that wait for a second person, and those that were decided."""
    rows = selectors.destructions(actor=request.actor, as_of=request.as_of)
    context = {"waiting": [r for r in rows if r.is_waiting], "decided": [r for r in rows if not r.is_waiting]}
    return render(request, "integrity/destructions.html", context)


def ask_destruction(request: HttpRequest, code: str) -> HttpResponse:
    """Asks that a file be destroyed on a decision."""
    request.actor.check_may(EXPUNGE)
    person = cadres.person_id_of(actor=request.actor, code=code)
    row = cadres.row_of(actor=request.actor, as_of=request.as_of, code=code)
    form = DestructionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_destruction(actor=request.actor, person_id=person, **form.cleaned_data)
            messages.success(request, _("Đã ghi đề nghị hủy; chờ người thứ hai xác nhận. Chưa hủy gì."))
            return redirect("destructions")
        except NotFound:
            raise
        except BadInput as error:
            form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    context = {
        "form": form, "person": row,
        "crumbs": [{"label": row.name, "url": reverse("person", args=[code])}, {"label": _("Đề nghị hủy hồ sơ")}],
    }  # fmt: skip
    return render(request, "integrity/destruction.html", context, status=400 if form.errors else 200)


@require_POST
def decide_destruction(request: HttpRequest, number: int) -> HttpResponse:
    """Confirms, with the code typed again, or refuses with a reason."""
    asked = {"actor": request.actor, "tombstone_id": number}
    if request.POST.get("step") == "refuse":
        services.refuse_destruction(**asked, because=request.POST.get("because", ""))
        messages.success(request, _("Đã ghi: không hủy."))
    else:
        stone = services.destroy_file(**asked, code=request.POST.get("code", ""))
        messages.success(
            request, _("Đã hủy hồ sơ %(code)s: %(rows)d bản ghi, %(files)d tệp.")
            % {"code": stone.code, "rows": sum(stone.removed.values()), "files": stone.files},
        )  # fmt: skip
    return redirect("destructions")
