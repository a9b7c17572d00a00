"""Screens of people with two files: likely pairs, two files side by side, merges and their undoing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hientai.apps.cadres import file_records, file_selectors, selectors, services
from hientai.apps.cadres.kinds import BIOGRAPHY
from hientai.apps.cadres.types import Compared, DoubleAnswer
from hientai.engines.errors import BadInput
from hientai.foundation import audit, jobs
from hientai.foundation.errors import NotFound
from hientai.foundation.web.numbers import page_number


class BecauseForm(forms.Form):
    """Why it is done."""

    because = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)


def doubles(request: HttpRequest) -> HttpResponse:
    """Likely pairs with their points, and the merges made so far; POST looks again."""
    request.actor.check_may(selectors.WRITE)
    if request.method == "POST":
        begun = jobs.start(
            actor=request.actor, kind="cadres.find_doubles", label=_("Tìm người có hai hồ sơ"), arguments={},
            back_to=reverse("doubles"),
        )  # fmt: skip
        return redirect("work", begun.token)
    asked = request.GET.get("answer", "")
    answer = asked if asked in DoubleAnswer.values else DoubleAnswer.OPEN.value
    page = file_selectors.doubles(
        actor=request.actor, as_of=request.today, answer=answer, page=page_number(request.GET.get("page"))
    )
    context = {
        "page": page,
        "found_at": file_selectors.doubles_found_at(actor=request.actor, as_of=request.today),
        "merges": file_selectors.merges(actor=request.actor, as_of=request.today),
        "tabs": [
            {"label": label, "url": f"?answer={value}", "current": value == answer}
            for value, label in DoubleAnswer.choices
        ],
        "answer": answer,
    }
    return render(request, "cadres/doubles.html", context)


@require_POST
def tell_apart(request: HttpRequest, pair: str) -> HttpResponse:
    """The two are different people."""
    if not pair.isdigit():
        raise NotFound(pair)
    services.tell_apart(actor=request.actor, pair_id=int(pair), because=request.POST.get("because", ""))
    return redirect("doubles")


class MergeForm(forms.Form):
    """Whose file goes on, which value is right where two say different things, and why they are one person."""

    because = forms.CharField(
        label=gettext_lazy("Vì sao là một người"), max_length=300,
        help_text=gettext_lazy("Giấy tờ đã đối chiếu."),
    )  # fmt: skip

    def __init__(self, *args: Any, found: list[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in found:
            for name, label, left, right in each.differing:
                choices = [("left", left or _("chưa có")), ("right", right or _("chưa có"))]
                self.fields[f"field:{name}"] = forms.ChoiceField(
                    label=label,
                    choices=choices,
                    initial="left" if left else "right",
                    widget=forms.RadioSelect,
                )
            if each.overlaps and each.kind.slug != BIOGRAPHY.slug:
                self.fields[f"side:{each.kind.slug}"] = forms.ChoiceField(
                    label=each.kind.title, widget=forms.RadioSelect, initial="left",
                    choices=[("left", _("Theo hồ sơ được giữ")), ("right", _("Theo hồ sơ bị gộp"))],
                )  # fmt: skip

    def chosen(self, prefix: str) -> set[str]:
        """What was chosen from the file that goes away: names of fields, or kinds."""
        return {
            name.removeprefix(f"{prefix}:")
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{prefix}:") and value == "right"
        }


def compare(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Two files side by side; POST merges the second into the first."""
    versions, found = file_selectors.compared(
        actor=request.actor, as_of=request.today, left=code, right=other
    )
    audit.record_reading(actor=request.actor, what="person_file", details={"codes": f"{code} {other}"[:90]})
    form = MergeForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            _merged(request, form, found, code, other)
            return redirect("person-file", code)
        except BadInput as error:
            form.add_error("because", str(error.message.render(_)))
    people = [selectors.row_of(actor=request.actor, as_of=request.today, code=c) for c in (code, other)]
    context = {
        "form": form, "found": found, "left": people[0], "right": people[1],
        "versions": " ".join(versions),
        "crumbs": [{"label": _("Cán bộ"), "url": reverse("people")},
                   {"label": _("Người có hai hồ sơ"), "url": reverse("doubles")}, {"label": _("So sánh")}],
    }  # fmt: skip
    return render(request, "cadres/compare.html", context, status=400 if form.errors else 200)


def _merged(request: HttpRequest, form: MergeForm, found: list[Compared], code: str, other: str) -> None:
    keep, gone = (
        file_selectors.writable_id(actor=request.actor, as_of=request.today, code=c) for c in (code, other)
    )
    seen = request.POST.get("versions", "").split()
    fixes: dict[str, Any] = {}
    for each in found:
        if each.differing:
            right = each.right[0].values
            fixes = {name: right[name] for name in form.chosen("field")}
    sides = {file_records.label_of(slug): "other" for slug in form.chosen("side")}
    services.merge_people(
        actor=request.actor, keep=keep, other=gone, versions=(seen[0], seen[1]) if len(seen) == 2 else ("", ""),
        because=form.cleaned_data["because"], fixes=fixes, sides=sides,
    )  # fmt: skip


def undo_merge(request: HttpRequest, merge: str) -> HttpResponse:
    """Takes a merge back, with a reason."""
    request.actor.check_may(selectors.WRITE)
    made = next(
        (m for m in file_selectors.merges(actor=request.actor, as_of=request.today) if str(m.id) == merge),
        None,
    )
    if made is None or made.undone_at:
        raise NotFound(merge)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.undo_merge(actor=request.actor, merge_id=made.id, because=form.cleaned_data["because"])
        return redirect("doubles")
    context = {"form": form, "merge": made}
    return render(request, "cadres/undo_merge.html", context, status=400 if form.errors else 200)
