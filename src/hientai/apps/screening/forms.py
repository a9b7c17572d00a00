"""What is asked on the screens of screening."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from hientai.apps.screening.types import VERDICTS
from hientai.engines.criteria.tree import Standard
from hientai.foundation.web.templatetags.formats import sentence


class ScreeningForm(forms.Form):
    """Which standard, at which unit, and which verdict to list."""

    standard = forms.ChoiceField(label=_("Tiêu chuẩn"))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    verdict = forms.ChoiceField(label=_("Kết quả"), required=False, choices=[("", _("Tất cả")), *VERDICTS])

    def __init__(
        self, *args: object, standards: Sequence[Standard], units: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = [
            (standard.code, sentence(standard.title)) for standard in standards
        ]
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]


class ImpactForm(forms.Form):
    """One standard under two documents, at which unit."""

    standard = forms.ChoiceField(label=_("Tiêu chuẩn"))
    before = forms.ChoiceField(label=_("So từ văn bản"))
    after = forms.ChoiceField(label=_("Sang văn bản hoặc dự thảo"))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)

    def __init__(
        self,
        *args: object,
        standards: Sequence[Standard],
        documents: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = [(one.code, sentence(one.title)) for one in standards]
        self.fields["before"].choices = self.fields["after"].choices = documents
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]
