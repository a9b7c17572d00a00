"""Forms of the gallery: one field of every kind; nothing is stored."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Họ và tên"))
    born = forms.DateField(label=_("Ngày sinh"), help_text=_("Ví dụ 5/3/1980, 05-03-1980 hoặc chỉ năm 1980"))
    unit = forms.ChoiceField(
        label=_("Đơn vị"),
        choices=[("", "—"), ("1", "Sở Nội vụ"), ("2", "Ban Tổ chức Tỉnh ủy")],
        required=False,
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"), choices=[("female", _("Nữ")), ("male", _("Nam"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Ghi chú"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("Tôi đã đối chiếu với quyết định gốc"))


class FileForm(forms.Form):
    """A file to hand in."""

    workbook = forms.FileField(
        label=_("Chọn hoặc thả tệp Excel vào đây"), help_text=_("xlsx, xls hoặc ods, tối đa 20 MB")
    )
