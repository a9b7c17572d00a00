"""Invented content for the component gallery: no record is read, no person exists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

AS_OF = dt.date(2026, 11, 22)


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Họ và tên"))
    born = forms.DateField(label=_("Ngày sinh"), help_text=_("Ví dụ 5/3/1980, 05-03-1980 hoặc chỉ năm 1980"))
    unit = forms.ChoiceField(
        label=_("Đơn vị"),
        choices=[("", "—"), ("1", "Sở Nội vụ"), ("2", "Ban Tổ chức Tỉnh ủy")],
        required=False,
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"), choices=[("female", _("Nữ")), ("male", _("Nam"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Ghi chú"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("Tôi đã đối chiếu với quyết định gốc"))


PEOPLE = [
    ("CB-0417", "Vàng A Chống", "Phó Chủ tịch UBND xã", "Xã Mường Phăng", 1987, "met", True, 212),
    (
        "CB-1120",
        "Lò Thị Hạnh",
        "Trưởng ban Tổ chức Đảng ủy",
        "Phường Mường Thanh",
        1979,
        "unknown",
        True,
        118,
    ),
    ("CB-0032", "Nguyễn Đức Hòa", "Giám đốc", "Sở Nội vụ", 1968, "not_met", True, 9),
    ("CB-2231", "Quàng Văn Inh", "Phó Bí thư Đảng ủy", "Xã Tủa Chùa", 1983, "met", False, 171),
    ("CB-0988", "Giàng Thị Mỷ", "Chủ tịch Hội Liên hiệp Phụ nữ", "Xã Na Sang", 1990, "met", True, 258),
]


def everything(request: HttpRequest) -> dict[str, Any]:
    """The context of the gallery page."""
    wrong = SampleForm({"name": "", "born": "31/02/1980", "sex": "female"}, prefix="wrong")
    wrong.is_valid()
    numbers = Paginator(range(1, 1248), 50)
    return {
        "sample_day": AS_OF,
        "crumbs": [
            {"label": _("Tổng quan"), "url": "/"},
            {"label": _("Rà soát tiêu chuẩn"), "url": "#"},
            {"label": _("Thư viện thành phần"), "url": ""},
        ],
        "people": PEOPLE,
        "page": numbers.get_page(request.GET.get("page", 4)),
        "form": SampleForm(),
        "wrong_form": wrong,
        "pills": [
            {"key": _("Khối"), "label": _("Đảng"), "url": "?"},
            {"key": _("Chức danh"), "label": _("Chủ tịch UBND xã"), "url": "?"},
        ],
        "saved": [
            {"label": _("Nghỉ hưu trong 12 tháng"), "url": "?saved=1", "current": True},
            {"label": _("Thiếu cao cấp lý luận"), "url": "?saved=2", "current": False},
        ],
    }
