"""rules.md: every document, standard and parameter of the rulebook, with how sure each value is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from hientai.engines.criteria.tree import Citation, Criterion, Node, Open, Parameter, Standard, parts_of
from hientai.engines.interval import AgeStep
from hientai.foundation.rules import plain_rulebook
from hientai.rulebook.book import Document
from hientai.rulebook.retirement_schedule import load_retirement_schedule
from hientai.site.reference.markdown import code, table

HEAD = """# The rulebook

Rules are data in `src/hientai/rulebook`, checked by `hientai rules check`, each with cases beside it. Days are
half-open. A value marked **not confirmed** has not been read in the text of the document: it is shown as such,
wherever it decides, and never calls anything a breach. The operator's legal staff confirm values before they are
relied on."""
KINDS = {"All": "mọi điều sau", "AnyOf": "một trong các điều sau", "Not": "không được"}


def rules() -> str:
    """Documents in the order in which they came into force, then the schedule of retirement ages."""
    return "\n\n".join([HEAD, *(_document(one) for one in plain_rulebook().documents), _retirement()])


def _document(document: Document) -> str:
    parts = [
        f"## {document.code} {document.title}",
        "\n".join(
            [
                f"- issued by {document.issuer}, signed {document.signed.isoformat()}",
                f"- in force {_days(document.valid_from, document.valid_to)}{_doubt(document.force_verified)}",
                *([f"- replaces {', '.join(document.replaces)}"] if document.replaces else []),
                *(f"- {note}" for note in document.notes),
            ]
        ),
        "### Parameters",
        table(
            ["key", "value", "unit", "cited", "confirmed", "bound", "a province may", "note"],
            (_parameter(version) for versions in document.parameters.values() for version in versions),
        ),
    ]
    if document.structure:
        parts.append("Named by the document, without a value in any page read:")
        parts.append("\n".join(f"- {code(key)}: {note}" for key, note in document.structure.items()))
    parts += _standards(list(document.standards.values()))
    if document.sources:
        parts.append("### Pages read")
        parts.append("\n".join(f"- {key}: {address}" for key, address in document.sources.items()))
    return "\n\n".join(parts)


def _parameter(one: Parameter) -> list[str]:
    confirmed = "yes" if one.verified else "**not confirmed**"
    changes = {
        "none": "change nothing",
        "tighten": "tighten",
        "pilot": "loosen in a pilot",
        "free": "set its own",
    }
    bound, change = one.direction.value, changes[one.local_change.value]
    return [code(one.key), _plain(one), one.unit, _cited(one.citation), confirmed, bound, change, one.note]


def _plain(one: Parameter) -> str:
    return ", ".join(map(str, one.value)) if isinstance(one.value, tuple) else str(one.value)


def _standards(standards: Sequence[Standard]) -> Iterator[str]:
    """Standards that share one rule are listed over it."""
    yield "### Standards"
    for rule, group in groupby(standards, key=lambda standard: standard.rule):
        yield table(
            ["code", "title", "in force"],
            ([code(s.code), str(s.title), _days(s.valid_from, s.valid_to)] for s in group),
        )
        yield "\n".join(_lines(rule))


def _lines(node: Node, depth: int = 0) -> Iterator[str]:
    kind = KINDS.get(type(node).__name__, "")
    said = f"{node.sentence}" + (f" ({kind})" if kind else "")
    cited = _cited(node.citation)
    if isinstance(node, Criterion):
        parameter = node.parameter.key or _plain(node.parameter)
        asked = f"{node.fact} {node.operator.value}" + (f" {parameter}" if node.operator.takes_value else "")
        said += f": {code(asked)}{_doubt(node.parameter.verified)}"
    elif isinstance(node, Open):
        said += f" (takes no part in the verdict: {node.reason.value.replace('_', ' ')})"
    yield f"{'  ' * depth}- {said}" + (f" [{cited}]" if cited and depth else "")
    for part in parts_of(node):
        yield from _lines(part, depth + 1)


def _cited(citation: Citation) -> str:
    """Article, clause and the page read; the document's own code stands in the heading."""
    return ", ".join(filter(None, (citation.article, citation.clause, citation.source)))


def _doubt(verified: bool) -> str:
    return "" if verified else " (**not confirmed**)"


def _days(start: date | None, end: date | None) -> str:
    return f"[{start.isoformat() if start else '…'}, {end.isoformat() if end else '…'})"


def _retirement() -> str:
    """The ages of all documents of `rulebook/retirement`, men and women."""
    schedule = load_retirement_schedule()
    rows = [
        [
            sex,
            step.from_year or "before",
            _age(step),
            step.citation,
            "yes" if step.verified else "**not confirmed**",
        ]
        for sex, steps in (("nam", schedule.male), ("nữ", schedule.female))
        for step in steps
    ]
    header = ["sex", "reached from year", "age", "cited", "confirmed"]
    return f"## Retirement age under normal conditions\n\n{table(header, rows)}"


def _age(step: AgeStep) -> str:
    years, months = divmod(step.months, 12)
    return f"{years} tuổi" + (f" {months} tháng" if months else "")
