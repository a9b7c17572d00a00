"""A field of a form for a day, accepted as people write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hientai.engines.errors import BadInput
from hientai.foundation.web.days import read_day
from hientai.foundation.web.templatetags.formats import sentence


class DayField(forms.CharField):
    """A day as people write it: 5/3/2026, 05-03-2026, 2026-03-05."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **options,
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_day(str(text))
        except BadInput as error:
            raise ValidationError(sentence(error.message)) from error
