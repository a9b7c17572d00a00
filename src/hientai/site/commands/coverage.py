"""`hientai coverage --term 2020-2025 --as-of D`: how deep and balanced a plan is, per title."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from hientai.apps.planning.answers import coverage_document
    from hientai.site import asking
    from hientai.site.command_line import Answer

    as_of = asking.day_of(options.as_of)
    asking.unit_id_of(options.unit, as_of)
    found = selectors.coverage(
        actor=asking.operator(), as_of=as_of, term=options.term, unit_code=options.unit
    )
    for ending in ("docx", "xlsx"):
        if target := getattr(options, ending):
            target.write_bytes(documents.WRITERS[ending](found))
    lines = [
        f"{r.title}: {r.current.value} người hiện có, {r.turns} lượt, {r.people.value} người quy hoạch"
        for r in found.rows
    ]
    return Answer(coverage_document(found, options.unit), "\n".join(lines))
