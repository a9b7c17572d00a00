"""Lists of layouts nobody wrote down: drawn by a seed, read back row by row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.unit.worksheet.layouts import draw
from tests.unit.worksheet.untidy import Book, people, put, read, spoken, summary, vietnamese


@pytest.mark.parametrize("seed", range(60))
def test_a_drawn_list_is_read_row_by_row_as_it_is(seed):
    content, name, truth = draw(seed)
    assert summary(read(content, name=name)) == truth.rows


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(1, 11))
def test_a_thousand_drawn_lists_are_read_as_they_are(hundred):
    wrong = []
    for seed in range(hundred * 100, hundred * 100 + 100):
        content, name, truth = draw(seed)
        if summary(read(content, name=name)) != truth.rows:
            wrong.append(seed)
    assert wrong == []


def _listed(headings, row_of, count=8, seed=5):
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, headings)
    for i, one in enumerate(people(count, seed=seed)):
        put(sheet, 2 + i, row_of(i, one))
        book.truth.person("DS", 2 + i, one)
    return book


def test_a_column_of_names_under_an_unknown_heading_is_told_by_the_names():
    book = _listed(
        ["STT", "Nhân sự", "Ngày sinh", "Giới tính", "Số CCCD"],
        lambda i, one: [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), one.identity],
    )
    assert summary(read(book.content())) == book.truth.rows


def test_the_birth_under_an_unknown_heading_is_told_by_the_years_in_the_numbers():
    book = _listed(
        ["STT", "Họ và tên", "Mốc 1", "Mốc 2", "Giới tính", "Số CCCD"],
        lambda i, one: [
            i + 1,
            one.name,
            spoken(one.joined, 0),
            spoken(one.born, 0),
            vietnamese(one.sex),
            one.identity,
        ],
    )
    assert summary(read(book.content())) == book.truth.rows


def test_a_day_of_appointment_is_never_taken_for_the_birth():
    extraction = read(
        _listed(
            [
                "STT",
                "Họ và tên",
                "Ngày, tháng, năm bổ nhiệm",
                "Giới tính",
                "Ngày, tháng, năm sinh",
                "Số CCCD",
            ],
            lambda i, one: [
                i + 1,
                one.name,
                "01/03/2016",
                vietnamese(one.sex),
                spoken(one.born, 0),
                one.identity,
            ],
        ).content()
    )
    assert {row.person.days["appointed_on"] for row in extraction.rows} == {"2016-03-01"}
    assert all(row.person.born != "2016-03-01" for row in extraction.rows)


@pytest.mark.parametrize("form", [int, str, float])
def test_a_day_that_lost_its_format_is_read_when_the_number_agrees(form):
    def row(i, one):
        serial = (one.born - date(1899, 12, 30)).days
        return [i + 1, one.name, form(serial), vietnamese(one.sex), one.identity]

    book = _listed(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"], row)
    extraction = read(book.content())
    assert summary(extraction) == book.truth.rows
    assert {reason.code for row in extraction.rows for reason in row.reasons} == {"serial_day"}


def test_a_day_that_lost_its_format_is_refused_where_the_number_states_another_year():
    book = Book()
    sheet = book.sheet("DS")
    put(sheet, 1, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"])
    one = people(1, seed=5)[0]
    serial = (one.born + timedelta(days=800) - date(1899, 12, 30)).days
    put(sheet, 2, [1, one.name, serial, vietnamese(one.sex), one.identity])
    book.truth.refused("DS", 2, "born")
    assert summary(read(book.content())) == book.truth.rows


def test_what_stands_between_two_tables_is_said_and_is_nobody():
    book = Book()
    sheet = book.sheet("DS")
    headings = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]
    folk = people(6, seed=8)
    row = 1
    for part in (folk[:3], folk[3:]):
        put(sheet, row, headings, column=2)
        for i, one in enumerate(part):
            put(
                sheet,
                row + 1 + i,
                [i + 1, one.name, spoken(one.born, 0), vietnamese(one.sex), one.identity],
                column=2,
            )
            book.truth.person("DS", row + 1 + i, one)
        row += 5
        if row == 6:
            put(sheet, row, ["DANH SÁCH (Kèm theo Công văn số 12/SNV ngày 5/3/2020)"], column=3)
            put(sheet, row + 1, ["ĐẢNG BỘ TỈNH"], column=1)  # left of the table
            book.truth.ignored("DS", row)
            book.truth.ignored("DS", row + 1)
            book.truth.ignored("DS", row + 2)  # the headings once more
            row += 2
    assert summary(read(book.content())) == book.truth.rows
