"""`hientai facts PERSON --as-of D`: every catalogue fact of one person, with its source and date."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "các dữ kiện của một người / facts of one person"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of

    parser.add_argument("person", help="mã cán bộ hoặc số định danh / person code or identity number")
    add_as_of(parser)


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.screening import selectors
    from hientai.foundation.snapshot.everybody import catalogue
    from hientai.site import asking
    from hientai.site.command_line import Answer

    as_of = asking.day_of(options.as_of)
    known = selectors.facts(actor=asking.operator(), as_of=as_of, person_code=options.person)
    named = selectors.fact_names(actor=asking.operator(), as_of=as_of, known=known)
    facts: list[dict[str, Any]] = []
    for fact in catalogue():
        evidence = known.evidence.get(fact.code)
        facts.append({
            "code": fact.code,
            "label": str(fact.label),
            "value": known.values[fact.code],
            "name": named.get(fact.code),
            "unit": str(fact.unit),
            "source": str(fact.source),
            "record": evidence.record if evidence else None,
            "date": evidence.day.isoformat() if evidence and evidence.day else None,
            "statistics_only": fact.statistics_only,
        })  # fmt: skip
    lines = [f"{fact['label']}: {fact['name'] or _said(fact['value'])} {fact['unit']}" for fact in facts]
    return Answer({"person": options.person, "as_of": as_of.isoformat(), "facts": facts}, "\n".join(lines))


def _said(value: Any) -> str:
    return "chưa rõ" if value is None else str(value)
