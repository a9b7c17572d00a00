"""The command as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.figures import mutations, quality

from hientai.site.command_line import main


def typed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["check-figures", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_wrong_figure_ends_with_4_and_right_ones_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "a.txt"
    file.write_text("Đạt 47/81 đồng chí (58,20%).", encoding="utf-8")
    status, out, _ = typed(capsys, str(file), "--json")
    document = json.loads(out)
    assert status == 4
    assert (
        document["percentages"][0]["verdict"] == "wrong" and document["percentages"][0]["where"] == "dòng 1"
    )
    file.write_text("Đạt 47/81 đồng chí (58,02%).", encoding="utf-8")
    assert typed(capsys, str(file))[0] == 0


def test_missing_base_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "a.json"
    file.write_text('{"percentages": [{"label": "x", "num": 44, "printed": "80%"}]}', encoding="utf-8")
    assert typed(capsys, str(file))[0] == 0


def test_bad_input_ends_with_2_and_one_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    status, out, _ = typed(capsys, str(tmp_path / "none.docx"), "--json")
    error = json.loads(out)["error"]
    assert (status, error["code"], error["where"]) == (2, "unreadable", "none.docx")


def test_marked_and_commented_copies_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "a.txt"
    file.write_text("Đạt 47/81 đồng chí (58,20%).", encoding="utf-8")
    page, copy = tmp_path / "a.html", tmp_path / "a.docx"
    assert typed(capsys, str(file), "--html", str(page), "--docx", str(copy))[0] == 4
    assert "figure-wrong" in page.read_text(encoding="utf-8") and copy.stat().st_size > 0


def test_copy_that_cannot_be_written_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "a.txt"
    file.write_text("Đạt 47/81 đồng chí (58,20%).", encoding="utf-8")
    status, _, err = typed(capsys, str(file), "--html", str(tmp_path / "none" / "a.html"))
    assert status == 2 and "Không ghi được" in err


def test_figures_as_data_have_no_text_to_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "a.json"
    file.write_text('{"sums": []}', encoding="utf-8")
    assert typed(capsys, str(file), "--html", str(tmp_path / "a.html"))[0] == 2


def test_generated_drafts_are_judged_precisely():
    found = quality(40, seed=11)
    assert float(str(found["precision"])) >= 0.98 and float(str(found["recall"])) >= 0.9


@pytest.mark.long
def test_many_generated_drafts_are_judged_precisely():
    found = quality(1500, seed=12)
    assert float(str(found["precision"])) >= 0.98 and float(str(found["recall"])) >= 0.9


@pytest.mark.long
def test_one_changed_digit_is_nearly_always_noticed_and_right_text_never_alarms():
    found = mutations(2000, seed=13)
    assert float(str(found["rate"])) >= 0.9 and found["alarms_on_right_text"] == 0
