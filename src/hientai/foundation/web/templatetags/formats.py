"""Filters: days, numbers, shares and sentences as an officer reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import template
from django.utils import formats
from django.utils.translation import gettext, gettext_lazy

from hientai.engines import interval
from hientai.engines.wording import Sentence
from hientai.foundation import registry

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """05/03/2026; a dash when there is none."""
    return f"{value:%d/%m/%Y}" if value else "–"


@register.filter
def last_day(first_day_after: date | None) -> str:
    """The last day of half-open days as people write it; a dash when there is none."""
    return day(interval.last_day(first_day_after))


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """2.177 in Vietnamese, 2,177 in English; a dash for nothing."""
    if value is None:
        return "–"
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """`value` rounded to so many decimals, halves upwards: 0.125 -> 0.13."""
    scale = 10**decimals
    return Fraction((value * scale * 2 + 1) // 2, scale)


@register.filter
def times(value: Fraction | None, decimals: int = 2) -> str:
    """A ratio rounded half up: 1,40; a dash where there is no base."""
    if value is None:
        return "–"
    return formats.number_format(
        float(half_up(Fraction(value), decimals)), decimal_pos=decimals, use_l10n=True
    )


@register.filter
def percent(value: Fraction | float | None, decimals: int = 2) -> str:
    """A share (0..1) as a percentage rounded half up: 58,02 %."""
    if value is None:
        return "–"
    rounded = half_up(Fraction(value) * 100, decimals)
    return formats.number_format(float(rounded), decimal_pos=decimals, use_l10n=True) + " %"


@register.filter
def sentence(value: Sentence | Mapping[str, Any] | str) -> str:
    """A sentence of an engine, also one stored as {"template", "values"}, in the language of the page."""
    if isinstance(value, Mapping):
        value = _stored(value)
    return value.render(gettext) if isinstance(value, Sentence) else str(value)


@register.filter
def rulebook_text(text: str) -> str:
    """A title or note that the rulebook brings, line by line in the language of the page; other text as it stands."""
    return "\n".join(gettext(line) if line else line for line in str(text).split("\n"))


def _stored(kept: Mapping[str, Any]) -> Sentence:
    values = {key: _stored(v) if isinstance(v, Mapping) else v for key, v in kept["values"].items()}
    return Sentence(kept["template"], values)


@register.filter
def document_link(code: str) -> str:
    """The address of the page of a legal document by its number; "" where the register does not have it."""
    return registry.document_address(code)


_RECORDS = {
    "person": gettext_lazy("Sơ yếu lý lịch"),
    "position": gettext_lazy("Quá trình công tác"),
    "qualification": gettext_lazy("Bằng cấp, chứng chỉ"),
    "rating": gettext_lazy("Xếp loại năm"),
    "discipline": gettext_lazy("Quyết định kỷ luật"),
    "slot": gettext_lazy("Quyết định quy hoạch"),
    "declaration": gettext_lazy("Tình trạng kê khai"),
    "conclusion": gettext_lazy("Tình trạng kết luận tiêu chuẩn chính trị"),
    "dossier": gettext_lazy("Hồ sơ giấy tờ"),
}


@register.filter
def record(name: str) -> str:
    """What kind of record `discipline:123` is; the number means nothing to a reader."""
    return str(_RECORDS.get(name.partition(":")[0], name))


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The address query of this page with some parameters changed (None removes one)."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def page_address(context: Any, number: int, name: str = "page") -> str:
    """The address query of this page at another page of its list; `name` where it is not the only list."""
    return query(context, **{name or "page": number})
