"""`hientai figures SCENARIO`: the figures of the source articles, computed from the records of the scenario."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "số liệu của bài báo nguồn tính từ hồ sơ / figures of the source articles from the records"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.source_figures import SCENARIOS

    parser.add_argument("scenario", choices=sorted(SCENARIOS))
    parser.add_argument(
        "--as-of", default="", metavar="D", help="mặc định: ngày của nguồn / the source's day"
    )
    parser.add_argument(
        "--with-lists", action="store_true", help="kèm mã người đứng sau / with the people behind"
    )


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.cadres import selectors as cadres
    from hientai.site import asking, source_figures
    from hientai.site.command_line import ANSWERED, FAULTS_FOUND, Answer

    scenario = source_figures.scenario(options.scenario)
    as_of = asking.day_of(options.as_of) if options.as_of else scenario.as_of
    actor = asking.operator()
    rows: list[dict[str, Any]] = []
    for figure in scenario.figures:
        found = figure.compute(actor, as_of)
        row = {
            "id": figure.id, "printed": figure.printed or None, "computed": found.value, "exact": found.exact,
            "ok": found.ok, "report": figure.report, "definition": figure.definition, "address": found.address,
        }  # fmt: skip
        if options.with_lists:
            codes = cadres.codes(actor=actor, as_of=as_of, ids=sorted(set(found.people)))
            row["list"] = sorted(codes[person] for person in found.people)
        rows.append(row)
    document = {
        "scenario": options.scenario, "as_of": as_of.isoformat(), "figures": rows, "not_yet": list(scenario.not_yet)
    }  # fmt: skip
    lines = [
        f"{'đúng ' if row['ok'] else 'LỆCH '} {row['id']}  {row['printed'] or '–':<14} {row['computed']}"
        for row in rows
    ]
    if scenario.not_yet:
        lines.append(f"chưa tính: {', '.join(scenario.not_yet)}")
    return Answer(document, "\n".join(lines), ANSWERED if all(row["ok"] for row in rows) else FAULTS_FOUND)
