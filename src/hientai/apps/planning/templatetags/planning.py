"""Cells of the coverage table: a number, its share, and the way to its list."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hientai.apps.planning import documents
from hientai.apps.planning.labels import LEVELS, RATINGS, SHORT_RATINGS
from hientai.apps.planning.types import Count, Coverage, CoverageRow, Readiness
from hientai.foundation.web.templatetags.formats import number, percent

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(
    context: Any, row: CoverageRow, measure: str, count: Count | None, base: Count | None = None
) -> str:
    """The number, linked to its people; with its share of `base` where one is given; a dash for what has no basis."""
    if count is None:
        return format_html('<abbr title="{}">–</abbr>', _("chưa có căn cứ"))
    query = context["request"].GET.urlencode()
    address = reverse("coverage-behind", args=[row.title_code, measure]) + (f"?{query}" if query else "")
    shown = format_html('<a href="{}">{}</a>', address, number(count.value)) if count.value else number(0)
    share = count.share_of(base) if base is not None else None
    return (
        shown
        if share is None
        else format_html('{}<br><span class="muted small">{}</span>', shown, percent(share))
    )


@register.filter
def band_measure(place: int) -> str:
    """The measure code of band number `place`."""
    return f"band{place}"


@register.filter
def band_labels(coverage: Coverage) -> list[str]:
    return documents.band_labels(coverage)


@register.filter
def rating_label(rating: int) -> str:
    """What a yearly rating is called; 0: none on record."""
    return str(RATINGS[rating])


@register.filter
def rating_short(rating: int) -> str:
    """A yearly rating in one or two words."""
    return str(SHORT_RATINGS[rating])


@register.filter
def level_label(level: str) -> str:
    """What a reckoned readiness is called."""
    return str(LEVELS[level])


@register.filter
def readiness_label(readiness: str) -> str:
    """What the readiness that a plan records is called; a dash where it records none."""
    return str(Readiness(readiness).label) if readiness else "–"
