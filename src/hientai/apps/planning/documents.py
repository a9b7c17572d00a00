"""The coverage of a plan as a report (Word, PDF, Excel), with every base named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.planning.printed import check_printable, coefficient_note, rounding_note, share_note
from hientai.apps.planning.types import Count, Coverage, CoverageRow
from hientai.foundation.documents.report import Report, ReportTable
from hientai.foundation.documents.writing import WRITERS as WRITERS_OF_REPORTS
from hientai.foundation.web.templatetags.formats import number, percent, sentence, times

PEOPLE_MEASURES: Mapping[str, Callable[[CoverageRow], Count]] = {
    "current": lambda row: row.current,
    "planned": lambda row: row.people,
    "women": lambda row: row.women,
    "young": lambda row: row.young or Count(0, ()),
    "ethnic": lambda row: row.ethnic,
    "ready": lambda row: row.ready,
    "over": lambda row: row.over,
    **{f"band{n}": (lambda row, n=n: row.bands[n] if n < len(row.bands) else Count(0, ())) for n in range(4)},
}
_MEASURE_LABELS: dict[str, str | Promise] = {
    "current": gettext_lazy("Đang giữ chức danh"),
    "planned": gettext_lazy("Người được quy hoạch"),
    "women": gettext_lazy("Nữ trong quy hoạch"),
    "young": gettext_lazy("Trẻ trong quy hoạch"),
    "ethnic": gettext_lazy("Dân tộc thiểu số trong quy hoạch"),
    "ready": gettext_lazy("Đảm nhận được ngay"),
    "over": gettext_lazy("Quá số chức danh được quy hoạch"),
    **{f"band{n}": gettext_lazy("Nhóm tuổi trong quy hoạch") for n in range(4)},
}


def measure_label(measure: str) -> str | Promise:
    """What a measure is called above its list."""
    return _MEASURE_LABELS[measure]


def file_name(coverage: Coverage, ending: str) -> str:
    """`do-phu-quy-hoach-2025-2030-tinh-den-2026-03-05.docx`."""
    return f"do-phu-quy-hoach-{coverage.plan.term}-tinh-den-{coverage.as_of:%Y-%m-%d}.{ending}"


def band_labels(coverage: Coverage) -> list[str]:
    """Half-open bands in words: dưới 40, từ 40 đến dưới 50, từ 50."""
    edges = coverage.band_edges
    if not edges:
        return []
    middle = [_("Từ {low} đến dưới {high}").format(low=low, high=high) for low, high in pairwise(edges)]
    return [_("Dưới {age}").format(age=edges[0]), *middle, _("Từ {age} trở lên").format(age=edges[-1])]


def coverage_report(coverage: Coverage, answer: Mapping[str, Any] | None = None) -> Report:
    """The report in party layout. Raises NotFeasible when its figures do not hold."""
    check_printable(coverage)
    where = coverage.unit or _("toàn bộ phạm vi")
    return Report(
        agency=settings.AGENCY_NAME or _("Ban Tổ chức"),
        title=_("Báo cáo độ phủ quy hoạch cán bộ"),
        subtitle=_("Nhiệm kỳ {term} ({government}), {where}").format(
            term=coverage.plan.term, government=coverage.plan.government_term, where=where
        ),
        as_of=coverage.as_of,
        opening=[
            _(
                "Tổng số {turns} lượt quy hoạch, {people} người (một người có thể được quy hoạch nhiều chức danh)."
            ).format(turns=number(coverage.total_turns), people=number(coverage.total_people.value))
        ],
        tables=[
            ReportTable(_("Biểu 1. Số lượng và hệ số"), *_depth(coverage), note=coefficient_note()),
            ReportTable(_("Biểu 2. Cơ cấu"), *_structure(coverage), note=share_note()),
        ],
        notes=notes(coverage),
        answer=answer,
    )


def written(ending: str) -> Callable[[Coverage], bytes]:
    """The writer of the coverage in one form."""
    return lambda coverage: WRITERS_OF_REPORTS[ending](coverage_report(coverage), "")


WRITERS: Mapping[str, Callable[[Coverage], bytes]] = {
    ending: written(ending) for ending in ("docx", "xlsx", "pdf")
}


def notes(coverage: Coverage) -> list[str]:
    """Rounding, regime and doubts, as every printed report must state them."""
    said = [
        rounding_note(),
        _("Quy định áp dụng: {regime}.").format(regime=coverage.regime or _("chưa có căn cứ")),
    ]
    doubtful = {j.citation for row in coverage.rows for j in row.judgements if not j.verified}
    if doubtful:
        said.append(
            _("Ngưỡng chưa kiểm chứng, chỉ nêu để tham khảo: {list}.").format(
                list="; ".join(sorted(doubtful))
            )
        )
    for row in coverage.rows:
        if row.violated:
            bounds = ", ".join(sentence(judgement.sentence) for judgement in row.violated)
            said.append(_("Chưa đạt ngưỡng: {title} ({bounds}).").format(title=row.title, bounds=bounds))
    return said


def _depth(coverage: Coverage) -> tuple[list[str], list[list[str]]]:
    header = [
        _("Chức danh"),
        _("Vị trí"),
        _("Hiện có (người)"),
        _("Quy hoạch (lượt)"),
        _("Quy hoạch (người)"),
        _("Hệ số"),
        _("Vị trí có 0–1 người"),
    ]
    return header, [
        [row.title, number(row.seats.value), number(row.current.value), number(row.turns), number(row.people.value),
         times(row.coefficient), number(row.gaps.value)]
        for row in coverage.rows
    ]  # fmt: skip


def _structure(coverage: Coverage) -> tuple[list[str], list[list[str]]]:
    """The base of the shares stands in the same line, so that a reader, and `check-figures`, can work them out."""
    header = [
        _("Chức danh"),
        _("Quy hoạch (người)"),
        _("Nữ"),
        _("Trẻ"),
        _("Dân tộc thiểu số"),
        *band_labels(coverage),
        _("Đảm nhận ngay"),
    ]
    return header, [
        [
            row.title,
            number(row.people.value),
            *(
                _with_share(count, row.people)
                for count in (row.women, row.young, row.ethnic, *row.bands, row.ready)
            ),
        ]
        for row in coverage.rows
    ]


def _with_share(count: Count | None, base: Count) -> str:
    if count is None:
        return "–"
    share = count.share_of(base)
    return number(count.value) if share is None else f"{number(count.value)} ({percent(share)})"
