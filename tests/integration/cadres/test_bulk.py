"""What entering many people at once rests on."""

from __future__ import annotations

import uuid
from itertools import islice

import pytest
from django.db.models import CharField

from hientai.apps.cadres import bulk, models

pytestmark = pytest.mark.django_db


def test_new_lines_are_random_uuids_of_version_4() -> None:
    lines = [uuid.UUID(text) for text in islice(bulk._new_lines(), 2_000)]
    assert len(set(lines)) == 2_000
    assert {(line.version, line.variant) for line in lines} == {(4, uuid.RFC_4122)}
    assert {str(line)[19] for line in lines} == set("89ab")


def test_any_of_finds_what_in_finds() -> None:
    for code in ("CB1", "CB2", "CB'3"):
        models.Person.objects.create(code=code)
    for wanted in ([], ["CB1"], ["CB'3", "CB2", "none"]):
        found = models.Person.objects.filter(bulk.any_of("code", wanted, CharField()))
        assert set(found) == set(models.Person.objects.filter(code__in=wanted))
