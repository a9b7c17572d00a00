"""Filters of screening."""

from __future__ import annotations

from typing import Any

from django import template

from hientai.apps.screening.types import RegimesAnswer
from hientai.engines.criteria.tree import Criterion
from hientai.engines.criteria.wording import required_text
from hientai.foundation.snapshot.everybody import catalogue
from hientai.foundation.web.templatetags.formats import sentence

register = template.Library()


@register.filter
def required_words(criterion: Criterion) -> str:
    """What a criterion asks, with its unit: “72 tháng trở lên”."""
    fact = catalogue()[criterion.fact]
    return sentence(required_text(fact, criterion.operator.value, criterion.required))


@register.filter
def regime_lines(answer: RegimesAnswer) -> list[dict[str, Any]]:
    """Each person with the explanations under every version."""
    return [{"person": person, "explained": answer.explained[person.code]} for person in answer.people]
