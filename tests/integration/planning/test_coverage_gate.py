"""The coverage that the program prints passes its own checks: bases, rounding and day stated, and nothing wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hientai.apps.planning import documents, selectors
from hientai.apps.planning.printed import check_printable, figures_of
from hientai.apps.planning.types import Count, Coverage
from hientai.engines.errors import NotFeasible
from hientai.engines.figures.check import check_draft, read_draft
from hientai.engines.figures.findings import FAULTS, Verdict
from hientai.engines.figures.gate import RATIOS, gate
from hientai.foundation.actor import Actor

pytestmark = pytest.mark.django_db
DAYS = (date(2025, 9, 5), date(2026, 3, 5))
SAID = {
    "docx": ("làm tròn đến hai chữ số thập phân", "Hệ số = số lượt", "Tỷ lệ tính trên số người"),
    "pdf": ("làm tròn đến hai chữ số thập phân", "Hệ số = số lượt", "Tỷ lệ tính trên số người"),
    "xlsx": ("làm tròn đến hai chữ số thập phân", "Hệ số = số lượt", "Tỷ lệ tính trên số người"),
}


def coverage_on(officer: Actor, as_of: date, unit: str = "") -> Coverage:
    return selectors.coverage(actor=officer, as_of=as_of, term="2025-2030", unit_code=unit)


@pytest.fixture
def coverage(officer: Actor) -> Coverage:
    return coverage_on(officer, DAYS[0])


def text_of(path: Path) -> str:
    blocks = read_draft(path).blocks
    words = " ".join(
        getattr(block, "text", "") or " ".join(" ".join(row) for row in getattr(block, "cells", ()))
        for block in blocks
    )
    return " ".join(words.split())  # a line broken, or kept from breaking, is the same text


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("unit", ["", "T.H1"])
def test_every_printed_figure_states_unit_day_base_and_rounding(
    officer: Actor, as_of: date, unit: str
) -> None:
    report = figures_of(coverage_on(officer, as_of, unit))
    assert gate(report) == ()
    assert {figure.as_of for figure in report.figures} == {as_of}
    ratios = [figure for figure in report.figures if figure.unit in RATIOS]
    assert len(ratios) > 20 and all(figure.base and figure.rounding == 2 for figure in ratios)
    assert all(figure.printed for figure in report.figures)


@pytest.mark.parametrize("kind", documents.WRITERS)
@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("unit", ["", "T.H1"])
def test_the_checker_finds_no_fault_in_our_own_report(
    officer: Actor, tmp_path: Path, kind: str, as_of: date, unit: str
) -> None:
    coverage = coverage_on(officer, as_of, unit)
    path = tmp_path / documents.file_name(coverage, kind)
    path.write_bytes(documents.WRITERS[kind](coverage))
    findings = check_draft(read_draft(path))
    assert sum(f.exact is not None for f in findings.shares) > 10
    alarms = [f for f in (*findings.shares, *findings.sums) if f.verdict in FAULTS]
    assert [(f.where.name, str(f.explanation)) for f in alarms] == []
    doubts = [f for f in findings.shares if f.verdict in (Verdict.TRUNCATED, Verdict.FORCED)]
    assert [(f.where.name, str(f.explanation)) for f in doubts] == []


@pytest.mark.parametrize("kind", documents.WRITERS)
def test_the_printed_report_says_its_day_its_bases_and_its_rounding(
    coverage: Coverage, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(documents.WRITERS[kind](coverage))
    text = text_of(path)
    assert "05/09/2025" in text and [said for said in SAID[kind] if said not in text] == []


@pytest.mark.parametrize("kind", documents.WRITERS)
def test_every_text_that_passed_the_gate_is_in_the_report(
    coverage: Coverage, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(documents.WRITERS[kind](coverage))
    text = text_of(path)
    missing = [f for f in figures_of(coverage).figures if f.unit in RATIOS and f.printed not in text]
    assert missing == []


@pytest.mark.parametrize("kind", documents.WRITERS)
def test_a_report_whose_parts_exceed_their_whole_is_not_printed(coverage: Coverage, kind: str) -> None:
    row = next(row for row in coverage.rows if row.people.value)
    women = Count(row.people.value + 1, row.women.ids)
    broken = replace(coverage, rows=tuple(replace(r, women=women) if r is row else r for r in coverage.rows))
    with pytest.raises(NotFeasible) as refused:
        documents.WRITERS[kind](broken)
    assert refused.value.code == "figures_do_not_hold" and row.title in refused.value.where


def test_a_total_that_its_titles_do_not_make_is_not_printed(coverage: Coverage) -> None:
    check_printable(coverage)
    with pytest.raises(NotFeasible, match="tổng số lượt quy hoạch"):
        check_printable(replace(coverage, total_turns=coverage.total_turns + 1))


def test_a_coverage_of_nothing_is_printed(coverage: Coverage) -> None:
    check_printable(replace(coverage, rows=(), total_turns=0, total_people=Count(0, ())))
