"""`hientai explain PERSON --standard CODE --as-of D`: the explanation tree of one person and one standard."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.engines.criteria.explain import Explanation
    from hientai.site.command_line import Answer

SUMMARY = "vì sao một người đạt hay chưa đạt / why a person meets a standard or not"
STATELESS = False
WORDS = {"met": "đạt", "not_met": "chưa đạt", "unknown": "chưa rõ", None: "không tính"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of

    parser.add_argument("person", help="mã cán bộ hoặc số định danh / person code or identity number")
    parser.add_argument("--standard", required=True, metavar="CODE", help="mã tiêu chuẩn / standard code")
    add_as_of(parser)


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.screening import selectors
    from hientai.site import asking
    from hientai.site.command_line import Answer

    as_of = asking.day_of(options.as_of)
    found = selectors.explain(
        actor=asking.operator(), as_of=as_of, person_code=options.person, standard_code=options.standard
    )
    return Answer({"person": options.person, **found.as_document()}, "\n".join(_lines(found.tree, 0)))


def _lines(node: Explanation, depth: int) -> Iterator[str]:
    verdict = WORDS[node.verdict.value if node.verdict else None]
    line = f"{'  ' * depth}[{verdict}] {node.sentence} ({node.citation.document})"
    if node.comparison:
        line += f": {node.comparison.found_text}, yêu cầu {node.comparison.required_text}"
    yield line
    for part in node.parts:
        yield from _lines(part, depth + 1)
