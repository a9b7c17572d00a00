"""Screens that find people by facts and put people side by side; nobody is ranked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hientai.apps.screening import selectors, services
from hientai.apps.screening.forms import KeepForm
from hientai.apps.screening.searching import MOST, operators_of, searchable
from hientai.apps.screening.types import Condition
from hientai.engines.criteria.tree import Operator
from hientai.engines.errors import BadInput
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

SHOWN = 4


def search(request: HttpRequest) -> HttpResponse:
    """People by conditions over facts, with the reason for each; a search may be kept and shared."""
    request.actor.check_may(selectors.RUN)
    asked = {"actor": request.actor, "as_of": request.as_of}
    conditions = _conditions(request.GET)
    context: dict[str, Any] = {
        "rows": _rows(conditions),
        "choices": _choices(),
        "operators": [(one.value, _label(one)) for one in Operator if one in _USED],
        "kept": selectors.saved_searches(**asked),
        "keep": KeepForm(),
        "query": request.GET.urlencode(),
    }
    status = 200
    if conditions:
        try:
            answer = selectors.search(**asked, conditions=conditions)
            page = selectors.found_people(**asked, answer=answer, page=page_number(request.GET.get("page")))
            context |= {"answer": answer, "page": page}
        except BadInput as error:
            context["fault"], status = sentence(error.message), 400
    return render(request, "screening/search.html", context, status=status)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the search of `query` under a name."""
    form, query = KeepForm(request.POST), request.POST.get("query", "")
    back = f"{reverse('talent-search')}?{query}"
    if not form.is_valid():
        messages.error(request, _("Đặt tên cho phép tìm."))
        return redirect(back)
    services.keep_search(actor=request.actor, conditions=_conditions(QueryDict(query)), **form.cleaned_data)
    messages.success(request, _("Đã lưu phép tìm."))
    return redirect(back)


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Put an own search away."""
    services.drop_search(actor=request.actor, search_id=number)
    return redirect("talent-search")


def compare(request: HttpRequest) -> HttpResponse:
    """People side by side, chosen in a list or by their codes."""
    request.actor.check_may(selectors.RUN)
    codes = [code for given in request.GET.getlist("p") for code in given.replace(",", " ").split()]
    people = list(dict.fromkeys(codes))
    context: dict[str, Any] = {"codes": " ".join(people), "only": request.GET.get("only") == "different"}
    status = 200
    if people:
        try:
            context["found"] = selectors.compare(actor=request.actor, as_of=request.as_of, people=people)
        except BadInput as error:
            context["fault"] = sentence(error.message)
            status = 404 if error.code == "not_found" else 400
    return render(request, "screening/compare.html", context, status=status)


def _conditions(given: QueryDict) -> list[Condition]:
    """The rows that name a fact; operator and value of the same place belong to it."""
    facts, operators, values = (given.getlist(key) for key in ("fact", "operator", "value"))
    padded = (list_ + [""] * len(facts) for list_ in (operators, values))
    return [Condition(*one) for one in zip(facts, *padded, strict=False) if one[0]]


def _rows(conditions: list[Condition]) -> list[Condition]:
    """The conditions and some empty rows to fill in."""
    empty = max(SHOWN - len(conditions), 1 if len(conditions) < MOST else 0)
    return [*conditions, *(Condition("", "", "") for _row in range(empty))]


_USED = {operator for fact in searchable() for operator in operators_of(fact)}


def _label(operator: Operator) -> str:
    return {
        Operator.AT_LEAST: _("ít nhất"), Operator.AT_MOST: _("nhiều nhất"), Operator.EQUALS: _("là"),
        Operator.DIFFERS: _("không là"), Operator.IS_TRUE: _("có"), Operator.IS_FALSE: _("không"),
    }[operator]  # fmt: skip


def _choices() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Facts by where they come from: code, label, what may be typed."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for fact in searchable():
        hint = "; ".join(f"{code} = {sentence(word)}" for code, word in fact.codes.items()) or sentence(
            fact.unit
        )
        groups.setdefault(sentence(fact.source), []).append((fact.code, sentence(fact.label), hint))
    return list(groups.items())
