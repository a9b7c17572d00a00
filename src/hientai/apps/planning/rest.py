"""Succession planning over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hientai.apps.planning import selectors
from hientai.apps.planning.answers import coverage_document

router = Router(tags=["planning"])


@router.get("/plans/{term}/coverage", response=dict[str, Any], summary="How deep and balanced a plan is")
def coverage(request: HttpRequest, term: str, unit: str = "") -> dict[str, Any]:
    """Per title, in the caller's scope, as of `?as_of=`."""
    found = selectors.coverage(actor=request.actor, as_of=request.as_of, term=term, unit_code=unit)
    return coverage_document(found, unit)
