"""Imports as JSON documents: the contract of `hientai import --json`, also behind the API."""

from __future__ import annotations

from typing import Any

from hientai.apps.exchange.types import JudgedRow, Judgement


def judgement_document(judgement: Judgement, *, committed: bool, error_workbook: str) -> dict[str, Any]:
    """Counts, every row once with status, fields and reasons, and where the error workbook was written ("": none)."""
    return {
        "as_of": judgement.day.isoformat(),
        "committed": committed,
        "counts": judgement.counts(),
        "rows": [row_document(row) for row in judgement.rows],
        "notes": [str(note) for note in judgement.notes],
        "error_workbook": error_workbook,
    }


def row_document(judged: JudgedRow) -> dict[str, Any]:
    """One row of the list."""
    document = judged.row.as_document()
    document["status"] = str(judged.status)
    document["reasons"] = [
        {"field": r.field, "cell": r.cell, "code": r.code, "message": str(r.message)} for r in judged.reasons
    ]
    if judged.code:
        document["person"] = judged.code
    if judged.changes:
        document["changes"] = [
            {"field": c.field, "old": c.old, "new": c.new, "since": c.since.isoformat() if c.since else None}
            for c in judged.changes
        ]
    return document
