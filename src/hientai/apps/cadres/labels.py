"""What fields of the biographical record are called on screens and in documents."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_LABELS: dict[str, str | Promise] = {
    "full_name": _("Họ và tên"),
    "other_names": _("Tên gọi khác"),
    "sex": _("Giới tính"),
    "born": _("Ngày sinh"),
    "identity": _("Số định danh"),
    "ethnicity": _("Dân tộc"),
    "religion": _("Tôn giáo"),
    "birth_place": _("Nơi sinh"),
    "home_place": _("Quê quán"),
    "residence": _("Nơi ở hiện nay"),
    "phone": _("Điện thoại"),
    "party_joined_on": _("Ngày vào Đảng"),
    "party_official_on": _("Ngày vào Đảng chính thức"),
    "recruited_on": _("Ngày tuyển dụng"),
}


def detail_label(name: str) -> str | Promise:
    """The label of a field; the field's own name when it has none."""
    return _LABELS.get(name, name)
