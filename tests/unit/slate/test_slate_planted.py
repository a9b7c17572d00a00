"""Middle-sized slates: planted conflicts, a second formulation, and stops."""

import random
from fractions import Fraction

import pytest
from ortools.sat.python import cp_model

from hientai.engines.amounts import Count
from hientai.engines.integer_program import Stop
from hientai.engines.slate import check, solve
from hientai.engines.slate.reading import read_problem


def document(seed: int, people: int = 120, choose: int = 20) -> dict:
    draw = random.Random(seed)
    units = [f"U{u:02d}" for u in range(12)]
    return {
        "people": [
            {
                "id": f"p{i:03d}",
                "score": draw.randrange(1000),
                "traits": {
                    "unit": draw.choice(units),
                    "sex": "F" if draw.random() < 0.35 else "M",
                    "age": draw.randrange(28, 60),
                },
            }
            for i in range(people)
        ],
        "choose": choose,
        "rules": [
            {"name": "every unit", "each": "unit", "min": 1, "max": 3},
            {"name": "women", "where": {"sex": "F"}, "of": "chosen", "min": "1/3"},
            {"name": "young", "where": {"age": {"lt": 40}}, "of": "chosen", "min": 0.2},
            {
                "name": "young women",
                "where": {"age": {"lt": 40}},
                "of": {"sex": "F"},
                "min": 0.3,
                "max": "2/3",
            },
        ],
        "apart": [["p000", "p001"]],
        "together": [["p002", "p003"]],
    }


@pytest.mark.parametrize("seed", range(4))
def test_cp_sat_with_its_own_formulation_agrees(seed):
    problem = read_problem(document(seed))
    result = solve(problem)
    assert result.status == "optimal"
    assert check.broken(problem, result.best.chosen) == []
    assert result.best.objective == best_by_cp_sat(problem)


def best_by_cp_sat(problem) -> int:
    model = cp_model.CpModel()
    taken = {person.id: model.new_bool_var(person.id) for person in problem.people}
    model.add(sum(taken.values()) == problem.choose)
    for rule in problem.rules:
        base = [p for p in problem.people if rule.of is None or inside(p, rule.of)]
        count = sum(taken[p.id] for p in base if inside(p, rule.where))
        size = sum(taken[p.id] for p in base)
        for amount, sign in ((rule.least, 1), (rule.most, -1)):
            if isinstance(amount, Count):
                model.add(sign * count >= sign * amount.people)
            elif amount is not None:
                part = Fraction(amount.part)
                model.add(sign * part.denominator * count >= sign * part.numerator * size)
    for group in problem.apart:
        model.add_at_most_one(taken[one] for one in group)
    for first, second in problem.together:
        model.add(taken[first] == taken[second])
    model.maximize(sum(int(p.score) * taken[p.id] for p in problem.people))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def inside(person, group) -> bool:
    return all(condition.holds_for(person.traits.get(condition.trait, ())) for condition in group)


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_conflict_is_found_whole_and_alone(seed):
    planted = [
        {"name": "older women", "where": {"sex": "F", "age": {"ge": 45}}, "min": 7},
        {"name": "men", "where": {"sex": "M"}, "of": "chosen", "min": "60%"},
        {"name": "younger half of women", "where": {"age": {"lt": 45}}, "of": {"sex": "F"}, "min": "30%"},
    ]
    given = document(seed)
    problem = read_problem(given | {"rules": given["rules"][:3] + planted})
    conflict = solve(problem).conflict
    assert conflict.rules == ("men", "older women", "younger half of women")
    assert conflict.people == ()
    # 60 % of 20 are men, so 8 women; 30 % of them are 2.4, so 3 young: 5 older ones at most instead of 7.
    assert sum(one.by for one in conflict.relaxations) == 2


def test_a_relaxation_tells_the_new_bound_of_a_count_and_of_a_share():
    people = [{"id": f"p{i}", "score": 1, "traits": {"sex": "F" if i < 2 else "M"}} for i in range(10)]
    count = {"name": "women", "where": {"sex": "F"}, "min": 5}
    share = {"name": "women", "where": {"sex": "F"}, "of": "chosen", "min": "50%"}
    for rule, to in ((count, 2), (share, Fraction(1, 4))):
        conflict = solve(read_problem({"people": people, "choose": 8, "rules": [rule]})).conflict
        (easing,) = conflict.relaxations
        assert (easing.rule, easing.by, easing.to) == ("women", 3 if to == 2 else 2, to)


def test_a_dear_rule_is_not_the_one_to_give_way():
    people = [{"id": f"p{i}", "score": 1, "traits": {"sex": "F" if i < 5 else "M"}} for i in range(10)]
    women = {"name": "women", "where": {"sex": "F"}, "min": 3}
    men = {"name": "men", "where": {"sex": "M"}, "min": 3}
    for dear, gives_way in ((women, "men"), (men, "women")):
        rules = [rule | ({"price": 5} if rule is dear else {}) for rule in (women, men)]
        (easing,) = solve(read_problem({"people": people, "choose": 4, "rules": rules})).conflict.relaxations
        assert (easing.rule, easing.by, easing.to) == (gives_way, 2, 1)


def test_more_people_required_than_places_is_a_conflict_of_those_requirements():
    people = [{"id": f"p{i}", "score": 1} for i in range(5)]
    result = solve(read_problem({"people": people, "choose": 2, "must": ["p0", "p1", "p2"]}))
    assert result.conflict.rules == ()
    assert result.conflict.people == ("must: p0", "must: p1", "must: p2")
    assert [(one.side, one.by) for one in result.conflict.relaxations] == [("must", 1)]


def test_a_stop_before_proof_tells_an_honest_bound():
    problem = read_problem(document(1, people=300, choose=30))
    proven, stopped = solve(problem), solve(problem, stop=Stop(nodes=0))
    assert proven.status == "optimal"
    if stopped.best is not None:
        assert stopped.best.objective <= proven.best.objective <= stopped.bound
        assert check.broken(problem, stopped.best.chosen) == []
    else:
        assert stopped.status == "unknown"
