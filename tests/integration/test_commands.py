"""The words of the command line that ask the records: one JSON document, exit statuses by the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.factories.province import Province

from hientai.apps.cadres.models import Person
from hientai.site.command_line import main

pytestmark = pytest.mark.django_db
STANDARD = "plan.commune.committee_member"
AS_OF = ["--as-of", "2025-09-05"]


def _asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main([*words, "--json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.fixture
def code(province: Province) -> str:
    return Person.objects.get(pk=province.people[10]).code


def test_facts_name_value_unit_source_and_date(capsys: pytest.CaptureFixture[str], code: str) -> None:
    status, document = _asked(capsys, "facts", code, *AS_OF)
    by_code = {fact["code"]: fact for fact in document["facts"]}
    assert status == 0
    assert by_code["age_years"]["value"] > 20 and by_code["age_years"]["unit"] == "năm"
    assert {"label", "value", "unit", "source", "record", "date"} <= by_code["months_to_retirement"].keys()


def test_screen_counts_everybody_once(
    capsys: pytest.CaptureFixture[str], province: Province, tmp_path: Path
) -> None:
    file = tmp_path / "people.xlsx"
    status, document = _asked(capsys, "screen", "--standard", STANDARD, *AS_OF, "--xlsx", str(file))
    assert status == 0
    assert sum(document["counts"].values()) == len(document["people"]) == len(province.people)
    assert load_workbook(file).active.max_row == len(province.people) + 4


def test_screen_of_a_unit_asks_its_people_only(
    capsys: pytest.CaptureFixture[str], province: Province
) -> None:
    _status, everybody = _asked(capsys, "screen", "--standard", STANDARD, *AS_OF)
    _status, district = _asked(capsys, "screen", "--standard", STANDARD, *AS_OF, "--unit", "T.H1")
    own = {p["code"] for p in district["people"]}
    assert own < {p["code"] for p in everybody["people"]}
    assert {p["unit"][-1] for p in district["people"] if p["unit"].startswith(("Xã", "Phường"))} == {"1"}


def test_the_explanation_reproduces_the_verdict_of_the_screening(
    capsys: pytest.CaptureFixture[str], province: Province
) -> None:
    _status, screened = _asked(capsys, "screen", "--standard", STANDARD, *AS_OF)
    for person in screened["people"][:12]:
        _status, explained = _asked(capsys, "explain", person["code"], "--standard", STANDARD, *AS_OF)
        assert explained["verdict"] == person["verdict"]


def test_coverage_gives_every_figure_with_its_base_and_writes_the_report(
    capsys: pytest.CaptureFixture[str], province: Province, tmp_path: Path
) -> None:
    file = tmp_path / "coverage.docx"
    status, document = _asked(capsys, "coverage", "--term", "2025-2030", *AS_OF, "--docx", str(file))
    titles = {row["title"]: row for row in document["titles"]}
    chair = titles["commune.chair"]
    assert status == 0
    assert document["turns"] == sum(row["planned"]["turns"] for row in titles.values())
    assert chair["coefficient"] == {"value": chair["planned"]["turns"] / chair["current"], "base": "current"}
    assert chair["women"]["base"] == chair["planned"]["persons"]
    assert sum(chair["bands"]["persons"]) == chair["planned"]["persons"]
    assert len(Document(str(file)).tables) >= 3


def test_impact_tells_who_loses_under_the_later_document_and_adds_up(
    capsys: pytest.CaptureFixture[str], province: Province
) -> None:
    status, document = _asked(
        capsys,
        "impact",
        "--standard",
        STANDARD,
        "--from-document",
        "50-QĐ/TW",
        "--to-document",
        "377-QĐ/TW",
        *AS_OF,
    )
    assert status == 0
    assert sum(cell["persons"] for cell in document["table"]) == document["base"] == len(province.people)
    lost = sum(c["persons"] for c in document["table"] if (c["before"], c["after"]) == ("met", "not_met"))
    assert document["loses"]["persons"] == len(document["loses"]["people"]) == lost


@pytest.mark.parametrize(
    "words",
    [
        ["facts", "CB999999"],
        ["facts", "012345678901"],
        ["screen", "--standard", "khong.co"],
        ["screen", "--standard", STANDARD, "--as-of", "31/02/2025"],
        ["screen", "--standard", STANDARD, "--unit", "KHONG"],
        ["screen"],
        ["explain", "CB999999", "--standard", STANDARD],
        ["coverage", "--term", "1999-2004"],
        ["coverage", "--term", "2025-2030", "--unit", "KHONG"],
        ["impact", "--standard", STANDARD, "--from-document", "50-QĐ/TW", "--to-document", "khong"],
        ["khong-co-lenh"],
        ["bench", "khong-co"],
    ],
    ids=" ".join,
)
def test_bad_input_exits_2_with_a_json_error(
    capsys: pytest.CaptureFixture[str], province: Province, words: list[str]
) -> None:
    status, document = _asked(capsys, *words)
    assert status == 2
    assert set(document["error"]) == {"code", "message", "where"}
    assert document["error"]["message"]


def test_verify_answers_0_when_all_agrees(capsys: pytest.CaptureFixture[str], province: Province) -> None:
    status, document = _asked(capsys, "verify")
    assert status == 0
    assert all(check["faults"] == [] for check in document["checks"])


def test_forecast_names_years_titles_and_shortages(
    capsys: pytest.CaptureFixture[str], province: Province
) -> None:
    status, document = _asked(capsys, "forecast", "--from", "2026-03-05", "--years", "3")
    assert status == 0 and [year["year"] for year in document["years"]] == [1, 2, 3]
    assert document["years"][0]["from"] == "2026-03-05" and document["years"][2]["to"] == "2029-03-05"
    assert sum(year["shortages"] for year in document["years"]) == len(document["short"])
    assert all(len(title["retirements"]) == 3 for title in document["titles"])


def test_forecast_refuses_a_span_that_is_none_and_a_unit_that_is_not(
    capsys: pytest.CaptureFixture[str], province: Province
) -> None:
    assert _asked(capsys, "forecast", "--from", "2026-03-05", "--years", "0")[0] == 2
    assert _asked(capsys, "forecast", "--from", "2026-03-05", "--unit", "KHONG")[0] == 2
    assert _asked(capsys, "forecast", "--from", "5 tháng 3")[0] == 2
