"""Every rule of an allocation as one limit: so many, at most, of these nominations.

The same limits feed the solver and explain who was left out, so a reason is never another rule than the one
that decided. A kind of limit is added here and gets its sentence in reasons.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hientai.engines.allocation.problem import Problem, TrainingClass


@dataclass(frozen=True)
class Limit:
    """At most `most` of the nominations at these positions.

    kind: places | per_person | clash | course | away | quota; subject: the class, person, unit or quota;
    day: a day on which the limit binds, for clash and away.
    """

    kind: str
    subject: str
    members: tuple[int, ...]
    most: int
    day: date | None = None


def limits_of(problem: Problem) -> list[Limit]:
    """All limits, over eligible nominations only; those that can never bind are left out."""
    eligible = [i for i, one in enumerate(problem.nominations) if one.eligible]
    class_of = {one.id: one for one in problem.classes}
    limits: list[Limit] = []
    by_class = _grouped(eligible, lambda i: problem.nominations[i].to_class)
    for one in problem.classes:
        limits.append(Limit("places", one.id, by_class.get(one.id, ()), one.places))
    for person, members in _grouped(eligible, lambda i: problem.nominations[i].person).items():
        limits += _of_person(problem, class_of, person, members)
    by_unit = _grouped(eligible, lambda i: problem.nominations[i].unit)
    for unit in problem.units:
        most = unit.away_at_most
        if most is not None:
            overlapping = _on_common_days(problem, class_of, by_unit.get(unit.id, ()))
            limits += [Limit("away", unit.id, members, most, day) for members, day in overlapping]
    for quota in problem.quotas:
        if quota.most is not None:
            limits.append(Limit("quota", quota.name, quota_members(problem, quota.name), quota.most))
    return [limit for limit in limits if len(limit.members) > limit.most]


def quota_members(problem: Problem, name: str) -> tuple[int, ...]:
    """Positions of the eligible nominations that a quota counts."""
    quota = next(quota for quota in problem.quotas if quota.name == name)
    return tuple(
        i
        for i, one in enumerate(problem.nominations)
        if one.eligible
        and (not quota.units or one.unit in quota.units)
        and (not quota.classes or one.to_class in quota.classes)
    )


def _of_person(
    problem: Problem, class_of: dict[str, TrainingClass], person: str, members: tuple[int, ...]
) -> list[Limit]:
    if len(members) == 1:
        return []
    limits = [Limit("per_person", person, members, problem.classes_per_person)]
    if problem.classes_per_person == 1:
        return limits
    limits += [
        Limit("clash", person, common, 1, day) for common, day in _on_common_days(problem, class_of, members)
    ]
    by_course = _grouped(members, lambda i: class_of[problem.nominations[i].to_class].course)
    return limits + [Limit("course", person, same, 1) for course, same in by_course.items() if course]


def _on_common_days(
    problem: Problem, class_of: dict[str, TrainingClass], members: Sequence[int]
) -> list[tuple[tuple[int, ...], date]]:
    """The largest sets of nominations whose classes share a day, each with such a day (a first day)."""
    spans = [(i, class_of[problem.nominations[i].to_class]) for i in members]
    days = sorted({one.starts for _, one in spans})
    sets: list[tuple[frozenset[int], date]] = []
    for day in days:
        common = frozenset(i for i, one in spans if one.starts <= day < one.ends)
        if sets and sets[-1][0] <= common:
            sets.pop()
        if not any(common <= other for other, _ in sets):
            sets.append((common, day))
    return [(tuple(sorted(common)), day) for common, day in sets]


def _grouped(members: Iterable[int], key: Callable[[int], str]) -> dict[str, tuple[int, ...]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for i in members:
        groups[key(i)].append(i)
    return {name: tuple(positions) for name, positions in groups.items()}
