"""Succession plans of three terms: who is planned for which seat, from where, how ready, in three bands of age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from hientai.apps.planning.types import Finding
from hientai.rulebook.titles import TitleEntry
from hientai.site.demo.bodies import Body
from hientai.site.demo.committees import Membership, post_on
from hientai.site.demo.people import YEAR, Person, Post


@dataclass(frozen=True)
class Term:
    """A party term, the government term planned with it, and when its plan was drawn up."""

    name: str
    government: str
    drawn: date
    begins: date
    ends: date
    areas: tuple[str, ...]


_OLD = ("commune", "district", "province")
TERMS = (
    Term("2015-2020", "2016-2021", date(2015, 1, 15), date(2015, 6, 1), date(2020, 6, 1), _OLD),
    Term("2020-2025", "2021-2026", date(2018, 6, 15), date(2020, 6, 1), date(2025, 6, 1), _OLD),
    Term("2025-2030", "2026-2031", date(2023, 12, 15), date(2025, 6, 1), date(2030, 6, 1), _OLD),
    Term("2025-2030", "2026-2031", date(2025, 12, 15), date(2025, 6, 1), date(2030, 6, 1), ("commune2025",)),
)  # fmt: skip
_ONLY_HIGHER = date(
    2025, 10, 8
)  # 377-QĐ/TW: people are planned for higher posts only; before, members again as well
_COMMITTEE = 1.45  # planned per current member
_MOST_POSTS = 3  # per person and level


@dataclass(frozen=True)
class Planned:
    """A slot: one person for one seat (body, title) in one term."""

    term: str
    person: Person
    body: str
    title: str
    begins: int
    ends: int
    elsewhere: bool
    readiness: str
    outcome: str = ""


def planned(
    titles: dict[str, TitleEntry],
    bodies: dict[str, Body],
    people: Sequence[Person],
    members: Sequence[Membership],
    chance: Random,
) -> list[Planned]:
    """The slots of all terms: of people in service, and for a post they hold only in committees before 377-QĐ/TW."""
    held = _holding(members)
    return [slot for term in TERMS for slot in _of_term(term, titles, bodies, people, held, chance)]


def _holding(members: Sequence[Membership]) -> dict[tuple[str, str], list[Membership]]:
    found: dict[tuple[str, str], list[Membership]] = defaultdict(list)
    for membership in members:
        found[membership.body, membership.title].append(membership)
    return found


@dataclass
class _Pools:
    """Who works where on the day a plan is drawn up; `seats`: holders of each seat that can be planned."""

    by_area: dict[str, list[tuple[Person, Post]]]
    seats: dict[tuple[str, str], list[Person]]


def _of_term(
    term: Term,
    titles: dict[str, TitleEntry],
    bodies: dict[str, Body],
    people: Sequence[Person],
    held: dict[tuple[str, str], list[Membership]],
    chance: Random,
) -> Iterator[Planned]:
    day = term.drawn.toordinal()
    pools = _pools(term, people, held, day)
    posts: dict[tuple[int, str], int] = defaultdict(int)
    for (body, code), holders in sorted(pools.seats.items()):
        title = titles[code]
        wanted = _wanted(code, len(holders), chance)
        again = title.code.endswith("committee_member") and term.drawn < _ONLY_HIGHER
        busy = set() if again else {person.number for person in holders}
        for person, post, elsewhere in _candidates(
            title, bodies[body], pools, term.begins.toordinal(), chance
        ):
            if wanted <= 0:
                break
            counted = posts[person.number, title.level]
            if person.number in busy or counted >= _MOST_POSTS or (counted and chance.random() < 0.6):
                continue
            if not _old_enough_left(person, term, chance):
                continue
            slot = _slot(term, person, post, body, title, elsewhere, chance)
            if slot.begins >= slot.ends:
                continue
            busy.add(person.number)
            posts[person.number, title.level] += 1
            wanted -= 1
            yield slot


def _pools(
    term: Term, people: Sequence[Person], held: dict[tuple[str, str], list[Membership]], day: int
) -> _Pools:
    by_area: dict[str, list[tuple[Person, Post]]] = defaultdict(list)
    seats: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        post = post_on(person, day)
        if post is None or post.body.kind in (
            "school",
            "commune2025_school",
            "hospital",
            "health_centre",
            "secondary_school",
        ):
            continue
        for where in {post.body.area, post.body.district, post.body.code} - {""}:
            by_area[where].append((person, post))
        if post.title.standard and post.title.code.partition(".")[0] in term.areas:
            seats[post.body.code, post.title.code].append(person)
    for (body, title), members in held.items():
        if title.partition(".")[0] in term.areas and title.endswith("committee_member"):
            now = [m.person for m in members if m.begins <= day and (m.ends is None or day < m.ends)]
            if now:
                seats[body, title] = now
    return _Pools(by_area, seats)


def _wanted(title: str, holders: int, chance: Random) -> int:
    if title.endswith("committee_member"):
        return round(holders * (_COMMITTEE + chance.uniform(-0.15, 0.35)))
    return chance.choices((0, 1, 2, 3), (0.01, 0.07, 0.42, 0.5))[0] * holders


def _candidates(
    title: TitleEntry, body: Body, pools: _Pools, term_begins: int, chance: Random
) -> Iterator[tuple[Person, Post, bool]]:
    """Those who might rise to the title, the likelier first: near in rank, then women and the young a little ahead."""
    if body.unit_kind in ("area", "committee"):
        own, above = body.area, body.district if body.district != body.area else body.area.partition(".")[0]
    else:
        own, above = body.code, body.area
    limit = title.rank + (20 if title.code.endswith("committee_member") else 0)
    near = [(p, q, False) for p, q in pools.by_area.get(own, ()) if q.title.rank < limit]
    far = [
        (p, q, True)
        for p, q in pools.by_area.get(above, ())
        if own not in (q.body.code, q.body.area) and q.title.rank < limit
    ]
    if len(far) > 60:
        far = chance.sample(far, 60)
    some = [entry for entry in far if chance.random() < 0.12 or len(near) < 6]
    floor = title.rank - 45
    weighed = []
    for entry in [*near, *some]:
        person, post, _ = entry
        if post.title.rank < floor and chance.random() > 0.15:
            continue
        ahead = 8 * (person.sex == "female") + 14 * (term_begins - person.born.toordinal() < 38 * YEAR)
        weighed.append((-(post.title.rank + ahead + chance.uniform(0, 30)), person.number, entry))
    weighed.sort(key=lambda item: item[:2])
    return (entry for _, _, entry in weighed)


def _old_enough_left(person: Person, term: Term, chance: Random) -> bool:
    """Nearly always at least a full term of service left when the term begins."""
    return person.retires - term.begins.toordinal() >= 5 * YEAR or chance.random() < 0.03


def _slot(
    term: Term, person: Person, post: Post, body: str, title: TitleEntry, elsewhere: bool, chance: Random
) -> Planned:
    begins = term.drawn.toordinal()
    if chance.random() < 0.2:  # added by a yearly review
        begins += chance.choice((1, 2)) * YEAR
    ends, outcome = _end(term, person, title)
    for later in person.posts:
        if later.title.code == title.code and later.body.code == body and begins <= later.begins < ends:
            ends, outcome = later.begins, Finding.APPOINTED
    gap = title.rank - post.title.rank
    ready = "now" if gap <= 14 else "one_term" if gap <= 30 else "two_terms"
    if chance.random() < 0.15:
        ready = "one_term"
    return Planned(term.name, person, body, title.code, begins, ends, elsewhere, ready, outcome)


def _end(term: Term, person: Person, title: TitleEntry) -> tuple[int, str]:
    """The first day on which the slot no longer stands, and why where that is not the end of the term."""
    ends, outcome = term.ends.toordinal(), ""
    if person.leaves < ends:
        ends, outcome = person.leaves, str(Finding.LEFT)
    if title.valid_to is not None and title.valid_to.toordinal() < ends:
        ends, outcome = title.valid_to.toordinal(), str(Finding.TITLE_ABOLISHED)
    return ends, outcome
