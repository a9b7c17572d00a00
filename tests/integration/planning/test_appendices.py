"""The plan and its appendices as reports: what they count is what their lists hold, and they can be printed."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.province import Province

from hientai.apps.planning import appendices, reports, selectors, services
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import GroupLine, Report
from hientai.foundation.documents.report_workbook import write_xlsx
from hientai.foundation.documents.word import write_docx

pytestmark = pytest.mark.django_db
TERM, DAY = {"term": "2025-2030"}, date(2025, 9, 5)


def _printed(report: Report) -> None:
    assert write_docx(report)[:2] == write_xlsx(report)[:2] == b"PK"


def test_the_list_of_the_plan_has_every_turn_under_its_title(officer: Actor, district_head: Actor) -> None:
    report = appendices.plan_list(actor=officer, as_of=DAY, unit="", options=TERM)
    lines = report.tables[0].lines
    turns = selectors.turns(actor=officer, as_of=DAY, term="2025-2030")
    people = [line for line in lines if not isinstance(line, GroupLine)]
    assert len(people) == turns.height and len(lines) - len(people) == turns.get_column("seat_id").n_unique()
    assert all(bool(line[1]) != bool(line[2]) for line in people)  # born: under men or under women
    assert str(turns.height) in report.opening[0]
    own = appendices.plan_list(actor=district_head, as_of=DAY, unit="", options=TERM)
    assert len(own.tables[0].lines) < len(lines)
    _printed(report)


def test_the_summary_adds_up_to_the_turns_of_the_plan(officer: Actor) -> None:
    report = appendices.plan_summary(actor=officer, as_of=DAY, unit="", options=TERM)
    turns = selectors.turns(actor=officer, as_of=DAY, term="2025-2030").height
    for table in report.tables:
        assert sum(int(str(line[2])) for line in table.lines) == turns  # type: ignore[index]
    _printed(report)


def test_a_review_is_printed_with_who_leaves(officer: Actor, province: Province) -> None:
    review = services.hold_review(actor=officer, term="2025-2030", on=DAY)
    assert appendices.reviews_of(actor=officer, as_of=DAY) == [(str(review.pk), "2025-2030, 05/09/2025")]
    report = appendices.review_report(actor=officer, as_of=DAY, unit="", options={"review": str(review.pk)})
    assert sum(int(str(line[1])) for line in report.tables[0].lines) == review.lines.count()  # type: ignore[index]
    assert len(report.tables[1].lines) == review.lines.filter(decision="remove").count() > 0
    _printed(report)


@pytest.mark.parametrize("source", reports.SOURCES, ids=lambda source: source.code)
def test_a_report_without_its_question_is_bad_input(officer: Actor, source: reports.ReportSource) -> None:
    with pytest.raises(BadInput):
        source.build(actor=officer, as_of=DAY, unit="", options={})
