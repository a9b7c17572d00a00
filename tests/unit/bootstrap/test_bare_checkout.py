"""go.py run as a program on a checkout of its own, with a wheelhouse of one tiny wheel."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import GO

PROGRAM = """import os, sys
import tiny
print(tiny.NAME, sys.argv[1:], os.environ["HIENTAI_HOME"])
"""


def make_wheel(folder: Path) -> str:
    """A wheel of one module; its hash."""
    folder.mkdir()
    wheel = folder / "tiny-1.0-py3-none-any.whl"
    files = {
        "tiny.py": "NAME = 'tiny'\n",
        "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    names = [*files, "tiny-1.0.dist-info/RECORD"]
    files["tiny-1.0.dist-info/RECORD"] = "".join(f"{name},,\n" for name in names)
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "nơi đặt 'chương trình'"
    command_line = root / "src" / "hientai" / "site" / "command_line.py"
    command_line.parent.mkdir(parents=True)
    command_line.write_text(PROGRAM, encoding="utf-8")
    requirement = f"tiny==1.0 --hash=sha256:{make_wheel(root / 'wheelhouse')}\n"
    (root / "requirements.txt").write_text(requirement)
    (root / "requirements-dev.txt").write_text(requirement)
    shutil.copy(GO, root)
    return root


def go(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs go.py from another folder, with nothing but the system's programs, none of them uv."""
    return subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), str(checkout / "go.py"), *arguments],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "HOME": str(checkout), "LC_ALL": "C", "PIP_NO_INDEX": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.long
def test_bare_checkout_starts_from_another_folder_and_answers_on_standard_output_alone(
    checkout: Path,
) -> None:
    expected = f"tiny ['explain', 'a b', '--json'] {checkout / 'var'}\n"
    first = go(checkout, "explain", "a b", "--json")
    assert (first.returncode, first.stdout) == (0, expected), first.stderr
    assert "Chuẩn bị môi trường" in first.stderr
    second = go(checkout, "explain", "a b", "--json")
    assert (second.returncode, second.stdout, second.stderr) == (0, expected, "")


@pytest.mark.long
def test_wheel_with_another_hash_is_refused(checkout: Path) -> None:
    (checkout / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    done = go(checkout, "explain")
    assert done.returncode == 2
    assert "Không cài được các gói Python" in done.stderr
    assert not (checkout / ".venv" / "hientai.json").exists()


def test_help_answers_on_a_machine_without_anything(checkout: Path) -> None:
    done = go(checkout, "--help")
    assert done.returncode == 0
    assert "chạy chương trình" in done.stdout
    assert not (checkout / ".venv").exists()
