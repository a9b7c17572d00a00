"""The plain reference: judges one person by a tree, in Kleene's three values.

The fast evaluator for everybody (`engines.screening`) must agree with this one; property-based tests compare
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hientai.engines.criteria.tree import (
    All,
    Answers,
    Criterion,
    Node,
    Not,
    Open,
    Operator,
    Required,
    Standard,
    Verdict,
    parts_of,
)
from hientai.engines.facts.fact import Value

OutcomeOf = Callable[[Criterion], Verdict]


def verdict_of(standard: Standard, answers: Answers, *, confirmed: bool = False) -> Verdict:
    """The verdict of a standard; unknown where no part of it can be computed.

    confirmed: take only verified values, everything resting on an unverified one counts as unknown. Where
    this differs from the plain verdict, that verdict is not decisive.
    """
    verdict = judge(standard.rule, answers, confirmed=confirmed)
    return Verdict.UNKNOWN if verdict is None else verdict


def judge(node: Node, answers: Answers, *, confirmed: bool = False) -> Verdict | None:
    """The verdict of a node; None where it takes no part (open criteria, and groups of nothing else)."""

    def outcome_of(criterion: Criterion) -> Verdict:
        if confirmed and not criterion.parameter.verified:
            return Verdict.UNKNOWN
        return compare(answers.get(criterion.fact), criterion.operator, criterion.required)

    return judge_outcomes(node, outcome_of)


def judge_outcomes(node: Node, outcome_of: OutcomeOf) -> Verdict | None:
    """The verdict of a node from the outcomes of its criteria."""
    if isinstance(node, Criterion):
        return outcome_of(node)
    if isinstance(node, Open):
        return None
    if isinstance(node, Not):
        return negation(judge_outcomes(node.part, outcome_of))
    verdicts = [judge_outcomes(part, outcome_of) for part in node.parts]
    return conjunction(verdicts) if isinstance(node, All) else disjunction(verdicts)


def blamed(node: Node, outcome_of: OutcomeOf, verdict: Verdict) -> Iterator[Criterion]:
    """The criteria that keep a node at `verdict` (not met or unknown), in order; none if it has another
    verdict.

    A criterion is blamed when it and every group around it stand at that verdict; below a `Not`, a criterion
    that is met is the adverse one. A failed alternative of a group that another alternative satisfies is not
    blamed.
    """
    if judge_outcomes(node, outcome_of) is not verdict:
        return
    if isinstance(node, Criterion):
        yield node
    turned = negation(verdict) if isinstance(node, Not) else verdict
    for part in parts_of(node):
        yield from blamed(part, outcome_of, turned or verdict)


def conjunction(verdicts: Iterable[Verdict | None]) -> Verdict | None:
    """Not met as soon as one is, else unknown as soon as one is; parts without verdict are passed over."""
    counted = {verdict for verdict in verdicts if verdict is not None}
    for decisive in (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET):
        if decisive in counted:
            return decisive
    return None


def disjunction(verdicts: Iterable[Verdict | None]) -> Verdict | None:
    """Met as soon as one is met, else unknown as soon as one is; parts without verdict are passed over."""
    counted = {verdict for verdict in verdicts if verdict is not None}
    for decisive in (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET):
        if decisive in counted:
            return decisive
    return None


def negation(verdict: Verdict | None) -> Verdict | None:
    """Met and not met exchanged."""
    if verdict is Verdict.MET:
        return Verdict.NOT_MET
    return Verdict.MET if verdict is Verdict.NOT_MET else verdict


def compare(found: Value | None, operator: Operator, required: Required) -> Verdict:
    """Whether a found value is as required; unknown where nothing was found."""
    if found is None:
        return Verdict.UNKNOWN
    return Verdict.MET if _holds(found, operator, required) else Verdict.NOT_MET


def _holds(found: Value, operator: Operator, required: Required) -> bool:
    if operator is Operator.IS_TRUE:
        return found is True
    if operator is Operator.IS_FALSE:
        return found is False
    if isinstance(required, tuple):
        if operator is Operator.BETWEEN:
            low, high = required
            return bool(low <= found < high)  # type: ignore[operator]
        return (found in required) is (operator is Operator.IN)
    if operator is Operator.EQUALS:
        return found == required
    if operator is Operator.DIFFERS:
        return found != required
    if operator is Operator.AT_LEAST:
        return bool(found >= required)  # type: ignore[operator]
    if operator is Operator.AT_MOST:
        return bool(found <= required)  # type: ignore[operator]
    if operator is Operator.ABOVE:
        return bool(found > required)  # type: ignore[operator]
    return bool(found < required)  # type: ignore[operator]
