"""Slates of tiny problems against every possibility."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from tests.unit.slate.brute_force import (
    all_slates,
    best_total,
    cheapest_easing,
    entry_names,
    keeping,
    problems,
)

from hientai.engines.slate import check, solve


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_slate_is_the_best_of_all_and_breaks_nothing(problem):
    result = solve(problem)
    expected = best_total(problem)
    if expected is None:
        assert result.status == "infeasible"
        return
    assert result.status == "optimal"
    assert check.broken(problem, result.best.chosen) == []
    assert result.best.objective == result.bound == expected
    assert check.objective(problem, result.best.chosen) == expected


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_answer_does_not_depend_on_the_order_of_people_and_rules(problem):
    turned = replace(problem, people=problem.people[::-1], rules=problem.rules[::-1])
    first, second = solve(problem), solve(turned)
    assert first.status == second.status
    if first.best:
        assert set(first.best.chosen) == set(second.best.chosen)
    else:
        assert first.conflict == second.conflict


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_next_slates_are_the_next_best_of_all(problem):
    slates = all_slates(problem)
    result = solve(problem, best=4)
    if not slates:
        return
    found = [result.best, *result.others]
    assert [slate.objective for slate in found] == [total for total, _ in slates[:4]]
    assert len({frozenset(slate.chosen) for slate in found}) == len(found)
    assert all(not check.broken(problem, slate.chosen) for slate in found)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_slates_asked_to_differ_by_two_people_do(problem):
    result = solve(problem, best=3, differ_by=2)
    found = [set(slate.chosen) for slate in (result.best, *result.others) if slate]
    assert all(len(a - b) >= 2 for i, a in enumerate(found) for b in found[:i])


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_cost_of_a_rule_is_what_the_best_slate_gains_without_it(problem):
    result = solve(problem, costs=True)
    if result.best is None:
        return
    everything = entry_names(problem) | {rule.name for rule in problem.rules}
    costs = {rule.name: rule.cost for rule in result.rules} | dict(result.person_costs)
    assert set(costs) == everything
    for name, cost in costs.items():
        assert cost == best_total(keeping(problem, everything - {name})) - result.best.objective


@settings(max_examples=250, deadline=None)
@given(problems())
def test_a_conflict_is_impossible_and_every_part_of_it_is_needed(problem):
    result = solve(problem)
    if result.conflict is None:
        return
    conflict = result.conflict
    parts = {*conflict.rules, *conflict.people}
    assert conflict.irreducible
    assert best_total(keeping(problem, parts)) is None
    assert all(best_total(keeping(problem, parts - {one})) is not None for one in parts)
    # Rules alone are irreducible too while must, must_not and pairs stay as they are.
    entries = entry_names(problem)
    for rule in conflict.rules:
        assert best_total(keeping(problem, entries | set(conflict.rules) - {rule})) is not None


@settings(max_examples=250, deadline=None)
@given(problems())
def test_the_relaxation_is_the_cheapest(problem):
    result = solve(problem)
    if result.conflict is None:
        return
    expected = cheapest_easing(problem)
    assert result.conflict.relaxation_proven
    if expected is not None:
        prices = {rule.name: rule.price for rule in problem.rules}
        paid = sum((prices[one.rule] * one.by for one in result.conflict.relaxations), Fraction(0))
        assert paid == expected
        return
    dropped = {one.rule for one in result.conflict.relaxations}
    everything = entry_names(problem) | {rule.name for rule in problem.rules}
    assert best_total(keeping(problem, everything - dropped)) is not None
