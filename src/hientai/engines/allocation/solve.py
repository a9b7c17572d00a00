"""The best allocation of nominations to classes, with proof or gap, and a reason for everybody left out.

Method: one 0/1 column per eligible nomination, one row per limit, one 0/1 column per class that needs a
minimum to open, one column per person short of a quota, and for fairness one column per k-th person of a unit
whose gain falls with k (a concave sum made linear; the columns fill in order by themselves). First the people
short of quotas are minimised, then the aim is maximised with that number kept. HiGHS proves both.
docs/reference/allocation.md has the mathematics.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from hientai.engines.allocation.limits import Limit, limits_of, quota_members
from hientai.engines.allocation.model import Model, model_of
from hientai.engines.allocation.problem import ClassReading, Problem, QuotaReading, Result, UnitReading
from hientai.engines.allocation.reasons import left_out
from hientai.engines.integer_program import Floats, Outcome, Program, Stop, solve_program

_CLOSE = Fraction(1, 10**6)  # relative proof gap where totals have no common grid


def solve(problem: Problem, stop: Stop = Stop(), seed: int = 0) -> Result:  # noqa: B008 - frozen
    """The allocation of the aim stated in `Problem`; minima that cannot be met are reported, not refused.

    There is always an answer (at worst nobody is accepted). Equal inputs in any order give equal answers.
    """
    order = sorted(range(len(problem.nominations)), key=lambda i: _key(problem, i))
    ordered = replace(
        problem,
        nominations=tuple(problem.nominations[i] for i in order),
        classes=tuple(sorted(problem.classes, key=lambda one: one.id)),
        units=tuple(sorted(problem.units, key=lambda one: one.id)),
        quotas=tuple(sorted(problem.quotas, key=lambda one: one.name)),
    )
    found = _search(model_of(ordered), ordered, stop, seed)
    accepted = tuple(sorted(order[i] for i in found.accepted))
    return _result(problem, found, accepted)


def _key(problem: Problem, position: int) -> tuple[str, str]:
    one = problem.nominations[position]
    return one.person, one.to_class


@dataclass(frozen=True)
class _Found:
    accepted: tuple[int, ...]
    proven: bool
    bound: Fraction
    missed_bound: int


def _search(model: Model, problem: Problem, stop: Stop, seed: int) -> _Found:
    program, missed, missed_bound, proven = model.program, 0, 0, True
    if model.misses:
        shortage = np.zeros(len(program.objective))
        shortage[list(model.misses)] = 1.0
        outcome = solve_program(replace(program, objective=shortage, maximise=False), stop, seed, 0.5)
        proven = outcome.status == "optimal"
        missed_bound = max(0, math.ceil(outcome.bound - 1e-6)) if math.isfinite(outcome.bound) else 0
        if outcome.x is None:
            return _Found(_filled(model, problem, ()), False, _no_bound(problem), missed_bound)
        missed = round(outcome.objective)
        missed_bound = missed if proven else missed_bound
        program = _with_row(program, shortage, missed)
    outcome = solve_program(program, stop, seed, 0.5 if model.unit else 1e-7)
    if outcome.x is None:
        return _Found(_filled(model, problem, ()), False, _no_bound(problem), missed_bound)
    taken = np.rint(outcome.x[: len(model.columns)]).astype(bool)
    accepted = tuple(np.array(model.columns, dtype=np.int64)[taken].tolist())
    _check_exactly(model, accepted)
    if not proven or outcome.status != "optimal":
        accepted = _filled(model, problem, accepted)
    return _Found(accepted, proven, _bound(model, problem, accepted, outcome, proven), missed_bound)


def _with_row(program: Program, values: Floats, most: int) -> Program:
    at = np.flatnonzero(values)
    return replace(
        program,
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, float(most)),
        row_of=np.append(program.row_of, np.full(len(at), len(program.row_lower))),
        column_of=np.append(program.column_of, at),
        values=np.append(program.values, values[at]),
    )


def _bound(
    model: Model, problem: Problem, accepted: Sequence[int], outcome: Outcome, proven: bool
) -> Fraction:
    """The proven limit of the aim; without proof of the shortage it only holds for this shortage."""
    value = aim(problem, accepted)
    if not proven:
        return max(value, _no_bound(problem))
    if model.unit:
        return max(value, math.floor(outcome.bound + 0.5) * model.unit)
    bound = Fraction(outcome.bound)
    return value if abs(bound - value) <= _CLOSE * max(abs(value), Fraction(1)) else max(value, bound)


def _no_bound(problem: Problem) -> Fraction:
    """The aim of accepting every eligible nomination: nothing can exceed it."""
    return aim(problem, (i for i, one in enumerate(problem.nominations) if one.eligible))


def aim(problem: Problem, accepted: Iterable[int]) -> Fraction:
    """The exact value of the aim for these positions: priorities and the weight of equal shares."""
    asked = Counter(one.unit for one in problem.nominations if one.eligible)
    chosen = [problem.nominations[i] for i in accepted]
    got = Counter(one.unit for one in chosen)
    equal = sum((n - Fraction(n * n, 2 * asked[unit]) for unit, n in got.items()), Fraction(0))
    return sum((one.priority for one in chosen), Fraction(0)) + problem.fairness * equal


def _check_exactly(model: Model, accepted: Iterable[int]) -> None:
    taken = set(accepted)
    for limit in model.limits:
        if len(taken.intersection(limit.members)) > limit.most:
            raise RuntimeError(f"the solver's answer breaks {limit.kind} of {limit.subject!r}")


def _filled(model: Model, problem: Problem, accepted: Sequence[int]) -> tuple[int, ...]:
    """A stopped answer with everybody added whom nothing keeps out, the higher priority first."""
    taken, room = set(accepted), {}
    of: dict[int, list[int]] = defaultdict(list)
    for number, limit in enumerate(model.limits):
        room[number] = limit.most - len(taken.intersection(limit.members))
        for i in limit.members:
            of[i].append(number)
    needs = {one.id for one in problem.classes if one.opens_with > 0}
    needs -= {problem.nominations[i].to_class for i in taken}
    for i in sorted(model.columns, key=lambda i: (-problem.nominations[i].priority, _key(problem, i))):
        one = problem.nominations[i]
        if i in taken or one.to_class in needs or any(room[number] <= 0 for number in of[i]):
            continue
        taken.add(i)
        for number in of[i]:
            room[number] -= 1
    return tuple(sorted(taken))


def _result(problem: Problem, found: _Found, accepted: tuple[int, ...]) -> Result:
    objective = aim(problem, accepted)
    limits = limits_of(problem)
    quotas = tuple(_quota_reading(problem, quota.name, set(accepted)) for quota in problem.quotas)
    missed = sum(quota.missed for quota in quotas)
    proven = found.proven and found.bound == objective and missed == found.missed_bound
    per_class = Counter(problem.nominations[i].to_class for i in accepted)
    return Result(
        status="optimal" if proven else "feasible",
        accepted=accepted,
        objective=objective,
        bound=found.bound,
        missed=missed,
        missed_bound=found.missed_bound,
        classes=tuple(
            ClassReading(one.id, per_class[one.id], one.places, per_class[one.id] > 0 or one.opens_with == 0)
            for one in problem.classes
        ),
        units=_unit_readings(problem, accepted, limits),
        quotas=quotas,
        left_out=left_out(problem, set(accepted), limits),
    )


def _quota_reading(problem: Problem, name: str, accepted: set[int]) -> QuotaReading:
    quota = next(quota for quota in problem.quotas if quota.name == name)
    count = len(accepted.intersection(quota_members(problem, name)))
    return QuotaReading(name, count, max(0, quota.least - count))


def _unit_readings(
    problem: Problem, accepted: Sequence[int], limits: Iterable[Limit]
) -> tuple[UnitReading, ...]:
    asked = Counter(one.unit for one in problem.nominations if one.eligible)
    got = Counter(problem.nominations[i].unit for i in accepted)
    most = {unit.id: unit.away_at_most for unit in problem.units}
    names = [unit.id for unit in problem.units] or sorted({one.unit for one in problem.nominations})
    away = _busiest_days(problem, accepted)
    return tuple(
        UnitReading(name, asked[name], got[name], away.get(name, 0), most.get(name)) for name in names
    )


def _busiest_days(problem: Problem, accepted: Sequence[int]) -> dict[str, int]:
    """unit -> most people in class on one day (it is reached on some class's first day)."""
    class_of = {one.id: one for one in problem.classes}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i in accepted:
        one = class_of[problem.nominations[i].to_class]
        spans[problem.nominations[i].unit].append((one.starts.toordinal(), one.ends.toordinal()))
    return {
        unit: max(sum(start <= day < end for start, end in own) for day, _ in own)
        for unit, own in spans.items()
    }
