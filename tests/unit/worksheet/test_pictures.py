"""Which row a picture of a workbook lies on; nothing is read of a workbook without pictures."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from PIL import Image

from hientai.engines.errors import BadInput
from hientai.engines.worksheet import Limits, pictures
from hientai.engines.worksheet.pictures import NO_PICTURES, pictures_of

LIMITS = Limits()


def face(size: tuple[int, int] = (300, 400), tint: int = 0) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, (200, tint, 90)).save(out, "PNG")
    out.seek(0)
    return out


def book(*placed: tuple[int, dict[str, Any]], heights: dict[int, float] | None = None) -> bytes:
    """A list with pictures at (row from 0, options of XlsxWriter) in its second column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as written:
        sheet = written.add_worksheet("DS & Ảnh")
        for row in range(8):
            sheet.write(row, 0, f"dòng {row + 1}")
        for row, height in (heights or {}).items():
            sheet.set_row(row, height)
        for number, (row, options) in enumerate(placed):
            sheet.insert_image(row, 1, "a.png", {"image_data": face(tint=number), **options})
    return out.getvalue()


def rows_of(content: bytes) -> list[int]:
    return sorted(row for _sheet, row in pictures_of(content, LIMITS).placed)


def without(content: bytes, part: str, instead: bytes) -> bytes:
    """The workbook with one part otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, instead if entry.filename == part else old.read(entry.filename))
    return out.getvalue()


def test_a_picture_in_a_tall_row_belongs_to_it() -> None:
    small = {"x_scale": 0.2, "y_scale": 0.2}
    content = book((3, small), (5, small), heights={3: 90, 5: 90})
    found = pictures_of(content, LIMITS)
    assert set(found.placed) == {("DS & Ảnh", 4), ("DS & Ảnh", 6)}
    (part,) = found.placed["DS & Ảnh", 4]
    assert Image.open(io.BytesIO(found.read(part))).size == (300, 400)


@pytest.mark.parametrize("positioning", [1, 2, 3])  # moves and sizes with its cells; moves; stands still
def test_a_picture_over_the_edge_of_its_row_belongs_where_its_middle_is(positioning: int) -> None:
    over = {"x_scale": 0.2, "y_scale": 0.2, "object_position": positioning}
    heights = dict.fromkeys(range(2, 6), 90.0)
    assert rows_of(book((3, {**over, "y_offset": 100}), heights=heights)) == [5]
    assert rows_of(book((3, {**over, "y_offset": 20}), heights=heights)) == [4]


def test_rows_without_a_height_of_their_own_count_with_the_usual_one() -> None:
    assert rows_of(book((5, {"x_scale": 0.03, "y_scale": 0.03}))) == [6]


def test_two_pictures_of_a_row_are_both_told() -> None:
    small = {"x_scale": 0.1, "y_scale": 0.1}
    found = pictures_of(book((2, small), (2, {**small, "x_offset": 60}), heights={2: 60}), LIMITS)
    assert len(found.placed["DS & Ảnh", 3]) == 2


def test_a_workbook_without_pictures_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    content = book()
    monkeypatch.setattr(pictures, "sheet_parts", lambda _container: pytest.fail("looked through"))
    assert pictures_of(content, LIMITS) is NO_PICTURES
    assert pictures_of(b"STT\tH\xe1\xbb\x8d t\xc3\xaan", LIMITS) is NO_PICTURES


@pytest.mark.parametrize(
    "drawing",
    [b"<broken", b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>', b"<x/>"],
    ids=["broken", "entity", "empty"],
)
def test_a_damaged_drawing_places_nothing_and_harms_nothing(drawing: bytes) -> None:
    content = without(book((3, {"y_scale": 0.1})), "xl/drawings/drawing1.xml", drawing)
    assert not pictures_of(content, LIMITS).placed


@pytest.mark.parametrize("row", [b"-5", b"999999999", b"x"])
def test_a_row_that_cannot_be_is_no_row(row: bytes) -> None:
    content = book((3, {"y_scale": 0.1}))
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        drawing = opened.read("xl/drawings/drawing1.xml")
    changed = without(
        content, "xl/drawings/drawing1.xml", drawing.replace(b"<xdr:row>3<", b"<xdr:row>" + row + b"<")
    )
    assert all(0 < place < 200_001 for place in rows_of(changed))


def test_more_pictures_than_a_list_has_people_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PICTURES", 2)
    small = {"y_scale": 0.05}
    found = pictures_of(book((1, small), (3, small), (5, small)), LIMITS)
    assert found.too_many and not found.placed


def test_a_picture_too_large_to_be_a_portrait_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = pictures_of(book((3, {"y_scale": 0.1})), LIMITS)
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    with pytest.raises(BadInput):
        found.read(next(iter(found.placed.values()))[0])


def test_pictures_that_are_cell_values_are_counted() -> None:
    out = io.BytesIO(book((3, {"y_scale": 0.1})))
    with zipfile.ZipFile(out, "a") as opened:
        opened.writestr("xl/richData/richValueRel.xml", "<x/>")
    assert pictures_of(out.getvalue(), LIMITS).in_cells == 1
