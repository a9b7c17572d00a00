"""2025-07-01: districts and old communes end, their people go to the new communes, some to the province, some leave.

Schools go over whole. Everybody else of a district is shared among the communes that took its area, those of a
commune follow it; the highest titles take the leading posts. How many left early is invented.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from hientai.rulebook.units import REFORM
from hientai.site.demo.bodies import Body
from hientai.site.demo.careers import Careers
from hientai.site.demo.people import YEAR, Person

_DAY = REFORM.toordinal()
_SCHOOL = {
    "school_head": "school_head",
    "school_deputy": "school_deputy",
    "teacher": "teacher",
    "staff": "staff",
}
_LEAVE_EARLY, _LEAVE_ANYHOW, _TO_PROVINCE = 0.35, 0.05, 0.12


def reorganise(careers: Careers, chance: Random) -> None:
    """Moves everybody whose body ends; afterwards nobody in service is without a living unit."""
    homeless = [person for person in careers.serving() if person.posts[-1].body.valid_to == REFORM]
    waiting: dict[str, list[Person]] = defaultdict(list)
    turn: dict[str, int] = defaultdict(int)
    departments = [place.body for place in careers.places if place.body.kind == "department"]
    for person in homeless:
        post = person.posts[-1]
        if post.body.kind == "school":
            title = f"commune2025.{_SCHOOL[post.title.code.rpartition('.')[2]]}"
            careers.transfer(person, careers.bodies[post.body.heirs[0]], careers.titles[title], _DAY)
        elif _leaves_early(person, chance):
            careers.leave_early(person, _DAY)
        elif post.body.level == "district" and departments and chance.random() < _TO_PROVINCE:
            careers.transfer(person, chance.choice(departments), careers.titles["province.specialist"], _DAY)
        else:
            new = [code for code in post.body.heirs if code != careers.scenario.code]
            waiting[new[turn[post.body.district] % len(new)]].append(person)
            turn[post.body.district] += 1
    for code in sorted(waiting):
        _settle(careers, code, waiting[code])


def _leaves_early(person: Person, chance: Random) -> bool:
    near = person.retires - _DAY < 6 * YEAR
    return chance.random() < (_LEAVE_EARLY if near else _LEAVE_ANYHOW)


def _settle(careers: Careers, commune: str, people: list[Person]) -> None:
    """The people of a new commune, highest titles first, take its posts in protocol order, then the others."""
    people.sort(key=lambda person: (-person.posts[-1].title.rank, person.number))
    leading = [careers.bodies[f"{commune}.DU"], careers.bodies[commune]]
    below = [
        body for body in careers.bodies.values() if body.parent == commune and body.kind == "commune2025_body"
    ]
    posts = _posts(careers, leading, below)
    for person in people:
        body, title = next(posts)
        if title.endswith("specialist") and person.posts[-1].title.code.endswith("staff"):
            title = "commune2025.staff"
        careers.transfer(person, body, careers.titles[title], _DAY)


def _posts(careers: Careers, leading: list[Body], below: list[Body]) -> Iterator[tuple[Body, str]]:
    kinds = careers.scenario.kinds
    for body in leading:
        for title, count in kinds[body.kind].leaders.items():
            yield from ((body, title) for _ in range(count))
    for title in kinds["commune2025_body"].leaders:
        for body in below:
            yield from ((body, title) for _ in range(kinds[body.kind].leaders[title]))
    while True:
        for body in below:
            yield body, "commune2025.specialist"
