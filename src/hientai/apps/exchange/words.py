"""What fields of a list are called, and values as an officer reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.types import DisciplineForm, QualificationKind, Rating, Sex
from hientai.engines.worksheet import vocabulary

_LABELS: Mapping[str, str | Promise] = {
    "full_name": _("Họ và tên"),
    "other_names": _("Tên gọi khác"),
    "position": _("Chức vụ"),
    "personnel_number": _("Số hiệu cán bộ"),
    "party_joined_on": _("Ngày vào Đảng"),
    "party_official_on": _("Ngày vào Đảng chính thức"),
    "recruited_on": _("Ngày tuyển dụng"),
    "army_joined_on": _("Ngày nhập ngũ"),
    "army_left_on": _("Ngày xuất ngũ"),
}


def field_label(field: str) -> str | Promise:
    """The label of a field of the records or of a column; the key itself when it has none."""
    if field in _LABELS:
        return _LABELS[field]
    if field in QualificationKind.values:
        return QualificationKind(field).label
    known = vocabulary.fields().get(field)
    return _(known.label) if known else field


def shown_value(field: str, value: Any) -> str | Promise:
    """A value of the records in words."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if field == "sex":
        return Sex(value).label
    if field == "rating":
        return f"{value.year}: {Rating(value.rating).label}"
    if field == "discipline":
        return f"{DisciplineForm(value.form).label}, {value.decided_on:%d/%m/%Y}"
    if field == "commendation":
        return str(value.title)
    if isinstance(value, Mapping):
        return ", ".join(str(v) for k, v in value.items() if v not in (None, "") and k != "kind")
    return str(value)
