"""Imports over the API: the same judgement and commit as by command."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, UploadedFile

from hientai.apps.exchange import selectors, services
from hientai.apps.exchange.answers import judgement_document
from hientai.apps.exchange.forms import check_size
from hientai.apps.exchange.reading import read_content
from hientai.apps.exchange.types import IMPORT, token_of
from hientai.engines.worksheet import SavedMapping

router = Router(tags=["imports"])


@router.post(
    "/imports", response=dict[str, Any], summary="A workbook into records; a dry run unless commit=true"
)
def import_list(
    request: HttpRequest,
    workbook: File[UploadedFile],
    unit: Form[str] = "",
    mapping: Form[str] = "",
    commit: Form[bool] = False,
    allow_partial: Form[bool] = False,
) -> dict[str, Any]:
    """Every row below a heading once, with its status, fields and reasons; `committed` says whether it was written.

    mapping: the text of a MAP.yaml, "" for automatic. With `commit` all rows are written or none; with
    `allow_partial` the good ones.
    """
    actor = request.actor
    actor.check_may(IMPORT)
    check_size(workbook.size or 0)
    asked = SavedMapping.from_yaml(mapping) if mapping else SavedMapping()
    extraction = read_content(workbook.read(), workbook.name or "", asked, request.today)
    judgement = selectors.preview(
        actor=actor, as_of=request.today, extraction=extraction, unit_code=unit, strict=commit
    )
    writes = commit and (allow_partial or judgement.may_commit_whole)
    if writes:
        services.commit_list(
            actor=actor,
            judgement=judgement,
            source=(workbook.name or "API")[:200],
            allow_partial=allow_partial,
        )
    return judgement_document(judgement, committed=writes, error_workbook="")


@router.get("/imports/{token}", response=dict[str, Any], summary="Where an import stands")
def import_state(request: HttpRequest, token: str) -> dict[str, Any]:
    """State and counts of an import of the caller's."""
    batch = selectors.batch(actor=request.actor, as_of=request.as_of, token=token_of(token))
    return {
        "name": batch.name,
        "state": batch.state,
        "unit": batch.unit_code,
        "as_of": batch.as_of.isoformat() if batch.as_of else None,
        "counts": dict(batch.counts),
    }
