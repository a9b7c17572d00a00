"""Renders forms as Django does, but pull-downs in Python: one template a choice is half of a page with long lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_SELECT = "django/forms/widgets/select.html"


class QuickPullDowns(DjangoTemplates):
    """The default renderer, except for `<select>`."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """What Django's template gives, attribute for attribute."""
        if template_name == _SELECT:
            return select(context["widget"])
        return mark_safe(super().render(template_name, context, request))


def select(widget: Mapping[str, Any]) -> SafeString:
    """The element with its choices, in groups where they have names."""
    inside = mark_safe("".join(_group(name, choices) for name, choices, _place in widget["optgroups"]))
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), inside
    )


def _group(name: str | None, choices: Iterable[Mapping[str, Any]]) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((c["value"], _attributes(c["attrs"]), c["label"]) for c in choices),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, options) if name else options


def _attributes(given: Mapping[str, Any]) -> SafeString:
    return mark_safe("".join(
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in given.items() if value is not False
    ))  # fmt: skip
