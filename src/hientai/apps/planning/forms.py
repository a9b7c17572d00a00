"""What is asked on the screens of planning."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from hientai.apps.organization.types import Block, Level
from hientai.apps.planning.turns import COMMITTEE, POSTS, STANDING, TurnFilter
from hientai.apps.planning.types import (
    AdditionDecision,
    Audience,
    CameFrom,
    PoliticalState,
    Readiness,
    ReviewDecision,
    Source,
)


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


class TurnsForm(CoverageForm):
    """Which turns of the plan to list."""

    level = forms.ChoiceField(label=_("Cấp"), required=False, choices=[("", _("Mọi cấp")), *Level.choices])
    group = forms.ChoiceField(
        label=_("Nhóm chức danh"),
        required=False,
        choices=[
            ("", _("Mọi nhóm")),
            (COMMITTEE, _("Ban chấp hành")),
            (STANDING, _("Ban thường vụ")),
            (POSTS, _("Chức danh lãnh đạo, quản lý")),
        ],
    )
    title = forms.ChoiceField(label=_("Chức danh"), required=False)
    block = forms.ChoiceField(label=_("Khối"), required=False, choices=[("", _("Mọi khối")), *Block.choices])
    sex = forms.ChoiceField(
        label=_("Giới tính"), required=False, choices=[("", _("Nam và nữ")), ("F", _("Nữ")), ("M", _("Nam"))]
    )
    readiness = forms.ChoiceField(
        label=_("Sẵn sàng"), required=False, choices=[("", _("Mọi mức")), *Readiness.choices]
    )
    over = forms.BooleanField(label=_("Chỉ người quá số chức danh"), required=False)

    def __init__(
        self,
        *args: object,
        terms: Sequence[str],
        units: Sequence[tuple[str, str]],
        titles: Sequence[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, terms=terms, units=units, **kwargs)
        self.fields["title"].choices = [("", _("Mọi chức danh")), *titles]

    def wanted(self) -> TurnFilter:
        """What was asked; everything where nothing was, or what was asked is no choice."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        names = ("level", "group", "title", "unit", "block", "sex", "readiness")
        return TurnFilter(
            **{name: asked.get(name, "") for name in names}, over=bool(asked.get("over", False))
        )


class OpenProposalForm(forms.Form):
    """For which plan a unit begins its list."""

    term = forms.ChoiceField(label=_("Nhiệm kỳ"))
    unit = forms.ChoiceField(label=_("Đơn vị đề nghị"))

    def __init__(
        self, *args: object, terms: Sequence[str], units: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [(term, term) for term in terms]
        self.fields["unit"].choices = units


class DecisionForm(forms.Form):
    """The document a decision rests on."""

    decision = forms.CharField(
        label=_("Văn bản"),
        max_length=300,
        help_text=_("Số, ngày, cơ quan; ví dụ: Quyết định 12-QĐ/TU ngày 20/09/2025."),
    )


class HoldReviewForm(forms.Form):
    """Which plan is reviewed; the day is that of the page."""

    term = forms.ChoiceField(label=_("Nhiệm kỳ"))

    def __init__(self, *args: object, terms: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [(term, term) for term in terms]


class DecideForm(forms.Form):
    """What people decide about the slots they marked."""

    decision = forms.ChoiceField(label=_("Quyết định"), choices=ReviewDecision.choices)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        required=False,
        help_text=_("Bắt buộc khi quyết định khác kết quả rà soát."),
    )


class PoliticalForm(forms.Form):
    """Where the conclusion on the political standard of the marked people stands, and its day; no text of any kind."""

    state = forms.ChoiceField(
        label=_("Kết luận tiêu chuẩn chính trị"),
        required=False,
        choices=[("", _("Chưa đề nghị (bỏ ghi)")), *PoliticalState.choices],
    )
    political_on = forms.DateField(label=_("Ngày"), required=False)


class AddForm(forms.Form):
    """Why people are put forward to be added, and where they were found."""

    came_from = forms.ChoiceField(
        label=_("Từ đâu"), choices=[one for one in CameFrom.choices if one[0] != CameFrom.PROPOSAL]
    )
    origin = forms.ChoiceField(label=_("Nguồn"), choices=Source.choices)
    codes = forms.CharField(
        label=_("Mã cán bộ khác"),
        max_length=2000,
        required=False,
        help_text=_("Ví dụ chép từ trang Tìm cán bộ; nhiều mã cách nhau bằng dấu cách hoặc dấu phẩy."),
    )
    reason = forms.CharField(label=_("Lý do đề nghị bổ sung"), max_length=300)


class AdditionForm(forms.Form):
    """What people decide about those put forward."""

    decision = forms.ChoiceField(label=_("Quyết định"), choices=AdditionDecision.choices)
    said = forms.CharField(
        label=_("Lý do"), max_length=300, required=False, help_text=_("Bắt buộc khi không bổ sung.")
    )


class PublishForm(forms.Form):
    """Which list is published, by which document, and for whom; the list is as of the page's day."""

    term = forms.ChoiceField(label=_("Nhiệm kỳ"))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    audience = forms.ChoiceField(label=_("Ai được xem"), choices=Audience.choices, initial=Audience.UNITS)
    published_on = forms.DateField(label=_("Ngày công bố"))
    decision = forms.CharField(
        label=_("Văn bản"),
        max_length=300,
        help_text=_("Số, ngày, cơ quan; ví dụ: Quyết định 12-QĐ/TU ngày 20/09/2025."),
    )

    def __init__(
        self, *args: object, terms: Sequence[str], units: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [(term, term) for term in terms]
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]


class CorrectionForm(forms.Form):
    """Why a publication should not stand."""

    because = forms.CharField(
        label=_("Lý do đính chính"),
        max_length=300,
        help_text=_("Danh sách vẫn đọc được, kèm lý do này; sau đó có thể công bố danh sách đúng."),
    )


class DepthsForm(CoverageForm):
    """Which seats of a plan to list."""

    kind = forms.ChoiceField(
        label=_("Vị trí"),
        required=False,
        choices=[
            ("under", _("Thiếu người")),
            ("over", _("Quá số người")),
            ("no_women", _("Chức danh chủ chốt không có nữ")),
        ],
    )


class AheadForm(forms.Form):
    """How far to look ahead, under which unit, and which number's list."""

    years = forms.IntegerField(label=_("Số năm"), required=False, min_value=1, max_value=30)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    title = forms.CharField(required=False, max_length=80)
    year = forms.IntegerField(required=False, min_value=0, max_value=30)
    kind = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: object, units: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]
        self.fields["years"].widget.attrs["placeholder"] = "5"

    def asked(self) -> tuple[int, str, str, int, str]:
        """Years, unit, title, year, kind; five years of everything where nothing or nonsense was asked."""
        known = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return (
            known.get("years") or 5, known.get("unit", ""), known.get("title", ""), known.get("year") or 0,
            known.get("kind", ""),
        )  # fmt: skip


class WantedForm(forms.Form):
    """How many people a plan wants for a seat, and on what that rests."""

    number = forms.IntegerField(label=_("Số người cần"), min_value=0, max_value=99)
    source = forms.CharField(label=_("Văn bản"), max_length=200)


class StepForm(forms.Form):
    """One step of a programme of action."""

    text = forms.CharField(
        label=_("Việc cần làm"),
        max_length=300,
        help_text=_("Ví dụ: học cao cấp lý luận chính trị; luân chuyển về cấp xã."),
    )
    due_on = forms.DateField(label=_("Hạn hoàn thành"))
