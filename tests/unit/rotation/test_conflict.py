"""Impossible problems: the planted conflict is found, said in words, and loosened as little as possible."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from tests.unit.rotation.tiny import best_by_enumeration, problem, tiny_problems

from hientai.engines.rotation import Problem, solve
from hientai.engines.rotation.conflict import explain_conflict

SEATS = [(0, 0, 0), (0, 0, 1), (1, 0, -1), (1, 0, -1)]
PAIRS = [(0, 2, 1, 5), (1, 3, 1, 5)]


def impossible(rules: dict[str, Any]) -> Problem:
    return problem(SEATS, [0, 1], PAIRS, {"rounds": 1, **rules}, levels=[2, 3])


@pytest.mark.parametrize(
    ("rules", "conflict"),
    [
        ({"direction_minimum": {"down": 2}, "moves_per_round": 1, "relatives_apart": True},
         {"moves_per_round", "direction_minimum.down"}),
        ({"direction_minimum": {"up": 1}, "moves_per_round": 9}, {"direction_minimum.up"}),
        ({"must_move": [{"name": "both", "people": ["p0", "p1"]}], "unit_vacancy_growth": 1},
         {"unit_vacancy_growth", "must_move.both"}),
        ({"pinned": [{"person": "p0", "seat": "s2", "round": 1}], "forbidden": [{"person": "p1"}, {"seat": "s2"}]},
         {"pinned.0", "forbidden.1"}),
        ({"not_together": [["p0", "p1"]], "moves_per_round": 0}, {"not_together.0", "moves_per_round"}),
    ],
)  # fmt: skip
def test_the_planted_conflict_is_the_one_named(rules: dict[str, Any], conflict: set[str]) -> None:
    result = solve(impossible(rules))
    assert result.status == "infeasible"
    assert set(explain_conflict(impossible(rules)).rules) == conflict
    assert len(result.conflict) == len(conflict)
    assert all(str(sentence) and "{" not in str(sentence) for sentence in result.conflict)


def test_the_cheapest_loosening_says_by_how_much() -> None:
    found = explain_conflict(impossible({"direction_minimum": {"down": 2}, "moves_per_round": 1}))
    assert sum(by for _, _, by, _ in found.relaxations) == 1


def test_a_possible_problem_has_no_conflict() -> None:
    assert explain_conflict(impossible({"moves_per_round": 1})).rules == ()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(tiny_problems())
def test_a_conflict_is_named_exactly_when_no_plan_exists(tiny: Problem) -> None:
    assert bool(explain_conflict(tiny).rules) == (best_by_enumeration(tiny) is None)
