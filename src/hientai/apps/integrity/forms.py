"""What is asked on the screens of good records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from hientai.apps.integrity.fields import FIELDS, LONGEST
from hientai.engines.wording import say
from hientai.foundation.errors import Refused
from hientai.foundation.web.day_field import DayField
from hientai.rulebook.quality import QualityRule

SALT = "integrity.record"
SEEN_SECONDS = 12 * 3600


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


class DestructionForm(forms.Form):
    """A lawful destruction: on which decision, of which day, by which rule of retention."""

    decision = forms.CharField(label=_("Số, cơ quan ban hành quyết định"), max_length=200)
    decided_on = DayField(label=_("Ngày quyết định"))
    ground = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Thời hạn bảo quản nào đã hết, theo văn bản nào.")
    )


class RecordForm(forms.Form):
    """Fields of a file as they should be, why, and what proves it; `seen` is what they were when it was opened."""

    reason = forms.CharField(label=_("Lý do, căn cứ"), max_length=300)
    paper = forms.FileField(
        label=_("Giấy tờ chứng minh"), required=False,
        help_text=_("PDF, Word (.docx), ảnh JPEG hoặc PNG, tối đa 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, values: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in FIELDS:
            self.fields[field.name] = forms.CharField(
                label=field.label, required=False, max_length=LONGEST, initial=values[field.name]
            )
        self.fields["seen"].initial = signing.dumps(dict(values), salt=SALT)
        self.order_fields([*(field.name for field in FIELDS), "reason", "paper", "seen"])

    def typed(self) -> dict[str, str]:
        """What the fields say now."""
        return {field.name: self.cleaned_data[field.name] for field in FIELDS}

    def opened_with(self) -> dict[str, str]:
        """What they said when the page was opened; raises Refused for a page that was tampered with."""
        try:
            return dict(signing.loads(self.cleaned_data["seen"], salt=SALT, max_age=SEEN_SECONDS))
        except signing.BadSignature as error:
            raise Refused("page_too_old", say("Trang mở đã quá lâu; hãy tải lại rồi sửa lại.")) from error

    def record_fields(self) -> list[forms.BoundField]:
        """The fields of the file alone, for the page."""
        return [self[field.name] for field in FIELDS]

    def seen_anew(self, values: Mapping[str, str]) -> None:
        """After a conflict: what was typed stays, and the next time it is compared with the file as it is now."""
        data = self.data.copy()
        data["seen"] = signing.dumps(dict(values), salt=SALT)
        self.data = data
