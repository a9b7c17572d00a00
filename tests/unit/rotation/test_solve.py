"""The planner against enumeration, a second formulation, and its own promises."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from ortools.sat.python import cp_model
from tests.unit.rotation.tiny import best_by_enumeration, problem, tiny_problems

from hientai.engines.rotation import Problem, Stop, relaxation, search, solve, verify
from hientai.engines.rotation.programme import build
from hientai.engines.rotation.relaxation import priced, relax
from hientai.engines.rotation.stop import Budget

CHAIN = {"seats": [(0, 0, 0), (0, 0, 1), (1, 0, -1)], "people": [0, 1]}


def random_problem(people: int, rounds: int, seed: int) -> Problem:
    """A middling problem with every rule of the classic format."""
    g = np.random.default_rng(seed)
    units = max(3, people // 6)
    seats = [
        (int(g.integers(units)), int(k < units), k if k < people else -1)
        for k in range(int(people * 1.1) + 1)
    ]
    pairs = {
        (p, int(s), int(r)): int(g.integers(1, 200))
        for p in range(people)
        for s in g.choice(len(seats), 6, replace=False)
        for r in g.choice(np.arange(1, rounds + 1), min(2, rounds), replace=False)
        if s != p
    }
    rules = {
        "rounds": rounds, "moves_per_round": max(2, people // 4), "unit_leaving_share": 0.4, "unit_vacancy_growth": 1,
        "cost_per_round": {"limit": people * 6, "same_province": 10, "other_province": 35},
        "direction_minimum": {"down": 1}, "non_local_heads_minimum": 1, "relatives_apart": True,
    }  # fmt: skip
    return problem(
        seats, list(range(people)), [(*key, score) for key, score in pairs.items()], rules,
        levels=[1 + k % 3 for k in range(units)], provinces=[k % 4 for k in range(units)],
        home=[int(g.integers(4)) for _ in range(people)],
        relatives=[(k, k + 1) for k in range(0, people - 1, 5)],
    )  # fmt: skip


def by_cp_sat(middling: Problem) -> int:
    """A second formulation: who sits where after each round, handed to CP-SAT."""
    model, pairs, rules = cp_model.CpModel(), middling.pairs, middling.rules
    x = [model.new_bool_var("") for _ in range(len(pairs))]
    every = range(len(pairs))
    for person in range(len(middling.people.ids)):
        model.add_at_most_one(x[k] for k in every if pairs.person[k] == person)
    for seat, holder in enumerate(middling.seats.holder.tolist()):
        model.add_at_most_one(x[k] for k in every if pairs.seat[k] == seat)
        for k in every:
            if holder >= 0 and pairs.seat[k] == seat:
                gone = [x[j] for j in every if pairs.person[j] == holder and pairs.round[j] <= pairs.round[k]]
                model.add_bool_or([*gone, x[k].negated()])
    cost, limits = middling.pair_costs(), middling.leaving_limits()
    for r in range(1, rules.rounds + 1):
        here = [k for k in every if pairs.round[k] == r]
        model.add(sum(x[k] for k in here) <= rules.moves_per_round)
        model.add(sum(int(cost[k]) * x[k] for k in here) <= rules.cost_per_round.limit)
        for unit in range(len(middling.units.ids)):
            out = [k for k in every if middling.unit_from[k] == unit]
            into = [k for k in every if middling.unit_to[k] == unit]
            model.add(sum(x[k] for k in out if pairs.round[k] == r) <= int(limits[unit]))
            model.add(
                sum(x[k] for k in out if pairs.round[k] <= r) - sum(x[k] for k in into if pairs.round[k] <= r)
                <= rules.unit_vacancy_growth
            )
    down = middling.pair_direction("down")
    model.add(sum(x[k] for k in every if down[k]) >= dict(rules.direction_minimum)["down"])
    heads = int(middling.holds_non_local_head().sum())
    change = middling.non_local_gain()
    model.add(heads + sum(int(change[k]) * x[k] for k in every) >= rules.non_local_heads_minimum)
    for a, b in middling.people.relatives.tolist():
        for unit in range(len(middling.units.ids)):
            if middling.people.unit[a] == middling.people.unit[b] == unit:
                continue
            ends = []
            for person in (a, b):
                into = [x[k] for k in every if pairs.person[k] == person and middling.unit_to[k] == unit]
                away = [x[k] for k in every if pairs.person[k] == person and middling.unit_to[k] != unit]
                here = middling.people.unit[person] == unit
                ends.append(1 - sum(away) if here else sum(into))
            model.add(sum(ends) <= 1)
    model.maximize(sum(int(pairs.score[k]) * x[k] for k in every))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return int(solver.objective_value)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(tiny_problems())
def test_the_planner_finds_what_enumeration_finds(tiny: Problem) -> None:
    expected = best_by_enumeration(tiny)
    result = solve(tiny, Stop(work=5000))
    if expected is None:
        assert result.status == "infeasible"
    else:
        assert (result.status, result.objective, result.bound) == ("optimal", expected, expected)
        assert verify(tiny, result.moves).is_feasible


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tiny_problems())
def test_any_prices_give_a_bound_that_no_plan_passes(tiny: Problem) -> None:
    best = best_by_enumeration(tiny)
    programme = build(tiny)
    if best is None or not programme.columns:
        return
    prices = np.random.default_rng(programme.columns).exponential(10, len(programme.limit))
    found = priced(programme, prices, np.zeros(programme.columns))
    assert found.bound >= best
    assert (found.reduced <= 0).all()


@pytest.mark.parametrize(
    ("people", "rounds", "seed"),
    [
        (24, 1, 1), (24, 1, 2), (14, 2, 3), (12, 3, 4),
        pytest.param(24, 2, 3, marks=pytest.mark.long), pytest.param(24, 3, 4, marks=pytest.mark.long),
    ],
)  # fmt: skip
def test_a_second_formulation_agrees(people: int, rounds: int, seed: int) -> None:
    middling = random_problem(people, rounds, seed)
    result = solve(middling, Stop(work=100_000))
    assert result.status == "optimal"
    assert result.objective == by_cp_sat(middling)


def test_same_seed_and_work_give_the_same_plan() -> None:
    middling = random_problem(40, 2, 7)
    first, second = (solve(middling, Stop(work=60), seed=3) for _ in range(2))
    assert first.moves == second.moves
    assert (first.objective, first.bound, first.work) == (second.objective, second.bound, second.work)


def test_a_chain_moves_in_one_round() -> None:
    tiny = problem(**CHAIN, pairs=[(0, 1, 1, 5), (1, 2, 1, 5)], rules={"rounds": 1})
    assert solve(tiny).moves == ((0, 1, 1), (1, 2, 1))


def test_two_people_may_change_seats() -> None:
    tiny = problem(**CHAIN, pairs=[(0, 1, 1, 5), (1, 0, 1, 5)], rules={"rounds": 1})
    assert solve(tiny).objective == 10


def test_a_seat_is_not_entered_before_its_holder_leaves() -> None:
    tiny = problem(**CHAIN, pairs=[(0, 1, 1, 50), (1, 2, 2, 5)], rules={"rounds": 2})
    assert solve(tiny).moves == ((1, 2, 2),)


def test_a_round_later_it_may_be() -> None:
    tiny = problem(**CHAIN, pairs=[(0, 1, 2, 50), (1, 2, 1, 5)], rules={"rounds": 2})
    assert solve(tiny).objective == 55


def test_a_cancelled_search_keeps_its_best_plan() -> None:
    middling, seen = random_problem(40, 2, 9), []
    result = solve(middling, Stop(work=10_000, cancelled=lambda: bool(seen)), progress=seen.append)
    assert seen
    assert result.report is not None
    assert result.report.is_feasible
    assert result.objective >= seen[0].objective


def test_a_given_plan_is_never_made_worse() -> None:
    middling = random_problem(30, 2, 5)
    best = solve(middling, Stop(work=50_000))
    again = solve(middling, Stop(work=41), start=best.moves)
    assert again.objective == best.objective


def test_where_neighbourhoods_find_no_more_the_best_columns_are_searched_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    middling, cores = random_problem(16, 3, 1), []
    search_core = search.Search._search_core

    def counted(self: search.Search, *given: Any) -> None:
        cores.append(self._core_columns)
        search_core(self, *given)

    for name, value in (("_PATIENCE", 1), ("FIRST_PROOF_COLUMNS", 60), ("PROOF_COLUMNS", 180)):
        monkeypatch.setattr(search, name, value)
    monkeypatch.setattr(search.Search, "_is_wide", lambda self: True)
    monkeypatch.setattr(search.Search, "_search_core", counted)
    result = solve(middling, Stop(seconds=120, clock=time.monotonic))
    assert cores
    assert result.status == "optimal"
    assert result.objective == by_cp_sat(middling)


@pytest.mark.parametrize(("people", "rounds", "seed"), [(24, 1, 1), (14, 2, 3)])
def test_a_relaxation_that_is_only_nearly_solved_leads_to_the_best_plan_too(
    people: int, rounds: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaxation, "LARGE", 0)
    monkeypatch.setattr(search.Search, "_is_large", lambda self: True)
    middling = random_problem(people, rounds, seed)
    result = solve(middling, Stop(work=100_000))
    assert result.status == "optimal"
    assert result.objective == by_cp_sat(middling)


def test_moves_taken_beforehand_must_leave_the_others_a_way() -> None:
    tiny = problem(**CHAIN, pairs=[(0, 1, 1, 5), (1, 2, 1, 5)], rules={"rounds": 1})
    programme = build(tiny)
    first, nobody = np.array([0]), np.array([], dtype=np.int64)
    assert len(relaxation.beyond_mending(programme, np.array([1]), first)) == 0
    broken = relaxation.beyond_mending(programme, nobody, first)
    assert [programme.rule[programme.rule_of_row[row]] for row in broken] == ["held_seat"]


def test_aims_are_met_in_their_order() -> None:
    rules = {
        "rounds": 1, "moves_per_round": 1,
        "aims": [{"name": "many", "weights": {"moves": 1}}, {"name": "good", "weights": {"score": 2}}],
    }  # fmt: skip
    tiny = problem(**CHAIN, pairs=[(0, 2, 1, 5), (1, 2, 1, 9)], rules=rules)
    result = solve(tiny)
    assert [(stage.name, stage.value, stage.bound) for stage in result.stages] == [
        ("many", 1, 1),
        ("good", 18, 18),
    ]
    assert result.moves == ((1, 2, 1),)


def test_a_soft_minimum_is_missed_when_that_is_cheaper() -> None:
    rules = {"rounds": 1, "direction_minimum": {"side": 2}, "soft": {"direction_minimum.side": 3}}
    tiny = problem(**CHAIN, pairs=[(0, 2, 1, 10)], rules=rules)
    result = solve(tiny)
    assert result.objective == 7
    assert [(figure.rule, figure.slack) for figure in result.report.missing] == [
        ("direction_minimum.side", -1)
    ]


def test_the_relaxation_of_a_plain_rotation_is_whole() -> None:
    middling = random_problem(30, 1, 11)
    plain = problem(
        [(int(u), int(h), int(p)) for u, h, p in
         zip(middling.seats.unit, middling.seats.head, middling.seats.holder, strict=True)],
        list(range(30)),
        [(int(p), int(s), 1, int(v)) for p, s, v in
         zip(middling.pairs.person, middling.pairs.seat, middling.pairs.score, strict=True)],
        {"rounds": 1},
    )  # fmt: skip
    found = relax(build(plain), Budget(Stop()))
    assert np.abs(found.share - np.rint(found.share)).max() < 1e-6
