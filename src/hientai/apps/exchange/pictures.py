"""Portraits that lie on the rows of a list: checked while it is judged, told row by row, read again by the commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.exchange.reading import LIMITS
from hientai.apps.exchange.types import WRITTEN, FieldChange, JudgedRow, Judgement, RowStatus
from hientai.engines.errors import HienTaiError
from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import Reason
from hientai.engines.worksheet.pictures import MOST_PICTURES, Pictures, pictures_of
from hientai.foundation.actor import Actor

_TAKEN = (*WRITTEN, RowStatus.UNCHANGED)


def with_pictures(judgement: Judgement, content: bytes, *, actor: Actor) -> Judgement:
    """The judgement with the portrait of each row that has one; a file without pictures costs a look at its parts."""
    found = pictures_of(content, LIMITS)
    if not (found.placed or found.in_cells or found.too_many):
        return judgement
    rows = tuple(_with_portrait(row, found, judgement, actor) for row in judgement.rows)
    notes = (*judgement.notes, *_notes(found, judgement))
    return replace(judgement, rows=rows, notes=notes, pictures=found)


def _with_portrait(judged: JudgedRow, found: Pictures, judgement: Judgement, actor: Actor) -> JudgedRow:
    parts = found.placed.get((judged.row.sheet, judged.row.row), ())
    if not parts or judged.status not in _TAKEN:
        return judged
    if len(set(parts)) > 1:
        said = say(
            "Dòng này có {count} ảnh nên không biết ảnh nào là chân dung; không lấy ảnh nào.",
            count=len(set(parts)),
        )
        return _told(judged, "two_photos", said)
    try:
        state = cadres.portrait_state(
            actor=actor, as_of=judgement.day, person_id=judged.person_id, content=found.read(parts[0])
        )
    except HienTaiError as error:
        code = "photo_too_large" if error.code == "zip_bomb" else error.code
        return _told(judged, code, say("Không lấy ảnh của dòng này: {why}", why=error.message))
    if state == "same":
        return judged
    if state == "taken":
        said = say("Hồ sơ đã có một ảnh khác từ chính ngày của danh sách; ảnh trong tệp không được lấy.")
        return _told(judged, "photo_taken", said)
    status = RowStatus.UPDATED if judged.status == RowStatus.UNCHANGED else judged.status
    change = FieldChange("photo", _("Ảnh"), "", _("ảnh trong tệp"), judgement.day)
    changes = judged.changes if judged.status == RowStatus.CREATED else (*judged.changes, change)
    return replace(judged, status=status, changes=changes, photo=parts[0])


def _told(judged: JudgedRow, code: str, said: Sentence) -> JudgedRow:
    return replace(judged, reasons=(*judged.reasons, Reason("photo", "", code, said)))


def _notes(found: Pictures, judgement: Judgement) -> Iterator[Sentence]:
    people = {(r.row.sheet, r.row.row) for r in judgement.rows if r.status != RowStatus.IGNORED}
    stray = sum(len(parts) for place, parts in found.placed.items() if place not in people)
    if stray:
        yield say("{count} ảnh không nằm ở dòng của người nào (dấu, biểu trưng...): không lấy.", count=stray)
    if found.too_many:
        yield say("Tệp có hơn {most} ảnh: không lấy ảnh nào. Hãy tách thành nhiều tệp.", most=MOST_PICTURES)
    if found.in_cells:
        yield say(
            "Tệp có ảnh chèn hẳn vào trong ô: chưa lấy được. Trong Excel hãy chọn ảnh, chuột phải, "
            "“Đặt trên ô” (Place over Cells), lưu rồi đưa lại."
        )
