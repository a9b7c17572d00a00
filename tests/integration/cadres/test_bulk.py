"""What entering many people at once rests on."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import pytest
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, BinaryField, CharField, QuerySet

from hientai.apps.cadres import bulk, models

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)


def test_new_lines_are_random_uuids_of_version_4() -> None:
    lines = [uuid.UUID(text) for text in islice(bulk._new_lines(), 2_000)]
    assert len(set(lines)) == 2_000
    assert {(line.version, line.variant) for line in lines} == {(4, uuid.RFC_4122)}
    assert {str(line)[19] for line in lines} == set("89ab")


def test_any_of_finds_what_in_finds() -> None:
    for code in ("CB-a1", "CB-a2", "CB'3", 'CB"4\\', "{CB,5}", "NULL", ""):
        models.Person.objects.create(code=code)
    for wanted in ([], ["CB-a1"], ["CB'3", "CB-a2", "none"], ['CB"4\\', "{CB,5}"], ["NULL", ""]):
        found = models.Person.objects.filter(bulk.any_of("code", wanted, CharField()))
        assert set(found) == set(models.Person.objects.filter(code__in=wanted))


def test_any_of_finds_numbers_and_bytes() -> None:
    one, two = models.Person.objects.create(code="CB-a1"), models.Person.objects.create(code="CB-a2")
    models.IdentityIndex.objects.create(person=one, fingerprint=b'\\x00,{}"\xff')
    wanted = [b'\\x00,{}"\xff', b"other"]
    found = models.IdentityIndex.objects.filter(bulk.any_of("fingerprint", wanted, BinaryField()))
    assert [row.person_id for row in found] == [one.pk]
    ids = [one.pk, two.pk, -1]
    people = models.Person.objects.filter(bulk.any_of("id", ids, BigIntegerField())).order_by("code")
    assert list(people) == [one, two]


def _copied() -> QuerySet[models.Person]:
    return models.Person.objects.filter(code__startswith="copied-").order_by("code")


def _copy_codes(*tables: list[tuple[str, str]]) -> None:
    with transaction.atomic(), bulk.copying() as to:
        for rows in tables:
            to.rows(models.Person, ("code", "tier", "created_at"), [(*row, NOW) for row in rows])


def test_tables_are_filled_one_after_another_with_whatever_letters_a_text_holds() -> None:
    odd = "a\tb\\c\nd'\"đ"
    _copy_codes([("copied-1", ""), ("copied-2", odd[:20])], [("copied-3", "")])
    assert list(_copied().values_list("code", "tier")) == [
        ("copied-1", ""),
        ("copied-2", odd),
        ("copied-3", ""),
    ]


def test_nothing_is_sent_for_a_table_without_rows() -> None:
    _copy_codes([])
    assert not _copied().exists()


def test_the_first_broken_rule_is_told_and_nothing_of_any_table_stays() -> None:
    with pytest.raises(IntegrityError, match="code") as caught:
        _copy_codes(
            [("copied-1", "")], [("copied-2", ""), ("copied-1", "")], [("copied-3", "")], [("copied-3", "")]
        )
    assert caught.value.__cause__.diag.constraint_name == "cadres_person_code_key"
    assert "(copied-1)" in str(caught.value)
    assert not _copied().exists()


def test_rows_that_cannot_be_made_leave_nothing_and_the_connection_usable() -> None:
    def broken() -> Iterator[tuple[object, ...]]:
        yield "copied-2", "", NOW
        raise ValueError("a row that cannot be made")

    with pytest.raises(ValueError, match="cannot be made"), transaction.atomic(), bulk.copying() as to:
        to.rows(models.Person, ("code", "tier", "created_at"), [("copied-1", "", NOW)])
        to.rows(models.Person, ("code", "tier", "created_at"), broken())
    assert not _copied().exists()
    _copy_codes([("copied-1", "")])
    assert _copied().count() == 1
