"""The untidy workbook given with the task, row by row; skipped where it is not beside the checkout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from hientai.engines.worksheet import Extraction, Status, extract, propose, read_workbook

_GIVEN = Path(__file__).resolve().parents[4] / "shared" / "data"
_WORKBOOK, _EXPECTED = _GIVEN / "so-lieu-phuong.xlsx", _GIVEN / "so-lieu-phuong.expected.json"

pytestmark = pytest.mark.skipif(
    not _WORKBOOK.exists(), reason="the given workbook is not beside the checkout"
)


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    workbook = read_workbook(_WORKBOOK)
    return extract(workbook, propose(workbook), read_on=date(2026, 11, 22))


@pytest.fixture(scope="module")
def expected() -> dict:
    return json.loads(_EXPECTED.read_text(encoding="utf-8"))


def test_every_row_is_there_once_with_its_status(extraction, expected):
    assert {(row.sheet, row.row): row.status.value for row in extraction.rows} == {
        (row["sheet"], row["row"]): row["status"] for row in expected["rows"]
    }
    assert len(extraction.rows) == len(expected["rows"])


def test_people_have_the_name_sex_birth_and_identity_expected(extraction, expected):
    read = {
        (row.sheet, row.row): (row.person.name, row.person.sex, row.person.born, row.person.identity)
        for row in extraction.rows
        if row.status in (Status.PERSON, Status.DUPLICATE)
    }
    assert read == {
        (row["sheet"], row["row"]): (row["name"], row["sex"], row["born"], row["identity"])
        for row in expected["rows"]
        if row["status"] in ("person", "duplicate")
    }


def test_refusals_name_the_field_at_fault_and_nothing_else(extraction, expected):
    read = {
        (row.sheet, row.row): {reason.field for reason in row.reasons if reason.refuses}
        for row in extraction.rows
        if row.status is Status.REFUSED
    }
    assert read == {
        (row["sheet"], row["row"]): {row["reason"]} for row in expected["rows"] if row["status"] == "refused"
    }


def test_the_list_speaks_of_the_day_its_title_states(extraction, expected):
    assert extraction.as_of == date.fromisoformat(expected["as_of"])
    assert extraction.counts() == expected["counts"]
