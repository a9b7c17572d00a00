"""A city and its wards on one day: bodies, people in office, committees, and a plan whose sums are given.

Used where a source prints the state of a plan and nothing else: no careers are lived through, so that the scenario is
there in seconds. Counts come from the scenario's file and come out exactly; who is behind them is drawn by seed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from hientai.rulebook.titles import TitleEntry
from hientai.rulebook.units import REFORM, Area, areas_after, areas_before, history, successors
from hientai.site.demo.bodies import Body
from hientai.site.demo.careers import Place
from hientai.site.demo.committees import Membership
from hientai.site.demo.people import YEAR, Person, PersonDraw
from hientai.site.demo.plans import TERMS, Planned, Term
from hientai.site.demo.scenario import Scenario

CONGRESS = date(2015, 6, 15).toordinal()
NEXT_CONGRESS = date(2020, 6, 15).toordinal()
_MOST_POSTS = 3  # per person and level
_LEFT = 5 * YEAR  # a full term of service when planned


def bodies_of_city(scenario: Scenario) -> list[Body]:
    """The city with its wards before and after Hoành Bồ joined, and what took their place in 2025."""
    return [*_city(scenario), *_wards(scenario), *_joined(scenario), *_successors(scenario)]


@dataclass
class City:
    """Everybody in office on the day, by body; `rooms`: how often each person is planned at each level."""

    scenario: Scenario
    titles: dict[str, TitleEntry]
    bodies: list[Body]
    draw: PersonDraw
    chance: Random
    people: list[Person] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    rooms: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))

    @property
    def day(self) -> int:
        day: date = self.scenario.content["as_of"]
        return day.toordinal()

    @property
    def wards(self) -> list[Body]:
        return [body for body in self.bodies if body.kind == "commune"]

    def settle(self) -> None:
        """Puts somebody with a past into every place, then elects the committees."""
        large = {ward.code for ward in self.wards[: self.scenario.content["large"]["wards"]]}
        for body in self.bodies:
            kind = self.scenario.kinds.get(body.kind)
            if kind is None:
                continue
            places = dict(kind.leaders)
            if body.code in large:
                for title, more in self.scenario.content["large"]["more"].items():
                    places[title] += more
            for title in kind.staff:
                places[title] = kind.size
            for title, count in places.items():
                for _ in range(count):
                    self._seat(self.titles[title], body)
        self._elect()

    def _seat(self, title: TitleEntry, body: Body) -> None:
        person = self.draw.incumbent(title, body, self.day)
        person.leaves = min(person.leaves, REFORM.toordinal())
        for post in person.posts:
            post.ends = min(post.ends or person.leaves, person.leaves)
        person.place = Place(body, title, person)
        self.people.append(person)
        more = {held: extra for extra, held in self.scenario.concurrent.items()}.get(title.code)
        if more:
            self._join(person, body.area, more, person.posts[-1].begins, person.leaves)

    def _elect(self) -> None:
        counts = self.scenario.content["members"]
        city = self.wards[0].district
        self._committee("district", [city], counts["city"])
        self._committee("commune", [ward.code for ward in self.wards], counts["base"])

    def _committee(self, level: str, areas: Sequence[str], counts: dict[str, int]) -> None:
        """Committees of one level: the leaders first; counts are shared evenly among the areas."""
        ends = {"district": "CU", "commune": "DU"}[level]
        titles = {"committee": f"{level}.committee_member", "standing": f"{level}.standing_committee_member"}
        for area, size, standing in zip(
            areas,
            shared(counts["committee"], len(areas)),
            shared(counts["standing"], len(areas)),
            strict=True,
        ):
            ranked = sorted(self._leaders(level, area), key=lambda p: (-p.posts[-1].title.rank, p.number))
            for place, person in enumerate(ranked[:size]):
                begins = max(CONGRESS, person.posts[-1].begins)
                until = min(NEXT_CONGRESS, person.leaves)
                for group in ("committee", "standing")[: 2 if place < standing else 1]:
                    self._join(person, f"{area}.{ends}", titles[group], begins, until)

    def _leaders(self, level: str, area: str) -> list[Person]:
        if level == "commune":
            return [person for person in self.people if person.posts[-1].body.area == area]
        heads = {"district.division_head", "commune.secretary"}
        return [
            person for person in self.people
            if (title := person.posts[-1].title).rank >= 60 or title.code in heads
        ]  # fmt: skip

    def _join(self, person: Person, body: str, title: str, begins: int, ends: int) -> None:
        self.members.append(Membership(person, body, title, begins, ends))

    def plan(self) -> Iterator[Planned]:
        """The plan of the term that the scenario counts."""
        term = next(term for term in TERMS if term.begins <= self.scenario.content["as_of"] < term.ends)
        turns = self.scenario.content["turns"]
        wards = self.wards
        places = [self._places(ward) for ward in wards]
        more = turns["base"]["posts"] - 2 * sum(sum(held.values()) for held in places)
        for ward, held, committee, standing, one_more in zip(
            wards, places, *(shared(turns["base"][name], len(wards)) for name in ("committee", "standing")),
            shared(more, len(wards)), strict=True,
        ):  # fmt: skip
            pool = self._pool(ward.code, term)
            for place, ((office, title), count) in enumerate(held.items()):
                yield from self._fill(term, office, title, 2 * count + (place < one_more), pool, woman=True)
            body = f"{ward.code}.DU"
            yield from self._fill(term, body, "commune.standing_committee_member", standing, pool)
            yield from self._fill(term, body, "commune.committee_member", committee, pool)
        city = wards[0].district
        pool = self._pool(city, term)
        for title, count in turns["city_posts"].items():
            where = city if title.endswith(("chair",)) else f"{city}.CU"
            yield from self._fill(term, where, title, count, pool, woman=True)
        yield from self._fill(
            term, f"{city}.CU", "district.standing_committee_member", turns["city"]["standing"], pool
        )
        yield from self._fill(
            term, f"{city}.CU", "district.committee_member", turns["city"]["committee"], pool
        )

    def _places(self, ward: Body) -> dict[tuple[str, str], int]:
        """Places of each key title of a ward: (body, title) -> how many."""
        places: dict[tuple[str, str], int] = {(ward.code, "commune.council_chair"): 1}
        for person in self.people:
            post = person.posts[-1]
            if post.body.area == ward.code and post.title.leads and post.title.code != "commune.mass_head":
                seat = post.body.code, post.title.code
                places[seat] = places.get(seat, 0) + 1
        return places

    def _pool(self, area: str, term: Term) -> list[Person]:
        """Who may be planned there, the likelier first: own people by rank, then those of the city."""
        own = [p for p in self.people if area in (p.posts[-1].body.area, p.posts[-1].body.district)]
        known = {person.number for person in own}
        others = [
            p for p in self.people
            if p.number not in known and p.posts[-1].title.code in ("district.specialist", "district.division_deputy")
        ]  # fmt: skip
        near = sorted(own, key=lambda p: (-p.posts[-1].title.rank + self.chance.uniform(0, 30), p.number))
        far = self.chance.sample(others, min(12, len(others)))
        return [person for person in [*near, *far] if person.retires - term.begins.toordinal() >= _LEFT]

    def _fill(
        self, term: Term, body: str, title: str, count: int, pool: list[Person], *, woman: bool = False
    ) -> Iterator[Planned]:
        """`count` turns for one seat; raises where the pool is too small, as a sum would then not come out."""
        entry = self.titles[title]
        committee = title.endswith("committee_member")
        able = [
            person for person in pool
            if self.rooms[person.number, entry.level] < _MOST_POSTS
            and (committee or not self._holds(person, body, title))
        ]  # fmt: skip
        if not committee:  # the burden is spread, so that committees find people as well
            able.sort(
                key=lambda p: (self.rooms[p.number, entry.level] > 0, p.posts[-1].title.rank > entry.rank)
            )
        if woman:
            able.sort(key=lambda p: p.sex != "female")
            able = [*able[:1], *sorted(able[1:], key=pool.index)]
        if len(able) < count:
            raise ValueError(f"{title} of {body}: {len(able)} people for {count} turns")
        for person in able[:count]:
            self.rooms[person.number, entry.level] += 1
            yield self._planned(term, person, body, entry)

    def _holds(self, person: Person, body: str, title: str) -> bool:
        post = person.posts[-1]
        return (post.body.code, post.title.code) == (body, title) or any(
            member.person is person and (member.body, member.title) == (body, title)
            for member in self.members
        )

    def _planned(self, term: Term, person: Person, body: str, title: TitleEntry) -> Planned:
        """Most were planned when the term's plan was drawn up, the others by a yearly review since."""
        post = person.posts[-1]
        begins = term.drawn.toordinal() + self.chance.choice((0, 0, 0, 1, 2, 3)) * YEAR
        begins = max(begins, person.posts[0].begins + 1)
        gap = title.rank - post.title.rank
        ready = "now" if gap <= 14 else "one_term" if gap <= 30 else "two_terms"
        elsewhere = not body.startswith(post.body.area)
        ends = min(term.ends.toordinal(), person.leaves)
        return Planned(term.name, person, body, title.code, min(begins, self.day - 1), ends, elsewhere, ready)


def shared(total: int, bodies: int) -> list[int]:
    """A total shared evenly; the rest goes one by one to the first bodies."""
    each, rest = divmod(total, bodies)
    return [each + (place < rest) for place in range(bodies)]


def _city(scenario: Scenario) -> Iterator[Body]:
    root, since = scenario.code, scenario.founded
    before = areas_before()
    number = scenario.content["district"]
    name, code = before.districts[number].name, f"{root}.H{number}"
    yield Body(
        root, before.provinces[scenario.province].name, "area", "government", "province", "", "province", root, "", 1,
        since,
    )  # fmt: skip
    yield Body(
        code, name, "area", "government", "district", root, "district", code, code, 1000, since, REFORM,
        tuple(f"{root}.X{area.code}" for area in _taking_over(scenario)),
    )  # fmt: skip
    yield Body(
        f"{code}.CU", name.replace("Thành phố", "Thành ủy"), "committee", "party", "district", code,
        "district_committee", code, code, 1001, since, REFORM,
    )  # fmt: skip
    place = 0
    for group in scenario.content["divisions"]:
        for title in group["names"]:
            place += 1
            yield Body(
                f"{code}.{place:02d}", f"{title} Hạ Long", "division", group["block"], "district", code,
                "district_division", code, code, 1010 + place, since, REFORM,
            )  # fmt: skip


def _wards(scenario: Scenario) -> Iterator[Body]:
    city = f"{scenario.code}.H{scenario.content['district']}"
    for place, ward in enumerate(wards_before(scenario), 1):
        code, order = f"{city}.X{ward.code}", 1100 + 10 * place
        spoken = ward.name[0].lower() + ward.name[1:]
        common = (order, scenario.founded, REFORM)
        yield Body(code, ward.name, "area", "government", "commune", city, "commune", code, city, *common)
        yield Body(
            f"{code}.DU", f"Đảng ủy {spoken}", "committee", "party", "commune", code, "commune_committee", code, city,
            *common,
        )  # fmt: skip
        yield Body(
            f"{code}.MT", f"Mặt trận Tổ quốc và các đoàn thể {spoken}", "division", "front", "commune", code,
            "commune_front", code, city, *common,
        )  # fmt: skip


def wards_before(scenario: Scenario) -> list[Area]:
    """The twenty wards of the city before Hoành Bồ joined it, in the order of the unit history."""
    entry = next(change for change in history() if change["id"] == "ha-long-2020")
    district = scenario.content["district"]
    known = {area.name: area for area in areas_before().communes.values() if area.above == district}
    codes = scenario.content["without_code"]
    return [known.get(name) or Area(codes[name], name, district) for name in entry["before"]["communes"]]


def _joined(scenario: Scenario) -> Iterator[Body]:
    """Communes and the town of Hoành Bồ, in the city from 2020; nobody is recorded there in this scenario."""
    city = f"{scenario.code}.H{scenario.content['district']}"
    old = {ward.code for ward in wards_before(scenario)}
    joined = [
        area for area in areas_before().communes.values()
        if area.above == scenario.content["district"] and area.code not in old
    ]  # fmt: skip
    for place, area in enumerate(joined, 1):
        code = f"{city}.X{area.code}"
        yield Body(
            code, area.name, "area", "government", "commune", city, "joined", code, city, 1400 + 10 * place,
            scenario.content["joined"], REFORM,
        )  # fmt: skip


def _taking_over(scenario: Scenario) -> list[Area]:
    before = {
        area.code for area in areas_before().communes.values() if area.above == scenario.content["district"]
    }
    new = dict.fromkeys(s.after for s in successors() if s.before in before and s.main)
    return [areas_after().communes[code] for code in new if code in areas_after().communes]


def _successors(scenario: Scenario) -> Iterator[Body]:
    root = scenario.code
    for place, area in enumerate(_taking_over(scenario), 1):
        code = f"{root}.X{area.code}"
        yield Body(
            code,
            area.name,
            "area",
            "government",
            "commune",
            root,
            "successor",
            code,
            code,
            20000 + place,
            REFORM,
        )
