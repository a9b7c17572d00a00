"""Standards as SQL expressions of three values, for engines that speak SQL (DuckDB, PostgreSQL, Spark).

SQL's own logic is Kleene's: a comparison with NULL is NULL, AND and OR follow.
"""

from __future__ import annotations

from hientai.engines.criteria.tree import All, Criterion, Node, Not, Open, Operator, parts_of
from hientai.engines.facts.fact import Value


def verdict_sql(node: Node) -> str | None:
    """A boolean expression over columns named as the facts: TRUE met, FALSE not met, NULL unknown.

    None where the node takes no part in the verdict.
    """
    if isinstance(node, Criterion):
        return _comparison(node)
    if isinstance(node, Open):
        return None
    parts = [part for below in parts_of(node) if (part := verdict_sql(below)) is not None]
    if not parts:
        return None
    if isinstance(node, Not):
        return f"(NOT {parts[0]})"
    return "(" + (" AND " if isinstance(node, All) else " OR ").join(parts) + ")"


def _comparison(criterion: Criterion) -> str:
    operator, required, column = criterion.operator, criterion.required, criterion.fact
    if operator is Operator.IS_TRUE:
        return f"({column})"
    if operator is Operator.IS_FALSE:
        return f"(NOT {column})"
    if isinstance(required, tuple):
        values = ", ".join(_literal(value) for value in required)
        if operator is Operator.BETWEEN:
            return f"({column} >= {_literal(required[0])} AND {column} < {_literal(required[1])})"
        return f"({column} {'IN' if operator is Operator.IN else 'NOT IN'} ({values}))"
    sign = {"==": "=", "!=": "<>"}.get(operator.value, operator.value)
    return f"({column} {sign} {_literal(required)})"


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)
