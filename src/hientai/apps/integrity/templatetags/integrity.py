"""How screens of good records say kinds, severities and who mends."""

from __future__ import annotations

from fractions import Fraction

from django import template

from hientai.apps.integrity.types import KIND_LABELS, MENDER_LABELS, SEVERITY_LABELS
from hientai.rulebook.quality import Mender, QualityKind, Severity

register = template.Library()


@register.filter
def kind_label(value: QualityKind) -> str:
    """Missing, old or contradictory."""
    return str(KIND_LABELS[value])


@register.filter
def severity_label(value: Severity) -> str:
    """Must be mended or looked at."""
    return str(SEVERITY_LABELS[value])


@register.filter
def mender_label(value: Mender) -> str:
    """Who mends it."""
    return str(MENDER_LABELS[value])


@register.filter
def share_of(part: int, whole: int) -> Fraction | None:
    """A share for the filter `percent`; None without a base."""
    return Fraction(part, whole) if whole else None
