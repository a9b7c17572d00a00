"""Filters of screening."""

from __future__ import annotations

from typing import Any

from django import template

from hientai.apps.screening.types import RegimesAnswer

register = template.Library()


@register.filter
def regime_lines(answer: RegimesAnswer) -> list[dict[str, Any]]:
    """Each person with the explanations under every version."""
    return [{"person": person, "explained": answer.explained[person.code]} for person in answer.people]
