"""procedures.md: every shipped procedure with its diagram, its steps, and how sure each part is."""

from __future__ import annotations

from collections.abc import Iterator

from hientai.apps.procedures.types import OUTCOMES
from hientai.engines.ballots.published import published_rules
from hientai.engines.procedure import Definition
from hientai.engines.procedure.definition import AGAIN, Step
from hientai.engines.procedure.demands import TITLES
from hientai.rulebook.procedures import definitions
from hientai.site.reference.markdown import code, table

HEAD = """# Procedures

Data in `src/hientai/rulebook/procedures`, proved sound when loaded: every step reached, an end from everywhere, every
outcome of every ballot rule leads somewhere. A part marked **not confirmed** was not read in the text of the document:
pages say so, and a count under such a rule moves a case on only with the ground the office rests on. How to add one:
[add-a-procedure.md](../howto/add-a-procedure.md)."""


def procedures() -> str:
    """Every definition by kind and first day."""
    return "\n\n".join([HEAD, *(part for one in definitions() for part in _definition(one))])


def _definition(one: Definition) -> Iterator[str]:
    end = one.valid_to.isoformat() if one.valid_to else "…"
    force = "" if one.force_verified else " (**not confirmed**)"
    yield f"## {one.title} ({one.document})"
    lines = [
        f"- code {code(one.code)}, version {one.version}",
        f"- a case may begin in [{one.valid_from.isoformat()}, {end}){force}",
    ]
    if one.deadline is not None:
        kind = "working days" if one.deadline.working else "days"
        lines.append(f"- deadline of the whole: {one.deadline.days} {kind} ({one.deadline.citation})")
    if one.note:
        lines.append(f"- {one.note}")
    yield "\n".join(lines)
    yield "```mermaid\nflowchart TD\n" + "\n".join(_diagram(one)) + "\n```"
    header = ["step", "summoned", "quorum", "ballot rule", "papers", "cited", "confirmed"]
    yield table(header, (_row(one, step) for step in one.steps))


def _diagram(one: Definition) -> Iterator[str]:
    for step in one.steps:
        yield f'  {step.code}["{one.place(step.code)}. {step.title}"]'
    for ending in one.endings:
        if any(target.to == ending.code for step in one.steps for target in step.next.values()):
            yield f'  {ending.code}(["{ending.title}"])'
    for step in one.steps:
        for outcome, target in step.next.items():
            to = step.code if target.to == AGAIN else target.to
            yield f'  {step.code} -->|"{OUTCOMES.get(outcome, outcome)}"| {to}'


def _row(one: Definition, step: Step) -> list[str]:
    rule = published_rules().get(step.ballot)
    papers = [*(need.title for need in step.needs), *(str(TITLES[kind]) for kind in step.gives)]
    sure = "yes" if step.verified else "**not confirmed**"
    if step.verified and rule is not None and rule.unverified:
        sure = f"yes, but not {', '.join(sorted(rule.unverified))}"
    return [
        f"{one.place(step.code)}. {step.title}",
        step.summoned or "–",
        str(step.quorum or "–"),
        code(step.ballot) if step.ballot else "–",
        "; ".join(papers) or "–",
        str(step.citation),
        sure,
    ]
