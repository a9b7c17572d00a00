"""What is asked on the screens of the workforce."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hientai.apps.workforce.types import Filling, JobCard, Outcome, Scheme
from hientai.rulebook.workforce import LEVELS, decrees, framework


def group_choices(day: date | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups under the decree they belong to, "decree|group"; day: decrees in force then come first."""
    doubt = _now("chưa đối chiếu")
    return [
        (
            f"{decree.code} ({_now('công chức') if decree.staff == 'civil_servant' else _now('viên chức')})",
            [
                (f"{decree.code}|{g.code}", g.name if g.verified else f"{g.name} ({doubt})")
                for g in decree.groups.values()
            ],
        )
        for decree in sorted(decrees().values(), key=lambda one: day is not None and not one.holds(day))
    ]


class JobFilterForm(forms.Form):
    """The register's filter; every field lives in the address."""

    q = forms.CharField(label=_("Tên vị trí"), required=False, max_length=100)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    group = forms.ChoiceField(label=_("Nhóm"), required=False)
    filling = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Tất cả")), *Filling.choices]
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Tất cả đơn vị")), *units]
        names: dict[str, str] = {}
        for decree in decrees().values():
            for group in decree.groups.values():
                names.setdefault(group.code, group.name)
        self.fields["group"].choices = [("", _("Mọi nhóm")), *names.items()]


class JobForm(forms.Form):
    """A job position: new, or otherwise from a day."""

    unit = forms.CharField(label=_("Mã đơn vị"), max_length=60)
    code = forms.CharField(label=_("Mã vị trí"), max_length=80)
    name = forms.CharField(label=_("Tên vị trí việc làm"), max_length=250)
    group = forms.ChoiceField(
        label=_("Nhóm theo nghị định"),
        help_text=_("Chỉ nghị định đang có hiệu lực vào ngày áp dụng mới ghi được."),
    )
    posts = forms.IntegerField(label=_("Số chỉ tiêu"), min_value=1, max_value=9999)
    title = forms.ChoiceField(label=_("Chức danh tương ứng"), required=False)
    description = forms.CharField(
        label=_("Mô tả công việc"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 5})
    )
    requirements = forms.CharField(
        label=_("Yêu cầu về trình độ, kinh nghiệm"),
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    day = forms.DateField(label=_("Áp dụng từ ngày"))
    decision = forms.CharField(label=_("Quyết định"), max_length=300)

    def __init__(
        self, *args: Any, titles: Sequence[tuple[str, str]], card: JobCard | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = group_choices(kwargs.get("initial", {}).get("day"))
        self.fields["title"].choices = [("", _("Không gắn chức danh")), *titles]
        if card is not None:
            for name in ("unit", "code", "title"):
                del self.fields[name]

    def decree_and_group(self) -> tuple[str, str]:
        """The chosen decree and group."""
        decree, _bar, group = self.cleaned_data["group"].partition("|")
        return decree, group


class EndForm(forms.Form):
    """The end of a job position."""

    day = forms.DateField(label=_("Kết thúc từ ngày"))
    decision = forms.CharField(label=_("Quyết định"), max_length=300)


class PlaceForm(forms.Form):
    """People to be placed in a job position: those without one at the unit, or a code."""

    people = forms.MultipleChoiceField(
        label=_("Người chưa có vị trí việc làm ở đơn vị"), required=False, widget=forms.CheckboxSelectMultiple
    )
    code = forms.CharField(label=_("Hoặc mã cán bộ"), required=False, max_length=40)
    day = forms.DateField(label=_("Từ ngày"))
    decision = forms.CharField(label=_("Quyết định"), max_length=300)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people

    def clean(self) -> dict[str, Any]:
        """Somebody must be chosen."""
        said = super().clean() or {}
        if not said.get("people") and not said.get("code"):
            self.add_error("people", _now("Chưa chọn ai."))
        return said

    def codes(self) -> list[str]:
        """The codes chosen and typed."""
        typed = self.cleaned_data["code"].strip()
        return [*self.cleaned_data["people"], *([typed] if typed else [])]


class LevelsForm(forms.Form):
    """A level for each competency of the framework: required by a job position, or assessed of a person."""

    def __init__(self, *args: Any, levels: dict[str, int], none: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, one in framework().competencies.items():
            self.fields[f"level_{code}"] = forms.TypedChoiceField(
                label=one.name, required=False, coerce=int, empty_value=None, initial=levels.get(code),
                choices=[("", none), *((n, f"{n}. {one.levels[n - 1]}") for n in range(1, LEVELS + 1))],
            )  # fmt: skip

    def level_fields(self) -> list[Any]:
        """Bound fields of levels, in framework order."""
        return [self[name] for name in self.fields if name.startswith("level_")]

    def levels(self) -> dict[str, int | None]:
        """Competency -> level, None where none was chosen."""
        return {code: self.cleaned_data[f"level_{code}"] for code in framework().competencies}


class RequireForm(LevelsForm):
    """Levels that a job position asks for."""

    day = forms.DateField(label=_("Áp dụng từ ngày"))
    decision = forms.CharField(label=_("Quyết định"), max_length=300)


class AssessForm(LevelsForm):
    """Levels that somebody judged a person to have."""

    by = forms.CharField(label=_("Người đánh giá"), max_length=150)
    day = forms.DateField(label=_("Ngày đánh giá"))
    decision = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Biên bản, phiếu đánh giá."))


class GapForm(forms.Form):
    """Which unit's gaps."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Toàn bộ phạm vi được xem")), *units]


class LeavingForm(forms.Form):
    """Somebody leaves by a scheme."""

    code = forms.CharField(label=_("Mã cán bộ"), max_length=40)
    scheme = forms.ChoiceField(label=_("Chế độ"), choices=Scheme.choices)
    day = forms.DateField(label=_("Nghỉ từ ngày"))
    decision = forms.CharField(label=_("Quyết định"), max_length=300)
    posts_cut = forms.IntegerField(
        label=_("Số biên chế cắt theo"),
        min_value=0,
        max_value=99,
        initial=0,
        help_text=_("Chỉ tiêu của đơn vị giảm từ cùng ngày; 0 nếu quyết định không nêu."),
    )


class ReasonForm(forms.Form):
    because = forms.CharField(label=_("Lý do hoàn tác"), max_length=300)


OUTCOMES = dict(Outcome.choices)
