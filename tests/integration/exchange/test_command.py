"""`hientai import` as people type it: the contract's document, its exit status, its refusals."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.factories.province import Province
from tests.integration.exchange.workbooks import LINES, changed, saved, workbook

from hientai.apps.cadres.models import Person
from hientai.site.command_line import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(province: Province, db: None, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command with --json; answers exit status and document."""

    def ran(*words: str) -> tuple[int, dict[str, Any]]:
        status = main(["import", *words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return ran


def test_a_dry_run_answers_the_contract_and_writes_nothing(run: Any, tmp_path: Path) -> None:
    people = Person.objects.count()
    status, document = run(str(saved(tmp_path, workbook())), "--dry-run")
    assert status == 0
    assert set(document["counts"]) == {"created", "updated", "unchanged", "refused", "duplicate", "ignored"}
    assert document["counts"]["created"] == 3 and document["error_workbook"] == ""
    row = document["rows"][1]
    assert (row["sheet"], row["row"], row["status"]) == ("Sheet", 5, "created")
    assert {
        "name": "Quàng Văn Inh",
        "sex": "male",
        "born": "1983",
        "identity": "011083000022",
    }.items() <= row["fields"].items()
    assert Person.objects.count() == people


def test_all_or_nothing_answers_status_four_with_the_rows_at_fault(run: Any, tmp_path: Path) -> None:
    people = Person.objects.count()
    file = saved(tmp_path, workbook(changed(LINES, 1, "Số CCCD", "12345")))
    status, document = run(str(file), "--unit", "T.H1.X1")
    assert status == 4 and document["committed"] is False and Person.objects.count() == people
    reason = document["rows"][1]["reasons"][0]
    assert (reason["field"], reason["cell"], reason["code"]) == ("identity", "E5", "identity_length")
    assert "E5" in str(load_workbook(document["error_workbook"]).active.cell(5, 9).value)


def test_good_rows_are_written_when_part_is_allowed(run: Any, tmp_path: Path) -> None:
    people = Person.objects.count()
    file = str(saved(tmp_path, workbook(changed(LINES, 1, "Số CCCD", "12345"))))
    status, document = run(file, "--unit", "T.H1.X1", "--allow-partial")
    assert status == 0 and document["committed"] is True and Person.objects.count() == people + 2
    status, document = run(file, "--unit", "T.H1.X1", "--allow-partial")
    assert document["counts"]["unchanged"] == 2 and Person.objects.count() == people + 2


def test_a_mapping_file_is_obeyed(run: Any, tmp_path: Path) -> None:
    mapping = tmp_path / "map.yaml"
    mapping.write_text("worksheet_mapping: 1\nheadings: {Nơi ở hiện nay: home_place}\n", encoding="utf-8")
    _status, document = run(str(saved(tmp_path, workbook())), "--map", str(mapping), "--dry-run")
    assert document["rows"][0]["fields"]["home_place"] == "Bản Mé"


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b"0" * (64 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        (b"", (), "empty"),
        (b"%PDF-1.7", (), "wrong_type"),
        (_bomb(), (), "zip_bomb"),
        (b"PK\x03\x04 not a zip", (), "broken"),
        (
            b"Kinh gui: cac don vi\nHop giao ban sang thu hai, mang theo so lieu.\n",
            ("--dry-run",),
            "no_table",
        ),
        ("Tên hàng;Số lượng\nGạo;12\nMuối;3\n".encode(), (), "no_table"),
        (workbook(), ("--unit", "KHONG.CO"), "unknown_unit"),
        (workbook(), ("--map", "/khong/co.yaml"), "not_found"),
        (workbook(), ("--colour",), "bad_arguments"),
    ],
)
def test_bad_input_answers_status_two_and_its_code(
    run: Any, tmp_path: Path, content: bytes, words: tuple[str, ...], code: str
) -> None:
    people = Person.objects.count()
    status, document = run(str(saved(tmp_path, content)), *words)
    assert status == 2 and document["error"]["code"] == code and document["error"]["message"]
    assert Person.objects.count() == people


def test_a_missing_file_is_bad_input(run: Any) -> None:
    assert run("/khong/co.xlsx")[0] == 2


@pytest.mark.parametrize("name", ["danh sách; rm -rf.xlsx", "$(id).xlsx", "=1+1.xlsx"])
def test_a_hostile_file_name_is_only_a_name(run: Any, tmp_path: Path, name: str) -> None:
    file = saved(tmp_path, workbook(changed(LINES, 1, "Số CCCD", "12345")), name)
    status, document = run(str(file), "--dry-run")
    assert status == 0 and Path(document["error_workbook"]).exists()
    assert not set(Path(document["error_workbook"]).name) & set(" ;$()=+")
