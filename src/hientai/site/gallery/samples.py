"""Invented content for the component gallery: no record is read, no person exists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web import charts
from hientai.site.gallery.forms import FileForm, SampleForm
from hientai.site.gallery.standard import explained

AS_OF = dt.date(2026, 11, 22)

# Code, name, title, unit, year of birth, verdict, verified, months left.
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
    return {
        "sample_day": AS_OF,
        "tree": explained(AS_OF).tree,
        **_places(request),
        **_forms(),
        **_person(),
        **_drawn(),
    }


def _places(request: HttpRequest) -> dict[str, Any]:
    number = request.GET.get("page", "")
    return {
        "crumbs": [
            {"label": _("Tổng quan"), "url": "/"},
            {"label": _("Rà soát tiêu chuẩn"), "url": "#"},
            {"label": _("Thư viện thành phần"), "url": ""},
        ],
        "tabs": [
            {"label": _("Tóm tắt"), "url": "?tab=1", "current": True},
            {"label": _("Quá trình công tác"), "url": "?tab=2", "count": 7},
            {"label": _("Quy hoạch"), "url": "?tab=3", "count": 0},
        ],
        "steps": [_("Chọn tệp"), _("Ghép cột"), _("Xem trước"), _("Ghi")],
        "people": PEOPLE,
        "page": page_of(PEOPLE, 1247, nearest_page(int(number) if number.isdecimal() else 4, 1247, 50), 50),
        "pills": [
            {"key": _("Khối"), "label": _("Đảng"), "url": "?"},
            {"key": _("Chức danh"), "label": _("Chủ tịch UBND xã"), "url": "?"},
        ],
        "saved": [
            {"label": _("Nghỉ hưu trong 12 tháng"), "url": "?saved=1", "current": True},
            {"label": _("Thiếu cao cấp lý luận"), "url": "?saved=2", "current": False},
        ],
        "exports": [
            {"label": _("Danh sách (Excel)"), "url": "?format=xlsx"},
            {"label": _("Biểu tổng hợp (Word)"), "url": "?format=docx"},
        ],
    }


def _forms() -> dict[str, Any]:
    wrong = SampleForm({"wrong-born": "31/02/1980", "wrong-sex": "female"}, prefix="wrong")
    wrong.is_valid()
    return {"form": SampleForm(), "wrong_form": wrong, "file_form": FileForm()}


def _person() -> dict[str, Any]:
    return {
        "facts": [
            {"label": _("Ngày sinh"), "value": "14/02/1983", "note": _("43 tuổi 9 tháng")},
            {"label": _("Nghỉ hưu"), "value": "01/03/2041", "note": _("còn 171 tháng")},
            {"label": _("Chuyên môn"), "value": _("Thạc sĩ Quản lý công")},
            {"label": _("Lý luận chính trị"), "value": _("Cao cấp")},
            {"label": _("Lượt quy hoạch"), "value": 2, "url": "#"},
            {"label": _("Xếp loại năm 2025"), "value": None},
        ],
        "positions": [
            {
                "valid_from": dt.date(2023, 5, 1),
                "last_day": None,
                "title": _("Phó Bí thư Đảng ủy"),
                "unit": "Xã Tủa Chùa",
                "source": "QĐ 412-QĐ/TU, 24/04/2023",
                "is_current": True,
            },
            {
                "valid_from": dt.date(2018, 8, 15),
                "last_day": dt.date(2023, 4, 30),
                "title": _("Phó Chủ tịch UBND xã"),
                "unit": "Xã Mường Báng",
                "source": "QĐ 1180/QĐ-UBND, 10/08/2018",
                "is_current": False,
            },
            {
                "valid_from": dt.date(2009, 9, 1),
                "last_day": dt.date(2018, 8, 14),
                "title": _("Chuyên viên"),
                "unit": "Phòng Nội vụ huyện Tủa Chùa",
                "source": "",
                "is_current": False,
            },
        ],
    }


def _drawn() -> dict[str, Any]:
    datum = charts.Datum
    return {
        "bars": charts.bars(
            [
                datum("Khối Đảng", 412, url="#"),
                datum("Khối chính quyền", 586, url="#"),
                datum("Mặt trận, đoàn thể", 168, url="#"),
                datum("Đơn vị sự nghiệp", 81, url="#", tone="muted"),
            ],
            target=500,
        ),
        "bands": charts.bands(
            [
                datum(_("Dưới 40 tuổi"), 214, url="#"),
                datum(_("40 đến dưới 50"), 521),
                datum(_("Từ 50 trở lên"), 512),
            ]
        ),
        "pyramid": charts.pyramid(
            [
                ("≥ 55", 141, 38),
                ("50–54", 236, 97),
                ("45–49", 198, 112),
                ("40–44", 131, 80),
                ("35–39", 88, 41),
                ("< 35", 64, 21),
            ]
        ),
        "line": charts.sparkline([22.4, 23.1, 24.8, 26.2, 28.9, 31.2]),
    }
