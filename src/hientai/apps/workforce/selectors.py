"""Questions about job positions and who left. A job position is there as long as its unit; who holds it works there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.models import Person, Position
from hientai.apps.cadres.types import PersonRow, PostAt
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.models import SeatPlaces
from hientai.apps.organization.types import UnitRow, name_on
from hientai.apps.planning.models import Slot
from hientai.apps.workforce.decrees import group_of, remark_on
from hientai.apps.workforce.models import JobPosition, JobVersion, Leaving, Placement, RequiredLevel
from hientai.apps.workforce.types import (
    READ,
    Aftermath,
    JobCard,
    JobFilter,
    JobRow,
    JobVersionRow,
    LeavingRow,
    LeftSeat,
    LostTurn,
)
from hientai.engines.interval import last_day
from hientai.engines.vitext import search_key
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

PEOPLE = cadres.READ
EVERY_JOB = JobFilter()
_LAST = 10**6  # where a job position without a title stands among those of its unit


def jobs(*, actor: Actor, as_of: date, wanted: JobFilter = EVERY_JOB) -> list[JobRow]:
    """Job positions on a day of units that stand and lie in scope: by protocol order of units and titles."""
    actor.check_may(READ)
    found = JobVersion.objects.as_of(as_of)
    if wanted.unit_id is not None:
        inside = organization.subtree_ids([wanted.unit_id], as_of)
        found = found.filter(job__unit_id__in=inside)
    if wanted.group:
        found = found.filter(group=wanted.group)
    for word in search_key(wanted.text).split():
        found = found.filter(search_key__contains=word)
    rows = _rows(actor, as_of, found)
    return [row for row in rows if not wanted.filling or row.filling == wanted.filling]


def _rows(actor: Actor, as_of: date, found: QuerySet) -> list[JobRow]:
    versions = list(found.select_related("job", "title").order_by("job__code"))
    ids = {version.job.unit_id for version in versions}
    units = {row.id: row for row in organization.rows_of(actor=actor, as_of=as_of, ids=ids)}
    hidden = organization.units_outside_scope(actor=actor, as_of=as_of, ids=ids, permission=READ)
    seen = [v for v in versions if v.job.unit_id in units and v.job.unit_id not in hidden]
    held = _numbers(actor, as_of, [v.job_id for v in seen]) if actor.may(PEOPLE) else None
    order = {unit: place for place, unit in enumerate(units)}
    seen.sort(key=lambda v: (order[v.job.unit_id], v.title.order if v.title else _LAST, v.job.code))
    return [_row(v, units[v.job.unit_id], held) for v in seen]


def _row(version: JobVersion, unit: UnitRow, held: Counter[int] | None) -> JobRow:
    group = group_of(version.decree, version.group)
    return JobRow(
        version.job_id, version.job.code, version.name, unit.id, unit.code, unit.name, version.decree, version.group,
        group.name, group.verified, version.posts, None if held is None else held[version.job_id],
        version.title.name if version.title else "", version.valid_from, version.source,
    )  # fmt: skip


def placed(*, actor: Actor, as_of: date, job_ids: Iterable[int] | None = None) -> QuerySet:
    """Placements that count on a day: of people in scope who hold a post at the unit of the job position that day."""
    actor.check_may(PEOPLE)
    there = Position.objects.as_of(as_of).filter(
        person_id=OuterRef("person_id"), seat__unit_id=OuterRef("job__unit_id")
    )
    found = Placement.objects.as_of(as_of).filter(Exists(there))
    if job_ids is not None:
        found = found.filter(job_id__in=list(job_ids))
    if not actor.scope(PEOPLE).is_everything:
        found = found.filter(person_id__in=Person.objects.visible_to(actor, PEOPLE).values("id"))
    return found


def _numbers(actor: Actor, as_of: date, job_ids: Sequence[int]) -> Counter[int]:
    return Counter(placed(actor=actor, as_of=as_of, job_ids=job_ids).values_list("job_id", flat=True))


def holders(*, actor: Actor, as_of: date, job_id: int) -> list[PersonRow]:
    """Who holds a job position on a day, by name."""
    ids = list(placed(actor=actor, as_of=as_of, job_ids=[job_id]).values_list("person_id", flat=True))
    ordered = cadres.in_name_order(actor=actor, as_of=as_of, ids=ids)
    return cadres.rows(actor=actor, as_of=as_of, ids=ordered)


def unplaced(*, actor: Actor, as_of: date, unit_id: int) -> list[PersonRow]:
    """People with a post at a unit itself on a day who hold no job position of it, by name."""
    actor.check_may(PEOPLE)
    here = Position.objects.as_of(as_of).filter(seat__unit_id=unit_id)
    if not actor.scope(PEOPLE).is_everything:
        here = here.filter(person_id__in=Person.objects.visible_to(actor, PEOPLE).values("id"))
    own = Placement.objects.as_of(as_of).filter(job__unit_id=unit_id)
    ids = list(
        here.exclude(person_id__in=own.values("person_id")).values_list("person_id", flat=True).distinct()
    )
    ordered = cadres.in_name_order(actor=actor, as_of=as_of, ids=ids)
    return cadres.rows(actor=actor, as_of=as_of, ids=ordered)


def job_id_of(*, actor: Actor, as_of: date, code: str) -> int:
    """The job position with a code, whatever its time, in a unit in scope; raises NotFound."""
    actor.check_may(READ)
    job = JobPosition.objects.filter(code=code).first()
    if job is None or organization.units_outside_scope(
        actor=actor, as_of=as_of, ids=[job.unit_id], permission=READ
    ):
        raise NotFound(code)
    return int(job.pk)


def job(*, actor: Actor, as_of: date, code: str) -> JobCard:
    """A job position as of a day. Raises NotFound where it, or its unit, does not stand that day."""
    number = job_id_of(actor=actor, as_of=as_of, code=code)
    found = JobVersion.objects.as_of(as_of).filter(job_id=number)
    rows = _rows(actor, as_of, found)
    if not rows:
        raise NotFound(code)
    version = found.get()
    past = JobVersion.objects.known_on().filter(job_id=number).order_by("-valid_from")
    history = tuple(
        JobVersionRow(v.name, v.posts, v.decree, group_of(v.decree, v.group).name, v.valid_from,
                      last_day(v.valid_to), v.source)
        for v in past
    )  # fmt: skip
    levels = dict(RequiredLevel.objects.as_of(as_of).filter(job_id=number).values_list("competency", "level"))
    return JobCard(rows[0], version.description, version.requirements, levels, history)


def job_of_person(*, actor: Actor, as_of: date, person_id: int) -> JobRow | None:
    """The job position that somebody the caller has scoped holds on a day; None for none."""
    there = Position.objects.as_of(as_of).filter(person_id=person_id, seat__unit_id=OuterRef("job__unit_id"))
    held = Placement.objects.as_of(as_of).filter(Exists(there), person_id=person_id).first()
    if held is None:
        return None
    version = (
        JobVersion.objects.as_of(as_of).filter(job_id=held.job_id).select_related("job", "title").first()
    )
    if version is None:
        return None
    units = organization.rows_of(actor=actor, as_of=as_of, ids=[version.job.unit_id])
    return _row(version, units[0], None) if units else None


def leavings(*, actor: Actor, as_of: date, unit_id: int | None = None) -> list[LeavingRow]:
    """People in scope who left by `as_of`, newest first; unit_id: who left a unit of that subtree."""
    actor.check_may(PEOPLE)
    found = Leaving.objects.known_on().filter(valid_from__lte=as_of).select_related("title")
    if unit_id is not None:
        found = found.filter(unit_id__in=organization.reach_ids([unit_id], as_of))
    rows = list(found.order_by("-valid_from", "person_id"))
    hidden = set(
        cadres.outside_scope(actor=actor, as_of=as_of, ids=[row.person_id for row in rows], permission=PEOPLE)
    )
    names = organization.unit_name_histories(actor=actor, ids={row.unit_id for row in rows})
    return [_leaving(row, names) for row in rows if row.person_id not in hidden]


def _leaving(row: Leaving, names: dict[int, list[tuple[date, date | None, str]]]) -> LeavingRow:
    return LeavingRow(
        row.pk, row.person_id, row.scheme, row.get_scheme_display(), row.months_early, row.unit_id,
        name_on(names.get(row.unit_id, ()), row.valid_from - timedelta(days=1)), row.title.name, row.valid_from,
        row.source, row.posts_cut, remark_on(row.scheme, row.months_early, row.valid_from),
    )  # fmt: skip


def leaving(*, actor: Actor, as_of: date, number: int) -> LeavingRow:
    """One of them; raises NotFound."""
    found = next((row for row in leavings(actor=actor, as_of=as_of) if row.id == number), None)
    if found is None:
        raise NotFound(str(number))
    return found


def aftermath(*, actor: Actor, as_of: date, row: LeavingRow) -> Aftermath:
    """What somebody who left leaves, as of a day: seats with their holders and successors, turns, posts of the unit."""
    eve = row.day - timedelta(days=1)
    seats = _left_seats(actor, as_of, row, eve)
    before = organization.establishment(actor=actor, as_of=eve, unit_ids=[row.unit_id])
    after = organization.establishment(actor=actor, as_of=max(row.day, as_of), unit_ids=[row.unit_id])
    present = Position.objects.as_of(max(row.day, as_of)).filter(seat__unit_id=row.unit_id, kind="full_time")
    return Aftermath(
        seats, _lost_turns(actor, as_of, row, eve), before.get(row.unit_id), after.get(row.unit_id),
        present.values("person_id").distinct().count(),
    )  # fmt: skip


def _left_seats(actor: Actor, as_of: date, row: LeavingRow, eve: date) -> tuple[LeftSeat, ...]:
    held = Position.objects.as_of(eve).filter(person_id=row.person_id).exclude(seat__title__isnull=True)
    seats = {p.seat_id: p.seat for p in held.select_related("seat__title").order_by("-seat__title__rank")}
    on = max(row.day, as_of)
    places = dict(SeatPlaces.objects.as_of(on).filter(seat_id__in=seats).values_list("seat_id", "places"))
    now = Counter(Position.objects.as_of(on).filter(seat_id__in=seats).values_list("seat_id", flat=True))
    planned = _planned(seats, on, row.person_id)
    names = organization.unit_name_histories(actor=actor, ids={seat.unit_id for seat in seats.values()})
    return tuple(
        LeftSeat(seat.title.name, name_on(names[seat.unit_id], eve), places.get(key, 0), now[key],
                 len(planned[key]), seat.title.is_leadership)
        for key, seat in seats.items()
    )  # fmt: skip


def _planned(seats: Iterable[int], on: date, without: int) -> dict[int, set[int]]:
    """Who else is planned for each seat on a day, in any plan."""
    found: dict[int, set[int]] = defaultdict(set)
    slots = Slot.objects.as_of(on).filter(seat_id__in=list(seats)).exclude(person_id=without)
    for seat, person in slots.values_list("seat_id", "person_id"):
        found[seat].add(person)
    return found


def _lost_turns(actor: Actor, as_of: date, row: LeavingRow, eve: date) -> tuple[LostTurn, ...]:
    slots = Slot.objects.as_of(eve).filter(person_id=row.person_id).select_related("seat__title")
    seats = {slot.seat_id: slot.seat for slot in slots.order_by("-seat__title__rank", "seat_id")}
    others = _planned(seats, max(row.day, as_of), row.person_id)
    names = organization.unit_name_histories(actor=actor, ids={seat.unit_id for seat in seats.values()})
    return tuple(
        LostTurn(seat.title.name, name_on(names[seat.unit_id], eve), len(others[key]))
        for key, seat in seats.items()
    )


def working_at(*, actor: Actor, as_of: date, ids: Iterable[int]) -> set[tuple[int, int]]:
    """(person, unit) of every post that people the caller has scoped hold on a day."""
    actor.check_may(PEOPLE)
    held = Position.objects.as_of(as_of).filter(person_id__in=list(ids))
    return set(held.values_list("person_id", "seat__unit_id"))


def open_posts(*, actor: Actor, as_of: date, person_id: int) -> list[PostAt]:
    """Posts that somebody the caller has scoped holds on a day and still after it, the highest first."""
    actor.check_may(PEOPLE)
    units = Position.objects.as_of(as_of).filter(person_id=person_id).values_list("seat__unit_id", flat=True)
    found = cadres.posts_at(actor=actor, as_of=as_of, unit_ids=list(units))
    return sorted((post for post in found if post.person_id == person_id), key=lambda post: -post.rank)


def left_together(*, actor: Actor, as_of: date, number: int) -> bool:
    """Whether one act wrote a leaving together with posts or leavings of other people: a reorganisation did."""
    actor.check_may(PEOPLE)
    row = Leaving.objects.get(pk=number)
    written = {"recorded_from": row.recorded_from, "source": row.source}
    others = Position.objects.filter(**written).exclude(person_id=row.person_id)
    return others.exists() or Leaving.objects.filter(**written).exclude(pk=number).exists()
