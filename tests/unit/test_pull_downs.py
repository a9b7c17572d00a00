"""Pull-downs written in Python are those of Django, attribute for attribute."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from hientai.foundation.web.form_renderer import QuickPullDowns

CHOICES = [("", "Tất cả"), ("a&b", "A < B"), ("Nhóm", [("1", "Một"), ("2", "Hai")]), (3, "Ba")]


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.seen.append(data.strip())


@pytest.mark.parametrize("value", ["", "a&b", "2", 3, "none of them"])
def test_a_pull_down_is_what_django_would_render(value: object) -> None:
    widget = forms.Select(attrs={"class": "x", "required": True, "disabled": False}, choices=CHOICES)
    ours = widget.render("unit", value, renderer=QuickPullDowns())
    theirs = widget.render("unit", value, renderer=DjangoTemplates())
    assert Seen(ours).seen == Seen(theirs).seen


def test_other_widgets_are_left_to_django() -> None:
    widget = forms.TextInput(attrs={"maxlength": "5"})
    assert widget.render("q", '"<', renderer=QuickPullDowns()) == widget.render(
        "q", '"<', renderer=DjangoTemplates()
    )
