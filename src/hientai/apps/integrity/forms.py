"""What is asked on the screens of good records."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from hientai.apps.dossiers.forms import DayField
from hientai.rulebook.quality import QualityRule


class UnitForm(forms.Form):
    """Whose records are shown."""

    unit = forms.ChoiceField(label=_("Địa bàn, cơ quan"), required=False)

    def __init__(self, *args: object, units: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Toàn phạm vi")), *units]


class CampaignForm(UnitForm):
    """A campaign: name, rules, unit, last day."""

    title = forms.CharField(label=_("Tên đợt làm sạch"), max_length=200)
    rules = forms.MultipleChoiceField(label=_("Quy tắc phải sạch"), widget=forms.CheckboxSelectMultiple)
    due_on = DayField(label=_("Hạn hoàn thành"))
    field_order = ("title", "unit", "due_on", "rules")

    def __init__(
        self, *args: object, rules: Sequence[QualityRule], units: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, units=units, **kwargs)
        self.fields["rules"].choices = [(rule.code, rule.title) for rule in rules]


class RemarkForm(forms.Form):
    """What is left and why."""

    remark = forms.CharField(label=_("Lý do còn lại"), required=False, max_length=500)
