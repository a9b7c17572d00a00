"""The coverage report as an officer reads it. To accept a change: HIENTAI_ACCEPT=1 pytest tests/golden/reports."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from hientai.apps.reports import selectors
from hientai.apps.reports.types import Asked
from hientai.foundation.actor import Actor
from hientai.foundation.documents.plain import write_text

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent


@pytest.mark.parametrize(("name", "unit"), [("coverage", ""), ("coverage-district", "T.H1")])
def test_the_report_reads_as_written_down(officer: Actor, name: str, unit: str) -> None:
    asked = Asked("coverage", unit, {"term": "2025-2030"})
    _whole, report = selectors.answered(actor=officer, as_of=date(2026, 3, 5), asked=asked)
    said, kept = write_text(report), HERE / f"{name}.txt"
    if os.environ.get("HIENTAI_ACCEPT"):
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8")
