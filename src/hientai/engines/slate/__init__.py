"""Slates: choose K of N people under counts and shares with exact bases, proven best or proven impossible."""

from hientai.engines.slate.problem import (
    Conflict,
    Person,
    Problem,
    Relaxation,
    Result,
    Rule,
    RuleReading,
    Slate,
)
from hientai.engines.slate.solve import solve

__all__ = [
    "Conflict",
    "Person",
    "Problem",
    "Relaxation",
    "Result",
    "Rule",
    "RuleReading",
    "Slate",
    "solve",
]
