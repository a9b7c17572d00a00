"""`demo` as README has it: on a home where nothing is yet, everything from the server to the mark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def test_demo_fills_a_home_where_nothing_is_yet(tmp_path: Path) -> None:
    environment = os.environ | {"HIENTAI_HOME": str(tmp_path)}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "HIENTAI_EMBEDDED", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hientai.site.command_line",
         "demo", "--people", "100", "--no-serve", "--json"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["people"] == 100
    assert json.loads((tmp_path / "demo").read_text(encoding="utf-8"))["loaded"]["people"] == 100
