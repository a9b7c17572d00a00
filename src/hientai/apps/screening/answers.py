"""Screenings and explanations as JSON documents: one form for the command line and the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hientai.apps.screening.types import ScreenedPerson, ScreeningAnswer
from hientai.engines.screening.impact import Impact, Shift
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


def impact_document(found: Impact, names: Mapping[int, str]) -> dict[str, Any]:
    """Who gains, who loses, who becomes unknown, and by which criterion; `names`: person code by id."""
    return {
        "standard": found.before.code,
        "from_document": found.before.document,
        "to_document": found.after.document,
        "as_of": found.as_of.isoformat(),
        "base": found.base,
        "gains": _shift(found.gains, names),
        "loses": _shift(found.loses, names),
        "becomes_unknown": _shift(found.becomes_unknown, names),
        "table": [
            {"before": before.value, "after": after.value, "persons": count}
            for (before, after), count in found.table.items()
        ],
    }


def _shift(shift: Shift, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "persons": shift.count,
        "people": [names[person] for person in shift.persons.to_list()],
        "by_criterion": [
            {"key": criterion.key, "sentence": sentence(criterion.sentence), "persons": count}
            for criterion, count in shift.by_criterion
        ],
    }
