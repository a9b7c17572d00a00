"""What planning gives to the catalogue of reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from hientai.apps.planning import appendices, selectors
from hientai.apps.planning.answers import coverage_document
from hientai.apps.planning.documents import coverage_report
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import Report
from hientai.foundation.registry import ReportOption, ReportSource


def terms(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    """The plans there are, the one of the day first."""
    usual = selectors.plan_on(actor=actor, as_of=as_of)
    known = [plan.term for plan in selectors.plans(actor=actor, as_of=as_of)]
    return [(term, term) for term in sorted(known, key=lambda term: usual is None or term != usual.term)]


def coverage(*, actor: Actor, as_of: date, unit: str, options: Mapping[str, str]) -> Report:
    """The coverage of the plan of `term`, in the actor's scope, at or below `unit`."""
    term = options.get("term", "")
    if not term:
        raise BadInput("no_plan", say("Chưa có quy hoạch nào để báo cáo."), "term")
    found = selectors.coverage(actor=actor, as_of=as_of, term=term, unit_code=unit)
    return coverage_report(found, coverage_document(found, unit))


COVERAGE = ReportSource(
    "coverage",
    _("Độ phủ quy hoạch"),
    _("Mỗi chức danh: hiện có, lượt và người quy hoạch, hệ số, cơ cấu, vị trí thiếu nguồn, so với ngưỡng."),
    coverage,
    selectors.READ,
    10,
    (ReportOption("term", _("Nhiệm kỳ"), terms),),
)
PLAN_LIST = ReportSource(
    "plan-list",
    _("Danh sách quy hoạch"),
    _("Từng đơn vị, từng chức danh: ai được quy hoạch, trình độ, nguồn, mức sẵn sàng ghi trong quy hoạch."),
    appendices.plan_list,
    selectors.READ,
    11,
    (ReportOption("term", _("Nhiệm kỳ"), terms),),
)
PLAN_SUMMARY = ReportSource(
    "plan-summary",
    _("Biểu tổng hợp quy hoạch"),
    _("Lượt và người quy hoạch theo cấp, khối, đơn vị; nữ, trẻ, dân tộc thiểu số."),
    appendices.plan_summary,
    selectors.READ,
    12,
    (ReportOption("term", _("Nhiệm kỳ"), terms),),
)
PLAN_REVIEW = ReportSource(
    "plan-review",
    _("Kết quả rà soát quy hoạch"),
    _("Một đợt rà soát: số lượt theo kết quả, ai đưa ra khỏi quy hoạch, so với đợt trước."),
    appendices.review_report,
    selectors.READ,
    13,
    (ReportOption("review", _("Đợt rà soát"), appendices.reviews_of),),
)
SOURCES = (COVERAGE, PLAN_LIST, PLAN_SUMMARY, PLAN_REVIEW)
