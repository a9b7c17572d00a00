"""Portraits on the rows of a workbook: previewed, kept with their people, taken back; what is amiss is told."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from PIL import Image
from tests.factories.province import Province, actor_named
from tests.integration.exchange.test_commit import owner
from tests.integration.exchange.workbooks import HEADINGS, LINES

from hientai.apps.cadres.models import Photo
from hientai.apps.exchange import services
from hientai.apps.exchange.models import ImportBatch
from hientai.foundation import encryption
from hientai.foundation.actor import Actor

pytestmark = pytest.mark.usefixtures("own_database")
DAY = date(2024, 9, 30)
NUMBERS = ("011180000011", "011083000022", "011090000033")


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str) -> Any:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def board(_open: None, province: Province) -> Actor:
    return actor_named("bantochuc")


def face(tint: int = 0, size: tuple[int, int] = (300, 400)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, tint, 90)).save(out, "JPEG")
    return out.getvalue()


def with_faces(*faces: tuple[int, bytes], as_of: str = "30/9/2024") -> bytes:
    """The three people of `workbooks.LINES` with pictures at rows as Excel numbers them; people are rows 4 to 6."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("DS")
        sheet.write(0, 0, "DANH SÁCH CÁN BỘ")
        sheet.write(1, 0, f"(Tính đến ngày {as_of})")
        for row, line in enumerate((HEADINGS, *LINES), start=2):
            for column, value in enumerate(line):
                sheet.write(row, column, value)
            sheet.set_row(row, 60)
        for number, (row, content) in enumerate(faces):
            options = {
                "image_data": io.BytesIO(content),
                "x_scale": 0.1,
                "y_scale": 0.1,
                "x_offset": number * 40,
            }
            sheet.insert_image(row - 1, 9, "anh.jpg", options)
    return out.getvalue()


def judged(actor: Actor, content: bytes, province: Province) -> ImportBatch:
    batch = services.begin(actor=actor, name="ds.xlsx", content=content, unit_id=province.units["T.H1.X1"])
    services.judge_batch(actor=actor, batch_id=batch.id)
    batch.refresh_from_db()
    return batch


def committed(actor: Actor, batch: ImportBatch) -> ImportBatch:
    return services.commit_batch(actor=actor, batch_id=batch.id, version=batch.version, allow_partial=False)


def imported(actor: Actor, content: bytes, province: Province) -> ImportBatch:
    return committed(actor, judged(actor, content, province))


def told(batch: ImportBatch, row: int) -> set[str]:
    return {
        reason["code"] for reason in batch.rows.get(row=row).shown["reasons"] if reason["field"] == "photo"
    }


def photos(number: str) -> list[Photo]:
    return list(Photo.objects.known_on().filter(person=owner(number)).order_by("valid_from"))


def test_a_portrait_is_previewed_and_kept_with_the_new_person_of_its_row(
    board: Actor, province: Province
) -> None:
    batch = judged(board, with_faces((4, face(1)), (6, face(3))), province)
    assert [batch.rows.get(row=row).shown["photo"] for row in (4, 5, 6)] == [True, False, True]
    committed(board, batch)
    kept, nobody, third = (photos(number) for number in NUMBERS)
    assert len(kept) == len(third) == 1 and nobody == []
    assert kept[0].valid_from == DAY and kept[0].source.startswith("ds.xlsx")
    shown = Image.open(io.BytesIO(encryption.reveal_bytes(kept[0].sealed)))
    assert shown.size == (300, 400) and shown.getpixel((9, 9))[1] < 10


def test_the_same_file_again_changes_nothing_and_another_portrait_changes_its_person_only(
    board: Actor, province: Province
) -> None:
    imported(board, with_faces((4, face(1))), province)
    again = judged(board, with_faces((4, face(1))), province)
    assert again.counts["unchanged"] == 3 and again.counts["updated"] == 0
    later = judged(board, with_faces((4, face(200)), as_of="31/12/2024"), province)
    assert later.counts["updated"] == 1 and later.rows.get(row=4).shown["changes"][-1]["label"] == "Ảnh"
    committed(board, later)
    assert [row.valid_to for row in photos(NUMBERS[0])] == [date(2024, 12, 31), None]


def test_undo_takes_portraits_back_too(board: Actor, province: Province) -> None:
    imported(board, with_faces((4, face(1))), province)
    later = imported(board, with_faces((4, face(200)), (5, face(9)), as_of="31/12/2024"), province)
    services.undo_batch(actor=board, batch_id=later.id, because="Nhầm ảnh")
    assert [(row.valid_from, row.valid_to) for row in photos(NUMBERS[0])] == [(DAY, None)]
    assert photos(NUMBERS[1]) == []


def test_undo_of_new_people_leaves_no_portrait(board: Actor, province: Province) -> None:
    batch = imported(board, with_faces((4, face(1))), province)
    person = owner(NUMBERS[0])
    services.undo_batch(actor=board, batch_id=batch.id, because="Nhầm danh sách")
    assert not Photo.objects.known_on().filter(person=person).exists()


def test_two_pictures_of_a_row_a_tiny_one_and_a_broken_one_are_told_and_the_people_are_written(
    board: Actor, province: Province
) -> None:
    broken = face(5)[:300]
    batch = judged(
        board,
        with_faces((4, face(1)), (4, face(100)), (5, face(3, (60, 60))), (6, broken + b"\0" * 50)),
        province,
    )
    assert told(batch, 4) == {"two_photos"}
    assert told(batch, 5) == {"photo_too_small"}
    assert told(batch, 6) == {"no_photo"}
    assert batch.counts["created"] == 3
    committed(board, batch)
    assert [photos(number) for number in NUMBERS] == [[], [], []]


def test_a_seal_above_the_list_is_nobodys_portrait(board: Actor, province: Province) -> None:
    batch = judged(board, with_faces((1, face(1)), (4, face(2))), province)
    assert any("1 ảnh không nằm ở dòng" in note for note in batch.notes)
    assert batch.rows.get(row=4).shown["photo"]


def test_another_picture_from_the_very_day_of_a_kept_one_is_told(board: Actor, province: Province) -> None:
    imported(board, with_faces((4, face(1))), province)
    again = judged(board, with_faces((4, face(150))), province)
    assert told(again, 4) == {"photo_taken"} and again.counts["updated"] == 0
