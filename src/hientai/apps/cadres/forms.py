"""What is asked on the screens of people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.types import LACKING, Sex
from hientai.apps.organization.types import Block, Level
from hientai.foundation.web.day_field import DayField


class PeopleFilterForm(forms.Form):
    """The filter of the people list; every field is optional and lives in the address."""

    q = forms.CharField(
        label=_("Tên, mã hoặc số định danh"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[("", _("Tất cả")), *Sex.choices])

    level = forms.ChoiceField(label=_("Cấp"), required=False, choices=[("", _("Tất cả")), *Level.choices])
    block = forms.ChoiceField(label=_("Khối"), required=False, choices=[("", _("Tất cả")), *Block.choices])
    retiring = forms.TypedChoiceField(
        label=_("Nghỉ hưu trong"), required=False, coerce=int, empty_value=None,
        choices=[("", _("Không lọc")), ("6", _("6 tháng")), ("12", _("12 tháng")), ("24", _("24 tháng"))],
    )  # fmt: skip

    title = forms.ChoiceField(label=_("Chức danh"), required=False)
    known_on = DayField(label=_("Như đã biết vào ngày"), required=False)
    professional = forms.CharField(label=_("Chuyên môn"), required=False, max_length=60)
    political_theory = forms.CharField(label=_("Lý luận chính trị"), required=False, max_length=60)
    age = forms.RegexField(r"^(\d{1,2}-\d{0,2}|-\d{1,2})$", label=_("Tuổi"), required=False)
    missing = forms.ChoiceField(label=_("Thiếu"), required=False, choices=[("", ""), *LACKING.items()])

    def __init__(
        self,
        *args: object,
        units: list[tuple[str, str]],
        titles: list[tuple[str, str]],
        levels: dict[tuple[str, str], tuple[int, str]] | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Tất cả đơn vị")), *units]
        self.levels = levels or {}
        self.fields["title"].choices = [("", _("Mọi chức danh")), *titles]

    @property
    def ages(self) -> tuple[int | None, int | None] | None:
        """Completed years from and to, both inside; None where age is not asked for."""
        if not self.cleaned_data["age"]:
            return None
        low, _dash, high = self.cleaned_data["age"].partition("-")
        return int(low) if low else None, int(high) if high else None

    def said(self) -> list[dict[str, str]]:
        """What is asked, in words: {name, key, label} of each field that keeps something."""
        if not self.is_bound or not self.is_valid():
            return []
        return [
            {"name": name, "key": str(field.label), "label": self._shown(name)}
            for name, field in self.fields.items()
            if self.cleaned_data[name] not in ("", None)
        ]

    def _shown(self, name: str) -> str:
        value = self.cleaned_data[name]
        if name in ("professional", "political_theory"):
            return str(_("Chưa ghi")) if value == "none" else self.levels.get((name, value), (0, value))[1]
        if name == "age":
            return self._span(*(self.ages or (None, None)))
        if name == "known_on":
            return f"{value:%d/%m/%Y}"
        labels = {str(code): label for code, label in getattr(self.fields[name], "choices", ())}
        label = str(labels.get(str(value), value))
        return _("Nghỉ hưu trong {span} tới").format(span=label) if name == "retiring" else label

    @staticmethod
    def _span(low: int | None, high: int | None) -> str:
        if low is None:
            return str(_("đến {high} tuổi").format(high=high))
        if high is None:
            return str(_("từ {low} tuổi").format(low=low))
        return str(_("{low}–{high} tuổi").format(low=low, high=high))


class BetweenForm(forms.Form):
    """Two pictures of the records: each of a day, as known on a day (blank: as known now)."""

    from_day = DayField(label=_("Ngày trước"))
    from_known = DayField(label=_("như đã biết vào ngày"), required=False)
    to_day = DayField(label=_("Ngày sau"))
    to_known = DayField(label=_("như đã biết vào ngày"), required=False)


class ListBetweenForm(BetweenForm):
    """The same for the list of a unit."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    field_order = ("unit", "from_day", "from_known", "to_day", "to_known")

    def __init__(self, *args: object, units: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Tất cả đơn vị")), *units]
