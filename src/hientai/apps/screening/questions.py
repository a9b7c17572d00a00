"""Ready questions: what well-known changes of rules did to everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hientai.apps.screening.selectors import AGES_BEFORE_2021


@dataclass(frozen=True)
class ReadyQuestion:
    """A question with its answer one click away; documents by slug."""

    label: str | Promise
    standard: str
    before: str
    after: str


READY = (
    ReadyQuestion(
        _("Quy hoạch bí thư đảng ủy cấp xã: từ 50-QĐ/TW (2021) sang 377-QĐ/TW (2025)"),
        "plan.commune.secretary", "qd-50-2021", "qd-377-2025",
    ),
    ReadyQuestion(
        _("Quy hoạch giám đốc sở: từ 50-QĐ/TW (2021) sang 377-QĐ/TW (2025)"),
        "plan.province.department_head", "qd-50-2021", "qd-377-2025",
    ),
    ReadyQuestion(
        _("Lộ trình tuổi nghỉ hưu: nếu vẫn nghỉ ở tuổi 60 và 55, ai còn đủ một nhiệm kỳ"),
        "plan.commune.secretary", AGES_BEFORE_2021, "qd-50-2021",
    ),
    ReadyQuestion(
        _("Tái cử cấp ủy: từ 30 tháng (35-CT/TW năm 2024) lên 48 tháng (45-CT/TW)"),
        "congress.committee.reelection", "ct-35-2024", "ct-45-2025",
    ),
    ReadyQuestion(
        _("Luân chuyển: từ 98-QĐ/TW (2017) sang 65-QĐ/TW (2022)"), "rotate.planned", "qd-98-2017", "qd-65-2022"
    ),
)  # fmt: skip
