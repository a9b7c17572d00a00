"""Which posts there are: the places of every body, so that the headcount of each level comes out exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hientai.engines.apportionment import Claim, apportion
from hientai.site.demo.bodies import Body
from hientai.site.demo.scenario import Scenario

Staffing = dict[str, dict[str, int]]  # body code -> title code -> places
_BESIDE = {"province_committee", "district_committee", "commune_committee", "commune_front"}
_ESSENTIAL = {"province", "district", "commune", *_BESIDE}


@dataclass(frozen=True)
class Headcount:
    """People of each level."""

    province: int
    district: int
    commune: int


def headcount(scenario: Scenario, people: int) -> Headcount:
    """`people` shared among the levels as in the source; exact at full size."""
    shares = _share(people, scenario.headcount)
    return Headcount(**shares)


def staffing(scenario: Scenario, bodies: Sequence[Body], people: int) -> Staffing:
    """Places of every staffed body that exists before the reform.

    With fewer people fewer bodies are staffed, each of its usual size; with more, the bodies grow.
    """
    counts = headcount(scenario, people)
    full = sum(scenario.headcount.values())
    chosen = _staffed(bodies, Fraction(people, full))
    places: Staffing = {}
    for level in ("province", "district", "commune"):
        of_level = [body for body in chosen if body.level == level]
        places |= _of_level(scenario, of_level, getattr(counts, level))
    return places


def _staffed(bodies: Sequence[Body], share: Fraction) -> list[Body]:
    """The first of each kind, in proportion; of districts and communes those below a staffed district."""
    before = [body for body in bodies if body.valid_from.year < 2025]
    if share >= 1:
        return before
    by_kind: dict[str, list[Body]] = defaultdict(list)
    for body in before:
        by_kind[body.kind].append(body)
    districts = _first(by_kind["district"], share)
    codes = {body.code for body in districts}
    communes = _first(
        [body for body in by_kind["commune"] if body.district in codes], share, len(by_kind["commune"])
    )
    staffed = [*by_kind["province"], *districts, *communes]
    homes = {body.code for body in staffed}
    staffed += [body for kind in sorted(_BESIDE) for body in by_kind[kind] if body.parent in homes]
    for kind, of_kind in by_kind.items():
        if kind in _ESSENTIAL:
            continue
        possible = [body for body in of_kind if not body.district or body.district in codes]
        if kind == "school":
            possible.sort(key=lambda body: body.code.rpartition(".")[0] not in homes)
        staffed += _first(possible, share, len(of_kind))
    return staffed


def _first(bodies: Sequence[Body], share: Fraction, of: int | None = None) -> list[Body]:
    wanted = max(1, round((of or len(bodies)) * share))
    return list(bodies[:wanted])


def _of_level(scenario: Scenario, bodies: Sequence[Body], people: int) -> Staffing:
    places: Staffing = {body.code: dict(scenario.kinds[body.kind].leaders) for body in bodies}
    others = people - sum(sum(posts.values()) for posts in places.values())
    if others < 0:
        _trim(places, -others)
        others = 0
    sizes = {body.code: scenario.kinds[body.kind].size for body in bodies if scenario.kinds[body.kind].size}
    shared = _share(others, sizes)
    for body in bodies:
        if not (number := shared.get(body.code, 0)):
            continue
        for title, count in _share(number, scenario.kinds[body.kind].staff).items():
            if count:
                places[body.code][title] = places[body.code].get(title, 0) + count
    return places


def _trim(places: Staffing, surplus: int) -> None:
    """Takes posts away from the last bodies, lowest title first, until `surplus` are gone."""
    for posts in reversed(list(places.values())):
        for title in reversed(list(posts)):
            taken = min(posts[title], surplus)
            posts[title] -= taken
            surplus -= taken
            if not posts[title]:
                del posts[title]


def _share(whole: int, sizes: dict[str, float] | dict[str, int]) -> dict[str, int]:
    claims = [Claim(name, Fraction(size)) for name, size in sizes.items()]
    return {part.unit: part.seats for part in apportion(whole, claims).parts} if claims and whole else {}
