"""Turns standards into Polars expressions: one nullable boolean a distinct comparison, verdicts by and / or.

True is met, False not met, null unknown; `&`, `|` and `~` of Polars follow Kleene's logic.
Horizontal aggregates and `when` do not on nulls, so they are not used here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne, or_
from typing import Any

import polars as pl

from hientai.engines.criteria.tree import (
    All,
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

Comparison = tuple[str, Operator, Required]
ColumnOf = Callable[[Criterion], pl.Expr]
UNKNOWN_COLUMN = "unknown"


def distinct_comparisons(standards: Iterable[Standard]) -> dict[Comparison, str]:
    """Every different comparison of the standards with the name of its column (`c0`, `c1`, ...)."""
    names: dict[Comparison, str] = {}
    for standard in standards:
        for criterion in standard.criteria():
            names.setdefault(criterion.comparison, f"c{len(names)}")
    return names


def comparison_expression(comparison: Comparison) -> pl.Expr:
    """One comparison over the column of its fact."""
    code, operator, required = comparison
    found = pl.col(code)
    if operator is Operator.IS_TRUE:
        return found
    if operator is Operator.IS_FALSE:
        return ~found
    if isinstance(required, tuple):
        if operator is Operator.BETWEEN:
            return (found >= required[0]) & (found < required[1])
        contained = found.is_in(list(required))
        return contained if operator is Operator.IN else ~contained
    return _COMPARE[operator](found, required)


_COMPARE: Mapping[Operator, Callable[[pl.Expr, Any], pl.Expr]] = {
    Operator.AT_LEAST: ge,
    Operator.AT_MOST: le,
    Operator.ABOVE: gt,
    Operator.BELOW: lt,
    Operator.EQUALS: eq,
    Operator.DIFFERS: ne,
}


def verdict_expression(node: Node, column_of: ColumnOf) -> pl.Expr | None:
    """The verdict of a node over the columns of its comparisons; None where the node takes no part."""
    if isinstance(node, Criterion):
        return column_of(node)
    if isinstance(node, Open):
        return None
    parts = [verdict_expression(part, column_of) for part in parts_of(node)]
    counted = [part for part in parts if part is not None]
    if not counted:
        return None
    if isinstance(node, Not):
        return ~counted[0]
    return reduce(and_ if isinstance(node, All) else or_, counted)


def blame_expressions(
    node: Node, column_of: ColumnOf, verdict: Verdict, *, helps: bool = True, within: pl.Expr | None = None
) -> Iterator[tuple[Criterion, pl.Expr]]:
    """For every criterion, whom it keeps at that verdict (never null), as `criteria.judge.blamed`."""
    judged = verdict_expression(node, column_of)
    if judged is None:
        return
    adverse = judged.is_null() if verdict is Verdict.UNKNOWN else judged.eq_missing(pl.lit(not helps))
    chain = adverse if within is None else within & adverse
    if isinstance(node, Criterion):
        yield node, chain
    for part in parts_of(node):
        turned = helps is not isinstance(node, Not)
        yield from blame_expressions(part, column_of, verdict, helps=turned, within=chain)


def columns_by_name(names: Mapping[Comparison, str], *, confirmed: bool = False) -> ColumnOf:
    """Looks criteria up among the columns; with `confirmed`, unverified ones are unknown for everybody."""

    def column_of(criterion: Criterion) -> pl.Expr:
        if confirmed and not criterion.parameter.verified:
            return pl.col(UNKNOWN_COLUMN)
        return pl.col(names[criterion.comparison])

    return column_of
