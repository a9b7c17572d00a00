"""Taking a committed list back: the records read as before, nothing is lost, and never under somebody's feet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories.province import Province, actor_named
from tests.integration.exchange.test_commit import held, owner
from tests.integration.exchange.workbooks import LINES, changed, workbook

from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.models import BiographicalRecord, IdentityIndex, Person, Position
from hientai.apps.exchange import services
from hientai.apps.exchange.models import ImportBatch
from hientai.foundation import encryption
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict

pytestmark = pytest.mark.usefixtures("own_database")
BECAUSE = "Nhầm danh sách"
LATER = date(2025, 1, 15)


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str) -> Any:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def board(_open: None, province: Province) -> Actor:
    return actor_named("bantochuc")


def imported(actor: Actor, content: bytes, province: Province) -> ImportBatch:
    batch = services.begin(actor=actor, name="ds.xlsx", content=content, unit_id=province.units["T.H1.X1"])
    services.judge_batch(actor=actor, batch_id=batch.id)
    batch.refresh_from_db()
    return services.commit_batch(actor=actor, batch_id=batch.id, version=batch.version, allow_partial=False)


def undo(actor: Actor, batch: ImportBatch) -> None:
    services.undo_batch(actor=actor, batch_id=batch.id, because=BECAUSE)


def test_new_people_are_no_longer_on_file_and_stay_readable_in_the_history(
    board: Actor, province: Province
) -> None:
    batch = imported(board, workbook(), province)
    person = owner("011180000011")
    undo(board, batch)
    assert not BiographicalRecord.objects.known_on().filter(person=person).exists()
    assert BiographicalRecord.objects.known_on(batch.committed_at).filter(person=person).exists()
    assert not IdentityIndex.objects.filter(fingerprint=encryption.fingerprint("011180000011")).exists()
    person.refresh_from_db()
    assert person.held_by_id is None


def test_what_the_list_superseded_holds_again(board: Actor, province: Province) -> None:
    imported(board, workbook(), province)
    lines = changed(changed(LINES, 0, "Chức vụ", "Chủ tịch UBND xã"), 0, "Nơi ở hiện nay", "Tổ 9")
    second = imported(board, workbook(lines, as_of="15/1/2025"), province)
    assert held("011180000011", LATER) == {"Chủ tịch UBND xã": "full_time"}
    undo(board, second)
    assert held("011180000011", LATER) == {"Bí thư Đảng ủy xã": "full_time"}
    assert BiographicalRecord.objects.as_of(LATER).get(person=owner("011180000011")).residence == "Bản Mé"
    again = Position.objects.as_of(LATER).get(person=owner("011180000011"))
    assert again.reason == BECAUSE


def test_an_undone_list_can_be_imported_again(board: Actor, province: Province) -> None:
    undo(board, imported(board, workbook(), province))
    people = Person.objects.count()
    imported(board, workbook(), province)
    assert Person.objects.count() == people + 3 and owner("011180000011")


def test_a_later_list_must_be_taken_back_first(board: Actor, province: Province) -> None:
    first = imported(board, workbook(), province)
    second = imported(
        board, workbook(changed(LINES, 0, "Chức vụ", "Chủ tịch UBND xã"), as_of="15/1/2025"), province
    )
    with pytest.raises(Conflict, match="Không hoàn tác được"):
        undo(board, first)
    undo(board, second)
    with pytest.raises(Conflict):  # taking back is a later change too: the list before stands
        undo(board, first)


def test_a_correction_by_hand_keeps_the_list(board: Actor, province: Province) -> None:
    batch = imported(board, workbook(), province)
    cadres.correct_biography(
        actor=board, person_id=owner("011083000022").id, because="sai tên", full_name="Quàng Văn Inh A"
    )
    with pytest.raises(Conflict, match=owner("011083000022").code):
        undo(board, batch)


def test_a_plan_slot_of_a_new_person_keeps_the_list(board: Actor, province: Province) -> None:
    from hientai.apps.planning import services as planning
    from hientai.apps.planning.types import SlotDraft

    batch = imported(board, workbook(), province)
    person, seat = owner("011180000011"), Position.objects.get(person=owner("011180000011")).seat_id
    slot = SlotDraft(person.id, seat, date(2025, 7, 1), readiness="now")
    planning.plan_people(actor=board, term="2025-2030", drafts=[slot], source="thử")
    with pytest.raises(Conflict):
        undo(board, batch)


def test_an_undo_happens_once(board: Actor, province: Province) -> None:
    batch = imported(board, workbook(), province)
    undo(board, batch)
    with pytest.raises(Conflict, match="Đã hoàn tác"):
        undo(board, batch)
