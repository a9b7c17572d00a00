"""Concurrent posts: members of party committees and their standing committees by terms, chairs of councils.

Committees are made of the people who lead in the area on the day of the congress; membership ends with the term,
or when somebody leaves the area or the service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from hientai.rulebook.units import REFORM
from hientai.site.demo.careers import BEGINS, ENDS
from hientai.site.demo.people import Person, Post
from hientai.site.demo.scenario import Scenario


@dataclass(frozen=True)
class Committee:
    """A committee of one level in one term: how many members at most, how many of them in its standing committee."""

    area_kind: str
    title: str
    members: int
    standing: int
    begins: date
    ends: date | None


@dataclass(frozen=True)
class Membership:
    """Somebody holds a concurrent post at an area during [begins, ends)."""

    person: Person
    body: str
    title: str
    begins: int
    ends: int | None


COMMITTEES = (
    Committee("commune", "commune", 15, 5, date.fromordinal(BEGINS), date(2015, 6, 15)),
    Committee("commune", "commune", 15, 5, date(2015, 6, 15), date(2020, 6, 15)),
    Committee("commune", "commune", 15, 5, date(2020, 6, 15), REFORM),
    Committee("commune2025", "commune2025", 27, 9, REFORM, None),
    Committee("district", "district", 38, 11, date.fromordinal(BEGINS), date(2015, 8, 10)),
    Committee("district", "district", 38, 11, date(2015, 8, 10), date(2020, 8, 10)),
    Committee("district", "district", 38, 11, date(2020, 8, 10), REFORM),
    Committee("province", "province", 52, 15, date.fromordinal(BEGINS), date(2015, 10, 15)),
    Committee("province", "province", 50, 15, date(2015, 10, 15), date(2020, 10, 15)),
    Committee("province", "province", 48, 15, date(2020, 10, 15), date(2025, 10, 1)),
    Committee("province", "province", 48, 15, date(2025, 10, 1), None),
)


def memberships(scenario: Scenario, people: Sequence[Person], chance: Random) -> list[Membership]:
    """Every concurrent post, in the order of committees, areas and persons."""
    found = [
        membership
        for committee in COMMITTEES
        for area, leaders in _leaders(people, committee, scenario.code).items()
        for membership in _elected(committee, area, leaders, scenario.code, chance)
    ]
    return [*found, *_concurrent(scenario, people)]


def _leaders(
    people: Sequence[Person], committee: Committee, root: str
) -> dict[str, list[tuple[Person, Post]]]:
    """Who works in each area of the committee's kind on the day it is elected, in the order of people."""
    day = committee.begins.toordinal()
    found: dict[str, list[tuple[Person, Post]]] = defaultdict(list)
    for person in people:
        post = post_on(person, day)
        if post is None:
            continue
        if committee.area_kind == "province":
            if post.title.rank >= 66:
                found[root].append((person, post))
        elif committee.area_kind == "district":
            if (
                post.body.district
                and post.title.rank >= 38
                and (post.title.level == "district" or post.title.rank >= 44)
            ):
                found[post.body.district].append((person, post))
        elif post.body.kind.removeprefix(committee.area_kind) in ("", "_body", "_committee", "_front") and (
            post.title.leads or _often_elected(person)
        ):
            found[post.body.area].append((person, post))
    return found


def _often_elected(person: Person) -> bool:
    """A few of those who do not lead are elected as well, always the same ones."""
    return person.number % 5 == 0


def _elected(
    committee: Committee, area: str, leaders: list[tuple[Person, Post]], root: str, chance: Random
) -> Iterator[Membership]:
    seat = {"province": "TU", "district": "CU"}.get(committee.area_kind, "DU")
    ranked = sorted(leaders, key=lambda pair: (-pair[1].title.rank, chance.random()))
    for place, (person, _) in enumerate(ranked[: committee.members]):
        begins = committee.begins.toordinal()
        ends = _until(person, begins, committee, "" if area == root else area)
        titles = ["committee_member"] + (["standing_committee_member"] if place < committee.standing else [])
        for title in titles:
            yield Membership(person, f"{area}.{seat}", f"{committee.title}.{title}", begins, ends)


def _until(person: Person, begins: int, committee: Committee, area: str) -> int | None:
    """The first day on which the membership no longer stands."""
    ends = committee.ends.toordinal() if committee.ends else None
    away = begins
    for post in person.posts:
        if post.ends is not None and post.ends <= begins:
            continue
        if area and area not in (post.body.area, post.body.district):
            return _earlier(post.begins, ends)
        if post.ends is None:
            return ends
        away = post.ends
    return _earlier(away, ends)


def _earlier(one: int, other: int | None) -> int:
    return one if other is None else min(one, other)


def _concurrent(scenario: Scenario, people: Sequence[Person]) -> Iterator[Membership]:
    """Chairs of councils: the same person as the holder of another post, for as long as that is held."""
    with_ = {held: more for more, held in scenario.concurrent.items()}
    taken: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for person in people:
        for post in person.posts:
            more = with_.get(post.title.code)
            if more is None:
                continue
            begins, ends = max(post.begins, BEGINS), post.ends
            if ends is not None and ends <= begins:
                continue
            times = taken[post.body.area, more]
            last = ends if ends is not None else ENDS * 2
            if all(last <= start or stop <= begins for start, stop in times):
                times.append((begins, last))
                yield Membership(person, post.body.area, more, begins, ends)


def post_on(person: Person, day: int) -> Post | None:
    """The full-time post held on a day."""
    for post in person.posts:
        if post.begins <= day and (post.ends is None or day < post.ends):
            return post
    return None
