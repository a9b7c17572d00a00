"""Explains one person against one standard: each criterion, its citation, what was found, what would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hientai.engines.criteria.future import Outlook, combined, criterion_outlook
from hientai.engines.criteria.judge import compare, conjunction, disjunction, negation
from hientai.engines.criteria.tree import (
    All,
    Answers,
    Citation,
    Criterion,
    Node,
    Not,
    Open,
    OpenReason,
    Parameter,
    Standard,
    Verdict,
    parts_of,
)
from hientai.engines.criteria.wording import found_text, required_text
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.evidence import Evidence
from hientai.engines.facts.fact import Clock, Fact, Value
from hientai.engines.wording import Sentence

NO_EVIDENCE = Evidence()
Translate = Callable[[str], str]


@dataclass(frozen=True)
class Comparison:
    """What one criterion compared. found: None is unknown. evidence: the record and day it used."""

    fact: Fact
    found: Value | None
    operator: str
    parameter: Parameter
    evidence: Evidence

    @property
    def record_day(self) -> date | None:
        """The day of the record behind the answer; None where its day is the one that the fact counts down to."""
        return None if self.fact.clock is Clock.SHRINKS else self.evidence.day

    @property
    def counts_down_to(self) -> date | None:
        """The day that the fact counts down to (retirement); None for other facts."""
        return self.evidence.anchor if self.fact.clock is Clock.SHRINKS else None

    @property
    def found_text(self) -> Sentence:
        """The found value in words."""
        return found_text(self.fact, self.found)

    @property
    def required_text(self) -> Sentence:
        """What would be enough, in words."""
        return required_text(self.fact, self.operator, self.parameter.value)


@dataclass(frozen=True)
class Explanation:
    """One node of the explanation tree, with the shape of the rule.

    kind: criterion, all, any, not or open. verdict: None where the node takes no part (`open_reason` says
    why).
    decisive: the verdict would be the same if only verified values counted; a verdict of not met that is not
    decisive must not be shown as a violation. outlook: what time alone will do, None for open nodes.
    comparison: for criteria only. parts: the explanations below.
    """

    key: str
    kind: str
    sentence: Sentence
    citation: Citation
    verdict: Verdict | None
    decisive: bool
    outlook: Outlook | None
    comparison: Comparison | None = None
    open_reason: OpenReason | None = None
    parts: tuple[Explanation, ...] = ()

    @property
    def verified(self) -> bool:
        """True where every value below has been confirmed against its text."""
        if self.comparison is not None:
            return self.comparison.parameter.verified
        return all(part.verified for part in self.parts)

    def as_document(self, as_of: date, translate: Translate = str) -> dict[str, Any]:
        """The JSON form; days ISO, sentences in the language of `translate`."""
        document: dict[str, Any] = {
            "key": self.key,
            "kind": self.kind,
            "sentence": self.sentence.render(translate),
            "citation": {
                "document": self.citation.document,
                "article": self.citation.article,
                "clause": self.citation.clause,
                "source": self.citation.source,
            },
            "verdict": None if self.verdict is None else self.verdict.value,
            "decisive": self.decisive,
            "verified": self.verified,
        }
        if self.open_reason is not None:
            document["open"] = self.open_reason.value
        if self.comparison is not None:
            document |= _comparison_document(self.comparison, self.verdict, translate)
        document |= _outlook_document(self.outlook, self.verdict, as_of)
        if self.parts:
            document["parts"] = [part.as_document(as_of, translate) for part in self.parts]
        return document


@dataclass(frozen=True)
class ExplainedStandard:
    """The answer for one person and one standard. complete: no part of the standard is left open."""

    standard: Standard
    as_of: date
    verdict: Verdict
    decisive: bool
    complete: bool
    tree: Explanation

    def as_document(self, translate: Translate = str) -> dict[str, Any]:
        """The JSON form of `explain`."""
        return {
            "standard": self.standard.code,
            "title": self.standard.title.render(translate),
            "document": self.standard.document,
            "as_of": self.as_of.isoformat(),
            "verdict": self.verdict.value,
            "decisive": self.decisive,
            "complete": self.complete,
            **_outlook_document(self.tree.outlook, self.verdict, self.as_of),
            "tree": self.tree.as_document(self.as_of, translate),
        }


def explain(
    standard: Standard,
    answers: Answers,
    catalogue: Catalogue,
    as_of: date,
    evidence: Mapping[str, Evidence] | None = None,
) -> ExplainedStandard:
    """Judges one person and says why.

    answers: fact code -> value, None or absent for unknown. evidence: fact code -> the record behind it
    (`compute_person`); without it the tree names no records and days reached by time are the latest possible.
    Raises BadInput where the standard names a fact that the catalogue does not have.
    """
    tree, confirmed = _explained(standard.rule, answers, catalogue, as_of, evidence or {})
    verdict = Verdict.UNKNOWN if tree.verdict is None else tree.verdict
    return ExplainedStandard(
        standard,
        as_of,
        verdict,
        verdict is (Verdict.UNKNOWN if confirmed is None else confirmed),
        not standard.open_parts(),
        tree,
    )


def _explained(
    node: Node, answers: Answers, catalogue: Catalogue, as_of: date, evidence: Mapping[str, Evidence]
) -> tuple[Explanation, Verdict | None]:
    """The explanation of a node, and its verdict by verified values alone."""
    if isinstance(node, Open):
        return Explanation(
            node.key, "open", node.sentence, node.citation, None, True, None, open_reason=node.reason
        ), None
    if isinstance(node, Criterion):
        return _explained_criterion(node, answers, catalogue, as_of, evidence.get(node.fact, NO_EVIDENCE))
    below = [_explained(part, answers, catalogue, as_of, evidence) for part in parts_of(node)]
    parts = tuple(part for part, _ in below)
    join = _join_of(node)
    verdict, confirmed = join([part.verdict for part in parts]), join([verdict for _, verdict in below])
    kind = "not" if isinstance(node, Not) else "all" if isinstance(node, All) else "any"
    foreseen = combined(node, [part.outlook for part in parts])
    return Explanation(
        node.key, kind, node.sentence, node.citation, verdict, verdict is confirmed, foreseen, parts=parts
    ), confirmed


def _join_of(node: Node) -> Callable[[list[Verdict | None]], Verdict | None]:
    if isinstance(node, Not):
        return lambda verdicts: negation(verdicts[0])
    return conjunction if isinstance(node, All) else disjunction


def _explained_criterion(
    node: Criterion, answers: Answers, catalogue: Catalogue, as_of: date, evidence: Evidence
) -> tuple[Explanation, Verdict]:
    fact, found = catalogue[node.fact], answers.get(node.fact)
    verdict = compare(found, node.operator, node.required)
    confirmed = verdict if node.parameter.verified else Verdict.UNKNOWN
    return Explanation(
        node.key,
        "criterion",
        node.sentence,
        node.citation,
        verdict,
        verdict is confirmed,
        criterion_outlook(node, found, evidence.anchor, fact, as_of),
        Comparison(fact, found, node.operator.value, node.parameter, evidence),
    ), confirmed


def _comparison_document(
    comparison: Comparison, verdict: Verdict | None, translate: Translate
) -> dict[str, Any]:
    parameter, evidence = comparison.parameter, comparison.evidence
    required = parameter.value
    document: dict[str, Any] = {
        "fact": comparison.fact.code,
        "label": comparison.fact.label.render(translate),
        "unit": comparison.fact.unit.render(translate),
        "found": comparison.found,
        "found_text": comparison.found_text.render(translate),
        "operator": comparison.operator,
        "required": list(required) if isinstance(required, tuple) else required,
        "required_text": comparison.required_text.render(translate),
        "parameter": parameter.key,
        "value_document": parameter.citation.document,
        "note": parameter.note,
        "source": comparison.fact.source.render(translate),
        "record": evidence.record,
        "record_day": None if evidence.day is None else evidence.day.isoformat(),
    }
    if verdict is not Verdict.MET:
        document["would_be_met_by"] = document["required_text"]
    return document


def _outlook_document(foreseen: Outlook | None, verdict: Verdict | None, as_of: date) -> dict[str, Any]:
    if foreseen is None:
        return {}
    earliest = foreseen.earliest if verdict is not Verdict.MET else as_of
    until = foreseen.until(as_of)
    return {
        "earliest": None if earliest is None else earliest.isoformat(),
        "until": None if until is None else until.isoformat(),
        "days_exact": foreseen.exact,
    }
