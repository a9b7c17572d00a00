"""Screenings and explanations as JSON documents: one form for the command line and the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hientai.apps.screening.types import ScreenedPerson, ScreeningAnswer
from hientai.foundation.web.templatetags.formats import sentence


def screening_document(answer: ScreeningAnswer, people: Sequence[ScreenedPerson]) -> dict[str, Any]:
    """Counts, criteria and people; sentences in the active language."""
    counts = answer.counts
    return {
        "standard": answer.standard.code,
        "document": answer.standard.document,
        "as_of": answer.as_of.isoformat(),
        "base": counts.base,
        "counts": {"met": counts.met, "not_met": counts.not_met, "unknown": counts.unknown},
        "violations": answer.violations,
        "by_criterion": [
            {
                "key": line.criterion.key,
                "sentence": sentence(line.criterion.sentence),
                "document": line.criterion.citation.document,
                "verified": line.criterion.parameter.verified,
                "met": line.counts.met,
                "not_met": line.counts.not_met,
                "unknown": line.counts.unknown,
            }
            for line in answer.by_criterion
        ],
        "people": [
            {
                "code": p.code,
                "name": p.name,
                "unit": p.unit,
                "verdict": p.verdict,
                "behind": [sentence(s) for s in p.behind],
            }
            for p in people
        ],
    }
