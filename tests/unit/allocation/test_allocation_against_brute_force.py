"""Allocations of tiny problems against every subset of nominations, and a larger one against CP-SAT."""

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from hientai.engines.allocation import check, solve
from hientai.engines.allocation.reading import read_problem
from hientai.engines.allocation.solve import aim
from hientai.engines.integer_program import Stop

AWAY = st.sampled_from(["34%", 0.5, 2, 0])


@st.composite
def documents(draw) -> dict:
    """Up to 9 nominations of up to 5 people in 2 units to 3 classes."""
    classes = [
        {
            "id": f"L{k}",
            "places": draw(st.integers(0, 3)),
            "starts": f"2026-03-{draw(st.integers(1, 9)):02d}",
            "ends": f"2026-03-{draw(st.integers(10, 14)):02d}",
            "opens_with": draw(st.sampled_from([0, 0, 2, 3])),
        }
        | ({"course": "C"} if draw(st.booleans()) else {})
        for k in range(3)
    ]
    classes[2] |= {"starts": "2026-04-01", "ends": "2026-04-03"}
    pairs = [(p, k) for p in range(5) for k in range(3)]
    nominations = [
        {
            "person": f"p{p}",
            "unit": f"U{p % 2}",
            "class": f"L{k}",
            "priority": draw(st.sampled_from([1, 2, 3, 2.5])),
            "eligible": draw(st.sampled_from([True, True, True, False])),
            "reasons": ["Chưa đủ 3 năm công tác."],
        }
        for p, k in draw(st.lists(st.sampled_from(pairs), max_size=9, unique=True))
    ]
    quotas = [{"name": "q0", "class": ["L0", "L2"], "min": draw(st.integers(0, 3))}]
    if nominations:
        quotas.append({"name": "q1", "unit": nominations[0]["unit"], "max": draw(st.integers(0, 3))})
    return {
        "classes": classes,
        "nominations": nominations,
        "units": [
            {
                "id": "U0",
                "staff": draw(st.integers(1, 6)),
                "away_at_most": draw(AWAY),
            },
            {"id": "U1", "staff": 4},
        ],
        "quotas": quotas,
        "classes_per_person": draw(st.integers(1, 2)),
        "fairness": draw(st.sampled_from([0, 0, 1, 0.4])),
    }


def problems():
    return documents().map(read_problem)


def missed(problem, accepted) -> int:
    short = 0
    for quota in problem.quotas:
        chosen = [problem.nominations[i] for i in accepted]
        count = sum(
            (not quota.units or one.unit in quota.units)
            and (not quota.classes or one.to_class in quota.classes)
            for one in chosen
        )
        short += max(0, quota.least - count)
    return short


def best_of_all(problem) -> tuple[int, Fraction]:
    n = len(problem.nominations)
    subsets = ([i for i in range(n) if mask >> i & 1] for mask in range(2**n))
    return max(
        (-missed(problem, one), aim(problem, one)) for one in subsets if not check.broken(problem, one)
    )


@settings(max_examples=120, deadline=None)
@given(problems())
def test_the_allocation_is_the_best_of_all_and_breaks_nothing(problem):
    result = solve(problem)
    assert check.broken(problem, result.accepted) == []
    assert result.status == "optimal"
    assert (-result.missed, result.objective) == best_of_all(problem)
    assert result.bound == result.objective == aim(problem, result.accepted)
    assert result.missed == missed(problem, result.accepted) == result.missed_bound


BROKEN_BY = {
    "places": "places",
    "per_person": "per_person",
    "clash": "clash",
    "course": "course",
    "away": "away",
    "quota": "quota",
    "ineligible": "ineligible",
    "not_open": "opens_with",
}


@settings(max_examples=120, deadline=None)
@given(problems())
def test_everybody_left_out_has_the_reasons_that_adding_them_would_break(problem):
    result = solve(problem)
    left = [i for i in range(len(problem.nominations)) if i not in result.accepted]
    assert len(left) == len(result.left_out)
    for i, entry in zip(left, result.left_out, strict=True):
        one = problem.nominations[i]
        assert (entry.person, entry.to_class) == (one.person, one.to_class)
        assert entry.reasons and all(str(reason) for reason in entry.reasons)
        if not one.eligible:
            assert entry.codes == ("ineligible",)
            continue
        faults = {fault.split()[0] for fault in check.broken(problem, [*result.accepted, i])}
        if problem.classes_per_person == 1:
            faults -= {"clash", "course"}  # "one class a person" says it all
        assert {BROKEN_BY[code] for code in entry.codes} == faults


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_answer_does_not_depend_on_the_order_of_nominations(problem):
    turned = replace(problem, nominations=problem.nominations[::-1], classes=problem.classes[::-1])
    first, second = solve(problem), solve(turned)
    last = len(problem.nominations) - 1
    assert set(first.accepted) == {last - i for i in second.accepted}


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_stopped_search_is_honest(problem):
    result = solve(problem, Stop(nodes=0))
    assert check.broken(problem, result.accepted) == []
    best_missed, best = best_of_all(problem)
    assert result.missed_bound <= -best_missed <= result.missed
    if result.missed == -best_missed:
        assert result.objective <= best <= result.bound


def test_cp_sat_with_its_own_formulation_agrees_on_a_middle_sized_year():
    draw = random.Random(7)
    classes = []
    for k in range(12):
        starts = date(2026, 1, 5) + timedelta(days=7 * draw.randrange(8))
        ends = starts + timedelta(days=draw.choice((5, 12)))
        classes.append(
            {"id": f"L{k:02d}", "places": 6, "starts": str(starts), "ends": str(ends), "opens_with": 3}
        )
    nominations = [
        {"person": f"p{p:03d}", "unit": f"U{p % 7}", "class": one["id"], "priority": draw.randrange(1, 30)}
        for p in range(80)
        for one in draw.sample(classes, 2)
    ]
    units = [{"id": f"U{u}", "staff": 15} for u in range(7)]
    problem = read_problem(
        {
            "classes": classes,
            "nominations": nominations,
            "units": units,
            "away_at_most": "1/5",
            "classes_per_person": 2,
        }
    )
    result = solve(problem)
    assert result.status == "optimal"
    assert check.broken(problem, result.accepted) == []
    assert result.objective == best_by_cp_sat(problem)


def best_by_cp_sat(problem) -> int:
    """Day by day, instead of by the largest sets of overlapping classes."""
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in problem.nominations]
    days_of = {one.id: range(one.starts.toordinal(), one.ends.toordinal()) for one in problem.classes}
    for one in problem.classes:
        inside = [x for x, n in zip(taken, problem.nominations, strict=True) if n.to_class == one.id]
        opened = model.new_bool_var("")
        model.add(sum(inside) <= one.places * opened)
        model.add(sum(inside) >= one.opens_with * opened)
    every_day = {day for days in days_of.values() for day in days}
    for day in every_day:
        for key, most in (("person", None), ("unit", 3)):
            groups: dict[str, list] = {}
            for x, n in zip(taken, problem.nominations, strict=True):
                if day in days_of[n.to_class]:
                    groups.setdefault(getattr(n, key), []).append(x)
            for group in groups.values():
                model.add(sum(group) <= (most or 1))
    model.maximize(sum(int(n.priority) * x for x, n in zip(taken, problem.nominations, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)
