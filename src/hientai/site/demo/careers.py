"""Who held which post when: people join, rise, rotate, study on, retire and leave, from 2015 to the last day known.

A simulation by events in order of days. Full-time posts only; concurrent ones follow in `committees`. Days are
ordinals (`date.toordinal`) in here. Deterministic by seed.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from hientai.rulebook.titles import TitleEntry
from hientai.rulebook.units import REFORM
from hientai.site.demo.bodies import Body
from hientai.site.demo.people import Person, PersonDraw, Post
from hientai.site.demo.scenario import Scenario
from hientai.site.demo.staffing import Staffing

BEGINS = date(2015, 1, 1).toordinal()
STOCK = date(2019, 12, 31).toordinal()
ENDS = date(2026, 10, 1).toordinal()  # records are complete up to the day before
YEAR = 365
_FULL_YEARS_LEFT = 5 * YEAR
_TENURE = 2 * YEAR
_DRAWS = 12


@dataclass(slots=True)
class Place:
    """One place of a seat: a title at a body. holder: who has it now; since: from which day."""

    body: Body
    title: TitleEntry
    holder: Person | None = None
    since: int = 0


@dataclass
class Careers:
    """The state of all posts while the days pass; `people` is the result."""

    scenario: Scenario
    bodies: dict[str, Body]
    titles: dict[str, TitleEntry]
    draw: PersonDraw
    chance: Random
    people: list[Person] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    _at: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))
    _events: list[tuple[int, int, Callable[[int], None]]] = field(default_factory=list)
    _number: int = 0

    def open(self, staffing: Staffing) -> None:
        """Makes the places; nobody is in them yet."""
        for code, posts in staffing.items():
            body = self.bodies[code]
            for title, count in posts.items():
                for _ in range(count):
                    self._add(Place(body, self.titles[title]))

    def _add(self, place: Place) -> None:
        self.places.append(place)
        for where in {
            place.body.code,
            place.body.area,
            place.body.district or self.scenario.code,
            self.scenario.code,
        }:
            self._at[place.title.code, where].append(place)

    def fill_all(self, day: int) -> None:
        """Puts somebody with a past into every place."""
        for place in self.places:
            person = self.draw.incumbent(place.title, place.body, day)
            self._join(person, place, person.posts[-1].begins)

    def run(self, until: int) -> None:
        """Lets the days pass up to `until`, exclusive."""
        while self._events and self._events[0][0] < until:
            day, _, act = heapq.heappop(self._events)
            act(day)

    def _plan(self, day: int, act: Callable[[int], None]) -> None:
        self._number += 1
        heapq.heappush(self._events, (day, self._number, act))

    def _join(self, person: Person, place: Place, since: int) -> None:
        self.people.append(person)
        person.place = place
        place.holder, place.since = person, since
        self._plan(person.leaves, lambda day: self._leave(person, day))

    def _leave(self, person: Person, day: int) -> None:
        post = person.posts[-1]
        if post.ends is not None:
            return
        post.ends = day
        place = person.place
        assert place is not None
        person.place = None
        self._vacate(place, day)

    def _vacate(self, place: Place, day: int) -> None:
        place.holder = None
        if place.body.valid_to == REFORM and day >= REFORM.toordinal():
            return
        filled = day + self.chance.randrange(0, 75)
        if day <= STOCK < filled:
            filled = self.chance.randrange(day, STOCK + 1)
        self._plan(filled, lambda on: self._fill(place, on))

    def _fill(self, place: Place, day: int) -> None:
        if place.holder is not None or not self._alive(place, day):
            return
        successor = self._successor(place, day)
        if successor is None:
            person = self.draw.newcomer(place.title, place.body, day)
            self._join(person, place, day)
        else:
            self._move(successor, place, day)

    def _move(self, person: Person, place: Place, day: int) -> None:
        left = person.place
        assert left is not None
        person.take(Post(place.body, place.title, day), place)
        place.holder, place.since = person, day
        self._vacate(left, day)

    def _successor(self, place: Place, day: int) -> Person | None:
        feeders = self.scenario.ladder.get(place.title.code, ())
        for feeder in feeders:
            pool = self._at.get((feeder.title, self._where(feeder.within, place.body)), ())
            if not pool or (feeder is not feeders[-1] and self.chance.random() < 0.25):
                continue
            for _ in range(min(_DRAWS, 2 * len(pool))):
                candidate = pool[self.chance.randrange(len(pool))]
                if self._suits(candidate, day) and self._preferred(candidate, day):
                    return candidate.holder
        return None

    def _where(self, within: str, body: Body) -> str:
        own = {"body": body.code, "area": body.area, "district": body.district}
        return own.get(within) or self.scenario.code

    def _suits(self, place: Place, day: int) -> bool:
        person = place.holder
        return (
            person is not None
            and day - place.since >= _TENURE
            and person.retires - day >= _FULL_YEARS_LEFT
            and person.leaves - day > YEAR
            and self._alive(place, day)
        )

    def _preferred(self, place: Place, day: int) -> bool:
        """The younger are taken more often."""
        assert place.holder is not None
        return place.holder.retires - day > 17 * YEAR or self.chance.random() < 0.4

    def _alive(self, place: Place, day: int) -> bool:
        ends = place.body.valid_to
        return place.body.valid_from.toordinal() <= day and (ends is None or day < ends.toordinal())

    def rotate_yearly(self, first: int, last: int) -> None:
        """Plans one round of rotation a year: some holders of one title change places."""
        for year in range(first, last + 1):
            day = date(year, 4, 1).toordinal() + self.chance.randrange(0, 150)
            self._plan(day, self._rotate)

    def _rotate(self, day: int) -> None:
        for title in self.scenario.rotated:
            pool = [p for p in self._at.get((title, self.scenario.code), ()) if self._suits(p, day)]
            self.chance.shuffle(pool)
            pairs = round(len(pool) * 0.03 + 0.3)
            for one, other in zip(pool[:pairs], pool[pairs : 2 * pairs], strict=False):
                self._swap(one, other, day)

    def _swap(self, one: Place, other: Place, day: int) -> None:
        first, second = one.holder, other.holder
        assert first is not None and second is not None
        if one.body.code == other.body.code:
            return
        for person, place in ((first, other), (second, one)):
            person.take(Post(place.body, place.title, day, rotated=True), place)
            place.holder, place.since = person, day

    def serving(self) -> Iterable[Person]:
        """Those who hold a post now."""
        return (person for person in self.people if person.place is not None)

    def leave_early(self, person: Person, day: int) -> None:
        """The person leaves on `day`, ahead of the time foreseen."""
        person.leaves = day
        self._leave(person, day)

    def transfer(self, person: Person, body: Body, title: TitleEntry, day: int) -> None:
        """The person's post ends with its body; a new place is made for them."""
        place = Place(body, title, person, day)
        self._add(place)
        person.take(Post(body, title, day), place)
