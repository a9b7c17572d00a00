"""Where invented people come from (quê quán): a real commune of the province, or one of the lowland provinces."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from hientai.rulebook.units import areas_before
from hientai.site.demo.people import Person
from hientai.site.demo.reckoning import Reckoned

_LOCAL_KINH = 0.35
_NEAR = 0.45  # of those from the province, how many come from the district they first worked in


@dataclass(frozen=True)
class Origin:
    """A place as it is written, and its unit when it is one of ours."""

    name: str
    unit_id: int | None


@dataclass(frozen=True)
class Origins:
    """Communes of the province, all and by district, and communes of the provinces that many Kinh came from."""

    local: tuple[Origin, ...]
    by_district: dict[str, tuple[Origin, ...]]
    lowland: tuple[Origin, ...]

    @classmethod
    def of(cls, reckoned: Reckoned, units: dict[str, int]) -> Origins:
        """Reads the places from the bodies of the scenario and from the unit data."""
        province = reckoned.body[reckoned.scenario.code].name
        by_district: dict[str, list[Origin]] = defaultdict(list)
        for body in reckoned.bodies:
            if body.kind == "commune":
                name = f"{body.name}, {reckoned.body[body.district].name}, {province}"
                by_district[body.district].append(Origin(name, units[body.code]))
        return cls(
            tuple(origin for places in by_district.values() for origin in places),
            {district: tuple(places) for district, places in by_district.items()},
            tuple(_lowland(reckoned.scenario.content["lowland"])),
        )

    def draw(self, person: Person, chance: Random) -> Origin:
        """Kinh people mostly come from the lowlands, others from the province, often from where they first worked."""
        if person.ethnicity == "kinh" and chance.random() > _LOCAL_KINH:
            return chance.choice(self.lowland)
        near = self.by_district.get(person.posts[0].body.district)
        return chance.choice(near) if near and chance.random() < _NEAR else chance.choice(self.local)


def _lowland(provinces: list[str]) -> list[Origin]:
    before = areas_before()
    found = []
    for commune in before.communes.values():
        district = before.districts[commune.above]
        if district.above in provinces:
            found.append(
                Origin(f"{commune.name}, {district.name}, {before.provinces[district.above].name}", None)
            )
    return found
