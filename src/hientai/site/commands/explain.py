"""`hientai explain PERSON --standard CODE --as-of D`: the explanation tree of one person and one standard.

`--file PERSON.json` in place of PERSON asks about somebody who is in no database (`site.person_file`), by the rules as
they come with the program: local values and drafts are kept in the database.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hientai.engines.errors import BadInput

if TYPE_CHECKING:
    from hientai.engines.criteria.explain import ExplainedStandard, Explanation
    from hientai.site.command_line import Answer

SUMMARY = "vì sao một người đạt hay chưa đạt / why a person meets a standard or not"
STATELESS = False
WORDS = {"met": "đạt", "not_met": "chưa đạt", "unknown": "chưa rõ"}
OPEN = {"no_basis": "chưa có căn cứ để tính", "not_measured": "cần người xem xét"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of

    parser.add_argument(
        "person", nargs="?", help="mã cán bộ hoặc số định danh / person code or identity number"
    )
    parser.add_argument(
        "--file",
        metavar="PERSON.json",
        help="hồ sơ một người trong tệp JSON, thay cho mã; không cần cơ sở dữ liệu / a person in a file, stateless",
    )
    parser.add_argument("--standard", required=True, metavar="CODE", help="mã tiêu chuẩn / standard code")
    add_as_of(parser)


def is_stateless(options: argparse.Namespace) -> bool:
    """A person in a file is asked about without records."""
    return options.file is not None


def answer(options: argparse.Namespace) -> Answer:
    from hientai.site.command_line import Answer

    if (options.person is None) is (options.file is None):
        raise BadInput("bad_arguments", "Ghi mã cán bộ, hoặc --file PERSON.json (một trong hai).", "PERSON")
    found = _in_file(options) if options.file is not None else _in_records(options)
    document = {"person": options.person or options.file, **found.as_document()}
    return Answer(document, "\n".join([*_lines(found.tree, 0), *_ending(found)]))


def _in_records(options: argparse.Namespace) -> ExplainedStandard:
    from hientai.apps.screening import selectors
    from hientai.site import asking

    return selectors.explain(
        actor=asking.operator(),
        as_of=asking.day_of(options.as_of),
        person_code=options.person,
        standard_code=options.standard,
    )


def _in_file(options: argparse.Namespace) -> ExplainedStandard:
    from hientai.engines.criteria.explain import explain
    from hientai.engines.facts.standard import standard_catalogue
    from hientai.rulebook.load import load_rulebook
    from hientai.site.person_file import read_person

    as_of = _day(options.as_of)
    standard = load_rulebook().standard(options.standard, as_of)
    known = read_person(options.file, as_of)
    return explain(standard, known.values, standard_catalogue(), as_of, known.evidence)


def _day(text: str) -> date:
    """The day asked about, read without Django; today when empty."""
    from hientai.engines.vitext import parse_day

    if not text:
        return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    found = parse_day(text, where="--as-of")
    if found.month is None or found.day is None:
        raise BadInput("no_day", f"“{text}” chưa đủ ngày, tháng, năm.", "--as-of")
    return date(found.year, found.month, found.day)


def _lines(node: Explanation, depth: int) -> Iterator[str]:
    verdict = WORDS[node.verdict.value] if node.verdict else OPEN["no_basis"]
    if node.open_reason:
        verdict = OPEN[node.open_reason.value]
    cited = node.citation.document
    if node.citation.article:
        cited += f", Điều {node.citation.article}"
    line = f"{'  ' * depth}[{verdict}] {node.sentence} ({cited})"
    if seen := node.comparison:
        line += f". {seen.fact.label}: {seen.found_text}; yêu cầu: {seen.required_text}"
        line += "" if node.verified else " (mức chưa đối chiếu với văn bản)"
    yield line
    for part in node.parts:
        yield from _lines(part, depth + 1)


def _ending(found: ExplainedStandard) -> Iterator[str]:
    """What follows from the tree: what time alone will do, and what the verdict does not rest on."""
    outlook = found.tree.outlook
    if outlook is not None and found.verdict.value == "not_met":
        if outlook.earliest is None:
            yield "Nếu hồ sơ không đổi thì thời gian không làm cho đạt."
        else:
            latest = "" if outlook.exact else " (muộn nhất)"
            yield f"Nếu hồ sơ không đổi thì đạt từ ngày {outlook.earliest:%d/%m/%Y}{latest}."
    if outlook is not None and (until := outlook.until(found.as_of)):
        yield f"Nếu hồ sơ không đổi thì từ ngày {until:%d/%m/%Y} không còn đạt."
    if not found.decisive:
        yield "Kết luận dựa vào mức chưa đối chiếu với văn bản: chỉ để tham khảo."
    if not found.complete:
        yield "Chỉ kết luận trên những điều tính được; các điều còn lại cần người xem xét."
