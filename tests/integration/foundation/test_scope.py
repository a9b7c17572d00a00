"""One scope, two compilers: SQL and columns let the same people through, for any actor."""

from __future__ import annotations

import random

import pytest
from tests.factories.province import TODAY, Province

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import Role
from hientai.apps.cadres.models import Person
from hientai.apps.organization.types import Tier
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor, ActorGrant

pytestmark = pytest.mark.django_db
READ = "person.read"


def _random_actor(chance: random.Random, province: Province) -> Actor:
    units = [None, *province.units.values()]
    grants = tuple(
        ActorGrant(role, PERMISSIONS[role], chance.choice(units), chance.choice(["", *Tier.values]))
        for role in chance.sample(list(Role), chance.randint(0, 3))
    )
    codes = list(Person.objects.values_list("code", flat=True))
    return Actor(1, "thử", TODAY, grants, chance.choice(["", *codes]))


@pytest.mark.parametrize("seed", range(25))
def test_sql_and_columns_see_the_same_people(province: Province, seed: int) -> None:
    actor = _random_actor(random.Random(seed), province)

    by_sql = set(Person.objects.visible_to(actor, READ).values_list("id", flat=True))
    by_columns = set(snapshot.people_ids(scope=actor.scope(READ), as_of=TODAY))

    assert by_columns == by_sql


def test_a_grant_that_has_not_begun_or_has_ended_gives_nothing(province: Province) -> None:
    nobody = Actor(1, "thử", TODAY, ())
    assert not Person.objects.visible_to(nobody, READ).exists()
    assert snapshot.people_ids(scope=nobody.scope(READ), as_of=TODAY).is_empty()


def test_an_administrator_sees_no_person(province: Province) -> None:
    technician = Actor(1, "thử", TODAY, (ActorGrant(Role.ADMINISTRATOR, PERMISSIONS[Role.ADMINISTRATOR]),))
    assert not Person.objects.visible_to(technician, READ).exists()
