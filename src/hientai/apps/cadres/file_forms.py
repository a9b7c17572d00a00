"""What is asked to write one record by hand: one form for every kind, made from its fields."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres import file_selectors
from hientai.apps.cadres.kinds import CHOICES, Field, How, Kind
from hientai.apps.cadres.portraits import MOST_BYTES
from hientai.apps.cadres.types import Born, QualificationKind, RecordRow, Sex
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import Tier, TitleRow, UnitRow
from hientai.engines.errors import BadInput
from hientai.engines.vitext import parse_day, search_key


class Doing(enum.StrEnum):
    """What is done to a record, as the address says it."""

    ADD = "them"
    CHANGE = "thay-doi"
    CORRECT = "dinh-chinh"
    END = "ket-thuc"
    WITHDRAW = "rut"


@dataclass(frozen=True)
class Lists:
    """What there is to choose from. codes: list -> (code, name)."""

    codes: Mapping[str, Sequence[tuple[str, str]]]
    units: Sequence[UnitRow] = ()
    titles: Sequence[TitleRow] = ()


def lists_of(kind: Kind) -> set[str]:
    """The code lists that the form of a kind needs."""
    wanted = {field.of for field in kind.fields if field.how is How.CODE}
    if any(field.how is How.LEVEL for field in kind.fields):
        wanted |= set(QualificationKind.values)
    return wanted


class RecordForm(forms.Form):
    """The values of one record, its days, what it rests on or why it is corrected."""

    def __init__(
        self, *args: Any, kind: Kind, doing: Doing, lists: Lists, row: RecordRow | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.doing, self.lists = kind, doing, lists
        if doing in (Doing.ADD, Doing.CHANGE, Doing.CORRECT):
            for field in kind.fields:
                self.fields[field.name] = _asked(field, lists, row)
        self._ask_days(row)
        if doing in (Doing.CORRECT, Doing.WITHDRAW):
            self.fields["because"] = forms.CharField(
                label=_("Lý do"),
                max_length=300,
                help_text=_("Sai ở đâu, căn cứ vào đâu. Bản cũ vẫn đọc được."),
            )
        else:
            self.fields["source"] = forms.CharField(
                label=_("Căn cứ"),
                max_length=300,
                help_text=_("Số, ngày của quyết định, văn bằng hoặc giấy tờ."),
            )

    def _ask_days(self, row: RecordRow | None) -> None:
        kind, doing = self.kind, self.doing
        if doing is Doing.ADD and kind.since:
            self.fields["since"] = _day(kind.since)
        if doing is Doing.CORRECT and kind.since and kind.slug != "so-yeu":
            self.fields["since"] = _day(kind.since, initial=row.valid_from if row else None)
        if doing in (Doing.ADD, Doing.CORRECT) and kind.ends:
            last = row.last_day if row else None
            self.fields["last"] = _day(_("Đến hết ngày"), required=False, initial=last)
        if doing is Doing.CHANGE:
            self.fields["on"] = _day(_("Thay đổi từ ngày"))
        if doing is Doing.END:
            self.fields["last"] = _day(_("Ngày cuối cùng"))

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        for field in self.kind.fields:
            if field.name not in asked or field.name in self.errors:
                continue
            try:
                asked[field.name] = self._read(field, asked[field.name], asked)
            except ValidationError as error:
                self.add_error(field.name, error)
        return asked

    def _read(self, field: Field, value: Any, asked: Mapping[str, Any]) -> Any:
        match field.how:
            case How.BORN:
                return _born(value)
            case How.UNIT:
                return _unit(value, self.lists.units)
            case How.TITLE:
                return _title(value, asked.get("unit"), self.lists)
            case How.NUMBER:
                return _number(value)
            case _:
                return value

    def values(self) -> dict[str, Any]:
        """The values by field; only after validation."""
        return {field.name: self.cleaned_data[field.name] for field in self.kind.fields}


PAPERS = ".pdf,.docx,.jpg,.jpeg,.png"
ADDED = {
    Doing.ADD: lambda: _now("Đề nghị thêm {what}"),
    Doing.CORRECT: lambda: _now("Đề nghị đính chính {what}"),
    Doing.END: lambda: _now("Đề nghị kết thúc {what}"),
    Doing.WITHDRAW: lambda: _now("Đề nghị rút {what}"),
}


class AskForm(RecordForm):
    """The same, for others to decide: why, and what proves it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("because", None)
        self.fields.pop("source", None)
        self.fields["reason"] = forms.CharField(
            label=_("Lý do, căn cứ"), max_length=300,
            help_text=_("Số, ngày của quyết định, văn bằng hoặc giấy tờ; nếu sửa sai thì sai ở đâu."),
        )  # fmt: skip
        self.fields["paper"] = forms.FileField(
            label=_("Giấy tờ chứng minh"), required=False,
            help_text=_("PDF, Word (.docx), ảnh JPEG hoặc PNG, tối đa 25 MB."),
            widget=forms.ClearableFileInput(attrs={"accept": PAPERS}),
        )  # fmt: skip


class FilledForm(forms.Form):
    """A biographical form that somebody filled in."""

    file = forms.FileField(
        label=_("Bản khai đã điền"),
        help_text=_("Word (.docx) hoặc Excel (.xlsx) theo mẫu 2C/TCTW-98, 2C-BNV/2008 hoặc HS02-VC/BNV, tối đa 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx"}),
    )  # fmt: skip


def _asked(field: Field, lists: Lists, row: RecordRow | None) -> forms.Field:
    now = row.values.get(field.name) if row else None
    common = {"label": field.label, "required": field.required, "help_text": field.help}
    match field.how:
        case How.DAY:
            return _day(field.label, required=field.required, initial=now)
        case How.CHOICE:
            return forms.ChoiceField(choices=_chosen(CHOICES[field.of], now), initial=now, **common)
        case How.CODE:
            return forms.ChoiceField(choices=_chosen(lists.codes[field.of], now), initial=now, **common)
        case How.LEVEL:
            return forms.ChoiceField(choices=_levels(lists), initial=now, **common)
        case How.WHOLE:
            return forms.IntegerField(min_value=0, max_value=9999, initial=now, **common)
        case How.DECIMAL:
            return forms.DecimalField(
                min_value=0, max_digits=5, decimal_places=2, initial=now, localize=True, **common
            )
        case How.LONG:
            widget = forms.Textarea(attrs={"rows": 4})
            return forms.CharField(max_length=field.longest, initial=now, widget=widget, **common)
        case How.UNIT:
            code = next((u.code for u in lists.units if u.id == now), now)
            return _listed("units", initial=code, **{**common, "help_text": _("Tên hoặc mã đơn vị.")})
        case How.TITLE:
            return _listed("titles", initial=now, **common)
        case How.NUMBER:
            return forms.CharField(
                max_length=field.longest, widget=forms.TextInput(attrs={"autocomplete": "off"}), **common
            )
        case _:
            return forms.CharField(max_length=field.longest, initial=now, **common)


def _day(label: Any, *, required: bool = True, initial: date | None = None) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, initial=initial, widget=forms.DateInput(attrs={"autocomplete": "off"})
    )


def _listed(name: str, **common: Any) -> forms.CharField:
    return forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"list": name, "autocomplete": "off"}), **common
    )


def _chosen(choices: Sequence[tuple[str, Any]], now: Any) -> list[tuple[str, Any]]:
    """The choices, and what the record says now where it is none of them (an old code)."""
    old = [(now, now)] if now and now not in dict(choices) else []
    return [("", "---------"), *choices, *old]


def lists_for(request: Any, kind: Kind) -> Lists:
    """What the form of a kind chooses from today, for the actor of a request."""
    hows = {field.how for field in kind.fields}
    codes = file_selectors.code_choices(actor=request.actor, as_of=request.today, lists=lists_of(kind))
    if How.UNIT not in hows:
        return Lists(codes)
    units = organization.units(actor=request.actor, as_of=request.today)
    titles = organization.titles(actor=request.actor, as_of=request.today) if How.TITLE in hows else ()
    return Lists(codes, units, titles)


def _levels(lists: Lists) -> list[tuple[Any, Any]]:
    groups = [
        (kind.label, [(f"{kind.value}:{code}", name) for code, name in lists.codes[kind.value]])
        for kind in QualificationKind
    ]
    return [("", "---------"), *groups]


def _born(text: str) -> Born:
    try:
        parsed = parse_day(text)
    except BadInput as error:
        raise ValidationError(str(error.message.render(_now))) from error
    return Born(parsed.year, parsed.month, parsed.day)


def _unit(text: str, units: Sequence[UnitRow]) -> int:
    typed = text.strip()
    named = [u for u in units if u.code.lower() == typed.lower()]
    named = named or [u for u in units if search_key(u.name) == search_key(typed)]
    if len(named) == 1:
        return named[0].id
    if named:
        codes = ", ".join(f"{u.name} ({u.code})" for u in named[:6])
        raise ValidationError(_("Có nhiều đơn vị tên như vậy, hãy ghi mã: {codes}.").format(codes=codes))
    raise ValidationError(_("Không có đơn vị này. Hãy chọn trong danh sách gợi ý, hoặc ghi mã đơn vị."))


def _title(text: str, unit_id: Any, lists: Lists) -> int:
    level = next((u.level for u in lists.units if u.id == unit_id), "")
    named = [t for t in lists.titles if search_key(text) in (search_key(t.name), search_key(t.code))]
    fitting = [t for t in named if t.level == level] or named
    if not fitting:
        raise ValidationError(_("Không có chức danh này trong danh mục."))
    return fitting[0].id


def _number(text: str) -> str:
    digits = "".join(text.split())
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (9, 12):
        raise ValidationError(_("Số định danh phải có 12 chữ số (CCCD) hoặc 9 chữ số (CMND)."))
    return digits


class NewPersonForm(forms.Form):
    """Somebody who has no file yet: the least that a file needs."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", "---------"), *Sex.choices])
    born = forms.CharField(
        label=_("Ngày sinh"), max_length=40, help_text=_("05/03/1980, hoặc chỉ năm: 1980.")
    )
    number = forms.CharField(
        label=_("Số CCCD hoặc CMND"), max_length=20, required=False, help_text=_("12 hoặc 9 chữ số."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    unit = _listed("units", label=_("Đơn vị giữ hồ sơ"), help_text=_("Tên hoặc mã đơn vị."))
    tier = forms.ChoiceField(label=_("Diện quản lý"), choices=[("", "---------"), *Tier.choices])
    since = _day(_("Quản lý từ ngày"))
    source = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày của quyết định, văn bằng hoặc giấy tờ.")
    )
    another = forms.BooleanField(label=_("Đã xem những người giống, đây là người khác"), required=False)

    def __init__(self, *args: Any, units: Sequence[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = units

    def clean_born(self) -> Born:
        return _born(self.cleaned_data["born"])

    def clean_unit(self) -> int:
        return _unit(self.cleaned_data["unit"], self._units)

    def clean_number(self) -> str:
        text = self.cleaned_data["number"]
        return _number(text) if text.strip() else ""


class PhotoForm(forms.Form):
    """A portrait and the day it was taken."""

    most_bytes = MOST_BYTES

    photo = forms.FileField(
        label=_("Chọn hoặc thả ảnh vào đây"),
        help_text=_("JPG, PNG hoặc WebP, tối đa 8 MB. Thông tin kèm ảnh được bỏ đi."),
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )  # fmt: skip
    taken_on = _day(_("Ngày chụp"))
    source = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
