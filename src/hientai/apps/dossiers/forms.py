"""What is asked on the screens of dossiers."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hientai.apps.dossiers.types import (
    DeclarationKind,
    DeclarationStep,
    Outcome,
    PaperDraft,
    PaperState,
    Reading,
)
from hientai.foundation.documents.incoming import LARGEST, MEGABYTE
from hientai.foundation.web.day_field import DayField
from hientai.rulebook.dossiers import DossierTemplate, Kept, PaperKind


class PurposeForm(forms.Form):
    """A new purpose: its name, the list adopted, the day the papers are needed."""

    title = forms.CharField(label=_("Tên đợt hồ sơ"), max_length=200)
    template = forms.ChoiceField(label=_("Danh mục giấy tờ"))
    needed_on = DayField(label=_("Ngày cần đủ hồ sơ"), required=False)

    def __init__(self, *args: object, templates: Sequence[DossierTemplate], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(one.code, f"{one.title} ({one.document})") for one in templates]


class PeopleForm(forms.Form):
    """People to open dossiers for, by code."""

    codes = forms.CharField(
        label=_("Mã cán bộ"), help_text=_("Mỗi dòng một mã, hoặc cách nhau bằng dấu phẩy."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}), max_length=20_000,
    )  # fmt: skip

    def wanted(self) -> list[str]:
        """The codes in the order given, each once."""
        return list(dict.fromkeys(self.cleaned_data["codes"].replace(",", " ").replace(";", " ").split()))


class BoardForm(forms.Form):
    """Which lines of the board are shown."""

    state = forms.ChoiceField(label=_("Có giấy tờ"), required=False)
    item = forms.ChoiceField(label=_("Loại giấy tờ"), required=False)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)

    def __init__(
        self, *args: object, items: Sequence[PaperKind], units: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Mọi tình trạng")), *PaperState.choices]
        self.fields["item"].choices = [("", _("Mọi giấy tờ")), *((one.code, one.title) for one in items)]
        self.fields["unit"].choices = [("", _("Mọi đơn vị")), *units]


class PaperForm(forms.Form):
    """A paper that is brought."""

    file = forms.FileField(
        label=_("Chọn hoặc thả tệp vào đây"), required=False, allow_empty_file=True,
        help_text=_("PDF, Word (.docx), ảnh JPEG hoặc PNG, tối đa 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )  # fmt: skip
    issued_on = DayField(label=_("Ngày trên giấy tờ"), required=False)
    valid_until = DayField(label=_("Có giá trị đến hết ngày"), required=False)
    part = forms.IntegerField(
        label=_("Giấy tờ thứ"),
        initial=1,
        min_value=1,
        max_value=50,
        help_text=_("Khi một loại có nhiều giấy tờ."),
    )
    record = forms.ChoiceField(label=_("Chứng minh cho bản ghi"), required=False)
    certified = forms.BooleanField(label=_("Bản có chứng thực"), required=False)
    signed = forms.BooleanField(label=_("Đã ký, đóng dấu"), required=False)

    def __init__(
        self, *args: object, kind: PaperKind, records: Sequence[tuple[str, str]] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["record"].choices = [("", "–"), *records]
        if kind.kept == Kept.STATE:
            del self.fields["file"], self.fields["record"], self.fields["certified"]
            self.fields["issued_on"].required = True
        if not records:
            self.fields.pop("record", None)

    def clean_file(self) -> object:
        brought = self.cleaned_data["file"]
        if brought is not None and brought.size > LARGEST:
            raise ValidationError(_("Tệp vượt mức %(most)d MB.") % {"most": LARGEST // MEGABYTE})
        return brought

    def draft(self) -> PaperDraft:
        """The paper as asked."""
        asked = self.cleaned_data
        file = asked.get("file")
        return PaperDraft(
            item=self.kind.code, issued_on=asked["issued_on"], content=file.read() if file else None,
            name=file.name if file else "", valid_until=asked["valid_until"], certified=asked.get("certified", False),
            signed=asked["signed"], record=asked.get("record", ""), part=asked["part"],
        )  # fmt: skip


class AppraisalForm(forms.Form):
    """What the second person says."""

    outcome = forms.ChoiceField(label=_("Kết luận"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Lý do (bắt buộc khi trả lại)"), required=False, max_length=500)


class GroundForm(forms.Form):
    """The ground on which a paper is waived, or asked for again."""

    ground = forms.CharField(label=_("Căn cứ"), max_length=500)


class ReadingForm(forms.Form):
    """Why a paper is opened."""

    purpose = forms.ChoiceField(label=_("Mục đích xem"), choices=Reading.choices, widget=forms.RadioSelect)


class DutyForm(forms.Form):
    """Who owes a declaration, why, and from which day it is due."""

    kind = forms.ChoiceField(
        label=_("Loại kê khai"), choices=DeclarationKind.choices, initial=DeclarationKind.ANNUAL
    )
    year = forms.IntegerField(label=_("Năm"), min_value=2007, max_value=2100)
    event = DayField(label=_("Ngày vào diện kê khai, hoặc ngày làm quy trình"), required=False)
    codes = PeopleForm.base_fields["codes"]

    def wanted(self) -> list[str]:
        """The codes in the order given, each once."""
        return list(dict.fromkeys(self.cleaned_data["codes"].replace(",", " ").replace(";", " ").split()))


class StepForm(forms.Form):
    """A step done on a day for declarations that are ticked."""

    step = forms.ChoiceField(label=_("Bước đã làm"), choices=DeclarationStep.choices)
    on = DayField(label=_("Ngày"))


class DrawForm(forms.Form):
    """The closed list by its digest, and the seed drawn in public."""

    digest = forms.CharField(label=_("Mã băm của danh sách đã chốt"), max_length=64, min_length=64)
    seed = forms.CharField(label=_("Số đã bốc công khai"), max_length=200)
