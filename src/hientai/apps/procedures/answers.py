"""Cases as JSON documents for the API."""

from __future__ import annotations

from typing import Any

from hientai.apps.procedures.types import BallotRow, CasePage, CaseRow
from hientai.engines.ballots.answer import as_document


def case_line(row: CaseRow) -> dict[str, Any]:
    """One line of the board."""
    return {
        "code": row.code,
        "title": row.title,
        "kind": row.kind,
        "document": row.document,
        "unit": row.unit,
        "status": row.status,
        "step": {
            "code": row.step,
            "number": row.step_place,
            "title": row.step_title,
            "verified": row.verified,
        },
        "ending": row.ending or None,
        "opened_on": row.opened_on.isoformat(),
        "entered_on": row.entered_on.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "due_certain": row.due_certain,
    }


def case_document(page: CasePage) -> dict[str, Any]:
    """One case: names still in it, what is missing, ballots, papers and events."""
    return case_line(page.row) | {
        "version": page.version,
        "names": [
            {
                "label": name.label,
                "position": name.position,
                "seat": name.seat or None,
                "in": name.key in page.state.names,
            }
            for name in page.names
        ],
        "demands": [
            {
                "code": one.code,
                "about": one.about,
                "message": str(one.message),
                "citation": str(one.citation),
                "verified": one.verified,
            }
            for one in page.demands
        ],
        "ballots": [_ballot(ballot) for ballot in page.ballots],
        "papers": [
            {
                "code": code,
                "signed_on": paper.signed_on.isoformat(),
                "valid_until": paper.valid_until.isoformat() if paper.valid_until else None,
            }
            for code, paper in sorted(page.state.papers.items())
        ],
        "waivers": [{"what": one.what, "by": one.by, "ground": one.ground} for one in page.state.waivers],
        "events": [
            {"number": event.number, "kind": event.kind, "on": event.on.isoformat()} for event in page.events
        ],
    }


def _ballot(ballot: BallotRow) -> dict[str, Any]:
    """Totals and outcome once they are final; before, only that it is being counted."""
    return {
        "step": ballot.step,
        "state": ballot.state,
        "summoned": ballot.summoned,
        "present": ballot.present,
        "outcomes": [
            {"version": final.version, "issued": final.totals.issued, "valid": final.totals.valid,
             "because": final.because or None, **as_document(final.outcome)}
            for final in ballot.finals
        ],
    }  # fmt: skip
