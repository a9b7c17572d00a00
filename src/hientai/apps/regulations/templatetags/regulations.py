"""Filters of the register: values, bounds and the rows of the picture of regimes."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hientai.engines.criteria.tree import Direction, LocalChange, Parameter
from hientai.foundation.web.templatetags.formats import number, percent, sentence
from hientai.rulebook.names import name_of
from hientai.rulebook.targets import Target

register = template.Library()
ROW = 20
SHARE = "tỷ lệ"
_CHANGES: dict[LocalChange, str | Promise] = {
    LocalChange.NONE: _("địa phương không được đổi"),
    LocalChange.TIGHTEN: _("địa phương được siết chặt hơn"),
    LocalChange.PILOT: _("địa phương được siết chặt hơn, hoặc nới theo văn bản thí điểm"),
    LocalChange.FREE: _("địa phương tự quy định"),
}
_UNITS: dict[str, str | Promise] = {
    "tháng": _("tháng"), "năm": _("năm"), "tuổi": _("tuổi"), "ngày": _("ngày"), "người": _("người"),
    "lượt": _("lượt"), "lần": _("lần"), "điểm": _("điểm"), "tuần": _("tuần"), "đồng": _("đồng"),
    "ngày làm việc": _("ngày làm việc"), "tháng mốc": _("tháng mốc"), "lý do": _("lý do"),
}  # fmt: skip
_DIRECTIONS: dict[Direction, str | Promise] = {
    Direction.MINIMUM: _("ít nhất"),
    Direction.MAXIMUM: _("nhiều nhất"),
    Direction.EXACT: _("đúng"),
}


@register.filter
def parameter_value(parameter: Parameter) -> str:
    """A value as an officer reads it: shares in percent, lists with commas."""
    return _figure(parameter.value, parameter.unit)


@register.filter
def value_in(value: object, unit: str) -> str:
    """A value out of a proposal with its unit."""
    figure = _figure(value, unit)
    return figure if unit == SHARE else f"{figure} {unit_word(unit)}"


@register.filter
def unit_word(unit: str) -> str:
    """The unit of a parameter in the language of the page."""
    return str(_UNITS.get(unit, unit))


@register.filter
def target_value(target: Target) -> str:
    """The level of a target with its unit."""
    figure = _figure(target.value, target.unit)
    return figure if target.unit == SHARE else f"{figure} {target.unit}"


def _figure(value: object, unit: str) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if unit == SHARE:
        return percent(value).replace(",00 %", " %").replace(".00 %", " %")
    return number(value) if value == int(value) else number(value, 2)


@register.filter
def key_name(key: str) -> str:
    """What a parameter or measure is called."""
    return sentence(name_of(key))


@register.filter
def local_change(change: LocalChange) -> str:
    """What a province may do to a value."""
    return str(_CHANGES[change])


@register.filter
def direction(found: Direction) -> str:
    """Which way a target bounds."""
    return str(_DIRECTIONS[found])


@register.filter
def picture_height(bars: Sequence[object]) -> int:
    """The height of a line of the picture."""
    return len(bars) * ROW


@register.filter
def picture_row(place: int) -> int:
    """Where a bar stands from above."""
    return place * ROW + 3
