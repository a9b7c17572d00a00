"""How go.py makes .venv, and when it leaves it alone."""

from __future__ import annotations

import ast
import fcntl
import re
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from .conftest import GO, Machine


def test_first_start_makes_the_environment_with_hashes_and_the_second_starts_nothing(
    go: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, nothing_may_run: None
) -> None:
    python = go.ensure_environment(development=False)
    assert python.exists()
    installs = machine.ran("install", "--require-hashes", "-r", str(go.RUNTIME))
    assert len(installs) == 1
    machine.commands.clear()
    assert go.ensure_environment(development=False) == python
    assert machine.commands == []


def test_packages_are_compiled_beside_what_follows_and_not_by_the_installer(
    go: ModuleType, machine: Machine
) -> None:
    go.ensure_environment(development=False)
    assert machine.ran("install", "--no-compile")
    (compiled,) = machine.ran("compileall")
    assert compiled[2].endswith("&") and machine.commands[-1] == compiled
    assert compiled[-1].endswith("site-packages")


def test_compiling_goes_on_when_go_py_has_ended_and_compiles_what_is_there(
    go: ModuleType, tmp_path: Path
) -> None:
    packages = go.VENV / "lib" / "python3.11" / "site-packages"
    for name in ("zebra", "django"):
        (packages / name).mkdir(parents=True)
        (packages / name / "a.py").write_text("x = 1\n")
    go.compile_beside(Path(sys.executable))
    until = time.monotonic() + 30
    while len(list(packages.rglob("*.pyc"))) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert {file.parent.parent.name for file in packages.rglob("*.pyc")} == {"zebra", "django"}


def test_environment_of_the_tests_serves_the_program_too_but_not_the_other_way_round(
    go: ModuleType, machine: Machine
) -> None:
    go.ensure_environment(development=False)
    assert not go.is_current(development=True)
    go.ensure_environment(development=True)
    assert machine.ran("install", "-r", str(go.DEVELOPMENT))
    assert go.is_current(development=False)
    assert len(machine.ran("venv")) == 1


@pytest.mark.parametrize("name", ["RUNTIME", "DEVELOPMENT"])
def test_changed_requirements_are_installed_anew(go: ModuleType, machine: Machine, name: str) -> None:
    go.ensure_environment(development=True)
    getattr(go, name).write_text("django==5.3\n")
    assert not go.is_current(development=True)
    assert go.is_current(development=False) == (name == "DEVELOPMENT")


def test_changed_python_makes_a_new_environment(go: ModuleType, machine: Machine) -> None:
    go.ensure_environment(development=False)
    (go.VENV / "bin" / "python").unlink()
    (go.VENV / "bin" / "python").symlink_to("/nonexistent/python3.13")
    go.ensure_environment(development=False)
    assert len(machine.ran("venv")) == 2


def test_damaged_stamp_is_no_stamp(go: ModuleType, machine: Machine) -> None:
    go.ensure_environment(development=False)
    go.stamp().write_text("{")
    assert not go.is_current(development=False)


def test_interrupted_installation_is_repeated(go: ModuleType, machine: Machine) -> None:
    go.ensure_environment(development=False)
    go.RUNTIME.write_text("django==5.3\n")
    machine.fails = {"install"}
    with pytest.raises(go.Stop, match="Không cài được"):
        go.ensure_environment(development=False)
    assert not go.stamp().exists()
    machine.fails = set()
    go.ensure_environment(development=False)
    assert go.is_current(development=False)


def test_uv_is_used_when_it_is_there_and_pip_when_uv_fails(go: ModuleType, machine: Machine) -> None:
    machine.programs = {"uv"}
    go.ensure_environment(development=False)
    installed = [command for command in machine.commands if "compileall" not in command]
    assert installed and all(command[0] == "/usr/bin/uv" for command in installed)
    assert machine.ran("install", "--require-hashes")
    go.clear_venv()
    machine.fails = {"/usr/bin/uv"}
    go.ensure_environment(development=False)
    assert machine.ran("install", "--no-deps", "--require-hashes")
    assert go.is_current(development=False)


def test_without_ensurepip_the_pip_of_the_system_installs_into_the_environment(
    go: ModuleType, machine: Machine
) -> None:
    machine.modules = {"pip"}
    go.ensure_environment(development=False)
    assert machine.ran("-m", "venv", "--without-pip")
    assert machine.ran(go.base_python(), "pip", "--python", str(go.VENV / "bin" / "python"), "install")
    assert not machine.ran("apt-get")


@pytest.mark.parametrize("place", ["WHEELHOUSE", "SYSTEM_WHEELS"])
def test_without_any_pip_a_wheel_of_pip_does(go: ModuleType, machine: Machine, place: str) -> None:
    machine.modules = set()
    wheel = getattr(go, place) / "pip-26.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    go.ensure_environment(development=False)
    assert machine.ran("-m", "venv", "--without-pip")
    assert machine.ran(str(go.VENV / "bin" / "python"), f"{wheel}/pip", "install")


def test_bare_machine_is_told_what_to_install(go: ModuleType, machine: Machine) -> None:
    machine.modules, machine.programs = set(), {"apt-get"}
    with pytest.raises(go.Stop, match=r"\n    apt-get install python3-venv\n"):
        go.ensure_environment(development=False)
    assert machine.commands == []


def test_bare_machine_with_root_gets_it_installed(go: ModuleType, machine: Machine) -> None:
    machine.modules, machine.programs, machine.root = set(), {"apt-get"}, True
    go.ensure_environment(development=False)
    assert machine.ran("apt-get", "install", "python3-venv")
    assert not machine.ran("--without-pip")


def test_root_without_a_network_is_told_what_to_install(go: ModuleType, machine: Machine) -> None:
    machine.modules, machine.programs, machine.root, machine.fails = set(), {"apt-get"}, True, {"apt-get"}
    with pytest.raises(go.Stop, match="apt-get install python3-venv"):
        go.ensure_environment(development=False)
    assert machine.ran("apt-get", "update")


@pytest.mark.parametrize("programs", [set(), {"uv"}])
def test_wheelhouse_keeps_the_installer_off_the_network(
    go: ModuleType, machine: Machine, programs: set[str]
) -> None:
    go.WHEELHOUSE.mkdir()
    machine.programs = programs
    go.ensure_environment(development=False)
    assert machine.ran("install", "--no-index", "--find-links", str(go.WHEELHOUSE))
    assert len(machine.ran("install")) == 1


def test_wheelhouse_that_lacks_something_is_followed_by_the_network(go: ModuleType, machine: Machine) -> None:
    go.WHEELHOUSE.mkdir()
    machine.fails = {"--no-index"}
    go.ensure_environment(development=False)
    assert "--no-index" not in machine.ran("install")[-1]


def test_only_one_go_py_builds_at_a_time(go: ModuleType) -> None:
    with Path(go.__file__).open("rb") as another:
        with go.one_at_a_time(), pytest.raises(BlockingIOError):
            fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_environment_made_by_another_go_py_meanwhile_is_taken(
    go: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr(go, "is_current", lambda development: next(answers))
    go.ensure_environment(development=False)
    assert machine.commands == []


@pytest.mark.parametrize(("version", "enough"), [((3, 10, 14), False), ((3, 11, 0), True)])
def test_python_older_than_3_11_is_named(
    go: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    version: tuple[int, int, int],
    enough: bool,
) -> None:
    monkeypatch.setattr(go.sys, "version_info", version)
    assert go.guarded(lambda: go.main(["--help"])) == (0 if enough else 2)
    assert ("Cần Python 3.11 trở lên" in capsys.readouterr().err) != enough


def test_ctrl_c_ends_with_the_usual_status(go: ModuleType) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert go.guarded(interrupted) == 130


def test_go_py_needs_nothing_but_the_standard_library_and_names_no_registry() -> None:
    text = GO.read_text(encoding="utf-8")
    imported = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module))
    assert {name.partition(".")[0] for name in imported} <= set(sys.stdlib_module_names)
    assert not re.search(r"https?://|\w\.(org|com|io)\b", text)
