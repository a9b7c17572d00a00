"""The verifier finds each broken rule, and stays silent one step before."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.rotation.tiny import problem

from hientai.engines.rotation import verify

SEATS = [(0, 1, 0), (0, 0, 1), (0, 0, 2), (1, 1, -1), (1, 0, -1), (1, 0, -1)]
PAIRS = [(0, 3, 1, 10), (1, 4, 1, 20), (2, 5, 1, 30), (2, 1, 2, 7), (0, 4, 2, 5)]


def broken(rules: dict[str, Any], moves: list[tuple[int, int, int]], **more: Any) -> list[str]:
    given = {"levels": [2, 3], "provinces": [0, 1], "home": [0, 0, 1], "tenure": [5, 6, 30], **more}
    tiny = problem(SEATS, [0, 1, 2], PAIRS, {"rounds": 2, **rules}, **given)
    return [fault.rule for fault in verify(tiny, moves).faults]


A, B, C = (0, 3, 1), (1, 4, 1), (2, 5, 1)


@pytest.mark.parametrize(
    ("rules", "kept", "broken_by", "rule"),
    [
        ({"moves_per_round": 2}, [A, B], [A, B, C], "moves_per_round"),
        ({"cost_per_round": {"limit": 70, "same_province": 10, "other_province": 35}}, [A, B], [A, B, C],
         "cost_per_round"),
        ({"unit_leaving_share": 0.67}, [A, B], [A, B, C], "unit_leaving_share"),
        ({"unit_vacancy_growth": 2}, [A, B], [A, B, C], "unit_vacancy_growth"),
        ({"direction_minimum": {"down": 2}}, [A, B], [A], "direction_minimum.down"),
        ({"direction_minimum": {"side": 1}}, [B, (2, 1, 2)], [A, B], "direction_minimum.side"),
        ({"non_local_heads_minimum": 1}, [A], [B], "non_local_heads_minimum"),
        ({"must_move": [{"name": "g", "people": ["p0", "p1"], "at_least": 1}]}, [B], [C], "must_move.g"),
        ({"not_together": [["p1", "p2"]]}, [B], [B, C], "not_together"),
        ({"tenure": {"minimum_months": 6}}, [B], [A], "tenure"),
        ({"tenure": {"minimum_months": 6, "months_per_round": 1}}, [(0, 4, 2)], [A], "tenure"),
        ({"unit_balance": {"net_maximum": 1}}, [A], [A, B], "unit_balance.net_maximum"),
        ({"unit_balance": {"net_minimum": -1}}, [A], [A, B], "unit_balance.net_minimum"),
        ({"province_balance": {"net_maximum": 1}}, [A], [A, B], "province_balance.net_maximum"),
        ({"pinned": [{"person": "p0", "seat": "s3", "round": 1}]}, [A], [B], "pinned"),
        ({"forbidden": [{"seat": "s3"}]}, [B], [A], "forbidden"),
        ({"forbidden": [{"person": "p2", "round": 2}]}, [C], [B, (2, 1, 2)], "forbidden"),
        ({}, [B, (2, 1, 2)], [(2, 1, 2)], "seat"),
        ({}, [B], [B, (0, 4, 2)], "seat"),
        ({}, [A], [A, (0, 4, 2)], "person"),
        ({"rounds": 1}, [A], [(0, 4, 2)], "rounds"),
        ({}, [A], [(0, 5, 1)], "pairs"),
        ({}, [A], [(77, 99, 1)], "pairs"),
    ],
)  # fmt: skip
def test_a_rule_is_kept_up_to_its_limit_and_broken_beyond(
    rules: dict[str, Any], kept: list[Any], broken_by: list[Any], rule: str
) -> None:
    assert rule not in broken(rules, kept)
    assert rule in broken(rules, broken_by)


def test_relatives_may_stay_together_but_not_come_together() -> None:
    rules = {"relatives_apart": True}
    assert broken(rules, [A], relatives=[(1, 2)]) == []
    assert broken(rules, [B], relatives=[(1, 2)]) == []
    assert broken(rules, [B, C], relatives=[(1, 2)]) == ["relatives_apart"]
    assert broken(rules, [B, (2, 1, 2)], relatives=[(0, 2)]) == []


def test_figures_tell_value_limit_and_slack() -> None:
    tiny = problem(SEATS, [0, 1, 2], PAIRS, {"rounds": 2, "moves_per_round": 2})
    found = {figure.where: (figure.value, figure.slack) for figure in verify(tiny, [A, B]).figures}
    assert found == {"1": (2, 0), "2": (0, 2)}
