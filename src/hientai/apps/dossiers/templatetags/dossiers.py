"""How screens of dossiers say sources, levels and states."""

from __future__ import annotations

from django import template

from hientai.apps.dossiers.types import CHECKER_LABELS, SECRECY_LABELS, SIGNS, SOURCE_LABELS, PaperState
from hientai.rulebook.dossiers import Checker, PaperSource, Secrecy

register = template.Library()


@register.filter
def source_label(value: PaperSource) -> str:
    """Who gives a paper."""
    return str(SOURCE_LABELS[value])


@register.filter
def secrecy_label(value: Secrecy) -> str:
    """The level of reading."""
    return str(SECRECY_LABELS[value])


@register.filter
def checker_label(value: Checker) -> str:
    """Who checks a paper."""
    return str(CHECKER_LABELS[value])


@register.filter
def sign(value: str) -> str:
    """The sign of a state on the board."""
    return SIGNS[PaperState(value)]
