"""An independent judge of an allocation: plain loops over people, units and days; no code of the solver."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hientai.engines.allocation.problem import Problem
from hientai.engines.amounts import Share


def broken(problem: Problem, accepted: Iterable[int]) -> list[str]:
    """What a set of accepted positions breaks, as short machine words with the subject; [] if nothing."""
    chosen = [problem.nominations[i] for i in accepted]
    class_of = {one.id: one for one in problem.classes}
    faults = [f"ineligible {one.person}" for one in chosen if not one.eligible]
    for one in problem.classes:
        inside = sum(each.to_class == one.id for each in chosen)
        if inside > one.places:
            faults.append(f"places {one.id}")
        if 0 < inside < one.opens_with:
            faults.append(f"opens_with {one.id}")
    for person in {one.person for one in chosen}:
        own = [class_of[one.to_class] for one in chosen if one.person == person]
        if len(own) > problem.classes_per_person:
            faults.append(f"per_person {person}")
        pairs = [(a, b) for k, a in enumerate(own) for b in own[:k]]
        if any(a.starts < b.ends and b.starts < a.ends for a, b in pairs):
            faults.append(f"clash {person}")
        if any(a.course and a.course == b.course for a, b in pairs):
            faults.append(f"course {person}")
    for quota in problem.quotas:
        count = sum(
            (not quota.units or one.unit in quota.units)
            and (not quota.classes or one.to_class in quota.classes)
            for one in chosen
        )
        if quota.most is not None and count > quota.most:
            faults.append(f"quota {quota.name}")
    return faults + _emptied(problem, chosen, class_of)


def _emptied(problem: Problem, chosen: list, class_of: dict) -> list[str]:  # type: ignore[type-arg]
    if not problem.classes:
        return []
    first, last = min(one.starts for one in problem.classes), max(one.ends for one in problem.classes)
    faults = []
    for unit in problem.units:
        if unit.away is None:
            continue
        limit = unit.away.part * unit.staff if isinstance(unit.away, Share) else unit.away.people
        spans = [class_of[one.to_class] for one in chosen if one.unit == unit.id]
        days = (first + timedelta(days=n) for n in range((last - first).days))
        if any(sum(one.starts <= day < one.ends for one in spans) > limit for day in days):
            faults.append(f"away {unit.id}")
    return faults
