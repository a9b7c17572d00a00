"""What entering many people at once rests on."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CharField

from hientai.apps.cadres import bulk, models

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)


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


def _copy_codes(*tables: list[tuple[str, str]]) -> None:
    with transaction.atomic(), bulk.copying() as to:
        for rows in tables:
            to.rows(models.Person, ("code", "tier", "created_at"), [(*row, NOW) for row in rows])


def test_tables_are_filled_one_after_another_with_whatever_letters_a_text_holds() -> None:
    odd = "a\tb\\c\nd'\"đ"
    _copy_codes([("CB1", ""), ("CB2", odd[:20])], [("CB3", "")])
    assert list(models.Person.objects.order_by("code").values_list("code", "tier")) == [
        ("CB1", ""),
        ("CB2", odd),
        ("CB3", ""),
    ]


def test_nothing_is_sent_for_a_table_without_rows() -> None:
    _copy_codes([])
    assert not models.Person.objects.exists()


def test_the_first_broken_rule_is_told_and_nothing_of_any_table_stays() -> None:
    with pytest.raises(IntegrityError, match="code") as caught:
        _copy_codes([("CB1", "")], [("CB2", ""), ("CB1", "")], [("CB3", "")], [("CB3", "")])
    assert caught.value.__cause__.diag.constraint_name == "cadres_person_code_key"
    assert "(CB1)" in str(caught.value)
    assert not models.Person.objects.exists()


def test_rows_that_cannot_be_made_leave_nothing_and_the_connection_usable() -> None:
    def broken() -> Iterator[tuple[object, ...]]:
        yield "CB2", "", NOW
        raise ValueError("a row that cannot be made")

    with pytest.raises(ValueError, match="cannot be made"), transaction.atomic(), bulk.copying() as to:
        to.rows(models.Person, ("code", "tier", "created_at"), [("CB1", "", NOW)])
        to.rows(models.Person, ("code", "tier", "created_at"), broken())
    assert not models.Person.objects.exists()
    _copy_codes([("CB1", "")])
    assert models.Person.objects.count() == 1
