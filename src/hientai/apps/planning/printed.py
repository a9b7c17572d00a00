"""What the coverage report prints, figure by figure, for the gate: no report leaves whose figures do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.utils import translation
from django.utils.translation import gettext as _

from hientai.apps.planning.types import Count, Coverage, CoverageRow
from hientai.engines.errors import NotFeasible
from hientai.engines.figures.gate import Figure, PartsOf, ReportDocument, gate
from hientai.engines.wording import say
from hientai.foundation.web.templatetags.formats import number, percent, times

DECIMALS = 2
"""Printed decimals of every share and coefficient; `rounding_note` says so in words."""
PERSONS, SEATS, TURNS = "persons", "seats", "turns"


def rounding_note() -> str:
    """How figures are rounded, as every printed coverage states it."""
    return _("Tỷ lệ và hệ số làm tròn đến hai chữ số thập phân, nửa thì làm tròn lên.")


def coefficient_note() -> str:
    """The base of the coefficient."""
    return _("Hệ số = số lượt quy hoạch chia cho số người đang giữ chức danh.")


def share_note() -> str:
    """The base of the shares."""
    return _("Tỷ lệ tính trên số người được quy hoạch của chức danh; tuổi tròn năm tính đến ngày báo cáo.")


def check_printable(coverage: Coverage) -> None:
    """Raises NotFeasible, with the first fault, when a figure of the report contradicts another or lacks its base."""
    problems = gate(figures_of(coverage))
    if problems:
        raise NotFeasible(
            "figures_do_not_hold",
            say(
                "Báo cáo chưa in được vì số liệu không khớp ({count} chỗ): {first}. Hãy báo bộ phận kỹ thuật.",
                count=len(problems),
                first=problems[0].sentence,
            ),
            problems[0].label,
        )


def figures_of(coverage: Coverage) -> ReportDocument:
    """Every figure of the two tables and the opening, with unit, day, base, rounding and the very text printed.

    The texts are those of the Vietnamese report: the gate reads numbers as Vietnamese print them.
    """
    with translation.override("vi"):
        figures = [
            _count("tổng số lượt quy hoạch", coverage.total_turns, TURNS, coverage.as_of),
            _count("tổng số người được quy hoạch", coverage.total_people.value, PERSONS, coverage.as_of),
        ]
        for row in coverage.rows:
            figures += _depth(row, coverage.as_of)
            figures += _structure(row, coverage.as_of)
    turns = tuple(_named(row, "lượt") for row in coverage.rows)
    parts = [PartsOf("tổng số lượt quy hoạch", turns)] if turns else []
    return ReportDocument(tuple(figures), (*parts, *(part for row in coverage.rows for part in _parts(row))))


def _named(row: CoverageRow, what: str) -> str:
    """Two titles may be called alike; their codes differ."""
    return f"{row.title} [{row.title_code}]: {what}"


def _count(label: str, value: int, unit: str, as_of: date) -> Figure:
    return Figure(label, value, unit, as_of, printed=number(value))


def _depth(row: CoverageRow, as_of: date) -> Iterator[Figure]:
    yield _count(_named(row, "vị trí"), row.seats.value, SEATS, as_of)
    yield _count(_named(row, "vị trí có 0–1 người"), row.gaps.value, SEATS, as_of)
    yield _count(_named(row, "người đang giữ"), row.current.value, PERSONS, as_of)
    yield _count(_named(row, "lượt"), row.turns, TURNS, as_of)
    yield _count(_named(row, "người được quy hoạch"), row.people.value, PERSONS, as_of)
    if row.coefficient is not None:
        yield Figure(
            _named(row, "hệ số"), row.coefficient, "times", as_of, base="người đang giữ chức danh",
            base_value=row.current.value, rounding=DECIMALS, printed=times(row.coefficient, DECIMALS),
        )  # fmt: skip


def _structure(row: CoverageRow, as_of: date) -> Iterator[Figure]:
    for what, count in _groups(row):
        yield _count(_named(row, what), count.value, PERSONS, as_of)
        share: Fraction | None = count.share_of(row.people)
        if share is not None:
            yield Figure(
                _named(row, f"tỷ lệ {what}"), share, "share", as_of, base="người được quy hoạch của chức danh",
                base_value=row.people.value, rounding=DECIMALS, printed=percent(share, DECIMALS),
            )  # fmt: skip


def _groups(row: CoverageRow) -> Iterator[tuple[str, Count]]:
    yield "nữ", row.women
    if row.young is not None:
        yield "trẻ", row.young
    yield "dân tộc thiểu số", row.ethnic
    for place, band in enumerate(row.bands, start=1):
        yield f"nhóm tuổi {place}", band
    yield "đảm nhận ngay", row.ready


def _parts(row: CoverageRow) -> Iterator[PartsOf]:
    """Each group is some of the people planned; the age bands together are no more than all of them."""
    people = _named(row, "người được quy hoạch")
    for what, _group in _groups(row):
        yield PartsOf(people, (_named(row, what),), complete=False)
    if row.bands:
        bands = tuple(_named(row, f"nhóm tuổi {place}") for place in range(1, len(row.bands) + 1))
        yield PartsOf(people, bands, complete=False)
    yield PartsOf(_named(row, "vị trí"), (_named(row, "vị trí có 0–1 người"),), complete=False)
