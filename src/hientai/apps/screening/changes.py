"""The screen of impact: what one document changes against another, each number with its list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.tables import PeopleTable
from hientai.apps.organization import selectors as organization
from hientai.apps.screening import selectors
from hientai.apps.screening.forms import ImpactForm
from hientai.apps.screening.questions import READY
from hientai.apps.screening.types import VERDICTS, ImpactCell, ImpactGroup, ImpactKind
from hientai.engines.screening.impact import Impact
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.numbers import page_number

PAGE, UNITS = 50, 25
EVERY_UNIT = "all"


def impact(request: HttpRequest) -> HttpResponse:
    """What a document changes for whom; `?who=` lists the people behind a number."""
    request.actor.check_may(selectors.RUN)
    form, units = _form(request)
    context: dict[str, Any] = {"form": form, "ready": READY}
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        found = selectors.impact(
            actor=request.actor, as_of=request.as_of, code=asked["standard"], before=asked["before"],
            after=asked["after"], unit_id=units.get(asked["unit"]),
        )  # fmt: skip
        context |= {
            "found": found,
            "local": selectors.own_values_of_impact(
                actor=request.actor,
                as_of=request.as_of,
                found=found,
                before=asked["before"],
                after=asked["after"],
            ),
            "kinds": _kinds(found),
            "cells": _cells(found),
            "groups": _groups(request, found),
        }
        if who := request.GET.get("who"):
            context |= _people(request, found, who)
    part = "#impact" if request.htmx.target == "impact" else ""
    return render(request, f"screening/impact.html{part}", context)


def _form(request: HttpRequest) -> tuple[ImpactForm, Mapping[str, int]]:
    asked = {"actor": request.actor, "as_of": request.as_of}
    standards = selectors.every_standard(**asked)
    given = request.GET.copy()
    for long, short in (("before", "from"), ("after", "to")):
        if long not in given and short in given:
            given[long] = given[short]
    code = given.get("standard") or standards[0].code
    documents = selectors.documents_of(**asked, code=code)
    units = organization.choices(**asked)
    if "standard" in given:
        _fill(given, documents, request)
    form = ImpactForm(
        given if "standard" in given else None,
        standards=standards,
        documents=documents,
        units=[u[:2] for u in units],
    )
    return form, {unit_code: unit_id for unit_code, _name, unit_id in units}


def _fill(given: Any, documents: list[tuple[str, str]], request: HttpRequest) -> None:
    """A standard chosen before its documents, or a draft alone: the document in force and the last one are meant."""
    slugs = [slug for slug, _code in documents[:-1]]
    if given.get("after") not in dict(documents):
        given["after"] = slugs[-1] if slugs else ""
    if given.get("before") not in dict(documents) or given.get("before") == given.get("after"):
        others = [slug for slug in slugs if slug != given["after"]]
        given["before"] = others[-1] if others else selectors.AGES_BEFORE_2021


def _kinds(found: Impact) -> list[ImpactKind]:
    return [
        ImpactKind(kind, shift.count, tuple((c, n) for c, n in shift.by_criterion if n))
        for kind, shift in (
            ("gains", found.gains), ("loses", found.loses), ("becomes_unknown", found.becomes_unknown)
        )
    ]  # fmt: skip


def _cells(found: Impact) -> list[tuple[str, list[ImpactCell]]]:
    counted = {(b.value, a.value): n for (b, a), n in found.table.items()}
    return [
        (label, [ImpactCell(f"{b}-{a}", counted[b, a], a == b) for a, _label in VERDICTS]) for b, label in VERDICTS
    ]  # fmt: skip


def _groups(request: HttpRequest, found: Impact) -> Page:
    """The units that change, the most changed first; `?units=` turns the page, `?units=all` shows every one."""
    groups = _changed_groups(request, found)
    asked = request.GET.get("units", "")
    size = max(len(groups), 1) if asked == EVERY_UNIT else UNITS
    shown = nearest_page(page_number(asked), len(groups), size)
    return page_of(groups[(shown - 1) * size : shown * size], len(groups), shown, size)


def _changed_groups(request: HttpRequest, found: Impact) -> list[ImpactGroup]:
    if found.groups is None:
        return []
    rows = [
        row
        for row in found.groups.iter_rows(named=True)
        if row["gains"] or row["loses"] or row["becomes_unknown"]
    ]
    ids = [row["group"] for row in rows if row["group"] is not None]
    names = organization.unit_names(actor=request.actor, as_of=request.as_of, ids=ids)
    groups = [
        ImpactGroup(
            row["group"], names.get(row["group"], ""), *(row[kind] for kind in selectors.KINDS), row["base"]
        )
        for row in rows
    ]
    return sorted(groups, key=lambda group: (-group.changes, group.name, group.unit_id or 0))


def _people(request: HttpRequest, found: Impact, who: str) -> dict[str, Any]:
    unit = request.GET.get("in", "")
    ids = selectors.impact_people(
        actor=request.actor, as_of=request.as_of, found=found, kind=who, criterion=request.GET.get("by", ""),
        unit_id=int(unit) if unit.isdecimal() else None,
    )  # fmt: skip
    number = nearest_page(page_number(request.GET.get("page")), len(ids), PAGE)
    people = cadres.rows(
        actor=request.actor, as_of=request.as_of, ids=ids[(number - 1) * PAGE : number * PAGE]
    )
    return {"page": page_of(people, len(ids), number, PAGE), "table": PeopleTable(people), "who": who}
