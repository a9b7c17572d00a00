"""The words of go.py: which it keeps, which it passes on, and how tests and checks are run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Barrier
from types import ModuleType
from typing import IO

import pytest

from .conftest import Machine

Became = list[tuple[list[str], dict[str, str]]]
Runs = Callable[..., list[list[str]]]


def make_tests(go: ModuleType, *kinds: str) -> None:
    for kind in kinds:
        folder = go.ROOT / "tests" / kind / "deeper"
        folder.mkdir(parents=True)
        (folder / "test_something.py").touch()


@pytest.mark.parametrize("word", ["demo", "serve", "retirement", "bench", "no-such-word"])
def test_word_of_the_program_replaces_this_process(
    go: ModuleType, machine: Machine, replaced_by: Became, word: str
) -> None:
    go.main([word, "--born", "1970", "a b"])
    arguments, environment = replaced_by[0]
    assert arguments[1:] == ["-P", "-m", "hientai.site.command_line", word, "--born", "1970", "a b"]
    assert arguments[0] == str(go.VENV / "bin" / "python")
    assert environment["PYTHONPATH"].split(os.pathsep)[:2] == [str(go.ROOT / "src"), str(go.ROOT)]
    assert environment["HIENTAI_HOME"] == str(go.ROOT / "var")
    assert go.is_current(development=word == "bench")


def test_home_named_in_the_environment_is_kept_whole(
    go: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HIENTAI_HOME", "elsewhere")
    assert go.surroundings()["HIENTAI_HOME"] == str(tmp_path / "elsewhere")


def test_help_makes_no_environment(
    go: ModuleType, machine: Machine, replaced_by: Became, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go.main([]) == 0
    assert "demo" in capsys.readouterr().out
    assert machine.commands == replaced_by == []


def test_upgrade_names_the_backup_and_migrates(
    go: ModuleType, machine: Machine, replaced_by: Became, capsys: pytest.CaptureFixture[str]
) -> None:
    (go.ROOT / "var" / "postgres").mkdir(parents=True)
    go.main(["upgrade", "--yes"])
    assert "HIENTAI_HOME" in capsys.readouterr().out
    assert replaced_by[0][0][-1] == "migrate"


@pytest.mark.parametrize(("reply", "migrates"), [("c", True), ("Có", True), ("", False), ("k", False)])
def test_upgrade_asks_a_person_before_it_changes_the_database(
    go: ModuleType,
    machine: Machine,
    replaced_by: Became,
    monkeypatch: pytest.MonkeyPatch,
    reply: str,
    migrates: bool,
) -> None:
    (go.ROOT / "var" / "postgres").mkdir(parents=True)
    monkeypatch.setattr(go.sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: reply)
    assert go.guarded(lambda: go.main(["upgrade"]) or 0) == (0 if migrates else 2)
    assert bool(replaced_by) == migrates


def test_bundle_downloads_the_wheels_by_hash_and_pip_itself(go: ModuleType, machine: Machine) -> None:
    go.WHEELHOUSE.mkdir()
    assert go.main(["bundle", "--dev", "--platform", "manylinux2014_x86_64"]) == 0
    for requirements in (go.RUNTIME, go.DEVELOPMENT):
        assert machine.ran("download", "--require-hashes", "-r", str(requirements), "--platform")
    assert machine.ran("download", "pip")[-1][-1] == "pip"
    assert not machine.ran("install", "--no-index")


def test_bundle_lets_uv_bring_pip_and_says_when_downloading_fails(go: ModuleType, machine: Machine) -> None:
    machine.programs, machine.modules = {"uv"}, set()
    assert go.main(["bundle"]) == 0
    assert machine.ran("/usr/bin/uv", "install", "pip")
    machine.fails = {"download"}
    with pytest.raises(go.Stop, match="Không tải được"):
        go.main(["bundle"])


def test_kinds_run_fast_ones_first_and_unknown_ones_last(
    go: ModuleType, runs_of_pytest: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    make_tests(go, "web", "zoo", "unit", "golden")
    (go.ROOT / "tests" / "support").mkdir()
    runs = runs_of_pytest()
    assert go.main(["test", "-q"]) == 0
    assert [run[-1] for run in runs] == ["tests/unit", "tests/web", "tests/golden", "tests/zoo"]
    assert all(run[2:5] == ["-m", "not long", "-q"] for run in runs)
    printed = capsys.readouterr().out
    assert all(kind in printed for kind in ("unit", "web", "golden", "zoo"))


def test_all_includes_the_long_ones(go: ModuleType, runs_of_pytest: Runs) -> None:
    make_tests(go, "unit")
    runs = runs_of_pytest()
    go.main(["test", "--all"])
    assert runs == [["-m", "pytest", "tests/unit"]]


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (5, 0), (1, 1), (2, 1), (-9, 1)])
def test_one_kind_that_fails_fails_the_whole_after_the_others_have_run(
    go: ModuleType, runs_of_pytest: Runs, status: int, expected: int
) -> None:
    make_tests(go, "unit", "web")
    runs = runs_of_pytest(unit=status)
    assert go.main(["test"]) == expected
    assert len(runs) == 2


def test_exitfirst_ends_at_the_first_kind_that_fails(go: ModuleType, runs_of_pytest: Runs) -> None:
    make_tests(go, "unit", "web")
    runs = runs_of_pytest(unit=1)
    assert go.main(["test", "-x"]) == 1
    assert len(runs) == 1


def test_two_kinds_at_a_time_have_a_lane_each_and_their_output_whole(
    go: ModuleType,
    runs_of_pytest: Runs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_tests(go, "unit", "web", "golden")
    runs_of_pytest()
    monkeypatch.setattr(go, "MOST_LANES", 2)
    monkeypatch.setattr(go.os, "cpu_count", lambda: 8)
    both, lanes = Barrier(2), []

    def run_python(arguments: list[str], more: dict[str, str], output: IO[bytes]) -> int:
        kind = Path(arguments[-1]).name
        lanes.append((kind, more["HIENTAI_TEST_LANE"]))
        if kind != "golden":
            both.wait(timeout=20)
        output.write(f"first of {kind}\nlast of {kind}\n".encode())
        return 1 if kind == "web" else 0

    monkeypatch.setattr(go, "run_python", run_python)
    assert go.main(["test"]) == 1
    lane = dict(lanes)
    assert {lane["unit"], lane["web"]} == {"1", "2"} and lane["golden"] in ("1", "2")
    printed = capsys.readouterr().out
    for kind in lane:
        assert f"=== {kind}\nfirst of {kind}\nlast of {kind}\n" in printed


@pytest.mark.parametrize("option", ["-s", "--pdb"])
def test_somebody_at_the_terminal_gets_one_kind_at_a_time(
    go: ModuleType, runs_of_pytest: Runs, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    make_tests(go, "unit", "web", "golden")
    runs = runs_of_pytest()
    monkeypatch.setattr(go, "MOST_LANES", 2)
    assert go.main(["test", option]) == 0
    assert [run[-1] for run in runs] == ["tests/unit", "tests/web", "tests/golden"]


@pytest.mark.parametrize("named", ["tests/unit", "tests/unit/deeper/test_something.py::test_one", "gone.py"])
def test_path_runs_only_what_it_names_wherever_one_stands(
    go: ModuleType, runs_of_pytest: Runs, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    make_tests(go, "unit", "web")
    monkeypatch.chdir(go.ROOT)
    runs = runs_of_pytest()
    go.main(["test", "-k", "tests", named])
    assert runs == [["-m", "pytest", "-m", "not long", "-k", "tests", str(go.ROOT / named)]]


def test_missing_browser_is_installed_by_root(go: ModuleType, runs_of_pytest: Runs, machine: Machine) -> None:
    make_tests(go, "functional")
    machine.programs, machine.root = {"apt-get"}, True
    runs = runs_of_pytest()
    assert go.main(["test"]) == 0
    assert machine.ran("apt-get", "install", "chromium")
    assert runs == [["-m", "pytest", "-m", "not long", "tests/functional"]]


def test_missing_browser_skips_its_tests_visibly(
    go: ModuleType, runs_of_pytest: Runs, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    make_tests(go, "unit", "functional")
    runs = runs_of_pytest()
    assert go.main(["test"]) == 0
    assert runs == [["-m", "pytest", "-m", "not long and not functional", "tests/unit"]]
    captured = capsys.readouterr()
    assert "apt-get install chromium" in captured.err
    assert "BỎ QUA" in captured.out


def test_check_runs_all_and_names_those_that_fail(
    go: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(go, "ensure_environment", lambda development: None)
    monkeypatch.setattr(go, "CHECKS", tuple((f"check {number}", (f"tool{number}",)) for number in range(4)))
    outcomes = {"check 0": 0, "check 1": 3, "check 2": 0, "check 3": 1}
    monkeypatch.setattr(go, "run_check", lambda entry: (outcomes[entry[0]], f"why {entry[0]}", 0.5))
    assert go.main(["check"]) == 1
    printed = capsys.readouterr().out
    assert "why check 1" in printed
    assert "why check 3" in printed
    assert "why check 0" not in printed
    assert "2/4 đạt. Hỏng: check 1; check 3" in printed
    assert go.main(["check", "check 0", "check 2"]) == 0
    with pytest.raises(go.Stop, match="check 3"):
        go.main(["check", "no such check"])


def test_check_answers_status_and_output_of_the_tool(go: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    (go.VENV / "bin").mkdir(parents=True)
    python = go.VENV / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$PWD $DJANGO_SETTINGS_MODULE $@"\nexit 7\n')
    python.chmod(0o755)
    status, output, _ = go.run_check(("name", ("-m", "tool")))
    assert (status, output) == (7, f"{go.ROOT} config.settings.prod -m tool\n")
    assert go.run_check(("name", ("tool", "--x")))[1].endswith(f"prod {go.VENV}/bin/tool --x\n")
