"""The working desk of a plan: the source pool of a seat, the bench behind each seat, ready or not and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning.judging import Judged, judge, judged_by, prospects_on
from hientai.apps.planning.models import Slot, Wanted
from hientai.apps.planning.programme import progress
from hientai.apps.planning.readiness import Level, Prospect
from hientai.apps.planning.regime import regime_on
from hientai.apps.planning.turns import POSTS, group_of
from hientai.apps.planning.types import Progress
from hientai.engines.criteria.tree import Standard, Verdict
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.snapshot.everybody import facts_as_of

READ = "planning.read"
_RATINGS_SHOWN = 3


@dataclass(frozen=True)
class Planned:
    """One person on the bench of a seat. recorded: readiness as the plan has it; ratings: (year, mark), newest first.

    age in years; months_left: of service by the schedule of retirement.
    """

    turn_id: int
    person_id: int
    name: str
    code: str
    position: str
    unit: str
    sex: str
    age: int | None
    months_left: int | None
    ratings: tuple[tuple[int, int], ...]
    recorded: str
    prospect: Prospect | None
    programme: Progress | None

    @property
    def ready_now(self) -> bool:
        return self.prospect is not None and self.prospect.level is Level.NOW


@dataclass(frozen=True)
class Holder:
    """Who holds a seat, and how long service still lasts."""

    name: str
    code: str
    age: int | None
    months_left: int | None


@dataclass(frozen=True)
class Bench:
    """One seat with its holders and everybody planned for it.

    most: persons the regime allows for it, None without a confirmed limit; wanted: the number the plan asks for.
    """

    seat: SeatRow
    places: int
    wanted: int | None
    most: int | None
    holders: tuple[Holder, ...]
    planned: tuple[Planned, ...]

    @property
    def emergency(self) -> tuple[Planned, ...]:
        """Who could take the seat today by every criterion that is measured."""
        return tuple(person for person in self.planned if person.ready_now)

    @property
    def is_thin(self) -> bool:
        """Nobody or one person planned, or fewer than the plan asks for."""
        return len(self.planned) <= 1 or (self.wanted is not None and len(self.planned) < self.wanted)

    @property
    def is_over(self) -> bool:
        return self.most is not None and len(self.planned) > self.most


@dataclass(frozen=True)
class PoolRow:
    """Somebody who may be planned for a seat, with the verdict of the planning standard and the prospect."""

    person_id: int
    name: str
    code: str
    position: str
    unit: str
    age: int | None
    months_left: int | None
    judged: Judged
    prospect: Prospect | None


def bench(*, actor: Actor, as_of: date, plan_id: int, seats: Sequence[SeatRow]) -> list[Bench]:
    """The seats with everybody planned for them who is in the actor's scope; people by name, never by merit."""
    ids = [seat.id for seat in seats]
    frame = snapshot.current().frame("plan_slots").filter(
        snapshot.valid_on(as_of) & (pl.col("plan_id") == plan_id) & pl.col("seat_id").is_in(ids)
    )  # fmt: skip
    slots = [_Turn(*row) for row in frame.select("slot_id", "person_id", "seat_id", "readiness").iter_rows()]
    held = (
        snapshot.current().frame("positions").filter(snapshot.valid_on(as_of) & pl.col("seat_id").is_in(ids))
        .select("seat_id", "person_id").unique(maintain_order=True)
    )  # fmt: skip
    titles = {seat.id: seat.title_code for seat in seats}
    people = _people(
        actor, as_of, {slot.person_id for slot in slots} | set(held.get_column("person_id").to_list())
    )
    prospects = prospects_on(
        [(slot.person_id, titles[slot.seat_id]) for slot in slots if slot.person_id in people],
        _standards(actor, as_of),
        as_of,
    )
    ratings = _ratings(as_of, people)
    programmes = progress(actor=actor, as_of=as_of, plan_id=plan_id, people=people)
    places = organization.seat_places(actor=actor, as_of=as_of, ids=ids)
    wanted = _wanted(as_of, plan_id, ids)
    bound = regime_on(as_of).bound("plan.max_persons_per_post")
    most = int(str(bound.value)) if bound is not None and bound.verified else None
    found = []
    for seat in seats:
        room = places.get(seat.id, 1)
        planned = [
            _planned(
                slot,
                people[slot.person_id],
                prospects.get((slot.person_id, seat.title_code)),
                ratings,
                programmes.get(slot.person_id),
            )
            for slot in slots
            if slot.seat_id == seat.id and slot.person_id in people
        ]
        order = {
            person: place for place, person in enumerate(snapshot.by_name([p.person_id for p in planned]))
        }
        holders = [
            Holder(people[person].name, people[person].code, people[person].age, people[person].months_left)
            for person in held.filter(pl.col("seat_id") == seat.id).get_column("person_id").to_list()
            if person in people
        ]
        limit = None if most is None or group_of(seat.title_code) != POSTS else most * room
        found.append(
            Bench(
                seat, room, wanted.get(seat.id), limit, tuple(holders),
                tuple(sorted(planned, key=lambda p: order[p.person_id])),
            )
        )  # fmt: skip
    return found


def pool(
    *, actor: Actor, as_of: date, permission: str, plan_id: int, seat: SeatRow, unit_id: int | None
) -> list[PoolRow]:
    """The source of a seat: people of a unit whom the planning standard does not refuse, by name.

    Left out: who holds the seat, and who is planned for it already.
    """
    known = snapshot.people_ids(scope=actor.scope(permission), as_of=as_of, unit_id=unit_id).to_list()
    out = set(
        Slot.objects.as_of(as_of).filter(plan_id=plan_id, seat_id=seat.id).values_list("person_id", flat=True)
    )
    if group_of(seat.title_code) == POSTS:
        held = snapshot.current().frame("positions").filter(
            snapshot.valid_on(as_of) & (pl.col("seat_id") == seat.id)
        )  # fmt: skip
        out |= set(held.get_column("person_id").to_list())
    standards = _standards(actor, as_of)
    pairs = [(person, seat.title_code) for person in known if person not in out]
    verdicts = {
        person: judged
        for (person, _), judged in judge(
            pairs, {seat.title_code: standards.get(seat.title_code, "")}, as_of
        ).items()
        if judged.verdict is not Verdict.NOT_MET or not judged.decisive
    }
    people = _people(actor, as_of, set(verdicts))
    prospects = prospects_on([(person, seat.title_code) for person in people], standards, as_of)
    return [
        PoolRow(
            person, line.name, line.code, line.position, line.unit, line.age, line.months_left, verdicts[person],
            prospects.get((person, seat.title_code)),
        )
        for person in snapshot.by_name(list(people))
        if (line := people[person]) is not None
    ]  # fmt: skip


def rules_of(*, actor: Actor, as_of: date, title: str) -> tuple[Standard, ...]:
    """The standards that readiness for a title is reckoned by on a day."""
    actor.check_may(READ)
    return judged_by(title, _standards(actor, as_of), as_of)


@dataclass(frozen=True)
class _Turn:
    slot_id: int
    person_id: int
    seat_id: int
    readiness: str


@dataclass(frozen=True)
class _Person:
    name: str
    code: str
    position: str
    unit: str
    sex: str
    age: int | None
    months_left: int | None


def _people(actor: Actor, as_of: date, ids: Iterable[int]) -> dict[int, _Person]:
    """Those of `ids` whom the actor may read, with age and months of service left."""
    asked = sorted(set(ids))
    hidden = set(cadres.outside_scope(actor=actor, as_of=as_of, ids=asked, permission=READ))
    facts = facts_as_of(as_of).frame.select("person_id", "age_years", "months_to_retirement")
    known = {
        person: (age, months)
        for person, age, months in facts.filter(pl.col("person_id").is_in(asked)).iter_rows()
    }
    rows = cadres.rows(actor=actor, as_of=as_of, ids=[person for person in asked if person not in hidden])
    return {
        row.id: _Person(row.name, row.code, row.position, row.unit, row.sex, *known.get(row.id, (None, None)))
        for row in rows
    }


def _wanted(as_of: date, plan_id: int, seats: Sequence[int]) -> dict[int, int]:
    """How many people the plan wants for those seats of which it says so."""
    found = Wanted.objects.as_of(as_of).filter(plan_id=plan_id, seat_id__in=seats)
    return dict(found.values_list("seat_id", "number"))


def _planned(
    slot: _Turn,
    person: _Person,
    prospect: Prospect | None,
    ratings: Mapping[int, tuple[tuple[int, int], ...]],
    programme: Progress | None,
) -> Planned:
    return Planned(
        slot.slot_id, slot.person_id, person.name, person.code, person.position, person.unit, person.sex, person.age,
        person.months_left, ratings.get(slot.person_id, ()), slot.readiness, prospect, programme,
    )  # fmt: skip


def _ratings(as_of: date, people: Iterable[int]) -> dict[int, tuple[tuple[int, int], ...]]:
    """The newest ratings decided by the day: (year, 1 unsatisfactory .. 4 outstanding)."""
    decided = pl.coalesce("decided_on", pl.date(pl.col("year"), 12, 31)) <= as_of
    rows = (
        snapshot.current().frame("ratings")
        .filter(pl.col("person_id").is_in(list(people)) & decided & pl.col("rating").is_not_null())
        .sort("person_id", "year", descending=[False, True])
    )  # fmt: skip
    found: dict[int, list[tuple[int, int]]] = {}
    for person, year, rating in rows.select("person_id", "year", "rating").iter_rows():
        kept = found.setdefault(person, [])
        if len(kept) < _RATINGS_SHOWN:
            kept.append((year, rating))
    return {person: tuple(kept) for person, kept in found.items()}


def _standards(actor: Actor, as_of: date) -> dict[str, str]:
    return {title.code: title.standard for title in organization.titles(actor=actor, as_of=as_of)}


@dataclass(frozen=True)
class Cell:
    """Planned people with one last rating and one readiness, by name."""

    rating: int
    level: Level
    people: tuple[Planned, ...]


@dataclass(frozen=True)
class Grid:
    """Rows by last rating (0: none on record), columns by readiness; people: turns shown."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    people: int


def grid(*, actor: Actor, as_of: date, plan_id: int, seats: Sequence[SeatRow]) -> Grid:
    """The planned people of seats by their last yearly rating and by readiness; reckoned for the page, never kept."""
    planned = [
        one for seat in bench(actor=actor, as_of=as_of, plan_id=plan_id, seats=seats) for one in seat.planned
        if one.prospect is not None
    ]  # fmt: skip
    order = {
        person: place for place, person in enumerate(snapshot.by_name([one.person_id for one in planned]))
    }
    planned.sort(key=lambda one: order[one.person_id])
    rows = []
    for rating in (4, 3, 2, 1, 0):
        cells = tuple(
            Cell(
                rating, level,
                tuple(
                    one for one in planned
                    if (one.ratings[0][1] if one.ratings else 0) == rating
                    and one.prospect is not None and one.prospect.level is level
                ),
            )
            for level in Level
        )  # fmt: skip
        rows.append((rating, cells))
    return Grid(tuple(rows), len(planned))
