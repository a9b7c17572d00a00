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
        assert sum(int(str(line[3])) for line in table.lines) == turns  # type: ignore[index]
    _printed(report)


def test_the_list_and_the_summary_tell_what_is_wanted_and_how_far_programmes_are(officer: Actor) -> None:
    """A seat that wants three, a programme with one step of two done: in the list, its appendix and the summary."""
    found = selectors.turns(actor=officer, as_of=DAY, term="2025-2030")
    turn = found.filter(selectors.pl.col("title_code") == "commune.chair").row(0, named=True)
    asked = {"actor": officer, "term": "2025-2030", "on": DAY}
    services.set_wanted(seat_id=turn["seat_id"], number=3, source="Kế hoạch 3", **asked)
    steps = [
        services.add_step(person_id=turn["person_id"], text=text, due_on=date(2026, 12, 31), **asked)
        for text in ("Luân chuyển về xã", "Học cao cấp lý luận")
    ]
    later = date(2026, 2, 1)
    services.finish_step(actor=officer, step_id=steps[1].pk, on=date(2026, 1, 15))
    report = appendices.plan_list(actor=officer, as_of=later, unit="", options=TERM)
    heads = [line.text for line in report.tables[0].lines if isinstance(line, GroupLine)]
    assert sum("(cần 3 người)" in head for head in heads) == 1
    assert "1/2" in {line[-1] for line in report.tables[0].lines if not isinstance(line, GroupLine)}
    told = [line[2:] for line in report.tables[1].lines]  # type: ignore[index]
    assert told == [
        ["Luân chuyển về xã", "31/12/2026", "–"],
        ["Học cao cấp lý luận", "31/12/2026", "15/01/2026"],
    ]
    _printed(report)
    summary = appendices.plan_summary(actor=officer, as_of=later, unit="", options=TERM)
    by_unit = summary.tables[2].lines
    assert sorted(str(line[2]) for line in by_unit) == ["3", *["–"] * (len(by_unit) - 1)]  # type: ignore[index]
    rows = selectors.turn_rows(
        actor=officer, as_of=later, found=found, plan_id=selectors.plan_of(actor=officer, term="2025-2030").id
    )
    own = next(row for row in rows if row.slot_id == turn["slot_id"])
    assert own.wanted == 3 and str(own.programme) == "1/2"
    before = appendices.plan_list(actor=officer, as_of=date(2025, 9, 4), unit="", options=TERM)
    assert len(before.tables) == 1 and "(cần" not in str(before.tables[0].lines)


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
