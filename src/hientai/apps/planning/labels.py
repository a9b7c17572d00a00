"""What the figures of a plan are called on screens and in reports."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.planning.readiness import Level
from hientai.apps.planning.regime import BAND_EDGES
from hientai.foundation.web.templatetags.formats import number, percent, times

FIGURES: Mapping[str, str | Promise] = {
    "seats": gettext_lazy("Vị trí"),
    "current": gettext_lazy("Người đang giữ"),
    "turns": gettext_lazy("Lượt quy hoạch"),
    "people": gettext_lazy("Người quy hoạch"),
    "coefficient": gettext_lazy("Hệ số"),
    "women": gettext_lazy("Nữ"),
    "women_share": gettext_lazy("Tỷ lệ nữ"),
    "young": gettext_lazy("Trẻ"),
    "young_share": gettext_lazy("Tỷ lệ trẻ"),
    "ethnic": gettext_lazy("Dân tộc thiểu số"),
    "ethnic_share": gettext_lazy("Tỷ lệ dân tộc thiểu số"),
    "ready": gettext_lazy("Đảm nhận được ngay (ghi trong quy hoạch)"),
    "ready_share": gettext_lazy("Tỷ lệ đảm nhận được ngay"),
    "gaps": gettext_lazy("Vị trí có 0–1 người"),
    "over": gettext_lazy("Quá số chức danh"),
}
DEPTHS: Mapping[str, str | Promise] = {
    "under": gettext_lazy("Vị trí thiếu người"),
    "over": gettext_lazy("Vị trí quá số người"),
    "no_women": gettext_lazy("Chức danh chủ chốt không có nữ"),
}
LEVELS: Mapping[str, str | Promise] = {
    Level.NOW: gettext_lazy("Ngay"),
    Level.ONE_TERM: gettext_lazy("Sau một nhiệm kỳ"),
    Level.TWO_TERMS: gettext_lazy("Sau hai nhiệm kỳ"),
    Level.NOT: gettext_lazy("Không thể"),
}
RATINGS: Mapping[int, str | Promise] = {
    4: gettext_lazy("Hoàn thành xuất sắc nhiệm vụ"),
    3: gettext_lazy("Hoàn thành tốt nhiệm vụ"),
    2: gettext_lazy("Hoàn thành nhiệm vụ"),
    1: gettext_lazy("Không hoàn thành nhiệm vụ"),
    0: gettext_lazy("Chưa có xếp loại"),
}
SHORT_RATINGS: Mapping[int, str | Promise] = {
    4: gettext_lazy("xuất sắc"),
    3: gettext_lazy("tốt"),
    2: gettext_lazy("hoàn thành"),
    1: gettext_lazy("không hoàn thành"),
}


def figure_label(figure: str, place: int | None = None) -> str:
    """The name of a figure; of an age band by its number."""
    if figure != "band":
        return str(FIGURES[figure])
    edges = BAND_EDGES
    if not place:
        return _("Dưới {age}").format(age=edges[0])
    if place >= len(edges):
        return _("Từ {age} trở lên").format(age=edges[-1])
    return _("Từ {low} đến dưới {high}").format(low=edges[place - 1], high=edges[place])


def figure_text(figure: str, value: int | Fraction | None) -> str:
    """The value as it is printed: shares in percent, the coefficient with two digits."""
    if figure.endswith("_share"):
        return percent(value)
    return times(Fraction(value)) if figure == "coefficient" and value is not None else number(value)
