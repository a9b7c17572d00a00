"""What is asked on the page of the figure check: a file, or text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hientai.apps.reports.checking import ENDINGS, LARGEST_FILE, too_large
from hientai.apps.reports.extract import GROUPS, LAYOUTS, ORDERS, PAPERS
from hientai.apps.reports.types import LockRow
from hientai.foundation.people_lists import ColumnSource, ListColumn
from hientai.foundation.web.templatetags.formats import sentence

LONGEST_TEXT = 500_000


class CheckForm(forms.Form):
    """Either of both; whether the content can be read is found out by reading it."""

    file = forms.FileField(
        label=_("Tệp dự thảo"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"max_length": _("Tên tệp quá dài; hãy đổi tên ngắn hơn.")},
    )
    text = forms.CharField(
        label=_("Hoặc dán văn bản vào đây"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false"}),
        error_messages={"max_length": _("Văn bản quá dài; hãy lưu thành tệp rồi tải lên.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(sentence(too_large(file.name).message), code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = cleaned.get("text", "").strip()
        if cleaned.get("file") and text:
            self.add_error(
                "file",
                _("Có cả tệp lẫn văn bản: để kiểm tra tệp, hãy xóa văn bản và chọn lại tệp; "
                  "để kiểm tra văn bản, chỉ cần bấm lại Kiểm tra."),
            )  # fmt: skip
        elif not self.errors and not cleaned.get("file") and not text:
            self.add_error("file", _("Chưa có gì để kiểm tra: hãy chọn tệp hoặc dán văn bản."))
        return cleaned

    def source(self) -> tuple[str, str, bytes]:
        """The field, the name and the content of what is to be checked; only after `is_valid`."""
        file = self.cleaned_data.get("file")
        if file:
            return "file", file.name, file.read()
        return "text", "van-ban.txt", self.cleaned_data["text"].encode()


class ReportForm(forms.Form):
    """What one report asks: the unit, and the options its source gives; all of it lives in the address."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)

    def __init__(
        self,
        *args: Any,
        units: list[tuple[str, str]],
        options: list[tuple[str, Any, list[tuple[str, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]
        self.option_names = [name for name, _label, _choices in options]
        for name, label, choices in options:
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)


class VerifyForm(forms.Form):
    """A file that may be a frozen report."""

    file = forms.FileField(label=_("Tệp báo cáo cần kiểm lại"))


class ExtractForm(forms.Form):
    """How an extract list is drawn; all of it lives in the address."""

    heading = forms.CharField(label=_("Tên danh sách"), required=False, max_length=200)
    group = forms.ChoiceField(label=_("Chia nhóm"), required=False, choices=list(GROUPS.items()))
    order = forms.ChoiceField(label=_("Thứ tự"), required=False, choices=list(ORDERS.items()))
    paper = forms.ChoiceField(label=_("Khổ giấy"), required=False, choices=list(PAPERS.items()))
    layout = forms.ChoiceField(label=_("Thể thức"), required=False, choices=list(LAYOUTS.items()))
    column = forms.MultipleChoiceField(label=_("Cột"), required=False)

    def __init__(
        self, *args: Any, columns: list[tuple[ColumnSource, list[ListColumn]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.families = [(source.label, listed) for source, listed in columns]
        self.labels = {c.code: _named(c) for _source, listed in columns for c in listed}
        self.codes = frozenset(self.labels)
        self.fields["column"].choices = list(self.labels.items())


def _named(column: ListColumn) -> str:
    return f"{column.over}: {column.label}" if column.over else str(column.label)


class ChangesForm(forms.Form):
    """Since which locked day, and where."""

    lock = forms.ChoiceField(label=_("Ngày khóa"), required=False)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)

    def __init__(self, *args: Any, locks: list[LockRow], units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {lock.day.isoformat(): f"{lock.day:%d/%m/%Y} · {lock.name}" for lock in reversed(locks)}
        self.fields["lock"].choices = [("", _("Ngày khóa gần nhất")), *sorted(days.items(), reverse=True)]
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]


class LockForm(forms.Form):
    """A day to be declared settled."""

    day = forms.DateField(label=_("Ngày"))
    name = forms.CharField(label=_("Tên lần khóa, ví dụ: Báo cáo năm 2025"), max_length=120)
