"""Standards over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from hientai.apps.organization import selectors as organization
from hientai.apps.screening import selectors
from hientai.apps.screening.answers import screening_document

router = Router(tags=["standards"])


@router.get("/standards/{code}/screening", response=dict[str, Any], summary="One standard asked of everybody")
def screening(request: HttpRequest, code: str, unit: str = "", verdict: str = "") -> dict[str, Any]:
    """Counts, criteria and people in the caller's scope as of `?as_of=`."""
    unit_id = (
        organization.unit_by_code(actor=request.actor, as_of=request.as_of, code=unit).id if unit else None
    )
    answer = selectors.screen(actor=request.actor, as_of=request.as_of, code=code, unit_id=unit_id)
    people = selectors.everybody(
        actor=request.actor,
        as_of=request.as_of,
        answer=answer,
        verdict=verdict if verdict in answer.ids else "",
    )
    return screening_document(answer, people)


@router.get(
    "/people/{person}/standards/{code}", response=dict[str, Any], summary="Why one person meets a standard"
)
def explanation(request: HttpRequest, person: str, code: str) -> dict[str, Any]:
    """The explanation tree with citation, value, record and date of each criterion."""
    answer = selectors.explain(
        actor=request.actor, as_of=request.as_of, person_code=person, standard_code=code
    )
    return {"person": person, **answer.as_document(gettext)}
