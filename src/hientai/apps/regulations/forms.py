"""What is asked on the screens of the register."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hientai.apps.regulations.types import Secrecy, Status
from hientai.engines.criteria.tree import Direction
from hientai.engines.errors import BadInput
from hientai.engines.vitext import parse_number
from hientai.foundation import registry

SHARE, OTHER = "tỷ lệ", "other"
_DAY = forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"})
DIRECTIONS = [
    (Direction.MINIMUM.value, _("Ít nhất")), (Direction.MAXIMUM.value, _("Nhiều nhất")),
    (Direction.EXACT.value, _("Đúng bằng")),
]  # fmt: skip


class RegisterForm(forms.Form):
    """Which documents to list."""

    q = forms.CharField(label=_("Số hoặc tên văn bản"), required=False)
    status = forms.ChoiceField(label=_("Hiệu lực"), required=False)
    issuer = forms.ChoiceField(label=_("Nơi ban hành"), required=False)

    def __init__(self, *args: object, issuers: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", _("Tất cả")), *Status.choices]
        self.fields["issuer"].choices = [("", _("Tất cả")), *((one, one) for one in issuers)]


class DocumentForm(forms.Form):
    """A document that the program does not bring."""

    code = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("Ví dụ 15-QĐ/TU"))
    title = forms.CharField(label=_("Tên văn bản"), max_length=400)
    issuer = forms.CharField(label=_("Nơi ban hành"), max_length=150)
    signed_on = forms.DateField(label=_("Ngày ký"), required=False, widget=_DAY)
    valid_from = forms.DateField(label=_("Có hiệu lực từ ngày"), required=False, widget=_DAY)
    valid_to = forms.DateField(
        label=_("Hết hiệu lực từ ngày"),
        required=False,
        widget=_DAY,
        help_text=_("Ngày đầu tiên không còn hiệu lực"),
    )
    secrecy = forms.ChoiceField(label=_("Độ mật"), choices=Secrecy.choices)
    replaces = forms.CharField(
        label=_("Thay thế các văn bản"),
        required=False,
        help_text=_("Số, ký hiệu, cách nhau bằng dấu chấm phẩy"),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    text = forms.FileField(
        label=_("Tệp văn bản"), required=False, help_text=_(".pdf, .docx hoặc .txt, tối đa 20 MB")
    )

    def clean_replaces(self) -> list[str]:
        return [code.strip() for code in self.cleaned_data["replaces"].split(";") if code.strip()]


class TextForm(forms.Form):
    """A file of the text."""

    text = forms.FileField(label=_("Tệp văn bản"), help_text=_(".pdf, .docx hoặc .txt, tối đa 20 MB"))


class TargetForm(forms.Form):
    """A target that a document sets."""

    key = forms.CharField(label=_("Khóa"), max_length=80, help_text=_("Ngắn, không trùng trong văn bản"))
    measure = forms.ChoiceField(label=_("Đo bằng"))
    scope = forms.CharField(label=_("Áp dụng cho"), max_length=200, required=False)
    unit = forms.ChoiceField(
        label=_("Của đơn vị"), required=False, help_text=_("Bỏ trống là mọi người trong phạm vi được xem")
    )
    direction = forms.ChoiceField(label=_("So sánh"), choices=DIRECTIONS)
    value = forms.CharField(label=_("Mức"), max_length=20, help_text=_("Ví dụ 25%, hoặc 0,25, hoặc 30"))
    measured_in = forms.CharField(
        label=_("Đơn vị tính"), max_length=40, required=False, help_text=_("Bỏ trống nếu là tỷ lệ")
    )
    due_on = forms.DateField(label=_("Hạn"), required=False, widget=_DAY)
    article = forms.CharField(label=_("Điều, khoản"), max_length=80, required=False)

    def __init__(self, *args: object, units: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.code, one.label) for one in registry.measures().values()]
        self.fields["measure"].choices = [*known, (OTHER, _("Số đo khác, chưa đo được bằng hồ sơ"))]
        self.fields["unit"].choices = [("", _("Không riêng đơn vị nào")), *units]

    def clean_value(self) -> Decimal:
        try:
            read = parse_number(self.cleaned_data["value"])
        except BadInput as error:
            raise forms.ValidationError(_("Ghi một số, ví dụ 25% hoặc 0,25.")) from error
        return Decimal(read.share.numerator) / Decimal(read.share.denominator)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["measured_in"] = given.get("measured_in") or SHARE
        is_share = given["measured_in"] == SHARE
        if given.get("measure") not in (None, OTHER) and not is_share:
            self.add_error("measured_in", _("Số đo này là tỷ lệ; bỏ trống ô này."))
        if is_share and "value" in given and not 0 <= given["value"] <= 1:
            self.add_error("value", _("Tỷ lệ nằm từ 0% đến 100%."))
        return given


class ProposalForm(forms.Form):
    """A value read in the text, or set by a local document."""

    document = forms.ChoiceField(label=_("Tham số của văn bản"))
    value = forms.CharField(label=_("Giá trị đọc được"), max_length=60)
    article = forms.CharField(label=_("Điều, khoản"), max_length=80, required=False)
    quotation = forms.CharField(
        label=_("Câu của văn bản"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Chép nguyên văn")
    )
    text = forms.FileField(
        label=_("Tệp văn bản đã đọc"), required=False, help_text=_("Bỏ trống nếu đã có trong sổ")
    )
    local_document = forms.CharField(
        label=_("Văn bản của địa phương"), max_length=60, required=False,
        help_text=_("Chỉ ghi khi đây là quy định của địa phương, thay cho giá trị của Trung ương"),
    )  # fmt: skip
    at_unit = forms.ChoiceField(
        label=_("Áp dụng riêng cho"), required=False,
        help_text=_("Đơn vị này và mọi đơn vị bên dưới; bỏ trống là toàn tỉnh"),
    )  # fmt: skip
    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), required=False, widget=_DAY)
    valid_to = forms.DateField(label=_("Thôi áp dụng từ ngày"), required=False, widget=_DAY)
    pilot = forms.BooleanField(label=_("Là thí điểm được cấp trên cho phép"), required=False)

    def __init__(
        self, *args: object, documents: Sequence[str], units: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = [(code, code) for code in documents]
        self.fields["at_unit"].choices = [("", _("Toàn tỉnh")), *units]


class ReasonForm(forms.Form):
    """Why a value is not confirmed."""

    reason = forms.CharField(label=_("Lý do"), max_length=400)


class EndForm(forms.Form):
    """When a local value ends."""

    on = forms.DateField(label=_("Thôi áp dụng từ ngày"), widget=_DAY)


class DraftForm(forms.Form):
    """A rule file to ask what it would change."""

    rules = forms.FileField(
        label=_("Tệp quy tắc (.yaml)"), widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"})
    )
