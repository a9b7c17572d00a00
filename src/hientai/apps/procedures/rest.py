"""Cases over the API: read only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hientai.apps.procedures import answers, selectors

router = Router(tags=["procedures"])


@router.get("/cases", response=dict[str, Any], summary="The board of cases")
def cases(request: HttpRequest, status: str = "", kind: str = "", step: str = "") -> dict[str, Any]:
    """Cases in the caller's scope, opened by `?as_of=`; status: open, suspended, ended, active or "" for all."""
    rows = selectors.cases(actor=request.actor, as_of=request.as_of, status=status, kind=kind, step=step)
    return {"as_of": request.as_of.isoformat(), "cases": [answers.case_line(row) for row in rows]}


@router.get("/cases/{code}", response=dict[str, Any], summary="Where one case stands")
def case(request: HttpRequest, code: str) -> dict[str, Any]:
    """Step, what is missing with the article behind it, ballots by totals, papers, and what happened."""
    page = selectors.case(actor=request.actor, as_of=request.as_of, code=code)
    return answers.case_document(page)
