"""facts.md: what is asked about every person, exactly."""

from __future__ import annotations

from itertools import groupby

from hientai.engines.facts.fact import Fact
from hientai.foundation.snapshot.everybody import catalogue
from hientai.site.reference.markdown import code, table

HEAD = """# The fact catalogue

{count} facts. A fact is one question about one person with one answer as of a day. Standards, cross-tables and
planners may name only these. *Where nothing is recorded* says what silence means: `unknown` is an answer of its own.
A fact marked **statistics only** is counted in reports and refused in any standard of an individual
(`Catalogue.check_usable_in_rules`). Definitions stand in `engines/facts/standard`; the slow second definition that
judges them in `tests/unit/facts/reference.py`."""


def facts() -> str:
    """All facts in catalogue order, grouped by the records they rest on."""
    known = list(catalogue())
    sections = [
        f"## {source}\n\n" + _table(list(group))
        for source, group in groupby(known, key=lambda f: str(f.source))
    ]
    lists = [_codes(fact) for fact in known if fact.codes]
    return "\n\n".join([HEAD.format(count=len(known)), *sections, "## Codes and ranks", *lists])


def _table(known: list[Fact]) -> str:
    header = ["code", "label", "form", "definition", "where nothing is recorded", "use"]
    return table(header, (_row(fact) for fact in known))


def _row(fact: Fact) -> list[str]:
    form = f"{fact.type.value}, {fact.unit}" if str(fact.unit) else fact.type.value
    use = "**statistics only**" if fact.statistics_only else ""
    return [code(fact.code), str(fact.label), form, str(fact.definition), _absent(fact), use]


def _absent(fact: Fact) -> str:
    return "unknown" if fact.absent_means is None else code(str(fact.absent_means).lower())


def _codes(fact: Fact) -> str:
    words = "; ".join(f"{code(value)} {word}" for value, word in fact.codes.items())
    return f"- {code(fact.code)} ({fact.label}): {words}."
