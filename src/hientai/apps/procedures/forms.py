"""What is asked on the pages of cases: one form for each act; each carries the version it was shown for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hientai.apps.procedures.fields import KINDS
from hientai.apps.procedures.types import OUTCOMES, BallotRow, CasePage, NameRow, SittingRow, Totals
from hientai.engines.procedure import Definition
from hientai.engines.procedure.definition import Step
from hientai.engines.procedure.demands import TITLES
from hientai.foundation.documents.signing import AUTHORITIES
from hientai.foundation.web.templatetags.formats import rulebook_text, sentence

AREA = forms.Textarea(attrs={"rows": 3})


class ActForm(forms.Form):
    """The base of every act: its day, the version of the case the page showed, and a token that is taken once."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    token = forms.UUIDField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("Ngày thực hiện"))

    def __init__(self, *args: Any, page: CasePage, today: date, **kwargs: Any) -> None:
        begun = {"expected": page.version, "token": uuid.uuid4(), "on": today}
        kwargs["initial"] = {**begun, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.page = page
        self.make(page)

    def make(self, page: CasePage) -> None:
        """Adds what depends on the case."""


class ReasonForm(ActForm):
    """Suspend, resume, stop: why."""

    reason = forms.CharField(label=_("Lý do"), widget=AREA, max_length=500)


class ReturnForm(ReasonForm):
    to = forms.ChoiceField(label=_("Trả về bước"))

    def make(self, page: CasePage) -> None:
        passed = [step for step in page.definition.steps if step.code in (*page.state.left, page.row.step)]
        self.fields["to"].choices = [
            (step.code, f"{page.definition.place(step.code)}. {rulebook_text(step.title)}") for step in passed
        ]
        self.initial["to"] = page.state.contradicted or (passed[0].code if passed else "")


class SummonForm(ActForm):
    """Who is called, one on a line: a code of a file, or a name."""

    meeting_on = forms.DateField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    chair = forms.CharField(label=_("Chủ trì"), max_length=150, required=False)
    secretary = forms.CharField(label=_("Thư ký"), max_length=150, required=False)
    people = forms.CharField(
        label=_("Danh sách triệu tập"), widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Mỗi người một dòng: mã hồ sơ hoặc họ tên. Tỷ lệ phiếu tính trên số người ở danh sách này."),
        max_length=60_000,
    )  # fmt: skip

    def make(self, page: CasePage) -> None:
        summoned = page.state.step.summoned
        same = [one for one in page.sittings if page.definition.step(one.step).summoned == summoned]
        if same:
            self.initial["people"] = "\n".join(one.name for one in same[-1].people)
            for name in ("place", "chair", "secretary"):
                self.initial[name] = getattr(same[-1], name)

    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]


class MeetForm(ActForm):
    """Who came, ticked off the list."""

    present = forms.MultipleChoiceField(
        label=_("Có mặt"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Bỏ dấu ở người vắng mặt."),
    )  # fmt: skip

    def make(self, page: CasePage) -> None:
        sitting = page.sitting
        people = sitting.people if sitting else ()
        self.fields["present"].choices = [(str(one.id), one.name) for one in people]
        self.initial["present"] = [str(one.id) for one in people]
        if sitting:
            self.initial["on"] = max(sitting.meeting_on, page.state.last_on)


class MinutesForm(forms.Form):
    sitting = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Nội dung biên bản"),
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
        max_length=20_000,
    )

    def __init__(self, *args: Any, sitting: SittingRow, **kwargs: Any) -> None:
        kwargs["initial"] = {"sitting": sitting.id, "text": sitting.minutes}
        super().__init__(*args, **kwargs)


class PaperForm(ActForm):
    paper = forms.ChoiceField(label=_("Giấy tờ"))
    signed_on = forms.DateField(label=_("Ngày ký"))
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)

    def make(self, page: CasePage) -> None:
        self.fields["paper"].choices = paper_choices(page.definition, page.state.step)
        missing = [one.about for one in page.demands if one.code in ("paper_missing", "paper_expired")]
        self.initial.setdefault("paper", missing[0] if missing else "")


class WaiveForm(ActForm):
    what = forms.ChoiceField(label=_("Miễn"))
    by = forms.CharField(label=_("Ai cho phép"), max_length=150)
    ground = forms.CharField(label=_("Căn cứ"), widget=AREA, max_length=500)

    def make(self, page: CasePage) -> None:
        needs = {
            need.code: rulebook_text(need.title) for step in page.definition.steps for need in step.needs
        }
        timed = {
            f"{step.code}:deadline": rulebook_text(step.title)
            for step in page.definition.steps
            if step.deadline
        }
        choices = list(needs.items())
        choices += [
            (code, _now("Thời hạn của bước: {title}").format(title=title)) for code, title in timed.items()
        ]
        if page.definition.deadline:
            choices.append(("deadline", _now("Thời hạn của cả quy trình")))
        self.fields["what"].choices = choices


class FinishForm(ActForm):
    """The way out where no ballot decides, who goes on, and the ground where one is needed."""

    outcome = forms.ChoiceField(label=_("Kết quả của bước"), required=False, widget=forms.RadioSelect)
    names = forms.MultipleChoiceField(
        label=_("Ai đi tiếp"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Bỏ bớt ai thì phải ghi căn cứ."),
    )  # fmt: skip
    ground = forms.CharField(
        label=_("Căn cứ áp dụng"), widget=AREA, max_length=500, required=False,
        help_text=_("Bắt buộc khi quy tắc chưa được kiểm chứng, khi bỏ bớt người, hoặc khi người đứng đầu chọn."),
    )  # fmt: skip

    def make(self, page: CasePage) -> None:
        step, result = page.state.step, page.state.result
        ways = list(step.next)
        self.by_ballot = bool(step.ballot)
        if step.ballot or len(ways) == 1:
            del self.fields["outcome"]
        else:
            self.fields["outcome"].choices = [(way, OUTCOMES.get(way, way)) for way in ways]
        decided = result is not None and result.status != "recorded"
        if decided or len(page.state.names) < 2:
            del self.fields["names"]
        else:
            labels = {name.key: name.label for name in page.names}
            self.fields["names"].choices = [(key, labels[key]) for key in page.state.names]
            self.initial["names"] = [] if step.head_decides else list(page.state.names)

    def chosen(self) -> tuple[str, list[str] | None, str]:
        asked = self.cleaned_data
        return asked.get("outcome", ""), asked.get("names"), asked["ground"]


class TellersForm(forms.Form):
    """Two accounts; they count apart."""

    first = forms.ChoiceField(label=_("Người kiểm phiếu thứ nhất"))
    second = forms.ChoiceField(label=_("Người kiểm phiếu thứ hai"))

    def __init__(self, *args: Any, accounts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "…"), *((name, f"{label} ({name})") for name, label in accounts)]
        self.fields["first"].choices = self.fields["second"].choices = choices

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if asked.get("first") and asked.get("first") == asked.get("second"):
            raise ValidationError(_("Cần hai tài khoản khác nhau để kiểm phiếu."))
        return asked


class CountForm(forms.Form):
    """What a teller read off the ballots."""

    attempt = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    issued = forms.IntegerField(label=_("Số phiếu phát ra"), min_value=0)
    valid = forms.IntegerField(label=_("Số phiếu hợp lệ"), min_value=0)

    def __init__(self, *args: Any, ballot: BallotRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: tuple[NameRow, ...] = ballot.names
        for name in ballot.names:
            self.fields[f"votes_{name.key}"] = forms.IntegerField(label=name.label, min_value=0)

    def totals(self) -> Totals:
        asked = self.cleaned_data
        votes = {name.key: asked[f"votes_{name.key}"] for name in self.names}
        return Totals(asked["issued"], asked["valid"], votes)

    @staticmethod
    def filled(totals: Totals) -> Mapping[str, int]:
        """Initial values out of totals."""
        votes = {f"votes_{key}": number for key, number in totals.votes.items()}
        return {"issued": totals.issued, "valid": totals.valid, **votes}


class CorrectForm(ActForm):
    """What a closed count should have been, and why."""

    because = forms.CharField(label=_("Lý do đính chính"), widget=AREA, max_length=500)

    def __init__(self, *args: Any, ballot: BallotRow, **kwargs: Any) -> None:
        self.ballot = ballot
        kwargs["initial"] = {**CountForm.filled(ballot.finals[-1].totals), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def make(self, page: CasePage) -> None:
        for name, field in CountForm(ballot=self.ballot).fields.items():
            if name != "attempt":
                self.fields[name] = field

    def totals(self) -> Totals:
        asked = self.cleaned_data
        votes = {name.key: asked[f"votes_{name.key}"] for name in self.ballot.names}
        return Totals(asked["issued"], asked["valid"], votes)


class CloseForm(ActForm):
    """Makes the agreed totals final."""


class OpenForm(forms.Form):
    """A case to be opened."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Quy trình"))
    title = forms.CharField(label=_("Tên hồ sơ"), max_length=300)
    on = forms.DateField(
        label=_("Ngày bắt đầu"), help_text=_("Ngày này quyết định quy định nào được áp dụng.")
    )
    unit = forms.CharField(
        label=_("Đơn vị"), max_length=200, help_text=_("Tên hoặc mã đơn vị của chức danh, quy hoạch."),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )  # fmt: skip
    other_unit = forms.CharField(
        label=_("Nơi đang công tác"), max_length=200, required=False,
        help_text=_("Chỉ với nhân sự từ nơi khác."),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )  # fmt: skip
    people = forms.CharField(
        label=_("Nhân sự"), widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("Mỗi người một dòng, ghi mã hồ sơ."), max_length=20_000,
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: Sequence[Definition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.kind, f"{one.title} ({one.document})") for one in kinds]

    def codes(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["people"].split()))


class TemplateForm(forms.Form):
    """A Word template of the office."""

    kind = forms.ChoiceField(label=_("Loại văn bản"))
    name = forms.CharField(label=_("Tên mẫu"), max_length=150, required=False)
    content = forms.FileField(
        label=_("Tệp Word (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_("Chỉ nêu trường, lặp danh sách và điều kiện đơn giản; không có macro."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(KINDS.items())


class DocumentForm(forms.Form):
    """The head and the signature of a document."""

    template = forms.ChoiceField(label=_("Mẫu"), required=False)
    agency = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=150)
    above = forms.CharField(label=_("Cơ quan cấp trên"), required=False, max_length=150)
    place = forms.CharField(label=_("Địa danh"), required=False, max_length=80)
    on = forms.DateField(label=_("Ngày ban hành"), required=False)
    authority = forms.ChoiceField(label=_("Thẩm quyền ký"), required=False, choices=list(AUTHORITIES.items()))
    principal = forms.CharField(
        label=_("Ký thay mặt, thay cho"), required=False, max_length=150,
        help_text=_("Tập thể hoặc chức vụ người đứng đầu, ví dụ Ban Thường vụ, Giám đốc."),
    )  # fmt: skip
    position = forms.CharField(label=_("Chức vụ người ký"), required=False, max_length=150)
    name = forms.CharField(label=_("Họ tên người ký"), required=False, max_length=150)

    def __init__(self, *args: Any, templates: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = templates


class BoardForm(forms.Form):
    """What the board of cases shows."""

    q = forms.CharField(label=_("Tìm"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Quy trình"), required=False)
    step = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    status = forms.ChoiceField(label=_("Tình trạng"), required=False)

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[str, str]], statuses: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Tất cả")), *kinds]
        self.fields["status"].choices = statuses


def paper_choices(definition: Definition, step: Step) -> list[tuple[str, str]]:
    """The papers a case may be given now: those of the list, and those the present step leaves behind."""
    needs = {need.code: rulebook_text(need.title) for one in definition.steps for need in one.needs}
    own = [
        (step.own_paper(kind), f"{sentence(TITLES[kind])} ({rulebook_text(step.title)})")
        for kind in step.gives
    ]
    return [*own, *needs.items()]
