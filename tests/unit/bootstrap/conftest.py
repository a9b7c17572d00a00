"""go.py as a module over a checkout that is only a folder, with every program it would start written down."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

GO = Path(__file__).resolve().parents[3] / "go.py"


@dataclass
class Machine:
    """What there is on the machine, and what was run on it.

    programs: on PATH; modules: of the system's Python; fails: words that make a command fail; root: is root.
    """

    programs: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=lambda: {"ensurepip", "pip"})
    fails: set[str] = field(default_factory=set)
    root: bool = False
    commands: list[list[str]] = field(default_factory=list)

    def ran(self, *words: str) -> list[list[str]]:
        """The commands that contain all the words."""
        return [command for command in self.commands if set(words) <= set(command)]


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, in a checkout with two requirement files and nothing else."""
    specification = importlib.util.spec_from_file_location("go_under_test", GO)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    root = tmp_path / "a checkout"
    root.mkdir()
    for name, value in {
        "ROOT": root,
        "VENV": root / ".venv",
        "WHEELHOUSE": root / "wheelhouse",
        "RUNTIME": root / "requirements.txt",
        "DEVELOPMENT": root / "requirements-dev.txt",
        "SYSTEM_WHEELS": root / "no such folder",
        "__file__": str(shutil.copy(GO, root)),
    }.items():
        monkeypatch.setattr(module, name, value)
    module.RUNTIME.write_text("django==5.2\n")
    module.DEVELOPMENT.write_text("django==5.2\npytest==9\n")
    monkeypatch.delenv("HIENTAI_HOME", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return module


@pytest.fixture
def machine(go: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine that does nothing but write down, and makes an environment where it is told to."""
    machine = Machine()

    def run(command: list[str]) -> int:
        machine.commands.append([str(part) for part in command])
        if machine.fails & set(machine.commands[-1]):
            return 1
        if "venv" in command:
            make_environment(go, with_pip="--without-pip" not in command and "uv" not in command[0])
        if command[0] == "apt-get" and "python3-venv" in command:
            machine.modules.add("ensurepip")
        if command[0] == "apt-get" and "chromium" in command:
            machine.programs.add("chromium")
        return 0

    def has_module(python: str, name: str) -> bool:
        if python == go.base_python():
            return name in machine.modules
        return Path(python).exists() and (name == "sys" or (go.VENV / name).exists())

    def which(program: str) -> str | None:
        return f"/usr/bin/{program}" if program in machine.programs else None

    monkeypatch.setattr(go, "run", run)
    monkeypatch.setattr(go, "has_module", has_module)
    monkeypatch.setattr(go.shutil, "which", which)
    monkeypatch.setattr(go.os, "geteuid", lambda: 0 if machine.root else 1000)
    return machine


@pytest.fixture
def nothing_may_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting any program fails the test."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError(f"started {arguments}")

    monkeypatch.setattr(subprocess, "run", refuse)


@pytest.fixture
def replaced_by(go: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What the process became: arguments and environment."""
    became: list[tuple[list[str], dict[str, str]]] = []

    def execve(path: str, arguments: list[str], environment: dict[str, str]) -> None:
        assert path == arguments[0]
        became.append((arguments, environment))

    monkeypatch.setattr(go.os, "execve", execve)
    return became


@pytest.fixture
def runs_of_pytest(go: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Lets pytest end with a status per kind, `runs_of_pytest(web=1)`; answers the list of its arguments.

    One kind at a time, so that the order can be told."""
    monkeypatch.setattr(go, "ensure_environment", lambda development: None)
    monkeypatch.setattr(go, "MOST_LANES", 1)
    runs: list[list[str]] = []

    def prepare(**statuses: int) -> list[list[str]]:
        def run_python(arguments: list[str], more: object = None, output: object = None) -> int:
            runs.append(arguments)
            return statuses.get(Path(arguments[-1]).name, 0)

        monkeypatch.setattr(go, "run_python", run_python)
        return runs

    return prepare


def make_environment(go: ModuleType, with_pip: bool) -> None:
    """A folder that looks like a virtual environment of this Python."""
    (go.VENV / "bin").mkdir(parents=True, exist_ok=True)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    (go.VENV / "lib" / version / "site-packages").mkdir(parents=True, exist_ok=True)
    (go.VENV / "bin" / "python").touch()
    if with_pip:
        (go.VENV / "pip").touch()
