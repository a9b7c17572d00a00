"""What parameters and measures are called, for people: keys are for files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from hientai.engines.wording import Sentence

FILE = Path(__file__).parent / "register" / "names.yaml"


@cache
def names(file: Path = FILE) -> dict[str, Sentence]:
    """Key -> what it is called."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))["names"]
    return {entry["key"]: Sentence(entry["name"]) for entry in entries}


def name_of(key: str) -> Sentence:
    """What a parameter or measure is called; its key where nobody has named it (a draft of an office)."""
    return names().get(key) or Sentence(key)
