"""What a generation takes over from the one before, and the facts kept beside it: real commits, so an own database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.factories.province import TODAY, Province

from hientai.apps.cadres import models, services
from hientai.apps.cadres.drafts import ManagementDraft, PersonDraft, QualificationDraft
from hientai.apps.cadres.types import Born
from hientai.apps.organization import services as organization
from hientai.engines.facts import kept
from hientai.engines.facts.compute import compute
from hientai.foundation import snapshot
from hientai.foundation.actor import system
from hientai.foundation.snapshot import everybody, since

pytestmark = pytest.mark.usefixtures("own_database")
DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str) -> Any:
    with django_db_blocker.unblock():
        yield


def correct_a_birth(province: Province) -> set[int]:
    person = province.people[4]
    services.correct_biography(actor=province.maker, person_id=person, because="ghi sai", born_year=1971)
    return {person}


def end_a_post(province: Province) -> set[int]:
    post = models.Position.objects.as_of(TODAY).filter(person_id=province.people[7]).get()
    services.end_position(actor=province.maker, position_id=post.pk, on=TODAY, source="Quyết định thử")
    return {province.people[7]}


def add_a_certificate(province: Province) -> set[int]:
    person = province.people[2]
    services.add_qualification(
        actor=province.maker, person_id=person, source="Bằng",
        qualification=QualificationDraft("political_theory", "advanced", date(2024, 5, 5)),
    )  # fmt: skip
    return {person}


@pytest.mark.parametrize("act", [correct_a_birth, end_a_post, add_a_certificate])
def test_only_the_rows_of_the_people_concerned_are_read_again(
    province: Province, act: Callable[[Province], set[int]]
) -> None:
    first = snapshot.current()
    concerned = act(province)
    second = snapshot.current()

    assert second.number == first.number + 1
    assert set(second.people or ()) == concerned
    assert snapshot.drifted(second) == []
    assert second.tables["units"].samefile(first.tables["units"])
    assert any(not file.samefile(first.tables[name]) for name, file in second.tables.items())


def test_a_new_person_and_a_new_unit_are_copied_whole(province: Province) -> None:
    first = snapshot.current()
    unit = province.units["T.H1.X1"]
    draft = PersonDraft("Lò Văn Mới", "male", Born(1990), (ManagementDraft(unit, "commune", TODAY),))
    (person,) = services.enter_people(actor=province.maker, drafts=[draft], source="Thử")
    second = snapshot.current()
    assert second.people is None and person in second.frame("persons")["person_id"]
    assert snapshot.drifted(second) == []

    organization.open_seats(
        actor=system(TODAY), wanted=[(unit, province.titles["district.secretary"])], valid_from=TODAY
    )
    third = snapshot.current()
    assert third.people is None and snapshot.drifted(third) == []
    assert third.tables["ratings"].samefile(first.tables["ratings"])


def test_too_many_people_are_copied_whole(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since, "MOST_PEOPLE", 0)
    snapshot.current()
    correct_a_birth(province)
    second = snapshot.current()
    assert second.people is None and snapshot.drifted(second) == []


def test_facts_of_the_people_concerned_are_reckoned_anew_and_the_others_kept(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everybody.facts_as_of(DAY)
    for act in (correct_a_birth, end_a_post):
        concerned = act(province)
        asked: list[Any] = []

        def counted(*given: Any, asked: list[Any] = asked) -> Any:
            asked.append(set(given[3]))
            return compute(*given)

        monkeypatch.setattr(kept, "compute", counted)
        after = everybody.facts_as_of(DAY)
        monkeypatch.setattr(kept, "compute", compute)
        assert asked == [concerned]
        assert after.frame.equals(
            compute(everybody.catalogue(), snapshot.current().tables, DAY).frame, null_equal=True
        )
        assert not after.frame.equals(before.frame, null_equal=True)
        before = after


def test_who_asks_at_once_waits_for_one_reckoning(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation, reckoned, found = snapshot.current(), [], []
    monkeypatch.setattr(everybody, "current", lambda: generation)
    monkeypatch.setattr(everybody, "keep", lambda *given: reckoned.append(given) or kept.keep(*given))
    threads = [
        threading.Thread(target=lambda: found.append(everybody.facts_as_of(date(2021, 1, 1))))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reckoned) == 1
    assert len(found) == 5 and all(len(one) == len(found[0]) > 0 for one in found)


def test_many_people_are_reckoned_by_a_process_of_its_own_with_the_same_answers(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everybody, "RECKONED_IN_PLACE", 0)
    monkeypatch.setattr(everybody, "keep", lambda *_given: pytest.fail("reckoned in this process"))
    found = everybody.facts_as_of(date(2022, 2, 2))
    wanted = compute(everybody.catalogue(), snapshot.current().tables, date(2022, 2, 2))
    assert found.frame.equals(wanted.frame, null_equal=True)


def test_only_some_days_are_kept(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everybody, "FILES_KEPT", 2)
    for year in range(2015, 2020):
        everybody.facts_as_of(date(year, 1, 1))
    assert len(list((snapshot.current().folder / "facts").glob("*-facts-*.arrow"))) == 2
    assert len(everybody.facts_as_of(date(2015, 1, 1))) == len(everybody.facts_as_of(date(2019, 1, 1)))
