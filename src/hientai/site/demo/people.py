"""Invented people: sex, ethnic group, birth, when they joined, when they leave, and the posts they hold."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Any

from hientai.engines.interval import PartialDate, retirement
from hientai.rulebook.retirement_schedule import load_retirement_schedule
from hientai.rulebook.titles import TitleEntry
from hientai.site.demo.bodies import Body
from hientai.site.demo.names import invented_name
from hientai.site.demo.scenario import Scenario

if TYPE_CHECKING:
    from hientai.site.demo.careers import Place

YEAR = 365
# Youngest and oldest of those in office in 2015, by the lowest rank of their title.
_AGES = ((66, (46, 58)), (40, (34, 58)), (20, (29, 57)), (0, (23, 58)))
_ONLY_LEADERS = {"province_committee", "district_committee", "commune_committee", "commune_front"}


@dataclass(slots=True)
class Post:
    """A post held from `begins` (ordinal day) until `ends`, exclusive, None while it lasts."""

    body: Body
    title: TitleEntry
    begins: int
    ends: int | None = None
    rotated: bool = False


@dataclass(slots=True)
class Person:
    """Somebody invented. Days are ordinals; `leaves` is the first day no longer in service."""

    number: int
    name: str
    sex: str
    ethnicity: str
    born: date
    joined: int
    retires: int
    leaves: int
    posts: list[Post] = field(default_factory=list)
    place: Place | None = None

    def take(self, post: Post, place: Place) -> None:
        """Ends the post held and begins another."""
        self.posts[-1].ends = post.begins
        self.posts.append(post)
        self.place = place


@dataclass
class PersonDraw:
    """Draws people. Numbers run from 0 in the order of drawing."""

    scenario: Scenario
    titles: dict[str, TitleEntry]
    bodies: dict[str, Body]
    chance: Random
    count: int = 0
    _groups: dict[str, tuple[list[str], list[float]]] = field(default_factory=dict)

    def incumbent(self, title: TitleEntry, body: Body, day: int) -> Person:
        """Somebody who holds the post on `day`, with a past."""
        young, old = next(ages for rank, ages in _AGES if title.rank >= rank)
        person = self._person(title, body, day, self._age(young, old))
        earliest = max(person.joined, body.valid_from.toordinal())
        held = self.chance.randrange(90, 7 * YEAR if title.leads else 14 * YEAR)
        begins = max(day - held, min(earliest + (3 * YEAR if title.leads else 0), day - 60))
        if title.leads and begins - earliest > YEAR:
            start = self.titles[starting_title(title)]
            person.posts.append(Post(self._start_body(body), start, earliest, begins))
        else:
            begins = earliest if earliest < day else begins
        person.posts.append(Post(body, title, begins))
        return person

    def newcomer(self, title: TitleEntry, body: Body, day: int) -> Person:
        """Somebody who joins on `day`; for a leading post somebody older, from outside the province."""
        age = (
            self._age(36, 48) if title.rank >= 40 else self._age(28, 42) if title.leads else self._age(22, 34)
        )
        person = self._person(title, body, day, age)
        if not title.leads:
            person.joined = day
        person.posts.append(Post(body, title, day))
        return person

    def _age(self, young: int, old: int) -> float:
        return self.chance.triangular(young, old, young + (old - young) * 0.3)

    def _person(self, title: TitleEntry, body: Body, day: int, age: float) -> Person:
        chance = self.chance
        sex = "female" if chance.random() < self._women(title, body) else "male"
        if sex == "female" and age > 54:  # they retired at 55 until 2020
            age -= 14
        born = date.fromordinal(day - round(age * 365.25) - chance.randrange(0, 300))
        ethnicity = self._ethnicity(body.level)
        retires = retires_from(sex, born.year, born.month)
        starts = born.toordinal() + round((21.5 + chance.random() * 4) * 365.25)
        person = Person(
            number=self.count,
            name=invented_name(ethnicity, sex, chance),
            sex=sex,
            ethnicity=ethnicity,
            born=born,
            joined=min(starts, day - 200),
            retires=retires,
            leaves=self._leaves(title, day, retires),
        )
        self.count += 1
        return person

    def _leaves(self, title: TitleEntry, day: int, retires: int) -> int:
        resigns = day + 200 + round(self.chance.expovariate((0.006 if title.leads else 0.015) / YEAR))
        return max(min(retires, resigns), day + 120)

    def _women(self, title: TitleEntry, body: Body) -> float:
        women = self.scenario.women
        word = title.code.rpartition(".")[2]
        if word in women:
            return women[word]
        if body.level == "commune":
            return women["commune"]
        return (
            women["leader"] if title.rank >= 40 else women["school"] if "school" in word else women["other"]
        )

    def _ethnicity(self, level: str) -> str:
        if level not in self._groups:
            shares = self.scenario.ethnicity[level]
            self._groups[level] = (list(shares), list(accumulate(shares.values())))
        names, reach = self._groups[level]
        return names[bisect(reach, self.chance.random() * reach[-1])]

    def _start_body(self, body: Body) -> Body:
        return self.bodies[body.area] if body.kind in _ONLY_LEADERS else body


def starting_title(title: TitleEntry) -> str:
    """The title with which people who lead later usually begin."""
    if "school" in title.code:
        return title.code.partition(".")[0] + ".teacher"
    return {
        "province": "province.specialist", "district": "district.specialist", "commune": "commune.civil_servant",
    }[title.level]  # fmt: skip


@cache
def retires_from(sex: Any, year: int, month: int) -> int:
    """The ordinal of the first day no longer in service, by the schedule."""
    return retirement(PartialDate(year, month, 1), sex, load_retirement_schedule()).retires_on.toordinal() + 1
