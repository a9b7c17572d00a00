"""The boxes that keep histories from overlapping refuse exactly what overlaps, by key and by half-open days."""

from __future__ import annotations

import itertools
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.province import Province

from hientai.apps.cadres import models
from hientai.foundation import history

pytestmark = pytest.mark.django_db
Period = tuple[date, date | None]
PERIODS: tuple[Period, ...] = (
    (date(1911, 6, 5), date(1945, 9, 2)),
    (date(1945, 9, 2), date(2000, 1, 1)),
    (date(1999, 12, 31), date(2000, 1, 2)),
    (date(2000, 1, 1), date(2000, 1, 2)),
    (date(2000, 1, 2), None),
    (date(2010, 5, 1), date(9999, 12, 31)),
    (date(2199, 11, 10), date(2199, 11, 13)),
    (date(2300, 1, 1), None),
)


def _overlap(one: Period, other: Period) -> bool:
    end = date.max
    return one[0] < (other[1] or end) and other[0] < (one[1] or end)


def _health(person: int, period: Period) -> models.HealthState:
    return models.HealthState(
        person_id=person, health_class="1", valid_from=period[0], valid_to=period[1], source="thử"
    )


def _refused(*rows: models.models.Model) -> bool:
    try:
        with transaction.atomic():
            for row in rows:
                row.save(force_insert=True)
            transaction.set_rollback(True)
    except IntegrityError as error:
        assert "_no_overlap" in str(error)
        return True
    return False


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations_with_replacement(PERIODS, 2)))
def test_periods_of_one_person_are_refused_exactly_when_they_overlap(
    province: Province, one: Period, other: Period
) -> None:
    person, neighbour = province.people[0], province.people[1]
    assert _refused(_health(person, one), _health(person, other)) is _overlap(one, other)
    assert _refused(_health(person, other), _health(person, one)) is _overlap(one, other)
    assert not _refused(_health(person, one), _health(neighbour, other))


def _text(person: int, kind: str) -> models.ListedText:
    return models.ListedText(person_id=person, kind=kind, text="x", valid_from=date(2020, 1, 1), source="thử")


def test_a_key_of_person_and_word_is_kept_apart_by_both(province: Province) -> None:
    person, neighbour = province.people[:2]
    assert _refused(_text(person, "note"), _text(person, "note"))
    assert not _refused(_text(person, "note"), _text(person, "school"))
    assert not _refused(_text(person, "note"), _text(neighbour, "note"))


def test_no_two_words_that_lists_know_meet_in_one_key(province: Province) -> None:
    from hientai.engines.worksheet import vocabulary

    assert not _refused(*(_text(province.people[0], kind) for kind in vocabulary.fields()))


def test_a_key_of_person_and_year_is_kept_apart_by_both(province: Province) -> None:
    def rating(person: int, year: int) -> models.YearRating:
        return models.YearRating(
            person_id=person, year=year, rating="good", valid_from=date(1990, 12, 31), source="thử"
        )

    person, neighbour = province.people[:2]
    assert _refused(rating(person, 1990), rating(person, 1990))
    assert not _refused(rating(person, 1990), rating(person, 1991), rating(neighbour, 1990))


def test_versions_of_one_line_are_kept_apart_whoever_they_are_of(province: Province) -> None:
    def degree(person: int, line: uuid.UUID) -> models.Qualification:
        return models.Qualification(
            person_id=person,
            kind="language",
            level="b1",
            line=line,
            valid_from=date(2020, 1, 1),
            source="thử",
        )

    person, neighbour = province.people[:2]
    same = uuid.uuid4()
    assert _refused(degree(person, same), degree(person, same))
    assert _refused(degree(person, same), degree(neighbour, same))
    assert not _refused(*(degree(person, uuid.uuid4()) for _ in range(50)))


def test_a_closed_version_keeps_nobody_out(province: Province) -> None:
    person = province.people[0]
    with transaction.atomic():
        old = _health(person, (date(2020, 1, 1), None))
        old.save(force_insert=True)
        models.HealthState.objects.filter(pk=old.pk).update(recorded_to=models.TransactionNow())
        assert not _refused(_health(person, (date(2020, 1, 1), None)))
        transaction.set_rollback(True)


def test_every_history_has_its_constraint_and_nothing_on_file_overlaps(province: Province) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'x' AND conrelid::regclass::text LIKE 'cadres_%%'"
        )
        assert cursor.fetchone()[0] == 14
    assert not history.overlaps()
