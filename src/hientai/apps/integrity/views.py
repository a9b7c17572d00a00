"""Screens of good records: shares by rule and unit, the records at fault, campaigns."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hientai.apps.integrity import selectors, services
from hientai.apps.integrity.forms import CampaignForm, RemarkForm, UnitForm
from hientai.apps.integrity.types import CAMPAIGN, KIND_LABELS, MENDER_LABELS, SEVERITY_LABELS, SIGN_OFF
from hientai.apps.organization import selectors as organization
from hientai.engines.errors import BadInput
from hientai.foundation import audit
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import XLSX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

SIZE = 100


def _units(request: HttpRequest) -> tuple[list[tuple[str, str]], dict[str, int]]:
    found = organization.choices(actor=request.actor, as_of=request.as_of)
    return [(code, name) for code, name, _id in found], {code: unit for code, _name, unit in found}


def quality(request: HttpRequest) -> HttpResponse:
    """The share of clean records, by rule and by unit; each number opens its list."""
    choices, ids = _units(request)
    form = UnitForm(request.GET or None, units=choices)
    unit = ids.get(form.cleaned_data["unit"]) if form.is_bound and form.is_valid() else None
    found = selectors.quality(actor=request.actor, as_of=request.as_of, unit_id=unit)
    number = nearest_page(page_number(request.GET.get("page")), len(found.units), SIZE)
    shown = found.units[(number - 1) * SIZE : number * SIZE]
    context = {
        "found": found, "form": form, "page": page_of(shown, len(found.units), number, SIZE),
        "trend": selectors.trend(actor=request.actor, as_of=request.as_of, unit_id=unit),
        "kinds": KIND_LABELS, "severities": SEVERITY_LABELS, "menders": MENDER_LABELS,
        "may_campaign": request.actor.may(CAMPAIGN),
    }  # fmt: skip
    if request.method == "POST":
        kept = services.keep_day(actor=request.actor)
        messages.success(request, _("Đã lưu kết quả hôm nay của %(n)d đơn vị.") % {"n": kept})
        return redirect("quality")
    return render(request, "integrity/quality.html", context)


def records(request: HttpRequest) -> HttpResponse:
    """The records behind a number: `?rule=`, `?unit=` (id); `?format=xlsx` saves the list."""
    rule, unit = request.GET.get("rule", ""), request.GET.get("unit", "")
    asked = {"rule": rule, "unit_id": int(unit) if unit.isdecimal() else None}
    rows = selectors.records_at_fault(actor=request.actor, as_of=request.as_of, **asked)
    if request.GET.get("format") == "xlsx":
        request.actor.check_may("exchange.export")
        audit.record_reading(actor=request.actor, what="quality_list", details={"records": len(rows)})
        header = [_("Mã"), _("Họ và tên"), _("Đơn vị giữ hồ sơ"), _("Quy tắc"), _("Chi tiết"), _("Ai sửa")]
        lines = [
            [r.code, r.name, r.unit, r.rule.title, r.detail, str(MENDER_LABELS[r.rule.fix_by])] for r in rows
        ]
        base = _("{count} bản ghi").format(count=len(rows))
        book = write_list(ListDocument(_("Hồ sơ cần sửa"), request.as_of, base, header, lines))
        return download(book, "ho-so-can-sua.xlsx", XLSX)
    number = nearest_page(page_number(request.GET.get("page")), len(rows), SIZE)
    query = request.GET.copy()
    query.update({"format": "xlsx", "as_of": request.as_of.isoformat()})
    context = {
        "page": page_of(rows[(number - 1) * SIZE : number * SIZE], len(rows), number, SIZE),
        "rule": selectors.rules(actor=request.actor, as_of=request.as_of).get(rule),
        "crumbs": [{"label": _("Chất lượng dữ liệu"), "url": reverse("quality")}, {"label": _("Danh sách")}],
        "exports": [{"label": _("Danh sách Excel"), "url": f"?{query.urlencode()}"}], "menders": MENDER_LABELS,
    }  # fmt: skip
    return render(request, "integrity/records.html", context)


def campaigns(request: HttpRequest) -> HttpResponse:
    """Campaigns so far; open one."""
    choices, ids = _units(request)
    known = selectors.rules(actor=request.actor, as_of=request.as_of)
    form = CampaignForm(request.POST or None, units=choices, rules=list(known.values()))
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        unit = ids.get(asked.pop("unit"))
        try:
            return redirect("campaign", services.open_campaign(actor=request.actor, unit_id=unit, **asked).pk)
        except BadInput as error:
            form.add_error(error.where if error.where in form.fields else None, sentence(error.message))
    rows = selectors.campaigns(actor=request.actor, as_of=request.as_of)
    context = {"rows": rows, "form": form, "may_campaign": request.actor.may(CAMPAIGN)}
    context["crumbs"] = [
        {"label": _("Chất lượng dữ liệu"), "url": reverse("quality")},
        {"label": _("Đợt làm sạch")},
    ]
    return render(request, "integrity/campaigns.html", context, status=400 if form.errors else 200)


def campaign(request: HttpRequest, campaign: int) -> HttpResponse:
    """One campaign: every unit with what is left; those not signed off come first."""
    row = selectors.campaign(actor=request.actor, as_of=request.as_of, campaign_id=campaign)
    crumbs = [{"label": _("Đợt làm sạch"), "url": reverse("campaigns")}, {"label": row.title}]
    context = {
        "row": row, "form": RemarkForm(), "may_sign": request.actor.may(SIGN_OFF), "crumbs": crumbs,
        "late": request.as_of > row.due_on,
    }  # fmt: skip
    return render(request, "integrity/campaign.html", context)


@require_POST
def sign_off(request: HttpRequest, campaign: int, unit: int) -> HttpResponse:
    """A unit answers for its records."""
    remark = request.POST.get("remark", "")[:500]
    services.sign_off(actor=request.actor, campaign_id=campaign, unit_id=unit, remark=remark)
    messages.success(request, _("Đã ký xác nhận."))
    return redirect("campaign", campaign)
