"""What is asked on the screens of units: an act of each kind, its undoing, a freeze window."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hientai.apps.organization.types import (
    ActDraft,
    ActKind,
    Block,
    FrozenWork,
    Heir,
    Level,
    UnitChange,
    UnitDraft,
    UnitKind,
    UnitRow,
)


class ActForm(forms.Form):
    """What every act says: the decision and its day."""

    decision = forms.CharField(
        label=_("Quyết định"),
        max_length=300,
        help_text=_("Số, ngày, cơ quan ban hành; ghi như trên văn bản."),
    )
    day = forms.DateField(label=_("Hiệu lực từ ngày"))

    def draft(self, unit: UnitRow) -> ActDraft:
        """The act as an order to the service."""
        raise NotImplementedError

    def _said(self) -> dict[str, Any]:
        return {"day": self.cleaned_data["day"], "decision": self.cleaned_data["decision"]}


class RenameForm(ActForm):
    name = forms.CharField(label=_("Tên mới"), max_length=250)

    def draft(self, unit: UnitRow) -> ActDraft:
        change = UnitChange(unit.code, {"name": self.cleaned_data["name"]})
        return ActDraft(ActKind.RENAME, **self._said(), changes=(change,))


class MoveForm(ActForm):
    parent = forms.CharField(label=_("Mã đơn vị cấp trên mới"), max_length=60)

    def draft(self, unit: UnitRow) -> ActDraft:
        return ActDraft(
            ActKind.MOVE,
            **self._said(),
            changes=(UnitChange(unit.code, parent=self.cleaned_data["parent"].strip()),),
        )


class LevelForm(ActForm):
    level = forms.ChoiceField(label=_("Cấp mới"), choices=Level.choices)

    def draft(self, unit: UnitRow) -> ActDraft:
        change = UnitChange(unit.code, {"level": self.cleaned_data["level"]})
        return ActDraft(ActKind.CHANGE_LEVEL, **self._said(), changes=(change,))


class DissolveForm(ActForm):
    def draft(self, unit: UnitRow) -> ActDraft:
        return ActDraft(ActKind.DISSOLVE, **self._said(), ends=(unit.code,))


class EstablishForm(ActForm):
    """A new unit below the one the form was opened on."""

    code = forms.CharField(label=_("Mã đơn vị mới"), max_length=60)
    name = forms.CharField(label=_("Tên đơn vị mới"), max_length=250)
    kind = forms.ChoiceField(label=_("Loại"), choices=UnitKind.choices, initial=UnitKind.DIVISION)
    block = forms.ChoiceField(label=_("Khối"), choices=Block.choices, initial=Block.GOVERNMENT)
    level = forms.ChoiceField(label=_("Cấp"), choices=Level.choices)

    def draft(self, unit: UnitRow) -> ActDraft:
        asked = self.cleaned_data
        new = UnitDraft(
            asked["code"].strip(),
            asked["name"],
            asked["kind"],
            asked["block"],
            asked["level"],
            unit.code,
            asked["day"],
        )
        return ActDraft(ActKind.ESTABLISH, **self._said(), begins=(new,))


class MergeForm(ActForm):
    """The unit and others end and become one: a new unit of the same kind, or one that is there."""

    others = forms.CharField(
        label=_("Mã các đơn vị khác cùng kết thúc"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi mã một dòng."),
    )  # fmt: skip
    into = forms.CharField(
        label=_("Mã đơn vị kế thừa"), max_length=60, help_text=_("Mã đang có, hoặc mã mới.")
    )
    name = forms.CharField(
        label=_("Tên đơn vị kế thừa"),
        max_length=250,
        required=False,
        help_text=_("Chỉ ghi khi là đơn vị mới."),
    )

    def draft(self, unit: UnitRow) -> ActDraft:
        asked = self.cleaned_data
        into = asked["into"].strip()
        ends = tuple(dict.fromkeys([unit.code, *asked["others"].split()]))
        ends = tuple(code for code in ends if code != into)
        begins = ()
        if asked["name"]:
            begins = (
                UnitDraft(
                    into,
                    asked["name"],
                    unit.kind,
                    unit.block,
                    unit.level,
                    asked["parent_code"],
                    asked["day"],
                    unit.order,
                ),
            )
        return ActDraft(ActKind.MERGE, **self._said(), begins=begins, ends=ends,
                        heirs=tuple(Heir(code, into, Fraction(1)) for code in ends))  # fmt: skip


class SplitForm(ActForm):
    """The unit is divided (it ends) or gives parts away (it lives on)."""

    parts = forms.CharField(
        label=_("Các đơn vị mới"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng: mã; tên; phần (ví dụ 1/2, để trống nếu quyết định không nêu). Dòng đầu giữ hồ sơ."),
    )  # fmt: skip
    lives_on = forms.BooleanField(label=_("Đơn vị vẫn còn sau khi tách"), required=False)

    def clean_parts(self) -> list[tuple[str, str, Fraction | None]]:
        found = []
        for line in self.cleaned_data["parts"].splitlines():
            if not line.strip():
                continue
            pieces = [piece.strip() for piece in line.split(";")]
            if len(pieces) < 2 or not pieces[0] or not pieces[1]:
                raise forms.ValidationError(
                    _now("Dòng “%(line)s” cần có mã và tên, cách nhau bằng dấu chấm phẩy.") % {"line": line}
                )
            try:
                share = Fraction(pieces[2]) if len(pieces) > 2 and pieces[2] else None
            except (ValueError, ZeroDivisionError) as error:
                raise forms.ValidationError(
                    _now("“%(share)s” không phải là một phần.") % {"share": pieces[2]}
                ) from error
            found.append((pieces[0], pieces[1], share))
        return found

    def draft(self, unit: UnitRow) -> ActDraft:
        asked = self.cleaned_data
        begins = tuple(
            UnitDraft(
                code, name, unit.kind, unit.block, unit.level, asked["parent_code"], asked["day"], unit.order
            )
            for code, name, _share in asked["parts"]
        )
        keeps = not asked["lives_on"]
        heirs = tuple(
            Heir(unit.code, code, share, keeps and place == 0)
            for place, (code, _name, share) in enumerate(asked["parts"])
        )
        ends = () if asked["lives_on"] else (unit.code,)
        return ActDraft(ActKind.SPLIT, **self._said(), begins=begins, ends=ends, heirs=heirs)


ACT_FORMS: dict[str, type[ActForm]] = {
    ActKind.RENAME: RenameForm,
    ActKind.MOVE: MoveForm,
    ActKind.CHANGE_LEVEL: LevelForm,
    ActKind.ESTABLISH: EstablishForm,
    ActKind.MERGE: MergeForm,
    ActKind.SPLIT: SplitForm,
    ActKind.DISSOLVE: DissolveForm,
}


class UndoForm(forms.Form):
    because = forms.CharField(label=_("Lý do hoàn tác"), max_length=300)


class OtherDayForm(forms.Form):
    """The other day of a comparison."""

    so = forms.DateField(label=_("So với ngày"), required=False)


class FreezeForm(forms.Form):
    """A freeze window; the last day is inclusive, as officers write it."""

    unit = forms.CharField(label=_("Mã đơn vị"), max_length=60)
    kinds = forms.MultipleChoiceField(
        label=_("Việc tạm dừng"), choices=FrozenWork.choices, widget=forms.CheckboxSelectMultiple
    )
    first = forms.DateField(label=_("Từ ngày"))
    last = forms.DateField(label=_("Đến hết ngày"), required=False)
    decision = forms.CharField(label=_("Theo văn bản"), max_length=300)
