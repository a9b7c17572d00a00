"""What is asked on the screens of planning."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _


class CoverageForm(forms.Form):
    """Which plan, under which unit."""

    term = forms.ChoiceField(label=_("Nhiệm kỳ"), required=False)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)

    def __init__(
        self, *args: object, terms: Sequence[str], units: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [("", _("Nhiệm kỳ hiện hành")), *((term, term) for term in terms)]
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]
