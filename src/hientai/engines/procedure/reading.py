"""Reads a definition out of its document (YAML or stored JSON), strictly; format: docs/howto/add-a-procedure.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from hientai.engines.ballots import Citation, Rule
from hientai.engines.document import day_of, fields_of, list_of, name_of, required, truth_of, whole_of
from hientai.engines.errors import BadInput
from hientai.engines.procedure.definition import Deadline, Definition, Ending, PaperNeed, Step, Target
from hientai.engines.wording import say

_DEFINITION = ("code", "kind", "version", "title", "document", "in_force", "deadline", "papers", "steps", "endings",
               "note", "sources")  # fmt: skip
_STEP = ("code", "title", "convener", "summoned", "capacity", "quorum", "ballot", "announced", "needs", "gives",
         "deadline", "next", "head_decides", "citation", "verified", "note")  # fmt: skip
_PAPER = ("title", "months", "citation", "verified")
_DEADLINE = ("days", "working_days", "citation", "verified")
_CITATION = ("document", "article", "clause", "source")


def read_definition(document: Any, rules: Mapping[str, Rule], where: str = "") -> Definition:
    """The definition in `document`. rules: ballot rules by code; a step's quorum is that of its rule unless it says
    otherwise. Raises BadInput with the place of the fault."""
    fields = fields_of(document, _DEFINITION, where)
    force = fields_of(required(fields, "in_force", where), ("from", "to", "verified"), f"{where}.in_force")
    own = name_of(required(fields, "document", where), f"{where}.document")
    papers = {
        code: _paper(code, entry, own, f"{where}.papers.{code}")
        for code, entry in fields_of(fields.get("papers", {}), None, f"{where}.papers").items()
    }
    steps = [
        _step(entry, own, papers, rules, f"{where}.steps[{i}]")
        for i, entry in enumerate(list_of(fields, "steps"))
    ]
    if not steps:
        raise BadInput("no_steps", say("Quy trình phải có ít nhất một bước."), where)
    sources = fields_of(fields.get("sources", {}), None, f"{where}.sources")
    return Definition(
        code=name_of(required(fields, "code", where), f"{where}.code"),
        kind=name_of(required(fields, "kind", where), f"{where}.kind"),
        version=whole_of(required(fields, "version", where), f"{where}.version", 1),
        title=name_of(required(fields, "title", where), f"{where}.title"),
        document=own,
        valid_from=_day(required(force, "from", where), f"{where}.in_force.from"),
        valid_to=None if force.get("to") is None else _day(force["to"], f"{where}.in_force.to"),
        force_verified=truth_of(force.get("verified", True), f"{where}.in_force.verified"),
        deadline=_deadline(fields.get("deadline"), own, f"{where}.deadline"),
        steps=tuple(steps),
        endings=tuple(
            _ending(entry, f"{where}.endings[{i}]") for i, entry in enumerate(list_of(fields, "endings"))
        ),
        note=str(fields.get("note", "")),
        sources={key: str(page) for key, page in sources.items()},
    )


def _step(
    value: Any, document: str, papers: Mapping[str, PaperNeed], rules: Mapping[str, Rule], where: str
) -> Step:
    fields = fields_of(value, _STEP, where)
    ballot = name_of(fields["ballot"], f"{where}.ballot") if fields.get("ballot") else ""
    rule = rules.get(ballot)
    quorum = Fraction(str(fields["quorum"])) if fields.get("quorum") else (rule.quorum if rule else None)
    announced = fields.get("announced", rule.announced if rule else None)
    needs = []
    for code in list_of(fields, "needs", optional=True):
        if code not in papers:
            raise BadInput(
                "unknown_paper", say("“papers” không có “{code}”.", code=str(code)), f"{where}.needs"
            )
        needs.append(papers[code])
    return Step(
        code=name_of(required(fields, "code", where), f"{where}.code"),
        title=name_of(required(fields, "title", where), f"{where}.title"),
        convener=name_of(required(fields, "convener", where), f"{where}.convener"),
        summoned=str(fields.get("summoned", "")),
        capacity=_capacity(fields.get("capacity", "board"), f"{where}.capacity"),
        quorum=quorum,
        quorum_verified=rule is None or "quorum" not in rule.unverified,
        ballot=ballot,
        announced=None if announced is None else truth_of(announced, f"{where}.announced"),
        needs=tuple(needs),
        gives=tuple(name_of(kind, f"{where}.gives") for kind in list_of(fields, "gives", optional=True)),
        deadline=_deadline(fields.get("deadline"), document, f"{where}.deadline"),
        next={
            name_of(outcome, f"{where}.next"): _target(target, f"{where}.next.{outcome}")
            for outcome, target in fields_of(required(fields, "next", where), None, f"{where}.next").items()
        },
        head_decides=truth_of(fields.get("head_decides", False), f"{where}.head_decides"),
        citation=_citation(fields.get("citation", {}), document, f"{where}.citation"),
        verified=truth_of(required(fields, "verified", where), f"{where}.verified"),
        note=str(fields.get("note", "")),
    )


def _capacity(value: Any, where: str) -> str:
    if value not in ("board", "unit"):
        raise BadInput("unknown_capacity", say("“capacity” là “board” hoặc “unit”."), where)
    return str(value)


def _target(value: Any, where: str) -> Target:
    if isinstance(value, str):
        return Target(name_of(value, where))
    fields = fields_of(value, ("to", "names"), where)
    if fields.get("names") != "all":
        raise BadInput("bad_names", say("“names” chỉ nhận “all”."), where)
    return Target(name_of(required(fields, "to", where), where), all_names=True)


def _paper(code: str, value: Any, document: str, where: str) -> PaperNeed:
    fields = fields_of(value, _PAPER, where)
    months = fields.get("months")
    return PaperNeed(
        code=name_of(code, where),
        title=name_of(required(fields, "title", where), f"{where}.title"),
        months=None if months is None else whole_of(months, f"{where}.months", 1),
        citation=_citation(fields.get("citation", {}), document, f"{where}.citation"),
        verified=truth_of(required(fields, "verified", where), f"{where}.verified"),
    )


def _deadline(value: Any, document: str, where: str) -> Deadline | None:
    if value is None:
        return None
    fields = fields_of(value, _DEADLINE, where)
    if ("days" in fields) == ("working_days" in fields):
        raise BadInput("bad_deadline", say("Nêu đúng một trong “days” và “working_days”."), where)
    working = "working_days" in fields
    return Deadline(
        days=whole_of(fields["working_days" if working else "days"], where, 1),
        working=working,
        citation=_citation(fields.get("citation", {}), document, f"{where}.citation"),
        verified=truth_of(required(fields, "verified", where), f"{where}.verified"),
    )


def _ending(value: Any, where: str) -> Ending:
    fields = fields_of(value, ("code", "title", "approved"), where)
    return Ending(
        name_of(required(fields, "code", where), f"{where}.code"),
        name_of(required(fields, "title", where), f"{where}.title"),
        truth_of(fields.get("approved", False), f"{where}.approved"),
    )


def _citation(value: Any, document: str, where: str) -> Citation:
    """The document of the definition where the citation names no other."""
    fields = fields_of(value, _CITATION, where)
    article, clause, source = (
        str(fields[key]) if fields.get(key) is not None else "" for key in ("article", "clause", "source")
    )
    return Citation(str(fields.get("document", document)), article, clause, source)


def _day(value: Any, where: str) -> date:
    return value if type(value) is date else day_of(value, where)
