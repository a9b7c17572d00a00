"""`ballot RULE.json`: the outcome of a voting step from its totals and a rule."""

from __future__ import annotations

import argparse

from hientai.site.command_line import Answer

SUMMARY = "kết quả một bước bỏ phiếu theo quy tắc có trích dẫn / outcome of a voting step"
STATELESS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RULE.json: the totals and the rule, whole or by its code."""
    parser.add_argument(
        "ballot", metavar="RULE.json", help="tệp số liệu (docs/reference/ballots.md); - là đầu vào chuẩn"
    )


def answer(options: argparse.Namespace) -> Answer:
    """The outcome with its reasons, the share of every name with its base, and the citation."""
    from hientai.engines.ballots.answer import as_document, sentences
    from hientai.engines.ballots.count import read_count
    from hientai.engines.ballots.outcome import decide
    from hientai.engines.ballots.published import published_rule
    from hientai.engines.ballots.rule import read_rule
    from hientai.engines.document import fields_of, required
    from hientai.site.problem_file import read_json

    fields = dict(fields_of(read_json(options.ballot), None, ""))
    named = required(fields, "rule", "rule")
    rule = published_rule(named) if isinstance(named, str) else read_rule(named)
    count = read_count({key: value for key, value in fields.items() if key != "rule"})
    outcome = decide(rule, count)
    return Answer(as_document(outcome), "\n".join(str(line) for line in sentences(outcome)))
