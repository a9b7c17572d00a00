"""Required levels against assessed levels: of one person, of a unit, with the people behind every number.

Nothing is added up into a score of a person: each competency stands for itself, and what nobody assessed is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.workforce import selectors
from hientai.apps.workforce.models import Assessment, RequiredLevel
from hientai.apps.workforce.types import OWN, READ, Assessed, GapLine, JobRow, Outcome, UnitGap
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.rulebook.workforce import framework


def of_person(*, actor: Actor, as_of: date, person_id: int) -> tuple[JobRow | None, list[GapLine]]:
    """The job position of a person and one line a competency that is required or assessed, in framework order.

    Raises NotFound for somebody the actor may neither read nor is.
    """
    actor.check_may(cadres.READ if actor.may(cadres.READ) else OWN)
    if cadres.outside_scope(actor=actor, as_of=as_of, ids=[person_id], permission=cadres.READ):
        raise NotFound(str(person_id))
    job = selectors.job_of_person(actor=actor, as_of=as_of, person_id=person_id)
    wanted = _required(as_of, [job.id]).get(job.id, {}) if job else {}
    have = _assessed(as_of, [person_id]).get(person_id, {})
    lines = [
        GapLine(code, one.name, one.group, wanted.get(code), have.get(code))
        for code, one in framework().competencies.items()
        if code in wanted or code in have
    ]
    return job, lines


def of_unit(*, actor: Actor, as_of: date, unit_id: int | None) -> list[UnitGap]:
    """One line a competency: who of the unit and below it (None: of all) meets, falls short, or was not assessed."""
    people: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for person, code, outcome in _judged(actor, as_of, unit_id):
        people[code][outcome].append(person)
    return [
        UnitGap(code, one.name, one.group, {o: tuple(ids) for o, ids in people[code].items()})
        for code, one in framework().competencies.items()
        if code in people
    ]


def people_behind(
    *, actor: Actor, as_of: date, unit_id: int | None, competency: str, outcome: str
) -> list[tuple[int, GapLine]]:
    """The people behind one number of `of_unit`, by name: (person id, required and assessed). Raises NotFound."""
    one = framework().competencies.get(competency)
    if one is None or outcome not in (*Outcome.values, ""):
        raise NotFound(competency or outcome)
    found = [p for p, code, o in _judged(actor, as_of, unit_id) if code == competency and o == (outcome or o)]
    jobs = dict(
        selectors.placed(actor=actor, as_of=as_of)
        .filter(person_id__in=found)
        .values_list("person_id", "job_id")
    )
    wanted = _required(as_of, jobs.values())
    have = _assessed(as_of, found)
    ordered = cadres.in_name_order(actor=actor, as_of=as_of, ids=found)
    return [
        (
            person,
            GapLine(
                competency, one.name, one.group, wanted[jobs[person]][competency],
                have.get(person, {}).get(competency),
            ),
        )
        for person in ordered
    ]  # fmt: skip


def _judged(actor: Actor, as_of: date, unit_id: int | None) -> Iterable[tuple[int, str, str]]:
    """(person, competency, outcome) of everybody placed in scope."""
    actor.check_may(READ)
    placed = selectors.placed(actor=actor, as_of=as_of)
    if unit_id is not None:
        placed = placed.filter(job__unit_id__in=organization.subtree_ids([unit_id], as_of))
    pairs = list(placed.order_by("person_id").values_list("person_id", "job_id"))
    wanted = _required(as_of, {job for _, job in pairs})
    have = _levels(as_of, [person for person, _ in pairs])
    for person, job in pairs:
        for code, level in wanted.get(job, {}).items():
            known = have.get((person, code))
            yield person, code, (
                Outcome.UNKNOWN if known is None else Outcome.MET if known >= level else Outcome.BELOW
            )  # fmt: skip


def _required(as_of: date, jobs: Iterable[int]) -> Mapping[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = RequiredLevel.objects.as_of(as_of).filter(job_id__in=list(jobs))
    for job, code, level in rows.values_list("job_id", "competency", "level"):
        found[job][code] = level
    return found


def _levels(as_of: date, people: Iterable[int]) -> dict[tuple[int, str], int]:
    rows = Assessment.objects.as_of(as_of).filter(person_id__in=list(people))
    return {(p, code): level for p, code, level in rows.values_list("person_id", "competency", "level")}


def _assessed(as_of: date, people: Iterable[int]) -> Mapping[int, dict[str, Assessed]]:
    found: dict[int, dict[str, Assessed]] = defaultdict(dict)
    for row in Assessment.objects.as_of(as_of).filter(person_id__in=list(people)):
        found[row.person_id][row.competency] = Assessed(
            row.level, row.assessed_by, row.valid_from, row.source
        )
    return found
