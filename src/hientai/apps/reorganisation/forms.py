"""What is asked on the screens of reorganisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hientai.apps.reorganisation.types import ChoiceKind
from hientai.apps.workforce.types import Scheme


class StartForm(forms.Form):
    """A merger to be drafted."""

    title = forms.CharField(label=_("Tên đợt sắp xếp"), max_length=200)
    decision = forms.CharField(label=_("Quyết định, nghị quyết"), max_length=300)
    day = forms.DateField(label=_("Hiệu lực từ ngày"))
    ends = forms.CharField(
        label=_("Mã các đơn vị kết thúc"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi mã một dòng."),
    )
    into = forms.CharField(
        label=_("Mã đơn vị kế thừa"), max_length=60, help_text=_("Mã đang có, hoặc mã mới.")
    )
    name = forms.CharField(
        label=_("Tên đơn vị kế thừa"),
        max_length=250,
        required=False,
        help_text=_("Chỉ ghi khi là đơn vị mới."),
    )


class ChoiceForm(forms.Form):
    """An officer's choice for one person. version: of the draft that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Quyết định"), choices=ChoiceKind.choices)
    place = forms.ChoiceField(label=_("Vị trí mới"), required=False)
    scheme = forms.ChoiceField(label=_("Chế độ"), required=False, choices=[("", "–"), *Scheme.choices])
    note = forms.CharField(label=_("Lý do"), required=False, max_length=300)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "–"), *places]


class CommentForm(forms.Form):
    unit = forms.CharField(label=_("Mã đơn vị"), max_length=60)
    text = forms.CharField(label=_("Ý kiến"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)


class ReasonForm(forms.Form):
    because = forms.CharField(label=_("Lý do hoàn tác"), max_length=300)
