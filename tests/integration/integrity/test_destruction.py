"""Lawful destruction: a decision and two people, nothing left anywhere, and `verify` content with the tombstone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from cryptography.exceptions import InvalidTag
from django.db import InternalError, ProgrammingError, connection, transaction
from tests.factories import papers
from tests.factories.province import Province, actor_named

from hientai.apps.cadres import models as cadres
from hientai.apps.cadres import services as cadre_services
from hientai.apps.dossiers import services as dossiers
from hientai.apps.dossiers.types import PaperDraft
from hientai.apps.integrity import selectors, services
from hientai.foundation import encryption, snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused
from hientai.foundation.models import AuditEvent, Tombstone
from hientai.site import integrity

pytestmark = pytest.mark.usefixtures("own_database")
NUMBER = "011098765432"
DECISION = {
    "decision": "QĐ 12-QĐ/BTCTU",
    "decided_on": date(2026, 3, 1),
    "ground": "Hết thời hạn bảo quản 70 năm",
}


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str, settings: Any, tmp_path: Path) -> Iterator[None]:
    with django_db_blocker.unblock():
        settings.HOME = tmp_path
        yield


@pytest.fixture
def officer(province: Province) -> Actor:
    return actor_named("bantochuc")


@pytest.fixture
def second(officer: Actor) -> Actor:
    return replace(officer, user_id=900_002, name="Người thứ hai")


@pytest.fixture
def person(province: Province, officer: Actor) -> int:
    """Somebody who left, with a planted number, a photo, a paper of their own, a proposal and a relative."""
    who = province.people[3]
    post = cadres.Position.objects.known_on().get(person_id=who)
    cadre_services.end_record(
        actor=officer, slug="chuc-vu", row_id=post.pk, on=date(2025, 1, 1), source="nghỉ hưu"
    )
    row = cadres.IdentityNumber.objects.known_on().get(person_id=who)
    cadre_services.correct_record(
        actor=officer,
        slug="so-dinh-danh",
        row_id=row.pk,
        values={"number": NUMBER},
        since=row.valid_from,
        until=None,
        because="gõ nhầm",
    )
    code = cadres.Person.objects.get(pk=province.people[4]).code
    cadre_services.add_record(
        actor=officer,
        person_id=who,
        slug="than-nhan",
        values={"relative": code, "relation": "sibling"},
        since=date(2020, 1, 1),
        source="thử",
    )
    cadre_services.keep_photo(
        actor=officer, person_id=who, content=papers.picture("JPEG"), taken_on=date(2020, 1, 1), source="thử"
    )
    purpose = dossiers.open_purpose(actor=officer, title="Đợt", template="appointment.civil_servant")
    dossiers.add_people(actor=officer, purpose_id=purpose.pk, person_ids=[who, province.people[5]])
    mine, other = (purpose.dossiers.get(person_id=p).pk for p in (who, province.people[5]))
    shared = papers.pdf("chung")
    dossiers.bring_papers(
        actor=officer,
        papers=[
            (mine, PaperDraft("health", date(2026, 1, 1), papers.pdf(NUMBER), "kham.pdf")),
            (mine, PaperDraft("diplomas", date(2026, 1, 1), shared, "bang.pdf")),
            (other, PaperDraft("diplomas", date(2026, 1, 1), shared, "bang.pdf")),
        ],
    )
    seen = selectors.file_to_change(actor=officer, as_of=officer.today, code=_code(who))[1]
    services.propose(actor=officer, person_id=who, seen=seen, typed={"phone": NUMBER}, reason="thử")
    return who


def _code(person: int) -> str:
    return cadres.Person.objects.get(pk=person).code


def _found_in_tables() -> list[str]:
    """Columns of every table that hold the number: plain, in JSON, or sealed with the data key."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        )
        for table, column, kind in cursor.fetchall():
            cursor.execute(f'SELECT "{column}"{"" if kind == "bytea" else "::text"} FROM "{table}"')
            for (value,) in cursor.fetchall():
                if value is not None and NUMBER.encode() in _plain(value):
                    found.append(f"{table}.{column}")
    return sorted(set(found))


def _plain(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode()
    try:
        return encryption.reveal_bytes(bytes(value))
    except (InvalidTag, ValueError):
        return bytes(value)


def _found_on_disk(home: Path) -> list[str]:
    found = []
    for file in sorted(home.rglob("*")):
        if not file.is_file():
            continue
        content = file.read_bytes()
        if file.suffix == ".parquet":
            content = pl.read_parquet(file).write_csv().encode()
        if NUMBER.encode() in content:
            found.append(file.name)
    return found


def _asked(officer: Actor, person: int, **more: Any) -> Tombstone:
    return services.ask_destruction(actor=officer, person_id=person, **{**DECISION, **more})


def test_one_planted_number_is_found_nowhere_afterwards(
    officer: Actor, second: Actor, person: int, province: Province, tmp_path: Path
) -> None:
    code = _code(person)
    integrity.seal(province.maker)
    old = snapshot.current().folder
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "ket-qua.csv").write_text(f"{code},{NUMBER}")
    (exports / "khac.csv").write_text("CB000001")
    assert {"cadres_identitynumber.sealed", "integrity_proposal.changes"} <= set(_found_in_tables())
    assert cadres.IdentityIndex.objects.filter(fingerprint=encryption.fingerprint(NUMBER)).exists()
    vault_before = sum(1 for file in (tmp_path / "papers").rglob("*") if file.is_file())

    stone = _asked(officer, person)
    done = services.destroy_file(actor=second, tombstone_id=stone.pk, code=code.lower())

    assert _found_in_tables() == [] and _found_on_disk(tmp_path) == []
    assert not cadres.IdentityIndex.objects.filter(fingerprint=encryption.fingerprint(NUMBER)).exists()
    assert not old.exists() and [file.name for file in exports.iterdir()] == ["khac.csv"]
    assert sum(1 for file in (tmp_path / "papers").rglob("*") if file.is_file()) == vault_before - 1
    assert (
        done.files == 1
        and done.removed["cadres_biographicalrecord"] >= 1
        and done.removed["cadres_photo"] == 1
    )
    assert not any(
        model.objects.filter(person_id=person).exists()
        for model in (
            cadres.BiographicalRecord,
            cadres.Position,
            cadres.Management,
            cadres.FamilyRelation,
            cadres.YearRating,
        )
    )
    left = cadres.Person.objects.get(pk=person)
    assert (left.code, left.held_by_id, left.tier) == (code, None, "")
    frame = snapshot.current().frame("persons")
    assert person not in frame.get_column("person_id").to_list()


def test_verify_accepts_the_tombstone_and_nothing_else(
    officer: Actor, second: Actor, person: int, province: Province
) -> None:
    integrity.seal(province.maker)
    stone = _asked(officer, person)
    services.destroy_file(actor=second, tombstone_id=stone.pk, code=_code(person))
    assert {check: faults for check, faults in integrity.faults().items() if faults} == {}
    integrity.seal(province.maker)
    assert {check: faults for check, faults in integrity.faults().items() if faults} == {}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cadres_biographicalrecord DISABLE TRIGGER USER")
        cursor.execute(
            "DELETE FROM cadres_biographicalrecord WHERE id = (SELECT max(id) FROM cadres_biographicalrecord)"
        )
        cursor.execute("ALTER TABLE cadres_biographicalrecord ENABLE TRIGGER USER")
    assert len(integrity.faults()["lịch sử"]) == 1


def test_a_tombstone_without_its_event_or_with_records_left_is_a_fault(
    officer: Actor, person: int, province: Province
) -> None:
    stone = _asked(officer, person)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_tombstone DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE foundation_tombstone SET confirmed_at = now(), confirmed_by_id = 7 WHERE id = %s",
            [stone.pk],
        )
        cursor.execute("ALTER TABLE foundation_tombstone ENABLE TRIGGER USER")
    found = integrity.faults()["hồ sơ đã hủy"]
    assert len(found) == 2 and "nhật ký" in found[0] and "vẫn còn bản ghi" in found[1]


def test_the_trail_says_that_it_happened_and_not_what(officer: Actor, second: Actor, person: int) -> None:
    name = cadres.BiographicalRecord.objects.known_on().get(person_id=person).full_name
    stone = _asked(officer, person)
    services.destroy_file(actor=second, tombstone_id=stone.pk, code=_code(person))
    event = AuditEvent.objects.get(action="record.destroy")
    assert event.details == {"tombstone": stone.pk, "person_id": person, "files": 1}
    assert (event.actor, event.user_id) == (second.name, second.user_id)
    said = repr(list(AuditEvent.objects.values_list("action", "details")))
    assert name not in said and NUMBER not in said


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"decision": " "}, "số quyết định"), ({"ground": ""}, "thời hạn bảo quản"),
        ({"decided_on": date(2026, 3, 6)}, "tương lai"),
    ],
)  # fmt: skip
def test_no_decision_no_destruction(officer: Actor, person: int, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        _asked(officer, person, **wrong)
    assert not Tombstone.objects.exists()


def test_the_same_person_cannot_confirm_and_the_database_says_so_too(officer: Actor, person: int) -> None:
    stone = _asked(officer, person)
    with pytest.raises(Refused, match="người thứ hai"):
        services.destroy_file(actor=officer, tombstone_id=stone.pk, code=_code(person))
    from django.db import IntegrityError
    from django.utils import timezone

    with pytest.raises(IntegrityError, match="destroyed_by_two_people"):
        Tombstone.objects.filter(pk=stone.pk).update(
            confirmed_at=timezone.now(), confirmed_by_id=officer.user_id
        )


def test_somebody_who_serves_is_not_destroyed(
    officer: Actor, second: Actor, person: int, province: Province
) -> None:
    with pytest.raises(Refused, match="còn giữ chức vụ"):
        _asked(officer, province.people[8])
    stone = _asked(officer, person)
    seat = cadres.Position.objects.filter(person_id=person).values_list("seat_id", flat=True)[0]
    from hientai.apps.cadres.drafts import PositionDraft

    cadre_services.take_up_position(
        actor=officer, person_id=person, position=PositionDraft(seat, date(2026, 1, 1)), source="trở lại"
    )
    with pytest.raises(Refused, match="còn giữ chức vụ"):
        services.destroy_file(actor=second, tombstone_id=stone.pk, code=_code(person))


def test_a_wrong_code_a_second_request_and_a_refusal(officer: Actor, second: Actor, person: int) -> None:
    stone = _asked(officer, person)
    with pytest.raises(Refused, match="không đúng"):
        services.destroy_file(actor=second, tombstone_id=stone.pk, code="CB000001")
    with pytest.raises(Refused, match="đang chờ"):
        _asked(second, person)
    with pytest.raises(Refused, match="lý do"):
        services.refuse_destruction(actor=second, tombstone_id=stone.pk, because="")
    services.refuse_destruction(actor=second, tombstone_id=stone.pk, because="Chưa hết hạn")
    with pytest.raises(Refused, match="đã được quyết định"):
        services.destroy_file(actor=second, tombstone_id=stone.pk, code=_code(person))
    assert _asked(second, person).pk != stone.pk


def test_only_who_may_and_only_within_reach(officer: Actor, person: int, province: Province) -> None:
    head = actor_named("huyen1")
    with pytest.raises(Forbidden):
        _asked(head, person)
    elsewhere = replace(
        officer,
        user_id=900_009,
        grants=(replace(officer.grants[0], unit_id=province.units["T.H2"]),),
    )
    outside = next(
        p for p in province.people if cadres.Person.objects.get(pk=p).held_by_id == province.units["T.H1.X1"]
    )
    with pytest.raises(NotFound):
        _asked(elsewhere, outside)


def test_the_database_destroys_nothing_without_a_confirmed_decision(person: int, province: Province) -> None:
    row = cadres.BiographicalRecord.objects.filter(person_id=person).values_list("pk", flat=True)[0]
    for tombstone, table in ((0, "cadres_biographicalrecord"), (0, "foundation_auditevent")):
        with (
            pytest.raises((ProgrammingError, InternalError), match="no destruction"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT foundation_expunge(%s, %s, %s)", [tombstone, table, [row]])


def test_the_database_destroys_nobody_elses_rows(officer: Actor, person: int, province: Province) -> None:
    from django.contrib.postgres.functions import TransactionNow

    stone = _asked(officer, person)
    other = cadres.BiographicalRecord.objects.filter(person_id=province.people[9]).values_list(
        "pk", flat=True
    )[0]
    with (
        pytest.raises((ProgrammingError, InternalError), match="somebody else"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        Tombstone.objects.filter(pk=stone.pk).update(
            people=[person], confirmed_at=TransactionNow(), confirmed_by_id=7
        )
        cursor.execute(
            "SELECT foundation_expunge(%s, %s, %s)", [stone.pk, "cadres_biographicalrecord", [other]]
        )
