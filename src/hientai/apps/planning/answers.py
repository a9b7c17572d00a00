"""The coverage of a plan as a JSON document: one form for the command line and the API."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hientai.apps.planning.ahead import Ahead, VacancyRow
from hientai.apps.planning.types import Count, Coverage, CoverageRow
from hientai.foundation.web.templatetags.formats import sentence


def coverage_document(found: Coverage, unit: str = "") -> dict[str, Any]:
    """Per title: current, planned turns and persons, coefficient, structure, gaps, bounds; each with its base."""
    return {
        "term": found.plan.term,
        "government_term": found.plan.government_term,
        "as_of": found.as_of.isoformat(),
        "unit": unit,
        "regime": found.regime,
        "turns": found.total_turns,
        "persons": found.total_people.value,
        "titles": [_row(row, found.band_edges) for row in found.rows],
    }


def ahead_document(found: Ahead, shortages: Sequence[VacancyRow], unit: str = "") -> dict[str, Any]:
    """The coming years: per year, per title and year, seats nobody planned can fill, how many ready have no slot."""
    return {
        "from": found.begins.isoformat(),
        "years": [
            {
                "year": year["year"], "from": year["begins"].isoformat(), "to": year["ends"].isoformat(),
                "retirements": year["retirements"], "term_ends": year["term_ends"],
                "shortages": year["shortages"], "shortages_if_nobody_is_reappointed": year["strict_shortages"],
            }
            for year in found.by_year.iter_rows(named=True)
        ],
        "unit": unit,
        "titles": [
            {
                "title": title.code, "name": title.name, "seats": title.seats, "current": title.holders,
                "planned": title.planned, "ready_now": title.ready, "retirements": list(title.retirements),
                "term_ends": list(title.term_ends), "shortages": list(title.shortages),
                "shortages_if_nobody_is_reappointed": list(title.strict_shortages),
            }
            for title in found.titles
        ],
        "short": [
            {
                "unit": row.unit, "title": row.title, "holder": row.code, "on": row.on.isoformat(),
                "ready": row.successors,
            }
            for row in shortages
        ],
        "retirement_unknown": found.unknown,
        "ready_without_slot": len(found.unplanned),
    }  # fmt: skip


def _row(row: CoverageRow, edges: tuple[int, ...]) -> dict[str, Any]:
    return {
        "title": row.title_code,
        "name": row.title,
        "level": row.level,
        "seats": row.seats.value,
        "current": row.current.value,
        "planned": {"turns": row.turns, "persons": row.people.value},
        "coefficient": {"value": _fraction(row.coefficient), "base": "current"},
        "women": _share(row.women, row.people),
        "young": None if row.young is None else _share(row.young, row.people),
        "ethnic": _share(row.ethnic, row.people),
        "bands": {"edges": list(edges), "persons": [band.value for band in row.bands]},
        "readiness": {"now": row.ready.value},
        "gaps": {"seats": row.gaps.value, "base": row.seats.value},
        "over": row.over.value,
        "violations": [
            {"bound": j.measure, "sentence": sentence(j.sentence), "document": j.citation}
            for j in row.violated
        ],
        "unverified": [
            {"bound": j.measure, "sentence": sentence(j.sentence)} for j in row.judgements if not j.verified
        ],
    }


def _share(count: Count, base: Count) -> dict[str, Any]:
    return {"persons": count.value, "base": base.value, "share": _fraction(count.share_of(base))}


def _fraction(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
