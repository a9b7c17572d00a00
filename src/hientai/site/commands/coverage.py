"""`hientai coverage --term 2020-2025 --as-of D`: how deep and balanced a plan is, per title."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hientai.apps.planning.types import Count, CoverageRow
    from hientai.site.command_line import Answer

SUMMARY = "độ phủ quy hoạch theo chức danh / coverage of the succession plan"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of, add_unit

    parser.add_argument("--term", required=True, metavar="T", help="nhiệm kỳ, ví dụ 2020-2025 / party term")
    add_as_of(parser)
    add_unit(parser)
    parser.add_argument("--docx", type=Path, metavar="F", help="ghi báo cáo Word / write the Word report")
    parser.add_argument("--xlsx", type=Path, metavar="F", help="ghi bảng Excel / write the workbook")


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.planning import documents, selectors
    from hientai.site import asking
    from hientai.site.command_line import Answer

    as_of = asking.day_of(options.as_of)
    asking.unit_id_of(options.unit, as_of)
    found = selectors.coverage(actor=asking.operator(), as_of=as_of, term=options.term, unit_code=options.unit)
    for ending in ("docx", "xlsx"):
        if target := getattr(options, ending):
            target.write_bytes(documents.WRITERS[ending](found))
    rows = [_row(row, found.band_edges) for row in found.rows]
    document = {
        "term": found.plan.term,
        "government_term": found.plan.government_term,
        "as_of": as_of.isoformat(),
        "unit": options.unit,
        "regime": found.regime,
        "turns": found.total_turns,
        "persons": found.total_people.value,
        "titles": rows,
    }
    lines = [f"{r.title}: {r.current.value} người hiện có, {r.turns} lượt, {r.people.value} người quy hoạch" for r in found.rows]
    return Answer(document, "\n".join(lines))


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
        "violations": [{"bound": j.measure, "sentence": str(j.sentence), "document": j.citation} for j in row.violated],
        "unverified": [{"bound": j.measure, "sentence": str(j.sentence)} for j in row.judgements if not j.verified],
    }


def _share(count: Count, base: Count) -> dict[str, Any]:
    return {"persons": count.value, "base": base.value, "share": _fraction(count.share_of(base))}


def _fraction(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
