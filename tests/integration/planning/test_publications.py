"""Published lists: what stands on one, who sees it, and the act that corrects it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from tests.factories.province import TODAY, Province, actor_named

from hientai.apps.cadres.models import Person
from hientai.apps.planning import publications, selectors, services
from hientai.apps.planning.appendices import publication_report
from hientai.apps.planning.models import Publication, Slot
from hientai.apps.planning.panels import published
from hientai.foundation.actor import Actor
from hientai.foundation.documents.writing import WRITERS
from hientai.foundation.errors import Forbidden, NotFound, Refused

TERM = "2025-2030"
LISTED, ON = date(2026, 1, 5), date(2026, 1, 20)


def _publish(actor: Actor, **more: Any) -> Publication:
    asked = {
        "term": TERM,
        "lists_on": LISTED,
        "on": ON,
        "decision": "QĐ 12-QĐ/TU",
        "audience": "units",
    } | more
    return services.publish(actor=actor, **asked)


@pytest.mark.django_db
def test_a_list_is_published_as_it_stood_by_whom_and_on_what(officer: Actor, province: Province) -> None:
    made = _publish(officer)
    row = publications.publication(actor=officer, as_of=TODAY, number=made.pk)
    turns = selectors.turns(actor=officer, as_of=LISTED, term=TERM)
    assert (row.published_on, row.by, row.decision, row.stands) == (ON, officer.name, "QĐ 12-QĐ/TU", True)
    assert row.lines == turns.height == Slot.objects.as_of(LISTED).count()
    lines = publications.lines(actor=officer, as_of=TODAY, number=made.pk)
    codes = dict(Person.objects.values_list("id", "code"))
    assert [line.code for line in lines] == [codes[person] for person in turns.get_column("person_id")]
    assert not publications.publications(actor=officer, as_of=ON - timedelta(days=1))


@pytest.mark.django_db
def test_a_publication_without_document_day_or_people_is_refused(officer: Actor, province: Province) -> None:
    for wrong, said in (
        ({"decision": " "}, "văn bản"),
        ({"on": LISTED - timedelta(days=1)}, "trước khi công bố"),
        ({"on": TODAY + timedelta(days=1)}, "không sau hôm nay"),
        ({"lists_on": date(2025, 6, 1)}, "Không có lượt"),
    ):
        with pytest.raises(Refused, match=said):
            _publish(officer, **wrong)
    with pytest.raises(NotFound):
        _publish(officer, term="1900-1905")
    _publish(officer)
    with pytest.raises(Refused, match="đã công bố"):
        _publish(officer)
    assert Publication.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter().update(decision="")


@pytest.mark.django_db
def test_a_head_sees_lists_for_units_within_the_own_district_and_publishes_nothing(
    officer: Actor, district_head: Actor, staff: Actor, province: Province
) -> None:
    made = _publish(officer)
    secret = _publish(officer, lists_on=ON, audience="board")
    with pytest.raises(Forbidden):
        _publish(district_head, lists_on=date(2026, 1, 10))
    seen = publications.publications(actor=district_head, as_of=TODAY)
    assert [row.id for row in seen] == [made.pk] and 0 < seen[0].lines < made.turns.count()
    own = publications.lines(actor=district_head, as_of=TODAY, number=made.pk)
    assert len(own) == seen[0].lines
    with pytest.raises(NotFound):
        publications.publication(actor=district_head, as_of=TODAY, number=secret.pk)
    with pytest.raises(Forbidden):
        publications.publications(actor=staff, as_of=TODAY)


@pytest.mark.django_db
def test_a_list_of_one_unit_names_people_for_its_seats_only(officer: Actor, province: Province) -> None:
    made = _publish(officer, unit_code="T.H1.X1")
    row = publications.publication(actor=officer, as_of=TODAY, number=made.pk)
    lines = publications.lines(actor=officer, as_of=TODAY, number=made.pk)
    assert row.unit == "Xã Bản Lạnh 1" and {line.at for line in lines} == {"Xã Bản Lạnh 1"}


@pytest.fixture
def committed(own_database: str, province: Province, django_db_blocker: Any) -> Iterator[Actor]:
    with django_db_blocker.unblock():
        yield actor_named("bantochuc")


def test_those_named_see_their_own_turn_when_the_list_is_for_them(
    committed: Actor, province: Province
) -> None:
    own = actor_named("canbo")
    person = Person.objects.get(code=own.person_code)
    slot = Slot.objects.as_of(LISTED).filter(seat__title__code="commune.committee_member").first()
    assert slot is not None
    if not Slot.objects.as_of(LISTED).filter(person=person).exists():
        Slot.objects.create(plan=slot.plan, person=person, seat=slot.seat, valid_from=LISTED, source="QĐ 1")
    for_units = _publish(committed)
    asked: dict[str, Any] = {"actor": own, "person_id": person.pk, "code": person.code, "as_of": TODAY}
    assert published(**asked)["rows"] == []
    for_named = _publish(committed, lists_on=ON, audience="named")
    rows = published(**asked)["rows"]
    assert rows and {row["publication"].id for row in rows} == {for_named.pk} and rows[0]["url"] == ""
    other = Person.objects.exclude(pk=person.pk).order_by("id").first()
    assert other is not None
    assert published(**(asked | {"person_id": other.pk, "code": other.code}))["rows"] == []
    seen = published(**(asked | {"actor": committed}))["rows"]
    assert {row["publication"].id for row in seen} == {for_named.pk, for_units.pk} and all(
        row["url"] for row in seen
    )
    services.correct_publication(
        actor=committed, publication_id=for_named.pk, on=TODAY, because="Nhầm danh sách"
    )
    assert published(**asked)["rows"] == []


@pytest.mark.django_db
def test_a_correcting_act_keeps_the_list_and_says_who_and_why(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    made = _publish(officer)
    asked: dict[str, Any] = {"actor": officer, "publication_id": made.pk, "on": ON + timedelta(days=1)}
    with pytest.raises(Refused, match="lý do"):
        services.correct_publication(**asked, because=" ")
    with pytest.raises(Refused, match="từ ngày công bố"):
        services.correct_publication(**(asked | {"on": LISTED}), because="Nhầm phụ lục")
    with pytest.raises(Forbidden):
        services.correct_publication(**(asked | {"actor": district_head}), because="Nhầm phụ lục")
    services.correct_publication(**asked, because="Nhầm phụ lục")
    with pytest.raises(Refused, match="đã được đính chính"):
        services.correct_publication(**asked, because="Lần nữa")
    now = publications.publication(actor=officer, as_of=TODAY, number=made.pk)
    then = publications.publication(actor=officer, as_of=ON, number=made.pk)
    assert (now.stands, now.withdrawn_by, now.because) == (False, officer.name, "Nhầm phụ lục")
    assert then.stands and publications.lines(actor=officer, as_of=TODAY, number=made.pk)
    again = _publish(officer)  # the right list may be published now
    assert [row.id for row in publications.publications(actor=officer, as_of=TODAY)] == [again.pk, made.pk]


@pytest.mark.django_db
def test_nothing_published_is_deleted_or_rewritten(officer: Actor, province: Province) -> None:
    made = _publish(officer)
    for act in (lambda: made.turns.all().delete(), lambda: made.delete(), lambda: made.turns.update(place=1)):
        with pytest.raises((IntegrityError, InternalError, ProgrammingError)), transaction.atomic():
            act()
    assert made.turns.count() > 10


@pytest.mark.django_db
def test_the_printed_list_carries_document_days_and_everybody(officer: Actor, province: Province) -> None:
    made = _publish(officer)
    row = publications.publication(actor=officer, as_of=TODAY, number=made.pk)
    report = publication_report(row, publications.lines(actor=officer, as_of=TODAY, number=made.pk))
    assert "QĐ 12-QĐ/TU" in report.opening[0] and "20/01/2026" in report.opening[0]
    assert report.answer is not None and len(report.answer["people"]) == row.lines
    for ending, magic in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert WRITERS[ending](report, "").startswith(magic)
    services.correct_publication(actor=officer, publication_id=made.pk, on=ON, because="Nhầm")
    gone = publications.publication(actor=officer, as_of=TODAY, number=made.pk)
    assert "ĐÃ ĐÍNH CHÍNH" in publication_report(gone, []).opening[0]
