"""How standards of the rulebook judge: verdict, reasons, and the day on which time brings it. A manual in tables."""

from __future__ import annotations

from datetime import date

import pytest

from hientai.engines.criteria.explain import explain
from hientai.engines.criteria.judge import blamed, compare, verdict_of
from hientai.engines.facts.standard import standard_catalogue
from hientai.rulebook import load_rulebook

COMMITTEE = "plan.commune.committee_member"
CLEAN = {"discipline_in_force": False, "discipline_heaviest": "none", "rating_last": 3}

# One person, the same facts, three days: the rule is the one in force on the day.
JUDGED = [
    # asked on      months left  discipline  verdict    decisive  by
    ("2021-12-26", 60, False, "met", False, []),
    ("2021-12-27", 60, False, "met", True, []),
    ("2021-12-26", 59, False, "not_met", False, ["remaining_term"]),
    ("2021-12-27", 59, False, "not_met", True, ["remaining_term"]),
    ("2021-12-26", 90, True, "met", False, []),
    ("2021-12-27", 90, True, "not_met", True, ["no_discipline"]),
    ("2025-10-07", 90, False, "met", True, []),
    ("2025-10-08", 90, False, "not_met", False, ["remaining_terms"]),
    ("2025-10-08", 120, False, "met", False, []),
    ("2025-10-08", 120, True, "not_met", True, ["no_discipline_in_force"]),
    ("2025-10-08", None, True, "not_met", True, ["no_discipline_in_force"]),
    ("2025-10-07", None, False, "unknown", True, ["remaining_term"]),
    ("2025-10-07", 120, None, "unknown", True, ["no_discipline"]),
]


@pytest.mark.parametrize(("day", "left", "discipline", "verdict", "decisive", "by"), JUDGED)
def test_the_rule_of_the_day_judges(day, left, discipline, verdict, decisive, by):
    standard = load_rulebook().standard(COMMITTEE, date.fromisoformat(day))
    answers = CLEAN | {"months_to_retirement": left, "discipline_in_force": discipline}
    found = verdict_of(standard, answers)
    assert found.value == verdict
    assert (found is verdict_of(standard, answers, confirmed=True)) is decisive
    reasons = [] if verdict == "met" else [one.key for one in blamed(standard.rule, outcome(answers), found)]
    assert reasons == by


def outcome(answers):
    return lambda one: compare(answers.get(one.fact), one.operator, one.required)


# What an officer reads, line by line, for somebody with 59 months left under the regime of 2021.
READ = [
    # sentence                                                        found      required               verdict
    ("Còn đủ tuổi công tác trọn một nhiệm kỳ", "59 tháng", "từ 60 tháng trở lên", "not_met"),
    ("Không có kỷ luật từ khiển trách trở lên còn hiệu lực", "không", "không", "met"),
    ("Bảo đảm tiêu chuẩn chính trị", None, None, "not_measured"),
    ("Trong độ tuổi quy hoạch của chức danh", None, None, "no_basis"),
    ("Đạt trình độ chuyên môn, lý luận chính trị của chức danh", None, None, "no_basis"),
]


def test_every_line_of_an_explanation_is_said_in_words():
    day = date(2024, 3, 1)
    standard = load_rulebook().standard(COMMITTEE, day)
    answers = CLEAN | {"months_to_retirement": 59}
    explained = explain(standard, answers, standard_catalogue(), day)
    lines = [
        (
            str(part.sentence),
            None if part.comparison is None else str(part.comparison.found_text),
            None if part.comparison is None else str(part.comparison.required_text),
            part.open_reason.value if part.verdict is None else part.verdict.value,
        )
        for part in explained.tree.parts
    ]
    assert lines == READ
    assert not explained.complete


# Until when, and from when, if nothing is recorded meanwhile; asked on 2024-03-01.
IN_TIME = [
    # months left  discipline ends   met from       until
    (60, None, "2024-03-01", "2024-04-01"),
    (61, None, "2024-03-01", "2024-05-01"),
    (59, None, None, None),
    (70, "2024-09-15", "2024-09-15", None),
    (65, "2024-09-01", None, None),
    (66, "2024-09-01", "2024-09-01", None),
]


@pytest.mark.parametrize(("left", "ends", "earliest", "until"), IN_TIME)
def test_time_alone_brings_and_takes(left, ends, earliest, until):
    from hientai.engines.facts.evidence import Evidence

    day = date(2024, 3, 1)
    standard = load_rulebook().standard(COMMITTEE, day)
    answers = CLEAN | {"months_to_retirement": left, "discipline_in_force": ends is not None}
    evidence = {} if ends is None else {"discipline_in_force": Evidence(anchor=date.fromisoformat(ends))}
    document = explain(standard, answers, standard_catalogue(), day, evidence).as_document()
    assert (document["earliest"], document["until"]) == (earliest, until)
