"""Different people per code, counted by comparing rows of a person and by sorting, against plain sets."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.cube import Column, CrossTable, Persons, count, people
from hientai.engines.cube.people import RowsOfPeople, smallest

ROWS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.booleans()), max_size=60)


def rows_of(drawn, masked):
    persons = np.array([person for person, _, _ in drawn], dtype=np.int64)
    order = np.argsort(persons, kind="stable")
    ordered = persons[order]
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return RowsOfPeople(
        order, first, np.array([kept for _, _, kept in drawn], dtype=bool) if masked else None
    )


@pytest.mark.parametrize(("compared", "often"), [(8, 4), (1000, 1), (1000, 1000), (0, 4)])
@pytest.mark.parametrize("masked", [False, True])
@given(drawn=ROWS)
def test_each_person_counts_once_a_code_whichever_way_is_taken(compared, often, masked, drawn):
    codes = np.array([code for _, code, _ in drawn], dtype=np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "MOST_COMPARED", compared)
        patch.setattr(people, "OFTEN", often)
        rows = rows_of(drawn, masked)
        found = rows.distinct(codes[rows.places], 5).tolist()
    kept = {(person, code) for person, code, kept in drawn if kept or not masked}
    assert found == [sum(code == wanted for _, code in kept) for wanted in range(5)]


def test_one_person_with_very_many_rows_is_counted_by_sorting():
    rows = RowsOfPeople(np.arange(1000), np.arange(1000) == 0, None)
    assert rows._before is None
    assert rows.distinct(np.arange(1000) % 3, 3).tolist() == [1, 1, 1]


def test_the_type_of_codes_holds_the_last_of_them():
    assert [smallest(size) for size in (1, 256, 257, 65_536, 65_537)] == [
        np.uint8, np.uint8, np.uint16, np.uint16, np.uint32,
    ]  # fmt: skip


def test_more_pairs_of_members_than_a_byte_holds_stay_apart():
    frame = pl.DataFrame(
        {"person": [1, 1, 2, 2] * 300, "row": [*range(300)] * 4, "column": [*range(100)] * 12}
    )
    (table,) = count(frame, [CrossTable("", Persons, Column("row"), Column("column"))], "person")
    pairs = set(frame.unique().iter_rows())
    for i, row in enumerate(table.rows):
        for j, column in enumerate(table.columns):
            wanted = len({person for person, r, c in pairs if (r, c) == (row.key, column.key)})
            assert table.cells[i][j].count == wanted


def test_the_order_of_people_is_found_once_for_all_tables(monkeypatch):
    made = []
    before = RowsOfPeople.__init__
    monkeypatch.setattr(RowsOfPeople, "__init__", lambda self, *given: made.append(1) or before(self, *given))
    frame = pl.DataFrame({"person": [2, 1, 2, 1], "a": [1, 1, 2, 2], "b": [1, 1, 1, 1]})
    tables = [CrossTable("", Persons, Column("a"), Column("b")), CrossTable("", Persons, Column("b"))]
    ab, b = count(frame, tables, "person")
    assert (ab.cell(1, 1).count, b.total.count, len(made)) == (2, 2, 1)
