"""The import contracts hold, and each of them catches a breach planted in a copy of the source."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, SOURCE

BREACHES = {
    "The composition root stands on": ("engines/wording.py", "import hientai.rulebook"),
    "Engines and rulebook know no framework": ("engines/errors.py", "import django"),
    "An engine stands only on simpler engines": (
        "engines/facts/__init__.py",
        "import hientai.engines.screening",
    ),
    "A capability imports only lower": ("apps/organization/types.py", "import hientai.apps.cadres.types"),
    "Inside a capability": ("apps/cadres/types.py", "import hientai.apps.cadres.selectors"),
    "Screens, interfaces and jobs": ("apps/cadres/views.py", "import hientai.apps.organization.models"),
    "The command line and the home page": ("site/commands/facts.py", "import hientai.apps.cadres.models"),
}


def _verdicts(folder: Path) -> dict[str, str]:
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--config",
        str(ROOT / ".importlinter"),
        "--no-cache",
    ]
    ran = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "COLUMNS": "300"},
        check=False,
    )
    text = re.sub(r"\s+", " ", ran.stdout.split("Contracts\n---------")[-1])
    assert "kept" in text, ran.stdout + ran.stderr
    return {name: re.search(re.escape(name) + r".*?(KEPT|BROKEN)", text).group(1) for name in BREACHES}  # type: ignore[union-attr]


def test_every_contract_is_kept() -> None:
    assert set(_verdicts(SOURCE.parent).values()) == {"KEPT"}


def test_each_contract_catches_a_planted_breach(tmp_path: Path) -> None:
    shutil.copytree(
        SOURCE, tmp_path / "hientai", ignore=shutil.ignore_patterns("static", "__pycache__", "templates")
    )
    for file, line in BREACHES.values():
        planted = tmp_path / "hientai" / file
        planted.write_text(planted.read_text(encoding="utf-8") + f"\n\n{line}  # noqa\n", encoding="utf-8")

    assert set(_verdicts(tmp_path).values()) == {"BROKEN"}


def test_every_contract_has_its_planted_breach() -> None:
    names = re.findall(r"^name = (.+)$", (ROOT / ".importlinter").read_text(encoding="utf-8"), re.M)
    assert [name for name in names if not any(name.startswith(known) for known in BREACHES)] == []
