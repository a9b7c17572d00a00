"""The screen of the extract list: whose, which columns, in which order, on which paper; on the screen and as files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hientai.apps.accounts import selectors as accounts
from hientai.apps.reports import selectors
from hientai.apps.reports.extract import (
    MOST_IN_A_WORKBOOK,
    MOST_PRINTED,
    Choice,
    columns_for,
    extract,
    sections,
    usual_columns,
)
from hientai.apps.reports.forms import ExtractForm
from hientai.foundation import audit
from hientai.foundation.documents.report import Report, table_size
from hientai.foundation.documents.writing import CONTENT_TYPES, WRITERS
from hientai.foundation.people_lists import FROM, FoundPeople, found_people
from hientai.foundation.web.answers import download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.pills import filter_pills

SHOWN = 60
LEAST_READABLE = 8  # points
OWN = ("cols", "column", "group", "order", "paper", "layout", "heading", "format", "page", "section")


def extract_list(request: HttpRequest) -> HttpResponse:
    """The extract of the list that `?from=` names; `?format=docx|pdf|xlsx|json` saves it."""
    request.actor.check_may(selectors.EXPORT)
    people = found_people(actor=request.actor, as_of=request.as_of, asked=request.GET)
    form = ExtractForm(request.GET, columns=columns_for(request.actor))
    choice = _choice(request, form)
    wanted = request.GET.get("format", "")
    if wanted in WRITERS:
        return _file(request, people, choice, wanted)
    report = extract(
        actor=request.actor, as_of=request.as_of, people=people, choice=replace(choice, section=0), head=SHOWN
    )
    context = {
        "form": form,
        "people": people,
        "codes": choice.columns,
        "count": len(people.ids),
        "more": max(0, len(people.ids) - SHOWN),
        "table": report.tables[0],
        "small": _small_print(report),
        "chosen": _chosen(request, form, choice),
        "source": [(k, v) for k, v in request.GET.items() if k not in OWN],
        "exports": _exports(request, choice, len(people.ids)),
        "sections": _sections(request, choice, len(people.ids)),
        "filters": _kept(request, choice),
    }
    part = "#extract" if request.htmx.target == "extract" else ""
    return render(request, f"reports/extract.html{part}", context)


def _small_print(report: Report) -> int:
    """Points of the printed text where so many columns leave less than one reads with ease; else 0."""
    size = table_size(report, report.tables[0])
    return size if size < LEAST_READABLE else 0


def _choice(request: HttpRequest, form: ExtractForm) -> Choice:
    """Columns keep the order of `cols`; those newly ticked come behind, those no longer ticked go."""
    said = form.cleaned_data if form.is_valid() else {}
    before = [code for code in request.GET.get("cols", "").split(",") if code in form.codes]
    ticked = said.get("column") or []
    if "column" in request.GET:
        columns = [code for code in before if code in ticked] + [
            code for code in ticked if code not in before
        ]
    else:
        columns = before or [code for code in usual_columns(request.actor) if code in form.codes]
    names = ("group", "order", "layout")
    return Choice(
        tuple(columns),
        **{name: said.get(name, "") for name in names if said.get(name)},
        paper=said.get("paper") or "A4",
        title=said.get("heading", ""),
        section=page_number(request.GET.get("section")) if request.GET.get("section") else 0,
    )


def _file(request: HttpRequest, people: FoundPeople, choice: Choice, ending: str) -> HttpResponse:
    most = MOST_PRINTED if ending in ("docx", "pdf") else MOST_IN_A_WORKBOOK
    report = extract(actor=request.actor, as_of=request.as_of, people=people, choice=choice, most=most)
    audit.record_reading(
        actor=request.actor, what="people_list", details={"people": len(people.ids), "form": ending}
    )
    part = f"-phan-{choice.section}" if choice.section else ""
    name = f"danh-sach-trich-ngang-{request.as_of:%Y-%m-%d}{part}.{ending}"
    return download(WRITERS[ending](report, ""), name, CONTENT_TYPES[ending])


def _query(request: HttpRequest, choice: Choice, **changes: str) -> str:
    """The address of the same list and choice in one plain form, columns in `cols`."""
    kept = [(k, v) for k, v in request.GET.items() if k not in OWN and v]
    own = {
        "cols": ",".join(choice.columns), "group": choice.group, "order": choice.order, "heading": choice.title,
        "paper": choice.paper, "layout": choice.layout, **changes,
    }  # fmt: skip
    return "?" + urlencode([*kept, *((k, v) for k, v in own.items() if v)])


def _exports(request: HttpRequest, choice: Choice, count: int) -> list[dict[str, str]]:
    """The files of the whole list; a list too long for one Word or PDF file has its sections instead."""
    labels = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
    day = request.as_of.isoformat()
    return [
        {"label": label, "url": _query(request, choice, format=ending, as_of=day)}
        for ending, label in labels.items()
        if ending == "xlsx" or count <= MOST_PRINTED
    ]


def _sections(request: HttpRequest, choice: Choice, count: int) -> list[dict[str, Any]]:
    """The parts in which a long list is printed, each as Word and PDF."""
    if count <= MOST_PRINTED:
        return []
    day = request.as_of.isoformat()
    return [
        {
            "number": part,
            "first": (part - 1) * MOST_PRINTED + 1,
            "last": min(part * MOST_PRINTED, count),
            "files": [
                {"label": label, "url": _query(request, choice, format=ending, section=str(part), as_of=day)}
                for ending, label in (("docx", "Word"), ("pdf", "PDF"))
            ],
        }
        for part in range(1, sections(count) + 1)
    ]


def _chosen(request: HttpRequest, form: ExtractForm, choice: Choice) -> list[dict[str, Any]]:
    """The columns in their order, each with the addresses that move it one place or take it away."""
    rows = []
    for place, code in enumerate(choice.columns):
        others = [c for c in choice.columns if c != code]
        earlier = [*others[: place - 1], code, *others[place - 1 :]] if place else None
        later = [*others[: place + 1], code, *others[place + 1 :]] if place < len(others) else None
        rows.append({
            "label": form.labels[code],
            "earlier": _query(request, choice, cols=",".join(earlier)) if earlier else "",
            "later": _query(request, choice, cols=",".join(later)) if later else "",
            "without": _query(request, choice, cols=",".join(others)) if others else "",
        })  # fmt: skip
    return rows


def _kept(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    """Kept choices of columns hold for any list: the address keeps this list and takes columns, groups and paper."""
    kept = accounts.saved_views(actor=request.actor, as_of=request.as_of, page="extract")
    filters = filter_pills(request, "extract", [], kept)
    this = urlencode([(k, v) for k, v in request.GET.items() if k not in OWN and v])
    for pill, row in zip(filters["saved"], kept, strict=True):
        pill["url"] = f"?{this}&{row.query}"
    only = _query(request, choice)[1:].split("&")
    own = [part for part in only if part.partition("=")[0] in OWN]
    return filters | {
        "query": "&".join(own),
        "any": True,
        "label": _("Lưu mẫu cột"),
        "from": request.GET.get(FROM),
    }
