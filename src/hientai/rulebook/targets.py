"""Targets that a document sets: which measure, for whom, how much, by which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hientai.engines.criteria.tree import Citation, Direction
from hientai.engines.wording import Sentence, say
from hientai.rulebook.fields import Fields, list_of
from hientai.rulebook.findings import Findings, Place
from hientai.rulebook.nodes import citation_of

TARGET_KEYS = [
    "key", "measure", "scope", "value", "unit", "direction", "due", "citation", "verified", "note",
]  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One target. measure: stable code that dashboards hold figures against (`plan.share_women`). scope: of whom.

    value: in `unit`, shares as fractions. direction: MINIMUM is "at least". due: last day, None without one.
    """

    key: str
    measure: str
    scope: Sentence
    value: float
    unit: str
    direction: Direction
    due: date | None
    citation: Citation
    verified: bool
    note: str = ""

    def is_reached_by(self, figure: float) -> bool:
        """Whether a figure of that measure is enough."""
        if self.direction is Direction.MINIMUM:
            return figure >= self.value
        return figure <= self.value if self.direction is Direction.MAXIMUM else figure == self.value


def parse_targets(raw: Any, place: Place, code: str, findings: Findings) -> tuple[Target, ...]:
    """The targets of one document; what is not in order is noted."""
    if raw is None:
        return ()
    parsed = [
        _target(one, place.at(number), code, findings)
        for number, one in enumerate(list_of(raw, place, findings))
    ]
    kept = tuple(target for target in parsed if target is not None)
    if len({target.key for target in kept}) < len(kept):
        findings.add("duplicate_target", place, say("Hai chỉ tiêu của văn bản cùng một khóa; đặt khóa khác."))
    return kept


def _target(raw: Any, place: Place, code: str, findings: Findings) -> Target | None:
    before = len(findings.found)
    fields = Fields(raw, place, findings, TARGET_KEYS)
    value = fields.raw.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        findings.add("missing_value", place, say("Chỉ tiêu phải có “value” là một số."))
    target = Target(
        fields.text("key"),
        fields.text("measure"),
        Sentence(fields.text("scope")),
        float(value) if isinstance(value, int | float) else 0.0,
        fields.text("unit"),
        fields.choice("direction", Direction) or Direction.EXACT,
        fields.day("due", required=False),
        citation_of(fields, code) or Citation(code),
        fields.truth("verified"),
        fields.text("note", required=False),
    )
    return None if len(findings.found) > before else target
