"""What is asked on the pages of consultations."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hientai.apps.consultations.types import Clause, DraftKind, Reply

TEXT_HELP = _(
    "Dán cả dự thảo. Dòng bắt đầu bằng “Điều 1”, “Mục 2”… mở một điều khoản; không có thì mỗi đoạn là một điều khoản."
)


class OpenForm(forms.Form):
    """A draft to be sent out."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Loại dự thảo"), choices=DraftKind.choices)
    title = forms.CharField(label=_("Tên dự thảo"), max_length=300)
    unit = forms.CharField(
        label=_("Đơn vị lấy ý kiến"), max_length=200,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Hạn trả lời"), help_text=_("Ngày cuối cùng còn kịp trả lời."))
    addressees = forms.CharField(
        label=_("Hỏi ý kiến ai"), widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}), max_length=60_000,
        help_text=_("Mỗi nơi một dòng: mã hoặc tên đơn vị, hoặc mã hồ sơ của một người."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Nội dung dự thảo"), widget=forms.Textarea(attrs={"rows": 14}), help_text=TEXT_HELP,
        max_length=500_000,
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["addressees"].splitlines() if line.strip()]


class AnswerForm(forms.Form):
    """Agreement, or proposals clause by clause."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    agrees = forms.ChoiceField(
        label=_("Ý kiến"), widget=forms.RadioSelect,
        choices=[("yes", _("Thống nhất toàn bộ dự thảo")), ("no", _("Có đề xuất"))],
    )  # fmt: skip

    def __init__(self, *args: Any, clauses: Sequence[Clause], **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.clauses = clauses
        add_proposals(self, clauses)

    def said(self) -> Mapping[str, str]:
        return proposals_in(self, self.clauses)

    def shown(self) -> list[dict[str, Any]]:
        """Each clause with its field, then the whole."""
        lines: list[dict[str, Any]] = [
            {"clause": clause, "field": self[f"clause_{place}"]} for place, clause in enumerate(self.clauses)
        ]
        return [*lines, {"clause": None, "field": self["whole"]}]


class StateForm(forms.Form):
    """The base of acts of those who lead: the state of the consultation that the page showed."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class VersionForm(StateForm):
    text = forms.CharField(
        label=_("Nội dung dự thảo"), widget=forms.Textarea(attrs={"rows": 18}), help_text=TEXT_HELP,
        max_length=500_000,
    )  # fmt: skip
    note = forms.CharField(label=_("Thay đổi gì"), max_length=300, required=False)


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(label=_("Trả lời"), choices=Reply.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)


class ConferenceForm(StateForm):
    held_on = forms.DateField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    chair = forms.CharField(label=_("Chủ trì"), max_length=150, required=False)
    present = forms.IntegerField(label=_("Số người có mặt"), min_value=1)
    minutes = forms.CharField(
        label=_("Nội dung biên bản"), widget=forms.Textarea(attrs={"rows": 8}), max_length=60_000
    )

    def __init__(self, *args: Any, clauses: Sequence[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = clauses
        add_proposals(self, clauses)

    def said(self) -> Mapping[str, str]:
        return proposals_in(self, self.clauses)


class CloseForm(StateForm):
    on = forms.DateField(label=_("Ngày kết thúc"))
    note = forms.CharField(
        label=_("Kết luận"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=4000
    )
    knows_silent = forms.BooleanField(
        label=_("Tôi biết còn nơi chưa trả lời; biên bản sẽ nêu tên"), required=False
    )


def add_proposals(form: forms.Form, clauses: Sequence[Clause]) -> None:
    """A field for each clause, and one for the whole."""
    for place, clause in enumerate(clauses):
        form.fields[f"clause_{place}"] = forms.CharField(
            label=_now("Đề xuất đối với {clause}").format(clause=clause.label), required=False, max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
    form.fields["whole"] = forms.CharField(
        label=_("Đề xuất chung"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2})
    )


def proposals_in(form: forms.Form, clauses: Sequence[Clause]) -> dict[str, str]:
    """Proposals by clause label; "" is the whole."""
    said = {clause.label: form.cleaned_data[f"clause_{place}"] for place, clause in enumerate(clauses)}
    return {**said, "": form.cleaned_data["whole"]}
