"""`rotate` as a user meets it: files written, exit statuses, bad input, hand-made plans, what-ifs."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import threading
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.unit.rotation.test_folder import folder
from tests.unit.rotation.test_solve import random_problem
from tests.unit.rotation.tiny import problem

from hientai.engines.rotation import Progress, Stop, read_folder, solve
from hientai.site import interruptible
from hientai.site.command_line import main
from hientai.site.commands import rotate as rotate_command
from hientai.site.interruptible import Search
from hientai.site.rotation_report import page
from hientai.site.rotation_report.rows import chains

PAIRS = "person,seat,round,score\np0,s2,1,30\np1,s0,1,20\np1,s2,1,25\n"

LEFT_AT_WORK = """
import atexit, os, threading
from hientai.site import command_line, interruptible

def main():
    threading.Thread(target=threading.Event().wait, daemon=True, name=interruptible.AT_WORK).start()
    atexit.register(print, "left in order")
    print("answered")
    return 3

def at_once(status, leave=os._exit):
    os.write(1, b"at once\\n")
    leave(status)

command_line.main, os._exit = main, at_once
command_line.run()
"""


def rotate(*words: object) -> int:
    return main(["rotate", *map(str, words)])


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    status = rotate(*words, "--json")
    return status, json.loads(capsys.readouterr().out)


def test_out_receives_moves_result_workbook_and_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    status, document = answer(capsys, folder(tmp_path, pairs_csv=PAIRS), "--work", 500, "--out", out)
    assert (status, document["status"], document["objective"], document["gap"]) == (0, "optimal", 50, 0.0)
    with (out / "moves.csv").open(encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["person", "seat", "round"], ["p0", "s2", "1"], ["p1", "s0", "1"]]
    assert json.loads((out / "result.json").read_text(encoding="utf-8")) == document
    book = openpyxl.load_workbook(out / "plan.xlsx")
    assert book.sheetnames == [
        "Tóm tắt", "Các đợt", "Nước đi", "Quy tắc", "Quy tắc từng nơi", "Còn thiếu", "Vì sao ở lại", "Người ở lại",
        "Vị trí trống",
    ]  # fmt: skip
    assert [cell.value for cell in book["Các đợt"][2]] == [1, 2, 1, "2 / 2", "Không giới hạn"]
    assert [cell.value for cell in book["Nước đi"][2]] == [1, "p0", "s0 (u0)", "s2 (u1)"]


def test_the_page_is_whole_and_asks_for_nothing(tmp_path: Path) -> None:
    plan = read_folder(folder(tmp_path, pairs_csv=PAIRS))
    text = page.render(plan, solve(plan))
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag != "meta":
                opened.append(tag)
            assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            return

    Reader().feed(text)
    assert opened == []
    assert "<script" not in text
    assert "Đã chứng minh" in text
    assert text.count("stroke-dasharray") == 1  # the seat that the first of the chain leaves stays empty
    assert "Đợt 1: 2 người chuyển, 1 chuỗi" in text


def test_the_plan_speaks_the_names_of_people_seats_and_units(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = "id,seat,home_unit,home_province,relatives,name\np0,s0,u0,7,,Lò Thị <Mai>\np1,s1,u1,9,,\n"
    seats = "id,unit,head,holder,name\ns0,u0,1,p0,Bí thư (xã)\ns1,u0,0,p1,Chủ tịch\ns2,u1,1,,Phó Bí thư\n"
    units = "id,level,province,name\nu0,3,7,Xã Mường Phăng\nu1,3,7,=HYPERLINK(1)\n"
    out = tmp_path / "out"
    problem_folder = folder(tmp_path, people_csv=people, seats_csv=seats, units_csv=units, pairs_csv=PAIRS)
    status, document = answer(capsys, problem_folder, "--work", 500, "--out", out)
    assert (status, document["rounds"][0]["moves"][0]["person"]) == (0, "p0")  # files for programs keep ids
    text = (out / "plan.html").read_text(encoding="utf-8")
    assert "Lò Thị &lt;Mai&gt; (p0)" in text
    assert ">Bí thư (xã)<" in text
    assert ">Xã Mường Phăng<" in text
    rows = openpyxl.load_workbook(out / "plan.xlsx")["Nước đi"]
    assert [cell.value for cell in rows[2]] == [
        1, "Lò Thị <Mai> (p0)", "Bí thư (xã) (Xã Mường Phăng)", "Phó Bí thư (=HYPERLINK(1))",
    ]  # fmt: skip
    assert rows[3][1].value == "p1"


def test_page_and_workbook_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    answer(capsys, folder(tmp_path, pairs_csv=PAIRS), "--work", 500, "--out", out, "--language", "en")
    text = (out / "plan.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "Proved: no plan within the rules scores more." in text
    assert not set("ạảấầẩậắằẵặẻẽếềểệỉịọỏốồổộớờởợụủứừửữựỳỵỷỹ") & set(text.lower())
    assert openpyxl.load_workbook(out / "plan.xlsx").sheetnames[0] == "Summary"


def test_an_id_cannot_smuggle_markup_into_the_page(tmp_path: Path) -> None:
    people = "id,seat,home_unit,home_province,relatives\n<b>,s0,u0,7,\np1,s1,u1,9,\n"
    seats = "id,unit,head,holder\ns0,u0,1,<b>\ns1,u0,0,p1\ns2,u1,1,\n"
    text = "person,seat,round,score\n<b>,s2,1,30\n"
    plan = read_folder(folder(tmp_path, people_csv=people, seats_csv=seats, pairs_csv=text))
    assert "<b>" not in page.render(plan, solve(plan))


def test_chains_follow_who_enters_whose_seat() -> None:
    seats = [(0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 0, -1), (0, 0, 3)]
    pairs = [(0, 1, 1, 9), (1, 0, 1, 9), (2, 3, 1, 9), (3, 2, 1, 9)]
    plan = problem(seats, [0, 1, 2, 3], pairs, {"rounds": 1})
    assert chains(plan, solve(plan), 1) == [([3, 2], False), ([0, 1], True)]


def test_bad_input_leaves_with_2_and_an_error_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, document = answer(capsys, tmp_path / "nowhere")
    assert (status, document["error"]["code"]) == (2, "missing_folder")


@pytest.mark.parametrize("words", [["--time", "0"], ["--work", "-3"], ["--pin", "p0,s2"]])
def test_bad_options_leave_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert answer(capsys, folder(tmp_path), *words)[0] == 2


def test_an_impossible_problem_leaves_with_3_and_the_conflict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = "rounds: 1\nmoves_per_round: 0\ndirection_minimum: {down: 1}\n"
    status, document = answer(
        capsys, folder(tmp_path, rules_yaml=rules), "--work", 100, "--out", tmp_path / "out"
    )
    assert (status, document["status"], len(document["conflict"])) == (3, "infeasible", 2)
    assert document["relaxations"]
    assert (tmp_path / "out" / "result.json").is_file()


def test_a_plan_changed_by_hand_is_checked_against_the_stored_bound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out = folder(tmp_path, pairs_csv=PAIRS), tmp_path / "out"
    answer(capsys, plan, "--work", 500, "--out", out)
    (out / "moves.csv").write_text("person,seat,round\np1,s2,1\n", encoding="utf-8")
    status, document = answer(capsys, plan, "--check", out / "moves.csv")
    assert (status, document["faults"], document["distance"]) == (0, [], 25)
    (out / "moves.csv").write_text("person,seat,round\np1,s0,1\n", encoding="utf-8")
    status, document = answer(capsys, plan, "--check", out / "moves.csv")
    assert (status, [fault["rule"] for fault in document["faults"]]) == (4, ["seat"])


def test_a_pinned_move_is_kept_and_a_forbidden_one_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = folder(tmp_path, pairs_csv=PAIRS)
    moves = answer(capsys, plan, "--work", 500, "--pin", "p1,s2,1")[1]["rounds"][0]["moves"]
    assert [(move["person"], move["seat"]) for move in moves] == [("p1", "s2")]
    assert answer(capsys, plan, "--work", 500, "--forbid", "p1,s0,1")[1]["objective"] == 30


def test_what_if_tells_the_cost_of_forcing_and_forbidding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = folder(tmp_path, pairs_csv=PAIRS)
    document = answer(capsys, plan, "--what-if", "--pin", "p1,s2,1", "--forbid", "p0,s2,1")[1]
    assert (document["bound"], [row["cost"] for row in document["moves"]]) == (50, [25, 25])


def test_everybody_who_stays_and_every_empty_seat_has_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = "rounds: 1\nmoves_per_round: 1\n"
    document = answer(capsys, folder(tmp_path, pairs_csv=PAIRS, rules_yaml=rules), "--work", 500)[1]
    assert [row["person"] for row in document["unmoved"]] == ["p1"]
    assert document["unmoved"][0]["reason"]
    assert [row["seat"] for row in document["empty_seats"]] == ["s0"]
    assert document["rules"][0]["slack"] == 0


def test_ctrl_c_gives_the_best_plan_so_far(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Progress] = []

    def interrupt(self: Search, progress: Progress) -> None:
        self._last = progress
        is_first = progress.moves is not None and all(news.moves is None for news in told)
        told.append(progress)
        if is_first:  # a second signal could come when the command has ended, and end the tests
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Search, "_tell", interrupt)
    monkeypatch.setattr(rotate_command, "read_folder_of", lambda options: random_problem(40, 2, 9))
    out = tmp_path / "out"
    before = signal.getsignal(signal.SIGINT)  # ignored where a shell started the tests in the background
    status, document = answer(capsys, tmp_path, "--work", 100_000, "--out", out)
    assert (status, document["interrupted"]) == (0, True)
    assert document["objective"] >= next(news.objective for news in told if news.moves is not None)
    assert json.loads((out / "result.json").read_text(encoding="utf-8")) == document
    assert signal.getsignal(signal.SIGINT) is before
    for thread in threading.enumerate():  # the solver is let come back: Python could not end its thread
        if thread.name == interruptible.AT_WORK:
            thread.join(120)


def test_a_search_left_inside_its_solver_does_not_abort_the_program(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(LEFT_AT_WORK, encoding="utf-8")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "answered\nleft in order\nat once\n"), done.stderr


def test_progress_can_make_the_whole_answer_of_its_moment() -> None:
    told: list[Progress] = []
    plan = random_problem(20, 2, 9)
    solve(plan, Stop(work=60), progress=told.append)
    first = next(news for news in told if news.moves is not None)
    assert first.result is not None
    result = first.result()
    assert (result.moves, result.objective) == (first.moves, first.objective)
    assert result.report is not None
    assert result.report.is_feasible
    assert result.unmoved


def test_without_a_stored_result_a_hand_made_plan_is_measured_by_the_relaxation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, moves = folder(tmp_path, pairs_csv=PAIRS), tmp_path / "moves.csv"
    moves.write_text("person,seat,round\np1,s2,1\n", encoding="utf-8")
    document = answer(capsys, plan, "--check", moves)[1]
    assert (document["distance"], document["bound_from"]) == (25, "relaxation")
    (tmp_path / "result.json").write_text("{", encoding="utf-8")
    assert answer(capsys, plan, "--check", moves)[1]["distance"] == 25


def test_a_plan_that_is_no_text_and_an_out_that_is_a_file_leave_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, odd = folder(tmp_path, pairs_csv=PAIRS), tmp_path / "odd"
    odd.write_bytes(b"\xff\xfe\x00")
    assert answer(capsys, plan, "--check", odd)[1]["error"]["code"] == "unreadable_file"
    assert answer(capsys, plan, "--out", odd)[1]["error"]["code"] == "bad_arguments"
    assert answer(capsys, plan, "--seed", "-5")[0] == 2
