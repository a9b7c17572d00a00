"""Screens of code lists: values, how offices write them, and teaching a spelling."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hientai.apps.cadres import code_lists, services
from hientai.apps.organization import selectors as organization
from hientai.engines.errors import BadInput
from hientai.foundation.errors import NotFound


class SpellingForm(forms.Form):
    """A spelling, what it means, for which office, and whether files that say it are corrected too."""

    text = forms.CharField(label=gettext_lazy("Cách viết"), max_length=200)
    code = forms.ChoiceField(label=gettext_lazy("Nghĩa là"))
    unit = forms.CharField(
        label=gettext_lazy("Chỉ của đơn vị"), required=False, max_length=200,
        help_text=gettext_lazy("Mã đơn vị. Bỏ trống: mọi đơn vị."),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )  # fmt: skip
    correct = forms.BooleanField(
        label=gettext_lazy("Đính chính cả những hồ sơ đang ghi như vậy"), required=False
    )

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "---------"), *codes]


def code_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list: its values, their spellings, what nobody has explained; POST teaches a spelling."""
    rows = code_lists.codes_of(actor=request.actor, as_of=request.today, name=name)
    form = SpellingForm(
        request.POST if request.method == "POST" else None, codes=[(row.code, row.name) for row in rows],
        initial={"text": request.GET.get("text", "")[:200]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            _taught(request, name, form.cleaned_data)
            return redirect("code-list", name)
        except BadInput as error:
            form.add_error("unit" if isinstance(error, NotFound) else "text", str(error.message.render(_)))
    context = {
        "form": form, "rows": rows, "name": name, "title": code_lists.LISTS[name],
        "unexplained": code_lists.unexplained(actor=request.actor, as_of=request.today, name=name),
        "tabs": [{"label": label, "url": reverse("code-list", args=[each]), "current": each == name}
                 for each, label in code_lists.LISTS.items()],
        "units": [u[:2] for u in organization.choices(actor=request.actor, as_of=request.today)],
    }  # fmt: skip
    return render(request, "cadres/code_list.html", context, status=400 if form.errors else 200)


def _taught(request: HttpRequest, name: str, asked: dict[str, Any]) -> None:
    unit = None
    if asked["unit"].strip():
        unit = organization.unit_by_code(
            actor=request.actor, as_of=request.today, code=asked["unit"].strip()
        ).id
    services.learn_alias(
        actor=request.actor, code_list=name, text=asked["text"], code=asked["code"], unit_id=unit
    )
    if asked["correct"]:
        services.explain_spelling(
            actor=request.actor, code_list=name, text=asked["text"], code=asked["code"],
            because=_("Cách viết “{text}” được hiểu theo danh mục").format(text=asked["text"][:100]),
        )  # fmt: skip


def code_lists_index(request: HttpRequest) -> HttpResponse:
    """The first list."""
    return code_list(request, "professional")


@require_POST
def forget(request: HttpRequest, name: str, alias: str) -> HttpResponse:
    """A spelling is forgotten."""
    if not alias.isdigit():
        raise NotFound(alias)
    services.forget_alias(actor=request.actor, alias_id=int(alias))
    return redirect("code-list", name)
