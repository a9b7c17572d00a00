"""Reckons a scenario before anything is entered: bodies, careers through the reform, committees, plans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random

from hientai.rulebook.titles import TitleEntry, titles
from hientai.rulebook.units import REFORM
from hientai.site.demo.bodies import Body, bodies_of
from hientai.site.demo.careers import BEGINS, ENDS, Careers
from hientai.site.demo.city import City, bodies_of_city
from hientai.site.demo.committees import Membership, memberships
from hientai.site.demo.people import Person, PersonDraw
from hientai.site.demo.plans import Planned, planned
from hientai.site.demo.reform import reorganise
from hientai.site.demo.scenario import Scenario, read_scenario
from hientai.site.demo.staffing import staffing


@dataclass(frozen=True)
class Reckoned:
    """A province with its people, ready to be entered."""

    scenario: Scenario
    bodies: list[Body]
    people: list[Person]
    members: list[Membership]
    slots: list[Planned]

    @cached_property
    def body(self) -> dict[str, Body]:
        return {body.code: body for body in self.bodies}


def reckon(scenario_name: str, people: int, seed: int) -> Reckoned:
    """The same arguments give the same province, person for person."""
    scenario = read_scenario(scenario_name)
    catalogue = {title.code: title for title in titles()}
    if scenario.content.get("shape") == "city":
        return _city(scenario, catalogue, seed)
    bodies = bodies_of(scenario)
    by_code = {body.code: body for body in bodies}
    draw = PersonDraw(scenario, catalogue, by_code, Random(f"{seed}:people"))
    careers = Careers(scenario, by_code, catalogue, draw, Random(f"{seed}:careers"))
    careers.open(staffing(scenario, bodies, people))
    careers.fill_all(BEGINS)
    careers.rotate_yearly(2016, 2026)
    careers.run(REFORM.toordinal() + 1)
    reorganise(careers, Random(f"{seed}:reform"))
    careers.run(ENDS)
    members = memberships(scenario, careers.people, Random(f"{seed}:committees"))
    slots = planned(catalogue, by_code, careers.people, members, Random(f"{seed}:plans"))
    return Reckoned(scenario, bodies, careers.people, members, slots)


def _city(scenario: Scenario, catalogue: dict[str, TitleEntry], seed: int) -> Reckoned:
    """One state of a city, without careers."""
    bodies = bodies_of_city(scenario)
    draw = PersonDraw(scenario, catalogue, {body.code: body for body in bodies}, Random(f"{seed}:people"))
    city = City(scenario, catalogue, bodies, draw, Random(f"{seed}:city"))
    city.settle()
    slots = list(city.plan())
    return Reckoned(scenario, bodies, city.people, city.members, slots)
