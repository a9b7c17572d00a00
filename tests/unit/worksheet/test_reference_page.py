"""The reference page lists every field and every code of refusal."""

from __future__ import annotations

import re
from pathlib import Path

from hientai.engines.worksheet import vocabulary

_ROOT = Path(__file__).resolve().parents[3]
_PAGE = (_ROOT / "docs" / "reference" / "worksheet.md").read_text(encoding="utf-8")


def test_every_field_stands_on_the_page_with_its_label():
    missing = [
        each.key for each in vocabulary.fields().values() if f"| `{each.key}` | {each.label} (" not in _PAGE
    ]
    assert not missing


def test_every_code_by_which_files_are_refused_stands_on_the_page():
    reading = _ROOT / "src" / "hientai" / "engines" / "worksheet" / "reading"
    codes = {
        code
        for path in reading.glob("*.py")
        for code in re.findall(r'BadInput\(\s*"(\w+)"', path.read_text("utf-8"))
    }
    assert codes and not {code for code in codes if f"`{code}`" not in _PAGE}


def test_no_heading_means_two_fields():
    seen: dict[str, str] = {}
    for each in vocabulary.fields().values():
        for alias in each.aliases:
            assert seen.setdefault(alias, each.key) == each.key, alias
