"""The city of Hạ Long before anything is entered: counts of the source, for any seed."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from hientai.rulebook.units import REFORM
from hientai.site.demo.city import shared, wards_before
from hientai.site.demo.reckoning import Reckoned, reckon
from hientai.site.demo.scenario import read_scenario

SEEDS = (1, 2, 7)


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}")
def city(request: pytest.FixtureRequest) -> Reckoned:
    return reckon("ha-long", 0, request.param)


def test_turns_come_out_at_both_levels(city: Reckoned) -> None:
    titles = Counter(slot.title for slot in city.slots)
    base = {title: n for title, n in titles.items() if title.startswith("commune.")}
    town = {title: n for title, n in titles.items() if title.startswith("district.")}
    assert (sum(base.values()), sum(town.values())) == (895, 188)
    assert (base["commune.committee_member"], base["commune.standing_committee_member"]) == (419, 146)
    assert (town["district.committee_member"], town["district.standing_committee_member"]) == (125, 34)


def test_nobody_is_planned_twice_for_a_seat_nor_for_more_than_three_of_a_level(city: Reckoned) -> None:
    assert len({(s.person.number, s.body, s.title) for s in city.slots}) == len(city.slots)
    posts = Counter((slot.person.number, slot.title.partition(".")[0]) for slot in city.slots)
    assert max(posts.values()) <= 3


def test_every_key_seat_of_the_base_has_a_woman_planned(city: Reckoned) -> None:
    women = defaultdict(set)
    for slot in city.slots:
        if not slot.title.endswith("committee_member"):
            women[slot.body, slot.title].add(slot.person.sex)
    assert [seat for seat, sexes in women.items() if "female" not in sexes] == []


def test_holders_of_posts_are_planned_for_them_only_in_committees(city: Reckoned) -> None:
    held = {(p.number, p.posts[-1].body.code, p.posts[-1].title.code) for p in city.people}
    assert not held & {(slot.person.number, slot.body, slot.title) for slot in city.slots}


def test_the_wards_are_those_before_hoanh_bo_joined(city: Reckoned) -> None:
    wards = wards_before(read_scenario("ha-long"))
    assert len(wards) == 20 and {"Phường Yết Kiêu", "Phường Bãi Cháy"} <= {ward.name for ward in wards}
    joined = [body for body in city.bodies if body.kind == "joined"]
    assert len(joined) == 13 and {body.valid_from.isoformat() for body in joined} == {"2020-01-01"}
    assert all(body.valid_to == REFORM for body in joined)


def test_a_total_is_shared_without_loss() -> None:
    assert shared(419, 20) == [21] * 19 + [20]
    assert shared(3, 4) == [1, 1, 1, 0]
