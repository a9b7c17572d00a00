"""Following units through reforms: the same people, or a refusal; and who keeps the records of those that ended."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.province import TODAY, Province

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import Role
from hientai.apps.cadres import units as unit_people
from hientai.apps.cadres.models import Person
from hientai.apps.organization import lineage, selectors, services
from hientai.apps.organization.models import UnitKeeping
from hientai.apps.organization.tree import ParentEdge, keeping
from hientai.apps.organization.types import ActDraft, ActKind, Edge, Heir, UnitDraft
from hientai.foundation import registry, snapshot
from hientai.foundation.actor import Actor, ActorGrant
from hientai.foundation.errors import Refused

START = date(2020, 1, 1)


class World:
    """Units that hold atoms (people); merges and splits hand atoms on, one reform a day."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.day = chance, START
        self.atoms = {unit: set(range(10 * unit, 10 * unit + 8)) for unit in range(4)}
        self.lives: dict[int, tuple[date, date | None]] = dict.fromkeys(self.atoms, (START, None))
        self.edges: list[Edge] = []
        self.states = {START: {unit: set(atoms) for unit, atoms in self.atoms.items()}}

    def reform(self) -> None:
        self.day += timedelta(days=10)
        kind = self.chance.choice(["merge", "absorb", "split", "part"])
        units = sorted(self.atoms)
        if kind in ("merge", "absorb") and len(units) > 1:
            one, two = self.chance.sample(units, 2)
            into = self._new() if kind == "merge" else two
            for unit in {one, two} - {into}:
                self._give(unit, into, self.atoms[unit])
                self._end(unit)
        else:
            unit = self.chance.choice(units)
            half = set(self.chance.sample(sorted(self.atoms[unit]), len(self.atoms[unit]) // 2))
            rest = self.atoms[unit] - half
            self._give(unit, self._new(), half)
            if kind == "split":
                self._give(unit, self._new(), rest)
                self._end(unit)
        self.states[self.day] = {unit: set(atoms) for unit, atoms in self.atoms.items()}

    def _new(self) -> int:
        unit = len(self.lives)
        self.lives[unit], self.atoms[unit] = (self.day, None), set()
        return unit

    def _give(self, unit: int, into: int, atoms: set[int]) -> None:
        self.atoms[into] |= set(atoms)
        self.atoms[unit] -= set(atoms)
        self.edges.append(Edge(unit, into, self.day, None, keeps_records=True))

    def _end(self, unit: int) -> None:
        del self.atoms[unit]
        self.lives[unit] = (self.lives[unit][0], self.day)


@given(st.integers(0, 10**6), st.integers(1, 5))
def test_whoever_can_be_followed_is_the_same_people_in_either_direction(seed: int, reforms: int) -> None:
    world = World(random.Random(seed))
    for _ in range(reforms):
        world.reform()
    days = sorted(world.states)
    for on, other in ((days[-1], days[0]), (days[0], days[-1])):
        for unit, atoms in world.states[on].items():
            found = lineage.same_units(world.edges, world.lives, {unit}, on, other)
            if isinstance(found, lineage.Torn):
                group = lineage.closed_group(world.edges, {unit}, on, other) & world.states[on].keys()
                followed = lineage.same_units(world.edges, world.lives, group, on, other)
                assert not isinstance(followed, lineage.Torn)
                assert _held(world, other, followed) == _held(world, on, group)
            else:
                assert _held(world, other, found) == atoms


def _held(world: World, day: date, units: set[int]) -> set[int]:
    return {atom for unit in units for atom in world.states[day][unit]}


def test_a_unit_that_nothing_happened_to_is_itself() -> None:
    assert lineage.same_units([], {7: (START, None)}, {7}, date(2026, 1, 1), START) == {7}


def test_records_go_to_the_keeper_else_upward_and_never_sideways() -> None:
    end = date(2025, 7, 1)
    edges = [
        ParentEdge(1, None, START, None),  # province
        ParentEdge(2, 1, START, end),  # district: ended, no successor
        ParentEdge(3, 2, START, end),  # commune, went to 5
        ParentEdge(4, 3, START, end),  # its office: no successor of its own
        ParentEdge(5, 1, end, None),  # new commune
    ]
    kept = {(row.keeper, row.unit) for row in keeping(edges, {3: 5})}
    assert kept == {(2, 2), (1, 2), (3, 3), (2, 3), (5, 3), (4, 4), (3, 4), (2, 4), (5, 4)}


def _merged(officer: Actor) -> None:
    """Communes 1 and 2 of district 1 are one from 2026 on; their people have stayed where they were on file."""
    day = date(2026, 1, 1)
    new = UnitDraft("T.H1.N", "Xã Hợp Nhất", "area", "government", "commune", "T.H1", day)
    ends = ("T.H1.X1", "T.H1.X2")
    heirs = tuple(Heir(code, "T.H1.N") for code in ends)
    merge = ActDraft(ActKind.MERGE, day, "NQ 1", (new,), ends, (), heirs)
    uses = registry._unit_uses[:]
    registry._unit_uses.clear()  # the people of this test stay, as those who retired before a reform do
    try:
        services.carry_out(actor=officer, drafts=[merge])
    finally:
        registry._unit_uses[:] = uses


@pytest.mark.django_db
def test_an_officer_of_a_merged_commune_sees_the_records_of_its_predecessors(
    officer: Actor, province: Province
) -> None:
    _merged(officer)
    new = selectors.unit_id_of("T.H1.N") or 0
    role = Role.UNIT_HEAD
    head = Actor(9, "thử", TODAY, (ActorGrant(role, PERMISSIONS[role], new),))
    seen = set(Person.objects.visible_to(head, "person.read").values_list("held_by_id", flat=True))
    assert seen == {province.units["T.H1.X1"], province.units["T.H1.X2"]}
    earlier = Actor(9, "thử", date(2025, 12, 31), head.grants)
    assert not Person.objects.visible_to(earlier, "person.read").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(15))
def test_sql_and_columns_see_the_same_people_across_a_merger(
    officer: Actor, province: Province, seed: int
) -> None:
    _merged(officer)
    chance = random.Random(seed)
    units = [*province.units.values(), selectors.unit_id_of("T.H1.N") or 0]
    grants = tuple(
        ActorGrant(role, PERMISSIONS[role], chance.choice(units), chance.choice(["", "commune", "district"]))
        for role in chance.sample([Role.BOARD_OFFICER, Role.UNIT_HEAD], chance.randint(1, 2))
    )
    actor = Actor(1, "thử", TODAY, grants)
    by_sql = set(Person.objects.visible_to(actor, "person.read").values_list("id", flat=True))
    by_columns = set(snapshot.people_ids(scope=actor.scope("person.read"), as_of=TODAY))
    walked = {p.pk for p in Person.objects.all() if any(_sees(g, p) for g in grants)}
    assert by_sql == by_columns == walked


def _sees(grant: ActorGrant, person: Person) -> bool:
    """By hand: the unit that keeps the file, or one that its records passed to, lies below the grant's unit today."""
    if grant.tier and grant.tier != person.tier:
        return False
    at = {
        person.held_by_id,
        *UnitKeeping.objects.filter(unit_id=person.held_by_id).values_list("keeper_id", flat=True),
    }
    below = set(selectors.subtree_ids([grant.unit_id or 0], TODAY)) | {grant.unit_id}
    return bool(at & below)


@pytest.mark.django_db
def test_a_series_follows_a_merger_and_refuses_a_part_of_it(officer: Actor, province: Province) -> None:
    _merged(officer)
    new, before = selectors.unit_id_of("T.H1.N") or 0, date(2025, 12, 31)
    same = selectors.same_units(actor=officer, as_of=TODAY, unit_ids=[new], other=before)
    assert set(same) == {province.units["T.H1.X1"], province.units["T.H1.X2"]}
    with pytest.raises(Refused, match=r"Không nối chuỗi qua ngày 01/01/2026.*Xã Nà Hoa 1"):
        selectors.same_units(actor=officer, as_of=before, unit_ids=[province.units["T.H1.X1"]], other=TODAY)
    told = unit_people.then_and_now(actor=officer, unit_id=new, code="T.H1.N", as_of=TODAY)
    assert told["refused"] is None and {u["name"] for u in told["lines"][0]["units"]} == {
        "Xã Bản Lạnh 1",
        "Xã Nà Hoa 1",
    }


@pytest.mark.django_db
def test_the_difference_between_two_days_names_what_began_and_ended(
    officer: Actor, province: Province
) -> None:
    _merged(officer)
    told = selectors.difference(actor=officer, as_of=TODAY, other=date(2025, 1, 1))
    assert [row.code for row in told.begun] == ["T.H1.N"]
    assert [row.code for row in told.ended] == ["T.H1.X1", "T.H1.X2"]
    assert not (told.renamed or told.moved or told.relevelled)
