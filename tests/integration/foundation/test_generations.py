"""What a generation takes over from the one before, and the facts kept beside it: real commits, so an own database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from tests.factories.province import TODAY, Province

from hientai.apps.cadres import models, services
from hientai.apps.cadres.drafts import ManagementDraft, PersonDraft, QualificationDraft
from hientai.apps.cadres.types import Born
from hientai.apps.organization import services as organization
from hientai.engines.facts import kept
from hientai.engines.facts.compute import compute
from hientai.foundation import audit, snapshot
from hientai.foundation.actor import system
from hientai.foundation.models import Writing
from hientai.foundation.snapshot import everybody, noting, reading, since, taking, writing
from hientai.foundation.snapshot.generation import parts_of

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


def _tables_looked_through(asked: list[str]) -> list[str]:
    return [statement.rpartition(" FROM ")[2].split()[0] for statement in asked if "age(xmin)" in statement]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement by which copies are made in rows."""
    heard: list[str] = []
    ask = reading.InRows.ask
    monkeypatch.setattr(reading.InRows, "ask", lambda self, sql: heard.append(sql) or ask(self, sql))
    return heard


def test_after_an_act_only_the_table_it_wrote_is_looked_through(province: Province, asked: list[str]) -> None:
    snapshot.current()
    correct_a_birth(province)
    snapshot.current()
    assert _tables_looked_through(asked) == ["cadres_biographicalrecord"]
    read = [statement for statement in asked if "AS everybody" in statement]
    assert len(read) == 2  # persons and file_states rest on it
    assert len(asked) == 6


def test_a_table_that_notes_nothing_is_looked_through_always(province: Province, asked: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {noting.TRIGGER} ON cadres_position")
    snapshot.current()
    ended = end_a_post(province)
    second = snapshot.current()
    assert second.people == tuple(ended) and snapshot.drifted(second) == []
    correct_a_birth(province)
    third = snapshot.current()
    assert _tables_looked_through(asked)[-2:] == ["cadres_biographicalrecord", "cadres_position"]
    assert snapshot.drifted(third) == []


def test_an_act_that_writes_nothing_copied_leaves_the_copy_as_it_is(province: Province) -> None:
    first = snapshot.current()
    audit.record(actor=province.maker, action="accounts.sign_in", details={})
    assert snapshot.current() == first


def test_notes_are_removed_when_there_are_many_and_copies_elsewhere_look_through_everything(
    province: Province, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    elsewhere = snapshot.current()
    monkeypatch.setattr(noting, "MOST_NOTES", 0)
    correct_a_birth(province)
    end_a_post(province)
    here = snapshot.current()
    assert Writing.objects.exclude(relation=noting.EVERYTHING).count() == 0
    tables = set(elsewhere.rows)
    ask = taking._ask
    assert noting.noted_since(ask, here.database, tables) == set()
    assert noting.noted_since(ask, elsewhere.database, tables) == tables


def test_much_is_copied_by_a_process_of_its_own(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    first = snapshot.current()
    monkeypatch.setattr(taking, "COPIED_IN_PLACE", -1)
    monkeypatch.setattr(taking, "in_columns", lambda: pytest.fail("read in columns here"))
    draft = PersonDraft(
        "Lò Văn Mới", "male", Born(1990), (ManagementDraft(province.units["T.H1.X1"], "commune", TODAY),)
    )
    services.enter_people(actor=province.maker, drafts=[draft], source="Thử")
    second = snapshot.current()
    monkeypatch.undo()
    assert second.height("persons") == first.height("persons") + 1 and snapshot.drifted(second) == []


def test_where_no_process_can_be_had_much_is_copied_here(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "COPIED_IN_PLACE", -1)
    monkeypatch.setattr(taking, "apart", lambda *_given: False)
    assert snapshot.drifted(snapshot.current()) == []


def test_of_many_rows_only_the_files_of_the_people_concerned_are_written(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "FEWEST_IN_A_PART", 4)
    first = snapshot.current()
    assert first.tables["persons"].is_dir() and snapshot.drifted(first) == []
    facts = everybody.facts_as_of(DAY).frame
    (person,) = correct_a_birth(province)
    second = snapshot.current()
    assert snapshot.drifted(second) == []
    anew = [
        part.name
        for part in parts_of(second.tables["persons"])
        if not part.samefile(first.tables["persons"] / part.name)
    ]
    assert len(anew) == 1 < len(parts_of(first.tables["persons"]))
    assert second.tables_about([person])["persons"].name == anew[0]
    everyone = compute(everybody.catalogue(), second.tables, DAY).frame
    assert everybody.facts_as_of(DAY).frame.equals(everyone, null_equal=True)
    assert not everyone.equals(facts, null_equal=True)
    known = everybody.facts_of_person(person, DAY).values
    assert known == compute(everybody.catalogue(), second.tables, DAY).of_person(person)


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


def test_of_facts_only_those_are_asked_again_that_read_what_was_written(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody.facts_as_of(DAY)
    correct_a_birth(province)
    second = snapshot.current()
    assert second.written() == {"persons", "file_states"}
    asked: list[str] = []
    monkeypatch.setattr(
        kept, "compute", lambda facts, *rest: asked.extend(facts.codes) or compute(facts, *rest)
    )
    after = everybody.facts_as_of(DAY)
    assert "age_years" in asked and not {"rating_last", "professional_rank", "months_in_position"} & set(
        asked
    )
    assert after.frame.equals(compute(everybody.catalogue(), second.tables, DAY).frame, null_equal=True)


def test_facts_of_earlier_copies_are_let_go_when_newer_ones_are_opened(province: Province) -> None:
    everybody.facts_as_of(DAY)
    correct_a_birth(province)
    everybody.facts_as_of(DAY)
    assert {folder for folder, _ in everybody._kept} == {snapshot.current().folder}


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
    assert len(list((snapshot.current().folder / "facts").glob("[!.]*-facts-*"))) == 2
    assert len(everybody.facts_as_of(date(2015, 1, 1))) == len(everybody.facts_as_of(date(2019, 1, 1)))
