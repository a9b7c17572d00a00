"""The invented province: exact headcounts, unbroken service, one full-time post a day, nothing about real posts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hientai.rulebook.code_lists import code_lists
from hientai.rulebook.titles import titles
from hientai.rulebook.units import REFORM
from hientai.site.demo.bodies import bodies_of
from hientai.site.demo.careers import ENDS, STOCK
from hientai.site.demo.committees import Membership, post_on
from hientai.site.demo.entry import holders_at_once
from hientai.site.demo.names import forbidden_names, invented_name
from hientai.site.demo.people import Person, Post
from hientai.site.demo.reckoning import Reckoned, reckon
from hientai.site.demo.scenario import read_scenario
from hientai.site.demo.staffing import headcount, staffing
from hientai.site.demo.studies import CROWD, record_of

DAYS = [date(2015, 1, 1), date(2017, 7, 1), date(2019, 12, 31), date(2025, 6, 30), REFORM, date(2026, 9, 30)]


@cache
def _province(people: int = 300, seed: int = 1) -> Reckoned:
    return reckon("dien-bien", people, seed)


def _rows(province: Reckoned) -> list[tuple[object, ...]]:
    people = [
        (p.name, p.sex, p.ethnicity, p.born, p.joined, p.leaves,
         tuple((post.body.code, post.title.code, post.begins, post.ends) for post in p.posts))
        for p in province.people
    ]  # fmt: skip
    members = [(m.person.number, m.body, m.title, m.begins, m.ends) for m in province.members]
    slots = [
        (s.term, s.person.number, s.body, s.title, s.begins, s.ends, s.readiness) for s in province.slots
    ]
    return [*people, *members, *slots]


def _spans(person: Person) -> Iterator[tuple[int, int]]:
    return ((post.begins, post.ends if post.ends is not None else ENDS) for post in person.posts)


def test_the_same_seed_gives_the_same_province_and_another_seed_another() -> None:
    assert _rows(reckon("dien-bien", 300, 1)) == _rows(_province())
    assert _rows(_province(300, 2)) != _rows(_province())


def test_the_province_has_the_agencies_of_the_source() -> None:
    bodies = bodies_of(read_scenario("dien-bien"))
    of_province = [b for b in bodies if b.parent == "ĐB" and b.unit_kind == "agency"]
    assert Counter(b.block in ("party", "front") for b in of_province) == {True: 15, False: 30}
    of_districts = [
        b for b in bodies if b.kind in ("district_party", "district_division", "district_service")
    ]
    blocks = Counter("party" if b.block == "front" else b.block for b in of_districts)
    assert blocks == {"party": 125, "government": 151, "public_service": 52}


def test_no_two_bodies_share_a_code_or_a_name() -> None:
    bodies = bodies_of(read_scenario("dien-bien"))
    assert len({body.code for body in bodies}) == len(bodies)
    for alive in (lambda b: b.valid_from < REFORM, lambda b: b.valid_to is None):
        named = [body.name for body in bodies if alive(body)]
        assert [name for name, times in Counter(named).items() if times > 1] == []


def test_at_full_size_the_headcount_is_the_one_of_the_source() -> None:
    counts = headcount(read_scenario("dien-bien"), 25_944)
    assert (counts.province, counts.district, counts.commune) == (7_759, 15_413, 2_772)


@settings(max_examples=15, deadline=None)
@given(people=st.integers(100, 60_000))
def test_at_any_size_the_posts_are_as_many_as_the_people_of_each_level(people: int) -> None:
    scenario = read_scenario("dien-bien")
    bodies = {body.code: body for body in bodies_of(scenario)}
    posts: Counter[str] = Counter()
    for code, places in staffing(scenario, list(bodies.values()), people).items():
        posts[bodies[code].level] += sum(places.values())
    counts = headcount(scenario, people)
    assert posts == {"province": counts.province, "district": counts.district, "commune": counts.commune}
    assert sum(posts.values()) == people


def test_on_the_last_day_of_2019_every_post_is_filled() -> None:
    in_service = Counter(post.title.level for p in _province().people if (post := post_on(p, STOCK)))
    counts = headcount(read_scenario("dien-bien"), 300)
    assert in_service == {"province": counts.province, "district": counts.district, "commune": counts.commune}


def test_nobody_holds_two_full_time_posts_on_one_day_and_every_post_lasts() -> None:
    for person in _province().people:
        spans = list(_spans(person))
        assert all(begins < ends for begins, ends in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_every_post_lies_within_the_life_of_its_unit_and_of_its_title() -> None:
    province = _province()
    for holder in [*(post for person in province.people for post in person.posts)]:
        ends = holder.ends if holder.ends is not None else ENDS
        for thing in (holder.body, holder.title):
            assert thing.valid_from.toordinal() <= holder.begins
            assert thing.valid_to is None or ends <= thing.valid_to.toordinal()


def test_after_the_reform_everybody_in_service_is_in_a_living_unit() -> None:
    last = [post for person in _province().people if (post := post_on(person, ENDS - 1))]
    assert last and all(post.body.valid_to is None for post in last)
    assert not any(post.title.level == "district" for post in last)


def test_nobody_serves_without_interruption_being_recorded_between_two_posts() -> None:
    for person in _province().people:
        spans = list(_spans(person))
        assert all(one[1] == other[0] for one, other in pairwise(spans))


def test_nobody_works_past_the_day_of_retirement_but_those_entered_shortly_before_it() -> None:
    late = [p for p in _province(3_000).people if p.leaves > p.retires]
    assert len(late) <= len(_province(3_000).people) * 0.005


def test_a_seat_of_one_head_never_has_two_heads() -> None:
    heads = ("secretary", "chair", "department_head", "school_head", "service_head")
    most = {
        seat: n for seat, n in holders_at_once(_province()).items() if seat[1].rpartition(".")[2] in heads
    }
    assert most and set(most.values()) == {1}


def test_members_of_committees_serve_all_the_while() -> None:
    province = _province()
    assert province.members
    for member in province.members:
        assert member.begins < (ENDS if member.ends is None else member.ends)
        assert _serves(member.person, member.begins) and _serves(member.person, (member.ends or ENDS) - 1)


def _serves(person: Person, day: int) -> bool:
    return post_on(person, day) is not None


def test_a_concurrent_post_is_never_held_twice_at_once_by_one_person() -> None:
    held: dict[tuple[int, str, str], list[Membership]] = defaultdict(list)
    for member in _province(3_000).members:
        held[member.person.number, member.body, member.title].append(member)
    for terms in held.values():
        ordered = sorted(terms, key=lambda m: m.begins)
        assert all((one.ends or ENDS) <= other.begins for one, other in pairwise(ordered))


def test_planned_people_are_in_service_from_the_first_to_the_last_day_of_their_slot() -> None:
    province = _province(3_000)
    assert {slot.term for slot in province.slots} == {"2015-2020", "2020-2025", "2025-2030"}
    for slot in province.slots:
        assert slot.begins < slot.ends and slot.ends <= slot.person.leaves
        assert _serves(slot.person, slot.begins)


def test_nobody_is_planned_twice_for_a_seat_in_a_term_or_for_more_than_three_posts_of_a_level() -> None:
    level = {title.code: title.level for title in titles()}
    slots = _province(3_000).slots
    assert max(Counter((s.term, s.person.number, s.body, s.title) for s in slots).values()) == 1
    drawn = Counter((s.term, s.title.partition(".")[0], s.person.number, level[s.title]) for s in slots)
    assert max(drawn.values()) <= 3


def test_under_the_rule_of_2025_people_are_planned_for_higher_posts_only() -> None:
    ranks = {title.code: title.rank for title in titles()}
    higher = 0
    for slot in _province(3_000).slots:
        post = post_on(slot.person, slot.begins)
        assert post is not None
        if slot.title.startswith("commune2025.") and not slot.title.endswith("committee_member"):
            assert ranks[slot.title] > post.title.rank
            higher += 1
    assert higher > 10


@pytest.mark.parametrize("title", ["commune.committee_member", "district.division_head"])
def test_plans_have_women_young_people_and_the_three_bands_of_age(title: str) -> None:
    slots = [s for s in _province(3_000).slots if s.term == "2020-2025" and s.title == title]
    ages = [(s.begins - s.person.born.toordinal()) // 365 for s in slots]
    bands = Counter("<40" if age < 40 else "40-49" if age < 50 else "50+" for age in ages)
    assert set(bands) == {"<40", "40-49", "50+"} and bands["<40"] / len(slots) > 0.15
    assert 0.15 < sum(s.person.sex == "female" for s in slots) / len(slots) < 0.6


def test_people_are_drawn_by_the_shares_of_the_scenario() -> None:
    scenario, now = read_scenario("dien-bien"), date(2018, 1, 1).toordinal()
    for level in ("province", "district"):
        groups = [
            p.ethnicity for p in _province(3_000).people if (q := post_on(p, now)) and q.title.level == level
        ]
        share = scenario.ethnicity[level]["kinh"] / sum(scenario.ethnicity[level].values())
        assert abs(groups.count("kinh") / len(groups) - share) < 0.06


def test_there_is_turnover_and_rotation_every_year() -> None:
    people = _province(3_000).people
    left = Counter(date.fromordinal(p.leaves).year for p in people if p.leaves < ENDS)
    assert set(range(2015, 2027)) <= set(left)
    moved = Counter(date.fromordinal(q.begins).year for p in people for q in p.posts if q.rotated)
    assert len(moved) >= 5


def test_education_rises_from_2015_to_2020() -> None:
    assert _share_of_bachelors(date(2020, 10, 14)) > _share_of_bachelors(date(2015, 6, 1)) + 0.05


def _share_of_bachelors(day: date) -> float:
    province, high = _province(3_000), {"bachelor", "master", "doctor"}
    records = _records(province)
    serving = [p for p in province.people if _serves(p, day.toordinal())]
    have = [
        person
        for person in serving
        for q in records[person.number].qualifications
        if q.kind == "professional" and q.level in high and q.valid_from <= day
    ]
    return len({person.number for person in have}) / len(serving)


@cache
def _crowded(people: int) -> frozenset[tuple[str, str]]:
    return frozenset(seat for seat, n in holders_at_once(_province(people)).items() if n >= CROWD)


def _records(province: Reckoned) -> dict[int, object]:
    chance, crowded = Random("1:test"), set(_crowded(3_000))
    return {person.number: record_of(person, crowded, chance) for person in province.people}


def test_nothing_unfavourable_is_invented_about_a_seat_with_fewer_than_six_places() -> None:
    province, crowded = _province(3_000), _crowded(3_000)
    records = _records(province)
    blamed = [
        p for p in province.people
        if records[p.number].disciplines or any(r.rating == "unsatisfactory" for r in records[p.number].ratings)
    ]  # fmt: skip
    assert blamed
    assert all((q.body.code, q.title.code) in crowded for p in blamed for q in p.posts)
    assert not any(q.title.leads and q.title.rank >= 20 for p in blamed for q in p.posts)


def test_ratings_are_of_years_in_service_and_one_a_year() -> None:
    for person, record in zip(_province(3_000).people, _records(_province(3_000)).values(), strict=True):
        years = [rating.year for rating in record.ratings]
        assert len(set(years)) == len(years)
        assert all(person.joined < date(y, 12, 31).toordinal() < person.leaves + 20 for y in years)


def test_qualifications_carry_codes_of_the_lists_and_lie_within_life() -> None:
    known = {(entry.list, entry.code) for entry in code_lists()}
    for person, record in zip(_province(3_000).people, _records(_province(3_000)).values(), strict=True):
        assert {(q.kind, q.level) for q in record.qualifications} <= known
        assert {("grade", g.grade) for g in record.grades} <= known
        assert all(person.born < q.valid_from < date.fromordinal(ENDS) for q in record.qualifications)


def test_no_name_of_a_real_person_of_the_sources_is_used() -> None:
    assert len(forbidden_names()) == 5
    assert not forbidden_names() & {person.name for person in _province(3_000).people}


def test_a_forbidden_name_is_drawn_again() -> None:
    class Stubborn(Random):
        """Gives a real name first."""

        draws = 0

        def choices(self, population, *args, **kwargs):  # type: ignore[no-untyped-def]
            self.draws += 1
            return ["Vũ"] if self.draws == 1 else ["Lê"]

        def choice(self, seq):  # type: ignore[no-untyped-def]
            return next(part for part in ("Đức", "Bảo", "Hải") if part in seq)

    assert invented_name("kinh", "male", Stubborn()) != "Vũ Đức Bảo"


def test_names_of_women_and_men_differ_and_every_group_has_names() -> None:
    scenario, chance = read_scenario("dien-bien"), Random(3)
    groups = {group for shares in scenario.ethnicity.values() for group in shares}
    assert groups <= {entry.code for entry in code_lists() if entry.list == "ethnicity"}
    for group in sorted(groups):
        for sex in ("male", "female"):
            assert len(invented_name(group, sex, chance).split()) >= 3


def test_a_post_counts_on_its_first_day_and_no_longer_on_the_day_it_ends() -> None:
    person = next(p for p in _province().people if p.posts[-1].ends is not None)
    post = person.posts[-1]
    assert isinstance(post, Post) and post.ends is not None
    assert post_on(person, post.ends - 1) is post
    assert post_on(person, post.ends) is None


def test_party_posts_are_at_party_committees_and_the_others_are_not() -> None:
    for person in _province().people:
        for post in person.posts:
            assert ("secretary" in post.title.code) == (post.body.unit_kind == "committee"), post.title.code
    assert all(
        (member.body.rpartition(".")[2] in ("TU", "CU", "DU")) == member.title.endswith("committee_member")
        for member in _province().members
    )


def test_nobody_is_rated_for_a_year_without_a_post() -> None:
    rated = 0
    for person in _province(900, 3).people:
        for rating in record_of(person, set(), Random(f"3:{person.number}")).ratings:
            first, after = date(rating.year, 1, 1).toordinal(), date(rating.year + 1, 1, 1).toordinal()
            assert any(begins < after and ends > first for begins, ends in _spans(person)), person.number
            rated += 1
    assert rated > 5000
